"""Bring the database to the version of the program, or take it apart again."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from core.database import engine

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(to: str = "head") -> None:
    """Run every migration up to `to`. Does nothing when the database is there already."""
    _run(command.upgrade, to)


def downgrade(to: str = "base") -> None:
    """Run the migrations backwards down to `to`; "base" leaves an empty database. Loses data."""
    _run(command.downgrade, to)


def newest() -> str:
    """The revision the program expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def _run(step, to: str) -> None:
    config = _config()
    with engine().connect() as connection:
        config.attributes["connection"] = connection
        step(config, to)
        connection.commit()
