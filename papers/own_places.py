"""Where in a form something stands, in words that a clerk can follow in Word. Pure."""

from __future__ import annotations

from core.languages import _
from papers.own_checks import W

SHOWN = 16  # letters of a paragraph, to know it by


def places(tree, kind: str):
    """A function(element) -> str for this part: 3番目の段落「…」, 表2の1行目2列目, ヘッダーの…."""
    tables = {each: number for number, each in enumerate(tree.iter(f"{{{W}}}tbl"), 1)}
    body = next(iter(tree.iter(f"{{{W}}}body")), tree)
    numbers = {each: number for number, each in enumerate((each for each in body if each.tag == f"{{{W}}}p"), 1)}
    part = next((word for mark, word in _parts() if mark in kind), "%s")

    def where(element) -> str:
        around = [element, *element.iterancestors()]
        cell = next((each for each in around if each.tag == f"{{{W}}}tc"), None)
        paragraph = next((each for each in around if each in numbers), None)
        if cell is not None:
            return part % _cell(cell, tables, element)
        elif paragraph is not None:
            start = _start(paragraph)
            short = start if len(start) <= SHOWN else start[:SHOWN] + "…"
            return part % (_("paragraph %(number)s “%(start)s”", number=numbers[paragraph], start=short) if short
                           else _("paragraph %(number)s (empty)", number=numbers[paragraph]))
        else:
            return part % _("somewhere in it") if part != "%s" else _("somewhere in the form")

    return where


def _start(paragraph) -> str:
    """The first letters of a paragraph, and no more of a long one than is shown."""
    start = ""
    for each in paragraph.iter(f"{{{W}}}t"):
        start = (start + (each.text or "")).lstrip()
        if len(start) > 2 * SHOWN:
            break
    return start.strip()


def _cell(cell, tables, element) -> str:
    row = cell.getparent()
    while row.tag != f"{{{W}}}tr" and row.getparent() is not None:  # a cell may stand in a content control
        row = row.getparent()
    table = row.getparent()
    while table.tag != f"{{{W}}}tbl" and table.getparent() is not None:
        table = table.getparent()
    rows, cells = list(table.iter(f"{{{W}}}tr")), list(row.iter(f"{{{W}}}tc"))
    return _("table %(table)s, row %(row)s, column %(column)s", table=tables.get(table, 1), row=rows.index(row) + 1, column=cells.index(cell) + 1)


def _parts():
    return (("header", _("header, %s")), ("footer", _("footer, %s")), ("footnotes", _("footnotes, %s")), ("endnotes", _("endnotes, %s")),
            ("styles", _("styles, %s")), ("settings", _("settings, %s")), ("numbering", _("numbering, %s")))

