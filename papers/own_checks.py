"""An office's own form is looked at before anything else is done with it: what may carry, fetch or run something is refused. Pure.

What passes is taken apart and put together anew, from the parts a paper needs and nothing else (ECMA-376 part 2): so whatever
was not thought of here does not travel on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
import posixpath
import re
from zipfile import BadZipFile, ZipFile, ZipInfo
import zlib

from lxml import etree

from core.languages import _

LARGEST = 1_500_000  # bytes as sent
UNPACKED = 16_000_000  # bytes of all parts; a form of twenty pages has about one million
MOST_PARTS = 300
MOST_SWOLLEN = 250  # how often a part larger than a megabyte may be larger than it was packed
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{_WORD}document.main+xml"
WRITTEN = {f"{_WORD}{each}+xml" for each in ("document.main", "header", "footer", "footnotes", "endnotes")}  # where fields may stand
KEPT = WRITTEN | {f"{_WORD}{each}+xml" for each in ("styles", "numbering", "settings", "fontTable")} | {
    "application/vnd.openxmlformats-officedocument.theme+xml", "image/png", "image/jpeg", "image/gif", "image/bmp"}
DROPPED = ("comments", "people", "customXml", "custom-properties", "customXmlProperties", "extended-properties", "core-properties", "printerSettings", "webSettings",
           "stylesWithEffects", "glossary", "bibliography", "classificationlabels", "obfuscatedFont", "thumbnail", "digital-signature", "_xmlsignatures")
_RUNS = (("vba", "macroEnabled", "attachedToolbars", "keyMapCustomizations", "ms-word.attachedToolbars"), ("activeX", "ms-office.activeX", "control"),
         ("oleObject", "package", "spreadsheetml", "presentationml", "x-msdownload"), ("aFChunk", "altChunk", "text/html", "message/rfc822", "application/rtf"))
FAULTY = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, LookupError, UnicodeError, etree.XMLSyntaxError)


class Unfit(Exception):
    """A form that is not taken. `faults`: sentences in the reader's language, each saying where."""

    def __init__(self, *faults: str):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class Package:
    """The parts of a form: XML as trees, pictures as bytes; their kinds, and the relations of each ("" for the whole)."""

    parts: dict[str, object]
    kinds: dict[str, str]
    relations: dict[str, dict[str, tuple[str, str]]]  # part → id → (kind, target part)
    left_out: list[str] = field(default_factory=list)

    @property
    def main(self) -> str:
        """The name of the part with the text."""
        return next(name for name, kind in self.kinds.items() if kind == MAIN)

    def written(self) -> list[str]:
        """The parts in which fields may stand, the text first, the others by their names."""
        return sorted((name for name, kind in self.kinds.items() if kind in WRITTEN), key=lambda name: (name != self.main, name))


def opened(content: bytes) -> Package:
    """The parts of a form. Unfit for anything that is no plain .docx, with all reasons found."""
    return _package(_parts(content))


