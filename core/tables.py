"""Cells of tables that people take away, safe to be opened in a spreadsheet. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterable
import csv
import io
import re

FORMULA = re.compile(r"['=+\-@|%\t\r]")  # how a spreadsheet knows something to calculate, or to run (CWE-1236)


class Number(str):
    """A number as text, sign and all, made by the program and typed by nobody: in a table it stands as it is."""


def safe(value: str) -> str:
    """The text with a sign (') before it where a spreadsheet would calculate it."""
    return f"'{value}" if FORMULA.match(value) and not isinstance(value, Number) else value


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """A table of texts in UTF-8 with the mark (BOM) that Excel asks for."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(each) for each in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
