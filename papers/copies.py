"""交付の記録: which copy of a meeting's minutes was made for whom, handed over how, and taken back when."""

from __future__ import annotations

from datetime import date, datetime
import enum
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later
from meetings.models import Meeting
from meetings.table import Hearing
from papers import withholding
from papers.variants import Variant


class How(enum.Enum):
    """How a copy comes to its reader."""

    HAND = "hand"
    POST = "post"
    INTERNAL = "internal"
    SCREEN = "screen"

    @property
    def label(self):
        return {"hand": later("Handed over in person"), "post": later("By post"), "internal": later("Internal mail"), "screen": later("Read on the screen")}[self.value]


OUTDATED = {
    "unmarked": (later("Earlier rule"), later("Made under the earlier rule: its pages do not say 内部検討用・交付不可, and they show undecided passages in clear. "
                                              "It is handed to nobody outside; to deliberate, make a new working copy.")),
    "reopened": (later("Minutes changed"), later("After it was made, the minutes were reopened. It is handed to nobody any more; make a new copy.")),
    "decided": (later("Decisions changed"), later("After it was made, decisions on the passages were changed. It is handed to nobody any more until that is "
                                                  "looked at; make a new copy once they are approved.")),
}

copy_hearing = sa.Table(
    "paper_copy_hearing", Base.metadata,
    sa.Column("copy_id", sa.ForeignKey("paper_copy.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("hearing_id", sa.ForeignKey("hearing.id", ondelete="CASCADE"), primary_key=True),
)


class PaperCopy(Base):
    """One numbered copy, with the very file: what was handed over can be shown years later."""

    __tablename__ = "paper_copy"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("minutes_version.id"))  # None: a draft
    number: Mapped[int]
    variant: Mapped[Variant] = mapped_column(choice(Variant))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    recipient: Mapped[str] = mapped_column(sa.String(160))
    sections: Mapped[list] = mapped_column(sa.JSON)
    check: Mapped[str] = mapped_column(sa.String(64), index=True)  # the seal, whose beginning is printed as 照合番号
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    file: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    unmarked: Mapped[bool] = mapped_column(default=False)  # 開示検討用 made before every page of it said that it stays inside
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    meeting: Mapped[Meeting] = orm.relationship(lazy="joined", innerjoin=True)
    version = orm.relationship("MinutesVersion", lazy="joined")
    made_by = orm.relationship("User", lazy="joined", innerjoin=True)
    hearings: Mapped[list[Hearing]] = orm.relationship(secondary=copy_hearing)
    deliveries: Mapped[list[Delivery]] = orm.relationship(order_by="Delivery.id", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    @classmethod
    def next_number(cls, meeting: Meeting) -> int:
        return (session.scalar(sa.select(sa.func.max(cls.number)).where(cls.meeting_id == meeting.id)) or 0) + 1

    @classmethod
    def take_number(cls, meeting: Meeting) -> int:
        """The next number, for this transaction alone: who makes another copy at the same moment waits, and takes the one after."""
        session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
        return cls.next_number(meeting)

    @classmethod
    def keep(cls, meeting: Meeting, by, number: int, variant: Variant, recipient: str, seal: str, file: bytes, numbers: set[str],
             agency_id: int | None = None, sections: tuple[str, ...] = ()) -> PaperCopy:
        """Keep a copy just made of these cases' minutes."""
        made = cls(meeting=meeting, version_id=meeting.final.id if meeting.final else None, number=number, variant=variant,
                   agency_id=agency_id, recipient=recipient, sections=list(sections), check=seal, file_hash=sha256(file).hexdigest(),
                   file=file, made_by_id=by.id,
                   hearings=[each for each in meeting.hearings if (each.case.number if each.case else "") in numbers])
        session.add(made)
        session.flush()
        return made

    @property
    def outdated(self):
        """Why it is handed to nobody any more, to be told beside it: made under the earlier rule, or of minutes or decisions that were
        changed since. Its file stays as it was, for it shows what was handed over. "" where nothing speaks against it."""
        if self.unmarked:
            return OUTDATED["unmarked"]
        elif self.variant is not Variant.DISCLOSED:
            return ""
        elif self.version.reopened_at:
            return OUTDATED["reopened"]
        else:
            held = withholding.approval(self.version)
            return "" if held and held.at <= self.made_at else OUTDATED["decided"]

    @property
    def out(self) -> bool:
        """Whether a piece that is to come back is still out."""
        return any(each.recall and each.returned_on is None for each in self.deliveries)

    def hand_over(self, by, on: date, how: How, pieces: int, recall: bool) -> Delivery:
        """Note that pieces of it went out."""
        made = Delivery(on=on, how=how, pieces=pieces, recall=recall, by_id=by.id)
        self.deliveries.append(made)
        session.flush()
        return made


class Delivery(Base):
    """A number of pieces of a copy handed over on one day; `recall`: to be collected again (回収)."""

    __tablename__ = "copy_delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_copy.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    how: Mapped[How] = mapped_column(choice(How))
    pieces: Mapped[int]
    recall: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    returned_on: Mapped[date | None]
    returned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    copy: Mapped[PaperCopy] = orm.relationship(back_populates="deliveries")
    by = orm.relationship("User", foreign_keys=[by_id], lazy="joined", innerjoin=True)

    def come_back(self, by, on: date) -> None:
        """Note that the pieces were collected; a second time changes nothing."""
        if self.returned_on is None:
            self.returned_on, self.returned_by_id = on, by.id
