"""A square of black dots (a QR code) as one shape of Word's own: sharp at any size, and no picture to be lost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from .shapes import framed

DOT = 100  # units of the path per dot
EMU_PER_MM = 36_000


@dataclass(frozen=True, slots=True)
class Square:
    """Row by row, "1" for a black dot; `side` in millimetres."""

    rows: tuple[str, ...]
    description: str
    side: int = 32


def squared(square: Square) -> str:
    """A paragraph with the square in its middle."""
    size, edge = square.side * EMU_PER_MM, len(square.rows) * DOT
    path = "".join(_bar(left, top, length) for top, row in enumerate(square.rows) for left, length in _bars(row))
    form = (f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{edge}" h="{edge}">{path}</a:path></a:pathLst></a:custGeom>'
            '<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:ln><a:noFill/></a:ln>')
    return framed(form, size, size, square.description)


def _bars(row: str):
    """(from where, how long) of every run of black dots."""
    at = 0
    for dot, run in groupby(row):
        length = len(list(run))
        if dot == "1":
            yield at, length
        at += length


def _bar(left: int, top: int, length: int) -> str:
    x, y, right, bottom = left * DOT, top * DOT, (left + length) * DOT, (top + 1) * DOT
    corners = ((right, y), (right, bottom), (x, bottom))
    return (f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>'
            + "".join(f'<a:lnTo><a:pt x="{a}" y="{b}"/></a:lnTo>' for a, b in corners) + "<a:close/>")
