"""Sealing everything anew under the newest key, and asking whether everything can be read."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from core import audit
from core.database import session
from identities import vault, words
from identities.facts import Facts
from identities.models import Identity, IdentityTerm
from identities.seal import Ring, key_of

BATCH = 500


def check() -> tuple[Counter, list[str]]:
    """How many rows each key (by its id) seals, and a sentence for each row that cannot be read or found."""
    keys, faults, ring = Counter(), [], vault.ring()
    for batch in _batches(sa.select(Identity)):
        for identity in batch:
            keys[key_of(identity.name)] += 1
            if fault := _fault(identity, ring):
                faults.append(f"identity/{identity.id}: {fault}")
        session.expunge_all()
    return keys, faults


def rotate() -> int:
    """Seal every value, and all that is found by it, with the newest key. Gives the rows.

    Commits some hundreds at a time, so that nobody waits long; in between everything can be read and found under either
    key. Raises vault.Away or vault.Damaged for what cannot be read (`check` tells before).
    """
    ring, count = vault.ring_for_writing(Identity.keys_in_use()), 0
    for batch in _batches(sa.select(Identity).with_for_update(of=Identity)):  # nobody saves an old seal over a new one
        _seal_anew([(each, each.facts) for each in batch], ring)
        audit.note("rotated", "identity/keys", str(len(batch)))
        session.commit()
        session.expunge_all()
        count += len(batch)
    return count


def _fault(identity: Identity, ring: Ring) -> str:
    try:
        terms = words.terms(identity.facts)
    except vault.Away:
        return "no key"
    except vault.Damaged:
        return "damaged"
    kept = set(session.scalars(sa.select(IdentityTerm.hash).where(IdentityTerm.identity_id == identity.id)))
    key = next((each for each in ring.keys if each.id.hex() == identity.key_id), None)
    return "" if key and kept == set(map(key.blind, terms)) else "search index"


def _seal_anew(known: list[tuple[Identity, Facts]], ring: Ring) -> None:
    table = Identity.__table__
    session.connection().execute(
        sa.update(table).where(table.c.id == sa.bindparam("row")).values(version=table.c.version + 1),
        [dict(row=each.id, key_id=ring.newest.id.hex(), **each.sealed(facts, ring)) for each, facts in known])
    IdentityTerm.renew({each.id: facts for each, facts in known}, ring)


def _batches(query: sa.Select):
    """Every row, some hundreds at a time."""
    last = 0
    while rows := session.scalars(query.where(Identity.id > last).order_by(Identity.id).limit(BATCH)).unique().all():
        last = rows[-1].id
        yield rows
