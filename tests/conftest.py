"""A small world for every test: 花子 runs meetings, 次郎 sits for A's household, 文子 files, 管理 keeps accounts.

Everything runs on SQLite and on a real PostgreSQL; without one, the PostgreSQL half is skipped and says how to get it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.signing_in import limiter
import app as house
from core import audit, database, migrate
from core.settings import Settings
from identities import vault
from tests import databases
from tests.wide import WideWorld
from tests.world import World, make


def pytest_generate_tests(metafunc):
    if "database_kind" in metafunc.fixturenames:
        kinds = getattr(metafunc.module, "DATABASES", ["sqlite", "postgresql"])  # a file of tests may name fewer
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def empty_database(database_kind, tmp_path_factory):
    """The address of a migrated, empty database, to be copied for each test."""
    house.models()
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.sqlite3"
    else:
        server = databases.postgresql_url()
        if server is None:
            pytest.skip(databases.why_no_postgresql())
        url = databases.create_database(server)
    database.connect(url)
    migrate.upgrade()
    database.session.remove()
    database.engine().dispose()
    return url


@pytest.fixture
def database_url(database_kind, empty_database, tmp_path):
    """A fresh database of this test alone."""
    if database_kind == "sqlite":
        (tmp_path / "test.sqlite3").write_bytes(Path(empty_database.removeprefix("sqlite:///")).read_bytes())
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
    else:
        url = databases.create_database(databases.postgresql_url(), template=empty_database)
        yield url
        database.session.remove()
        database.engine().dispose()
        databases.drop_database(url)


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(home=tmp_path, database_url=database_url, secret_key="a key for tests only", base_url="")


@pytest.fixture
def flask_app(settings):
    made = make(settings)
    yield made
    database.session.remove()
    database.engine().dispose()


@pytest.fixture
def world(flask_app):
    """The small world, ready: one case, one planned meeting, four people."""
    return World(flask_app)


@pytest.fixture(scope="session")
def _wide(database_kind, empty_database, tmp_path_factory):
    home = tmp_path_factory.mktemp("wide")
    if database_kind == "sqlite":
        (home / "wide.sqlite3").write_bytes(Path(empty_database.removeprefix("sqlite:///")).read_bytes())
        url = f"sqlite:///{home / 'wide.sqlite3'}"
    else:
        url = databases.create_database(databases.postgresql_url(), template=empty_database)
    made = make(Settings(home=home, database_url=url, secret_key="a key for tests only"))
    yield WideWorld(made), url
    if database_kind == "postgresql":
        database.session.remove()
        database.engine().dispose()
        databases.drop_database(url)


@pytest.fixture
def wide(_wide):
    """The wider world, for tests that leave it as they found it."""
    world, url = _wide
    if database.engine().url.render_as_string(hide_password=False) != url:
        database.connect(url)
        audit.use_key("a key for tests only")
        vault.use(world.app.config["KURUMAZA"])
    limiter.enabled = False
    return world
