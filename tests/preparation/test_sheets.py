"""What each agency brings lies before the table in time, stays its own until then, and stands in the record once."""

from __future__ import annotations

from datetime import date
import re

import pytest
import sqlalchemy as sa

from actions.models import ActionItem
from core import clock
from core.database import session, unit
from core.outbox import Letter
from meetings.capture import Entry, EntryKind
from meetings.table import Hearing
from preparation.sheets import Sheet
from preparation.sheets_due import due
from preparation.sheets_roles import PriorAnswer, RoleCandidate

SHEET = {"facts-0-text": "週に二度、窓口に来る", "facts-0-source": "窓口の記録", "view": "お金より話し相手", "can": "訪問", "hard": "夜間", "condition": "二人なら",
         "asks": "送迎", "decide": "最初の訪問", "version": "0"}


def test_sheets_are_asked_for_three_working_days_before():
    assert due(date(2026, 11, 26)) == date(2026, 11, 20)  # Thursday; Monday is a holiday (勤労感謝の日)


def test_a_draft_is_read_by_its_own_agency_and_by_nobody_else(table):
    table.jiro.post(table.sheet("jiro"), SHEET)

    assert "話し相手" in table.jiro.get(table.sheet("jiro")).text
    assert "話し相手" not in table.hanako.get(table.sheets).text
    assert "話し相手" not in table.saburo.get(table.sheets).text
    assert table.hanako.get(table.sheet("jiro")).status_code == 409  # the facilitator does not type over it either
    assert table.saburo.get(table.sheet("jiro")).status_code == 404


def test_a_sheet_handed_in_is_read_by_the_table(table):
    table.jiro.post(table.sheet("jiro"), SHEET | dict(hand_in="1"))

    assert "話し相手" in table.hanako.get(table.sheets).text
    assert "話し相手" in table.saburo.get(table.sheets).text


def test_before_the_rules_are_acknowledged_there_are_no_sheets(world):
    assert world.browser("jiro").get(f"/hearings/{world.hearing}/sheets").status_code == 404


def test_a_fact_needs_its_source_and_nothing_typed_is_lost(table):
    answer = table.jiro.post(table.sheet("jiro"), SHEET | {"facts-0-source": ""})

    assert answer.status_code == 422
    assert all(word in answer.text for word in ("週に二度", "話し相手", "送迎"))


def test_two_people_of_one_agency_lose_nothing_to_each_other(table):
    table.jiro.post(table.sheet("jiro"), SHEET)
    late = table.jiro.post(table.sheet("jiro"), {"facts-0-text": "別の事実", "facts-0-source": "電話", "view": "別の見立て", "version": "0"})

    assert late.status_code == 409
    for word in ("別の事実", "別の見立て", "週に二度", "話し相手"):
        assert word in late.text


def test_the_office_types_in_a_paper_and_it_says_so(table):
    table.hanako.post(table.sheet("saburo"), SHEET)

    assert "事務局が入力" in table.jiro.get(table.sheets).text
    assert table.one(Sheet).heard


def test_the_reminder_goes_to_those_who_are_silent_and_says_nothing_of_the_case(table):
    table.jiro.post(table.sheet("jiro"), SHEET | dict(hand_in="1"))
    table.hanako.get(table.sheets)
    once = table.hanako.once()
    for _time in range(2):
        table.hanako.post(f"{table.sheets}/reminders", once=once)
    with table.reading():
        letters = list(session.scalars(sa.select(Letter)))

    assert sorted(each.recipient for each in letters) == ["hanako@example.jp", "saburo@example.jp"]
    assert not re.search("Aさん|週に二度|Bさん", "".join(each.body for each in letters))


def test_the_facts_stand_in_the_record_once_with_source_and_agency(table):
    table.jiro.post(table.sheet("jiro"), SHEET | dict(hand_in="1"))
    assert table.hanako.post(f"{table.sheets}/record").status_code == 409  # not before the meeting is open
    table.world.open_meeting()
    for _time in range(2):
        table.hanako.post(f"{table.sheets}/record")
    entry = table.one(Entry)

    assert (entry.kind, entry.text, entry.source) == (EntryKind.FACT, "週に二度、窓口に来る", "窓口の記録")
    with table.reading():
        assert session.get(Entry, entry.id).agency.name == "保健センター"
    assert "話し相手" in table.jiro.get(f"/meetings/{table.world.meeting}/room?view=record").text  # the view beside the case, not in the record


def test_a_draft_does_not_enter_the_record(table):
    table.jiro.post(table.sheet("jiro"), SHEET)
    table.world.open_meeting()
    table.hanako.post(f"{table.sheets}/record")

    assert table.all(Entry) == []


