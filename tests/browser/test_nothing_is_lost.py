"""What somebody typed is never lost: not by the network, the browser, the server, the sign-in, or another person."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="Playwright is not installed: pip install playwright")

from playwright.sync_api import Error

from core import database
from core.database import session, unit, utcnow
from core.settings import Settings
from meetings.table import Hearing
from tests.browser.conftest import Server, ja
from tests.world import PASSWORD, World, make

DATABASES = ["sqlite"]  # what is tried here happens in the browser
AWAY = "No connection: what you type stays on this machine"


@pytest.fixture(scope="module")
def world(emptied, tmp_path_factory):
    """One small world for all these tests: each gets a meeting of its own in it."""
    home = tmp_path_factory.mktemp("world")
    (home / "test.sqlite3").write_bytes(Path(emptied("sqlite").removeprefix("sqlite:///")).read_bytes())
    made = make(Settings(home=home, database_url=f"sqlite:///{home / 'test.sqlite3'}", secret_key="a key", base_url=""))
    yield World(made)
    database.session.remove()
    database.engine().dispose()


@pytest.fixture(scope="module")
def server(world):
    """One server for all of them."""
    settings = world.app.config["KURUMAZA"]
    running = Server(settings.home / "served", settings.database_url, settings.secret_key)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def jiro(world, server, people):
    """佐藤 次郎 sits in an open room and writes."""
    world.another_meeting()
    world.open_meeting()
    return people(server).come_in(world, "jiro").enter(world.meeting)


@pytest.fixture
def saburo(world, server, people, jiro):
    """So does 田中 三郎."""
    return people(server).come_in(world, "saburo").enter(world.meeting)


def test_lines_written_without_a_network_arrive_once_and_in_order(jiro, saburo):
    jiro.say("はじめの行")
    saburo.reads("はじめの行")
    jiro.context.set_offline(True)
    for text in ("二つめの行", "三つめの行", "四つめの行"):
        jiro.say(text)
    jiro.hears(AWAY)
    assert ja(AWAY) in jiro.page.locator(".capture [data-save]").inner_text()
    jiro.context.set_offline(False)

    saburo.reads("はじめの行", "二つめの行", "三つめの行", "四つめの行")
    jiro.reads("はじめの行", "二つめの行", "三つめの行", "四つめの行")
    jiro.hears("Connected")


def test_a_closed_tab_opens_again_with_the_text_in_the_field(world, jiro):
    jiro.mark("decision").page.fill("#text", "まだ送っていない文")
    jiro.page.wait_for_timeout(200)
    jiro.page.close()
    jiro.page = jiro.context.new_page()
    jiro.enter(world.meeting)

    assert jiro.page.input_value("#text") == "まだ送っていない文"
    assert jiro.page.locator("[name=kind]:checked").get_attribute("value") == "decision"


def test_a_crashed_tab_opens_again_with_every_text_in_its_place(world, server, people, jiro):
    jiro.say("直される行")
    jiro.reads("直される行")
    jiro.page.locator("summary", has_text=ja("Add a role")).click()
    jiro.page.fill("[data-add=role] [name=what]", "途中までの役割")
    jiro.page.fill("#text", "途中までの文")
    jiro.context.set_offline(True)
    jiro.page.locator("textarea.entry-text").fill("直した行")
    jiro.page.wait_for_timeout(300)
    with pytest.raises(Error):  # a dead tab answers nothing
        jiro.page.goto("chrome://crash", timeout=3000)
    jiro.page.close()
    jiro.context.set_offline(False)
    jiro.page = jiro.context.new_page()
    jiro.enter(world.meeting)

    assert jiro.page.input_value("#text") == "途中までの文"
    assert jiro.page.input_value("[data-add=role] [name=what]") == "途中までの役割"
    assert jiro.page.locator("[data-add=role]").is_visible()
    people(server).come_in(world, "saburo").enter(world.meeting).reads("直した行")


def test_a_server_that_falls_and_rises_again_has_every_line_once(server, jiro, saburo):
    jiro.say("前の行")
    saburo.reads("前の行")
    server.stop()
    jiro.say("落ちている間の行")
    jiro.say("もう一つの行", "decision")
    jiro.hears(AWAY)
    server.start()

    jiro.reads("前の行", "落ちている間の行", "もう一つの行")
    saburo.reads("前の行", "落ちている間の行", "もう一つの行")
    jiro.hears("Connected")


def test_a_sign_in_that_ended_is_begun_again_in_the_room(world, jiro, saburo):
    saburo.say("みなに見えている行")
    jiro.reads("みなに見えている行")
    jiro.context.set_offline(True)
    jiro.say("届いていない行")
    jiro.page.fill("#text", "書きかけの文")
    end_sign_ins(world, world.jiro)
    jiro.context.set_offline(False)
    told = veiled(jiro)
    assert ja("Your sign-in has ended. What you typed stays on this machine and is sent once you are back.") in told
    assert "みなに見えている行" not in jiro.page.content()

    sign_in_again(jiro, "wrong")
    jiro.sees(ja("The password does not fit."))
    sign_in_again(jiro, PASSWORD)
    saburo.reads("みなに見えている行", "届いていない行")
    jiro.reads("みなに見えている行", "届いていない行")
    assert jiro.page.input_value("#text") == "書きかけの文"
    jiro.hears("Connected")
    saburo.say("そのあとの行")
    jiro.reads("みなに見えている行", "届いていない行", "そのあとの行")


def test_nobodys_line_goes_out_under_another_name(world, jiro, saburo):
    jiro.context.set_offline(True)
    jiro.say("次郎の行")
    end_sign_ins(world, world.jiro)
    jiro.context.set_offline(False)
    veiled(jiro)
    room, jiro.page = jiro.page, jiro.context.new_page()
    jiro.sign_in("hanako").enter(world.meeting)
    told = room.locator("[data-how=other]")
    told.wait_for()
    assert "佐藤 次郎" in told.inner_text()
    assert saburo.lines == jiro.lines == []

    jiro.go("/").press_sign_out()
    jiro.sign_in("jiro")
    jiro.page = room
    saburo.reads("次郎の行")
    assert "佐藤 次郎" in saburo.page.inner_text("#entries")


def test_two_tabs_of_one_person_keep_their_texts_apart_and_the_last_one_inherits(world, jiro):
    """Each keeps its own; when one dies, the other takes over what it had not sent."""
    first, second = jiro.page, jiro.context.new_page()
    jiro.page = second
    jiro.enter(world.meeting)
    first.fill("#text", "一つめの窓の文")
    second.fill("#text", "二つめの窓の文")
    second.wait_for_timeout(300)
    second.close()
    first.wait_for_function("() => document.getElementById('text').value.includes('二つめの窓の文')")
    assert "一つめの窓の文" in first.input_value("#text")
    first.close()
    jiro.page = jiro.context.new_page()
    jiro.enter(world.meeting)
    kept = jiro.page.input_value("#text")
    assert "一つめの窓の文" in kept
    assert "二つめの窓の文" in kept


def test_who_is_taken_from_the_table_sees_nothing_of_it_any_more(world, jiro, saburo):
    jiro.say("みなに見えている行")
    saburo.reads("みなに見えている行")
    with world.app.app_context(), unit():
        hearing = session.get(Hearing, world.hearing)
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == world.saburo))
    saburo.page.wait_for_url(lambda url: "room" not in url)
    assert "みなに見えている行" not in saburo.page.content()


def test_who_is_taken_from_the_table_is_told_what_of_theirs_was_not_sent_and_may_copy_it(world, jiro, saburo):
    jiro.say("みなに見えている行")
    saburo.reads("みなに見えている行")
    saburo.page.fill("#text", "書きかけの言葉")
    with world.app.app_context(), unit():
        hearing = session.get(Hearing, world.hearing)
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == world.saburo))
    saburo.page.get_by_role("heading", name=ja("%(num)s of your texts could not be sent", num=1)).wait_for()
    assert saburo.page.locator("textarea").input_value() == "書きかけの言葉"
    assert "みなに見えている行" not in saburo.page.content()
    saburo.page.get_by_role("link", name=ja("Go on")).click()
    saburo.page.wait_for_url(lambda url: "room" not in url)


def test_two_people_changing_one_line_see_both_texts_side_by_side(jiro, saburo):
    jiro.say("もとの文")
    saburo.reads("もとの文")
    for person, text in ((jiro, "次郎の文"), (saburo, "三郎の文")):
        person.page.locator("textarea.entry-text").fill(text)
    for person in (jiro, saburo):
        person.page.locator(".rivals").wait_for()
        told = person.page.inner_text(".rivals")
        assert "次郎の文" in told
        assert "三郎の文" in told
    assert jiro.lines == saburo.lines

    saburo.press("Keep both, one after the other")
    for person in (jiro, saburo):
        person.page.locator(".rivals").wait_for(state="detached")
        both = person.lines[0].split("\n")
        assert sorted(both) == ["三郎の文", "次郎の文"]


def test_a_line_saved_before_is_not_overwritten_unseen(jiro, saburo):
    """次郎 still stands in the line he saved; 三郎 changes it; 次郎 writes on, and sees what he writes on."""
    jiro.say("文")
    saburo.reads("文")
    jiro.page.locator("textarea.entry-text").fill("次郎が足した文")
    saburo.reads("次郎が足した文")
    saburo.page.locator("textarea.entry-text").fill("次郎が足した文、三郎も足した文")
    saburo.page.keyboard.press("Control+Enter")

    jiro.reads("次郎が足した文、三郎も足した文")
    jiro.page.locator("textarea.entry-text").press("End")
    jiro.page.keyboard.insert_text("。")
    saburo.reads("次郎が足した文、三郎も足した文。")
    assert not jiro.page.locator(".rivals").count()


def test_a_line_being_written_in_is_left_alone_by_news(jiro, saburo):
    jiro.say("一行目")
    saburo.reads("一行目")
    jiro.context.set_offline(True)
    jiro.page.locator("textarea.entry-text").fill("次郎が書いている")
    saburo.page.locator("textarea.entry-text").fill("三郎が変えた")
    saburo.page.keyboard.press("Control+Enter")
    saburo.say("二行目")
    jiro.page.evaluate("new Promise(done => setTimeout(done, 1500))")
    jiro.context.set_offline(False)

    jiro.page.locator(".entry-text >> nth=1").wait_for()
    for person in (jiro, saburo):
        person.page.locator(".rivals").wait_for()
        assert "次郎が書いている" in person.page.inner_text(".rivals")
        assert "三郎が変えた" in person.page.inner_text(".rivals")


def test_a_line_removed_under_the_pen_stands_again_or_goes_to_the_field(jiro, saburo):
    """Whichever comes first, the news of the removal or the saving of what was written: the words are there."""
    jiro.say("消される行")
    saburo.reads("消される行")
    jiro.context.set_offline(True)
    jiro.page.locator("textarea.entry-text").press("End")
    jiro.page.keyboard.insert_text("に書き足す")
    saburo.page.on("dialog", lambda dialog: dialog.accept())
    saburo.page.locator("textarea.entry-text").hover()
    saburo.press("Remove", "#entries")
    saburo.reads()
    jiro.context.set_offline(False)
    jiro.page.wait_for_timeout(3000)

    if jiro.lines:
        jiro.reads("消される行に書き足す")
        saburo.reads("消される行に書き足す")
    else:
        jiro.sees(ja("Somebody removed the line you were writing in. Your words are in the field below."))
        assert jiro.page.input_value("#text") == "消される行に書き足す"


def test_an_open_ime_is_neither_sent_nor_torn(jiro, saburo):
    keyboard = jiro.context.new_cdp_session(jiro.page)
    jiro.page.evaluate("document.addEventListener('compositionend', () => { window.ended = (window.ended ?? 0) + 1; })")
    jiro.mark("opinion").page.focus("#text")
    keyboard.send("Input.imeSetComposition", {"text": "かいぎ", "selectionStart": 3, "selectionEnd": 3})
    for kind in ("rawKeyDown", "keyUp"):  # the Enter that chooses the kanji, as an IME reports it
        keyboard.send("Input.dispatchKeyEvent", {"type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229})
    saburo.say("その間のほかの人の行")
    saburo.reads("その間のほかの人の行")
    jiro.page.wait_for_timeout(700)
    assert jiro.page.input_value("#text") == "かいぎ"
    assert jiro.lines == []
    assert not jiro.page.evaluate("window.ended")

    keyboard.send("Input.insertText", {"text": "会議"})
    jiro.reads("その間のほかの人の行")
    assert jiro.page.input_value("#text") == "会議"
    jiro.page.keyboard.press("Enter")
    saburo.reads("その間のほかの人の行", "会議")


def test_an_open_ime_in_a_line_is_not_torn_either(jiro, saburo):
    jiro.say("行")
    saburo.reads("行")
    keyboard = jiro.context.new_cdp_session(jiro.page)
    jiro.page.locator("textarea.entry-text").press("End")
    keyboard.send("Input.imeSetComposition", {"text": "かきたし", "selectionStart": 4, "selectionEnd": 4})
    saburo.say("ほかの行")
    jiro.page.wait_for_timeout(2500)  # longer than a line waits before it saves itself
    assert saburo.lines[0] == "行"
    keyboard.send("Input.insertText", {"text": "書き足し"})

    saburo.reads("行書き足し", "ほかの行")
    jiro.reads("行書き足し", "ほかの行")


def test_an_open_ime_in_the_form_of_a_role_keeps_its_place_while_the_table_changes(jiro, saburo):
    keyboard = jiro.context.new_cdp_session(jiro.page)
    jiro.page.locator("summary", has_text=ja("Add a role")).click()
    what = jiro.page.locator("[data-add=role] [name=what]")
    what.fill("に行く")
    what.press("Home")
    keyboard.send("Input.imeSetComposition", {"text": "ほうもん", "selectionStart": 4, "selectionEnd": 4})
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send("Input.dispatchKeyEvent", {"type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229})
    saburo.say("ほかの人の行")
    saburo.reads("ほかの人の行")
    jiro.page.wait_for_timeout(300)
    assert (what.input_value(), jiro.lines) == ("ほうもんに行く", [])

    keyboard.send("Input.insertText", {"text": "訪問"})
    jiro.reads("ほかの人の行")
    assert what.input_value() == "訪問に行く"
    assert what.evaluate("field => [document.activeElement === field, field.selectionStart]") == [True, 2]


def test_a_role_corrected_while_the_first_words_are_on_their_way_is_not_taken_for_them(jiro, saburo):
    answers = []

    def lose_one(route):
        """The first answer never comes: what was sent is there all the same."""
        answers.append(route.request.post_data)
        if len(answers) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    jiro.page.route("**/hearings/*/actions", lose_one)
    what = jiro.page.locator("[data-add=role] [name=what]")
    jiro.page.evaluate("document.querySelector('[data-add=role]').closest('details').open = true")
    what.fill("訪問する 7月8日")
    key = jiro.page.input_value("[data-add=role] [name=key]")
    jiro.press("Put it on the table", "[data-add=role]")
    jiro.sees(ja(AWAY), "[data-add=role]")
    what.fill("訪問する 7月18日（訂正）")
    jiro.sees(ja("The first words are on the table; what is here now is not yet"), "[data-add=role]")

    assert what.input_value() == "訪問する 7月18日（訂正）" and answers[0] == answers[1]
    assert jiro.page.input_value("[data-add=role] [name=key]") != key
    jiro.press("Put it on the table", "[data-add=role]")
    saburo.sees("訪問する 7月18日（訂正）", "#roles")
    assert saburo.page.locator("#roles .role").count() == 2


def test_a_proxy_that_holds_the_stream_back_only_makes_the_news_later(world, server, people, saburo):
    jiro = people(server).come_in(world, "jiro")
    jiro.context.route("**/stream", lambda route: None)  # never answered, never refused
    jiro.enter(world.meeting)
    saburo.say("遅れて届く行")
    jiro.reads("遅れて届く行")


def test_what_stays_on_the_machine_is_unreadable_and_goes_with_the_sign_out(jiro):
    jiro.page.fill("#text", "母の体重が減っている")
    jiro.page.wait_for_function("() => Object.keys(localStorage).some(name => name.startsWith('kurumaza-'))")
    kept = jiro.page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "体重" not in kept
    assert "text" not in kept
    assert "\\u" not in kept

    jiro.go("/").press_sign_out()
    assert jiro.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("text", ["鈴\u0007の入った行", "あ" * 10_000], ids=["a control character", "ten thousand letters"])
def test_a_line_that_cannot_be_kept_is_back_in_the_field_with_the_reason(jiro, text):
    jiro.mark("opinion").page.fill("#text", text)
    jiro.page.keyboard.press("Enter")
    fault = jiro.page.locator(".capture-fault")
    fault.wait_for()

    assert ja("Line") in fault.inner_text()
    assert jiro.page.input_value("#text") == text
    assert jiro.lines == []

    jiro.say("直した行")
    jiro.reads("直した行")
    assert fault.is_hidden()


def test_a_fact_waits_in_its_field_for_its_source(jiro, saburo):
    jiro.say("母の体重が減っている。", "fact")
    jiro.sees(ja("Say where this fact comes from (who saw it, when)."))
    assert jiro.page.input_value("#text") == "母の体重が減っている。"
    assert jiro.page.evaluate("document.activeElement.id") == "source"

    jiro.page.keyboard.insert_text("訪問介護員 6月5日")
    jiro.page.keyboard.press("Enter")
    saburo.reads("母の体重が減っている。")
    assert "訪問介護員 6月5日" in saburo.page.inner_text("#entries")


def end_sign_ins(world, user_id):
    """The server no longer knows this person's browsers."""
    from accounts.models import SignIn

    with world.app.app_context(), unit():
        for each in session.query(SignIn).filter_by(user_id=user_id):
            each.ended_at = utcnow()


def veiled(person) -> str:
    """Wait until the room is out of the page; give what stands there instead."""
    person.page.locator("#sign-in-again[open]").wait_for()
    assert not person.page.locator("#room").count()
    return person.page.inner_text("#sign-in-again")


def sign_in_again(person, password):
    person.page.fill("#again-password", password)
    person.press("Go on", "#sign-in-again")
