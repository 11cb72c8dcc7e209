"""Who sat and is sent the draft, and what they say to it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from circulation import windows
from circulation.remarks import Remark
from circulation.sentences import Sentence
from circulation.words import RemarkKind, Way
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from meetings.models import Meeting
from meetings.table import Attendance, Hearing


class Reader(Base):
    """Somebody who sat and was sent the draft."""

    __tablename__ = "circulation_reader"
    id: Mapped[int] = mapped_column(primary_key=True)
    circulation_id: Mapped[int] = mapped_column(sa.ForeignKey("circulation.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nudged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_how: Mapped[Way | None] = mapped_column(choice(Way))
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # who pressed, or wrote down what was heard
    circulation = orm.relationship("Circulation", back_populates="readers")
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("circulation_id", "member_id"),)

    @property
    def remarks(self) -> list[Remark]:
        """What they said of the draft and have not taken back."""
        return [each for each in self.circulation.remarks if each.reader_id == self.id and not each.withdrawn_at]

    @property
    def answered(self) -> bool:
        """Whether they have said anything at all."""
        return self.agreed_at is not None or bool(self.remarks)

    @property
    def standing(self) -> windows.Standing:
        """Where they stand."""
        return self.standing_at()

    def standing_at(self, *hearings: Hearing) -> windows.Standing:
        """Where they stand, at the tables of these cases or (none named) of all."""
        of = {each.id for each in hearings}
        said = [each for each in self.remarks if not of or each.hearing_id in of]
        return windows.standing(self.agreed_at is not None, any(each.kind == RemarkKind.DISSENT for each in said), bool(said),
                                self.circulation.clock.over, self.circulation.deemed)

    def agree(self, by, how: Way = Way.SCREEN) -> None:
        """Say that the draft is right; a second time changes nothing. Raises Refused while a dissent of theirs stands."""
        self.circulation.ask_open()
        if any(each.kind == RemarkKind.DISSENT for each in self.remarks):
            raise Refused(_("Your dissent stands in the minutes."), _("Withdraw it first if you agree now."))
        if self.agreed_at is None:
            self.agreed_at, self.agreed_how, self.agreed_by_id = utcnow(), how, by.id
            live.touch(self.circulation.meeting.topic)

    def remark(self, by, sentence: Sentence, kind: RemarkKind, text: str, why: str = "", confined: bool = False,
               how: Way = Way.SCREEN) -> Remark:
        """Propose other words for a sentence, or leave a dissent. An agreement given before counts no longer."""
        self.circulation.ask_open()
        self.agreed_at = self.agreed_how = self.agreed_by_id = None
        made = Remark(
            reader_id=self.id, hearing=self.circulation.meeting.hearings[int(sentence.place.split(".")[0]) - 1], place=sentence.place,
            entry_id=self.circulation.lines.get(sentence.place), section=sentence.section, sentence="" if sentence.whole else sentence.text,
            kind=kind, text=text, why=why, limited=confined or sentence.limited, who=self.member.full, how=how, by_id=by.id, at=utcnow())
        self.circulation.remarks.append(made)
        session.flush()
        live.touch(self.circulation.meeting.topic)
        return made


def attended(seat) -> bool:
    """Whether somebody sat for a case: there, online, through somebody else, or in writing."""
    return seat.attendance.here or seat.attendance == Attendance.WRITTEN


def sat(meeting: Meeting, hearings: list[Hearing] | None = None) -> list:
    """Everybody who sat for one of these cases (or of all), each once."""
    of = meeting.hearings if hearings is None else hearings
    return list({seat.member_id: seat.member for hearing in of for seat in hearing.seats if attended(seat)}.values())


def tables(reader: Reader) -> set[int]:
    """The cases of the paper (counted from 1) for which a reader sat."""
    return {turn for turn, hearing in enumerate(reader.circulation.meeting.hearings, 1)
            if any(seat.member_id == reader.member_id and attended(seat) for seat in hearing.seats)}
