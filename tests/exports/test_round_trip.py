"""What python-docx reads back is what went in, in the form `printable` gives it, and in its order."""

from __future__ import annotations

from dataclasses import replace

from docx.oxml.ns import qn
from hypothesis import given, settings
import pytest

from core.database import session, unit
from core.text import normal
from exports import word
from exports.blocks import Heading, Pairs, Table, lay_out
from exports.minutes import SPOKEN, Statement
from exports.ooxml import printable
from meetings.capture import Entry
from tests.exports.generated import MINUTES, ODD
from tests.exports.reading import opened, texts
from tests.exports.samples import long_meeting, mother_and_son, one_case

DATABASES = ["sqlite"]


@settings(max_examples=40, deadline=None)
@given(MINUTES)
def test_every_statement_stands_on_the_paper_in_its_order(minutes):
    lines = texts(word.write(minutes))

    for hearing in minutes.hearings:
        for group in set(SPOKEN) - {"opinions"}:  # opinions are gathered under their questions: below
            assert follow([printable(each.text) for each in getattr(hearing, group)], lines), group
        for each in hearing.opinions:
            assert follow([printable(each.text)], lines)


@settings(max_examples=50, deadline=None)
@given(MINUTES)
def test_every_heading_and_every_cell_reads_back(minutes):
    paper = opened(word.write(minutes))
    blocks = list(lay_out(minutes))
    grids = [[tuple("".join(run.text for run in cell.iter(qn("w:r"))) for cell in row.tc_lst) for row in table._tbl.tr_lst] for table in paper.tables]
    drawn = [block for block in blocks if isinstance(block, (Table, Pairs))]

    assert [each.text for each in paper.paragraphs if each.style.name.startswith("Heading")] == [
        printable(block.text) for block in blocks if isinstance(block, Heading)]
    assert grids == [[tuple(map(printable, row)) for row in rows_of(block)] for block in drawn]
    for hearing in minutes.hearings:
        for row in (*hearing.attendees, *hearing.assignments):
            assert any(set(cells_of(row)) <= set(cells) for grid in grids for cells in grid)


@pytest.mark.parametrize("typed", ["長" * 100_000, "𠮷" * 50_000, "か\u3099" * 50_000, "行\n" * 5_000 + "終", *(f"前{each}後" for each in ODD)],
                         ids=["long", "pairs", "marks", "lines", *(ascii(each) for each in ODD)])
def test_a_text_reads_back_from_a_list_and_from_a_cell(typed):
    hearing = replace(mother_and_son(), decisions=(Statement(typed),), facts=(Statement(typed, "機関", "出所"),))

    assert texts(word.write(replace(one_case(), hearings=(hearing,)))).count(printable(typed)) == 2


def test_rows_over_several_pages_all_read_back():
    (hearing,) = long_meeting(400).hearings
    table = next(each for each in opened(word.write(long_meeting(400))).tables if len(each._tbl.tr_lst) > 400)
    read = ["".join(text.text for text in row.tc_lst[0].iter(qn("w:t"))) for row in table._tbl.tr_lst[1:]]

    assert sorted(read) == sorted(each.what for each in hearing.assignments)


def test_what_was_typed_in_the_room_stands_in_the_database_and_in_the_clerks_file_alike(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/room?view=record")
    kinds = ("fact", "opinion", "formulation", "issue", "decision", "taken_back")
    typed = [each for each in ODD if each.isprintable() and each.strip()] + ["長" * 1_500, "一行目\n二行目", "\ue000外字", "\U000f0000字", "שלום\u200f", "か\u3099き\u3099"]
    for place, text in enumerate(typed):
        answer = hanako.post(f"/hearings/{world.hearing}/entries", key=f"k{place}", kind=kinds[place % len(kinds)], text=f"{text}。", source="出所")
        assert answer.status_code == 303, (text, answer.status_code)
    hanako.get(f"/meetings/{world.meeting}/closing")
    hanako.post(f"/meetings/{world.meeting}/closing", held_from="14:00", held_to="15:00", next_meeting="12月16日", lead_agency_id="0", close="knowing")
    hanako.get(f"/meetings/{world.meeting}/minutes")
    hanako.post(f"/meetings/{world.meeting}/minutes/finalisation")
    lines = texts(world.browser("fumiko").get(f"/meetings/{world.meeting}/minutes.docx").data)
    with world.app.app_context(), unit(read_only=True):
        kept = [(each.kind, each.text) for each in session.query(Entry).order_by(Entry.position)]

    assert [text for _kind, text in kept] == [normal(f"{each}。") for each in typed]
    for kind in {kind for kind, _text in kept}:
        assert follow([printable(text) for each, text in kept if each is kind], lines), kind


def follow(wanted: list[str], lines: list[str]) -> bool:
    """Whether some lines contain the wanted texts one after the other."""
    rest = iter(lines)
    return all(any(text in line for line in rest) for text in wanted)


def rows_of(block) -> list[tuple[str, ...]]:
    """A block's rows as they are drawn, its head among them."""
    return [block.head, *block.rows] if isinstance(block, Table) else list(block.rows)


def cells_of(row) -> list[str]:
    """The filled texts of a record, as they are printed."""
    return [printable(each) for each in vars(row).values() if isinstance(each, str) and each]
