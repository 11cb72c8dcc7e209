"""The 会議録 as plain text: for mail, for pasting, for reading aloud."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import Annex, Block, Heading, Item, Line, Note, Pairs, Point, Quote, Table, Text, Title, lay_out
from .drawing import Drawing
from .layout import STANDARD, Layout, wide
from .minutes import Minutes
from .numbers import Numbers
from .ooxml import printable


def write(minutes: Minutes, layout: Layout = STANDARD) -> str:
    """The minutes as plain text, in the order, numbers and words of the Word file; lines end in "\\n".

    A table becomes a line per row with each answer after its column's title, so that the text
    reads well in a narrow window and aloud. Any text is accepted, as in `word.write`.
    """
    lines = list(filter(None, ["　".join(filter(None, (minutes.handling_mark, minutes.reference)))]))
    numbers = Numbers(layout.numbering)
    for block in lay_out(minutes, layout.annexes):
        lines += _lines(block, numbers)
    if minutes.content_hash:
        lines.append(f"照合番号 {minutes.content_hash}")
    return printable("\n".join(lines)) + "\n"


def _lines(block: Block, numbers: Numbers) -> Iterator[str]:
    match block:
        case Title(text, status):
            yield from (text, f"（{status}）" if status else "")
        case Heading(level, text):
            yield from ("", f"{numbers.next(level)} {_inset(text)}")
        case Annex(number, text):
            yield from ("", f"別紙{number}　{_inset(text)}")
        case Item(text, numbered):
            yield f"  {numbers.next(3) if numbered else '・'} {_inset(text)}"
        case Table(_, _, head, rows):
            yield from (f"  ・ {_row(head, row)}" for row in rows)
        case Pairs(_, rows):
            yield from (f"  {label}: {_inset(text)}" for label, text in rows)
        case Note(text):
            yield f"  ※ {_inset(text)}"
        case Drawing(_, _, _, description):
            yield f"  {_inset(description)}"
        case Point(number, label, text):
            yield f"{wide(number)}　{label}　{_inset(text)}"
        case Line(text):
            yield printable(text)
        case Text(text) | Quote(text):
            yield f"  {_inset(text)}"
        case _:
            yield from ("", block.text)


def _row(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    return " / ".join(f"{title}: {_inset(text)}" for title, text in zip(head, row, strict=True) if text)


def _inset(text: str) -> str:
    # a text of several lines stays visibly one answer
    return printable(text).replace("\n", "\n    ")
