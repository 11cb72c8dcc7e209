"""Which lines of the record a page has to be sent: all of them, or those that changed since the version it has."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from flask import request
from flask_login import current_user
import sqlalchemy as sa

from core import languages
from core.database import session
from meetings.capture import Entry, EntryKind
from meetings.table import Hearing


class Lines:
    """The lines of a case as the person signed in sees them. A page names what it has by the `mark` it was given, and with
    it single lines it wants anew; from a page that has nothing, or has it with other rights, nothing is held back."""

    def __init__(self, hearing: Hearing, version: int, ways: tuple):
        self._hearing, self._version = hearing, version
        seats = sorted((each.member_id, each.member.agency_id, each.confidant) for each in hearing.seats)  # a line offers their agencies, and says who shares in it
        known = (current_user.id, hearing.id, languages.language(), seats, *ways)
        self._standing = sha256(repr(known).encode()).hexdigest()[:16]

    @property
    def mark(self) -> str:
        """What the page says that it has, when it asks for the next news."""
        return f"{self._version}-{self._standing}"

    @cached_property
    def order(self) -> list[int]:
        """The ids of all lines that stand, in their order: what is not among them goes from the page."""
        return list(session.scalars(self._all.with_only_columns(Entry.id).order_by(Entry.position, Entry.id)))

    @cached_property
    def shown(self) -> list[Entry]:
        """The lines to be sent."""
        query = self._all.order_by(Entry.position, Entry.id)
        if not self.whole:
            query = query.where(sa.or_(Entry.told > self._had, Entry.id.in_(self._wanted)))
        return list(session.scalars(query).unique())

    @cached_property
    def decided(self) -> list[Entry]:
        """What was decided so far."""
        query = self._all.where(Entry.kind == EntryKind.DECISION)
        return list(session.scalars(query.order_by(Entry.position, Entry.id)).unique())

    @property
    def whole(self) -> bool:
        """Whether these are all lines."""
        return self._had is None

    @property
    def _all(self) -> sa.Select:
        return current_user.all("entry").where(Entry.hearing_id == self._hearing.id, Entry.removed_at.is_(None))

    @cached_property
    def _had(self) -> int | None:
        version, _dash, standing = self._asked[0].partition("-")
        return int(version) if standing == self._standing and _number(version) else None

    @property
    def _wanted(self) -> list[int]:
        return [int(each) for each in self._asked[1:100] if _number(each)]

    @property
    def _asked(self) -> list[str]:
        return request.headers.get("X-Lines", "").split() or [""]


def _number(text: str) -> bool:
    # what no page of ours ever says would be too great for a database
    return text.isdecimal() and len(text) <= 9
