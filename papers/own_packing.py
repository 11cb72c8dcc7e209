"""Put the parts of a form together as a .docx: the same parts give the same bytes, and no property names a person. Pure."""

from __future__ import annotations

from io import BytesIO
import posixpath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from exports.minutes import Minutes
from exports.ooxml import line
from papers.own_checks import CT, REL, Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:identifier>{reference}</dc:identifier>'
    "<dc:language>ja-JP</dc:language><cp:contentStatus>{status}</cp:contentStatus></cp:coreProperties>")


def packed(package: Package, written: dict | None = None, minutes: Minutes | None = None) -> bytes:
    """The .docx of these parts, those in `written` instead of their own; its properties speak of the minutes, or of a form."""
    words = dict(title=line(minutes.title), reference=line(minutes.reference), status=line(minutes.status)) if minutes else dict(title="自庁様式", reference="", status="")
    files = {"[Content_Types].xml": _kinds(package), "_rels/.rels": _top(package), "docProps/core.xml": _PROPERTIES.format(**words).encode()}
    for name in sorted(package.parts):
        files[name] = _bytes((written or {}).get(name, package.parts[name]))
        if package.relations.get(name):
            files[posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")] = _relations(package, name)
    paper = BytesIO()
    with ZipFile(paper, "w") as file:
        for name, content in files.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            file.writestr(entry, content)
    return paper.getvalue()


def _bytes(part) -> bytes:
    return part if isinstance(part, bytes) else etree.tostring(part, encoding="UTF-8", xml_declaration=True, standalone=True)


def _kinds(package: Package) -> bytes:
    root = etree.Element(f"{{{CT}}}Types", nsmap={None: CT})
    for end, kind in (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{CT}}}Default", Extension=end, ContentType=kind)
    for name, kind in sorted({**package.kinds, "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}.items()):
        etree.SubElement(root, f"{{{CT}}}Override", PartName=f"/{name}", ContentType=kind)
    return _bytes(root)


def _top(package: Package) -> bytes:
    return _related([("rId1", f"{_OFFICE}officeDocument", package.main), ("rId2", _CORE_KIND, "docProps/core.xml")])


def _relations(package: Package, name: str) -> bytes:
    folder = posixpath.dirname(name)
    return _related([(id, _OFFICE + kind, posixpath.relpath(target, folder or "."))
                     for id, (kind, target) in sorted(package.relations[name].items())])


def _related(relations) -> bytes:
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})
    for id, kind, target in relations:
        etree.SubElement(root, f"{{{REL}}}Relationship", Id=id, Type=kind, Target=target)
    return _bytes(root)
