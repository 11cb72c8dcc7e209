"""CSV as it comes out of Excel and other systems: which letters, which separator, which quotes. Pure."""

from __future__ import annotations

import codecs
import csv
import io
import re

from agencies.sheets import Sheet, Unreadable, gathered
from core.languages import _

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_WIDE = re.compile("[^\x00-\x7f]")


def read(content: bytes) -> Sheet:
    """The one sheet of a delimited text in any of the encodings a Japanese office meets."""
    text = decoded(content)
    if text.lstrip()[:300].lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise Unreadable(_("This is a web page, not a table."), _("Open it in Excel and save it as .xlsx."))
    return gathered("CSV", _rows(text))


def decoded(content: bytes) -> str:
    """The text: by its mark (BOM), else UTF-8, else Shift_JIS (cp932), else EUC-JP. Unreadable when none fits."""
    for name in _candidates(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) <= len(text) // 100 + 5:  # a few strays are told row by row
            return text
    raise Unreadable(_("The letters of this file cannot be read: it is neither UTF-8 nor Shift_JIS."),
                     _("Open it in Excel and save it as .xlsx, or as “CSV UTF-8”."))


def _candidates(content: bytes) -> list[str]:
    if content.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    elif content[:4000].count(0) > len(content[:4000]) // 8:  # every Latin letter brings a zero
        return ["utf-16-le", "utf-16-be"] if content[1:4000:2].count(0) > content[:4000:2].count(0) else ["utf-16-be", "utf-16-le"]
    elif _looks_euc(content):
        return ["utf-8", "euc_jp", "cp932"]
    else:
        return ["utf-8", "cp932", "euc_jp"]


def _looks_euc(content: bytes) -> bool:
    """EUC-JP read as Shift_JIS is a heap of half-width kana, which no office writes whole tables in."""
    text = content[:20_000].decode("cp932", errors="ignore")
    return len(_HALF_KANA.findall(text)) * 2 > len(_WIDE.findall(text))


def _rows(text: str):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    last = 0
    try:
        for row in reader:
            last = reader.line_num
            yield row
    except csv.Error:
        raise Unreadable(_("The quotation marks do not match from line %(line)s on.", line=f"{last + 1:,}"),
                         _("Look at this line in a text editor, or save the table as .xlsx.")) from None


def _separator(text: str) -> str:
    lines = [each for each in text[:20_000].splitlines() if each.strip()][:20]
    if sum("\t" in each for each in lines) * 2 > len(lines):
        return "\t"
    elif not any("," in each for each in lines) and any(";" in each for each in lines):
        return ";"
    else:
        return ","
