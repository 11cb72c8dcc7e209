"""News without a broker: a topic's version grows in the same transaction as the change it stands for.

Browsers hold a Server-Sent Events stream that carries nothing but the version number (WHATWG HTML, 9.2);
they then fetch the page's part themselves, with the rights they have at that moment. One thread per process
watches the database: `PRAGMA data_version` on SQLite, LISTEN on PostgreSQL.
"""

from __future__ import annotations

import threading

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, engine, factory, session

CHANNEL = "kurumaza"


class Topic(Base):
    """How often something has changed: the version browsers compare theirs with."""

    __tablename__ = "live_topic"
    audited = False
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    version: Mapped[int]


def touch(topic: str) -> None:
    """Tell whoever watches this topic, once the transaction is committed, that there is news."""
    session.info.setdefault("topics", set()).add(topic)


def version(topic: str) -> int:
    """The topic's version now; 0 before the first change."""
    return session.scalar(sa.select(Topic.version).where(Topic.name == topic)) or 0


@event.listens_for(factory, "before_commit")
def _raise_versions(made: orm.Session) -> None:
    for name in sorted(made.info.pop("topics", ())):  # in one order, so that two writers cannot lock each other out
        table = Topic.__table__
        grown = made.execute(sa.update(table).where(table.c.name == name).values(version=table.c.version + 1))
        if not grown.rowcount:
            made.execute(sa.insert(table).values(name=name, version=1))
        if made.bind.dialect.name == "postgresql":
            made.execute(sa.text("SELECT pg_notify(:channel, :name)"), dict(channel=CHANNEL, name=name))


@event.listens_for(factory, "after_rollback")
def _forget(made: orm.Session) -> None:
    made.info.pop("topics", None)


class Hub:
    """Wakes the streams of this process when anything was committed, by this process or another one."""

    def __init__(self):
        self._news = threading.Condition()
        self._turn = 0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self.streams = 0

    def turn(self) -> int:
        """A number that grows whenever the database changed."""
        self._start()
        return self._turn

    def wait(self, turn: int, seconds: float) -> int:
        """Wait until the database changed after `turn`, or `seconds` have passed; give the turn now."""
        self._start()
        with self._news:
            self._news.wait_for(lambda: self._turn != turn, timeout=seconds)
            return self._turn

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                watch = _watch_postgresql if engine().dialect.name == "postgresql" else _watch_sqlite
                self._thread = threading.Thread(target=watch, args=(engine(), self._wake), daemon=True, name="live")
                self._thread.start()

    def _wake(self) -> None:
        with self._news:
            self._turn += 1
            self._news.notify_all()


hub = Hub()


def _watch_sqlite(bound: sa.Engine, wake, pause: float = 0.1) -> None:
    import time

    connection = bound.raw_connection()
    try:
        seen = None
        while factory.kw.get("bind") is bound:
            now = connection.execute("PRAGMA data_version").fetchone()[0]
            if seen is not None and now != seen:
                wake()
            seen = now
            time.sleep(pause)
    finally:
        connection.close()


def _watch_postgresql(bound: sa.Engine, wake) -> None:
    import psycopg

    address = bound.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while factory.kw.get("bind") is bound:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                wake()  # whatever came while nobody listened
                while factory.kw.get("bind") is bound:
                    if list(connection.notifies(timeout=5, stop_after=1)):
                        wake()
        except psycopg.OperationalError:
            threading.Event().wait(1)  # the server restarts: listen again when it is back
