"""The wall: what goes with the running step, what the facilitator holds, and nothing that is not for everybody's eyes."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest

from accounts.models import User
from actions.models import ActionItem
from cases.models import Case
from core.database import session, unit
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from resources.models import ResourceIdea
from room.screens import HELD, Screen, on_the_wall

DATABASES = ["sqlite"]  # what stands on the wall comes from the same questions on both
WORDS = {"issue": "論点の梅", "decision": "決定の桃", "fact": "事実の桜", "opinion": "意見の桐"}


@pytest.fixture
def room(world):
    """The meeting is open, its first step running; a line of four kinds, a role with and one without a taker, an idea."""
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, hanako = session.get(Meeting, world.meeting).hearings[0], session.get(User, world.hanako)
        for kind, text in WORDS.items():
            Entry.capture(hearing, hanako, kind, EntryKind(kind), text)
        ActionItem.assign(hearing, hanako, "taken", "配食の杏", member=world.member(world.jiro))
        ActionItem.assign(hearing, hanako, "open", "見守りの柿")
        ResourceIdea.suggest(hearing, hanako, "idea", need="出番", wished="修理を頼める場の栗", enables="出番をつくる")
    return world


def change(room, **step):
    with room.app.app_context(), unit():
        meeting = session.get(Meeting, room.meeting)
        for name, value in step.items():
            setattr(meeting.agenda[0], name, value)


def hold(room, who="hanako", **fields):
    visitor = room.browser(who)
    visitor.get(f"/meetings/{room.meeting}/room")
    return visitor.post(f"/hearings/{room.hearing}/wall", headers={"X-Part": "1"}, **fields)


def wall(room, who="jiro"):
    return room.browser(who).get(f"/meetings/{room.meeting}/projection").text


# -- which screen -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("step", "screen"), [
    ("rules", Screen.RULES), ("case", Screen.CASE), ("facts", Screen.CASE), ("issues", Screen.ISSUES), ("formulation", Screen.WORK),
    ("ideas", Screen.RESOURCES), ("roles", Screen.ROLES), ("decisions", Screen.DECISIONS), ("next", Screen.DECISIONS),
    ("reflection", Screen.REFLECTION), ("family", Screen.FAMILY), ("none", Screen.OVERVIEW), ("", Screen.OVERVIEW)])
def test_the_wall_follows_the_running_step(step, screen):
    assert on_the_wall(step, limited=False, held="") == screen


@pytest.mark.parametrize("held", [each.value for each in HELD])
def test_what_is_held_stands_whatever_step_runs_but_never_over_a_limited_one(held):
    assert on_the_wall("rules", limited=False, held=held).value == held
    assert on_the_wall("rules", limited=True, held=held) == Screen.LIMITED


def test_a_screen_nobody_knows_is_not_held():
    assert on_the_wall("roles", limited=False, held="entries") == Screen.ROLES


# -- what stands on it --------------------------------------------------------------------------------------------------

SCREENS = {
    "rules": (["秘密を守る約束"], ["論点の梅", "見守りの柿"]), "case": (["最初の訪問を誰がするか"], ["論点の梅", "息子のことが心配"]),
    "issues": (["論点の梅"], ["決定の桃"]), "formulation": (["論点の梅", "決定の桃"], ["見守りの柿"]),
    "ideas": (["修理を頼める場の栗", "出番をつくる"], ["論点の梅"]), "roles": (["見守りの柿", "未割当", "保健センター"], ["論点の梅"]),
    "decisions": (["決定の桃", "次回"], ["論点の梅"]), "reflection": (["話せてよかったこと"], ["論点の梅"]),
    "family": (["ご本人とご家族の時間"], ["論点の梅", "最初の訪問"]), "none": (["論点の梅", "決定の桃", "見守りの柿"], ["修理を頼める場"])}


def test_each_step_has_its_screen(room):
    jiro = room.browser("jiro")
    for screen, (there, away) in SCREENS.items():
        change(room, screen=screen)
        page = jiro.get(f"/meetings/{room.meeting}/projection").text
        assert [each for each in there if each not in page] == [], screen
        assert [each for each in [*away, "事実の桜", "意見の桐"] if each in page] == [], screen


def test_of_people_the_wall_names_agencies_only_and_nothing_of_the_household(room):
    pages = [wall(room)]
    for screen in HELD:
        hold(room, shown=screen.value)
        pages.append(wall(room))
    for name in ("佐藤 次郎", "山田 花子", "田中 三郎", "Aさん", "息子のことが心配", "主査"):
        assert all(name not in page for page in pages), name


def test_the_facilitator_holds_a_screen_and_lets_it_follow_again(room):
    change(room, screen="rules")
    assert hold(room, shown="roles").status_code == 204
    held = wall(room)
    hold(room, shown="")
    assert "見守りの柿" in held and "秘密を守る約束" not in held
    assert "秘密を守る約束" in wall(room)


def test_whoever_does_not_run_the_case_holds_nothing(room):
    assert hold(room, who="jiro", shown="curtain").status_code == 404
    assert 'data-wall="overview"' in wall(room)


def test_nothing_is_chosen_for_the_wall_once_the_minutes_are_final(room):
    room.close_meeting()
    with room.app.app_context(), unit():
        record.finalise(session.get(Meeting, room.meeting), session.get(User, room.hanako), minutes.lay_out)

    assert [hold(room, **each).status_code for each in (dict(shown="roles"), dict(words="1"))] == [409, 409]


def test_the_persons_own_words_stand_there_only_when_their_team_chose_so(room):
    change(room, screen="case")
    with room.app.app_context(), unit():
        session.get(Case, room.case).own_words = "息子のことが心配です。"
    before = wall(room)
    hold(room, words="1")
    assert "息子のことが心配" not in before
    assert "息子のことが心配" in wall(room)


def test_a_limited_step_draws_a_quiet_curtain_with_the_clock_for_everybody(room):
    change(room, screen="roles", limited=True, title="祖父の話")
    for who in ("hanako", "jiro"):
        page = wall(room, who)
        assert "ただいま一部の方だけで話しています" in page and "data-clock" in page
        assert [each for each in ("祖父の話", "見守りの柿", "決定の桃", "最初の訪問を誰がするか") if each in page] == []


def test_the_console_says_what_the_wall_shows_and_offers_the_rest(room):
    page = room.browser("hanako").get(f"/meetings/{room.meeting}/room?view=console").text
    assert "今映すもの" in page and "次第に合わせる" in page and "本人の言葉も映す" in page
    assert "今映すもの" not in room.browser("jiro").get(f"/meetings/{room.meeting}/room?view=record").text


def test_the_wall_ends_when_the_console_does(world):
    """Opened after its hour, a meeting lasts as long as planned: both say the same."""
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.starts_at, meeting.ends_at = meeting.opened_at - timedelta(hours=3), meeting.opened_at - timedelta(hours=2)
    ends = [re.search(rf'class="{name}".*?(午[前後]\d+時(?:\d+分)?)', world.browser("hanako").get(f"/meetings/{world.meeting}/{page}").text, re.DOTALL)[1]
            for name, page in (("projection-end", "projection"), ("agenda-until", "room?view=console"))]
    assert ends[0] == ends[1]