@pytest.mark.parametrize("answer, word, kept", [("agreed", "", True), ("to_talk", "", False), ("to_talk", "車がない", True), ("hard", "", False)])
def test_a_role_is_answered_on_the_agencys_own_sheet(table, answer, word, kept):
    table.hanako.post(f"/hearings/{table.world.hearing}/candidates", agency_id=str(table.agency("jiro")), what="月に一度の訪問")
    candidate = table.one(RoleCandidate)
    table.jiro.post(table.sheet("jiro"), SHEET | {"roles-0-id": str(candidate.id), "roles-0-answer": answer, "roles-0-word": word})

    assert (table.one(RoleCandidate).answer == PriorAnswer(answer)) == kept


def test_a_role_agreed_beforehand_goes_onto_the_table_by_one_press_and_never_twice(table):
    table.hanako.post(f"/hearings/{table.world.hearing}/candidates", agency_id=str(table.agency("jiro")), what="月に一度の訪問")
    table.world.open_meeting()
    room = table.hanako.get(f"/meetings/{table.world.meeting}/room?view=record").text
    key = re.search(r'name="key" value="(prior-\w+)"', room)[1]
    assert table.all(ActionItem) == []  # nothing by itself
    for _time in range(2):
        table.hanako.post(f"/hearings/{table.world.hearing}/actions", key=key, what="月に一度の訪問", who=f"a{table.agency('jiro')}", rank="main")
    action = table.one(ActionItem)

    assert (action.what, action.agency_id) == ("月に一度の訪問", table.agency("jiro"))
    assert key not in table.hanako.get(f"/meetings/{table.world.meeting}/room?view=record").text


def test_what_is_difficult_for_an_agency_has_no_button(table):
    table.hanako.post(f"/hearings/{table.world.hearing}/candidates", agency_id=str(table.agency("jiro")), what="夜の電話")
    with table.writing():
        table.found(RoleCandidate).reply(table.user("jiro"), PriorAnswer.HARD, "夜の体制がない")
    table.world.open_meeting()
    room = table.hanako.get(f"/meetings/{table.world.meeting}/room?view=record").text

    assert "夜の電話" in room
    assert 'value="prior-' not in room


def test_another_agency_does_not_read_what_one_is_asked_for(table):
    table.hanako.post(f"/hearings/{table.world.hearing}/candidates", agency_id=str(table.agency("jiro")), what="月に一度の訪問")

    assert "月に一度の訪問" in table.jiro.get(table.sheet("jiro")).text
    assert "月に一度の訪問" not in table.saburo.get(table.sheet("saburo")).text
    assert "月に一度の訪問" not in table.saburo.get(table.sheets).text


def test_a_day_of_its_own_can_be_set_for_a_meeting(table):
    table.hanako.post(f"{table.sheets}/deadline", due_on=clock.today().isoformat())

    assert clock.wareki(clock.today()) in table.jiro.get(table.sheets).text


def test_the_blank_sheet_names_nobody(table):
    answer = table.hanako.get(f"{table.sheet('jiro')}.docx")

    assert answer.data.startswith(b"PK")
    assert "jiro" not in answer.headers["Content-Disposition"]


def test_after_the_meeting_nothing_is_prepared_any_more(table):
    table.world.open_meeting()
    table.world.close_meeting()

    assert table.jiro.post(table.sheet("jiro"), SHEET).status_code == 409


class Table:
    """The world's planned meeting, everybody at it signed in and past the rules."""

    def __init__(self, world):
        self.world = world
        world.acknowledge()
        self.hanako, self.jiro, self.saburo = (world.browser(name) for name in ("hanako", "jiro", "saburo"))
        for browser in (self.hanako, self.jiro, self.saburo):
            browser.get("/ground-rules")  # the token of a page from after the sign-in
        self.sheets = f"/hearings/{world.hearing}/sheets"

    def agency(self, name):
        with self.reading():
            return self.world.member(getattr(self.world, name)).agency_id

    def sheet(self, name):
        return f"{self.sheets}/{self.agency(name)}"

    def user(self, name):
        return self.world.member(getattr(self.world, name)).user

    def hearing(self):
        return session.get(Hearing, self.world.hearing)

    def found(self, model):
        return session.scalars(sa.select(model)).unique().one()

    def one(self, model):
        (found,) = self.all(model)
        return found

    def all(self, model):
        with self.reading():
            return session.scalars(sa.select(model)).unique().all()

    def reading(self):
        return _inside(self.world, read_only=True)

    def writing(self):
        return _inside(self.world)


class _inside:
    def __init__(self, world, **how):
        self.app, self.unit = world.app.app_context(), unit(**how)

    def __enter__(self):
        self.app.__enter__()
        self.unit.__enter__()

    def __exit__(self, *error):
        self.unit.__exit__(*error)
        self.app.__exit__(*error)


@pytest.fixture
def table(world):
    return Table(world)
