"""The same rows of a 会議録 written as a .docx in several ways; each is a function from `Minutes` to bytes.

Each way imports what it needs when it is asked for, so that a process of its own shows what that way alone takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
import shutil
import subprocess
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from exports.minutes import Assignment, Attendee, Hearing, Minutes, Statement

ROWS = 10  # of each kind at 1×
PEOPLE = ("agency", "job", "name", "role", "attendance", "acknowledged")
ROLES = ("what", "who", "by_when", "rank", "confirmation")
FACTS = ("by", "text", "source")
Write = Callable[[Minutes], bytes]


def meeting(times: int) -> Minutes:
    """Minutes with `times` × 10 rows of people, roles, facts, decisions and opinions."""
    n = range(times * ROWS)
    hearing = Hearing(
        case_number="R08-0001",
        household="2人世帯",
        own_words="「今のままでいい。」",
        consent=("あり",),
        attendees=tuple(Attendee(f"機関{i}", "主査", f"担当{i}", "", "出席(対面)", "第1版") for i in n),
        assignments=tuple(Assignment(f"{i}番目の訪問", f"機関{i}", "7月8日(水)", "主", "未回答") for i in n),
        facts=tuple(Statement(f"{i}回目の訪問で話を聞いた。", f"機関{i}", "訪問 6月3日") for i in n),
        decisions=tuple(Statement(f"{i}番目の訪問を月1回とする。") for i in n),
        opinions=tuple(Statement(f"{i}番目に急がず進めたい。", f"機関{i}") for i in n),
    )
    empty = {name: "" for name in Minutes.__dataclass_fields__} | {"title": "会議録", "hearings": (hearing,)}
    return replace(Minutes(**empty), reopened=(), reference="R08-0001", handling_mark="取扱注意")


def tables(minutes: Minutes):
    """(columns, rows) of each of the three tables."""
    hearing = minutes.hearings[0]
    return (PEOPLE, hearing.attendees), (ROLES, hearing.assignments), (FACTS, hearing.facts)


def spoken(minutes: Minutes) -> tuple[Statement, ...]:
    """What stands in the lists."""
    return minutes.hearings[0].decisions + minutes.hearings[0].opinions


def missing(paper: bytes, minutes: Minutes) -> list[str]:
    """The texts of the rows that python-docx does not find in the paper: none, where the content is the same."""
    from docx import Document
    from docx.oxml.ns import qn

    paragraphs = Document(BytesIO(paper)).element.body.iter(qn("w:p"))
    found = "\n".join("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs)
    cells = [getattr(row, name) for fields, rows in tables(minutes) for row in rows for name in fields]
    return [text for text in cells + [each.text for each in spoken(minutes)] if text not in found]


def ours() -> Write:
    """What the product does."""
    from exports import word

    return word.write


def floor() -> Write:
    """What nobody can go below while serialising XML: lxml writing out the very tree of our file, and zipping it as we do."""
    from lxml import etree

    from exports import word
    from exports.base import LEVEL

    kept = {}

    def trees(minutes: Minutes):
        if minutes.hearings not in kept:
            with ZipFile(BytesIO(word.write(minutes))) as package:
                kept[minutes.hearings] = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
        return kept[minutes.hearings]

    def write(minutes: Minutes) -> bytes:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as package:
            for name, tree in trees(minutes).items():
                package.writestr(name, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
        return file.getvalue()

    return write


def docxtpl() -> Write:
    """A template of an office with a loop per table and per list, filled by docxtpl."""
    from docxtpl import DocxTemplate

    template = office_template()

    def write(minutes: Minutes) -> bytes:
        paper = DocxTemplate(BytesIO(template))
        paper.render(asdict(minutes), autoescape=True)
        return _saved(paper)

    return write


def office_template() -> bytes:
    """The template, as an office would draw it in Word."""
    from docx import Document

    document = Document()
    document.add_heading("{{ title }}", 0)
    for fields, rows in (PEOPLE, "attendees"), (ROLES, "assignments"), (FACTS, "facts"):
        table = document.add_table(4, len(fields), style="Table Grid")
        table.cell(1, 0).text = f"{{%tr for row in hearings[0].{rows} %}}"
        table.cell(3, 0).text = "{%tr endfor %}"
        for column, name in enumerate(fields):
            table.cell(0, column).text = name
            table.cell(2, column).text = f"{{{{ row.{name} }}}}"
    document.add_paragraph("{%p for row in hearings[0].decisions + hearings[0].opinions %}")
    document.add_paragraph("{{ row.text }}", style="List Number")
    document.add_paragraph("{%p endfor %}")
    return _saved(document)


def python_docx() -> Write:
    """As python-docx's documentation would have it."""
    from docx import Document

    def write(minutes: Minutes) -> bytes:
        document = Document()
        document.add_heading(minutes.title, 0)
        for fields, rows in tables(minutes):
            table = document.add_table(1, len(fields), style="Table Grid")
            for cell, name in zip(table.rows[0].cells, fields, strict=True):
                cell.text = name
            for row in rows:
                for cell, name in zip(table.add_row().cells, fields, strict=True):
                    cell.text = getattr(row, name)
        for statement in spoken(minutes):
            document.add_paragraph(statement.text, style="List Number")
        return _saved(document)

    return write


def pandoc() -> Write:
    """Markdown with pipe tables, turned into Word by pandoc."""

    def write(minutes: Minutes) -> bytes:
        lines = [f"# {minutes.title}", ""]
        for fields, rows in tables(minutes):
            lines += ["|".join(fields), "|".join("---" for _ in fields)]
            lines += ["|".join(getattr(row, name) for name in fields) for row in rows] + [""]
        lines += [f"1. {each.text}" for each in spoken(minutes)]
        command = ["pandoc", "-f", "markdown", "-t", "docx", "-o", "-"]
        return subprocess.run(command, input="\n".join(lines).encode(), check=True, capture_output=True).stdout

    return write


def libreoffice() -> Write:
    """A page of HTML, turned into Word by LibreOffice: started anew for each, with its profile kept."""
    profile = TemporaryDirectory(ignore_cleanup_errors=True)

    def write(minutes: Minutes) -> bytes:
        with TemporaryDirectory() as folder:
            page = Path(folder, "paper.html")
            page.write_text(_html(minutes), encoding="utf-8")
            command = ["soffice", "--headless", f"-env:UserInstallation={Path(profile.name).as_uri()}", "--infilter=HTML (StarWriter)",
                       "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(page)]
            subprocess.run(command, check=True, capture_output=True)
            return page.with_suffix(".docx").read_bytes()

    return write


WAYS = {"ours": ours, "floor": floor, "docxtpl": docxtpl, "python-docx": python_docx, "pandoc": pandoc, "LibreOffice": libreoffice}
NEEDS = {"docxtpl": lambda: find_spec("docxtpl"), "pandoc": lambda: shutil.which("pandoc"), "LibreOffice": lambda: shutil.which("soffice")}


def installed() -> list[str]:
    """The ways this machine can take."""
    return [name for name in WAYS if NEEDS.get(name, lambda: True)()]


def _html(minutes: Minutes) -> str:
    def row(cells) -> str:
        return "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in cells) + "</tr>"

    drawn = "".join("<table>" + row(fields) + "".join(row(getattr(each, name) for name in fields) for each in rows) + "</table>"
                    for fields, rows in tables(minutes))
    listed = "".join(f"<li>{escape(each.text)}</li>" for each in spoken(minutes))
    return f'<!doctype html><meta charset="utf-8"><h1>{escape(minutes.title)}</h1>{drawn}<ol>{listed}</ol>'


def _saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
