"""The report of a 年度 as an Excel workbook: numbers, breakdowns, what is counted. Cells are texts and numbers, never formulas. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Sequence
import io

import xlsxwriter

PLAIN = {"in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
STOOD_FOR = ("x", "非公表")  # what stands where a number is not told
FONT = {"font_name": "游ゴシック", "font_size": 10, "valign": "top"}


def workbook(title: str, under: str, sheets: Sequence[tuple[str, tuple, Sequence[int], list[tuple], int]], notes: Sequence[str]) -> bytes:
    """A book of sheets (name, headings, widths in letters, rows, how many of the last columns are differences), each A4 across with its headings on every page; `notes` stand on the last."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        book.set_properties({"title": title})
        book.set_custom_property("Language", "ja-JP")
        formats = {name: book.add_format(FONT | more) for name, more in (
            ("head", {"bold": True, "bg_color": "#E8F1FE", "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}),
            ("text", {"border": 1, "border_color": "#B4B4B4", "text_wrap": True, "num_format": "@"}),
            ("whole", {"border": 1, "border_color": "#B4B4B4", "num_format": "#,##0"}),
            ("part", {"border": 1, "border_color": "#B4B4B4", "num_format": "#,##0.0"}), ("whole±", {"border": 1, "border_color": "#B4B4B4", "num_format": "+#,##0;-#,##0;0"}),
            ("part±", {"border": 1, "border_color": "#B4B4B4", "num_format": "+#,##0.0;-#,##0.0;0.0"}), ("held", {"border": 1, "border_color": "#B4B4B4", "align": "right", "num_format": "@"}), ("note", {"text_wrap": True}))}
        for name, head, widths, rows, signed in sheets:
            sheet = book.add_worksheet(name)
            _fill(sheet, formats, head, widths, rows, signed)
            _print(sheet, title, under, len(rows), len(head))
        for place, note in enumerate(notes, len(rows) + 2):
            sheet.merge_range(place, 0, place, len(head) - 1, note, formats["note"])
            sheet.set_row(place, 30)
    return out.getvalue()


def _fill(sheet, formats: dict, head: tuple, widths: Sequence[int], rows: list[tuple], signed: int) -> None:
    for at, (heading, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, formats["head"])
    for place, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(place, at, value, formats[f"{'whole' if isinstance(value, int) else 'part'}{'±' if at >= len(head) - signed else ''}"])
            else:
                sheet.write_string(place, at, value, formats["held" if value in STOOD_FOR else "text"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)


def _print(sheet, title: str, under: str, last: int, width: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    plain = lambda text: text.replace("&", "&&")  # noqa: E731  (in a head, & begins a command)
    sheet.set_header(f'&L{plain(under)}&C&"游ゴシック,Bold"&12{plain(title)}')
    sheet.set_footer("&C&P / &N")
