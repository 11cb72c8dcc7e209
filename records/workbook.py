"""The 会議録台帳 as an Excel workbook: every cell is a text, a number or a day, never a formula. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
import io

import xlsxwriter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAREKI = '[$-411]ggge"年"m"月"d"日"'
PLAIN = {"in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(title: str, office: str, columns: list[tuple[str, int]], rows: Iterable[tuple], made: date) -> bytes:
    """A register to be sorted, filtered and printed: A4 across, its headings on every page. `columns` are headings and widths."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        book.set_properties({"title": title, "created": made})
        book.set_custom_property("Language", "ja-JP")
        sheet = book.add_worksheet("会議録台帳")
        last = _fill(book, sheet, columns, rows)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, last), len(columns) - 1)
        _print(sheet, title, office, last, len(columns))
    return out.getvalue()


def _fill(book, sheet, columns, rows) -> int:
    font = {"font_name": "游ゴシック", "font_size": 10, "valign": "top"}
    head = book.add_format(font | {"bold": True, "bg_color": "#E8F1FE", "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"})
    text, number, day = (book.add_format(font | {"border": 1, "border_color": "#B4B4B4"} | more) for more in (
        {"text_wrap": True, "num_format": "@"}, {"num_format": "0"}, {"num_format": WAREKI, "align": "left"}))
    sheet.set_row(0, 32)
    for at, (heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(last, at, value, day)
            elif isinstance(value, int):
                sheet.write_number(last, at, value, number)
            elif value:
                sheet.write_string(last, at, value, text)
            else:
                sheet.write_blank(last, at, None, text)
    return last


def _print(sheet, title: str, office: str, last: int, width: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(1, last), width - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.set_header(f'&L{_said(office)}&C&"游ゴシック,Bold"&12{_said(title)}&R取扱注意')
    sheet.set_footer("&C&P / &N")


def _said(text: str) -> str:
    """A text in the head of a page, where & begins a command and a figure would be read as the size of letters."""
    return text.replace("&", "&&")
