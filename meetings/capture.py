"""The lines of the discussion, written by several people at once; nobody's text is ever overwritten unseen."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from meetings.acts import RoomAct, way


class EntryKind(enum.Enum):
    """What a line is: facts and opinions are kept apart from the first second."""

    FACT = "fact"
    OPINION = "opinion"
    FORMULATION = "formulation"
    ISSUE = "issue"
    DECISION = "decision"
    TAKEN_BACK = "taken_back"

    @property
    def label(self):
        return {"fact": later("Fact"), "opinion": later("Opinion"), "formulation": later("Formulation"),
                "issue": later("Issue"), "decision": later("Decision"), "taken_back": later("Taken back")}[self.value]


STEP = 1024  # between two lines: room to move others in between without touching the rest


class Entry(live.Told, Base):
    """One captured line."""

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)  # made by the writer's browser: sent twice, kept once
    position: Mapped[int]  # sparse, never shown: what people see is counted
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(120), default="")
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    number: Mapped[int] = mapped_column(default=1)  # of the revision shown
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有: only for those who share in it, never on the wall
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing", back_populates="entries")
    agency = orm.relationship("Agency", lazy="joined")
    written_by = orm.relationship("User", lazy="joined", innerjoin=True)
    revisions: Mapped[list[Revision]] = orm.relationship(back_populates="entry", order_by="Revision.id", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("hearing_id", "position"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def capture(cls, hearing, by, key: str, kind: EntryKind, text: str, source: str = "", agency=None, *,
                since: datetime | None = None, confidant: bool = True, limited: bool = False, noted: bool = True) -> Entry:
        """Write a line down; the same words of the same person under the same key again give the line that is there
        already. Anything else that comes under a known key is a line of its own: nothing acknowledged is lost.

        It is limited (限定共有) from birth when a step shared with some only ran at any moment since it was begun (`since`;
        none: now), however late it arrives, and its writer shares in that. Whoever does not was not there to hear it.
        Words that were limited before stay so (`limited`). What is not its writer's own act is not `noted` as one.
        """
        hearing.ask_capturing()  # and so that no two lines get one place
        key, found = cls._under(key, hearing, by, text)
        if found is not None:
            return found
        last = session.scalar(sa.select(sa.func.max(cls.position)).where(cls.hearing_id == hearing.id)) or 0
        limited = limited or (confidant and hearing.confided(since or utcnow()))
        words = dict(kind=kind, text=text, source=source, agency=agency, written_by=by, limited=limited)
        entry = cls(hearing=hearing, key=key, position=last + STEP, **words)
        entry.revisions.append(Revision(number=1, **words))
        session.add(entry)
        session.flush()
        if noted:
            RoomAct.note(hearing, by, "line", entry, {**entry.state, "removed": True}, entry.state)
        live.touch(hearing.meeting.topic)
        return entry

    @classmethod
    def _under(cls, key: str, hearing, by, text: str) -> tuple[str, Entry | None]:
        """(a key that is free or this line's, the line). Where the key is another's, the words make one of their own: the
        same ones whenever they are sent, so that they too are kept once."""
        for name in (key, uuid.uuid5(uuid.NAMESPACE_OID, repr((key, hearing.id, by.id, text))).hex):
            found = session.scalar(sa.select(cls).where(cls.key == name))
            if found is None:
                return name, None
            first = found.revisions[0]
            if (found.hearing_id, first.written_by_id, first.text) == (hearing.id, by.id, text):
                break
        return name, found

    @property
    def topic(self) -> str:
        return self.hearing.meeting.topic

    @property
    def rivals(self) -> list[Revision]:
        """What others wrote at the same time and nobody has settled yet."""
        return [each for each in self.revisions if each.rival]

    @property
    def state(self) -> dict:
        """How the line stands: which revision shows, whether it was taken out, which rivals wait beside it."""
        return dict(number=self.number, removed=self.removed_at is not None, rivals=sorted(each.number for each in self.rivals))

    def limit(self, on: bool) -> None:
        """Keep the line to those who share in it (限定共有), or release it to the whole table."""
        self.hearing.ask_capturing()
        self._hold()
        self.limited = on
        for each in (self._revision(self.number), *self.rivals):  # what is in sight
            each.limited = on
        live.touch(self.hearing.meeting.topic)

    def rewrite(self, by, read: int, kind: EntryKind, text: str, source: str = "", agency=None, *,
                since: datetime | None = None, confidant: bool = True) -> bool:
        """Change the line as somebody saw it at revision `read`; give whether it stands.

        When somebody else changed it since, both texts stay: theirs as the line, this one beside it, to be settled.
        Words written into it during a step shared with some only make it limited, like a new line (see `capture`).
        """
        with self._acting(by):
            self.removed_at = None  # somebody still wrote in it while it was being removed: it stands again, for all to see
            if (text, kind, source, agency and agency.id) == (self.text, self.kind, self.source, self.agency_id):
                return True
            self._confide(since, confidant)
            fresh = read == self.number
            mine = [each for each in self.rivals if each.written_by_id == by.id and not fresh]
            if any(each.text == text for each in mine):
                return False  # sent twice
            for each in mine:
                each.rival = False  # the same person wrote on: their newest text stands beside the line
            self._write(by, kind, text, source, agency, beside=not fresh)
            return fresh

    def turn(self, by, read: int, kind: EntryKind) -> None:
        """Make another kind of line of it: an opinion becomes a decision. Raises Refused when it was changed since `read`."""
        with self._acting(by):
            self.ask_standing()
            self._ask_unchanged(read, _("Read it again before you make something else of it."))
            if kind != self.kind:
                self._write(by, kind, self.text, self.source, self.agency)

    def ask_standing(self) -> None:
        """Raise Refused for a line that was removed: nothing is made of it."""
        if self.removed_at:
            raise Refused(_("Somebody has removed this line in the meantime."), _("Bring it back first."))

    def settle(self, by, text: str, like: int = 0, seen: int | None = None, confidant: bool = True) -> bool:
        """Settle rival texts by the text that shall stand, of the kind, source and agency of revision `like`; every one
        of them stays in the history. `seen` is the newest revision that was read: what is newer is not passed over.
        During a step shared with some only it makes the line limited, like any words written then (see `capture`).
        Gives whether the text stands as the line."""
        with self._acting(by):
            meant, fresh = self._revision(like) or self, seen is None or self.number <= seen
            self.removed_at = None
            if self._words == (meant.kind, text, meant.source, meant.agency_id) and not (fresh and self.rivals):
                return True  # sent twice
            self._confide(None, confidant)
            for each in self.rivals:
                each.rival = seen is not None and each.number > seen
            self._write(by, meant.kind, text, meant.source, meant.agency, beside=not fresh)
            return fresh

    def remove(self, by, read: int) -> None:
        """Take the line out; it stays in the history. Raises Refused when it was changed since `read`."""
        with self._acting(by):
            self._ask_unchanged(read, _("Read it again before you remove it."))
            self.removed_at = self.removed_at or utcnow()

    def restore(self, by) -> None:
        """Bring a removed line back."""
        with self._acting(by):
            self.removed_at = None

    def move(self, by, after: Entry | None = None) -> None:
        """Put the line after another one of its case, or first. Whoever moves it last wins: no text is lost by it.
        Raises Refused for a line that was removed."""
        self.hearing.ask_capturing()
        self._hold()
        before = self._follows
        self._place(after)
        if self._follows != before:
            RoomAct.note(self.hearing, by, "move", self, dict(after=before), dict(after=self._follows))
            live.touch(self.hearing.meeting.topic)

    def become(self, by, have: dict, want: dict) -> None:
        """From the state an act left behind into the one it found, or back again; for undoing and doing again.
        Raises Refused when the line does not stand as in `have`: somebody else's change is never undone unseen."""
        self._hold()
        shown = self._revision(have["number"])
        if {**self.state, "number": 0} != {**have, "number": 0} or self._words != shown._words:
            raise Refused(_("Somebody else has changed this line in the meantime."), _("Nothing was undone. You can change the line by hand."))
        for each in self.revisions:
            each.rival = each.number in want["rivals"]
        then = self._revision(want["number"])
        # words of a limited step that come back are limited as they were
        self.limited = self.limited or any(each.limited for each in (then, *self.rivals))
        if then._words != self._words:
            self._write(by, *then._words[:3], then.agency)
        self.removed_at = utcnow() if want["removed"] else None

    # -- within -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _acting(self, by):
        """One act of one person on this line, written into the journal when it changed something."""
        self.hearing.ask_capturing()
        self._hold()
        before = self.state
        yield
        if self.state != before:
            RoomAct.note(self.hearing, by, "line", self, before, self.state)
        live.touch(self.hearing.meeting.topic)

    def _hold(self) -> None:
        # On PostgreSQL two writers run side by side: the second waits here and then reads what the first left.
        session.execute(sa.select(Entry.id).where(Entry.id == self.id).with_for_update())
        session.refresh(self)

    def _confide(self, since: datetime | None, confidant: bool) -> None:
        self.limited = self.limited or (confidant and self.hearing.confided(since or utcnow()))

    def _ask_unchanged(self, read: int, way_on: str) -> None:
        if read != self.number:
            raise Refused(_("Somebody else has changed this line in the meantime."), way_on)

    @property
    def _words(self) -> tuple:
        return self.kind, self.text, self.source, self.agency_id

    def _revision(self, number: int) -> Revision | None:
        return next((each for each in self.revisions if each.number == number), None)

    def _write(self, by, kind, text, source, agency, beside=False) -> None:
        """Another revision: the line's own from now on, or a rival beside it."""
        made = Revision(number=max(each.number for each in self.revisions) + 1, kind=kind, text=text, source=source,
                        agency=agency, written_by=by, rival=beside, limited=self.limited)
        self.revisions.append(made)
        if not beside:
            self.number, self.text, self.kind = made.number, text, kind
            self.source, self.agency, self.written_by, self.written_at = source, agency, by, utcnow()
        session.flush()

    @property
    def _follows(self) -> int | None:
        """The id of the line before this one, a removed one too; None for the first."""
        before = Entry.hearing_id == self.hearing_id, Entry.position < self.position
        return session.scalar(sa.select(Entry.id).where(*before).order_by(Entry.position.desc()).limit(1))

    def _place(self, after: Entry | None) -> None:
        if after is self:
            return
        if self.removed_at:
            raise Refused(_("Somebody has removed this line in the meantime."), _("Bring it back before you move it."))
        low, high = self._gap(after)
        if high is not None and high - low < 2 and not low < self.position < high:
            self._spread()
            low, high = self._gap(after)
        if not low < self.position < (high or self.position + 1):
            self.position = (low + high) // 2 if high else low + STEP
            session.flush()

    def _gap(self, after: Entry | None) -> tuple[int, int | None]:
        """The places (of `after`, of the next line but this one): in between there is room."""
        low = session.scalar(sa.select(Entry.position).where(Entry.id == after.id)) if after else 0
        above = Entry.hearing_id == self.hearing_id, Entry.position > low, Entry.id != self.id
        return low, session.scalar(sa.select(sa.func.min(Entry.position)).where(*above))

    def _spread(self) -> None:
        """Give every line of this case a round place again, in the same order: where no gap is left, which is rare."""
        table = Entry.__table__
        here = table.c.hearing_id == self.hearing_id
        order = session.scalars(sa.select(table.c.id).where(here).order_by(table.c.position)).all()
        session.execute(sa.update(table).where(here).values(position=-table.c.position))  # no two at one place, ever
        session.execute(sa.update(table).where(table.c.id == sa.bindparam("of")).values(position=sa.bindparam("place")),
                        [dict(of=id, place=turn * STEP) for turn, id in enumerate(order, 1)])
        for each in session:
            if isinstance(each, Entry):
                session.expire(each, ["position"])


@way("line")
def _line_back(act: RoomAct, by, have: dict, want: dict) -> None:
    act.entry.become(by, have, want)


@way("move")
def _move_back(act: RoomAct, by, _have: dict, want: dict) -> None:
    act.entry._hold()
    if act.overtaken:
        raise Refused(_("Somebody else has moved this line in the meantime."), _("Nothing was undone. You can move the line by hand."))
    act.entry._place(session.get(Entry, want["after"]) if want["after"] else None)


class Revision(Base):
    """One text of a line, kept for good; a rival is one that lost the race and waits beside the line."""

    __tablename__ = "entry_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    number: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(120), default="")
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    rival: Mapped[bool] = mapped_column(default=False)
    limited: Mapped[bool] = mapped_column(default=False)  # written while only some of the table shared in it (限定共有)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    entry: Mapped[Entry] = orm.relationship(back_populates="revisions")
    agency = orm.relationship("Agency")
    written_by = orm.relationship("User", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("entry_id", "number"),)

    @property
    def told_with(self) -> Entry:
        return self.entry

    @property
    def _words(self) -> tuple:
        return self.kind, self.text, self.source, self.agency_id
