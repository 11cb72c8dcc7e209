"""What goes out comes back in and changes nothing; nothing in it is calculated by a spreadsheet."""

from __future__ import annotations

from datetime import date
import io
import zipfile

from hypothesis import HealthCheck, given, settings, strategies as st
import openpyxl
import pytest

from agencies import columns, exporting, hints, rows, tables
from agencies.importing import Choices, Plan, State
from agencies.models import Agency, AgencyKind, Domain, Member
from core.database import session, unit
from tests.test_audit import noted

DATABASES = ["sqlite"]  # the round trip is about texts; importing is tested on both
FULL = dict(head="みなも保健所長", postal="123-4567", address="本町1-2", phone="0123-45-6789", fax="0123-45-6780", contract="委託", remarks="窓口は2階")


def planned(world, content):
    """What taking in this file would do to the roster."""
    [sheet] = tables.read(content)[:1]
    known = {hints.squashed(each.ja): each.code for each in Domain.listed(everything=True)}
    heading = columns.found(sheet.rows, known)
    assert heading.columns == list(EXPECTED)
    return Plan(rows.read(sheet, heading, known), Choices())


EXPECTED = ("agency", "kind", "contract", "domains", "prefectural", "coordinating", "head", "postal", "address", "agency_phone", "fax",
            "agency_remarks", "section", "job", "name", "kana", "phone", "email", "deputy", "since", "remarks")
WAYS = {"xlsx": exporting.as_xlsx, "csv": exporting.as_csv, "shift_jis": lambda table: exporting.as_csv(table, shift_jis=True)}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_exported_is_there_already(world, way):
    with world.app.app_context(), unit():
        agency = Agency(name="県みなも保健所", kind=AgencyKind.PUBLIC, prefectural=True, domains=Domain.listed()[:3], **FULL)
        session.add_all([Member(agency=agency, name="峰雲 たかし", kana="ミネグモ タカシ", section="企画係", job="所長", phone="+81-123", email="m@pref.example",
                                deputy="=次長", remarks="〃", since=date(2026, 4, 1)), Agency(name="誰もいない機関", kind=AgencyKind.INFORMAL)])
    with world.app.app_context(), unit(read_only=True):
        plan = planned(world, WAYS[way](exporting.table(Agency.listed())))

        assert {each.state for each in plan.lines} == {State.SAME}, [(each.row, each.person, each.agency) for each in plan.lines]
        assert len(plan.lines) == 7


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn")), max_size=14).map(lambda typed: " ".join(typed.split()))
named = words.map(lambda typed: typed or "名")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])
@given(data=st.data(), way=st.sampled_from(["xlsx", "csv"]))
def test_whatever_stands_on_the_roster_its_export_changes_nothing(world, data, way):
    some = st.lists(st.tuples(named, named, words, words, words), max_size=4, unique_by=lambda each: hints.body(each[0]))
    with world.app.app_context(), unit():
        for name, person, job, remarks, phone in data.draw(some):
            agency = Agency(name=name, kind=AgencyKind.CONTRACTED, head=job, phone=phone, remarks=remarks)
            session.add(Member(agency=agency, name=person, job=job, phone=phone, remarks=remarks))
        session.flush()
        plan = planned(world, WAYS[way](exporting.table(Agency.listed())))
        changes = [(each.row.number, each.state, each.person, each.agency) for each in plan.takeable]
        session.rollback()

    assert changes == []


def test_no_cell_is_a_formula(world):
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "|x", "%x", "\t=1", "=HYPERLINK(\"http://evil.example\")"]
    rows_out = [[each, *[""] * 13, each, *[""] * 6] for each in hostile]
    book = openpyxl.load_workbook(io.BytesIO(exporting.as_xlsx(rows_out)))

    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}  # n: empty
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(exporting.as_xlsx(rows_out))).read("xl/worksheets/sheet1.xml")
    for line in exporting.as_csv(rows_out).decode("utf-8-sig").splitlines()[1:]:
        assert line.lstrip('"').startswith("'")


def test_the_excel_file_keeps_its_headings_in_sight():
    book = openpyxl.load_workbook(io.BytesIO(exporting.as_xlsx([["福祉課"] * 21])))
    assert book.active.freeze_panes == "B2"
    assert [cell.value for cell in book.active[1]] == [heading for heading, *_rest in exporting.COLUMNS]
    assert book.active.column_dimensions["A"].width >= 25


@pytest.mark.parametrize("path, kind", [("roster.xlsx", "xlsx"), ("roster.csv", "csv"), ("roster.csv?letters=shift_jis", "csv")])
def test_taking_the_roster_out_is_on_record(world, path, kind):
    kanri = world.browser("kanri")
    with noted(world) as rows_noted:
        answer = kanri.get(f"/agencies/{path}")

    assert answer.status_code == 200
    assert "佐藤" not in answer.headers["Content-Disposition"]
    assert [(each.act, each.subject, each.detail) for each in rows_noted] == [("exported", "roster/1", kind)]


def test_a_letter_that_shift_jis_lacks_is_told_instead_of_lost(world):
    with world.app.app_context(), unit():
        session.add(Agency(name="𠮷野家事務所", kind=AgencyKind.CONTRACTED))
    answer = world.browser("hanako").get("/agencies/roster.csv?letters=shift_jis")

    assert answer.status_code == 409
    assert "「𠮷」" in answer.text
    assert "UTF-8" in answer.text


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_filled_in_comes_in_cleanly(world, ending):
    content = world.browser("hanako").get(f"/agencies/template.{ending}").data
    [sheet] = tables.read(content)[:1]
    heading = columns.found(sheet.rows)
    sheet.rows.append(["新しい機関", "行政", "", "障害、教育", "○", "", "新しい機関長", "1234567", "本町1", "", "", "", "", "主査", "山 花", "やま はな", "", "", "", "令和8年4月1日", ""])
    [row] = rows.read(sheet, heading, {"障害": "DIS", "教育": "EDU"}).rows

    assert row.faults == [] and row.notes == []
    assert (row.agency["kind"], row.agency["domains"], row.agency["prefectural"]) == ("public", ["DIS", "EDU"], True)
    assert row.person["since"] == date(2026, 4, 1)
