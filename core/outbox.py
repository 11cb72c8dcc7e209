"""Letters wait here, written in the same transaction as the act that causes them, until mail can take them.

A letter carries no case content. Over the wire it goes at least once, always under the same Message-ID: a reader sees it
once. While mail is switched off, letters are kept three days for the day on which it is switched on; what is older was
told by telephone or on paper long ago, and is marked as not sent.
"""

from __future__ import annotations

from collections.abc import Callable
from email.utils import make_msgid
from time import monotonic

from flask import current_app, has_app_context
import sqlalchemy as sa

from core import letters, mail, standing
from core.database import session, unit, utcnow
from core.letters import Letter
from core.office import office
from core.reasons import Reason
from core.settings import Settings

ROUND = 30  # seconds after which a round begins no other letter: the jobs are to have their turn


def post(topic: str, recipient: str, subject: str, body: str, calendar: bytes | None = None, *, key: str | None = None,
         secret: bool = False) -> Letter:
    """Put a letter into the outbox; it is sent after this transaction is committed.

    The same `key` again gives the letter that is there. A `secret` letter holds a personal link: its words are shown to
    nobody and wiped as soon as it has gone out. What cannot be an address has failed at once, for everybody to see.
    """
    if key is not None and (there := session.scalar(sa.select(Letter).where(Letter.key == key))):
        return there
    letter = Letter(topic=topic, recipient=_one_line(recipient)[:254], subject=_one_line(subject)[:200], body=body, calendar=calendar,
                    key=key, secret=secret, due_at=utcnow(), message_id=make_msgid(domain=_domain()))
    if not mail.readable(recipient.strip()):
        letter.end(Reason.ADDRESS)
    session.add(letter)
    return letter


def deliver(settings: Settings, limit: int = 50, goes_on: Callable[[], bool] = lambda: True) -> int:
    """One round: send the letters that are due, over one talk with the server; give how many went out.

    A server in trouble ends the round: the letters wait, the trouble is noted once, and the next rounds leave the server
    alone for a while. `goes_on` is asked before each letter.
    """
    if not settings.smtp_host:
        letters.give_up(Reason.OFF)
        return 0
    with unit(read_only=True):
        trouble, name = standing.MailTrouble.now(), getattr(office(), "name", "")
        waits = session.scalar(sa.select(sa.exists().where(*letters.due())))
    letters.give_up(Reason.OLD if trouble else Reason.OFF)  # nobody was there to send it, as long as mail was off
    if trouble.resting if trouble else not waits:  # a server that was in trouble is asked even without a letter
        return 0
    return _round(settings, name, limit, goes_on, trouble)


def _round(settings: Settings, name: str, limit: int, goes_on, trouble) -> int:
    sent = 0
    try:
        with mail.Wire(settings, name) as wire:
            begun = monotonic()
            for _each in range(limit):
                if monotonic() - begun > ROUND or not goes_on() or (letter := letters.take()) is None:
                    break
                sent += _send(wire, letter)
                if trouble:
                    trouble = standing.untroubled()
            if trouble:
                standing.untroubled()
    except mail.Trouble as fault:
        standing.troubled(fault.reason, fault.said)
    return sent


def _send(wire: mail.Wire, letter: Letter) -> bool:
    """Whether it went out. Raises Trouble when no other letter would go out either."""
    try:
        wire.send(letter)
    except mail.Unsent as fault:
        letters.settle(letter, "end" if fault.lasting else "wait", fault.reason, fault.said)
        return False
    except mail.Trouble as fault:
        # Silence and a broken line may be the fault of this very letter: let others go before it.
        letters.settle(letter, "wait", fault.reason, fault.said, blame=fault.reason in (Reason.SILENT, Reason.BROKEN))
        raise
    letters.settle(letter, "arrive")
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())  # a second line would begin another header


def _domain() -> str:
    """What the Message-ID ends in: the office's own domain."""
    sender = current_app.config["KURUMAZA"].mail_from if has_app_context() and "KURUMAZA" in current_app.config else ""
    return sender.rpartition("@")[2] or "kurumaza.invalid"
