"""The sample's office, agencies, members and accounts (roster.toml)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from accounts.models import Role, User
from agencies.models import Agency, AgencyKind, Domain, Member
from cases.models import Case
from core.database import session
from core.office import Office
from meetings.core import CoreMember
from meetings.kinds import Kind

FIXED = (Kind.SHIEN, Kind.JUSO)  # the kinds whose fixed members the sample's core members are


@dataclass
class Town:
    """Who and what there is, by the key the data names it with ("" names nobody)."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    meetings: dict[str, object] = field(default_factory=dict)

    @property
    def coordinators(self) -> list[User]:
        return [each for each in self.users.values() if each.coordinator]

    @cached_property
    def facilitator(self) -> User:
        """Who plans the meetings and writes down what people without an account say."""
        return self.coordinators[0]

    def hand_of(self, member: Member) -> User:
        """Whose sign-in records what this member did: their own, or the facilitator's."""
        return member.user or self.facilitator


def settle(roster: dict, since: datetime) -> Town:
    """Put everybody of roster.toml into the database; give them by their keys. Accounts date from `since`."""
    session.add(Office(id=1, name=roster["office"]["name"], phone=roster["office"]["phone"], sample=True))
    town, domains = Town(), {each.code: each for each in Domain.listed()}
    for row in roster["agency"]:
        town.agencies[row["key"]] = _agency(row, domains)
    for row in roster["member"]:
        town.members[row["key"]] = _member(row, town)
    session.flush()
    for row in roster["member"]:
        for kind in FIXED if row.get("core") else ():
            CoreMember.add(kind, town.members[row["key"]])
    for row in roster["account"]:
        town.users[row["login"]] = _account(row, town, since)
    session.flush()
    return town


def _agency(row: dict, domains: dict[str, Domain]) -> Agency:
    agency = Agency(name=row["name"], kind=AgencyKind(row["kind"]), prefectural=row.get("prefectural", False),
                    coordinating=row.get("coordinating", False), domains=[domains[code] for code in row["domains"]])
    for name in ("head", "postal", "address", "phone", "fax", "contract"):
        setattr(agency, name, row.get(name, ""))
    session.add(agency)
    return agency


def _member(row: dict, town: Town) -> Member:
    member = Member(agency=town.agencies[row["agency"]], name=row["name"], kana=row["kana"], job=row["job"],
                    email=row["email"])
    session.add(member)
    return member


def _account(row: dict, town: Town, since: datetime) -> User:
    member = town.members.get(row["member"])
    user = User.enrol(row["login"], member.name if member else row["name"], f"kurumaza-{row['login']}",
                      [Role(each) for each in row["roles"]])
    user.created_at, user.member = since, member
    return user
