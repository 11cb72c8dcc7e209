"""Who the people of a case are, sealed: the database alone tells nobody's name.

One row per household member, and one (without `person_id`) for the household itself. `IdentityTerm` holds the keyed
hashes by which they are found.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case, HouseholdPerson
from core.database import Base, UtcDateTime, session, utcnow
from identities import vault, words
from identities.facts import EMPTY, FIELDS, Facts
from identities.seal import Ring

FOUND = 50  # people shown for one search


class Identity(Base):
    """Name, address and the like of one person, or of the household."""

    __tablename__ = "identity"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("household_person.id", ondelete="CASCADE"), unique=True)
    key_id: Mapped[str] = mapped_column(sa.String(16), index=True)
    name: Mapped[bytes]
    kana: Mapped[bytes]
    former_name: Mapped[bytes]
    birth_date: Mapped[bytes]
    sex: Mapped[bytes]
    address: Mapped[bytes]
    telephone: Mapped[bytes]
    may_call: Mapped[bytes]
    call_when: Mapped[bytes]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    case = orm.relationship(Case)
    # Somebody who is taken out of the household takes their name along, and the audit says so.
    person = orm.relationship(HouseholdPerson, backref=orm.backref("identity", uselist=False, cascade="all"))
    changed_by = orm.relationship("User", lazy="joined", innerjoin=True)
    __table_args__ = (sa.Index("uq_identity_household", "case_id", unique=True, sqlite_where=sa.text("person_id IS NULL"),
                               postgresql_where=sa.text("person_id IS NULL")),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def of(cls, case: Case, person: HouseholdPerson | None) -> Identity:
        """What is kept of a member of the household (of the household, for None); a blank one when nothing is yet."""
        who = person.id if person else None
        there = session.scalar(sa.select(cls).where(cls.case_id == case.id, cls.person_id.is_(None) if who is None else cls.person_id == who))
        return there or cls(case_id=case.id, person_id=who)

    @classmethod
    def of_case(cls, case: Case) -> dict[int | None, Identity]:
        """All that is kept of a case, by the member's id; the household's under None."""
        return {each.person_id: each for each in session.scalars(sa.select(cls).where(cls.case_id == case.id))}

    @property
    def kept(self) -> bool:
        """Whether it has been written down before."""
        return self.id is not None

    @property
    def facts(self) -> Facts:
        """Everything in plain words. Raises vault.Away without its key, vault.Damaged when it was altered."""
        if not self.kept:
            return EMPTY
        return Facts.read(vault.opened({field: (getattr(self, field), self.place(field)) for field in FIELDS}, self.key_id))

    @property
    def damaged(self) -> bool:
        """Whether something else stands here than was written down. Raises vault.Away without the key."""
        try:
            return self.facts is None
        except vault.Damaged:
            return True

    def keep(self, facts: Facts, by) -> None:
        """Write down what is known now, also over something damaged. Raises vault.Away without the key."""
        ring = vault.ring_for_writing(self.keys_in_use())
        before = {} if self.damaged else self.facts.texts
        for field, value in self.sealed(facts, ring).items():
            if not self.kept or before.get(field) != facts.texts[field] or self.key_id != ring.newest.id.hex():
                setattr(self, field, value)
        self.key_id, self.changed_at, self.changed_by_id = ring.newest.id.hex(), utcnow(), by.id
        session.add(self)
        session.flush()
        IdentityTerm.renew({self.id: facts}, ring)

    def sealed(self, facts: Facts, ring: Ring) -> dict[str, bytes]:
        """The facts as this row's columns hold them."""
        return {field: ring.seal(text, self.place(field)) for field, text in facts.texts.items()}

    def place(self, field: str) -> str:
        """What a value is bound to: it opens nowhere else."""
        return f"identity/{self.case_id}/{self.person_id or 'household'}/{field}"

    @classmethod
    def keys_in_use(cls) -> set[str]:
        """The ids of all keys that something is sealed with."""
        with session.no_autoflush:  # what is just being written is not in the database yet
            return set(session.scalars(sa.select(cls.key_id).distinct()))

    @classmethod
    def search(cls, typed: str, among: sa.Select) -> list[tuple[Identity, Facts]]:
        """Who of the cases in `among` is called so, was born then or has this number; the newest cases first.

        Raises vault.Away while a key is missing.
        """
        found = sa.or_(sa.false(), *(cls.id.in_(IdentityTerm.having(hashes)) for hashes in _ways(typed)))
        ids = among.with_only_columns(Case.id).order_by(None)
        query = (sa.select(cls).join(Case, Case.id == cls.case_id).options(orm.contains_eager(cls.case), orm.selectinload(cls.person))
                 .where(found, cls.case_id.in_(ids)).order_by(Case.fiscal_year.desc(), Case.serial.desc(), cls.id).limit(4 * FOUND))
        opened = [(each, each.facts) for each in session.scalars(query).unique()]
        return [(each, facts) for each, facts in opened if words.means(typed, facts)][:FOUND]


class IdentityTerm(Base):
    """One of the hashes somebody is found by."""

    __tablename__ = "identity_term"
    audited = False
    hash: Mapped[bytes] = mapped_column(primary_key=True)
    identity_id: Mapped[int] = mapped_column(sa.ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True, index=True)

    @classmethod
    def renew(cls, known: dict[int, Facts], ring: Ring) -> None:
        """Let each (by the id of the identity) be found by these facts and by nothing else."""
        session.execute(sa.delete(cls).where(cls.identity_id.in_(known)))
        rows = [dict(hash=ring.newest.blind(each), identity_id=id) for id, facts in known.items() for each in words.terms(facts)]
        if rows:
            session.execute(sa.insert(cls), rows)

    @classmethod
    def having(cls, hashes: set[bytes]) -> sa.Select:
        """Ids of the identities that have all of these."""
        return (sa.select(cls.identity_id).where(cls.hash.in_(sorted(hashes))).group_by(cls.identity_id)
                .having(sa.func.count() == len(hashes)))


def _ways(typed: str) -> list[set[bytes]]:
    """The alternatives of a search, under every key: until all is sealed anew, some rows stand under an older one."""
    keys = vault.ring_for_reading(Identity.keys_in_use()).keys
    return [{key.blind(each) for each in way} for way in words.asked(typed) for key in keys]
