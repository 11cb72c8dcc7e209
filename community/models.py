"""An entry of the map (社会資源): what there is, what it can do, for whom, and how one gets in touch.

It is nobody's secret: everybody who sits at the tables reads it. How it came to stand as it stands is a row of steps, each
with its day and its person. What has ended stays, out of the way.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from agencies.models import Agency, Domain, words
from community.kinds import Act, Footing, Outcome, ResourceKind
from community.rows import LIMITS, read_off
from core import clock, kana as readings
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.office import office
from core.web import Refused

TEXTS = ("name", "kana", "area", "does", "whom", "contact", "phone", "cost", "hours", "memo")

resource_domain = sa.Table(
    "social_resource_domain", Base.metadata,
    sa.Column("resource_id", sa.ForeignKey("social_resource.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("domain_code", sa.ForeignKey("domain.code"), primary_key=True, index=True),
)


_BY_CODE = sa.String(400).with_variant(sa.String(400, collation="C"), "postgresql")  # the same order as in SQLite


class SocialResource(Base):
    """One resource of the town (社会資源)."""

    __tablename__ = "social_resource"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(LIMITS["name"]))
    kana: Mapped[str] = words(LIMITS["kana"])  # ひらがな
    place: Mapped[str] = mapped_column(_BY_CODE, default="", server_default=sa.text("''"), index=True)  # of its reading in the list: core/kana.py
    kind: Mapped[ResourceKind] = mapped_column(choice(ResourceKind))
    footing: Mapped[Footing] = mapped_column(choice(Footing))
    area: Mapped[str] = words(LIMITS["area"])  # 中学校区, 日常生活圏域 …
    does: Mapped[str] = words(LIMITS["does"])
    whom: Mapped[str] = words(LIMITS["whom"])
    contact: Mapped[str] = words(LIMITS["contact"])
    phone: Mapped[str] = words(LIMITS["phone"])
    cost: Mapped[str] = words(LIMITS["cost"])
    hours: Mapped[str] = words(LIMITS["hours"])
    memo: Mapped[str] = words(LIMITS["memo"])
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resource_proposal.id"), index=True)  # the wish that became real
    checked_on: Mapped[date | None] = mapped_column(index=True)  # None: nobody has, since it was taken in from a table
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    domains: Mapped[list[Domain]] = orm.relationship(secondary=resource_domain, order_by="Domain.position, Domain.code")
    agency: Mapped[Agency | None] = orm.relationship(lazy="joined")
    checked_by: Mapped[User | None] = orm.relationship(lazy="joined")
    steps: Mapped[list[ResourceStep]] = orm.relationship(order_by="ResourceStep.id.desc()", cascade="all, delete-orphan")
    corrections: Mapped[list[Correction]] = orm.relationship(back_populates="resource", order_by="Correction.id.desc()", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def make(cls, by, act: Act = Act.MADE, **fields) -> SocialResource:
        """Put a resource on the map; `fields` are its columns, `domains` and `checked_on` among them."""
        made = cls(**fields)
        made.kana = made.kana or read_off(made.name)
        made.checked_by_id = by.id if made.checked_on else None
        made.steps.append(ResourceStep(act=act, by_id=by.id))
        session.add(made)
        session.flush()
        return made

    def rewrite(self, by, **fields) -> list[str]:
        """Change the entry; gives the names of the fields that are others now. A new day of checking is this person's."""
        changed = [name for name, value in fields.items() if not _alike(getattr(self, name), value)]
        for name in changed:
            setattr(self, name, fields[name])
        if "checked_on" in changed:
            self.checked_by_id = by.id if self.checked_on else None
        if changed:
            self.kana = self.kana or read_off(self.name)
            orm.attributes.flag_modified(self, "name")  # its version moves, though only its domains are others
            self.steps.append(ResourceStep(act=Act.CHANGED, by_id=by.id, fields=",".join(changed)))
        return changed

    def check(self, by, read: str = "") -> None:
        """Found right as it stands, today. `read` is the version somebody saw: Refused when it is another one now, or it has ended."""
        if self.checked_on == clock.today():
            return  # a second tap
        if self.ended:
            raise Refused(_("This resource has ended: let it go on again on its page first."))
        if read and read != str(self.version):
            raise Refused(_("Somebody changed this after you opened the page."), _("Read it again, then decide."))
        self.checked_on, self.checked_by_id = clock.today(), by.id
        self.steps.append(ResourceStep(act=Act.CHECKED, by_id=by.id))

    def end(self, by, on: date, note: str = "") -> None:
        """It is there no longer, from a day on. A second time changes nothing."""
        if self.ended_on is None:
            self.ended_on = on
            self.steps.append(ResourceStep(act=Act.ENDED, by_id=by.id, note=note))

    def resume(self, by) -> None:
        """It is there again, or never went. A second time changes nothing."""
        if self.ended_on is not None:
            self.ended_on = None
            self.steps.append(ResourceStep(act=Act.RESUMED, by_id=by.id))

    @orm.validates("name", "kana")
    def _find_place(self, key: str, text: str) -> str:
        """Its place in the list follows its reading, or its name while it has none, whoever writes them."""
        self.place = readings.order((text if key == "kana" else self.kana) or (text if key == "name" else self.name) or "")
        return text

    @property
    def ended(self) -> bool:
        return self.ended_on is not None

    @property
    def ended_why(self) -> str:
        """What was said when it ended the last time; empty when nothing was."""
        return next((each.note for each in self.steps if each.act is Act.ENDED), "")

    @property
    def stale(self) -> bool:
        """Whether its entry has to be checked anew."""
        return not self.ended and (self.checked_on is None or self.checked_on < stale_before())

    @property
    def informal(self) -> bool:
        return self.footing is Footing.INFORMAL

    @property
    def open_corrections(self) -> list[Correction]:
        return [each for each in self.corrections if each.open]

    @property
    def seatable(self) -> bool:
        """Whether somebody of the roster stands behind it, who can be asked to sit."""
        return self.agency is not None and self.agency.active


