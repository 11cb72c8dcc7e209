"""What must hold of a Word file beyond its schema: that its parts fit together, and that everybody can read it."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
NEVER = (".bin", ".vbs", ".js", ".exe", ".ole", ".ttf", ".odttf")


def loose_ends(paper: bytes) -> list[str]:
    """What does not fit together: parts without a type, relations to nothing or outside, styles and numbers nobody defines."""
    with ZipFile(BytesIO(paper)) as package:
        names = package.namelist()
        trees = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
        times = {each.date_time for each in package.infolist()}
    return [*_parts(names, times), *_types(names, trees), *_relations(names, trees), *_styles(trees), *_numbers(trees)]


def _parts(names, times):
    yield from (f"{name} stands twice" for name, count in Counter(names).items() if count > 1)
    yield from (f"{name} may run or was brought along" for name in names if name.lower().endswith(NEVER))
    if times != {(1980, 1, 1, 0, 0, 0)}:
        yield f"the time it was written shows: {times}"


def _types(names, trees):
    types = trees["[Content_Types].xml"]
    endings = {each.get("Extension").lower() for each in types.iter(f"{TYPES}Default")}
    parts = {each.get("PartName") for each in types.iter(f"{TYPES}Override")}
    for name in names:
        if name != "[Content_Types].xml" and f"/{name}" not in parts and name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
        if name.startswith("word/") and name.endswith(".xml") and f"/{name}" not in parts:
            yield f"{name} is only called xml"
    yield from (f"a type for {part}, which is not there" for part in parts if part.removeprefix("/") not in names)


def _relations(names, trees):
    for holder, tree in trees.items():
        if holder.endswith(".rels"):
            folder = dirname(dirname(holder))
            for each in tree.iter(RELATIONS):
                target = each.get("Target")
                if each.get("TargetMode") == "External":
                    yield f"{holder} leads outside: {target}"
                elif normpath(join(folder, target)).lstrip("/") not in names:
                    yield f"{holder} leads to nothing: {target}"


def _styles(trees):
    known = {each.get(qn("w:styleId")) for each in trees["word/styles.xml"].iter(qn("w:style"))}
    for name, tree in trees.items():
        used = {each.get(qn("w:val")) for kind in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link") for each in tree.iter(qn(kind))}
        yield from (f"{name}: style {each} is not defined" for each in sorted(used - known))


def _numbers(trees):
    defined = {each.get(qn("w:numId")) for each in trees["word/numbering.xml"].iter(qn("w:num"))}
    used = {each.get(qn("w:val")) for tree in trees.values() for each in tree.iter(qn("w:numId"))}
    yield from (f"list {each} is not defined" for each in sorted(used - defined - {"0"}))
    drawings = Counter(each.get("id") for each in trees["word/document.xml"].iter(qn("wp:docPr")))
    yield from (f"{count} drawings are number {number}" for number, count in drawings.items() if count > 1)


def barriers(paper: bytes) -> list[str]:
    """What keeps somebody who listens to the paper, or steps through it by its headings, from reading it."""
    document = Document(BytesIO(paper))
    return [*_unsaid(document), *_headings(document), *_tables(document.element.body), *_drawings(document.element.body)]


def _unsaid(document):
    if not document.core_properties.title.strip():
        yield "the paper has no title"
    if document.core_properties.language != "ja-JP":
        yield "its properties do not say that it is Japanese"
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if spoken is None or spoken.get(qn("w:eastAsia")) != "ja-JP":
        yield "its text is not marked as Japanese"


def _headings(document):
    before = 0
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading "):
            level = int(paragraph.style.name.removeprefix("Heading "))
            if not paragraph.text.strip():
                yield f"an empty heading of level {level}"
            if level > before + 1:
                yield f"{paragraph.text!r} jumps from level {before} to {level}"
            before = level


def _tables(body):
    for table in body.iter(qn("w:tbl")):
        properties, (first, *others) = table.tblPr, table.tr_lst
        said = {name: each.get(qn("w:val")) for name in ("caption", "description")
                for each in properties.iter(qn(f"w:tbl{name.title()}"))}
        called = said.get("caption") or "a table"
        yield from (f"{called} has no {name}" for name in ("caption", "description") if not (said.get(name) or "").strip())
        look = properties.find(qn("w:tblLook"))
        by_row, by_column = (look is not None and look.get(qn(f"w:{side}")) == "1" for side in ("firstRow", "firstColumn"))
        if by_row == by_column:
            yield f"{called} does not say which cells are its heads"
        if by_row != _returns(first) or any(_returns(row) for row in others):
            yield f"the head of {called} does not return on every page"
        if by_row and not all("".join(cell.itertext()).strip() for cell in first.tc_lst):
            yield f"a column of {called} has no head"


def _returns(row) -> bool:
    return row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None


def _drawings(body):
    for each in body.iter(qn("wp:docPr")):
        if not (each.get("descr") or "").strip():
            yield f"the drawing {each.get('name')!r} says nothing"
