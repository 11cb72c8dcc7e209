"""A finished paper on its way out: as the Word file it was written as, or as a PDF of it."""

from __future__ import annotations

from flask import Response, request

from core.languages import _
from core.web import WORD, Refused, download
from exports import pdf

PDF = "application/pdf"


def hand_out(docx: bytes, name: str) -> Response:
    """The Word file under its name; where the address ends in ?as=pdf, a PDF of it. Raises Refused like `as_pdf`."""
    if asked_as() == "pdf":
        return download(as_pdf(docx), PDF, name.removesuffix(".docx") + ".pdf")
    else:
        return download(docx, WORD, name)


def asked_as() -> str:
    """"pdf" or "docx": what the person asked for, for the audit."""
    return "pdf" if request.args.get("as") == "pdf" else "docx"


def as_pdf(docx: bytes) -> bytes:
    """A PDF of the Word file. Raises Refused, with the way on, where this server makes none or LibreOffice failed."""
    way_on = _("Take the Word file and choose 「PDFとして保存」 there, or choose PDF in the print dialog of your browser.")
    try:
        return pdf.convert(docx)
    except pdf.NotAvailable:
        raise Refused(_("A PDF can be made here only once LibreOffice is installed on the server."), way_on) from None
    except pdf.Failed:
        raise Refused(_("LibreOffice gave no PDF of this paper, or other papers took too long."), way_on) from None
