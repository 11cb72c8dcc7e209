"""Hints stand folded where the worry arises, in the language of the page, and are short."""

from __future__ import annotations

import re

import pytest

from hints import shelf

DATABASES = ["sqlite"]


@pytest.mark.parametrize("key", shelf.WORRIES + shelf.NEXT)
def test_every_hint_stands_there_in_both_languages_and_is_short(key):
    japanese, english = shelf.hint(key, "ja"), shelf.hint(key, "en")

    assert re.search("[ぁ-ん]", japanese.title + japanese.body) and not re.search("[ぁ-ん]", english.title + english.body)
    assert japanese.body.count("<li>") == english.body.count("<li>") <= 5
    assert len(japanese.body) < 700 and japanese.title != english.title


def test_the_shelf_holds_no_page_that_is_not_shown():
    for language in ("ja", "en"):
        assert {each.stem for each in (shelf.TEXTS / language).iterdir()} == set(shelf.WORRIES + shelf.NEXT)


def test_what_is_not_on_the_shelf_is_no_path_of_a_file():
    for key, language in [("../ja/consent", "ja"), ("consent", "../ja"), ("", "ja")]:
        with pytest.raises(KeyError):
            shelf.hint(key, language)


def test_all_of_it_can_be_read_at_once_folded(world):
    page = world.browser("jiro").get("/hints").text

    for key in shelf.WORRIES + shelf.NEXT:
        assert shelf.hint(key, "ja").title in page
    assert page.count('<details class="more tip">') == len(shelf.WORRIES + shelf.NEXT) and "tip\" open" not in page


def test_it_speaks_the_language_of_the_page(world):
    hanako = world.browser("hanako")
    hanako.client.set_cookie("language", "en")

    assert shelf.hint("consent", "en").title in hanako.get("/hints").text


def test_without_consent_the_register_has_advice_and_with_it_none(world):
    hanako, title = world.browser("hanako"), shelf.hint("consent", "ja").title

    assert title in hanako.get(f"/cases/{world.case}/consents").text  # the son was not asked yet
    world.consent_of_son()
    assert title not in hanako.get(f"/cases/{world.case}/consents").text


def test_whoever_closes_a_case_finds_advice_and_whoever_moves_it_on_does_not(world):
    hanako, title = world.browser("hanako"), shelf.hint("closing", "ja").title

    assert title in hanako.get(f"/cases/{world.case}/stage?to=closed").text
    assert title not in hanako.get(f"/cases/{world.case}/stage?to=assessment").text


def test_choosing_people_and_the_deck_have_theirs(world):
    hanako = world.browser("hanako")

    assert shelf.hint("informal", "ja").title in hanako.get(f"/hearings/{world.hearing}/seats").text
    assert shelf.hint("no_way", "ja").title in hanako.get(f"/meetings/{world.meeting}/cards").text
