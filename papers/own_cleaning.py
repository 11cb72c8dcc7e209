"""What the text of an own form may hold, and what is taken out of it before it is kept. Pure.

The elements and field codes are those of ECMA-376 part 1, §17; a field is kept when it is on the list, for a field can fetch,
run or tell who sits at the machine.
"""

from __future__ import annotations

from itertools import islice
import re

from lxml import etree

from core.languages import _
from papers.own_checks import Package, R, Unfit, W, only_pictures
from papers.own_places import places

FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "REF", "PAGEREF", "SEQ", "TOC", "TC", "EQ", "SYMBOL", "=", "ADVANCE", "FORMTEXT",
          "FORMCHECKBOX", "FORMDROPDOWN", "DATE", "TIME"}
TRACKED = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange",
           "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart", "moveToRangeStart"}
CARRIED = {"altChunk", "object", "control", "subDoc", "OLEObject", "movie", "entryMacro", "exitMacro", "mailMerge", "attachedTemplate", "externalData"}
OUT = {"commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "dataBinding", "docVars", "permStart", "permEnd", "lastRenderedPageBreak", "printerSettings",
       "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"}
SETTINGS = {"mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders",
            "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
            "characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "strictFirstAndLastChars", "footnotePr", "endnotePr", "compat", "themeFontLang",
            "clrSchemeMapping", "decimalSymbol", "listSeparator", "mathPr", "defaultTableStyle"}
MOST_FAULTS = 40  # told at once
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def clean(package: Package) -> None:
    """Take out what does not travel on, in place; what was taken out is noted in `left_out`.

    Unfit, with a sentence for every place, where something stands that may not.
    """
    faults = list(islice(_faults(package), MOST_FAULTS))
    if faults:
        raise Unfit(*dict.fromkeys(faults))
    for name, tree in package.parts.items():
        if not isinstance(tree, bytes):
            _tidy(tree)
            if package.kinds[name].endswith("settings+xml"):
                _only(tree, SETTINGS)
    _speak_japanese(package)


def _faults(package: Package):
    if etree.QName(package.parts[package.main]).namespace == _STRICT:
        yield _("The file is kept as “Strict Open XML”. Save it in Word as “Word document (.docx)”.")
    for name, tree in package.parts.items():
        if isinstance(tree, bytes):
            if not only_pictures(name, tree):
                yield _("A picture in the form is none that a paper can hold (%(part)s). Use PNG or JPEG.", part=name)
            continue
        where = places(tree, package.kinds[name])
        seen = set()
        for each in tree.iter(etree.Element):
            tag = etree.QName(each)
            if tag.localname in CARRIED or "OLEObject" in tag.localname:
                yield _("%(place)s: something foreign is embedded here. Take it out, or put it in as a picture.", place=where(each))
            elif tag.localname in TRACKED and tag.namespace == W and "tracked" not in seen:
                seen.add("tracked")
                yield _("%(place)s: a tracked change is still open. In Word, accept all changes and stop tracking.", place=where(each))
            if fault := _attributes(each, package.relations[name]):
                yield fault % dict(place=where(each))
        yield from _codes(tree, where)


def _attributes(element, relations) -> str:
    """A picture that is fetched from an address, or a part that is not in the file."""
    for name, value in element.attrib.items():
        tag = etree.QName(name)
        if tag.namespace == R and tag.localname in ("id", "embed", "link", "pict", "href") and value and value not in relations:
            return _("%(place)s: a part is missing here that the form speaks of. Open it in Word, save it again and send that.") if not _leaves(element) else ""
        elif tag.localname in ("src", "href") and tag.namespace in (None, "", "urn:schemas-microsoft-com:office:office") and ":" in value:
            return _("%(place)s: something is fetched from an address here. Put it into the file itself.")
    return ""


def _leaves(element) -> bool:
    """Whether it is taken out anyway, with the part it speaks of."""
    return etree.QName(element).localname in OUT


def _codes(tree, where):
    """A sentence for each field that is not on the list; a code may be spread over runs, and one lie within another."""
    for each in tree.iter(f"{{{W}}}fldSimple"):
        if fault := _code(each.get(f"{{{W}}}instr", "")):
            yield fault % dict(place=where(each))
    open_codes: list[list[str]] = []
    for each in tree.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}delInstrText"):
        kind = each.get(f"{{{W}}}fldCharType")
        if kind == "begin":
            open_codes.append([])
        elif kind == "end" and open_codes:
            if fault := _code("".join(open_codes.pop())):
                yield fault % dict(place=where(each))
        elif kind is None and open_codes:
            open_codes[-1].append(each.text or "")
        elif kind is None and (each.text or "").strip():
            yield _("%(place)s: the field %(code)s is not allowed on a form.") % dict(place=where(each), code=each.text.split()[0][:20])
    for code in open_codes:
        if fault := _code("".join(code)):
            yield fault % dict(place=where(tree))


def _code(code: str) -> str:
    words = code.split()
    word = "=" if code.strip().startswith("=") else (words[0].upper() if words else "")
    if word in FIELDS or (word == "HYPERLINK" and len(words) == 3 and words[1] == "\\l"):
        return ""
    return _("%(place)s: the field %(code)s is not allowed on a form.", place="%(place)s", code=(words[0][:20] if words else "{ }").replace("%", "%%"))


# -- taking out --------------------------------------------------------------------------------------------------------

def _tidy(tree) -> None:
    for each in list(tree.iter(etree.Element)):
        tag = etree.QName(each)
        if tag.localname in OUT:
            _drop(each.getparent() if tag.localname == "commentReference" and each.getparent() is not None else each)  # the run was there for it alone
            continue
        for name in list(each.attrib):
            of = etree.QName(name)
            if re.match("rsid", of.localname) or of.localname in ("paraId", "textId"):
                del each.attrib[name]
        if tag.localname == "sdtPr":
            for number in each.findall(f"{{{W}}}id"):
                each.remove(number)


def _drop(element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _only(tree, wanted: set[str]) -> None:
    for each in list(tree):
        if etree.QName(each).localname not in wanted:
            tree.remove(each)


def _speak_japanese(package: Package) -> None:
    """Say in the styles that the paper is in Japanese, for spelling and for reading aloud."""
    for name, kind in package.kinds.items():
        if kind.endswith("wordprocessingml.styles+xml"):
            for each in package.parts[name].iterfind(f"./{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr"):
                lang = each.find(f"{{{W}}}lang")
                if lang is None:
                    lang = etree.SubElement(each, f"{{{W}}}lang")
                lang.attrib.update({f"{{{W}}}val": "ja-JP", f"{{{W}}}eastAsia": "ja-JP"})
