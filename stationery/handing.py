"""A finished paper on its way out: as the Word file it was written as, or as a PDF of it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request

from core.languages import _
from core.web import WORD, Refused, download
from exports import pdf

PDF = "application/pdf"


def hand_out(docx: bytes, name: str) -> Response:
    """The Word file under its name; where the address ends in ?as=pdf, a PDF of it. Raises Refused like `as_pdf`."""
    if asked_as() == "pdf":
        return download(as_pdf(docx, _without_as()), PDF, name.removesuffix(".docx") + ".pdf")
    else:
        return download(docx, WORD, name)


def asked_as() -> str:
    """"pdf" or "docx": what the person asked for, for the audit."""
    return "pdf" if request.args.get("as") == "pdf" else "docx"


def as_pdf(docx: bytes, word: str) -> bytes:
    """A PDF of the Word file. Raises Refused where this server makes none, others are being made or LibreOffice failed: with
    the way on, and the address of the `word` file.
    """
    way_on = _("Take the Word file and choose 「PDFとして保存」 there, or choose PDF in the print dialog of your browser.")
    try:
        return pdf.convert(docx)
    except pdf.NotAvailable:
        raise Refused(_("A PDF can be made here only once LibreOffice is installed on the server."), way_on, word) from None
    except pdf.Busy:
        raise Refused(_("Other papers are being made into PDF just now. The Word file is ready at once."), way_on, word) from None
    except pdf.Failed:
        raise Refused(_("LibreOffice gave no PDF of this paper."), way_on, word) from None


def _without_as() -> str:
    """The address that was asked for, of the Word file."""
    rest = {name: value for name, value in request.args.items(multi=True) if name != "as"}
    return f"{request.path}?{urlencode(rest)}" if rest else request.path
