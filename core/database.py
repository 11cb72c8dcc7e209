"""One database for the process: SQLite (WAL) or PostgreSQL, the same models on both.

A request that may write begins with BEGIN IMMEDIATE on SQLite: a transaction that reads first
and writes later would otherwise fail at once when somebody else wrote in between.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
import threading

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql, sqlite

reading: ContextVar[bool] = ContextVar("reading", default=False)


class Base(orm.DeclarativeBase):
    """Every table's parent: one naming convention, so that migrations can name what they change."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(sa.TypeDecorator):
    """An instant: aware in Python, UTC in the database. Refuses a naive datetime with ValueError."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value, dialect):
        return value.replace(tzinfo=UTC) if value is not None else None


def choice(enum, name: str = "", **more) -> sa.Enum:
    """A column type for a Python enum, kept as its value's text with a CHECK on both databases.

    The CHECK bears the enum's name; a second column of the same enum in a table needs a `name` of its own.
    """
    values = lambda kinds: [each.value for each in kinds]  # noqa: E731
    length = max(20, *(len(each.value) for each in enum))
    return sa.Enum(enum, native_enum=False, create_constraint=True, length=length, values_callable=values,
                   name=name or enum.__name__.lower(), **more)


factory = orm.sessionmaker(expire_on_commit=False)
session = orm.scoped_session(factory)


def connect(url: str) -> sa.Engine:
    """Bind the process to the database at `url`; give its engine. Closes an earlier binding."""
    session.remove()
    old = factory.kw.get("bind")
    if old is not None:
        old.dispose()
    engine = _sqlite(url) if url.startswith("sqlite") else sa.create_engine(url, pool_pre_ping=True, pool_size=10,
                                                                             max_overflow=20)
    factory.configure(bind=engine)
    return engine


def engine() -> sa.Engine:
    """The engine this process is bound to."""
    return factory.kw["bind"]


@contextmanager
def unit(*, read_only: bool = False):
    """A unit of work outside a request: commits at the end, rolls back on an error."""
    token = reading.set(read_only)
    try:
        yield session
        if not read_only:
            session.commit()
    finally:
        session.remove()
        reading.reset(token)


def insert_once(model, **values) -> bool:
    """Put a row in unless one with its key is there, whoever put it (several processes may do so at the same moment); whether
    it was put in now."""
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[engine().dialect.name]
    return session.execute(insert(model).values(**values).on_conflict_do_nothing()).rowcount > 0


def gave_way(fault: sa.exc.DBAPIError) -> bool:
    """Whether the database ended this transaction in favour of another one, or let it wait in vain: sent again, it may pass.

    PostgreSQL: serialization failure, deadlock, lock not available (appendix A); SQLite: SQLITE_BUSY and SQLITE_LOCKED.
    """
    return getattr(fault.orig, "sqlstate", None) in ("40001", "40P01", "55P03") or getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF in (5, 6)


def utcnow() -> datetime:
    """Now, aware, UTC: the one place that asks the machine's clock for stored instants."""
    return datetime.now(UTC)


def _sqlite(url: str) -> sa.Engine:
    import pysqlite3.dbapi2 as driver  # SQLite before 3.51.3 can corrupt a WAL database; this wheel brings 3.53

    made = sa.create_engine(url, module=driver, connect_args={"check_same_thread": False, "timeout": 15},
                            poolclass=sa.pool.QueuePool, pool_size=10, max_overflow=40)

    @event.listens_for(made, "connect")
    def prepare(connection, _record):
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        # secure_delete: what is removed or written anew leaves no trace in the file, so that a later disposal finds none. It costs
        # a save at most some 4 %, FAST no less (benchmarks/erasing.py): no reason to have it on at disposals only, which come too
        # late for what was written anew before.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    turn = threading.Lock()  # SQLite lets writers wait by asking again and again: under load some would wait for seconds

    @event.listens_for(made, "begin")
    def begin(connection):
        if reading.get():
            connection.exec_driver_sql("BEGIN")
        else:
            if "writing" not in connection.info:
                connection.info["writing"] = turn.acquire(timeout=15)
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(made, "checkin")
    def checkin(_connection, record):
        if record.info.pop("writing", False):
            turn.release()

    return made
