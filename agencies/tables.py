"""Reads the tables offices keep, CSV or Excel: values only, nothing is calculated, followed or run. Pure.

What a file is, is seen from its content, never from its name. Reading ends in sheets or in `Unreadable`.
"""

from __future__ import annotations

from agencies import columns, delimited, workbooks
from agencies.sheets import Sheet, Unreadable
from core.languages import _

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .xls, and .xlsx under a password
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")


def read(content: bytes) -> list[Sheet]:
    """The sheets of a file (one for CSV). Unreadable for whatever is neither CSV nor .xlsx, or too much."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable(_("There is nothing in this file."), _("Open it once more and see whether it was saved."))
    elif content.startswith(OLD_EXCEL):
        raise Unreadable(_("This is an Excel file of the old kind (.xls), or one with a password."),
                         _("Open it in Excel and save it as .xlsx without a password."))
    elif content.startswith(b"%PDF") or content.startswith(PICTURES):
        raise Unreadable(_("This is a PDF or a picture, not a table."), _("Ask for the Excel file it was made from."))
    elif content.startswith(b"PK"):
        return workbooks.read(content)
    else:
        return [delimited.read(content)]


def headed(content: bytes, sent: bool, known: dict[str, str], of: columns.Words) -> tuple[list[Sheet], int, columns.Heading]:
    """The sheets of a file, which of them holds such a table, and its heading. Unreadable when none does, or nothing was `sent`."""
    if not sent:
        raise Unreadable(_("Choose a file."))
    sheets = read(content)
    for at, sheet in enumerate(sheets):
        if heading := columns.found(sheet.rows, known, of):
            return sheets, at, heading
    raise Unreadable(*map(str, of.lacking))
