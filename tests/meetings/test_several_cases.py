"""One meeting hears several cases: each has its own turn, its own table, its own opening and its own part of the minutes."""

from __future__ import annotations

from datetime import timedelta
import io
import re

from docx import Document
import pytest

from accounts.models import User
from cases.models import Case, HouseholdPerson, HouseholdType
from core import clock
from core.database import session, unit
from core.outbox import Letter
from core.web import Refused
from meetings import agenda, minutes
from meetings.capture import Entry, EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SECRET = "竹の実の合図"


@pytest.fixture
def two(world):
    """A's meeting hears C's case too, after A's: 次郎 sits for A, 三郎 for C."""
    with world.app.app_context(), unit():
        hanako, meeting = session.get(User, world.hanako), session.get(Meeting, world.meeting)
        other = Case.open(hanako, SECRET, HouseholdType.OTHER, clock.today())
        other.people.append(HouseholdPerson(position=1, label="Cさん"))
        session.flush()
        meeting.hearings[0].unseat(next(each for each in meeting.seats if each.member.user_id == world.saburo))
        hearing = meeting.hear(other, purpose=f"{SECRET}の目的", to_decide=f"{SECRET}を決める", steps=agenda.steps("case_20", "ja"))
        hearing.seat(world.member(world.hanako), Level.REQUIRED, SeatRole.FACILITATOR)
        hearing.seat(world.member(world.saburo), Level.REQUIRED, SeatRole.NOTE_TAKER)
        session.flush()
        world.second, world.second_case = hearing.id, other.id
    return world


def opened(world):
    """Both have acknowledged; A's case is open, C's not yet."""
    world.acknowledge()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        for seat in meeting.hearings[0].seats:
            seat.attendance = Attendance.PRESENT
        meeting.open(by=session.get(User, world.hanako))


def open_second(world):
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        for seat in meeting.hearings[1].seats:
            seat.attendance = Attendance.PRESENT
        meeting.hearings[1].open(by=session.get(User, world.hanako))
        Entry.capture(meeting.hearings[1], session.get(User, world.saburo), "second", EntryKind.DECISION, f"{SECRET}を見守る")


# -- turns -------------------------------------------------------------------------------------------------------------

def test_each_case_has_its_turn_and_the_opening_is_common(two):
    with two.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, two.meeting)
        turns = [each.hearing_id for each in meeting.agenda]
        first, second = (meeting.slot([each]) for each in meeting.hearings)

        assert turns == [None, two.hearing, two.hearing] + [two.second] * 5
        assert clock.local(first[0]).strftime("%H:%M") == "14:05"
        assert clock.local(second[0]).strftime("%H:%M") == "15:00"
        assert second[0] == first[1]


def test_a_timetable_gives_what_is_left_to_the_opening():
    turns = agenda.timetable(60, ["case_20", "case_30"], "ja")

    assert [(place, sum(step["minutes"] for at, step in turns if at == place)) for place in (None, 0, 1)] == [(None, 10), (0, 20), (1, 30)]


def test_who_comes_for_the_second_case_is_asked_for_its_time_alone(two):
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}")
    hanako.post(f"/meetings/{two.meeting}/invitations")
    with two.app.app_context(), unit(read_only=True):
        letters = {each.recipient: each for each in session.query(Letter)}

    assert "午後3時から" in letters["saburo@example.jp"].body
    assert b"T150000" in letters["saburo@example.jp"].calendar
    assert "午後2時から午後3時まで" in letters["jiro@example.jp"].body  # whoever is first comes for the opening
    assert "午後2時から午後3時20分まで" in letters["hanako@example.jp"].body
    assert len(letters) == 3  # one letter each, also for who sits twice
    assert all(SECRET not in each.body + each.subject for each in letters.values())


