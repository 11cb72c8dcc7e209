"""Who belongs to whom in a household, and who is tied to it: the data behind the household map (世帯図)."""

from __future__ import annotations

import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, choice
from core.languages import later


class Kinship(enum.Enum):
    """What the first of two members of a household is to the second."""

    SPOUSE = "spouse"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER = "other"

    @property
    def label(self):
        return {"spouse": later("spouse or partner"), "parent": later("parent"), "sibling": later("brother or sister"),
                "other": later("relative of another kind")}[self.value]


class Strength(enum.Enum):
    """How strong a tie is, seen from the household."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"
    STRAINED = "strained"
    CUT = "cut"

    @property
    def label(self):
        return {"strong": later("Strong tie"), "ordinary": later("Ordinary tie"), "weak": later("Weak tie"),
                "strained": later("Strained tie"), "cut": later("Tie that was cut")}[self.value]


class FamilyRelation(Base):
    """A family relation between two members of one household."""

    __tablename__ = "family_relation"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    first_id: Mapped[int] = mapped_column(sa.ForeignKey("household_person.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("household_person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kinship] = mapped_column(choice(Kinship))
    note: Mapped[str] = mapped_column(sa.String(80), default="")
    first = orm.relationship("HouseholdPerson", foreign_keys=first_id, lazy="joined", innerjoin=True, passive_deletes=True)
    second = orm.relationship("HouseholdPerson", foreign_keys=second_id, lazy="joined", innerjoin=True, passive_deletes=True)
    __table_args__ = (sa.CheckConstraint("first_id <> second_id", name="of_two_people"),)


class Tie(Base):
    """A tie between a member of the household (or the whole household) and an agency of the roster or somebody near.

    A tie to an agency also says: this agency knows the household, whoever chooses the table should think of it.
    """

    __tablename__ = "case_tie"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("household_person.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    label: Mapped[str] = mapped_column(sa.String(80), default="")  # 隣のCさん, サロン: nobody of the roster
    strength: Mapped[Strength] = mapped_column(choice(Strength), default=Strength.ORDINARY)
    note: Mapped[str] = mapped_column(sa.String(120), default="")
    person = orm.relationship("HouseholdPerson", lazy="joined", passive_deletes=True)  # none: the whole household
    agency = orm.relationship("Agency", lazy="joined")
    __table_args__ = (sa.CheckConstraint("agency_id IS NOT NULL OR label <> ''", name="with_somebody"),)

    @property
    def name(self) -> str:
        """With whom: the agency's name, or the label as it was typed."""
        return self.agency.name if self.agency else self.label


class Conflict(Base):
    """A conflict of interest: somebody of the roster is related to this household (親族・近隣・利害関係)."""

    __tablename__ = "case_conflict"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    note: Mapped[str] = mapped_column(sa.String(120), default="")
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("case_id", "member_id"),)
