"""The empty paper: every part of the .docx that does not depend on one meeting.

python-docx makes it, once per process and layout: it knows the package, its relationships
and content types, the section with its headers and footers, and the document properties.
Its default template carries 790 KB of styles and a thumbnail, so these go first and the lean
styles come in. What differs from paper to paper stays in the parts as a `$slot`,
and `fill` puts it in; the other parts are compressed here and never touched again, which is
why the thousandth paper costs only its own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
import re
from string import Template
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from .layout import Layout
from .ooxml import NAMESPACE, line
from .styles import fonts, numbering, settings, styles

_PAGE = f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr=" {{}} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_CORE = "docProps/core.xml"
LOGO = 10  # mm high
LEVEL = 3  # of compression: half the time of the usual 6, and some 600 bytes more on a paper of 14 KB
# python-docx cannot leave out the author, so the properties are written whole: no names, no times.
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>$title</dc:title><dc:identifier>$reference</dc:identifier>'
    "<dc:language>ja-JP</dc:language><cp:contentStatus>$status</cp:contentStatus></cp:coreProperties>"
)


@dataclass(frozen=True)
class Base:
    """The parts that never change, already zipped, and those that wait for a meeting."""

    package: bytes
    forms: dict[str, Template]

    def fill(self, **slots: str) -> bytes:
        """The finished .docx. Each slot is XML already escaped; a missing one raises KeyError.

        Slots are body, title, mark, reference, status, seal and across. The same slots give the same
        bytes: entries carry no time (and one version of zlib compresses alike).
        """
        paper = BytesIO(self.package)
        with ZipFile(paper, "a") as package:
            for name, form in self.forms.items():
                package.writestr(_entry(name), form.substitute(slots), compresslevel=LEVEL)
        return paper.getvalue()


@lru_cache(maxsize=8)
def base(layout: Layout) -> Base:
    """The empty paper in this layout; made on the first call, kept for the next."""
    parts = _parts(layout)
    forms = {name: Template(xml.decode()) for name, xml in parts.items() if name.endswith((".xml", ".rels")) and b"$" in xml}  # a picture may hold any byte
    paper = BytesIO()
    with ZipFile(paper, "w") as package:
        for name in parts:
            if name not in forms:
                package.writestr(_entry(name), parts[name])
    return Base(paper.getvalue(), forms)


def _document(layout: Layout):
    document = Document()
    _lighten(document)
    _replace(document.styles.element, styles(layout))
    _replace(document.part.numbering_part.element, numbering(layout))
    _replace(document.settings.element, settings())
    section = document.sections[0]
    _page(section, layout)
    _margins(section, layout)
    document.add_paragraph("$body")
    return document


def _lighten(document) -> None:
    """Leave out the parts of python-docx's template that our paper does not use."""
    # the theme is not used, but a package without one or without a font table is called faulty
    kept = ("officeDocument", "core-properties", "styles", "numbering", "settings", "theme", "fontTable")
    for holder in (document.part.package, document.part):
        for ident in [
            ident for ident, rel in holder.rels.items() if rel.reltype.rsplit("/", 1)[-1] not in kept
        ]:
            holder.rels.pop(ident)


def _replace(element, xml: str) -> None:
    fresh = parse_xml(xml)
    element[:] = fresh[:]


def _page(section, layout: Layout) -> None:
    section.orientation = WD_ORIENTATION.LANDSCAPE if layout.width > layout.height else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(layout.width), Mm(layout.height)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.header_distance, section.footer_distance = Mm(layout.header), Mm(layout.footer)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(layout.line_pitch))


def _margins(section, layout: Layout) -> None:
    """取扱注意 and the reference number above every page, boxed on the first; page n / m below, and the office's own words."""
    section.different_first_page_header_footer = True
    for header, style in ((section.first_page_header, "Mark"), (section.header, "Marked")):
        paragraph = header.paragraphs[0]
        paragraph.add_run(f"$reference\t{_own(layout.header_text)}\t")
        mark = paragraph.add_run("$mark")
        paragraph.add_run("$across")
        mark._r.get_or_add_rPr().append(parse_xml(f'<w:rStyle xmlns:w="{NAMESPACE}" w:val="{style}"/>'))
    for footer in (section.first_page_footer, section.footer):
        _page_number(footer.paragraphs[0])
        if layout.footer_text:
            below = footer.add_paragraph(_own(layout.footer_text), footer.paragraphs[0].style)
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if layout.logo:
        _logo(section.first_page_header, layout)


def _logo(header, layout: Layout) -> None:
    """The office's sign above the first page, with its words for those who cannot see it."""
    place = header.paragraphs[0].insert_paragraph_before()
    place.style = header.paragraphs[-1].style
    picture = place.add_run().add_picture(BytesIO(layout.logo), height=Mm(LOGO))
    shown = picture._inline.docPr
    shown.set("id", "9001")  # no drawing of the text has it
    shown.set("name", "ロゴ")
    shown.set("descr", _own(layout.logo_words) or "ロゴ")


def _own(words: str) -> str:
    """Words of the office in a part that is filled later: no slot."""
    return line(words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("$", "$$")


def _page_number(paragraph) -> None:
    paragraph.add_run("$status\t")
    paragraph._p.append(parse_xml(_PAGE.format("PAGE")))
    paragraph.add_run(" / ")
    paragraph._p.append(parse_xml(_PAGE.format("NUMPAGES")))
    paragraph.add_run("\t$seal")


def _parts(layout: Layout) -> dict[str, bytes]:
    """Every part by its name in the package."""
    saved = BytesIO()
    _document(layout).save(saved)
    with ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    # the slot lent a paragraph to python-docx; the body brings its own
    parts["word/document.xml"] = re.sub(rb"<w:p>.*?\$body.*?</w:p>", b"$body", parts["word/document.xml"])
    for name in [each for each in parts if b"$across" in parts[each]]:  # a run of its own, or nothing
        parts[name] = re.sub(rb"<w:r><w:t>\$across</w:t></w:r>", b"$across", parts[name])
    parts[_CORE] = _PROPERTIES.encode()
    parts["word/fontTable.xml"] = fonts(layout).encode()
    return parts


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # else the operating system shows in the bytes
    return entry
