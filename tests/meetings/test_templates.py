"""The office's agendas: planted once, changed by coordinators, and what a meeting takes from them."""

from __future__ import annotations

import re

import pytest

from core import languages
from core.database import session, unit
from meetings import agenda, templates
from meetings.models import Meeting
from meetings.templates import AgendaTemplate
from tests.test_twice_and_late import MEETING


def kept(world, key):
    """(id, label, minutes, active, steps in Japanese) of the office's template."""
    with world.app.app_context(), unit(read_only=True):
        found = AgendaTemplate.of(key)
        return found.id, found.ja, found.minutes, found.active, found.taken("ja")


def form(world, key, **changed):
    """What the page of a template would send, changed."""
    with world.app.app_context(), unit(read_only=True):
        found = AgendaTemplate.of(key)
        fields = dict(ja=found.ja, en=found.en, hint_ja=found.hint_ja, hint_en=found.hint_en, purpose=found.purpose.value, version=str(found.version))
        for place, each in enumerate(found.steps):
            row = {name: value for name, value in each.words.items() if name != "limited"} | dict(place=place + 1)
            row |= dict(limited="y") if each.limited else {}
            fields |= {f"steps-{place}-{name}": str(value) for name, value in row.items()}
    return fields | {name.replace("__", "-"): value for name, value in changed.items()}


# -- what is shipped -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("purpose", ["fit", "evaluation", "resources"])
def test_each_official_task_has_an_agenda_of_30_60_and_90_minutes(purpose):
    assert [each["minutes"] for each in agenda.templates() if each["purpose"] == purpose] == [30, 60, 90]


@pytest.mark.parametrize("template", [*agenda.templates(), *agenda.templates("case"), *agenda.templates("opening")], ids=lambda each: each["key"])
def test_every_shipped_step_says_something_in_both_languages_and_the_minutes_add_up(template):
    assert sum(each["minutes"] for each in template["items"]) == template["minutes"]
    for each in template["items"]:
        for language in languages.LANGUAGES:
            said = agenda.step(each, language)["say"]
            assert 1 <= len(re.findall(r"[。.?!]\"?(?=\s|$|[^。」])", said + " ")) <= 4, said
            assert len(said) <= 600


def test_what_is_for_some_only_comes_before_the_person_joins_and_the_family_has_time_of_its_own():
    for key in ("fit_60", "fit_90", "evaluation_60", "evaluation_90"):
        steps = agenda.steps(key, "ja")
        assert [each["limited"] for each in steps] == [True] + [False] * (len(steps) - 1)
        assert "迎える" in steps[1]["title"]
        assert any("本人・家族だけの時間" in each["title"] for each in steps)


# -- the office's own ----------------------------------------------------------------------------------------------------

def test_planting_twice_changes_nothing(world):
    with world.app.app_context(), unit():
        AgendaTemplate.of("short").ja = "うちの30分"
        AgendaTemplate.plant()
    assert kept(world, "short")[1] == "うちの30分"


def test_the_office_says_it_in_its_own_words_and_order_and_the_next_meeting_takes_them(world):
    hanako = world.browser("hanako")
    id = kept(world, "short")[0]
    assert "合計" in hanako.get(f"/agenda-templates/{id}").text
    saved = hanako.post(f"/agenda-templates/{id}", form(world, "short", steps__0__place="9", steps__1__say_ja="ゆっくり聞きましょう。", steps__1__limited="y"))
    hanako.post(f"/cases/{world.case}/meetings", MEETING | dict(template="short"))
    with world.app.app_context(), unit(read_only=True):
        items = session.query(Meeting).order_by(Meeting.id.desc()).first().agenda
        first, last = items[0], items[-1]

        assert saved.status_code == 303
        assert (first.title, first.say, first.limited) == (kept(world, "short")[4][0]["title"], "ゆっくり聞きましょう。", True)
        assert "グランドルール" in last.title


def test_a_step_emptied_is_taken_out_and_an_agenda_without_steps_is_not_kept(world):
    hanako, id = world.browser("hanako"), kept(world, "case_15")[0]
    hanako.get(f"/agenda-templates/{id}")
    hanako.post(f"/agenda-templates/{id}", form(world, "case_15", steps__0__title_ja=""))
    empty = hanako.post(f"/agenda-templates/{id}", {"ja": "空", "purpose": "talk", "steps-0-title_ja": "", "steps-0-minutes": ""})

    assert kept(world, "case_15")[2] == 14
    assert empty.status_code == 422


