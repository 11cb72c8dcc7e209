"""The 会議録 as Markdown: for a wiki, for a system that reads it again. What people typed stays text and never becomes markup.

Only what every dialect knows is used: headings, lists with a dash, quotes, and tables with bars. A letter that could begin markup
is set with a backslash where Markdown has always had one, and as a character reference where dialects differ (`<`, `|`, `~`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import re

from .blocks import Annex, Block, Heading, Item, Line, Note, Pairs, Point, Quote, Table, Text, Title, lay_out
from .drawing import Drawing
from .layout import STANDARD, Layout, wide
from .minutes import Minutes
from .numbers import Numbers
from .ooxml import printable
from .squares import Square

_SPECIAL = re.compile(r"[\\`*_\[\]{}#!&<>|~$^]|:(?=//|\w+:)|(?<=www)\.")
_REFERENCES = {mark: f"&#{ord(mark)};" for mark in "|~$^:="} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")  # what begins a list or underlines a heading
BREAK = "  \n"


def write(minutes: Minutes, layout: Layout = STANDARD) -> str:
    """The minutes as Markdown, in the order, numbers and words of the Word file; lines end in "\\n".

    Any text is accepted, as in `word.write`. The same minutes give the same text.
    """
    above = "　".join(filter(None, (minutes.handling_mark, minutes.reference)))
    below = f"照合番号 {minutes.content_hash}" if minutes.content_hash else ""
    return draw(lay_out(minutes, layout.annexes), above, below, layout.numbering)


def draw(blocks: Iterable[Block], above: str = "", below: str = "", numbering: str = "dai") -> str:
    """A row of blocks as Markdown, with a line above and one below."""
    numbers = Numbers(numbering)
    parts = [each for block in blocks for each in _parts(block, numbers)]
    return "\n\n".join(filter(None, (_inline(above), *_lists(parts), _inline(below)))) + "\n"


def _parts(block: Block, numbers: Numbers) -> Iterator[str]:
    match block:
        case Title(text, status):
            yield from (f"# {_flat(text)}", f"（{_flat(status)}）" if status else "")
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {numbers.next(level)} {_flat(text)}"
        case Annex(number, text):
            yield f"## 別紙{number} {_flat(text)}"
        case Item(text, numbered):
            yield f"- {numbers.next(3) + ' ' if numbered else ''}{_inline(text, '  ')}"
        case Table(_, _, head, rows):
            yield "\n".join([_row(head), "|" + " --- |" * len(head), *map(_row, rows)])
        case Pairs(_, rows):
            yield "\n".join(f"- {_flat(label)}: {_inline(text, '  ')}" for label, text in rows)
        case Quote(text):
            yield f"> {_inline(text, '> ')}"
        case Note(text):
            yield f"※ {_inline(text)}"
        case Drawing(_, _, _, description) | Square(_, description):
            yield _inline(description)
        case Point(number, label, text):
            yield f"{wide(number)}　{_flat(label)}　{_inline(text)}"
        case Text(text) | Line(text):
            yield _inline(text)
        case _:
            yield _inline(block.text)


def _lists(parts: list[str]) -> Iterator[str]:
    """Neighbouring list entries as one list, without blank lines between them."""
    entries: list[str] = []
    for part in filter(None, parts):
        if part.startswith("- "):
            entries.append(part)
            continue
        if entries:
            yield "\n".join(entries)
            entries = []
        yield part
    if entries:
        yield "\n".join(entries)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join("<br>".join(map(_escaped, _typed(each))) for each in cells) + " |"


def _inline(text: str, indent: str = "") -> str:
    """The text with its line breaks kept; further lines begin with `indent`, so that they stay in their list or quote."""
    return f"{BREAK}{indent}".join(map(_escaped, _typed(text)))


def _flat(text: str) -> str:
    return " ".join(map(_escaped, _typed(text)))


def _typed(text: str) -> list[str]:
    # blanks at the edge of a line would make code of it, and an empty line would end its list
    return list(filter(None, (line.strip() for line in printable(text).split("\n")))) or [""]


def _escaped(line: str) -> str:
    line = _SPECIAL.sub(lambda found: _REFERENCES.get(found[0], f"\\{found[0]}"), line)
    return _LEADING.sub(_disarmed, line)


def _disarmed(found: re.Match) -> str:
    mark = found[0]
    return f"{mark}\\" if mark.isdigit() else _REFERENCES.get(mark, f"\\{mark}")
