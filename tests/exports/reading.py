"""Reading a .docx back, the way the tests look at it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator


def opened(paper: bytes):
    """The file as python-docx reads it."""
    return Document(BytesIO(paper))


def words(paper: bytes) -> str:
    """Every paragraph of the body, table cells too, in reading order, a line each."""
    return "\n".join(texts(paper))


def texts(paper: bytes) -> list[str]:
    """The paragraphs of the body, table cells too, in reading order; a line break reads as a newline."""
    body = opened(paper).element.body
    return ["".join(run.text for run in paragraph.r_lst) for paragraph in body.iter(qn("w:p"))]


def part(paper: bytes, name: str) -> str:
    """One part of the package as text."""
    with ZipFile(BytesIO(paper)) as package:
        return package.read(name).decode()


def faults(paper: bytes) -> list[str]:
    """What openxml-audit finds wrong with the file: nothing, for a valid one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "minutes.docx"
        file.write_bytes(paper)
        return [str(error) for error in OpenXmlValidator().validate(file).errors]
