"""How long a 会議録 takes as a Word file, beside other ways to write the same rows.

    python benchmarks/word.py [--rounds N]

All are measured in one run, in turn, so that a busy machine slows all of them alike: read the
ratios, not the milliseconds. "Floor" is what nobody can go below while serialising XML: lxml
writing out the very tree of our file, and zipping it. docxtpl is measured only where it is
installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from statistics import median
import sys
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exports import word
from exports.minutes import Assignment, Attendee, Hearing, Minutes, Statement

TIMES = (1, 10, 100)
ROWS = 10  # of each kind at 1×
PEOPLE = ("agency", "job", "name", "role", "attendance", "acknowledged")
ROLES = ("what", "who", "by_when", "rank", "confirmation")
FACTS = ("by", "text", "source")


def meeting(times: int) -> Minutes:
    """Minutes with `times` × 10 rows of people, roles, facts, decisions and opinions."""
    n = range(times * ROWS)
    hearing = Hearing(
        case_number="R08-0001",
        household="2人世帯",
        own_words="「今のままでいい。」",
        consent=("あり",),
        attendees=tuple(Attendee(f"機関{i}", "主査", f"担当{i}", "", "出席(対面)", "第1版") for i in n),
        assignments=tuple(Assignment(f"{i}番目の訪問", f"機関{i}", "7月8日(水)", "主", "未確認") for i in n),
        facts=tuple(Statement(f"{i}回目の訪問で話を聞いた。", f"機関{i}", "訪問 6月3日") for i in n),
        decisions=tuple(Statement(f"{i}番目の訪問を月1回とする。") for i in n),
        opinions=tuple(Statement(f"{i}番目に急がず進めたい。", f"機関{i}") for i in n),
    )
    empty = {name: "" for name in Minutes.__dataclass_fields__} | {"title": "会議録", "hearings": (hearing,)}
    return replace(Minutes(**empty), reopened=(), reference="R08-0001", handling_mark="取扱注意")


def with_python_docx(minutes: Minutes) -> bytes:
    """The same rows as python-docx's documentation would write them."""
    document, hearing = Document(), minutes.hearings[0]
    document.add_heading(minutes.title, 0)
    for fields, rows in _tables(hearing):
        table = document.add_table(1, len(fields), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, fields, strict=True):
            cell.text = name
        for row in rows:
            for cell, name in zip(table.add_row().cells, fields, strict=True):
                cell.text = getattr(row, name)
    for statement in hearing.decisions + hearing.opinions:
        document.add_paragraph(statement.text, style="List Number")
    return _saved(document)


def with_docxtpl(template: bytes) -> Callable[[Minutes], bytes]:
    """The same rows from a template of an office, filled by docxtpl."""
    from docxtpl import DocxTemplate

    def write(minutes: Minutes) -> bytes:
        paper = DocxTemplate(BytesIO(template))
        paper.render(asdict(minutes), autoescape=True)
        return _saved(paper)

    return write


def office_template() -> bytes:
    """A template with one loop per table and per list, as an office would draw it."""
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


def floor(paper: bytes) -> Callable[[Minutes], bytes]:
    """lxml writing out the tree of this file, and zipping its parts."""
    with ZipFile(BytesIO(paper)) as package:
        trees = {name: etree.fromstring(package.read(name)) for name in package.namelist()}

    def write(_: Minutes) -> bytes:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as package:
            for name, tree in trees.items():
                package.writestr(name, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
        return file.getvalue()

    return write


def measure(ways: dict[str, Callable[[Minutes], bytes]], minutes: Minutes, rounds: int) -> dict[str, float]:
    """Median milliseconds of each way, after one unmeasured round."""
    taken = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, write in ways.items():
            start = perf_counter()
            write(minutes)
            if turn:
                taken[name].append((perf_counter() - start) * 1000)
    return {name: median(times) for name, times in taken.items()}


def main() -> None:
    """Measure and print one line per way: milliseconds, and how many times ours it takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    columns = {times: _measured(times, rounds) for times in TIMES}
    print(f"{'median ms (× ours)':<20}" + "".join(f"{f'{times}× rows':>20}" for times in TIMES))
    for name in columns[1]:
        cells = (f"{column[name]:.2f} ({column[name] / column['ours']:.2f}×)" for column in columns.values())
        print(f"{name:<20}" + "".join(f"{cell:>20}" for cell in cells))
    if not find_spec("docxtpl"):
        print("docxtpl is not installed and was not measured: pip install docxtpl")


def _measured(times: int, rounds: int) -> dict[str, float]:
    minutes = meeting(times)
    ways = {"ours": word.write, "floor": floor(word.write(minutes)), "python-docx": with_python_docx}
    if find_spec("docxtpl"):
        ways["docxtpl"] = with_docxtpl(office_template())
    return measure(ways, minutes, rounds if times < 100 else min(rounds, 3))


def _tables(hearing: Hearing):
    return (PEOPLE, hearing.attendees), (ROLES, hearing.assignments), (FACTS, hearing.facts)


def _saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


if __name__ == "__main__":
    main()
