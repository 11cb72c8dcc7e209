"""Choosing who sits for a case, through the door: proposals with their reasons, warnings, fixed members, nothing lost on the way."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from actions.models import ActionItem
from agencies.models import Agency, Domain, Member
from cases.household import Conflict, Strength, Tie
from cases.models import Case
from core.database import session, unit
from meetings.core import CoreMember
from meetings.kinds import Kind
from meetings.models import Meeting
from referrals.models import Referral
from tests.wide import sheet


@pytest.fixture
def table(world):
    """A's next meeting, whose table is empty but for 花子; the town's agencies have their domains."""
    world.another_meeting()
    with world.app.app_context(), unit():
        hearing = session.get(Meeting, world.meeting).hearings[0]
        for seat in [seat for seat in hearing.seats if seat.member.user_id != world.hanako]:
            hearing.unseat(seat)
        for user_id, codes in ((world.jiro, ["ELD", "HLT"]), (world.saburo, ["HKK"])):
            world.member(user_id).agency.domains = session.query(Domain).filter(Domain.code.in_(codes)).all()
        world.jiro_seat, world.saburo_seat = world.member(world.jiro).id, world.member(world.saburo).id
    return world


def page(table):
    return table.browser("hanako").get(f"/hearings/{table.hearing}/seats").text


def proposals(text):
    """The part of the page between the proposals' heading and the roster's."""
    return text[text.index('id="proposed"'):text.index('id="look"')]


def test_the_agency_that_covers_a_need_is_proposed_and_the_gap_is_shown(table):
    text = page(table)
    assert "佐藤 次郎" in proposals(text)
    assert "田中 三郎" not in proposals(text)
    assert "未割当" in text


def test_who_knows_the_household_is_proposed_with_the_tie_in_words(table):
    with table.app.app_context(), unit():
        agency = table.member(table.saburo).agency_id
        case = session.get(Case, table.case)
        case.ties.append(Tie(position=1, agency_id=agency, strength=Strength.WEAK, note="手紙のやりとりがある"))
    assert "手紙のやりとりがある" in proposals(page(table))


def test_who_put_the_household_forward_is_proposed_before_a_colleague_of_the_same_agency(table):
    with table.app.app_context(), unit():
        saburo, hanako = session.get(User, table.saburo), session.get(User, table.hanako)
        session.add(Member(agency=saburo.member.agency, name="先の 同僚"))
        Referral.put_forward(saburo, sheet()).accept(hanako, "", session.get(Case, table.case))
    proposed = proposals(page(table))

    assert "田中 三郎" in proposed and "先の 同僚" not in proposed
    assert "-つ-0001" in proposed


def test_who_has_an_open_role_on_the_case_is_proposed(table):
    with table.app.app_context(), unit():
        meeting = session.get(Meeting, table.meeting)
        earlier = session.query(Meeting).filter(Meeting.id != meeting.id).first()
        hanako = session.get(User, table.hanako)
        for member in (table.hanako, table.jiro, table.saburo):
            earlier.acknowledge(table.member(member), by=hanako)
        for seat in earlier.seats:
            from meetings.table import Attendance

            seat.attendance = Attendance.PRESENT
        earlier.open(by=hanako)
        ActionItem.assign(earlier.hearings[0], hanako, "role", "訪問", member=table.member(table.saburo))
        earlier.close(by=hanako)
    text = proposals(page(table))
    assert "この案件の役割を引受け中" in text
    assert "前回までに出席" in text


def test_a_relative_is_not_proposed_and_sits_only_knowingly(table):
    with table.app.app_context(), unit():
        case = session.get(Case, table.case)
        case.conflicts.append(Conflict(member_id=table.jiro_seat, note="Aさんの甥"))
    hanako = table.browser("hanako")
    text = hanako.get(f"/hearings/{table.hearing}/seats").text
    fields = {"member": str(table.jiro_seat), f"level-{table.jiro_seat}": "required", f"role-{table.jiro_seat}": "participant"}
    refused = hanako.post(f"/hearings/{table.hearing}/seats", fields)
    taken = hanako.post(f"/hearings/{table.hearing}/seats", fields | {"knowing": "1"})

    assert "佐藤 次郎" not in proposals(text)
    assert refused.status_code == 422
    assert "Aさんの甥" in refused.text
    assert taken.status_code == 303


def test_a_fixed_member_is_proposed_first_for_that_kind_of_meeting_only(table):
    hanako = table.browser("hanako")
    hanako.get("/fixed-members")
    found = hanako.post("/fixed-members", act="look", text="三郎")
    made = hanako.post("/fixed-members", act=f"add shien {table.saburo_seat}")
    with table.app.app_context():
        kept = [(each.kind, each.member_id) for each in session.query(CoreMember)]

    assert "田中 三郎" in found.text
    assert made.status_code == 303
    assert kept == [(Kind.SHIEN, table.saburo_seat)]
    text = proposals(page(table))
    assert text.index("田中 三郎") < text.index("佐藤 次郎")
    hanako.post("/fixed-members", act=f"drop shien {table.saburo_seat}")
    assert "田中 三郎" not in proposals(page(table))


def test_looking_in_the_roster_keeps_what_was_chosen_and_saves_nothing(table):
    hanako = table.browser("hanako")
    hanako.get(f"/hearings/{table.hearing}/seats")
    fields = {"member": str(table.jiro_seat), f"level-{table.jiro_seat}": "inquiry", f"role-{table.jiro_seat}": "presenter"}
    looked = hanako.post(f"/hearings/{table.hearing}/seats", fields | {"look": "1", "text": "三郎", "domain": ""})

    assert looked.status_code == 200
    assert "田中 三郎" in looked.text[looked.text.index('id="look"'):]
    assert '<option value="inquiry" selected>' in looked.text
    assert '<option value="presenter" selected>' in looked.text
    with table.app.app_context():
        assert len(session.get(Meeting, table.meeting).seats) == 1


def test_all_required_proposals_are_chosen_in_one_press(table):
    with table.app.app_context(), unit():
        CoreMember.add(Kind.SHIEN, table.member(table.jiro))
        CoreMember.add(Kind.SHIEN, table.member(table.saburo))
    hanako = table.browser("hanako")
    hanako.get(f"/hearings/{table.hearing}/seats")
    taken = hanako.post(f"/hearings/{table.hearing}/seats", take="required")
    assert taken.text[taken.text.index('id="chosen"'):taken.text.index('id="proposed"')].count("checked") == 2


def test_who_sits_elsewhere_at_that_time_is_shown_so(table):
    with table.app.app_context(), unit():
        meeting = session.get(Meeting, table.meeting)
        other = Meeting.schedule(session.get(User, table.other), Kind.SHIEN, "別の会議", meeting.starts_at, meeting.ends_at,
                                 case=session.get(Case, table.hidden_case))
        from meetings.table import Level, SeatRole

        other.hearings[0].seat(table.member(table.jiro), Level.REQUIRED, SeatRole.PARTICIPANT)
    text = proposals(page(table))
    assert "同じ時間に別の会議あり" in text
    assert "別の会議あり" in text and "別の会議</" not in text


def test_a_body_of_the_prefecture_at_the_table_is_to_be_asked_by_letter(table):
    with table.app.app_context(), unit():
        table.member(table.jiro).agency.prefectural = True
    assert "県の機関" in proposals(page(table))


def test_the_roster_of_a_large_city_is_not_poured_onto_the_page(table):
    with table.app.app_context(), unit():
        care = session.query(Domain).filter_by(code="ELD").one()
        for number in range(120):
            session.add(Member(agency=Agency(name=f"事業所{number:03}", kind="contracted", domains=[care]), name=f"職員{number}"))
    text = page(table)
    assert text.count('name="member"') < 10


# -- two people at one table -------------------------------------------------------------------------------------------

def read_mark(browser) -> str:
    return re.search(r'name="read" value="([^"]*)"', browser.page)[1]


def test_who_sets_a_table_from_an_old_page_loses_nobody_a_colleague_added(table):
    with table.app.app_context(), unit():
        session.get(Case, table.case).join_team(session.get(User, table.other))
        mine, theirs = table.member(table.hanako).id, table.jiro_seat
    hanako, other, where = table.browser("hanako"), table.browser("other"), f"/hearings/{table.hearing}/seats"
    for each in (hanako, other):
        each.get(where)
    first = hanako.post(where, {"member": [mine, theirs], f"role-{mine}": "facilitator", "read": read_mark(hanako)})
    sent = {"member": [mine, table.saburo_seat], f"role-{mine}": "facilitator"}
    stale = other.post(where, sent | {"read": read_mark(other)})
    kept = other.post(where, {"member": [mine, theirs, table.saburo_seat], f"role-{mine}": "facilitator", "read": read_mark(other)})

    assert (first.status_code, stale.status_code, kept.status_code) == (303, 409, 303)
    assert "佐藤 次郎" in stale.text[stale.text.index('role="alert"'):][:600]
    for id in (theirs, table.saburo_seat):
        assert re.search(rf'name="member" value="{id}"[^>]*checked', stale.text)
    with table.app.app_context(), unit(read_only=True):
        assert {seat.member_id for seat in session.get(Meeting, table.meeting).seats} == {mine, theirs, table.saburo_seat}


def test_a_table_set_by_a_double_click_is_set_once_and_without_complaint(table):
    hanako, where = table.browser("hanako"), f"/hearings/{table.hearing}/seats"
    hanako.get(where)
    sent = {"member": [table.jiro_seat], f"level-{table.jiro_seat}": "desired", "read": read_mark(hanako)}

    assert [hanako.post(where, sent).status_code for _click in (1, 2)] == [303, 303]


def test_a_domain_that_was_never_offered_finds_nobody(table):
    hanako, where = table.browser("hanako"), f"/hearings/{table.hearing}/seats"
    hanako.get(where)
    assert hanako.post(where, {"look": "1", "domain": "\x00", "text": ""}).status_code == 200
