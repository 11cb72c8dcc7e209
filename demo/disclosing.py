"""The sample's requests for disclosure: one that was just taken in, one whose records are being examined."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import User
from core.database import session
from demo.days import Days
from demo.people import Town
from disclosure.gathering import gather
from disclosure.models import DisclosureRequest, Subject
from disclosure.words import Capacity, State, Verdict
from meetings.record import MinutesVersion
from meetings.table import Hearing

GROUND = "個人情報保護法第78条第1項第2号　開示請求者以外の個人に関する情報"


def take_in(town: Town, days: Days) -> None:
    """Two requests in two states, about a household that has final minutes."""
    clerk = session.scalar(sa.select(User).where(User.login == "clerk"))
    session.flush()
    examined = DisclosureRequest.receive(clerk, days.at(-12, "10:00").date(), Capacity.SELF, "私の世帯について話し合った支援会議の会議録と、それに付随する資料の全部",
                                         identity_by="運転免許証")
    case = _heard(town)
    person = case.people[0]
    examined.subjects.append(Subject(label=f"{case.number} {person.label}", case_id=case.id, person_id=person.id, linked_by_id=town.facilitator.id))
    session.flush()
    examined.go(State.SEARCHING, town.facilitator)
    gather(examined, town.facilitator)
    examined.go(State.REVIEW, town.facilitator)
    own = next(each for each in examined.items if each.kind == "household_person")
    own.judge(town.facilitator, Verdict.OPEN, "", "")
    for each in examined.items:
        if each.kind == "minutes":
            each.judge(town.facilitator, Verdict.PARTLY, GROUND, "第三者の発言の部分")
    DisclosureRequest.receive(clerk, days.at(-1, "10:00").date(), Capacity.PROXY, "本人に関する支援プランと評価シート", identity_by="個人番号カード", authority_by="委任状")


def _heard(town: Town):
    """A case of the sample with final minutes, else any of them."""
    final = set(session.scalars(sa.select(Hearing.case_id).join(MinutesVersion, MinutesVersion.meeting_id == Hearing.meeting_id)))
    cases = [each for each in town.cases.values() if each.people]
    return next((each for each in cases if each.id in final), cases[0])
