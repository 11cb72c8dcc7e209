"""Which text can be kept."""

from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from core import text


def test_line_ends_become_one_kind_and_outer_blanks_go():
    assert text.normal("  一行目\r\n二行目\r三行目 \n") == "一行目\n二行目\n三行目"


def test_controls_and_direction_overrides_are_found_and_shown():
    assert text.unkeepable("a\x00b\u202ec") == [1, 3]
    assert text.revealed("a\x0bb\u202e") == "a␋b〔U+202E〕"


def test_japanese_emoji_and_newlines_are_kept():
    assert text.unkeepable("𠮷野家\n😀\t外字\ue000") == []


@given(some.text(some.characters()))
def test_what_is_keepable_fits_into_xml(typed):
    kept = text.revealed(typed)

    assert text.unkeepable(kept) == []
    element = etree.Element("t")
    element.text = kept