def test_the_calendar_file_on_the_page_says_the_same_time(two):
    assert b"T150000" in two.browser("saburo").get(f"/meetings/{two.meeting}.ics").data
    assert b"T140000" in two.browser("hanako").get(f"/meetings/{two.meeting}.ics").data


def test_the_cases_can_change_places_and_get_longer(two):
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}/cases")
    answer = hanako.post(f"/meetings/{two.meeting}/cases", {
        "turns-0-id": str(two.hearing), "turns-0-place": "2", "turns-0-turn": "case_30", "turns-0-purpose": "A", "turns-0-to_decide": "",
        "turns-1-id": str(two.second), "turns-1-place": "1", "turns-1-turn": "", "turns-1-purpose": "C", "turns-1-to_decide": ""})

    assert answer.status_code == 303
    with two.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, two.meeting)
        assert [each.id for each in meeting.hearings] == [two.second, two.hearing]
        assert [each.purpose for each in meeting.hearings] == ["C", "A"]
        assert [sum(item.minutes for item in meeting.agenda if item.hearing is each) for each in meeting.hearings] == [20, 30]


# -- what nobody may learn ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", ["", "/room", "/room/table", "/projection", "/projection/table", "/minutes", "/minutes.txt", ".ics"])
def test_who_sits_for_one_case_learns_nothing_of_the_other(two, path):
    opened(two)
    open_second(two)
    with two.app.app_context():
        number = session.get(Case, two.second_case).number
    page = two.browser("jiro").get(f"/meetings/{two.meeting}{path}")

    assert page.status_code == 200
    assert SECRET not in page.text
    assert number not in page.text
    assert "三郎" not in page.text
    assert SECRET in two.browser("hanako").get(f"/meetings/{two.meeting}/minutes.txt").text


def test_the_doors_of_the_other_case_do_not_exist(two):
    opened(two)
    open_second(two)
    jiro = two.browser("jiro")

    assert SECRET not in jiro.get(f"/meetings/{two.meeting}/room?hearing={two.second}").text
    assert jiro.get(f"/cases/{two.second_case}").status_code == 404
    assert jiro.post(f"/hearings/{two.second}/entries", key="x", kind="opinion", text="のぞき", agency_id="0").status_code == 404


def test_a_planner_who_is_not_on_the_team_of_a_case_sees_its_meeting_but_not_the_case(two):
    with two.app.app_context(), unit():
        case = session.get(Case, two.second_case)
        case.team.clear()
        session.flush()
        case.join_team(session.get(User, two.other))
    hanako = two.browser("hanako")
    for path in ("", "/cases", "/edit", "/opening"):
        page = hanako.get(f"/meetings/{two.meeting}{path}")
        assert page.status_code == 200
        assert SECRET not in page.text
    assert hanako.get(f"/hearings/{two.second}/seats").status_code == 404


def test_finding_a_day_names_nobody_of_another_teams_table(two):
    with two.app.app_context(), unit():
        case = session.get(Case, two.second_case)
        case.team.clear()
        session.flush()
        case.join_team(session.get(User, two.other))
        saburo = two.member(two.saburo).id
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}/dates/edit")
    day = (clock.today() + timedelta(days=9)).isoformat()
    fields = {"slots-0-day": day, "slots-0-start": "10:00", "slots-0-end": "11:00", "slots-1-day": day, "slots-1-start": "14:00",
              "slots-1-end": "15:00", "answer_by": clock.today().isoformat(), "version": ""}
    hanako.post(f"/meetings/{two.meeting}/dates", fields)
    page = hanako.get(f"/meetings/{two.meeting}/dates").text

    assert "佐藤 次郎" in page
    assert "田中 三郎" not in page
    assert "ほかの担当" in page
    assert hanako.get(f"/meetings/{two.meeting}/dates/members/{saburo}").status_code == 404


