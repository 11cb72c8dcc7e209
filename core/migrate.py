"""Bring the database to the version of the program, or take it apart again."""

from __future__ import annotations

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
    with engine().connect() as connection:
        config.attributes["connection"] = connection
        getattr(command, step)(config, to)
        connection.commit()
