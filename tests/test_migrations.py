"""The database's history: every step up and down, on both databases, ending where the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
import pytest
import sqlalchemy as sa

import app as house
from core import database, migrate
from tests import databases


@pytest.fixture
def bare(database_kind, tmp_path):
    """An engine on a database without a single table."""
    house.models()
    if database_kind == "sqlite":
        yield database.connect(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    else:
        server = databases.postgresql_url()
        if server is None:
            pytest.skip(databases.why_no_postgresql())
        with databases.fresh_database(server) as url:
            yield database.connect(url)
            database.session.remove()
            database.engine().dispose()


def test_every_step_goes_up_down_and_up_again(bare):
    migrate.upgrade()
    migrate.downgrade()
    left = set(sa.inspect(bare).get_table_names()) - {"alembic_version"}
    migrate.upgrade()

    assert left == set()
    assert migrate.present() == migrate.newest()


def test_the_migrated_tables_are_those_of_the_models(bare):
    migrate.upgrade()
    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts=dict(compare_type=True))
        differences = compare_metadata(context, database.Base.metadata)

    assert differences == []


def test_a_database_that_is_current_is_left_alone(bare, monkeypatch):
    migrate.upgrade()
    monkeypatch.setattr(migrate, "_run", lambda *_: pytest.fail("nothing to do"))
    migrate.upgrade()