def test_the_agenda_of_a_team_one_is_not_on_survives_a_change_of_ones_own(two):
    with two.app.app_context(), unit():
        case = session.get(Case, two.second_case)
        case.team.clear()
        before = len([each for each in session.get(Meeting, two.meeting).agenda if each.hearing_id == two.second])
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}/edit")
    hanako.post(f"/meetings/{two.meeting}", {"name": "会議", "day": clock.today().replace(year=clock.today().year + 1).isoformat(),
                                             "start": "14:00", "end": "16:00", "mode": "in_person", "place": "301",
                                             "steps-0-title": "開会", "steps-0-minutes": "5", "steps-0-screen": "rules", "steps-0-hearing": ""})
    with two.app.app_context(), unit(read_only=True):
        kept = [each for each in session.get(Meeting, two.meeting).agenda if each.hearing_id == two.second]
        assert len(kept) == before == 5


# -- opening one after the other ---------------------------------------------------------------------------------------

def test_the_second_case_opens_when_its_people_have_come(two):
    opened(two)
    hanako = two.browser("hanako")
    hanako.get("/cases")
    refused = hanako.post(f"/hearings/{two.second}/entries", key="x", kind="opinion", text="まだ早い", agency_id="0")
    page = hanako.get(f"/meetings/{two.meeting}/opening?hearing={two.second}").text
    seats = re.findall(r'name="attendance-(\d+)"', page)
    answer = hanako.post(f"/meetings/{two.meeting}/opening?hearing={two.second}", {f"attendance-{each}": "present" for each in seats})

    assert refused.status_code == 409
    assert len(seats) == 2
    assert answer.status_code == 303
    with two.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, two.meeting)
        assert meeting.hearings[1].capturing
        assert next(each for each in meeting.agenda if each.current).hearing_id == two.second


def test_a_meeting_is_not_closed_over_a_case_that_still_waits(two):
    opened(two)
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}/closing")
    fields = dict(held_from="14:00", held_to="15:00", next_meeting="来月", lead_agency_id="0", close="knowing")
    refused = hanako.post(f"/meetings/{two.meeting}/closing", fields)
    taken_out = hanako.post(f"/hearings/{two.second}/removal")
    closed = hanako.post(f"/meetings/{two.meeting}/closing", fields)

    assert refused.status_code == 409
    assert "まだ始まっていない案件" in refused.text
    assert "来月" in refused.text
    assert taken_out.status_code == 303
    assert closed.status_code == 303


def test_a_step_of_a_case_that_is_not_open_cannot_begin(two):
    opened(two)
    with two.app.app_context():
        step = next(each.id for each in session.get(Meeting, two.meeting).agenda if each.hearing_id == two.second)
    hanako = two.browser("hanako")
    hanako.get("/cases")
    assert hanako.post(f"/meetings/{two.meeting}/agenda/{step}").status_code == 409


def test_the_screen_on_the_wall_follows_the_case_whose_step_is_running(two):
    opened(two)
    hanako = two.browser("hanako")
    before = hanako.get(f"/meetings/{two.meeting}/projection/table").text
    open_second(two)

    assert SECRET not in before
    assert SECRET in hanako.get(f"/meetings/{two.meeting}/projection/table").text


def test_consent_is_asked_for_each_case_at_its_own_opening(two):
    two.consent_of_son()
    with two.app.app_context(), unit():
        meeting = session.get(Meeting, two.meeting)
        with pytest.raises(Refused):
            meeting.switch_to_juso(by=session.get(User, two.hanako))  # C has not consented
        assert meeting.kind == Kind.SHIEN


# -- frames ------------------------------------------------------------------------------------------------------------

@pytest.fixture
def frame(world):
    """The regular meeting of the other office, without a case yet."""
    with world.app.app_context(), unit():
        starts = clock.instant(clock.today() + timedelta(days=1), clock.read_time("14:00"))  # never past, whatever the hour
        made = Meeting.schedule(session.get(User, world.other), Kind.SHIEN, "定例の枠", starts, starts.replace(minute=59))
        made.divide([(None, step) for step in agenda.steps("standard", "ja")])
        session.flush()
        return made.id


