"""What each person did at a table, so that they can take it back and do it again: also after a reload, on another machine.

An act keeps the state it found and the state it left, by numbers only; the words stand in the history of the line. What is
acted on says how it goes from one state to the other (`@way("line")`), from whichever floor it lives on.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused

PASSED = 0  # neither to be undone nor done again any more


class RoomAct(Base):
    """One act of one person at one table."""

    __tablename__ = "room_act"
    audited = False  # what it changed is on record already
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    kind: Mapped[str] = mapped_column(sa.String(20))
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    before: Mapped[dict] = mapped_column(sa.JSON)
    after: Mapped[dict] = mapped_column(sa.JSON)
    undone: Mapped[int | None]  # the how-manieth undoing of this person here it was (or PASSED); empty while the act stands
    entry = orm.relationship("Entry")
    __table_args__ = (sa.Index("ix_room_act_hearing_id_by_id", "hearing_id", "by_id"),)

    @classmethod
    def note(cls, hearing, by, kind: str, entry, before: dict, after: dict) -> None:
        """Write an act into the journal, in the transaction of the act itself."""
        session.add(cls(hearing_id=hearing.id, by_id=by.id, kind=kind, entry=entry, before=before, after=after))
        session.flush()

    @property
    def told_with(self):
        """The line that shows what was done, for the pages that receive lines one by one."""
        return self.entry

    @property
    def overtaken(self) -> bool:
        """Whether somebody else did the same to the same line later on."""
        later = sa.select(RoomAct.id).where(RoomAct.entry_id == self.entry_id, RoomAct.kind == self.kind, RoomAct.id > self.id,
                                            RoomAct.by_id != self.by_id, sa.func.coalesce(RoomAct.undone, PASSED) == PASSED)
        return session.scalar(later.limit(1)) is not None


_ways = {}


def way(kind: str):
    """Register `function(act, by, have, want)`: bring what acts of this kind change from one state into the other, or
    raise Refused when it is not in state `have` any more."""

    def register(function):
        _ways[kind] = function
        return function

    return register


class Overtaken(Refused):
    """The act can neither be undone nor done again. That is told once; then it is passed over, and the ones before it are
    reached. The caller keeps the note of it (a commit) before the person is told."""


def undo(hearing, by, may=lambda act: True) -> RoomAct:
    """Take back the person's last act here that still stands, if they `may`. Raises Overtaken when somebody else built
    on it since."""
    hearing.ask_capturing()
    act = session.scalar(_mine(hearing, by).where(RoomAct.undone.is_(None)).order_by(RoomAct.id.desc()).limit(1))
    if act is None:
        raise Refused(_("There is nothing of yours to undo here."))
    _bring(act, by, act.after, act.before, may)
    act.undone = 1 + (session.scalar(_mine(hearing, by).with_only_columns(sa.func.max(RoomAct.undone))) or 0)
    live.touch(hearing.meeting.topic)
    return act


def redo(hearing, by, may=lambda act: True) -> RoomAct:
    """Do again what the person undid last, until they act anew. Raises Overtaken like `undo`."""
    hearing.ask_capturing()
    mine = _mine(hearing, by)
    stands = session.scalar(mine.with_only_columns(sa.func.max(RoomAct.id)).where(RoomAct.undone.is_(None))) or 0
    act = session.scalar(mine.where(RoomAct.undone > PASSED, RoomAct.id > stands).order_by(RoomAct.undone.desc()).limit(1))
    if act is None:
        raise Refused(_("There is nothing of yours to do again here."))
    _bring(act, by, act.before, act.after, may)
    act.undone = None
    live.touch(hearing.meeting.topic)
    return act


def _bring(act: RoomAct, by, have: dict, want: dict, may) -> None:
    try:
        if not may(act):
            raise Refused(_("Somebody else has changed this line in the meantime."))
        _ways[act.kind](act, by, have, want)
    except Refused as refused:  # nothing was changed yet
        act.undone = PASSED
        session.flush()
        raise Overtaken(str(refused), refused.way_on) from None


def _mine(hearing, by) -> sa.Select:
    return sa.select(RoomAct).where(RoomAct.hearing_id == hearing.id, RoomAct.by_id == by.id)
