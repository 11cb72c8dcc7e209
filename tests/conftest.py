"""A small world for every test: 花子 runs meetings, 次郎 sits for A's household, 文子 files, 管理 keeps accounts.

Everything runs on SQLite and on a real PostgreSQL; without one, the PostgreSQL half is skipped and says how to get it.
"""

from __future__ import annotations

from collections import Counter
import gc
import os
from pathlib import Path
import shutil
import tempfile

import pytest

from accounts.signing_in import limiter
import app as house
from core import database, migrate
from core.settings import Settings
from tests import databases
from tests.wide import WideWorld
from tests.world import World, make

MEMORY, ENOUGH = Path("/dev/shm"), 6_000_000_000  # bytes


def _work_in_memory() -> None:
    """What the tests write goes into memory where a machine has plenty: on a disk one of their thousand databases takes a second to make."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_work_in_memory()


def pytest_generate_tests(metafunc):
    if "database_kind" in metafunc.fixturenames:
        named = metafunc.definition.get_closest_marker("databases")  # a test, or a file of tests, may name fewer
        kinds = named.args if named else getattr(metafunc.module, "DATABASES", ["sqlite", "postgresql"])
        metafunc.parametrize("database_kind", kinds, scope="session")


def pytest_configure(config):
    # Every test makes an application of its own: with the usual thresholds a quarter of the time goes into looking them over.
    gc.set_threshold(100_000, 20, 50)
    config.addinivalue_line("markers", "databases(kind, …): the databases on which a test says something of its own")


LONGEST = ("test_looks", "test_bad_input", "test_access", "test_crash", "test_cli", "test_nothing_is_lost", "test_migrations", "test_queries", "test_demo",
           "test_three_cases", "test_the_line", "test_after_the_hour", "test_reconnect", "test_the_hour", "test_backup", "test_demo_years",
           "test_every_paper")  # by the minutes they take


def pytest_collection_modifyitems(items):
    """Longest files first, since a processor takes a whole file: what is left at the end is short."""
    count = Counter(each.path for each in items)
    place = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda each: (place.get(each.path.stem, len(place)), -count[each.path]))


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once():
    """Every test binds a database of its own; what SQLAlchemy made of a statement for one serves them all."""
    connect, dialects, compiled = database.connect, {}, {}

    def connect_sharing(url):
        made = connect(url)
        name = made.dialect.name
        made.dialect = dialects.setdefault(name, made.dialect)
        made.update_execution_options(compiled_cache=compiled.setdefault(name, {}))
        return made

    database.connect = connect_sharing
    yield
    database.connect = connect


@pytest.fixture(scope="session")
def once():
    """`once(what, kind, make)`: made a single time for each kind of database.

    A session fixture that depends on the kind would be made anew whenever the tests turn from one kind to the other: with
    every file.
    """
    made = {}

    def keep(what: str, kind: str, make):
        if (what, kind) not in made:
            made[what, kind] = make()
        return made[what, kind]

    yield keep
    databases.drop_what_stands()


@pytest.fixture(scope="session")
def emptied(once, tmp_path_factory):
    """`emptied(kind)`: the address of a migrated, empty database of this kind, to be copied; nobody may be connected to it."""
    return lambda kind: once("empty", kind, lambda: _migrated(kind, tmp_path_factory.mktemp("empty")))


@pytest.fixture
def empty_database(database_kind, emptied):
    """The address of a migrated, empty database, to be copied for each test."""
    return emptied(database_kind)


@pytest.fixture
def furnished_database(database_kind, empty_database, once, tmp_path_factory):
    """(address, ids) of a database with the small world in it, to be copied for each test that wants the world."""
    return once("furnished", database_kind, lambda: _furnished(database_kind, empty_database, tmp_path_factory.mktemp("furnished")))


@pytest.fixture
def database_url(request, database_kind, empty_database, tmp_path):
    """A fresh database of this test alone: an empty one, or one with the small world in it."""
    of = request.getfixturevalue("furnished_database")[0] if "world" in request.fixturenames else empty_database
    url = _copy(of, database_kind, tmp_path)
    yield url
    database.session.remove()
    database.engine().dispose()
    if database_kind == "postgresql":
        databases.drop_database(url)


@pytest.fixture
def settings(database_url, tmp_path):
    return _settings(tmp_path, database_url)


@pytest.fixture
def flask_app(settings):
    made = make(settings)
    yield made
    database.session.remove()
    database.engine().dispose()


@pytest.fixture
def world(flask_app, furnished_database):
    """The small world, ready: one case, one planned meeting, four people."""
    return World(flask_app, dict(furnished_database[1]))


@pytest.fixture
def wide(database_kind, empty_database, once, tmp_path_factory):
    """The wider world, for tests that leave it as they found it."""
    world, settings = once("wide", database_kind, lambda: _widened(database_kind, empty_database, tmp_path_factory.mktemp("wide")))
    if world.app.config["KURUMAZA"] != settings or database.engine().url.render_as_string(hide_password=False) != settings.database_url:
        make(settings)
    limiter.enabled = False
    return world


def _migrated(kind: str, home: Path) -> str:
    house.models()
    if kind == "sqlite":
        url = f"sqlite:///{home}/empty.sqlite3"
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


def _furnished(kind: str, empty: str, home: Path) -> tuple[str, dict]:
    url = _copy(empty, kind, home)
    known = {name: value for name, value in vars(World(make(_settings(home, url)))).items() if name != "app"}
    database.session.remove()
    database.engine().dispose()
    return url, known


def _widened(kind: str, empty: str, home: Path) -> tuple[WideWorld, Settings]:
    settings = _settings(home, _copy(empty, kind, home))
    return WideWorld(make(settings)), settings


def _settings(home, url: str) -> Settings:
    return Settings(home=home, database_url=url, secret_key="a key for tests only", base_url="")


def _copy(of: str, kind: str, folder: Path) -> str:
    """The address of a copy of a database nobody is connected to."""
    if kind == "sqlite":
        (folder / "test.sqlite3").write_bytes(Path(of.removeprefix("sqlite:///")).read_bytes())
        return f"sqlite:///{folder / 'test.sqlite3'}"
    else:
        return databases.create_database(databases.postgresql_url(), template=of)
