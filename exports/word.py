"""Papers as Word files: the 会議録, and any other paper that is a row of blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, count

from .base import base
from .blocks import Annex, Block, Heading, Item, Line, Note, Pairs, Point, Table, Text, Title, lay_out
from .drawing import Drawing
from .layout import STANDARD, Layout, wide
from .minutes import Minutes
from .ooxml import approval, captioned, line, pairs, paragraph, table
from .shapes import counted, drawn
from .squares import Square, squared
from .watermark import watermark

LABEL_SHARES = (32, 128)
# the style each simple block is set in, by its name in exports/styles.py
STYLES = {"Text": "BodyText", "Note": "Note", "Quote": "OwnWords", "End": "Closing"}
_NEW_PAGE = "<w:pageBreakBefore/>"
_LEADS = '<w:keepNext/><w:spacing w:after="60"/>'


def write(minutes: Minutes, layout: Layout = STANDARD, more: Iterable[Block] = (), across: str = "") -> bytes:
    """The minutes as a .docx, ready to be filed: no macro, nothing remote, no author's name.

    Any text is accepted: what a Word file cannot hold is dropped or shown as U+FFFD
    (see `ooxml.printable`). The same minutes and layout give the same bytes. `more` blocks follow the end of the paper.
    `across`: words that stand behind every page, from one corner to the other.
    """
    return draw(chain(lay_out(minutes, layout.annexes), more), minutes.title, minutes.handling_mark, minutes.reference, minutes.status,
                _seal(minutes.content_hash), layout, boxed=not minutes.copy, across=across)


def draw(blocks: Iterable[Block], title: str, mark: str = "", reference: str = "", status: str = "", seal: str = "",
         layout: Layout = STANDARD, boxed: bool = False, across: str = "") -> bytes:
    """A paper of these blocks as a .docx. `title` goes into its properties; the other words stand above and below
    every page: `mark` (取扱注意) and `reference` above, `status` and `seal` beside the page number, `across` behind the text.
    """
    layout = layout if boxed or not layout.box_title else replace(layout, box_title="")  # a box for seals is for the record itself, no copy or form
    captions = count(1)
    return base(layout).fill(
        body=counted("".join([_drawn(_said(block, layout), layout, captions) for block in blocks])),
        title=line(title),
        mark=_boxed(line(mark)),
        reference=line(reference),
        status=line(status),
        seal=line(seal),
        across=watermark(line(across), layout) if across else "",
    )


def _said(block: Block, layout: Layout) -> Block:
    """The block with the office's comma in the words that are ours: what people said stays as they wrote it."""
    if layout.comma == "、":
        return block
    ours = lambda words: words.replace("、", layout.comma)  # noqa: E731
    match block:
        case Heading() | Annex() | Note():
            return replace(block, text=ours(block.text))
        case Table():
            return replace(block, caption=ours(block.caption), head=tuple(map(ours, block.head)))
        case Pairs():
            return replace(block, rows=tuple((ours(label), text) for label, text in block.rows))
        case _:
            return block


def _drawn(block: Block, layout: Layout, captions) -> str:
    match block:
        case Table(caption, counted=True) if layout.captions:
            return captioned(next(captions), caption) + _table(block, layout)
        case Table():
            return _table(block, layout)
        case Annex(number, text):
            return paragraph("Annex", f"別紙{number}　{text}")
        case Item(text, numbered, leads):
            return paragraph("ListNumber" if numbered else "ListBullet", text, _LEADS if leads else "")
        case Text(text, leads=True):
            return paragraph("BodyText", text, _LEADS)
        case Heading(level, text, new_page):
            return paragraph(f"Heading{level}", text, _NEW_PAGE if new_page else "")
        case Pairs(caption, rows):
            return pairs(caption, layout.columns(LABEL_SHARES), rows)
        case Drawing():
            return drawn(block, layout.text_width)
        case Square():
            return squared(block)
        case Line(text, side, new_page):
            return paragraph("Line", text, f'{_NEW_PAGE if new_page else ""}<w:jc w:val="{side}"/>')
        case Point(number, label, text):
            return paragraph("Point", f"{wide(number)}　{label}\t{text}")
        case Title(text, status) if layout.box_title:
            box = approval(layout.box_title, layout.box_labels, layout.text_width)
            return box + paragraph("Title", text) + paragraph("Subtitle", f"（{status}）" if status else "")
        case Title(text, status):
            return paragraph("Title", text) + paragraph("Subtitle", f"（{status}）" if status else "")
        case _:
            return paragraph(STYLES[type(block).__name__], block.text)


def _table(block: Table, layout: Layout) -> str:
    return table(block.caption, layout.columns(block.shares), block.head, block.rows, block.leads, block.numbers)


def _boxed(mark: str) -> str:
    return f"\u00a0{mark}\u00a0" if mark else ""  # else the frame touches the letters


def _seal(content_hash: str) -> str:
    """The beginning of the hash, enough to tell two versions apart on paper."""
    return f"照合番号 {content_hash[:12]}" if content_hash else ""
