"""Which text can be kept for years."""

from xml.etree import ElementTree

from hypothesis import given, strategies as st
import pytest

from core import text


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0bb", "a\x1bb", "a\x7fb", "a\x85b", "a\u202eb", "a\u2066b", "a\ufffeb", "a\uffffb", "a\ud800b"])
def test_what_no_document_can_hold_is_found_in_its_place(typed):
    assert text.unkeepable(typed) == [1]


@pytest.mark.parametrize("typed", ["葛󠄀城市", "髙﨑", "𠮷野家", "👨‍👩‍👧", "が", "tab\tand\nline", "　全角", "ﾊﾝｶｸ", "א", "a\u200bb"])
def test_names_as_people_are_really_called_can_be_kept(typed):
    assert text.unkeepable(typed) == []
    assert text.revealed(typed) == typed


@given(st.text())
def test_whatever_is_revealed_can_be_kept_and_written_as_xml(typed):
    shown = text.revealed(typed)
    assert text.unkeepable(shown) == []
    ElementTree.fromstring(f"<p>{shown.translate({38: '&amp;', 60: '&lt;'})}</p>".encode())


def test_a_hidden_sign_is_shown_as_a_sign():
    assert text.revealed("a\x00b\x0bc\u202ed") == "a␀b␋c〔U+202E〕d"


@given(st.text())
def test_line_ends_become_one_kind_and_twice_changes_nothing(typed):
    once = text.normal(typed)
    assert "\r" not in once
    assert text.normal(once) == once


def test_blank_space_around_goes_and_inside_stays():
    assert text.normal(" \r\n 一行目 \r\n\r二行目　\n") == "一行目 \n\n二行目"
