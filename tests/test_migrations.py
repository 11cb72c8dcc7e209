"""Every step from an empty database to today's, and back, on both databases."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
import pytest
import sqlalchemy as sa

import app as house
from core import database, migrate, search
from tests import databases

REVISIONS = [each.name.split("_")[0] for each in sorted((migrate.FOLDER / "versions").glob("[0-9]*.py"))]


@pytest.fixture(autouse=True, scope="module")
def _steps_read_once():
    """Alembic reads every step anew for each move; two hundred moves are made here."""
    read = ScriptDirectory.from_config
    steps = read(migrate._config())
    ScriptDirectory.from_config = lambda _config: steps
    yield
    ScriptDirectory.from_config = read


@pytest.fixture
def bare(database_kind, tmp_path):
    """The process bound to a database with nothing in it; gives its address."""
    house.models()
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
        database.connect(url)
        yield url
    else:
        server = databases.postgresql_url()
        if server is None:
            pytest.skip(databases.why_no_postgresql())
        url = databases.create_database(server)
        database.connect(url)
        yield url
        databases.drop_database(url)
    database.session.remove()
    database.engine().dispose()


@contextmanager
def copy_of(url: str):
    """The process bound to a copy of this database for a while, then to the database itself again."""
    database.engine().dispose()
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        copied = file.with_name("copy.sqlite3")
        copied.write_bytes(file.read_bytes())
        database.connect(f"sqlite:///{copied}")
        yield
        database.engine().dispose()
        copied.unlink()
    else:
        with databases.fresh_database(databases.postgresql_url(), url) as copied:
            database.connect(copied)
            yield
            database.engine().dispose()
    database.connect(url)


def test_the_migrations_lead_to_what_the_models_say(bare):
    migrate.upgrade()
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts=dict(
            compare_type=True, compare_server_default=True, include_name=lambda name, kind, _parents: not _of_the_index(name, kind)))
        assert compare_metadata(context, [house.models().metadata, search.metadata]) == []


def _of_the_index(name, kind):
    """FTS5 on one database, an array on the other: no model says the same of both."""
    return kind == "table" and (name or "").startswith("search_index")


def test_the_migrated_tables_refuse_what_the_models_refuse(bare):
    """Checks and orders of columns, which a comparison does not see."""
    migrate.upgrade()
    seen = sa.inspect(database.engine())
    for table in house.models().metadata.sorted_tables:
        modelled = {each.name for each in table.constraints if isinstance(each, sa.CheckConstraint) and each.name}
        assert {each["name"] for each in seen.get_check_constraints(table.name)} == modelled, table.name
        assert seen.get_pk_constraint(table.name)["constrained_columns"] == [each.name for each in table.primary_key], table.name


def test_each_step_can_be_taken_taken_back_and_taken_again(bare):
    found = everything()
    for before, revision in pairwise(["base", *REVISIONS]):
        migrate.upgrade(revision)
        taken = everything()
        migrate.downgrade(before)
        back = everything()
        migrate.upgrade(revision)

        assert taken != found, revision
        assert back == found, revision
        assert everything() == taken, revision
        found = taken


def test_each_step_keeps_what_an_office_has(bare):
    for before, revision in pairwise(REVISIONS):
        migrate.upgrade(before)
        with copy_of(bare):
            furnish()
            found = rows()
            migrate.upgrade(revision)
            taken = rows()
            migrate.downgrade(before)

            assert all(found.values()), revision
            assert {name: taken[name] for name in found if name in taken and taken[name] < found[name]} == {}, revision
            assert {name: count for name, count in rows().items() if count < found[name]} == {}, revision


def test_a_second_upgrade_changes_nothing(bare):
    migrate.upgrade()
    there = everything()
    migrate.upgrade()

    assert everything() == there
    assert migrate.present() == migrate.newest() == REVISIONS[-1]


def test_the_steps_stand_in_one_line():
    steps = ScriptDirectory(str(migrate.FOLDER))
    assert steps.get_heads() == [REVISIONS[-1]]
    assert [each.revision for each in steps.walk_revisions()] == REVISIONS[::-1]


def test_stages_come_to_cases_that_are_there_and_take_nothing_from_them(bare):
    stages = next((migrate.FOLDER / "versions").glob("*_stages.py")).name.split("_")[0]
    before = REVISIONS[REVISIONS.index(stages) - 1]
    migrate.upgrade("0001")
    with database.engine().begin() as connection:
        for statement in HOUSEHOLD:
            connection.execute(sa.text(statement))
    migrate.upgrade(stages)
    with database.engine().begin() as connection:
        first = connection.execute(sa.text('SELECT from_stage, to_stage, "on", by_id FROM stage_move')).all()
        there = connection.scalar(sa.text("SELECT count(*) FROM household_person"))
        connection.execute(sa.text("""INSERT INTO stage_move (case_id, from_stage, to_stage, "on", reason, by_id, at)
                                      VALUES (1, 'plan', 'suspended', '2026-07-08', '転居', 1, '2026-07-08 00:00:00')"""))
        connection.execute(sa.text("""UPDATE "case" SET stage = 'suspended'"""))
    migrate.downgrade(before)
    with database.engine().connect() as connection:
        stage, people = connection.execute(sa.text('SELECT stage, (SELECT count(*) FROM household_person) FROM "case"')).one()

    assert [(each[0], each[1], str(each[2]), each[3]) for each in first] == [(None, "plan", "2026-06-17", 1)]
    assert (there, stage, people) == (1, "plan", 1)


HOUSEHOLD = [
    """INSERT INTO "user" (id, login, name, password_hash, active, must_change_password, draft_key, created_at, version)
       VALUES (1, 'hanako', '花子', 'x', true, false, 'x', '2026-06-17 00:00:00', 1)""",
    """INSERT INTO "case" (id, number, fiscal_year, serial, label, household_type, stage, summary, own_words, strengths, opened_on,
                           opened_by_id, version)
       VALUES (1, 'R08-0001', 2026, 1, 'Aさん世帯', '8050', 'plan', '', '', '', '2026-06-17', 1, 1)""",
    """INSERT INTO household_person (id, case_id, position, label, relation, note, shared) VALUES (1, 1, 1, 'Aさん', '', '', true)""",
]


def furnish() -> None:
    """A row in every table of the database as it stands now, whatever its columns are."""
    tables = sa.MetaData()
    with database.engine().begin() as connection:
        tables.reflect(connection)
        seen = sa.inspect(connection)
        for table in (each for each in tables.sorted_tables if real(each)):
            checks = seen.get_check_constraints(table.name)
            values = {column.name: something(column, place, checks) for place, column in enumerate(table.columns)}
            values |= dict.fromkeys(left_out(table, checks))
            for column in must_differ(table, checks):  # two people who are related are not one
                values[column.name] = 2
                parent = next(iter(column.foreign_keys)).column.table
                there = connection.execute(sa.select(parent)).mappings().first()
                alone = {each.name: None for unique in parent.constraints if isinstance(unique, sa.UniqueConstraint) for each in unique.columns}
                connection.execute(sa.insert(parent).values(dict(there) | alone | {parent.primary_key.columns[0].name: 2}))
            connection.execute(sa.insert(table).values(values))


def must_differ(table: sa.Table, checks: list[dict]) -> list[sa.Column]:
    """The columns that may not hold what another column holds."""
    pairs = [re.search(r"(\w+) (?:<>|!=) (\w+)", each["sqltext"]) for each in checks]
    return [table.columns[pair[2]] for pair in pairs if pair and pair[1] in table.columns and pair[2] in table.columns]


def left_out(table: sa.Table, checks: list[dict]) -> list[str]:
    """The second of two columns of which only one may be filled in."""
    pairs = [re.search(r"\((\w+) is null\) <> \((\w+) is null\)", each["sqltext"], re.IGNORECASE) for each in checks]
    return [pair[2] for pair in pairs if pair and pair[2] in table.columns]


def something(column: sa.Column, place: int, checks: list[dict]):
    """A value this column takes."""
    allowed = [re.findall(r"'([^']*)'", each["sqltext"]) for each in checks if re.search(rf"\b{column.name}\b", each["sqltext"])]
    values = {sa.Integer: 1, sa.Boolean: False, sa.DateTime: datetime.fromisoformat("2026-07-08") + timedelta(minutes=place), sa.Date: date(2026, 7, 8),
              sa.Time: time(place % 24),
              sa.LargeBinary: b"x", sa.Float: 1.0, sa.JSON: {}, sa.ARRAY: []}
    found = next((value for kind, value in values.items() if isinstance(column.type, kind)), None)
    return found if found is not None else next((each[0] for each in allowed if each), "1")


def real(table: sa.Table) -> bool:
    """Not Alembic's own, and not a part of a search index."""
    return table.name != "alembic_version" and bool(table.primary_key) and "search" not in table.name


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with database.engine().connect() as connection:
        names = [each for each in sa.inspect(connection).get_table_names() if each != "alembic_version" and "search" not in each]
        return {each: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(each))) for each in names}


def everything() -> list:
    """Tables with their columns, indexes, triggers and functions: all that a migration may leave behind."""
    with database.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' ORDER BY type, name"
        else:
            query = """
                SELECT 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(character_maximum_length, 0)
                  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
                UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
                UNION ALL SELECT 'check', conname, pg_get_constraintdef(oid) FROM pg_constraint
                  WHERE contype = 'c' AND connamespace = 'public'::regnamespace
                UNION ALL SELECT 'trigger', trigger_name, event_manipulation FROM information_schema.triggers
                UNION ALL SELECT 'function', proname, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                UNION ALL SELECT 'type', typname, '' FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
                ORDER BY 1, 2, 3"""
        return [(kind, name, parts(detail)) for kind, name, detail in connection.execute(sa.text(query))]


def parts(sql: str | None) -> list[str]:
    """What a statement says, however it quotes and in whichever order: a copied table's columns may stand elsewhere."""
    return sorted(each.strip(" ,()") for each in re.sub(r'["`]', "", sql or "").splitlines())
