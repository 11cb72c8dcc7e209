"""Bring the database to the version of the program, or take it apart again."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from core.database import engine

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(to: str = "head") -> None:
    """Run every migration up to `to`. Does nothing when the database is there already."""
    if to != "head" or present() != newest():
        _run("upgrade", to)


def downgrade(to: str = "base") -> None:
    """Run the migrations backwards down to `to`; "base" leaves an empty database. Loses data."""
    _run("downgrade", to)


def newest() -> str:
    """The revision the program expects: migrations are numbered, so it is the last file's number."""
    return max(each.name for each in (FOLDER / "versions").glob("[0-9]*.py")).split("_")[0]


def present() -> str | None:
    """The revision the database stands at; None for an empty one."""
    with engine().connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version"))


def _config():
    from alembic.config import (
        Config,  # a quarter of a second that a start on a current database does not need
    )

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def _run(step: str, to: str) -> None:
    from alembic import command

    config = _config()
    with engine().connect() as connection, _tables_may_be_replaced(connection):
        config.attributes["connection"] = connection
        getattr(command, step)(config, to)
        connection.commit()


@contextmanager
def _tables_may_be_replaced(connection: sa.Connection):
    """SQLite changes a table by copying it and dropping the old one: with foreign keys watched, that would empty every
    table that hangs on it. So nobody watches meanwhile, and the database is asked at the end whether all of them hold.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    below = connection.connection.driver_connection  # past SQLAlchemy, which would begin a transaction first
    below.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := below.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"a migration left rows without what they point to: {broken[:5]}")
    finally:
        below.execute("PRAGMA foreign_keys=ON")
