"""What a filled form needs so that Word opens it clean: no empty cell, no number given twice. And what no form may keep silent about. Pure."""

from __future__ import annotations

from lxml import etree

from exports.minutes import Minutes
from exports.ooxml import printable
from papers.own_checks import W

_P, _TC, _TR, _TBL, _BODY = (f"{{{W}}}{each}" for each in ("p", "tc", "tr", "tbl", "body"))
_HOLDERS = {f"{{{W}}}{each}" for each in ("hdr", "ftr", "txbxContent", "footnote", "endnote")}
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


def warn(tree, minutes: Minutes) -> None:
    """Say at the top that a copy is a copy and a draft a draft, where nothing on the paper says so: a form may name the field
    and yet leave it out.
    """
    said = "".join("".join(each.text or "" for each in tree.iter(f"{{{W}}}t")).split())
    lines = [minutes.copy] if "".join(printable(minutes.copy).split()) not in said else []
    lines += [f"（{minutes.status}）"] if not minutes.finalised_on and "".join(minutes.status.split()) not in said else []
    body = tree.find(_BODY)
    for line in reversed([each for each in lines if each]):
        body.insert(0, _small(line))


def _small(text: str):
    paragraph = etree.Element(_P)
    etree.SubElement(etree.SubElement(paragraph, f"{{{W}}}pPr"), f"{{{W}}}jc").set(f"{{{W}}}val", "right")
    run = etree.SubElement(paragraph, f"{{{W}}}r")
    size = etree.SubElement(run, f"{{{W}}}rPr")
    etree.SubElement(size, f"{{{W}}}sz").set(f"{{{W}}}val", "18")
    etree.SubElement(run, f"{{{W}}}t").text = " ".join(printable(text).split())
    return paragraph
