"""Readings stand in the order of a Japanese directory, whichever database sorts them."""

from __future__ import annotations

import pytest

from core.kana import ROWS, bounds, order, row

DATABASES = ["sqlite"]


@pytest.mark.parametrize("names", [
    ["かき", "がき", "かきね"],  # the mark of voicing counts only where all letters are the same
    ["はす", "ばす", "ぱす", "はすか"],
    ["きやく", "きゃくま"],
    ["きゃく", "きやく"],  # … and of two alike the small one comes first
    ["かあと", "カード", "かあど", "かーどや", "かい"],
    ["こうこう", "こーす", "こおり"],
    ["さーくる", "さあくる"],
    ["すず", "すゞか", "すすき", "すずむし"],
    ["おゝえ", "おおえ", "おおか"],
    ["はん1", "はん2", "はん１０", "はん99", "はん100"],
    ["123の会", "abcの会", "あの会", "んの会", "会"],  # names without a reading stand behind
])
def test_a_directory_goes_by_the_letters_first_and_by_their_marks_then(names):
    assert sorted(reversed(names), key=order) == names


@pytest.mark.parametrize(("one", "other"), [("ヘルパー", "へるぱー"), ("ﾊﾟｿｺﾝ", "ぱそこん"), ("ふれあい・サロン", "ふれあい　サロン"), ("「つどい」", "つどい")])
def test_kind_of_kana_width_blanks_and_signs_change_nothing(one, other):
    assert order(one) == order(other)


@pytest.mark.parametrize("text", ["", "ー", "ゝ", "・", "漢字ー", "㍿" * 120, "﷽" * 120, "𠮷" * 120, "が" * 500, "1の" * 200, "\u3099か"])
def test_whatever_is_written_has_its_place_and_fits_its_column(text):
    assert len(order(text)) <= 400


@pytest.mark.parametrize(("text", "key"), [("あ", "a"), ("ゔぁいおりん", "a"), ("ガードナー", "ka"), ("っす", "ta"), ("ぱん", "ha"), ("ょる", "ya"), ("んの会", "wa"), ("123", ""), ("会", ""), ("", "")])
def test_every_reading_stands_in_one_row_of_the_directory(text, key):
    place = order(text)
    assert row(place) == key
    assert [each for each in ROWS if bounds(each)[0] <= place < bounds(each)[1]] == ([key] if key else [])
