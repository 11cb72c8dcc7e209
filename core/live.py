"""News without a broker: a topic's version grows in the same transaction as the change it stands for.

Browsers hold a Server-Sent Events stream that carries nothing but the version number (WHATWG HTML, 9.2);
they then fetch the page's part themselves, with the rights they have at that moment. One thread per process
watches the database: `PRAGMA data_version` on SQLite, LISTEN on PostgreSQL.
"""

from __future__ import annotations

from contextlib import contextmanager
import threading

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, engine, factory, reading, session

CHANNEL = "kurumaza"
RIGHTS = "rights"  # the topic of everything that may end somebody's right to see something
_rights: dict[type, bool] = {}


def decides(*models: type, new: bool = False) -> None:
    """Streams ask anew whether they may go on when a record of these kinds is changed or deleted (or made, if `new`)."""
    _rights.update(dict.fromkeys(models, new))


class Topic(Base):
    """How often something has changed: the version browsers compare theirs with."""

    __tablename__ = "live_topic"
    audited = False
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    version: Mapped[int]


class Told:
    """A record that pages receive one by one: `told` is the version of its topic that brought its last change. A record that
    hangs on it names it in `told_with`."""

    told: Mapped[int] = mapped_column(default=0)

    @property
    def told_with(self):
        return self


def touch(topic: str) -> None:
    """Tell whoever watches this topic, once the transaction is committed, that there is news."""
    session.info.setdefault("topics", set()).add(topic)


def version(topic: str) -> int:
    """The topic's version now; 0 before the first change."""
    return session.scalar(sa.select(Topic.version).where(Topic.name == topic)) or 0


@event.listens_for(factory, "before_flush")
def _note_changed(made: orm.Session, _context, _instances) -> None:
    changed = [each for each in made.dirty if made.is_modified(each)]
    made.info.setdefault("told", set()).update(each.told_with for each in (*made.new, *changed) if hasattr(each, "told_with"))
    if any(type(each) in _rights for each in (*changed, *made.deleted)) or any(_rights.get(type(each)) for each in made.new):
        made.info.setdefault("topics", set()).add(RIGHTS)


@event.listens_for(factory, "do_orm_execute")
def _note_many(asked: orm.ORMExecuteState) -> None:
    if (asked.is_update or asked.is_delete) and asked.bind_mapper and asked.bind_mapper.class_ in _rights:
        asked.session.info.setdefault("topics", set()).add(RIGHTS)


@event.listens_for(factory, "before_commit")
def _raise_versions(made: orm.Session) -> None:
    made.flush()
    told, topics = {}, made.info.pop("topics", set())
    for record in made.info.pop("told", ()):
        told.setdefault(record.topic, []).append(record)
    for name in sorted(topics | set(told)):  # in one order, so that two writers cannot lock each other out
        _raise(made, name)
        if name in told:
            _stamp(made, told[name], made.scalar(sa.select(Topic.version).where(Topic.name == name)))
        if made.bind.dialect.name == "postgresql":
            made.execute(sa.text("SELECT pg_notify(:channel, :name)"), dict(channel=CHANNEL, name=name))


def _raise(made: orm.Session, name: str) -> None:
    table = Topic.__table__
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[made.bind.dialect.name]
    first = insert(table).values(name=name, version=1)  # in one statement: two who raise it for the first time both count
    made.execute(first.on_conflict_do_update(index_elements=[table.c.name], set_=dict(version=table.c.version + 1)))


def _stamp(made: orm.Session, records: list, version: int) -> None:
    # The topic's row is ours until we commit: no other change can get this version, and none of an older one comes later.
    table = type(records[0]).__table__
    made.execute(sa.update(table).where(table.c.id.in_([each.id for each in records])).values(told=version))


@event.listens_for(factory, "after_rollback")
def _forget(made: orm.Session) -> None:
    made.info.pop("topics", None)
    made.info.pop("told", None)


class Hub:
    """Wakes the streams of this process when their topic has news, from this process or another one.

    One thread asks the database, however many streams there are; a stream sleeps until its own topic moves.
    """

    def __init__(self):
        self.streams = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bound: sa.Engine | None = None
        self._followers: dict[str, set[Follower]] = {}

    @contextmanager
    def follow(self, *names: str):
        """Hear of these topics for the length of a block: gives the Follower."""
        follower = Follower()
        with self._lock:
            self.streams += 1
            for name in names:
                self._followers.setdefault(name, set()).add(follower)
        try:
            self._start()
            follower.tell(_versions(names))
            yield follower
        finally:
            with self._lock:
                self.streams -= 1
                for name in names:
                    self._followers[name].discard(follower)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive() or self._bound is not engine():
                self._bound = engine()
                watch = _watch_postgresql if engine().dialect.name == "postgresql" else _watch_sqlite
                self._thread = threading.Thread(target=watch, args=(self._bound, self._look), daemon=True, name="live")
                self._thread.start()

    def _look(self) -> None:
        """Ask for the versions of all topics that somebody follows, and tell those who follow them."""
        with self._lock:
            followers = {name: list(each) for name, each in self._followers.items() if each}
            self._followers = {name: self._followers[name] for name in followers}
        for name, now in _versions(followers).items():
            for each in followers[name]:
                each.tell({name: now})


class Follower:
    """Somebody who hears of topics; `versions` are the newest ones known."""

    def __init__(self):
        self.versions: dict[str, int] = {}
        self._news = threading.Condition()

    def tell(self, versions: dict[str, int]) -> None:
        """These are the versions now; an older one than is known changes nothing."""
        with self._news:
            newer = {name: now for name, now in versions.items() if now > self.versions.get(name, -1)}
            if newer:
                self.versions = self.versions | newer
                self._news.notify_all()

    def wait(self, seen: dict[str, int], seconds: float) -> dict[str, int]:
        """Wait until a version is another one than those `seen`, or `seconds` have passed; give all of them."""
        with self._news:
            self._news.wait_for(lambda: not seen.items() <= self.versions.items(), timeout=seconds)
            return self.versions


def _versions(names) -> dict[str, int]:
    token = reading.set(True)
    try:
        with engine().connect() as connection:
            table = Topic.__table__
            found = connection.execute(sa.select(table.c.name, table.c.version).where(table.c.name.in_(list(names))))
            return dict.fromkeys(names, 0) | {name: now for name, now in found}
    finally:
        reading.reset(token)


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
