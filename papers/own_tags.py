"""Find what a clerk typed between braces in a form, in the syntax of docxtpl, and put a marker into the tree for each. Pure.

Word cuts a text into runs where nobody sees it: a tag that is spread over several is put together again. Braces and signs may
be full-width, as an input method writes them. `{%tr …%}`, `{%tc …%}` and `{%p …%}` stand for their whole row, cell or
paragraph; so does a statement that is alone in its paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
import re
import unicodedata

from lxml import etree

from core.languages import _
from papers.own_checks import W

LONGEST = 300  # letters in one tag
MARK = "kurumaza"  # the target of the processing instruction that marks a tag
_OPENS = re.compile("[{｛]([{｛%％#＃])")
_CLOSES = {"{": re.compile("[}｝][}｝]"), "%": re.compile("[%％][}｝]"), "#": re.compile("[#＃][}｝]")}
_STRAY = re.compile("[}｝%％#＃][}｝]")
_LEVEL = re.compile(r"(tr|tc|p|r)\s+(.*)", re.DOTALL)
_BARRIER = "\x01"  # a line break, a tab or a picture: no part of a tag
_QUOTES = str.maketrans("“”‘’＂＇", "\"\"''\"'")
_T, _P, _R, _TR, _TC = (f"{{{W}}}{each}" for each in ("t", "p", "r", "tr", "tc"))
_BREAKS = {f"{{{W}}}{each}" for each in ("br", "cr", "tab", "drawing", "pict", "ptab", "sym", "fldChar", "footnoteReference", "endnoteReference")}
HOLDERS = {"tr": _TR, "tc": _TC, "p": _P, "r": _R}


@dataclass
class Tag:
    """What stood between braces: its kind ({, % or #), the words, what it stands for ("" for its own place), and where it was."""

    kind: str
    words: str
    level: str
    shown: str
    place: str

    @property
    def first(self) -> str:
        """The first word of a statement: for, if, else, endif …"""
        return self.words.split()[0] if self.words.split() else ""


def marked(tree, where, tags: list[Tag], faults: list[str]) -> None:
    """Replace every tag in the tree by a marker with its place in `tags`; add a sentence to `faults` for what cannot be read."""
    for paragraph in list(tree.iter(_P)):
        _mark(paragraph, where, tags, faults)
    for level in ("r", "p", "tc", "tr"):
        for holder in list(tree.iter(HOLDERS[level])):
            _lift(holder, level, tags, faults)


def own(paragraph):
    """The nodes of a paragraph in reading order, without those of a text box within it."""
    for each in paragraph:
        if each.tag != _P:
            yield each
            yield from own(each)


# -- reading -----------------------------------------------------------------------------------------------------------

def _mark(paragraph, where, tags, faults) -> None:
    pieces = [(each, each.text or "" if each.tag == _T else _BARRIER) for each in own(paragraph) if each.tag == _T or each.tag in _BREAKS]
    text = "".join(piece for _node, piece in pieces)
    if not _OPENS.search(text):
        if stray := _STRAY.search(text):
            faults.append(_("%(place)s: “%(tag)s” ends what was never begun.", place=where(paragraph), tag=_around(text, stray.start())))
        return
    spans = list(_spans(text, lambda message, **more: faults.append(_(message, place=where(paragraph), **more))))
    alone = _alone(text, spans)
    found, here = [], where(paragraph)
    for begin, end, kind in spans:
        tag = _tag(kind, text[begin + 2:end - 2], text[begin:end], here)
        if alone and kind == "%" and not tag.level:
            tag.level = "p"
        tags.append(tag)
        found.append((begin, end, len(tags) - 1))
    at, passed = 0, 0
    for node, piece in pieces:  # both go forward through the text once, however many runs and tags there are
        while passed < len(found) and found[passed][1] <= at:
            passed += 1
        if node.tag == _T:
            ahead = (found[place] for place in range(passed, len(found)))
            _rewrite(node, text, at, at + len(piece), list(takewhile(lambda each: each[0] < at + len(piece), ahead)))  # noqa: B023
        at += len(piece)


def _spans(text: str, fault):
    """(begin, end, kind) of each tag. Goes through the text once, however many braces there are."""
    at = 0
    while opens := _OPENS.search(text, at):
        begin, kind = opens.start(), unicodedata.normalize("NFKC", opens[1])
        closes = _CLOSES[kind].search(text, begin + 2, begin + LONGEST)
        if closes is None:
            fault(_("%(place)s: “%(tag)s” is not closed, or longer than %(limit)s letters.", place="%(place)s", tag="%(tag)s", limit=LONGEST),
                  tag=_around(text, begin))
            return
        end = closes.end()
        if text[end:end + 1] in ("}", "｝") and kind == "{" and text[begin + 2:begin + 3] in ("{", "｛"):
            end += 1
        if _BARRIER in text[begin:end]:
            fault(_("%(place)s: a line break, a tab or a picture stands inside “%(tag)s”. Type it anew in one go."), tag=_around(text, begin))
        else:
            yield begin, end, kind
        at = end
    if stray := _STRAY.search(text, at):
        fault(_("%(place)s: “%(tag)s” ends what was never begun."), tag=_around(text, stray.start()))


def _alone(text: str, spans) -> bool:
    """Whether a paragraph holds statements and nothing besides."""
    rest, at = "", 0
    for begin, end, _kind in spans:
        rest, at = rest + text[at:begin], end
    return not (rest + text[at:]).strip() and len(spans) == 1


def _tag(kind: str, inside: str, shown: str, place: str) -> Tag:
    words = plain(inside.strip().strip("-+").strip())
    level = _LEVEL.match(words)
    if level and kind == "%":
        return Tag(kind, level[2].strip(), level[1], shown, place)
    else:
        return Tag(kind, level[2].strip() if level else words, "", shown, place)


def plain(words: str) -> str:
    """Full-width letters and signs as Jinja reads them, but for what stands in quotation marks, which is printed as typed."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", words.translate(_QUOTES))
    return "".join(each if place % 2 else unicodedata.normalize("NFKC", each) for place, each in enumerate(parts)).strip()


def _around(text: str, at: int) -> str:
    return text[max(at - 4 if not _OPENS.match(text, at) else at, 0):at + 20].replace(_BARRIER, " ")


def _rewrite(node, text, begin, end, within) -> None:
    """One stretch of text: the letters that are in no tag stay, and each tag that begins here leaves its marker."""
    if not within:
        return
    node.text, last, at = "", None, begin
    for opens, closes, number in within:
        last = _write(node, last, text[at:max(opens, at)])
        if opens >= begin:
            last = etree.ProcessingInstruction(MARK, str(number))
            last.tail = ""
            node.append(last)
        at = min(closes, end)
    _write(node, last, text[at:end])
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _write(node, last, letters: str):
    if last is None:
        node.text += letters
    else:
        last.tail += letters
    return last


# -- rows, cells and paragraphs ----------------------------------------------------------------------------------------

def markers(element):
    """The markers within an element, in reading order, with the places of their tags."""
    return [(each, int(each.text)) for each in element.iter(etree.PI) if each.target == MARK]


def _lift(holder, level: str, tags: list[Tag], faults: list[str]) -> None:
    """Put the statements that stand for this row (cell, paragraph, run) around it, or in its place when nothing else is in it."""
    inside = [(each, number) for each, number in markers(holder) if tags[number].level == level and _holder(each, level) is holder]
    if not inside or holder.getparent() is None:
        return
    for each, _number in inside:
        _take_out(each)
    if _empty(holder):
        for each, _number in inside:
            holder.addprevious(each)
        holder.getparent().remove(holder)
        return
    for each, number in inside:
        if tags[number].first in ("else", "elif"):
            faults.append(_("%(place)s: “%(tag)s” needs a row or a paragraph of its own.", place=tags[number].place, tag=tags[number].shown))
        elif tags[number].first.startswith("end"):
            _after(holder, each)
        else:
            holder.addprevious(each)


def _after(holder, mark) -> None:
    """Behind the holder and what already closes there."""
    last = holder
    while last.getnext() is not None and last.getnext().tag is etree.PI:
        last = last.getnext()
    last.addnext(mark)


def _holder(mark, level: str):
    return next(mark.iterancestors(HOLDERS[level]), None)


def _take_out(mark) -> None:
    before, parent, tail = mark.getprevious(), mark.getparent(), mark.tail or ""
    mark.tail = None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(mark)


def _empty(holder) -> bool:
    """Whether nothing would be lost with it: no letters, no markers, no picture, no break of a section."""
    kept = {*_BREAKS, f"{{{W}}}sectPr"}
    return not any(each.tag in kept or (each.tag == _T and (each.text or "").strip()) or each.tag is etree.PI for each in holder.iter())
