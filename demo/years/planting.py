"""Puts the last years into the database, many rows at once: people, households, referrals, plans."""

from __future__ import annotations

from datetime import time

import sqlalchemy as sa

from accounts.models import User
from agencies.models import Member
from cases.consent import ConsentState
from cases.models import Case, Consent, HouseholdPerson, Need, TeamMember, consent_agency
from cases.stages import Check, Closure, Finding, StageMove
from core import audit, clock, search
from core.database import session
from demo.people import Town
from demo.years.lives import Life
from demo.years.referring import Put
from referrals.criteria import Criterion
from referrals.models import Referral, ReferralNeed, ReferralPerson, ReferralStep, ReferralTick
from referrals.words import State

ABOUT = "health housing family"
MORNING, EVENING = time(11, 0), time(17, 20)


def put(table, rows: list[dict]) -> list[int]:
    """Insert the rows; give their ids in the same order."""
    if not rows:
        return []
    what = getattr(table, "__table__", table)
    return list(session.scalars(sa.insert(what).returning(what.c.id, sort_by_parameter_order=True), rows))


def add(table, rows: list[dict]) -> None:
    """Insert rows whose ids nobody needs."""
    if rows:
        session.execute(sa.insert(getattr(table, "__table__", table)), rows)


def join(rows: list[dict], town: Town, since) -> None:
    """The colleagues of cast.toml, and the accounts of those who put households forward."""
    for row in rows:
        user = User(login=row["login"], name=row["name"], password_hash=row["hash"], created_at=since) if "login" in row else None
        member = town.members[row["key"]] = Member(agency=town.agencies[row["agency"]], name=row["name"], kana=row["kana"], job=row["job"], email="", user=user)
        session.add(member)
        if user:
            town.users[user.login] = user
    session.flush()


def households(lives: list[Life], town: Town) -> None:
    """The cases with everything that hangs on them alone."""
    by = town.facilitator.id
    rows = [dict(number=life.number, fiscal_year=clock.fiscal_year(life.opened), serial=life.serial, label=life.label,
                 household_type=life.type, stage=life.stage, summary=life.texts["summary"], own_words=life.texts["own_words"],
                 strengths=life.texts["strengths"], opened_on=life.opened, opened_by_id=by) for life in lives]
    for life, id in zip(lives, put(Case, rows), strict=True):
        life.id = id
        audit.note("created", f"case/{id}")
    add(TeamMember, [dict(case_id=life.id, user_id=by, since=clock.instant(life.opened, MORNING)) for life in lives])
    add(Need, [dict(case_id=life.id, position=place, domain_code=domain, text=text) for life in lives for place, (domain, text) in enumerate(life.needs, 1)])
    add(StageMove, [dict(case_id=life.id, from_stage=life.moves[turn - 1][1] if turn else None, to_stage=to, on=on, reason=reason, by_id=by,
                         at=clock.instant(on, EVENING if turn else MORNING)) for life in lives for turn, (on, to, reason) in enumerate(life.moves)])
    _people(lives, town)
    _ends(lives, town)
    search.stale(Case.__table__, [life.id for life in lives])


def scope(life: Life, town: Town) -> list:
    """The agencies that the household's consents name."""
    keys = {town.members[each].agency.id: town.members[each].agency for each in life.words.kind["seats"][:4]}
    return sorted({**keys, town.agencies["juso"].id: town.agencies["juso"]}.values(), key=lambda each: each.name)


def _people(lives: list[Life], town: Town) -> None:
    by = town.facilitator.id
    people = [(life, person) for life in lives for person in life.people]
    ids = put(HouseholdPerson, [dict(case_id=life.id, position=life.people.index(person) + 1, label=person.label, relation=person.relation,
                                     age=person.age, note=person.note, shared=person.shared, apart=not person.shared) for life, person in people])
    said = [(life, id, each) for (life, person), id in zip(people, ids, strict=True) for each in person.said]
    given = put(Consent, [dict(person_id=id, state=state, on=on, method=method, scope="" if state is ConsentState.REFUSED else words,
                               reason=words if state is ConsentState.REFUSED else "", about="" if state is ConsentState.REFUSED else ABOUT,
                               witness="", expires_on=None, recorded_by_id=by, recorded_at=clock.instant(on, time(16, 30)))
                          for _life, id, (on, state, method, words) in said])
    add(consent_agency, [dict(consent_id=consent, agency_id=agency.id) for (life, _id, each), consent in zip(said, given, strict=True)
                         if each[1] is not ConsentState.REFUSED for agency in scope(life, town)])


def _ends(lives: list[Life], town: Town) -> None:
    by, ended = town.facilitator.id, [(life, day) for life in lives for day in life.closed]
    ids = put(Closure, [dict(case_id=life.id, lead_agency_id=town.agencies[life.words.kind["lead"]].id,
                             **{name: life.words.fill(life.words.kind[part]) for name, part in (
                                 ("roles", "keeps"), ("outlook", "outlook"), ("watchers", "watchers"), ("signs", "signs"))}) for life, _day in ended])
    last = {life.id: id for (life, _day), id in zip(ended, ids, strict=True)}
    add(Check, [dict(closure_id=last[life.id], due_on=day, seen_on=day if finding else None, finding=Finding(finding) if finding else None, words=words,
                     by_id=by if finding else None, at=clock.instant(day, time(16, 40)) if finding else None)
                for life in lives for day, finding, words in life.checks])


def referrals(puts: list[Put], town: Town) -> None:
    """What agencies put forward, with each word that went to and fro."""
    office, offered = town.facilitator.id, Criterion.offered()
    ids = put(Referral, [dict(
        number=Referral.numbered(each.year, each.serial), fiscal_year=each.year, serial=each.serial, label=each.label,
        household_type=each.words.type, worry=each.texts["worry"], own_words=each.texts["own_words"].split("\n")[0], done=each.texts["done"],
        ask=each.texts["ask"], agreement=each.agreement, agreement_reason="" if each.agreement.value == "given" else "体調を見て、次の訪問で尋ねる予定。",
        urgency=each.urgency, shown_to_agency=False, referred_by_id=_referrer(each, town).id, member_id=_referrer(each, town).member.id,
        agency_id=_referrer(each, town).member.agency_id, state=each.state, sent_at=each.sent, office_turn_since=None, referrer_turn_since=None,
        handler_id=None if each.state is State.WITHDRAWN else office, case_id=each.life.id if each.life else None) for each in puts])
    for each, id in zip(puts, ids, strict=True):
        each.id = id
        audit.note("created", f"referral/{id}")
    rows = lambda part: [(each, place, row) for each in puts for place, row in enumerate(part(each), 1)]  # noqa: E731
    add(ReferralPerson, [dict(referral_id=each.id, position=place, label=label, relation=relation, age=age) for each, place, (label, relation, age) in rows(lambda one: one.people)])
    add(ReferralNeed, [dict(referral_id=each.id, position=place, domain_code=domain, text=text) for each, place, (domain, text) in rows(lambda one: one.needs)])
    add(ReferralTick, [dict(referral_id=each.id, position=place, criterion_id=said.id, ja=said.ja, en=said.en)
                       for each, place, said in rows(lambda one: [offered[one.serial % len(offered)]])])
    add(ReferralStep, [dict(referral_id=each.id, act=act, words=words, by_id=_referrer(each, town).id if referrer else office, at=at)
                       for each, _place, (act, at, referrer, words) in rows(lambda one: one.steps)])


def _referrer(each: Put, town: Town) -> User:
    return town.users[each.by]
