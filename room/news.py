"""News of an open meeting as Server-Sent Events (WHATWG HTML, 9.2): nothing but the version, and never longer than the right to it."""

from __future__ import annotations

import random
import threading
import time

from flask import Response, current_app
from flask_login import current_user

from accounts.models import SignIn
from core import access, live
from core.database import unit
from meetings.models import Meeting

STREAMS = 1000  # a stream holds a thread, which sleeps; beyond this the page asks every two seconds instead
EACH = 0.02  # seconds: what one look at the news costs; so far apart are two news, for as many as listen
FEW = 8  # so many may look at one moment
BEAT = 15  # seconds between two signs of life, by which the page sees that the line still holds


LOOKS, WAITING = 2, 32  # looks at the news that are worked on at once, and that may wait for it: saves go first


def queue(application):
    """Put an application's looks at the news into a queue of their own; who finds it full is told to come again in a moment."""
    free, room = threading.BoundedSemaphore(LOOKS), threading.BoundedSemaphore(WAITING)

    def answer(environ, start_response):
        if not environ.get("PATH_INFO", "").endswith("/table"):
            return application(environ, start_response)
        if not room.acquire(blocking=False):
            start_response("503 Service Unavailable", [("Retry-After", "1"), ("Content-Length", "0"), ("Cache-Control", "no-store")])
            return [b""]
        try:
            with free:
                return application(environ, start_response)
        finally:
            room.release()

    return answer


def stream(meeting: Meeting) -> Response | None:
    """A stream of the meeting's versions for the person signed in, which ends when they may no longer enter; None when
    this process holds as many streams as it can."""
    if live.hub.streams >= STREAMS:
        return None
    app, secret, topic, meeting_id = current_app._get_current_object(), current_user.get_id(), meeting.topic, meeting.id

    def allowed() -> bool:
        with app.app_context(), unit(read_only=True):
            standing = SignIn.of(secret)
            return bool(standing and access.may(standing.user, "meeting", meeting_id, "enter"))

    return Response(_news(topic, allowed), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _news(topic, allowed):
    """Every version of the topic, as long as it is allowed: asked anew whenever rights changed, and at every beat."""
    with live.hub.follow(topic, live.RIGHTS) as follower:
        yield f"retry: {random.randint(1000, 4000)}\n\n"  # after a restart of the server not all come at one moment
        told, rights, beat = None, None, 0
        while True:
            now = follower.versions
            if now[live.RIGHTS] != rights or time.monotonic() - beat > BEAT:
                if not allowed():
                    break
                rights, beat = now[live.RIGHTS], time.monotonic()
                yield "event: beat\ndata: here\n\n"
            if now[topic] != told:
                turn, whole = _turn(live.hub.streams)
                told = follower.wait({live.RIGHTS: rights}, seconds=turn)[topic]
                yield f"data: {told}\n\n"
                follower.wait({live.RIGHTS: rights}, seconds=whole - turn)
            follower.wait({topic: told, live.RIGHTS: rights}, seconds=BEAT)
        yield "event: ended\ndata: ended\n\n"


def _turn(streams: int) -> tuple[float, float]:
    """When among all who listen this one is told (seconds from now), and after how long all have been: else everybody would
    look at one moment, and the saves of that moment would stand behind them."""
    whole = streams * EACH
    return random.random() * whole if streams > FEW else 0.0, whole
