"""The wall in a real browser: whatever does not fit is shown page by page, whole lines only, and what is left is counted."""

from __future__ import annotations

from accounts.models import User
from core.database import session, unit
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting

DATABASES = ["sqlite"]  # what fits is a matter of the browser
SEEN = """() => { const box = document.querySelector('[data-fit=decisions]').getBoundingClientRect();
    const units = [...document.querySelectorAll('[data-unit]')].filter((unit) => getComputedStyle(unit).visibility === 'visible');
    return units.map((unit) => { const at = unit.getBoundingClientRect();
        return [unit.querySelector('.wall-number').textContent, at.top >= box.top - 1 && at.bottom <= box.bottom + 1] }) }"""


def test_twenty_five_decisions_are_paged_whole_the_newest_first(world, server, people):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, hanako = session.get(Meeting, world.meeting).hearings[0], session.get(User, world.hanako)
        hearing.shown = "decisions"
        for turn in range(25):
            Entry.capture(hearing, hanako, f"line-{turn}", EntryKind.DECISION, f"{turn + 1}番目に決めたこと。" + "少し長い説明が続く。" * (turn % 7))
    wall = people(server, "hanako", (1366, 768), reduced_motion="reduce")
    wall.go(f"/meetings/{world.meeting}/projection").settle_in()
    wall.page.locator(".wall-more", has_text="ほか").wait_for()
    pages = []
    while not pages or pages[-1] != pages[0] or len(pages) == 1:
        seen = wall.page.evaluate(SEEN)
        assert all(whole for _number, whole in seen), seen
        pages.append([int(number) for number, _whole in seen])
        assert wall.page.locator(".wall-more").first.inner_text() == f"ほか{25 - len(seen)}件"
        wall.page.keyboard.press("ArrowRight")

    assert pages[0][-1] == 25
    assert sorted(number for page in pages[:-1] for number in page) == list(range(1, 26))
