"""Every page, as everybody sees it: readable with assistive technology, whole on every screen, in their language."""

from __future__ import annotations

from pathlib import Path
import re
from urllib.parse import urlsplit

import pytest

from core.languages import catalogue
from tests.browser.conftest import DESK, PHONE, SCREEN, Person, Server

AXE = (Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS_SEEN = RULES | {"rules": {"color-contrast": {"enabled": False}}}  # the rule that takes longest
ON_THE_PHONE = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": [  # what a narrow screen can change
    "target-size", "scrollable-region-focusable", "region", "label", "link-name", "button-name", "meta-viewport"]}}
ROLES = ("facilitator", "participant", "clerk", "admin")
FIRST_VISIT = 150_000  # bytes, before compression
PAPER = re.compile(r"\.(docx|txt|md|pdf|zip|ics|xlsx|csv|css)(\?|$)|as=pdf|/minutes/\d+$")


@pytest.fixture(scope="module")
def town(chromium, tmp_path_factory):
    """The sample city, served, with one meeting under way; who signed in once stays so."""
    home = tmp_path_factory.mktemp("town")
    server = Server(home, "", "", "--demo-if-new")
    server.start()
    server.standing = {}
    server.audited = set()  # (kind of page, size, place of an element in it) that somebody's page had before
    server.english = set()  # kinds of pages measured with English words
    for role in ROLES:
        person = Person(chromium, server, DESK)
        person.sign_in(role, f"kurumaza-{role}")
        if role == "facilitator":
            server.room = open_todays_meeting(person)
        server.standing[role] = person.context.storage_state()
        person.context.close()
    yield server
    server.stop()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_whole_and_accessible(chromium, town, role, language):
    person = Person(chromium, town, DESK, language, storage_state=town.standing[role])
    faults = []
    pages = 0
    rooms = [town.room, town.room.replace("/room", "/rules")] if role in ("facilitator", "participant") else []
    for path in crawl(person, ["/", "/no-such-page", *rooms], town.english if language == "en" else set()):
        pages += 1
        for size in (DESK, PHONE):
            faults += [f"{path} {size[0]}px: {each}" for each in look(person, size, language, town.audited)]
    person.context.close()
    print(f"{role} ({language}): {pages} kinds of pages")
    assert pages > 5
    assert not faults + person.complaints, "\n".join(faults + person.complaints)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_before_the_door_too(chromium, town, tmp_path, language):
    faults = []
    empty = Server(tmp_path / "empty")
    empty.start()
    for server, paths in ((town, ("/sign-in", "/no-such-page")), (empty, ("/first-visit",))):
        person = Person(chromium, server, DESK, language)
        for path in paths:
            person.go(path)
            for size in (DESK, PHONE):
                faults += [f"{path} {size[0]}px: {each}" for each in look(person, size, language)]
        person.context.close()
        faults += person.complaints
    empty.stop()
    assert not faults, "\n".join(faults)


def test_the_projection_is_whole_on_the_wall(chromium, town):
    person = Person(chromium, town, SCREEN, storage_state=town.standing["facilitator"])
    person.go(town.room.replace("/room", "/projection")).settle_in()
    faults = list(look(person, SCREEN, "ja"))
    person.context.close()
    assert not faults + person.complaints, "\n".join(faults + person.complaints)


def test_the_first_visit_is_light(chromium, town, record_property):
    person = Person(chromium, town, PHONE)
    answers = []
    person.page.on("response", lambda answer: answers.append(answer))  # Playwright cannot call a method of a list
    person.page.goto("/sign-in", wait_until="networkidle")
    weights = {each.url.removeprefix(town.url): len(each.body()) for each in answers}
    person.context.close()

    print(f"first visit: {sum(weights.values()):,} bytes before compression: {weights}")
    record_property("first_visit_bytes", sum(weights.values()))
    assert sum(weights.values()) <= FIRST_VISIT, weights


# -- looking ---------------------------------------------------------------------------------------------------------


def open_todays_meeting(person) -> str:
    """Open the meeting that waits for it, and write a line of each kind; the address of its room."""
    person.page.locator("a[href$='/opening']").first.click()
    for attendance in person.page.locator("select[name^=attendance]").all():
        attendance.select_option("present")
    person.page.locator("[name=aloud]").check()
    person.page.locator("main form button").first.click()
    person.page.wait_for_url(re.compile(r"/room$"))
    person.settle_in()
    for kind in ("fact", "opinion", "formulation", "issue", "decision", "taken_back"):
        person.say("朝の居場所について話した、少し長めのひとことがここに入ります。", kind, "学校 6月1日" if kind == "fact" else "")
    person.page.wait_for_function("() => document.querySelectorAll('.entry').length === 6")
    return re.search(r"/meetings/\d+/room", person.page.url)[0]


