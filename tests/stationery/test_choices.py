"""What an office may choose for its papers."""

from __future__ import annotations

from datetime import date, time
import struct
import zlib

import pytest

from core import clock
from exports.layout import Layout
from exports.numbers import Numbers
from stationery import choices
from stationery.logo import NoPicture, taken_in


def png(width=120, height=40, *more: tuple[bytes, bytes]) -> bytes:
    """A picture, with further parts before its end."""
    part = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))  # noqa: E731
    dots = zlib.compress(b"".join(b"\0" + bytes(range(3)) * width for _ in range(height)))
    extra = b"".join(part(*each) for each in more)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + extra + part(b"IDAT", dots) + part(b"IEND", b"")


def test_points_are_counted_as_official_papers_count_them():
    numbers = Numbers("dai")
    assert [numbers.next(level) for level in (1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 2)] == ["第1", "1", "(1)", "ア", "(ア)", "(イ)", "イ", "(2)", "2", "第2", "1"]
    assert [Numbers("plain").next(level) for level in (1, 2, 3, 4)] == ["1", "(1)", "ア", "(ア)"]


def test_after_the_last_kana_the_first_returns_doubled():
    numbers = Numbers("dai")
    assert [numbers.next(4) for _ in range(47)][44:] == ["ヲ", "ン", "アア"]


def test_days_and_times_are_written_as_the_office_writes_them():
    on = date(2026, 7, 8)
    assert choices.day(on, "long") == "令和8年7月8日(水)"
    assert choices.day(on, "short") == "R8.7.8(水)"
    assert choices.day(on, "short", weekday=False) == "R8.7.8"
    assert [choices.hours(time(14, 5), form) for form in choices.TIMES] == ["午後2時5分", "14時5分", "14:05"]
    begins, ends = clock.instant(on, time(23)), clock.instant(date(2026, 7, 9), time(0, 30))
    assert choices.span(begins, ends, "short", "digits") == "R8.7.8(水) 23:00から翌日0:30まで"


def test_a_document_number_follows_the_offices_rule():
    assert choices.numbered("み福第{番号}号", 12, 2026) == "み福第12号"
    assert choices.numbered("R{年度}み福第{番号}号", 3, 2027) == "R9み福第3号"


def test_forty_two_characters_of_eleven_points_fill_the_line_of_the_towns_rule():
    layout = Layout(**choices.SETS["grid"])
    assert (layout.character, layout.character_space) == (220, 0)
    assert layout.text_width // layout.character == 42


def test_a_logo_is_kept_without_what_a_program_wrote_into_it():
    plain, told = png(), png(120, 40, (b"tEXt", b"Author\0Hanako"), (b"eXIf", b"GPS 35.6"))
    assert taken_in(told) == plain


def broken_dots(change) -> bytes:
    """A picture with other packed dots, under a right checksum."""
    start = png().index(b"IDAT") - 4
    length = struct.unpack(">I", png()[start:start + 4])[0]
    dots = change(png()[start + 8:start + 8 + length])
    part = struct.pack(">I", len(dots)) + b"IDAT" + dots + struct.pack(">I", zlib.crc32(b"IDAT" + dots))
    return png()[:start] + part + png()[start + 12 + length:]


@pytest.mark.parametrize("change", [lambda dots: dots[:-6], lambda dots: b"x" * len(dots), lambda _dots: zlib.compress(b"\0" * 100),
                                    lambda _dots: zlib.compress(b"\0" * 50_000_000)])
def test_dots_that_cannot_be_unpacked_or_do_not_fill_the_picture_are_no_logo(change):
    with pytest.raises(NoPicture, match="broken"):
        taken_in(broken_dots(change))
    assert taken_in(broken_dots(lambda dots: dots)) == png()


@pytest.mark.parametrize(("sent", "why"), [
    (b"GIF89a", "kind"), (b"", "kind"), (b"<svg onload='x'/>", "kind"), (b"MZ", "kind"), (b"\xff\xd8\xff\xe0", "broken"),
    (png()[:-20], "broken"), (png(1, 1)[:40], "broken"), (png(3000, 3), "dots"), (png(40, 2), "dots"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 400_000, "size")])
def test_what_is_no_small_picture_is_refused(sent, why):
    with pytest.raises(NoPicture, match=why):
        taken_in(sent)