def test_a_copy_is_changed_without_touching_the_first_and_offered_for_planning(world):
    hanako, id = world.browser("hanako"), kept(world, "fit_60")[0]
    hanako.get("/agenda-templates")
    made = hanako.post(f"/agenda-templates/{id}/copy").location.rpartition("/")[2]
    hanako.get(f"/agenda-templates/{made}")
    hanako.post(f"/agenda-templates/{made}", form(world, "fit_60", ja="うちの60分", steps__0__minutes="15", version=""))

    assert kept(world, "fit_60")[2] == 60
    page = hanako.get(f"/cases/{world.case}/meetings/new").text
    assert "うちの60分" in page
    assert '<optgroup label="プランの適切性の協議">' in page


def test_what_is_set_aside_is_offered_no_longer_but_comes_back(world):
    hanako, (id, label, *_rest) = world.browser("hanako"), kept(world, "thorough")
    hanako.get("/agenda-templates")
    hanako.post(f"/agenda-templates/{id}/setting-aside")
    without = hanako.get("/meetings/new").text
    hanako.post(f"/agenda-templates/{id}/return")

    assert label not in without
    assert label in hanako.get("/meetings/new").text


def test_the_last_turn_of_a_case_cannot_be_set_aside(world):
    hanako = world.browser("hanako")
    hanako.get("/agenda-templates")
    answers = [hanako.post(f"/agenda-templates/{kept(world, key)[0]}/setting-aside").status_code for key in ("case_20", "case_15", "case_30")]
    assert answers == [303, 303, 409]


def test_a_case_gets_the_turn_that_is_left(world):
    with world.app.app_context(), unit():
        AgendaTemplate.of("case_20").set_aside()
    with world.app.app_context(), unit(read_only=True), languages.speaking("ja"):
        assert [key for group in AgendaTemplate.choices("case").values() for key, _label in group] == ["case_15", "case_30"]


def test_a_shipped_agenda_can_be_had_again_and_an_own_one_has_nothing_to_go_back_to(world):
    hanako, id = world.browser("hanako"), kept(world, "standard")[0]
    hanako.get(f"/agenda-templates/{id}")
    hanako.post(f"/agenda-templates/{id}", form(world, "standard", ja="変えた", steps__0__minutes="30"))
    hanako.post(f"/agenda-templates/{id}/restoration")
    own = hanako.post(f"/agenda-templates/{id}/copy").location.rpartition("/")[2]

    assert kept(world, "standard")[1:3] == ("60分(標準)", 60)
    assert hanako.post(f"/agenda-templates/{own}/restoration").status_code == 409


def test_two_who_change_one_agenda_lose_nothing(world):
    hanako, id = world.browser("hanako"), kept(world, "short")[0]
    early = form(world, "short", ja="先に開いた")
    hanako.get(f"/agenda-templates/{id}")
    hanako.post(f"/agenda-templates/{id}", form(world, "short", ja="先に保存した"))
    late = hanako.post(f"/agenda-templates/{id}", early)

    assert late.status_code == 409
    assert "先に開いた" in late.text
    assert kept(world, "short")[1] == "先に保存した"


def test_a_template_says_it_in_japanese_where_the_office_has_not_written_english(world):
    with world.app.app_context(), unit():
        template = AgendaTemplate.of("short")
        template.write({}, [dict(title_ja="話す", minutes=30, screen="none", limited=False, say_ja="どうぞ。", title_en="", say_en="")])
        assert templates.steps("short", "en")[0]["say"] == "どうぞ。"


# -- what a meeting keeps of it --------------------------------------------------------------------------------------------

def test_words_and_limits_stay_with_a_step_when_the_timetable_is_divided_anew(world):
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.divide([(meeting.hearings[0], step) for step in agenda.steps("fit_60", "ja")])
        meeting.take_turns([(meeting.hearings[0], None)])
        session.flush()
        assert [(each.say, each.limited) for each in meeting.agenda] == [(each["say"], each["limited"]) for each in agenda.steps("fit_60", "ja")]


def test_the_plan_of_a_meeting_changes_what_is_said_and_who_shares_in_it(world):
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/edit")
    hanako.post(f"/meetings/{world.meeting}", {key: value for key, value in MEETING.items() if key not in ("kind", "template")} | {
        "steps-0-title": "限定共有", "steps-0-minutes": "5", "steps-0-screen": "none", "steps-0-say": "理由から話してください。", "steps-0-limited": "y"})
    with world.app.app_context(), unit(read_only=True):
        item = session.get(Meeting, world.meeting).agenda[0]
        assert (item.say, item.limited) == ("理由から話してください。", True)
    again = hanako.get(f"/meetings/{world.meeting}/edit").text
    assert "理由から話してください。" in again
    assert re.search(r'<input[^>]*checked[^>]*name="steps-0-limited"', again)