def crawl(person, first, seen):
    """Follow every link of this site, one page of each kind not `seen` yet; the person stands on each page as it is given."""
    waiting, entrances = list(first), set(first)  # everybody's entrance is another, of whatever kind it is
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen and path not in entrances or PAPER.search(path):
            continue
        entrances.discard(path)
        seen.add(kind)
        person.go(path)
        waiting += person.page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(each => each.getAttribute('href').split('#')[0])")
        yield path


def kind_of(path: str) -> str:
    """One household, one sentence, one filter, one figure stands for all of them; a view of the room is a page of its own."""
    address, _mark, asked = path.partition("?")
    address = re.sub(r"/figures/\w+", "/figures/key", re.sub(r"\d+", "N", address))
    names = {each if each.startswith("view=") else each.partition("=")[0] for each in filter(None, asked.split("&"))}
    return f"{address}?{'&'.join(sorted(names))}"


def look(person, size, language, audited=frozenset()):
    """What is wrong with this page on a screen of this size; `audited` remembers what of it was looked through before."""
    width, height = size
    person.page.set_viewport_size({"width": width, "height": height})
    wide = person.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    if wide > width:
        yield f"is {wide} px wide: {person.page.evaluate(WIDEST, width)}"
    if language == "ja":
        of_its_kind, anywhere = new_places(person, size, audited)
        if of_its_kind:
            if not person.page.evaluate("Boolean(window.axe)"):
                person.page.evaluate(AXE)
            rules = ON_THE_PHONE if size == PHONE else RULES if anywhere else COLOURS_SEEN
            for each in person.page.evaluate("rules => axe.run(document, rules)", rules)["violations"]:
                yield f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
        if size != PHONE:
            yield from (f"not in Japanese: {text}" for text in person.page.evaluate(READABLE) if untranslated(text))


def new_places(person, size, audited) -> tuple[bool, bool]:
    """Whether this page has an element where no page of its kind had one (what several people see alike is audited once), and
    where no page at all had one (colours are told by the places alone)."""
    kind = kind_of(urlsplit(person.page.url)._replace(scheme="", netloc="").geturl())
    places = {(size, place) for place in person.page.evaluate(PLACES)}
    of_its_kind = {(kind, *each) for each in places}
    new = not of_its_kind <= audited, not places <= audited
    if isinstance(audited, set):
        audited |= places | of_its_kind
    return new


def untranslated(text: str) -> bool:
    return text in ENGLISH_WORDS or ENGLISH_PHRASES.fullmatch(text) is not None


WIDEST = """width => [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > width + 1)
    .slice(0, 3).map(each => each.outerHTML.slice(0, 120))"""
READABLE = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [document.title.split(" – ")[0]];
  while (walk.nextNode()) {
    const place = walk.currentNode.parentElement;
    if (place.closest("[lang=en], script, textarea, code") || !place.checkVisibility()) continue;
    texts.push(walk.currentNode.data);
  }
  for (const each of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    texts.push(...["aria-label", "placeholder", "title"].map(name => each.getAttribute(name)).filter(Boolean));
  return [...new Set(texts.map(each => each.trim()).filter(Boolean))];
}"""
PLACES = """() => {
  const named = (each) => each.tagName + [...each.attributes].map(({name, value}) =>
      "[" + name + (/^(class|type|role|rel|scope|method|lang|tabindex|open|hidden|disabled|aria-(current|expanded|hidden|live))$/.test(name)
        ? "=" + value : value ? "" : "=") + "]").sort().join("");
  return [...new Set([...document.querySelectorAll("*")].map(each =>
    (each.parentElement ? named(each.parentElement) : "") + ">" + named(each) + (each.textContent.trim() ? "" : "(empty)")))];
}"""
_untranslated = [part for message, japanese in catalogue("ja")._messages.items()
                 for part in (message if isinstance(message, tuple) else (message,))
                 if part != japanese and re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)[sd]", "", part))]
ENGLISH_WORDS = {each for each in _untranslated if "%(" not in each}
ENGLISH_PHRASES = re.compile("|".join(re.sub(r"%\\\(\w+\\\)[sd]", ".+", re.escape(each)) for each in _untranslated if "%(" in each))
