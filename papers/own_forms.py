"""The office's own forms (自庁様式): each a row of versions, of which one may be in use, and one form the standard for 会議録."""

from __future__ import annotations

from datetime import datetime
import enum
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from papers.own_filling import Prepared


class FormPaper(enum.Enum):
    """What paper a form makes of the minutes."""

    MINUTES = "minutes"
    SUMMARY = "summary"
    ROLES = "roles"

    @property
    def label(self):
        return {"minutes": later("Minutes (会議録)"), "summary": later("Summary of the minutes (会議要旨)"), "roles": later("Table of roles (役割分担表)")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands in the names of files."""
        return {"minutes": "会議録", "summary": "会議要旨", "roles": "役割分担表"}[self.value]


class OwnForm(Base):
    """A form of the office. Without a version in use it is a draft, seen by the office only."""

    __tablename__ = "own_form"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    paper: Mapped[FormPaper] = mapped_column(choice(FormPaper))
    used_number: Mapped[int | None]
    standard: Mapped[bool] = mapped_column(default=False)
    tried_only: Mapped[bool] = mapped_column(default=True)  # it was never put to use: nobody but the office has seen it
    version: Mapped[int] = mapped_column(default=1)
    versions: Mapped[list[OwnFormVersion]] = orm.relationship(back_populates="form", order_by="OwnFormVersion.number", lazy="selectin", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def begin(cls, name: str, paper: FormPaper, ready: Prepared, note: str, by) -> OwnForm:
        """A new form with its first version, not in use yet."""
        made = cls(name=name, paper=paper)
        session.add(made)
        made.take(ready, note, by)
        return made

    @classmethod
    def listed(cls) -> list[OwnForm]:
        """All forms, the standard first, then those in use, by name."""
        return list(session.scalars(sa.select(cls).order_by(cls.standard.desc(), cls.used_number.is_(None), cls.name, cls.id)))

    @classmethod
    def in_use(cls) -> list[OwnForm]:
        """The forms that minutes may be written on, the standard first."""
        return list(session.scalars(sa.select(cls).where(cls.used_number.is_not(None)).order_by(cls.standard.desc(), cls.name, cls.id)
                                    .options(orm.lazyload(cls.versions))))

    def take(self, ready: Prepared, note: str, by) -> OwnFormVersion:
        """One more version. What was in use stays in use until somebody says otherwise."""
        number = max((each.number for each in self.versions), default=0) + 1
        made = OwnFormVersion(number=number, content=ready.content, hash=sha256(ready.content).hexdigest(), size=len(ready.content), note=note,
                              left_out=list(ready.left_out), made_by=by)
        self.versions.append(made)
        session.flush()
        return made

    def use(self, number: int) -> None:
        """Write minutes on this version from now on: a new one, or an earlier one again."""
        self.used_number, self.tried_only = number, False

    def rename(self, name: str) -> None:
        """Call it otherwise; papers written on it bear its number, not its name."""
        self.name = name

    def remove(self) -> None:
        """Delete it with its versions. Raises Refused once it was put to use: papers were written on it, it is only put away."""
        if not self.tried_only:
            raise Refused(_("This form has been in use; papers may have been written on it."), _("Take it out of use instead. Its versions stay."))
        session.delete(self)

    def put_away(self) -> None:
        """Write no more minutes on it; its versions stay."""
        self.used_number, self.standard = None, False

    def prefer(self) -> None:
        """Make it the office's standard for 会議録, instead of another. Of two who do so at once the later one has it."""
        session.execute(sa.select(OwnForm.id).order_by(OwnForm.id).with_for_update())
        for each in session.scalars(sa.select(OwnForm).where(OwnForm.standard.is_(True), OwnForm.id != self.id)
                                    .execution_options(populate_existing=True)):
            each.standard = False
        self.standard = True

    def numbered(self, number: int | None) -> OwnFormVersion | None:
        """The version with this number."""
        return next((each for each in self.versions if each.number == number), None)

    @property
    def used(self) -> OwnFormVersion | None:
        """The version that minutes are written on."""
        return self.numbered(self.used_number)


class OwnFormVersion(Base):
    """A form as it was sent, without what does not travel on; never changed."""

    __tablename__ = "own_form_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("own_form.id"), index=True)
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    note: Mapped[str] = mapped_column(sa.String(200))
    left_out: Mapped[list] = mapped_column(sa.JSON, default=list)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    made_by = orm.relationship("User", lazy="joined", innerjoin=True)
    form: Mapped[OwnForm] = orm.relationship(back_populates="versions")
    __table_args__ = (sa.UniqueConstraint("form_id", "number"),)

    @classmethod
    def of(cls, form_id: int, number: int) -> OwnFormVersion | None:
        """This version of this form."""
        return session.scalars(sa.select(cls).where(cls.form_id == form_id, cls.number == number)).first()

    @property
    def code(self) -> str:
        """How the audit and the names of files call it: 様式3-2, without the name that somebody gave it."""
        return f"様式{self.form_id}-{self.number}"
