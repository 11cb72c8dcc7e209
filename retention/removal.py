"""What a disposal removes: every table's part is decided in removal.toml, and carried out here for whole meetings at once.

Nothing is asked here any more: whoever calls has locked the meetings and asked terms and holds in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
import tomllib

import sqlalchemy as sa

from core import search
from core.database import Base, session, utcnow


@lru_cache(maxsize=1)
def decided() -> dict:
    """removal.toml: `tables` by name, and the names of those `outside`."""
    read = tomllib.loads(Path(__file__).with_name("removal.toml").read_text("utf-8"))
    return dict(tables=read["tables"], outside=frozenset(read["outside"]["tables"]))


def words_of(table: sa.Table) -> list[sa.Column]:
    """The columns of a table that can hold somebody's words: text, lists, files; not choices, keys or numbers."""
    free = (sa.String, sa.JSON, sa.LargeBinary)
    return [each for each in table.columns if isinstance(each.type, free) and not isinstance(each.type, sa.Enum)]


def remove(meeting_ids: Collection[int]) -> None:
    """Take everything that was said, written and sent for these meetings out of the database."""
    session.flush()
    for table in reversed(Base.metadata.sorted_tables):  # what points somewhere goes before what it points to
        part = decided()["tables"].get(table.name)
        if part and part["do"] == "delete":
            if "id" in table.c:
                search.stale(table, session.scalars(sa.select(table.c.id).where(_of(table, meeting_ids))).all())
            session.execute(sa.delete(table).where(_of(table, meeting_ids)))
        elif part and part.get("empty"):
            _empty(table, part["empty"], meeting_ids)
    session.execute(sa.update(_table("meeting")).where(_of(_table("meeting"), meeting_ids)).values(disposed_at=utcnow()))
    session.expire_all()


def _empty(table: sa.Table, columns: list[str], meeting_ids: Collection[int]) -> None:
    values = {name: _nothing(table.c[name]) for name in columns}
    if "version" in table.c:
        values["version"] = table.c.version + 1  # whoever has it open saves nothing over it
    session.execute(sa.update(table).where(_of(table, meeting_ids)).values(values))
    search.stale(table, session.scalars(sa.select(table.c.id).where(_of(table, meeting_ids))).all())


def _nothing(column: sa.Column):
    if isinstance(column.type, sa.JSON):
        return []
    elif column.nullable:
        return sa.null()
    else:
        return b"" if isinstance(column.type, sa.LargeBinary) else ""


def _of(table: sa.Table, meeting_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """The condition that a row belongs to one of these meetings."""
    if table.name == "meeting":
        return table.c.id.in_(meeting_ids)
    column = table.c[decided()["tables"][table.name]["of"]]
    if column.name == "topic":
        return column.in_([f"meeting/{each}" for each in meeting_ids])
    (key,) = column.foreign_keys
    return column.in_(sa.select(key.column).where(_of(key.column.table, meeting_ids)))


def _table(name: str) -> sa.Table:
    return Base.metadata.tables[name]