class ResourceStep(Base):
    """What somebody did to an entry: who, when, and which fields it was about."""

    __tablename__ = "social_resource_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("social_resource.id", ondelete="CASCADE"), index=True)
    act: Mapped[Act] = mapped_column(choice(Act, name="resourcestep_act"))
    fields: Mapped[str] = words(200)
    note: Mapped[str] = words(200)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)


class Correction(Base):
    """Somebody says that an entry is wrong (「この情報は違います」), until a coordinator has looked at it."""

    __tablename__ = "social_resource_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("social_resource.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(sa.String(400))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, name="correction_outcome"))
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    version: Mapped[int] = mapped_column(default=1)
    resource: Mapped[SocialResource] = orm.relationship(back_populates="corrections")
    by: Mapped[User] = orm.relationship(foreign_keys=by_id, lazy="joined", innerjoin=True)
    settled_by: Mapped[User | None] = orm.relationship(foreign_keys=settled_by_id, lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @property
    def open(self) -> bool:
        return self.settled_at is None

    def settle(self, by, outcome: Outcome) -> None:
        """Looked at; who said it reads what came of it. Right as it stands, the entry counts as checked. A second time changes
        nothing; Refused when somebody else settled it the other way meanwhile."""
        if not self.open:
            if self.outcome is not outcome:
                raise Refused(_("Somebody changed this after you opened the page."), _("Read it again, then decide."))
            return
        self.outcome, self.settled_by_id, self.settled_at = outcome, by.id, utcnow()
        if outcome is Outcome.RIGHT and not self.resource.ended:
            self.resource.check(by)


def stale_before() -> date:
    """Entries last checked before this day have to be checked anew (the office's setting, in months)."""
    here = office()
    return months_before(clock.today(), here.check_months if here else 12)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no such month")


def stale():
    """Condition on SocialResource: goes on, and has to be checked anew."""
    return sa.and_(SocialResource.ended_on.is_(None), sa.or_(SocialResource.checked_on.is_(None), SocialResource.checked_on < stale_before()))


def in_row(row: str):
    """Condition on SocialResource: its reading stands in this row (あ か さ …); for any other word, in none of them."""
    if row in readings.ROWS:
        first, last = readings.bounds(row)
        return sa.and_(SocialResource.place >= first, SocialResource.place < last)
    else:
        return sa.or_(SocialResource.place < readings.bounds("a")[0], SocialResource.place >= readings.bounds("wa")[1])


def areas() -> list[str]:
    """The areas named so far, for choosing again."""
    return list(session.scalars(sa.select(SocialResource.area).where(SocialResource.area != "").distinct().order_by(SocialResource.area)))


def _alike(one, other) -> bool:
    if isinstance(one, list):
        return {each.code for each in one} == {each.code for each in other}
    else:
        return one == other


in_order = (SocialResource.place, SocialResource.id)
