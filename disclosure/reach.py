"""Which rows hang on a case, a household member or somebody of the roster, by the foreign keys themselves."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import Base, session
from disclosure.scope import Scope

ROOTS = ("case", "household_person", "meeting", "member")
ASIDE = ("meeting",)  # hears other people's cases, too: its other rows are reached by what they hang on besides


def hanging_on(roots=ROOTS) -> set[str]:
    """Every table that refers to one of these tables, directly or through others; the roots included."""
    reached, grown = set(roots), True
    while grown:
        more = {table.name for table in Base.metadata.tables.values() if _parents(table) & reached} - reached
        reached, grown = reached | more, bool(more)
    return reached


def rows_of(scope: Scope) -> dict[str, list[str]]:
    """The records that hang on these cases and people, as the audit names them, by their table."""
    known = {"case": scope.cases, "household_person": scope.people, "member": scope.members}
    below = hanging_on(("case", "household_person"))
    selects: dict[str, sa.Select | None] = {}

    def rows(name: str) -> sa.Select | None:
        """The SELECT of a table's primary keys; None when nothing of it can be meant."""
        if name not in selects:
            selects[name] = None  # a table that leads back to itself ends here
            table = Base.metadata.tables[name]
            if name in known:
                selects[name] = sa.select(table.c.id).where(table.c.id.in_(known[name]))
            elif name in below:
                ways = [column.in_(parent) for column, parent in _ways(table, rows)]
                selects[name] = sa.select(*table.primary_key.columns).where(sa.or_(*ways)) if ways else None
        return selects[name]

    asked = [(name, query) for name in sorted((below | {"member"}) - _unaudited()) if (query := rows(name)) is not None]
    found: dict[str, list[str]] = {}
    for name, record in session.execute(sa.union_all(*(_named(name, query) for name, query in asked))):  # one question for all tables
        found.setdefault(name, []).append(record)
    return found


def _unaudited() -> set[str]:
    """Tables of which the audit knows nothing: indexes for the search."""
    return {mapper.local_table.name for mapper in Base.registry.mappers if not getattr(mapper.class_, "audited", True)}


def _named(name: str, query: sa.Select) -> sa.Select:
    """The same rows as (table, "table/12"); a key of several columns is joined by a hyphen, as the audit does."""
    keys = query.subquery()
    record = sa.literal(f"{name}/")
    for place, column in enumerate(keys.columns):
        record = record + (sa.literal("-") if place else sa.literal("")) + sa.cast(column, sa.String)
    return sa.select(sa.literal(name), record)


def _ways(table: sa.Table, rows):
    for key in table.foreign_keys:
        parent = key.column.table.name
        if parent not in (*ASIDE, "member", table.name) and (query := rows(parent)) is not None and len(query.selected_columns) == 1:
            yield key.parent, query


def _parents(table: sa.Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys}
