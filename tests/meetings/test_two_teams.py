"""Two coordinators bring a case each to one meeting: what is one team's stays that team's."""

from __future__ import annotations

from datetime import timedelta
import io
import re
import zipfile

import pytest

from accounts.models import User
from actions.models import ActionItem
from cases.consent import ConsentState, Method
from cases.models import Case, HouseholdPerson, HouseholdType
from circulation.models import Circulation
from circulation.words import RemarkKind
from core import clock
from core.database import session, unit
from meetings import agenda, minutes, record
from meetings.capture import Entry, EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SECRET = "竹の実の合図"


@pytest.fixture
def shared(world):
    """花子's meeting hears a case of 別の 担当 too: 次郎 sits for 花子's, 三郎 for the other."""
    with world.app.app_context(), unit():
        other, meeting = session.get(User, world.other), session.get(Meeting, world.meeting)
        case = Case.open(other, SECRET, HouseholdType.OTHER, clock.today(), own_words=SECRET)
        case.people.append(HouseholdPerson(position=1, label=f"{SECRET}の人"))
        session.flush()
        meeting.hearings[0].unseat(next(each for each in meeting.seats if each.member.user_id == world.saburo))
        hearing = meeting.hear(case, purpose=f"{SECRET}の目的", steps=agenda.steps("case_20", "ja"))
        hearing.seat(world.member(world.other), Level.REQUIRED, SeatRole.FACILITATOR)
        hearing.seat(world.member(world.saburo), Level.REQUIRED, SeatRole.NOTE_TAKER)
        session.flush()
        world.second, world.second_case, world.second_person = hearing.id, case.id, case.people[0].id
    return world


def hold(world, final=False):
    """Both cases are heard, the meeting is closed; `final`: its minutes are made final."""
    world.acknowledge(world.hanako, world.other, world.jiro, world.saburo)
    with world.app.app_context(), unit():
        hanako, meeting = session.get(User, world.hanako), session.get(Meeting, world.meeting)
        for seat in meeting.seats:
            seat.attendance = Attendance.PRESENT
        meeting.open(by=hanako)
        meeting.hearings[1].open(by=hanako)
        Entry.capture(meeting.hearings[0], hanako, "first", EntryKind.DECISION, "Aさんを訪ねる")
        Entry.capture(meeting.hearings[1], session.get(User, world.other), "second", EntryKind.DECISION, f"{SECRET}を見守る")
        meeting.close(by=hanako)
        session.flush()
        if final:
            record.finalise(meeting, hanako, minutes.lay_out)


def words(answer) -> str:
    """All that an answer says, Word files too."""
    if "wordprocessing" in answer.content_type:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as paper:
            return "".join(re.sub("<[^>]+>", "", paper.read(each).decode()) for each in paper.namelist() if each.endswith(".xml"))
    else:
        return answer.text


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("path", ["minutes", "minutes.txt", "minutes.docx", "minutes/1.docx"])
def test_the_head_names_nobody_who_sat_for_the_other_case_alone(shared, path, final):
    with shared.app.app_context(), unit():
        seats = session.get(Meeting, shared.meeting).hearings[1].seats
        next(each for each in seats if each.member.user_id == shared.saburo).role = SeatRole.TIMEKEEPER
    hold(shared, final)
    mine, theirs = (words(shared.browser(login).get(f"/meetings/{shared.meeting}/{path}")) for login in ("jiro", "other"))

    assert "田中 三郎" not in mine
    assert final or "1.docx" in path or "田中 三郎" in theirs
    assert final or "1.docx" in path or "佐藤 次郎" in mine


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("login", ["hanako", "jiro"])
@pytest.mark.parametrize("path", ["minutes", "minutes.txt", "minutes.docx", "minutes/1.docx", "room", "projection", "", "closing", "opening", "cases"])
def test_of_the_other_teams_case_nothing_is_read(shared, path, login, final):
    hold(shared, final)
    answer = shared.browser(login).get(f"/meetings/{shared.meeting}/{path}".rstrip("/"))
    said = words(answer)

    assert SECRET not in said
    assert "別の 担当" not in said or path in ("cases",)


