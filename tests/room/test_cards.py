"""糸口カード: the office's deck, one card on the table at a time, and what came of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
import re
from types import SimpleNamespace

from core import languages
from core.database import session, unit, utcnow
from exports.minutes import Minutes
from ground_rules.models import Edition
from ground_rules.rule_cards import rules_in
from meetings import minutes
from meetings.models import Meeting
from meetings.steps import AgendaItem
from meetings.table import Hearing
from room.cards import ClueCard
from room.cards_used import CardUse, deck, mark
from room.stuck import quiet_since

NOON = datetime(2026, 7, 8, 3, 0, tzinfo=UTC)
CARD = dict(title_ja="うちの問い", question_ja="誰に会えると、うれしいでしょうか。", how_ja="一人ずつ。")


def titles(world):
    with world.app.app_context(), unit(read_only=True):
        return [each.title_ja for each in ClueCard.offered()]


def uses(world):
    with world.app.app_context(), unit(read_only=True):
        return [SimpleNamespace(id=each.id, question=each.question_ja, ended=each.ended_at, outcome=each.outcome, rule=each.rule, limited=each.limited)
                for each in session.get(Hearing, world.hearing).cards]


def show(browser, world, card="card-4"):
    browser.get(f"/meetings/{world.meeting}/cards")
    return browser.post(f"/hearings/{world.hearing}/cards", card=card)


def wall(world, login="hanako"):
    return world.browser(login).get(f"/meetings/{world.meeting}/projection").text


# -- the deck --------------------------------------------------------------------------------------------------------------

def test_an_office_begins_with_eleven_cards_and_planting_twice_changes_nothing(world):
    with world.app.app_context(), unit():
        ClueCard.listed()[0].title_ja = "うちの言葉"
        ClueCard.plant()
    assert titles(world)[:2] == ["うちの言葉", "小さく動かせる一点"]
    assert len(titles(world)) == 11


def test_a_coordinator_adds_moves_sets_aside_and_restores_cards(world):
    hanako = world.browser("hanako")
    hanako.get("/clue-cards/new")
    hanako.post("/clue-cards", CARD)
    hanako.post("/clue-cards/12/place", step="up")
    hanako.post("/clue-cards/1/setting-aside")
    hanako.get("/clue-cards/2")
    hanako.post("/clue-cards/2", CARD | dict(title_ja="変えた"))
    moved = titles(world)
    hanako.post("/clue-cards/2/restoration")
    hanako.post("/clue-cards/1/return")

    assert moved[0] == "変えた"
    assert moved[-2:] == ["うちの問い", "次の日だけ決める"]
    assert titles(world)[:2] == ["誰の「困った」か", "小さく動かせる一点"]
    assert hanako.post("/clue-cards/12/restoration").status_code == 409


def test_every_shipped_card_asks_and_helps_in_both_languages(world):
    with world.app.app_context(), unit(read_only=True):
        assert all(all(each.words.values()) for each in ClueCard.listed())


# -- in the room -------------------------------------------------------------------------------------------------------------

def test_a_card_stands_on_the_table_and_the_wall_until_it_is_put_away(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    assert show(hanako, world).status_code == 303
    with_it = [wall(world), world.browser("jiro").get(f"/meetings/{world.meeting}/projection/table").text]
    hanako.post(f"/cards/{uses(world)[0].id}/end", outcome="去年の秋は、庭に出ていた。")

    assert all("card-now-question" in each and "少しでもよかった" in each for each in with_it)
    assert "<textarea" not in with_it[0]
    assert "card-now-question" not in wall(world)
    assert uses(world)[0].outcome == "去年の秋は、庭に出ていた。"


def test_a_second_card_puts_the_first_away(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    for card in ("card-1", "card-2"):
        show(hanako, world, card)
    assert [each.ended is None for each in uses(world)] == [False, True]


def test_a_rule_of_the_meetings_edition_is_shown_with_one_tap(world):
    world.open_meeting()
    assert show(world.browser("hanako"), world, "rule-safety-6").status_code == 303
    assert [(each.rule, each.question) for each in uses(world)] == [(True, "その場で引き受けるよう迫りません。")]
    assert "ルールに戻る" in wall(world)


def test_the_words_of_a_card_stay_as_they_were_shown(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    show(hanako, world, "card-1")
    hanako.get("/clue-cards/1")
    hanako.post("/clue-cards/1", CARD)
    assert "誰でしょうか" in uses(world)[0].question


def test_a_card_that_is_set_aside_or_none_at_all_is_not_shown(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    hanako.get("/clue-cards")
    hanako.post("/clue-cards/3/setting-aside")
    assert [show(hanako, world, card).status_code for card in ("card-3", "card-99", "")] == [409] * 3


def test_no_card_is_shown_before_the_meeting_is_open_or_after_it_is_closed(world):
    hanako = world.browser("hanako")
    before = show(hanako, world).status_code
    world.open_meeting()
    show(hanako, world)
    world.close_meeting()

    assert before == 409
    assert show(hanako, world).status_code == 409
    assert "card-now-question" not in wall(world)


def test_the_note_taker_writes_down_later_what_came_of_it(world):
    world.open_meeting()
    show(world.browser("hanako"), world)
    use, jiro = uses(world)[0], world.browser("jiro")
    assert "data-outcome" in jiro.get(f"/meetings/{world.meeting}/room?view=record").text
    assert jiro.post(f"/cards/{use.id}/end").status_code == 404
    assert jiro.post(f"/cards/{use.id}/outcome", outcome="弟さんが来ていた日。").status_code == 303
    world.close_meeting()
    assert jiro.post(f"/cards/{use.id}/outcome", outcome="弟さんが来ていた日のこと。", read=mark("弟さんが来ていた日。"), headers={"X-Part": "1"}).status_code == 204
    assert uses(world)[0].outcome == "弟さんが来ていた日のこと。"


def noted(browser, use, outcome, read="", **more):
    browser.get("/ground-rules")
    return browser.post(f"/cards/{use.id}/outcome", dict(outcome=outcome, read=read) | more, headers={"X-Part": "1"})


def test_nobody_overwrites_unseen_what_another_wrote_of_a_card(world):
    world.open_meeting()
    show(world.browser("hanako"), world)
    use, hanako, jiro, saburo = uses(world)[0], *(world.browser(each) for each in ("hanako", "jiro", "saburo"))
    assert noted(jiro, use, "次郎の文。").status_code == 204
    clash = noted(saburo, use, "三郎の文。")
    plain = saburo.post(f"/cards/{use.id}/outcome", outcome="三郎の文。", read="")

    assert clash.status_code == 409 and "次郎の文。" in clash.text
    assert plain.status_code == 409 and "次郎の文。" in plain.text and "三郎の文。" in plain.text
    assert noted(saburo, use, "").status_code == 204
    assert hanako.get("/ground-rules") and hanako.post(f"/cards/{use.id}/end", outcome="花子の文。", read="").status_code == 409
    assert uses(world)[0].outcome == "次郎の文。" and uses(world)[0].ended is None
    assert hanako.post(f"/cards/{use.id}/end", outcome="", read="").status_code == 303
    assert uses(world)[0].outcome == "次郎の文。" and uses(world)[0].ended

    assert noted(saburo, use, "三郎の文。", mark("次郎の文。")).status_code == 204
    assert noted(saburo, use, "", mark("三郎の文。")).status_code == 204
    assert uses(world)[0].outcome == ""


def test_what_came_of_a_card_is_limited_when_it_was_begun_in_a_limited_step(world):
    world.open_meeting()
    show(world.browser("hanako"), world)
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.agenda[0].limited = True
        meeting.agenda[0].start()
        began = utcnow().isoformat()
        meeting.agenda[1].start()
    use, jiro = uses(world)[0], world.browser("jiro")
    assert not use.limited
    noted(jiro, use, "内緒の文", began=began)
    assert uses(world)[0].limited


def test_of_eight_cards_chosen_at_once_one_lies_on_the_table(world):
    world.open_meeting()
    hanako = [world.browser("hanako") for _each in range(8)]
    for each in hanako:
        each.get("/ground-rules")
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(lambda pair: pair[1].post(f"/hearings/{world.hearing}/cards", dict(card=f"card-{pair[0]}"), headers={"X-Part": "1"}).status_code,
                                 enumerate(hanako, 1)))
    assert answers == [204] * 8
    assert [each.ended is None for each in uses(world)].count(True) == 1


def test_what_is_too_long_is_refused_and_shown_again(world):
    world.open_meeting()
    show(world.browser("hanako"), world)
    jiro, use = world.browser("jiro"), uses(world)[0]
    jiro.get("/")
    answer = jiro.post(f"/cards/{use.id}/outcome", outcome="長" * 1001)
    assert answer.status_code == 422
    assert "長" * 1001 in answer.text


def test_a_card_of_a_part_for_some_only_never_comes_on_the_wall(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.agenda.append(AgendaItem(position=9, title="限定共有", minutes=5, limited=True))
        session.flush()
        meeting.agenda[-1].start()
        next(each for each in meeting.seats if each.member.user_id == world.jiro).confidant = False
    hanako = world.browser("hanako")
    show(hanako, world)
    use, jiro = uses(world)[0], world.browser("jiro")

    assert use.limited
    assert "card-now-question" not in wall(world)
    assert "card-now-question" not in jiro.get(f"/meetings/{world.meeting}/room/table?view=record").text
    assert "少しでもよかった" in hanako.get(f"/meetings/{world.meeting}/cards").text
    jiro.get("/")
    assert jiro.post(f"/cards/{use.id}/outcome", outcome="x").status_code == 404


# -- in the minutes ------------------------------------------------------------------------------------------------------------

def test_the_minutes_say_which_card_was_used_and_what_came_of_it(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    for card, outcome in (("card-4", "庭に出ていた。"), ("rule-safety-6", "")):
        show(hanako, world, card)
        hanako.post(f"/cards/{uses(world)[-1].id}/end", outcome=outcome)
    text = hanako.get(f"/meetings/{world.meeting}/minutes").text

    assert "糸口カード（問いと、出てきたこと）" in text
    assert "庭に出ていた。" in text
    assert "その場で引き受けるよう迫りません。" not in text


def test_minutes_kept_before_there_were_cards_read_as_they_were_and_keep_their_seal(world):
    world.open_meeting()
    with world.app.app_context(), unit(read_only=True):
        paper = minutes.lay_out(session.get(Meeting, world.meeting)).sealed()
    older = re.sub(r'"cards": \[\], ', "", paper.to_json())

    assert '"cards"' not in older
    assert Minutes.from_json(older) == paper
    assert Minutes.from_json(older).digest() == paper.content_hash


def test_what_was_shared_with_some_only_is_left_out_of_the_copy_for_all(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        use = CardUse.show(session.get(Hearing, world.hearing), session.get(Meeting, world.meeting).seats[0].member.user, ClueCard.listed()[0].words)
        use.limited, use.outcome = True, "内緒"
    with world.app.app_context(), unit(read_only=True):
        paper = minutes.lay_out(session.get(Meeting, world.meeting)).sealed()
        assert "内緒" in paper.to_json()
        assert "内緒" not in paper.copied(lambda _hearing: False).to_json()


# -- arithmetic and reading ----------------------------------------------------------------------------------------------------

def test_each_numbered_rule_is_a_card_and_what_is_not_numbered_is_none():
    rules = rules_in("# 約束\n\n前置き。\n\n1. **聞きます。**\n   最後まで。\n   遮りません。\n2. **話します。**\n\n> **もし** 忘れたら。\n")
    assert [(each.number, each.says, each.more) for each in rules] == [(1, "聞きます。", "最後まで。 遮りません。"), (2, "話します。", "")]


def test_all_rules_of_the_shipped_edition_are_cards_in_both_languages(world):
    with world.app.app_context(), unit(read_only=True), languages.speaking("ja"):
        cards = {name: words for name, words in deck(Edition.current()).items() if name.startswith("rule-")}
        assert len(cards) == 17
        assert all(words["question_en"] for words in cards.values())
        assert "{{" not in str(cards)


def step(**more):
    return SimpleNamespace(**dict(current=True, screen="formulation", started_at=NOON) | more)


def said(kind, minutes_later):
    return SimpleNamespace(kind=SimpleNamespace(value=kind), written_at=NOON + timedelta(minutes=minutes_later))


def test_it_has_been_quiet_since_the_step_began_or_something_was_settled():
    assert quiet_since([step()], [said("fact", 5)], []) == NOON
    assert quiet_since([step()], [said("decision", 5)], []) == NOON + timedelta(minutes=5)
    assert quiet_since([step()], [], [SimpleNamespace(ended_at=NOON + timedelta(minutes=7)), SimpleNamespace(ended_at=None)]) == NOON + timedelta(minutes=7)


def test_it_is_never_called_quiet_while_the_case_is_told():
    assert quiet_since([step(screen="case")], [], []) is None
    assert quiet_since([], [], []) is None
