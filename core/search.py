"""Search that is never stale and never ahead: the index is written in the transaction of the record itself.

A feature says what is found of its records: `@found("case", Case, key=…, parts=…)` on a function that gives the text.
Whatever changes of them (or of their parts) in a session is indexed anew before that session commits. The text is kept
in one spelling (core/words.py) beside its tokens: SQLite keeps those in FTS5, PostgreSQL in an array under GIN.

`ids(kind, text)` is a SELECT of ids and no more; a door intersects it with what the person may see. What was searched
for is content of a case: it never stands in an address. It is kept here for half a day, under a code that only the
person who asked can use, so that pages, the way back and reloading are plain addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
import secrets

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects.postgresql import ARRAY

from core import audit, words
from core.database import UtcDateTime, engine, factory, session, utcnow

KEPT = timedelta(hours=12)  # as long as a sign-in lasts
LIMIT = 100  # letters of a query
BATCH = 200

# Derived from the records, so in no backup: tables of their own, outside the models.
metadata = sa.MetaData()
texts = sa.Table(
    "search_text", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("record_id", sa.Integer, nullable=False),
    sa.Column("key", sa.String(80), nullable=False),  # the number people know it by, in the one spelling
    sa.Column("text", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("id", name="pk_search_text"),
    sa.UniqueConstraint("kind", "record_id", name="uq_search_text_kind_record_id"),
    sa.Index("ix_search_text_kind_key", "kind", "key"),
)
index = sa.table("search_index", sa.column("rowid", sa.Integer), sa.column("tokens"))  # FTS5, or an array under GIN
head = sa.Table("search_head", metadata, sa.Column("version", sa.Integer, nullable=False))
questions = sa.Table(
    "search_question", metadata,
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("user_id", sa.Integer, nullable=False, index=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("text", sa.String(200), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False, index=True),
    sa.PrimaryKeyConstraint("code", name="pk_search_question"),
)


@dataclass
class Found:
    """What is found of one kind of record."""

    kind: str
    model: type
    text: Callable[..., Iterable[str]]
    key: Callable[..., str]
    options: tuple = ()


_found: list[Found] = []
_owners: dict[type, list[tuple[str, Callable]]] = {}


def found(kind: str, model: type, key=lambda record: "", parts: dict[type, Callable] | None = None, options=()):
    """Register a function that gives the texts of a record of `model` by which it is found.

    `parts` says for other models, whose records belong to its text, what they are a part of: an id, several, a SELECT,
    or None for a change that concerns no text.
    `options` load all that the function reads, also anew for a record that the session has seen before.
    """

    def register(function):
        _found.append(Found(kind, model, function, key, tuple(options)))
        for part, owner in {model: lambda record: record.id, **(parts or {})}.items():
            _owners.setdefault(part, []).append((kind, owner))
        return function

    return register


def ids(kind: str, text: str) -> sa.Select:
    """SELECT of the ids of the records in which every word of `text` stands; none for a text without a word."""
    asked = words.asked(text)
    if not asked:
        return sa.select(texts.c.record_id).where(sa.false())
    query = sa.select(texts.c.record_id).where(texts.c.kind == kind, texts.c.id.in_(_with_tokens(asked)))
    return query.where(*(texts.c.text.contains(word, autoescape=True) for word in asked))  # pairs do not make a word yet


def first(kind: str, column, text: str):
    """What to order by so that the record whose number was asked for stands first."""
    return sa.case((column.in_(sa.select(texts.c.record_id).where(texts.c.kind == kind, texts.c.key == _key(text))), 0), else_=1)


def rebuild() -> int:
    """Write the whole index anew from the records; give how many there are. For a unit of work of its own."""
    _one_writer()
    session.execute(sa.text("DELETE FROM search_index"))
    session.execute(sa.delete(texts))
    count = sum(_index_all(each) for each in _found)
    session.execute(sa.delete(head))
    session.execute(sa.insert(head).values(version=words.VERSION))
    return count


def stale(table: sa.Table, numbers: Iterable[int]) -> None:
    """Have these rows indexed anew before this session commits: they were changed by a statement, past the models."""
    for each in _found:
        if each.model.__table__ is table:
            session.info.setdefault("found", []).append((each.kind, tuple(numbers)))


def catch_up() -> None:
    """Build the index where there is none yet (after an upgrade, a restore), or one in an older spelling."""
    if session.scalar(sa.select(sa.func.max(head.c.version))) != words.VERSION:
        rebuild()


# -- what people asked for ---------------------------------------------------------------------------------------------

def ask(kind: str, text: str, by) -> str | None:
    """Keep what `by` searches for; give the code under which they find it. None for an empty text."""
    if not text.strip():
        return None
    code = secrets.token_urlsafe(9)
    session.execute(sa.delete(questions).where(questions.c.at < utcnow() - KEPT))
    session.execute(sa.insert(questions).values(code=code, user_id=by.id, kind=kind, text=text[:LIMIT], at=utcnow()))
    audit.note("searched", kind)
    return code


def asked(kind: str, code: str | None, by) -> str | None:
    """What this person searched for under the code; None when there is no such search (any more)."""
    if not code or len(code) > 40 or "\x00" in code:
        return None
    return session.scalar(sa.select(questions.c.text).where(
        questions.c.code == code, questions.c.user_id == by.id, questions.c.kind == kind, questions.c.at >= utcnow() - KEPT))


def forget(by) -> None:
    """Forget what this person searched for: they sign out."""
    session.execute(sa.delete(questions).where(questions.c.user_id == by.id))


# -- the index and the session -----------------------------------------------------------------------------------------

@event.listens_for(factory, "after_flush")
def _collect(made: orm.Session, _context) -> None:
    for record in (*made.new, *filter(_changed, made.dirty), *made.deleted):
        for kind, owner in _owners.get(type(record), ()):
            if (numbers := owner(record)) is not None:
                made.info.setdefault("found", []).append((kind, numbers))


def _changed(record) -> bool:
    """Whether the record itself changed, not merely what hangs on it: a line written down does not change its hearing."""
    state = sa.inspect(record)
    many = [each.key for each in state.mapper.relationships if each.secondary is not None]
    return state.session.is_modified(record, include_collections=False) or any(state.attrs[each].history.has_changes() for each in many)


@event.listens_for(factory, "before_commit")
def _write(made: orm.Session) -> None:
    made.flush()
    owned = made.info.pop("found", [])
    if not owned:
        return
    _one_writer()
    for each in _found:
        numbers = sorted({number for kind, owner in owned if kind == each.kind for number in _numbers(owner)})
        for at in range(0, len(numbers), BATCH):
            _remove(each.kind, numbers[at:at + BATCH])
            _add(each, numbers[at:at + BATCH])


@event.listens_for(factory, "after_rollback")
def _forget_changes(made: orm.Session) -> None:
    made.info.pop("found", None)


def _one_writer() -> None:
    """PostgreSQL: whoever writes reads what the one before has committed, so that two halves of a change both stand."""
    if engine().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(7306)"))


def _numbers(owner) -> Iterable[int]:
    if isinstance(owner, sa.Select):
        return session.scalars(owner)
    else:
        return (owner,) if isinstance(owner, int) else filter(None, owner or ())


def _index_all(each: Found) -> int:
    numbers = list(session.scalars(sa.select(each.model.id).order_by(each.model.id)))
    for at in range(0, len(numbers), BATCH):
        _add(each, numbers[at:at + BATCH])
        session.expunge_all()  # ten thousand cases need not be in memory together
    return len(numbers)


def _remove(kind: str, numbers: list[int]) -> None:
    old = list(session.scalars(sa.select(texts.c.id).where(texts.c.kind == kind, texts.c.record_id.in_(numbers))))
    if old:
        session.execute(sa.delete(index).where(index.c.rowid.in_(old)))
        session.execute(sa.delete(texts).where(texts.c.id.in_(old)))


def _add(each: Found, numbers: list[int]) -> None:
    query = sa.select(each.model).where(each.model.id.in_(numbers)).order_by(each.model.id).options(*each.options)
    last, rows = session.scalar(sa.select(sa.func.max(texts.c.id))) or 0, []
    for record in session.scalars(query, execution_options={"populate_existing": True}).unique():
        rows.append(dict(id=last + len(rows) + 1, kind=each.kind, record_id=record.id, key=_key(each.key(record)),
                         text=words.plain("\n".join(filter(None, each.text(record))))))
    if rows:
        session.execute(sa.insert(texts), rows)
        session.execute(sa.text("INSERT INTO search_index (rowid, tokens) VALUES (:rowid, :tokens)"),
                        [dict(rowid=row["id"], tokens=_as_kept(words.tokens(row["text"]))) for row in rows])


def _as_kept(tokens: set[str]):
    return sorted(tokens) if engine().dialect.name == "postgresql" else " ".join(sorted(tokens))


def _with_tokens(asked: list[str]) -> sa.Select:
    """SELECT of the index rows that have every token of these words."""
    needed = sorted(set().union(*map(words.needed, asked)))
    if engine().dialect.name == "postgresql":
        return sa.select(index.c.rowid).where(index.c.tokens.op("@>")(sa.cast(needed, ARRAY(sa.Text))))
    else:
        match = sa.literal_column("search_index").op("MATCH")(" ".join(f'"{token}"' for token in needed))
        return sa.select(index.c.rowid).where(match)


def _key(number: str) -> str:
    return words.plain(number)[:80]