@pytest.mark.parametrize("final", [False, True])
def test_what_is_counted_is_counted_of_the_cases_one_sees(shared, final):
    hold(shared)
    with shared.app.app_context(), unit():
        hanako, (first, second) = session.get(User, shared.hanako), session.get(Meeting, shared.meeting).hearings
        ActionItem.assign(first, hanako, "a", "訪ねる", member=shared.member(shared.jiro))
        for number in range(3):
            ActionItem.assign(second, hanako, f"b{number}", f"送る{number}")
        session.flush()
        if final:
            record.finalise(first.meeting, hanako, minutes.lay_out)
    page = shared.browser("hanako").get(f"/meetings/{shared.meeting}/minutes").text

    assert "役割1件のうち、未回答1件" in page and "出席者2名中2名が確認" in page
    assert final or "未割当・未回答の役割が1件" in page


def test_who_only_planned_a_meeting_neither_freezes_nor_reads_its_minutes(shared):
    hold(shared, final=True)
    with shared.app.app_context(), unit():
        case = session.get(Case, shared.case)
        case.team.clear()
        hearing = session.get(Meeting, shared.meeting).hearings[0]
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == shared.hanako))
    hanako = shared.browser("hanako")
    hanako.get("/cases")
    answers = [hanako.post(f"/meetings/{shared.meeting}/minutes/{act}", reason="") for act in ("reopening", "finalisation")]

    assert [each.status_code for each in answers] == [404, 404]
    assert all(SECRET not in each.text for each in answers)


def test_the_clerk_files_the_whole_paper(shared):
    hold(shared, final=True)
    assert SECRET in words(shared.browser("fumiko").get(f"/meetings/{shared.meeting}/minutes/1.docx"))


# -- consent of somebody else's household ------------------------------------------------------------------------------

def _refusal(world, act):
    """花子 tries to move the meeting, or to hold it on consent; the other team's household has not consented."""
    world.consent_of_son()
    hanako = world.browser("hanako")
    hanako.get("/cases")
    if act == "switch":
        return hanako.post(f"/meetings/{world.meeting}/juso")
    with world.app.app_context(), unit():
        meeting, other = session.get(Meeting, world.meeting), session.get(User, world.other)
        person = session.get(HouseholdPerson, world.second_person)
        person.record_consent(other, ConsentState.GIVEN, clock.today(), method=Method.ORAL, scope="関係課")
        session.flush()
        meeting.switch_to_juso(by=other)
        session.flush()
        person.record_consent(other, ConsentState.WITHDRAWN, clock.today(), method=Method.ORAL)
    return hanako.post(f"/meetings/{world.meeting}", {"name": "会議", "day": clock.today().replace(year=clock.today().year + 1).isoformat(),
                                                      "start": "14:00", "end": "16:00", "mode": "in_person", "place": "301"})


@pytest.mark.parametrize("act", ["switch", "move"])
def test_a_refusal_names_nobody_of_the_other_teams_household(shared, act):
    answer = _refusal(shared, act)

    assert answer.status_code == 409
    assert SECRET not in answer.text


# -- changing the plan of a meeting --------------------------------------------------------------------------------------

def _change(browser, meeting, **fields):
    """Change the plan as its page is filled, but for these fields; the page has no purpose where several cases are heard."""
    page = browser.get(f"/meetings/{meeting}/edit").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    day = (clock.today() + timedelta(days=30)).isoformat()
    return browser.post(f"/meetings/{meeting}", dict(name="会議", day=day, start="14:00", end="16:00", mode="in_person", place="新しい場所",
                                                     version=version) | fields)


def test_moving_a_meeting_of_several_cases_keeps_what_each_is_for(shared):
    assert _change(shared.browser("hanako"), shared.meeting).status_code == 303
    with shared.app.app_context(), unit(read_only=True):
        assert [each.purpose for each in session.get(Meeting, shared.meeting).hearings] == ["暮らしの見通しを立てる", f"{SECRET}の目的"]


