"""Who saw, changed or took out what, and when: append-only, chained, in the same transaction as the act.

Each row carries a keyed hash (HMAC-SHA-256) over its own content and the row before it, with a key kept
outside the database; the head row holds the count and the last hash, so that a missing tail shows too.
Rows name records by kind and number and say which fields changed, never what stood in them.
"""

from __future__ import annotations

from datetime import datetime
import hashlib
import hmac
import json

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, factory, reading, session, utcnow

_FIRST = "0" * 64
_key = b""


class AuditRow(Base):
    """One act of one person. Triggers in the database refuse to change or delete it."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(sa.String(80))
    act: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    address: Mapped[str] = mapped_column(sa.String(64), default="")
    hash: Mapped[str] = mapped_column(sa.String(64))


class AuditHead(Base):
    """The end of the chain: how many rows there are and the last one's hash."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))


def use_key(secret: str) -> None:
    """Derive the chain's key from the installation's secret."""
    global _key
    _key = hmac.digest(secret.encode(), b"kurumaza audit chain", "sha256")


def acting(who: str, address: str = "") -> None:
    """Say who acts in this unit of work: a sign-in name, or "system"."""
    session.info["who"], session.info["address"] = who, address[:64]


def note(act: str, subject: str, detail: str = "") -> None:
    """Note an act for this transaction: `note("minutes.exported", "meeting/3", "docx")`. Never case content."""
    session.info.setdefault("acts", []).append((act, subject, detail))


def saw(subject: str, detail: str = "") -> None:
    """Note that the person was shown a record: `saw("case/12")`; `detail` says how, never what stands in it."""
    note("saw", subject, detail)


def append_noted() -> None:
    """Write what a reading request noted, in a transaction of its own, before the answer leaves the house."""
    if session.info.get("acts"):
        kept = session.info["acts"]
        session.rollback()
        session.info["acts"] = kept
        token = reading.set(False)
        try:
            session.commit()
        finally:
            reading.reset(token)


def verify() -> list[str]:
    """Walk the whole chain; give a sentence for each fault found, an empty list when it is whole."""
    faults, last, expected = [], _FIRST, 1
    for row in session.execute(sa.select(AuditRow.__table__).order_by(AuditRow.id)).yield_per(1000):
        if row.id != expected:
            faults.append(f"row {expected} is missing before row {row.id}")
        if not hmac.compare_digest(row.hash, _seal(last, row.id, row.at, row.who, row.act, row.subject, row.detail,
                                                   row.address)):
            faults.append(f"row {row.id} was altered or stands in another's place")
        last, expected = row.hash, row.id + 1
    head = session.execute(sa.select(AuditHead.__table__)).first()
    count, end = (head.count, head.hash) if head else (0, _FIRST)
    if count != expected - 1 or not hmac.compare_digest(end, last):
        faults.append(f"the chain should end at row {count}, but ends at row {expected - 1}")
    return faults


@event.listens_for(factory, "after_flush")
def _collect(made: orm.Session, _context) -> None:
    for act, records in (("created", made.new), ("changed", made.dirty)):
        for record in records:
            if act == "created" or made.is_modified(record):
                _note_record(made, act, record, _fields(record) if act == "changed" else "")


@event.listens_for(Base, "after_delete", propagate=True)
def _collect_removed(_mapper, _connection, record) -> None:
    """Also what goes because its whole went (a need of a case): the session does not list that as deleted."""
    _note_record(orm.object_session(record), "removed", record, "")


def _note_record(made: orm.Session, act: str, record, detail: str) -> None:
    if getattr(record, "audited", True):
        key = "-".join(str(part) for part in sa.inspect(record).mapper.primary_key_from_instance(record))
        made.info.setdefault("acts", []).append((act, f"{record.__tablename__}/{key}"[:80], detail))


@event.listens_for(factory, "before_commit")
def _append(made: orm.Session) -> None:
    made.flush()
    acts = made.info.pop("acts", [])
    if not acts:
        return
    if made.bind.dialect.name == "postgresql":  # one writer at a time, so that the chain cannot fork
        made.execute(sa.text("SELECT pg_advisory_xact_lock(7305)"))
    head = made.execute(sa.select(AuditHead.__table__)).first()
    count, last = (head.count, head.hash) if head else (0, _FIRST)
    who, address, rows = made.info.get("who", "system"), made.info.get("address", ""), []
    for act, subject, detail in acts:
        count, at = count + 1, utcnow()
        last = _seal(last, count, at, who, act, subject, detail, address)
        rows.append(dict(id=count, at=at, who=who, act=act, subject=subject, detail=detail, address=address, hash=last))
    made.execute(sa.insert(AuditRow.__table__), rows)
    if head:
        made.execute(sa.update(AuditHead.__table__).values(count=count, hash=last))
    else:
        made.execute(sa.insert(AuditHead.__table__).values(id=1, count=count, hash=last))


@event.listens_for(factory, "after_rollback")
def _forget(made: orm.Session) -> None:
    made.info.pop("acts", None)


def _fields(record) -> str:
    state = sa.inspect(record)
    return ", ".join(sorted(each.key for each in state.attrs if each.history.has_changes()))


def _seal(before: str, *parts) -> str:
    plain = json.dumps([before, *(each.isoformat() if isinstance(each, datetime) else each for each in parts)],
                       ensure_ascii=False)
    return hmac.new(_key, plain.encode(), hashlib.sha256).hexdigest()
