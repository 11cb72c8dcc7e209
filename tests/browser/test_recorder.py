"""The recorder's hands never leave the keys: kinds and agencies by signs, lines turned, moved and taken back."""

from __future__ import annotations

import json
from pathlib import Path
import time

import pytest

pytest.importorskip("playwright", reason="Playwright is not installed: pip install playwright")

from core import database
from core.settings import Settings
from tests.browser.conftest import GIVE_UP, Server, ja
from tests.world import World, make

DATABASES = ["sqlite"]  # what is tried here happens in the browser
SHARED = Path(__file__).resolve().parent.parent / "room" / "prefixes.json"
READ = """async ({names, cases}) => {
  const { read } = await import("/static/room/prefix.js");
  const called = Object.entries(names).map(([id, each]) => [Number(id), each]);
  return cases.map(([typed]) => read(typed, called)).map((line) => [line.kind, line.agency, line.several, line.text]);
}"""


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
    """佐藤 次郎 takes the notes of an open meeting."""
    world.another_meeting()
    world.open_meeting()
    return people(server).come_in(world, "jiro").enter(world.meeting)


def kinds(person, *expected):
    """Wait until the lines on the screen are of these kinds."""
    until = time.monotonic() + GIVE_UP / 1000
    told = lambda: person.page.locator("#entries .kind").all_inner_texts()  # noqa: E731
    while told() != [ja(each) for each in expected] and time.monotonic() < until:
        person.page.wait_for_timeout(50)
    assert told() == [ja(each) for each in expected]


def test_a_line_is_told_turned_moved_and_taken_back_without_the_mouse(jiro):
    page, keys = jiro.page, jiro.page.keyboard
    jiro.say("はじめの行")
    page.locator("#text").press_sequentially("o @ひき")
    keys.press("Enter")  # the one agency in the list
    assert page.locator("#agency_id option:checked").inner_text() == "ひきこもり支援センター"
    page.locator("#text").press_sequentially("訪問は二人で行く")
    keys.press("Enter")
    jiro.reads("はじめの行", "訪問は二人で行く")
    keys.press("ArrowUp")
    keys.press("Alt+d")
    kinds(jiro, "Opinion", "Decision")
    keys.press("Alt+ArrowUp")
    jiro.reads("訪問は二人で行く", "はじめの行")
    assert page.evaluate("document.activeElement.value") == "訪問は二人で行く"  # where one stood, one stands
    keys.press("Alt+r")
    jiro.sees("訪問は二人で行く", "#roles")
    keys.press("Escape")
    keys.press("Control+z")
    page.locator("#roles", has_text="訪問は二人で行く").wait_for(state="detached")
    keys.press("Control+z")
    jiro.reads("はじめの行", "訪問は二人で行く")
    keys.press("Control+z")
    kinds(jiro, "Opinion", "Opinion")
    keys.press("Control+y")
    kinds(jiro, "Opinion", "Decision")


def test_signs_are_read_alike_with_and_without_a_script_and_given_back(jiro):
    shared = json.loads(SHARED.read_text(encoding="utf-8"))
    assert jiro.page.evaluate(READ, shared) == [expected for _typed, expected in shared["cases"]]

    field = jiro.page.locator("#text")
    field.press_sequentially("決 ")
    assert (field.input_value(), jiro.page.locator("[name=kind]:checked").get_attribute("value")) == ("", "decision")
    field.press("Backspace")
    assert (field.input_value(), jiro.page.locator("[name=kind]:checked").get_attribute("value")) == ("決 ", "opinion")
    jiro.mark("opinion").page.locator("#text").press_sequentially("とは何か")
    jiro.page.keyboard.press("Enter")
    jiro.reads("決 とは何か")


def test_of_several_agencies_none_is_taken_unasked_and_an_unknown_one_is_asked_about(jiro):
    page, keys, field = jiro.page, jiro.page.keyboard, jiro.page.locator("#text")
    said_by = lambda: page.locator("#agency_id option:checked").inner_text()  # noqa: E731
    field.press_sequentially("@ンタ 訪問する")  # …センター, all of them
    keys.press("Enter")
    jiro.sees(ja("Several agencies fit. Choose one with ↓."), ".capture-fault")
    assert (field.input_value(), said_by(), page.locator("#capture-names").is_visible()) == ("@ンタ 訪問する", "–", True)
    keys.press("ArrowDown")
    keys.press("Enter")
    assert (field.input_value(), said_by()) != ("@ンタ 訪問する", "–")
    keys.press("Enter")
    jiro.reads("訪問する")

    field.press_sequentially("@どこか 見に行く")
    keys.press("Enter")
    assert "@どこか" in page.locator(".capture-fault").inner_text()
    assert jiro.lines == ["訪問する"]
    keys.press("Enter")
    jiro.reads("訪問する", "@どこか 見に行く")


def test_the_keys_of_the_record_are_told_and_work(jiro):
    jiro.page.keyboard.press("Escape")  # out of the field
    jiro.page.keyboard.press("?")
    jiro.sees(ja("Undo and do again, in the empty field"), "#keys")
    jiro.page.keyboard.press("Escape")
    jiro.page.locator(".room-bar [data-keys]").click()
    assert jiro.page.locator("#keys").is_visible()


def test_a_line_is_carried_by_its_handle(jiro):
    for text in "あいう":
        jiro.say(text)
    jiro.reads("あ", "い", "う")
    lines, mouse = jiro.page.locator("#entries .entry"), jiro.page.mouse
    lines.nth(2).hover()
    handle, top = lines.nth(2).locator("[data-handle]").bounding_box(), lines.nth(0).bounding_box()
    mouse.move(handle["x"] + 8, handle["y"] + 8)
    mouse.down()
    mouse.move(top["x"] + 8, top["y"] + 4, steps=4)
    with jiro.page.expect_response("**/place"):
        mouse.up()
    jiro.page.reload()
    jiro.settle_in().reads("う", "あ", "い")
