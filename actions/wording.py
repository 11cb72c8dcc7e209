"""The words a role had at a moment: what, who, by when; so that somebody can be shown exactly what changed since."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.words import Rank
from core.database import choice
from core.languages import _
from core.pages import shortday


class Wording:
    """Columns of a record that is bound to the words of a role as they stood. None of them is known of answers to older words."""

    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    what: Mapped[str | None] = mapped_column(sa.Text)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    due_on: Mapped[date | None]
    rank: Mapped[Rank | None] = mapped_column(choice(Rank))
    until_on: Mapped[date | None]

    @orm.declared_attr
    @classmethod
    def agency(cls):
        return orm.relationship("Agency")

    @orm.declared_attr
    @classmethod
    def member(cls):
        return orm.relationship("Member")

    @property
    def who(self) -> str:
        """機関名 氏名 of the holder then."""
        return named(self.agency, self.member)


class Change(NamedTuple):
    """One thing that was said otherwise before; `text` marks words that are compared letter by letter."""

    label: str
    old: str
    new: str
    text: bool = False


def words_of(action) -> dict:
    """The words of a role as they stand now, for a record that is to be bound to them."""
    return dict(fingerprint=action.fingerprint, what=action.what, agency=action.agency, member=action.member, agency_id=action.agency_id,
                member_id=action.member_id, due_on=action.due_on, rank=action.rank, until_on=action.until_on)


def changes(then: Wording | None, action) -> list[Change]:
    """What is said otherwise now than it was `then`; nothing when it is the same, or not known any more."""
    if then is None or then.rank is None or then.fingerprint == action.fingerprint:
        return []
    found = [Change(_("What"), then.what, action.what, text=True), Change(_("Who"), then.who, action.who),
             Change(_("By when"), day(then.due_on), day(action.due_on)), Change(_("Only until"), day(then.until_on), day(action.until_on)),
             Change(_("Part"), str(then.rank.label), str(action.rank.label))]
    return [each for each in found if each.old != each.new]


def named(agency, member) -> str:
    """機関名 氏名; the agency where nobody is named; empty for nobody."""
    if member:
        return member.full
    else:
        return agency.name if agency else ""


def day(each: date | None) -> str:
    """A day as the page says it."""
    return shortday(each) if each else _("No date")
