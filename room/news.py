"""News of an open meeting as Server-Sent Events (WHATWG HTML, 9.2): nothing but the version, and never longer than the right to it."""

from __future__ import annotations

from flask import Response, current_app
from flask_login import current_user

from accounts.models import SignIn
from core import access, live
from core.database import unit
from meetings.models import Meeting

STREAMS = 80  # a stream holds a thread; beyond this the page asks every two seconds instead


def stream(meeting: Meeting) -> Response | None:
    """A stream of the meeting's versions for the person signed in, which ends when they may no longer enter; None when
    this process holds as many streams as it can."""
    if live.hub.streams >= STREAMS:
        return None
    app, secret, topic, meeting_id = current_app._get_current_object(), current_user.get_id(), meeting.topic, meeting.id

    def still_allowed() -> int | None:
        with app.app_context(), unit(read_only=True):
            standing = SignIn.of(secret)
            allowed = standing and access.may(standing.user, "meeting", meeting_id, "enter")
            return live.version(topic) if allowed else None

    return Response(_news(still_allowed), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _news(look):
    live.hub.streams += 1
    try:
        sent = None
        turn = live.hub.turn()
        while (now := look()) is not None:
            yield f"data: {now}\n\n" if now != sent else ": still here\n\n"
            sent = now
            turn = live.hub.wait(turn, seconds=15)
        yield "event: ended\ndata: ended\n\n"
    finally:
        live.hub.streams -= 1
