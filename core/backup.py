"""The whole database as one file that either database reads: a site may move from SQLite to PostgreSQL with it.

A zip with one JSON-lines file per table, parents before children, and a manifest that counts and seals them.
Nothing in it depends on the database it came from. The key of the audit chain is not in it.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from datetime import date, datetime, time
import hashlib
import json
import os
from pathlib import Path
import secrets
import zipfile

import sqlalchemy as sa

from core.database import Base, UtcDateTime, engine, reading
from core.migrate import newest

FORMAT = "kurumaza-backup/1"
BATCH = 500
_MANIFEST = "manifest.json"


class Unfit(Exception):
    """This file, or this database, cannot be used for what was asked; the words say why."""


def write(path: Path) -> dict[str, int]:
    """Write the database to `path` (only its owner may read it) in one consistent view; give the rows of each table.

    An older file at `path` stays as it was until the new one is complete. Raises Unfit for a database of another
    version of the program, OSError when the file cannot be written.
    """
    with _looking() as connection, _fresh(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        revision = _revision(connection)
        if revision != newest():
            raise Unfit("このデータベースはほかの版のものです。先に db upgrade を実行してください / "
                        "This database belongs to another version: run db upgrade first.")
        tables = {table.name: _put(whole, table, connection) for table in Base.metadata.sorted_tables}
        whole.writestr(_MANIFEST, json.dumps(dict(format=FORMAT, revision=revision, tables=tables), indent=1))
    return {name: each["rows"] for name, each in tables.items()}


def restore(path: Path) -> dict[str, int]:
    """Fill the empty, migrated database from a file that `write` made: all of it or nothing; give the rows of each table.

    Raises Unfit for a file that is damaged, foreign or of another version, and for a database that is not empty.
    """
    try:
        with zipfile.ZipFile(path) as whole:
            tables = _checked(whole)
            with engine().begin() as connection:
                _ask_empty(connection)
                for table in Base.metadata.sorted_tables:
                    _take(whole, table, connection)
                _set_sequences(connection)
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, TypeError) as fault:
        raise Unfit("このファイルは壊れているか、車座のバックアップではありません / "
                    "This file is damaged, or is not a backup of Kurumaza.") from fault
    except sa.exc.DBAPIError as fault:
        raise Unfit("このデータベースに入らない内容があり、何も復元していません / "
                    f"The database refused the content, nothing was restored ({type(fault.orig).__name__}).") from fault
    return {name: each["rows"] for name, each in tables.items()}


@contextmanager
def _looking():
    """A connection whose one transaction sees the database as it was at one moment."""
    token = reading.set(True)  # SQLite: readers do not wait for writers
    try:
        with engine().connect() as connection:
            if engine().dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    finally:
        reading.reset(token)


@contextmanager
def _fresh(path: Path):
    """A new file beside `path`, mode 0600, that takes its place once it is complete and on the disk."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _put(whole: zipfile.ZipFile, table: sa.Table, connection: sa.Connection) -> dict:
    """Write one table; give its rows and its SHA-256."""
    rows, seal = 0, hashlib.sha256()
    found = connection.execution_options(yield_per=BATCH).execute(sa.select(table).order_by(*table.primary_key))
    with whole.open(_member(table.name), "w", force_zip64=True) as file:
        for row in found:
            line = json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"
            seal.update(line)
            file.write(line)
            rows += 1
    return dict(columns=table.columns.keys(), rows=rows, sha256=seal.hexdigest())


def _checked(whole: zipfile.ZipFile) -> dict:
    """The manifest's tables, once every one of them is there and whole. Raises Unfit or what a damaged file raises."""
    manifest = json.loads(whole.read(_MANIFEST))
    if manifest["format"] != FORMAT:
        raise ValueError("another format")
    if manifest["revision"] != newest():
        raise Unfit(f"このバックアップはほかの版({manifest['revision']})のものです。その版の車座で復元してから更新してください / "
                    f"This backup is of another version ({manifest['revision']}): restore it there, then upgrade.")
    expected = {table.name: table.columns.keys() for table in Base.metadata.sorted_tables}
    if {name: each["columns"] for name, each in manifest["tables"].items()} != expected:
        raise ValueError("other tables")
    for name, each in manifest["tables"].items():
        with whole.open(_member(name)) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != each["sha256"]:
                raise ValueError("a table was altered")
    return manifest["tables"]


def _ask_empty(connection: sa.Connection) -> None:
    if _revision(connection) != newest():
        raise Unfit("先に db upgrade を実行してください / Run db upgrade first.")
    for table in Base.metadata.sorted_tables:
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise Unfit("このデータベースは空ではありません。新しいデータベースに復元してください / "
                        "This database is not empty: restore into a new one.")


def _take(whole: zipfile.ZipFile, table: sa.Table, connection: sa.Connection) -> None:
    """Fill one table. A row that points to another of its own table may come before it: those columns are filled at the end."""
    readers, rows = {column.name: _reader(column.type) for column in table.columns}, []
    pointing = {key.parent.name: [] for key in table.foreign_keys if key.column.table is table}
    with whole.open(_member(table.name)) as file:
        for line in file:
            values = zip(readers.items(), json.loads(line), strict=True)
            row = {name: None if value is None else read(value) for (name, read), value in values}
            for name, later in pointing.items():
                if row[name] is not None:
                    later.append(dict(of=row["id"], to=row[name]))
                    row[name] = None
            rows.append(row)
            if len(rows) == BATCH:
                connection.execute(sa.insert(table), rows)
                rows = []
    if rows:
        connection.execute(sa.insert(table), rows)
    for name, later in pointing.items():
        if later:
            connection.execute(sa.update(table).where(table.c.id == sa.bindparam("of")).values({name: sa.bindparam("to")}), later)


def _set_sequences(connection: sa.Connection) -> None:
    """PostgreSQL counts ids beside the table, and has not noticed the ones brought in."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        last = connection.scalar(sa.select(sa.func.max(column))) if column is not None else None
        if last:
            connection.execute(sa.text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
                               dict(table=quote(table.name), column=column.name, last=last))


def _revision(connection: sa.Connection) -> str | None:
    try:
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    except sa.exc.DBAPIError as fault:  # no such table
        raise Unfit("先に db upgrade を実行してください / Run db upgrade first.") from fault


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _plain(value):
    """A column's value as JSON holds it."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    elif isinstance(value, date | time):  # a datetime is a date, too
        return value.isoformat()
    else:
        return getattr(value, "value", value)  # an enum's value


def _reader(kind: sa.types.TypeEngine):
    """What turns JSON back into the value of a column of this type."""
    if isinstance(kind, sa.Enum):
        return kind.enum_class
    elif isinstance(kind, UtcDateTime):
        return datetime.fromisoformat
    elif isinstance(kind, sa.Date):
        return date.fromisoformat
    elif isinstance(kind, sa.Time):
        return time.fromisoformat
    elif isinstance(kind, sa.LargeBinary):
        return base64.b64decode
    else:
        return lambda value: value
