"""Excel files (.xlsx): looked at before they are opened, then read value by value. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
import io
import re
import zipfile
import zlib

import openpyxl

from agencies.sheets import MOST_COLUMNS, MOST_LETTERS, Sheet, Unreadable, gathered
from core.languages import _

UNPACKED = 20_000_000  # bytes of the whole file; 5,000 rows of a roster have about five million
PART = 3_000_000  # bytes of any part that is read as a whole: styles, the list of sheets, relations
PARTS = 1_000
MOST_SHEETS = 20
TABLES = ("xl/worksheets/", "xl/sharedStrings")  # read piece by piece
PICTURES = ("xl/media/",)  # not read at all
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how Excel keeps a letter that XML cannot hold
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(content: bytes) -> list[Sheet]:
    """The visible sheets with something in them. Unreadable for any other zip, and for one that lies."""
    _look_at(content)
    try:
        sheets = _sheets(content)
    except Unreadable:
        raise
    except Exception as fault:  # whatever openpyxl stumbles over in a damaged file, it says in a hundred ways
        raise _broken() from fault
    if not sheets:
        raise Unreadable(_("There is nothing in this file."), _("Open it once more and see whether it was saved."))
    return sheets


def _look_at(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            _what_it_is(file)
            _how_large(file.infolist())
            for part in file.infolist():
                if not part.filename.startswith(PICTURES):
                    _without_entities(file, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, LookupError) as fault:
        raise _broken() from fault


def _what_it_is(file: zipfile.ZipFile) -> None:
    names = set(file.namelist())
    if any(each.endswith("vbaProject.bin") or each.startswith("xl/macrosheets/") for each in names):
        raise Unreadable(_("This file carries macros."), _("Save it in Excel as .xlsx (without macros)."))
    elif "xl/workbook.xml" not in names:
        raise Unreadable(_("This is not an Excel file, whatever it is called."), _("Send the table as .xlsx or as CSV."))


def _how_large(parts: list[zipfile.ZipInfo]) -> None:
    whole = [each.filename for each in parts if each.file_size > PART and not each.filename.startswith(TABLES + PICTURES)]
    if len(parts) > PARTS or sum(each.file_size for each in parts) > UNPACKED or whole:
        raise Unreadable(_("Unpacked, this file is too large for a roster."), _("Copy only the table into a new file and send that."))


def _without_entities(file: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part of an Excel file never declares entities; one that does means to swell or to fetch something."""
    before = b""
    with file.open(part) as stream:
        while chunk := stream.read(65_536):
            seen = before + chunk.replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise Unreadable(_("This file holds something that has no place in a table."), _("Copy only the table into a new file and send that."))
            before = seen[-16:]


def _sheets(content: bytes) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [each for each in book.worksheets if each.sheet_state == "visible"] or book.worksheets
    if len(shown) > MOST_SHEETS:
        raise Unreadable(_("The file has more than %(limit)s sheets.", limit=MOST_SHEETS), _("Copy only the table into a new file and send that."))
    sheets = [gathered(_text(each.title), _rows(each)) for each in shown]
    if sum(len(cell) for each in sheets for row in each.rows for cell in row) > MOST_LETTERS:
        raise Unreadable(_("There is more text in it than a roster can have."), _("Leave out the columns that are not needed."))
    _mark_uncalculated(content, sheets)
    return [each for each in sheets if each.rows]


def _rows(sheet):
    sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
        yield [_text(each) for each in row]


def _mark_uncalculated(content: bytes, sheets: list[Sheet]) -> None:
    """Where a formula was saved without its value: an empty cell would be read as nothing written there."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    for sheet in sheets:
        source = book[sheet.name] if sheet.name in book.sheetnames else None
        for at, row in enumerate(_formulas(source, len(sheet.rows))):
            values = sheet.rows[at]
            sheet.uncalculated |= {(at, column) for column in row if column >= len(values) or not values[column]}


def _formulas(sheet, count: int):
    if sheet is None:
        return
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=count, max_col=MOST_COLUMNS):
        yield [at for at, cell in enumerate(row) if cell.value is not None and cell.data_type == "f"]


def _text(value) -> str:
    if value is None:
        return ""
    elif isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    elif isinstance(value, float):
        return f"{value:.15g}"
    elif isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    elif isinstance(value, date | time):
        return value.isoformat()
    else:
        return _SURROGATE.sub("\ufffd", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)))


def _broken() -> Unreadable:
    return Unreadable(_("This Excel file is damaged."), _("Open it in Excel, save it again as .xlsx and send that."))