def _frame(world, case=None):
    with world.app.app_context(), unit():
        starts = clock.instant(clock.today() + timedelta(days=9), clock.read_time("14:00"))
        made = Meeting.schedule(session.get(User, world.hanako), Kind.SHIEN, "枠", starts, starts + timedelta(hours=1))
        session.flush()
        if case:
            made.hear(session.get(Case, case), purpose=f"{SECRET}の目的")
            session.flush()
        return made.id


def test_who_planned_a_frame_does_not_touch_what_another_teams_case_in_it_is_for(shared):
    frame = _frame(shared, shared.second_case)
    assert _change(shared.browser("hanako"), frame, purpose="よその目的").status_code == 303
    with shared.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, frame).hearings[0].purpose == f"{SECRET}の目的"


def test_a_frame_without_a_case_can_be_changed(shared):
    frame = _frame(shared)
    assert _change(shared.browser("hanako"), frame).status_code == 303
    with shared.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, frame).place == "新しい場所"


def test_who_changes_the_plan_from_a_page_of_before_does_not_take_the_steps_of_a_case_put_in_since(world):
    hanako = world.browser("hanako")
    page = hanako.get(f"/meetings/{world.meeting}/edit").text
    with world.app.app_context(), unit():
        case = Case.open(session.get(User, world.hanako), "Cさん世帯", HouseholdType.OTHER, clock.today())
        session.flush()
        session.get(Meeting, world.meeting).hear(case, steps=agenda.steps("case_20", "ja"))
    answer = hanako.post(f"/meetings/{world.meeting}", {
        "name": "会議", "day": (clock.today() + timedelta(days=30)).isoformat(), "start": "14:00", "end": "16:00", "mode": "in_person", "place": "301",
        "version": re.search(r'name="version" value="(\d+)"', page)[1], "steps-0-title": "開会", "steps-0-minutes": "5"})

    assert answer.status_code == 409
    with world.app.app_context(), unit(read_only=True):
        assert len(session.get(Meeting, world.meeting).agenda) == 8


def test_a_draft_that_goes_round_tells_each_table_its_own_and_each_team_its_own_remarks(shared):
    hold(shared)
    with shared.app.app_context(), unit():
        made = Circulation.begin(session.get(Meeting, shared.meeting), session.get(User, shared.hanako), clock.today() + timedelta(days=14))
        theirs = next(each for each in made.sentences if SECRET in each.text and each.section == "決定事項")
        said = made.reader(shared.member(shared.saburo)).remark(session.get(User, shared.saburo), theirs, RemarkKind.CORRECT, f"{SECRET}の直し")
        draft, remark = f"/circulations/{made.id}", said.id
    hanako, other, saburo, jiro = (shared.browser(each) for each in ("hanako", "other", "saburo", "jiro"))
    own = [words(hanako.get(each)) for each in (draft, f"{draft}/remarks", f"{draft}.docx", f"/meetings/{shared.meeting}/follow-up", f"/meetings/{shared.meeting}/minutes")]
    assert not [each for each in [*own, words(jiro.get(draft))] if SECRET in each or "田中 三郎" in each]
    assert "佐藤 次郎" in own[1]
    assert "Aさんを訪ねる" in words(jiro.get(draft))
    assert "Aさんを訪ねる" not in words(saburo.get(draft))
    assert jiro.post(f"{draft}/remarks", at=theirs.key, kind="dissent", text="知らないはず").status_code == 422
    assert hanako.post(f"/remarks/{remark}/answer", outcome="accepted", read="1").status_code == 404
    assert f"{SECRET}の直し" in re.sub("</?(mark|del)>", "", other.get(f"{draft}/remarks").text)
    assert other.post(f"/remarks/{remark}/answer", outcome="accepted", read="1").status_code == 303
