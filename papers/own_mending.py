"""What a filled form needs so that Word opens it clean: no empty cell, no number given twice. And what no form may keep silent about. Pure."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from exports.minutes import Minutes
from exports.ooxml import printable
from papers.own_checks import Package, R, W

_P, _TC, _TR, _TBL, _BODY = (f"{{{W}}}{each}" for each in ("p", "tc", "tr", "tbl", "body"))
_HOLDERS = {f"{{{W}}}{each}" for each in ("hdr", "ftr", "txbxContent", "footnote", "endnote")}
_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEAD, _KEPT = "word/headerKept.xml", "rIdKept"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def mend(tree) -> None:
    """Put right, in place, what repeating and leaving out can leave behind (ECMA-376 part 1, §17.4: a cell ends in a paragraph)."""
    for row in list(tree.iter(_TR)):
        if not any(True for _cell in row.iter(_TC)):
            row.getparent().remove(row)
    for table in list(tree.iter(_TBL)):
        if not any(True for _row in table.iter(_TR)):
            table.getparent().remove(table)
    for cell in tree.iter(_TC):
        if not len(cell) or cell[-1].tag != _P:
            cell.append(etree.Element(_P))
    for each in tree.iter(*_HOLDERS, _BODY):
        inside = [one for one in each if one.tag != f"{{{W}}}sectPr"]
        if not inside or inside[-1].tag == _TBL:
            each.insert(len(inside), etree.Element(_P))
    _number(tree)


def _number(tree) -> None:
    for place, each in enumerate(tree.iter(_DRAWN), 1):
        each.set("id", str(place))
    seen, names = set(), set()
    for each in list(tree.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        key = each.tag, each.get(f"{{{W}}}id")
        name = each.get(f"{{{W}}}name")
        if key in seen or (name is not None and name in names):
            each.getparent().remove(each)
        seen.add(key)
        names.add(name)


def warn(package: Package, parts: dict, minutes: Minutes) -> Package:
    """Say at the top of every page that a copy is a copy and a draft a draft, where nothing in the text says so: a form may
    name the field and yet leave it out. `parts` are changed in place; the package given back may have one more, a header.
    """
    said = "".join("".join(each.text or "" for each in parts[package.main].iter(f"{{{W}}}t")).split())
    lines = [minutes.copy] if "".join(printable(minutes.copy).split()) not in said else []
    lines += [f"（{minutes.status}）"] if not minutes.finalised_on and "".join(minutes.status.split()) not in said else []
    lines = [each for each in lines if each]
    if not lines:
        return package
    heads = [name for name, kind in package.kinds.items() if kind == _HEADER]
    if not heads:
        return _headed(package, parts, lines)
    for each in (parts[name] for name in heads if name in parts):
        _above(each, lines)
    if not _on_every_page(parts[package.main]):
        _above(parts[package.main].find(_BODY), lines)
    return package


def _headed(package: Package, parts: dict, lines: list[str]) -> Package:
    """The form with a header of its own for these lines, on the first, the even and the other pages."""
    head = etree.Element(f"{{{W}}}hdr", nsmap=dict(w=W))
    _above(head, lines)
    body = parts[package.main].find(_BODY)
    first = next(body.iter(f"{{{W}}}sectPr"), None)
    if first is None:
        first = etree.SubElement(body, f"{{{W}}}sectPr")
    for kind in ("first", "even", "default"):
        first.insert(0, etree.Element(f"{{{W}}}headerReference", {f"{{{W}}}type": kind, f"{{{R}}}id": _KEPT}))
    parts[_HEAD] = head
    relations = {**package.relations, package.main: {**package.relations.get(package.main, {}), _KEPT: ("header", _HEAD)}}
    return replace(package, parts={**package.parts, _HEAD: head}, kinds={**package.kinds, _HEAD: _HEADER}, relations=relations)


def _on_every_page(main) -> bool:
    """Whether the headers of a form reach its first page, and from there all others that have none of their own."""
    first = next(main.iter(f"{{{W}}}sectPr"), None)
    kinds = {each.get(f"{{{W}}}type") for each in first.iter(f"{{{W}}}headerReference")} if first is not None else set()
    return "default" in kinds and ("first" in kinds or first.find(f"{{{W}}}titlePg") is None)


def _above(tree, lines: list[str]) -> None:
    for each in reversed(lines):
        tree.insert(0, _small(each))


def _small(text: str):
    paragraph = etree.Element(_P)
    etree.SubElement(etree.SubElement(paragraph, f"{{{W}}}pPr"), f"{{{W}}}jc").set(f"{{{W}}}val", "right")
    run = etree.SubElement(paragraph, f"{{{W}}}r")
    size = etree.SubElement(run, f"{{{W}}}rPr")
    etree.SubElement(size, f"{{{W}}}sz").set(f"{{{W}}}val", "18")
    etree.SubElement(run, f"{{{W}}}t").text = " ".join(printable(text).split())
    return paragraph
