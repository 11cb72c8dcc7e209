"""Final minutes: frozen, numbered, hashed; a reopening is recorded with its reason and leads to a new version."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused
from exports.minutes import Minutes
from notices.kinds import NoticeKind
from notices.models import settle, tell


class MinutesVersion(Base):
    """One final version (確定 第n版) of a meeting's minutes, kept word for word."""

    __tablename__ = "minutes_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)  # long, and read one at a time
    hash: Mapped[str] = mapped_column(sa.String(64))
    finalised_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    finalised_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    filed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    finalised_by = orm.relationship("User", foreign_keys=[finalised_by_id], lazy="joined", innerjoin=True)
    meeting = orm.relationship("Meeting", back_populates="minutes_versions")
    parts = orm.relationship("MinutesPart", back_populates="version", cascade="all, delete-orphan")  # in which it is found (meetings/parts.py)
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    @property
    def minutes(self) -> Minutes:
        """The paper as it was when it became final. Raises Refused for a record that has been disposed of: no words are left."""
        if not self.content:
            raise Refused(_("This record has been disposed of."))
        return Minutes.from_json(self.content)


class MinutesPart(Base):
    """One part of a version, for the search (meetings/parts.py); it holds no words, only whose they are. A head belongs to no hearing."""

    __tablename__ = "minutes_part"
    audited = False
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_version.id"), index=True)
    hearing_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    limited: Mapped[bool] = mapped_column(default=False)  # what was told to some of this table only (限定共有)
    version: Mapped[MinutesVersion] = orm.relationship(back_populates="parts")
    hearing = orm.relationship("Hearing")


def finalise(meeting, by, lay_out) -> MinutesVersion:
    """Freeze the minutes as the next version; `lay_out(meeting, number, at)` gives the paper.

    Raises Refused while the meeting is not closed, and like `ask_settled`.
    """
    _wait_for_writers(meeting)
    if not meeting.closed:
        raise Refused(_("The minutes can be made final once the meeting is closed."))
    ask_settled(meeting)
    number, at = len(meeting.minutes_versions) + 1, utcnow()
    minutes = lay_out(meeting, number, at).sealed()
    version = MinutesVersion(meeting_id=meeting.id, number=number, content=minutes.to_json(), hash=minutes.content_hash,
                             finalised_at=at, finalised_by=by)
    version.parts = _parts(meeting)
    meeting.minutes_versions.append(version)
    session.flush()
    live.touch(meeting.topic)
    return version


def _parts(meeting) -> list[MinutesPart]:
    return [MinutesPart()] + [MinutesPart(hearing=each, limited=limited) for each in meeting.hearings for limited in (False, True)]


def ask_settled(meeting) -> None:
    """Raise Refused when the minutes are final already, and while two texts of one line wait to be settled or a correction to
    the draft (circulation/) waits for its answer."""
    if meeting.final:
        raise Refused(_("These minutes are final already."), _("To change them, reopen them with a reason."))
    if any(entry.rivals and not entry.removed_at for hearing in meeting.hearings for entry in hearing.entries):
        raise Refused(_("One line still has two texts."), _("Settle it in the record first."))
    for each in meeting.circulations:
        if each.waiting:
            raise Refused(_("A correction to the draft waits for its answer."), _("Answer it, then go on."), each.path)


def announce(version: MinutesVersion, meeting) -> None:
    """Tell everybody who sat that the minutes are final; what asked for anything on the way there is done."""
    for kind in (NoticeKind.DRAFT, NoticeKind.REMARK, NoticeKind.MINUTES_LATE):
        settle(kind, topic=meeting.topic)
    for member in meeting.people():
        tell(member, NoticeKind.MINUTES_FINAL, key=f"minutes-final/{version.id}/{member.id}", about=f"{meeting.name} {meeting.reference}",
             path=f"/meetings/{meeting.id}/minutes", topic=meeting.topic)


def _wait_for_writers(meeting) -> None:
    # On PostgreSQL somebody may be writing a line at this moment: it is waited for, and the paper holds it.
    session.flush()
    for hearing in sorted(meeting.hearings, key=lambda each: each.id):
        hearing.hold()
    session.expire_all()


def file(version: MinutesVersion, by) -> None:
    """Note that the clerk has put this version into the office's files; a second time changes nothing."""
    if version.filed_at is None:
        version.filed_at, version.filed_by_id = utcnow(), by.id


def unfile(version: MinutesVersion) -> None:
    """Take that note back: it was a mistake."""
    version.filed_at = version.filed_by_id = None


def holds(version: MinutesVersion) -> bool:
    """Whether the content that is kept is still the one the hash was taken of."""
    try:
        minutes = version.minutes
    except (ValueError, TypeError, KeyError):
        return False
    return minutes.digest() == version.hash == minutes.content_hash


def reopen(meeting, by, reason: str) -> None:
    """Reopen final minutes for a correction; the version stays as it was, with the reason beside it."""
    version = meeting.final
    if version is None:
        raise Refused(_("These minutes are not final."))
    version.reopened_at, version.reopened_by_id, version.reason = utcnow(), by.id, reason
    live.touch(meeting.topic)
