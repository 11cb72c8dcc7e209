"""Quiet signals (少しゆっくり, 分からない言葉があります, ひと息入れたい): from anybody at the table to the facilitator alone, unsigned.

Who raised one cannot be found afterwards, in the database either, nor by the order of things. What is kept is two
numbers for each table and kind, *raised* and *seen*. What else happens in a request, and why none of it tells:

- the table is not audited, and the door notes nothing: no row of the audit, which would carry name and instant (core/audit.py);
- the answer is the same 204 for the script of the page and a plain way back for a form without one; its form carries no
  `once`, so nothing is kept of where it led (core/forms.py), and a submission would name nobody anyway;
- a sign-in keeps when it began and ended, not when it was last used: that stands in the person's own cookie
  (accounts/signing_in.py), which no signal changes otherwise than any other request does;
- the program writes no log of requests; a fault is logged by kind and place (core/log.py), an error page names nobody;
- the version of the meeting's topic grows (core/live.py), as for everything that happens in the room: without name or time;
- the brake on pestering lives in this process's memory for a minute, under a hash salted anew at every start.

What this cannot promise: a proxy before the program that logs every address, or somebody who looks over a shoulder, sees
that a signal was sent; its kind stands in no address. Without a script the way back shows the room anew, which is on record
like every look at it. Whoever rules the database's own files may read in them between which other acts the newest signal
was committed, not whose it was. With few people at the table it may be guessed: the page says so.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
import threading
import time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, choice, session
from core.languages import _, later
from core.web import Refused
from meetings.table import Hearing, SeatRole

PAUSE = 60  # seconds between two signals of one kind by one sign-in
FEW = 3  # with fewer people who could have sent it, it may be guessed who did


class Signal(enum.Enum):
    SLOWER = "slower"
    WORD = "word"
    BREATHE = "breathe"

    @property
    def label(self):
        return {"slower": later("A little slower"), "word": later("There is a word I do not know"),
                "breathe": later("Let us take a breath")}[self.value]


class SignalCount(Base):
    """How often a kind was raised at a table, and how many of those its facilitator has taken in. Nothing else, on purpose."""

    __tablename__ = "signal_count"
    audited = False
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Signal] = mapped_column(choice(Signal), primary_key=True)
    raised: Mapped[int]
    seen: Mapped[int]


def give(hearing: Hearing, kind: Signal) -> None:
    """Raise a signal. Raises Refused when this table is not sitting."""
    if not hearing.meeting.opened or hearing.opened_at is None:
        raise Refused(_("This meeting is not open."))
    hearing.hold()  # two first ones at once
    table, here = SignalCount.__table__, dict(hearing_id=hearing.id, kind=kind)
    grown = session.execute(sa.update(table).filter_by(**here).values(raised=table.c.raised + 1))
    if not grown.rowcount:
        session.execute(sa.insert(table).values(raised=1, seen=0, **here))
    live.touch(hearing.meeting.topic)


def waiting(hearing: Hearing) -> list[SignalCount]:
    """What the facilitator has not taken in yet."""
    query = sa.select(SignalCount).where(SignalCount.hearing_id == hearing.id, SignalCount.raised > SignalCount.seen)
    order = list(Signal)
    return sorted(session.scalars(query), key=lambda each: order.index(each.kind))


def take_in(hearing: Hearing, shown: dict[Signal, int]) -> None:
    """受け止めた: what the facilitator was shown counts as seen; what came in between still waits."""
    for count in waiting(hearing):
        count.seen = max(count.seen, min(count.raised, shown.get(count.kind, 0)))
    live.touch(hearing.meeting.topic)


def heard_by(seat, running: bool, hearing: Hearing) -> bool:
    """Whether signals are for these eyes: of somebody who runs the meeting in the facilitator's seat.

    A colleague of the team who sits as an ordinary participant is one of those who may have sent them, and does not see
    them. Where nobody holds that seat, whoever runs the meeting without a seat at the table leads it.
    """
    led = any(each.role == SeatRole.FACILITATOR for each in hearing.seats)
    return running and (seat.role == SeatRole.FACILITATOR if seat else not led)


def few(hearing: Hearing) -> bool:
    """Whether so few people could have sent a signal that it may be guessed who did."""
    return sum(bool(each.member.user_id) and each.attendance.here and each.role != SeatRole.FACILITATOR for each in hearing.seats) < FEW


class Brake:
    """Against pestering: one signal of a kind in a while from one sign-in. Forgets by itself, and at every start."""

    def __init__(self, pause: float = PAUSE, now=time.monotonic):
        self._pause, self._now, self._salt, self._until, self._lock = pause, now, secrets.token_bytes(32), {}, threading.Lock()
        self.enabled = True

    def ask(self, *who) -> bool:
        """Whether this one may signal now; if so, it counts."""
        if not self.enabled:
            return True
        mark = hashlib.blake2b(repr(who).encode(), key=self._salt).digest()
        with self._lock:
            moment = self._now()
            self._until = {each: until for each, until in self._until.items() if until > moment}
            if mark in self._until:
                return False
            self._until[mark] = moment + self._pause
            return True


brake = Brake()