def parsed(xml: bytes) -> etree._Element:
    """A tree of trusted size, without entities and without a way to the network. XMLSyntaxError otherwise."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True))


# -- the envelope ------------------------------------------------------------------------------------------------------

def _parts(content: bytes) -> dict[str, bytes]:
    if not content:
        raise Unfit(_("Choose a file."))
    elif len(content) > LARGEST:
        raise Unfit(_("The file is larger than %(size)s MB. Make its pictures smaller.", size=LARGEST / 1_000_000))
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unfit(_("The file is locked with a password. Take the password off and send it again.") if locked else
                    _("This is an old Word file (.doc). Save it in Word as .docx and send that."))
    elif not content.startswith(b"PK"):
        raise Unfit(_("This is not a Word file (.docx), whatever it is called."))
    try:
        with ZipFile(BytesIO(content)) as file:
            _look_at(file.infolist(), len(content))
            return {each.filename: file.read(each) for each in file.infolist() if not each.is_dir()}
    except FAULTY as fault:
        raise Unfit(_("The file is damaged. Open it in Word, save it again and send that.")) from fault


def _look_at(entries: list[ZipInfo], size: int) -> None:
    """What the list of contents says, before anything is unpacked."""
    names = [each.filename for each in entries]
    swollen = [each for each in entries if each.file_size > 1_000_000 and each.file_size > MOST_SWOLLEN * max(each.compress_size, 1)]
    if any(each.flag_bits & 1 for each in entries):
        raise Unfit(_("The file is locked with a password. Take the password off and send it again."))
    elif len(names) > MOST_PARTS or sum(each.file_size for each in entries) > UNPACKED or swollen or sum(each.compress_size for each in entries) > size:
        raise Unfit(_("Unpacked, the file is far larger than a form can be. It is not opened."))
    elif any(map(_astray, names)) or len({each.lower() for each in names}) < len(names):
        raise Unfit(_("The file holds parts under names that lead out of it. It is not opened."))


def _astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


# -- what it is made of ------------------------------------------------------------------------------------------------

def _package(parts: dict[str, bytes]) -> Package:
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise Unfit(_("This is not a Word file (.docx), whatever it is called."))
    for name, content in parts.items():
        if not name.lower().endswith((".png", ".jpeg", ".jpg", ".gif", ".bmp")) and _declares(content):
            raise Unfit(_("A part of the file declares entities of its own. No Word file does; it is not opened."))
    try:
        kinds = _kinds(parsed(parts["[Content_Types].xml"]), parts)
        relations = _relations(parts)
    except FAULTY as fault:
        raise Unfit(_("The file is damaged. Open it in Word, save it again and send that.")) from fault
    faults = [*_strange(kinds), *_linked(relations)]
    if not faults and MAIN not in kinds.values():
        faults = [_("This is not a Word file (.docx), whatever it is called.")]
    if faults:
        raise Unfit(*dict.fromkeys(faults))
    return _gathered(parts, kinds, relations)


def _declares(content: bytes) -> bool:
    plain = content.replace(b"\0", b"")  # UTF-16 as well
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _kinds(tree, parts) -> dict[str, str]:
    """What each part is, as the file itself says."""
    ends = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in tree.iter(f"{{{CT}}}Default")}
    own = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in tree.iter(f"{{{CT}}}Override")}
    left = {name for name in parts if name != "[Content_Types].xml" and not name.endswith(".rels")}
    return {name: own.get(name) or ends.get(name.rpartition(".")[2].lower(), "") for name in sorted(left)}


def _strange(kinds: dict[str, str]):
    """A sentence for each part that may run or hide something, whatever it is called."""
    words = (_("The form carries macros (%(part)s). Save it in Word as .docx, without macros."),
             _("The form carries an ActiveX control (%(part)s). Take it out in Word."),
             _("The form carries an embedded object or file (%(part)s). Take it out, or put it in as a picture."),
             _("The form carries a foreign document (%(part)s). Copy its text in instead."))
    for name, kind in kinds.items():
        if kind in KEPT:
            continue
        said = next((word for marks, word in zip(_RUNS, words, strict=True) if any(each.lower() in f"{name} {kind}".lower() for each in marks)), None)
        if kind.endswith("template.main+xml") and "macro" not in kind:
            yield _("This is a Word template (.dotx). Save it in Word as .docx and send that.")
        elif said and not ("package" in kind and any(each in kind for each in ("core-properties", "relationships", "digital-signature"))):
            yield said % dict(part=name)
        elif not any(each.lower() in f"{name} {kind}".lower() for each in DROPPED):
            yield _("The form carries a part that no paper needs (%(part)s). Take it out, or put it in as a picture (PNG or JPEG).", part=name)


def _relations(parts: dict[str, bytes]) -> dict[str, dict[str, tuple[str, str]]]:
    """part → id → (kind, where it leads); a way out of the file leads to "!address"."""
    found = {}
    for name, content in sorted(parts.items()):
        if name.endswith(".rels"):
            folder, _slash, of = name.rpartition("_rels/")
            found[folder + of.removesuffix(".rels")] = {
                each.get("Id", ""): (each.get("Type", "").rpartition("/")[2], _target(each, folder))
                for each in parsed(content).iter(f"{{{REL}}}Relationship")}
    return found


def _target(relation, folder: str) -> str:
    target = relation.get("Target", "")
    if relation.get("TargetMode", "Internal") != "Internal" or ":" in target or target.startswith("//") or "\\" in target:
        return f"!{target}"
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _linked(relations):
    """A sentence for each way out of the file, and for each thing it would bring in."""
    for of in relations.values():
        for kind, target in of.values():
            shown = target.lstrip("!")[:60]
            if kind == "attachedTemplate":
                yield _("The form hangs on another Word template (%(target)s). In Word, choose Normal under Document Template and save again.", target=shown)
            elif target.startswith("!") and kind == "hyperlink":
                yield _("The form holds a link (%(target)s). Remove the hyperlink in Word; its text may stay.", target=shown)
            elif target.startswith("!"):
                yield _("The form fetches something from elsewhere (%(target)s). Put it into the file itself.", target=shown)
            elif kind in ("aFChunk", "subDocument"):
                yield _("The form carries a foreign document (%(part)s). Copy its text in instead.", part=shown)


def _gathered(parts, kinds, relations) -> Package:
    """The parts that are kept and reached from the text, as trees."""
    start = next(name for name, kind in kinds.items() if kind == MAIN)
    reached, waiting = {}, [start]
    while waiting:
        name = waiting.pop()
        reached[name] = {id: (kind, target) for id, (kind, target) in relations.get(name, {}).items() if kinds.get(target) in KEPT and target in parts}
        waiting += [target for _kind, target in reached[name].values() if target not in reached and target not in waiting]
    try:
        trees = {name: parts[name] if kinds[name].startswith("image/") else parsed(parts[name]) for name in sorted(reached)}
    except FAULTY as fault:
        raise Unfit(_("The file is damaged. Open it in Word, save it again and send that.")) from fault
    package = Package(trees, {name: kinds[name] for name in trees}, reached)
    if any("comments" in kind for kind in kinds.values()):
        package.left_out.append(_("Comments were taken out."))
    if any("obfuscatedFont" in kind for kind in kinds.values()):
        package.left_out.append(_("Embedded fonts were taken out; the fonts of the reader's machine are used."))
    return package


def only_pictures(name: str, content: bytes) -> bool:
    """Whether a picture begins as one of the four kinds that are kept."""
    return bool(re.match(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM", content[:8]))
