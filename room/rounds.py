"""Rounds (write first, then speak): everybody puts their own word to one question before anybody hears another's.

Until the round is revealed a word is its writer's alone: the facilitator sees who has written, passed or not yet, and
nothing reads the text for anybody else. Revealed, the words stand as lines in the order of the table, said by each one's
agency. A round that ends unrevealed (ended by the facilitator, or because the meeting closed) leaves each word with its
writer; nobody else ever reads it. Passing is an answer like any other.
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
from meetings.capture import Entry
from meetings.table import Hearing, Level, Seat, SeatRole
from room.words import RoundWord, Standing


class Round(Base):
    """One question put to the whole table of a case; one at a time."""

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    question: Mapped[str] = mapped_column(sa.Text)
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有: asked during a step that not everybody shares in
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hearing: Mapped[Hearing] = orm.relationship(back_populates="rounds", lazy="joined", innerjoin=True)

    @classmethod
    def begin(cls, hearing: Hearing, by, key: str, question: str) -> Round:
        """Put a question to the table; the same key again gives the round that is there already.

        Raises Refused outside an open meeting, or while another round runs.
        """
        if not hearing.meeting.opened or hearing.opened_at is None:
            raise Refused(_("A round needs an open meeting."))
        hearing.hold()  # one round at a time
        found = session.scalar(sa.select(cls).where(cls.key == key, cls.hearing_id == hearing.id))
        if found is not None:
            return found
        last = cls.last(hearing)
        if last and last.running:
            raise Refused(_("A round is running already."), _("Reveal it or end it, then begin the next one."))
        made = cls(hearing=hearing, key=key, question=question, limited=hearing.confiding, opened_by_id=by.id)
        session.add(made)
        live.touch(hearing.meeting.topic)
        return made

    @classmethod
    def last(cls, hearing: Hearing) -> Round | None:
        """The newest round of this table, running or over."""
        return session.scalar(sa.select(cls).where(cls.hearing_id == hearing.id).order_by(cls.id.desc()).limit(1))

    @property
    def running(self) -> bool:
        """Whether people still write; a closed meeting ends its round too."""
        return self.revealed_at is None and self.ended_at is None and self.hearing.meeting.opened

    @property
    def revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def fresh(self) -> bool:
        """Whether its words still belong to what is being talked about: revealed, and no other step has begun since."""
        moments = [at for step in self.hearing.meeting.agenda for at in (step.started_at, step.ended_at) if at]
        return self.revealed_at is not None and all(at <= self.revealed_at for at in moments)

    def shared_with(self, seat: Seat) -> bool:
        """Whether the question is for this seat at all."""
        return seat.confidant or not self.limited

    def write(self, seat: Seat, by, text: str, read: int, passed: bool = False) -> RoundWord | None:
        """Hand in a word for this seat, or pass. `read` is the version it was changed from (0: the first).

        Gives the word; None when it was changed on another device since. Raises Refused once the round is over.
        """
        self._hold()
        if not self.running:
            raise Refused(_("This round is over."), _("You can still say it, or write it down as a line."))
        word, text = self.word_of(seat), "" if passed else text
        if word is None:
            word = RoundWord(round=self, seat_id=seat.id)
        elif (word.text, word.passed) == (text, passed):
            return word  # sent twice
        elif word.version != read:
            return None
        word.text, word.passed, word.written_by_id, word.handed_in_at = text, passed, by.id, utcnow()
        session.add(word)
        session.flush()
        live.touch(self.hearing.meeting.topic)
        return word

    def reveal(self) -> None:
        """Show all words at once, as lines in the order of the table; a second time adds nothing."""
        self._hold()
        if self.revealed:
            return
        if not self.running:
            raise Refused(_("This round is over."), _("What was written in it stays with those who wrote it."))
        self.revealed_at = self.ended_at = utcnow()
        for word in self._words():
            word.stand(noted=False)  # the reveal is not the act of those who wrote
        live.touch(self.hearing.meeting.topic)

    def end(self) -> None:
        """End the round unrevealed: every word stays with its writer."""
        self._hold()
        if self.running:
            self.ended_at = utcnow()
            live.touch(self.hearing.meeting.topic)

    def hear(self, seat: Seat, by, text: str, passed: bool = False) -> None:
        """After the reveal: write down what somebody without an account says to the question, or that they pass."""
        if not self.revealed or not self.hearing.meeting.opened or seat.member.user_id is not None:
            raise Refused(_("This is for people without an account, after the words were revealed."))
        self._hold()
        if self.word_of(seat) is None:
            word = RoundWord(round=self, seat_id=seat.id, text="" if passed else text, passed=passed, written_by_id=by.id)
            session.add(word)
            session.flush()
            word.stand()
            live.touch(self.hearing.meeting.topic)

    def word_of(self, seat: Seat | None) -> RoundWord | None:
        return session.scalar(sa.select(RoundWord).where(RoundWord.round_id == self.id, RoundWord.seat_id == seat.id)) if seat else None

    def table(self) -> list[tuple[Seat, Standing]]:
        """Who is asked, in the order of the table, and how far they are. Reads no text: there is nothing to leak."""
        rows = session.execute(sa.select(RoundWord.seat_id, RoundWord.passed).where(RoundWord.round_id == self.id)).all()
        given = {seat_id: Standing.PASSED if passed else Standing.WRITTEN for seat_id, passed in rows}
        return [(seat, given.get(seat.id) or self._still(seat)) for seat in self.hearing.seats
                if self.shared_with(seat) and (seat.id in given or _asked(seat))]

    @property
    def answers(self) -> list[str]:
        """The keys of the lines that answer it; none before it is revealed. Reads no text."""
        keys = sa.select(RoundWord.key).where(RoundWord.round_id == self.id, RoundWord.passed.is_(False))
        return list(session.scalars(keys)) if self.revealed else []

    def lines(self, seen: sa.Select) -> list[Entry]:
        """What was revealed, as it stands in the record now, of the lines somebody may see."""
        query = seen.where(Entry.hearing_id == self.hearing_id, Entry.key.in_(self.answers), Entry.removed_at.is_(None))
        return list(session.scalars(query.order_by(Entry.position)).unique())

    def _still(self, seat: Seat) -> Standing:
        return Standing.WAITING if seat.member.user_id else Standing.UNREACHED

    def _words(self) -> list[RoundWord]:
        return list(session.scalars(sa.select(RoundWord).where(RoundWord.round_id == self.id).order_by(RoundWord.seat_id)))

    def _hold(self) -> None:
        # On PostgreSQL a word may be on its way while the round is revealed: one of them waits here for the other.
        session.execute(sa.select(Round.id).where(Round.id == self.id).with_for_update())
        session.refresh(self)


def kept_by(person, hearing: Hearing) -> list[RoundWord]:
    """This person's own words of rounds that ended unrevealed: they alone still read them."""
    query = sa.select(RoundWord).join(Round, Round.id == RoundWord.round_id).where(
        Round.hearing_id == hearing.id, Round.revealed_at.is_(None), RoundWord.written_by_id == person.id, RoundWord.passed.is_(False))
    return [each for each in session.scalars(query.order_by(RoundWord.id)) if not each.round.running]


def _asked(seat: Seat) -> bool:
    """Whoever sits here to speak is asked; who leads the round asks."""
    return seat.attendance.here and seat.level != Level.INQUIRY and seat.role != SeatRole.FACILITATOR
