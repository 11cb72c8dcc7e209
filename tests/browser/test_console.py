"""The hour led by keys alone: no mouse, no pointer, and what is typed is typed."""

from __future__ import annotations

import pytest

from tests.browser.conftest import ja

DATABASES = ["sqlite"]  # what the keys do in the browser; the doors behind them are tried on both


@pytest.fixture
def hanako(world, server, people):
    world.open_meeting()
    person = people(server).come_in(world, "hanako")
    return person.enter(world.meeting, "?view=console")


def test_the_hour_is_led_without_a_mouse(hanako):
    keys, page = hanako.page.keyboard, hanako.page
    keys.press("n")
    hanako.sees("事実", ".console-step h2")
    keys.press("+")
    hanako.sees(ja("planned %(minutes)s min", minutes=26), ".console-step")
    keys.press("ArrowLeft")
    hanako.sees("開会", ".console-step h2")
    keys.press("j")
    keys.type("3")
    keys.press("Enter")
    hanako.sees("役割", ".console-step h2")

    keys.press("5")  # a decision
    keys.type("訪問は n と + で始める。")
    keys.press("Enter")
    hanako.sees("訪問は n と + で始める。", "#decided")
    assert page.inner_text(".console-step h2") == "役割"  # in a field keys are text
    keys.press("Escape")

    keys.press("r")
    assert page.evaluate("document.activeElement.name") == "what"
    keys.type("週に一度訪ねる")
    keys.press("Control+Enter")
    hanako.sees("週に一度訪ねる", "#roles")
    keys.press("Escape")
    keys.press("p")  # what lies under another tab comes forward
    assert page.locator("[data-key=p]").is_visible()
    keys.press("Escape")
    keys.press("s")
    page.wait_for_function("() => document.activeElement.textContent.includes('週に一度訪ねる')")

    keys.press("?")
    hanako.sees(ja("Back to the step before"), "#keys")
    keys.press("Escape")
    keys.press("g")
    assert page.locator("#rules").is_visible()