def test_any_coordinator_may_put_a_case_of_their_own_into_a_frame(world, frame):
    hanako = world.browser("hanako")
    with world.app.app_context():
        number = session.get(Case, world.case).number
    hanako.get(f"/meetings/{frame}/cases")
    answer = hanako.post(f"/meetings/{frame}/hearings", number=number.lower(), turn="case_20", purpose="", to_decide="")

    assert answer.status_code == 303
    assert "Aさん" in hanako.get(f"/meetings/{frame}").text
    assert "Aさん" not in world.browser("other").get(f"/meetings/{frame}").text
    assert hanako.get(f"/meetings/{frame}/cases").status_code == 200


def test_a_frame_is_offered_when_a_meeting_is_planned_for_a_case(world, frame):
    hanako = world.browser("hanako")
    offered = hanako.get(f"/cases/{world.case}/meetings/new").text
    assert "定例の枠" in offered
    assert f'action="/meetings/{frame}/hearings"' in offered
    with world.app.app_context(), unit():
        session.get(Meeting, frame).cancel()
    assert "定例の枠" not in hanako.get(f"/cases/{world.case}/meetings/new").text


def test_somebody_elses_case_and_none_are_refused_alike(world, frame):
    hanako = world.browser("hanako")
    with world.app.app_context():
        hidden = session.get(Case, world.hidden_case).number
    hanako.get(f"/meetings/{frame}/cases")
    answers = [hanako.post(f"/meetings/{frame}/hearings", number=number, turn="case_20", purpose="残す言葉", to_decide="")
               for number in (hidden, "R01-9999")]

    assert [each.status_code for each in answers] == [422, 422]
    assert all("この番号の案件" in each.text and "残す言葉" in each.text for each in answers)


def test_a_frame_without_a_case_cannot_be_opened(world, frame):
    with world.app.app_context(), unit():
        with pytest.raises(Refused):
            session.get(Meeting, frame).open(by=session.get(User, world.other))
    assert world.browser("other").get(f"/meetings/{frame}/opening").status_code == 409


def test_a_case_taken_out_leaves_with_its_steps_and_its_table(two):
    hanako = two.browser("hanako")
    hanako.get(f"/meetings/{two.meeting}/cases")
    answer = hanako.post(f"/hearings/{two.second}/removal")

    assert answer.status_code == 303
    with two.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, two.meeting)
        assert [each.id for each in meeting.hearings] == [two.hearing]
        assert all(each.hearing_id != two.second for each in meeting.agenda)
    assert two.browser("saburo").get(f"/meetings/{two.meeting}").status_code == 404


# -- the paper ---------------------------------------------------------------------------------------------------------

def test_the_word_file_gives_each_case_its_part_with_its_time_and_next_date(two):
    opened(two)
    open_second(two)
    with two.app.app_context(), unit():
        session.get(Meeting, two.meeting).hearings[0].next_meeting = "8月5日"
    file = io.BytesIO(two.browser("hanako").get(f"/meetings/{two.meeting}/minutes.docx").data)
    words = "\n".join(node.text for node in Document(file).element.iter() if node.tag.endswith("}t") and node.text)

    assert re.search(r"案件1.*午後2時5分から午後3時まで.*8月5日.*案件2.*午後3時から午後3時20分まで", words, re.S)


def test_a_seal_of_a_paper_from_before_still_holds(world):
    with world.app.app_context(), unit(read_only=True):
        paper = minutes.lay_out(session.get(Meeting, world.meeting)).sealed()
    import json

    old = json.loads(paper.to_json())
    for hearing in old["hearings"]:
        for name in ("held", "purpose", "to_decide", "next_meeting"):
            del hearing[name]
    from exports.minutes import Minutes

    assert Minutes.from_json(json.dumps(old)).digest() == paper.content_hash
