"""A filled form as plain lines and tables, to be looked at in the browser before it is in use. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from papers.own_checks import W, opened
from papers.own_tags import own

MOST = 400  # lines and tables


@dataclass(frozen=True)
class Line:
    """A paragraph."""

    text: str
    side: str  # left, center or right
    strong: bool


@dataclass(frozen=True)
class Grid:
    """A table: rows of (text, columns it spans, whether it is shaded)."""

    rows: tuple[tuple[tuple[str, int, bool], ...], ...]


def read(paper: bytes) -> list[Line | Grid]:
    """What stands in the text of a .docx that we made, from top to bottom; headers, footers and pictures left out."""
    package = opened(paper)
    body = package.parts[package.main].find(f"{{{W}}}body")
    found = [_line(each) if each.tag == f"{{{W}}}p" else _grid(each) for each in body.iter(f"{{{W}}}p", f"{{{W}}}tbl") if _outer(each)]
    return found[:MOST]


def _outer(element) -> bool:
    return not any(each.tag in (f"{{{W}}}tbl", f"{{{W}}}p") for each in element.iterancestors())


def _line(paragraph) -> Line:
    side = paragraph.find(f"./{{{W}}}pPr/{{{W}}}jc")
    value = side.get(f"{{{W}}}val") if side is not None else "left"
    strong = paragraph.find(f"./{{{W}}}r/{{{W}}}rPr/{{{W}}}b") is not None
    return Line(_text(paragraph), {"center": "center", "right": "right", "end": "right"}.get(value, "left"), strong)


def _grid(table) -> Grid:
    return Grid(tuple(tuple(map(_cell, row.iter(f"{{{W}}}tc"))) for row in table.iter(f"{{{W}}}tr")))


def _cell(cell) -> tuple[str, int, bool]:
    span = cell.find(f"./{{{W}}}tcPr/{{{W}}}gridSpan")
    text = "\n".join(_text(each) for each in cell.iter(f"{{{W}}}p"))
    return text, int(span.get(f"{{{W}}}val", "1")) if span is not None else 1, cell.find(f"./{{{W}}}tcPr/{{{W}}}shd") is not None


def _text(paragraph) -> str:
    words = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    return "".join(each.text or "" if each.tag == f"{{{W}}}t" else words.get(each.tag, "") for each in own(paragraph) if each.getparent().tag != f"{{{W}}}tabs")
