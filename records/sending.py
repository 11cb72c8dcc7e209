"""An export of a year on its way: its begin stands in the audit before the first byte leaves, its end says whether it was whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import sqlalchemy as sa

from accounts.models import Role, User
from core import access, audit
from core.database import session, unit, utcnow
from records import ledger, year
from records.models import YearExport
from records.views_ledger import sheet


class Sending:
    """Made within the unit of work that notes the begin; the pieces come after it is committed."""

    def __init__(self, what: year.Asked, by: User | None, key: str = "", address: str = ""):
        run = YearExport(key=key, by_id=by.id if by else None, year=what.year, kind=what.kind, total=len(what.versions))
        session.add(run)
        session.flush()
        audit.note("exported", f"year/{what.year}", f"zip begun, {len(what.versions)} records, export {run.id}")
        self.run, self.what, self.by_id, self.who = run.id, what, by.id if by else None, (by.login if by else "cli", address)
        self.done, self.manifest = 0, ""

    def pieces(self) -> Iterator[bytes]:
        """The bytes; what the office's books must say is written between them, in small transactions."""
        try:
            yield from year.zipped(self.what, self._register, self._told)
        finally:
            self._end()

    def _register(self, ids: list[int]) -> bytes:
        with unit(read_only=True):
            return sheet(self.what.year, ledger.rows(session.get(User, self.by_id) if self.by_id else THE_SERVER, ids))

    def _told(self, done: int, size: int, manifest: str) -> None:
        self.done, self.manifest = done, manifest
        with unit():
            self._keep(done=done, size=size, manifest=manifest)

    def _end(self) -> None:
        with suppress(sa.exc.OperationalError), unit():  # a begin without an end says the same
            audit.acting(*self.who)
            said = f"sent whole, manifest {self.manifest}" if self.manifest else f"cut off after {self.done} or a few more"
            audit.note("exported", f"year/{self.what.year}", f"zip {said}, export {self.run}")
            self._keep(ended_at=utcnow())

    def _keep(self, **values) -> None:
        session.execute(sa.update(YearExport).where(YearExport.id == self.run).values(**values))


class Server:
    """Whoever sits at the server itself: nobody in particular, who takes out what a records clerk may."""

    id, roles, clerk, name = 0, frozenset({Role.CLERK}), True, "サーバーの操作（kurumaza records export）"

    def all(self, kind: str, to: str = "see") -> sa.Select:
        return access.visible(self, kind, to)


THE_SERVER = Server()
