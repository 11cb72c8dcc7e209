"""Whatever is typed, pasted or sent, the file opens and says it."""

from __future__ import annotations

from dataclasses import replace

from docx.oxml.ns import qn
from hypothesis import given, settings
import pytest

from exports import text, word
from exports.minutes import Assignment, Minutes, Statement
from exports.ooxml import printable
from tests.exports.generated import ANY, MINUTES
from tests.exports.reading import faults, opened, texts
from tests.exports.samples import mother_and_son, one_case


@settings(max_examples=15, deadline=None)
@given(MINUTES)
def test_any_text_in_any_field_gives_a_valid_file(minutes):
    assert faults(word.write(minutes)) == []


@settings(max_examples=50, deadline=None)
@given(MINUTES)
def test_any_minutes_survive_being_kept_as_json(minutes):
    assert Minutes.from_json(minutes.to_json()) == minutes
    assert minutes.sealed().digest() == minutes.digest()


@settings(max_examples=50, deadline=None)
@given(MINUTES)
def test_any_minutes_can_be_written_as_plain_text(minutes):
    plain = text.write(minutes)

    plain.encode()  # no half characters left
    assert all(
        printable(each.text).split("\n")[0] in plain
        for hearing in minutes.hearings
        for each in hearing.decisions
    )


@settings(max_examples=50, deadline=None)
@given(ANY)
def test_printing_twice_changes_nothing(typed):
    once = printable(typed)

    assert printable(once) == once


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<script>alert(1)</script> & =1+1", "<script>alert(1)</script> & =1+1"),
        ("]]> ${body} $title", "]]> ${body} $title"),
        ("一行目\r\n二行目\r三行目\u2028四行目\v五行目", "一行目\n二行目\n三行目\n四行目\n五行目"),
        ("上" + "\n" * 400 + "下", "上\n\n下"),
        ("左\t右", "左\t右"),
        ("  前後の空白　", "  前後の空白　"),
        ("\x00\x1b[31m赤\x7f\x9f", "[31m赤"),
        ("𠮷野家 👩‍⚕️ 葛󠄀城", "𠮷野家 👩‍⚕️ 葛󠄀城"),
        ("\ud842\udfb7", "𠮷"),
        ("前\ud842後", "前\ufffd後"),
        ("終\ufffe\uffff", "終"),
        ("\u202e逆さ\u2066", "逆さ"),
        ("שלום\u200f", "שלום\u200f"),
        ("長" * 10_000, "長" * 10_000),
    ],
    ids=[
        "markup",
        "slots",
        "lines",
        "blanks",
        "tab",
        "spaces",
        "controls",
        "wide",
        "pair",
        "half",
        "noncharacters",
        "override",
        "rtl",
        "long",
    ],
)
def test_odd_text_is_printed_as_it_can_be(typed, printed):
    hearing = replace(mother_and_son(), decisions=(Statement(typed),), household=typed)
    paper = word.write(replace(one_case(), title=typed, reference=typed, hearings=(hearing,)))

    assert texts(paper).count(printed) == 3  # title, household, decision
    assert faults(paper) == []


def test_line_breaks_and_tabs_become_breaks_and_tabs():
    hearing = replace(mother_and_son(), household="一\n二\t三")
    body = opened(word.write(replace(one_case(), hearings=(hearing,)))).element.body

    assert body.find(f".//{qn('w:r')}/{qn('w:tab')}") is not None
    assert body.find(f".//{qn('w:r')}/{qn('w:br')}") is not None


def test_a_row_too_long_for_a_page_may_break():
    long = Assignment("長" * 10_000, "誰か", "", "", "")
    hearing = replace(mother_and_son(), assignments=(long,))
    row = opened(word.write(replace(one_case(), hearings=(hearing,)))).tables[2]._tbl.tr_lst[1]

    assert row.find(f".//{qn('w:cantSplit')}") is None
