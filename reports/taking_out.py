"""The whole report of a 年度 as plain rows, the same for CSV, Excel and Word: numbers by month, breakdowns, and what each counts. Japanese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from core import clock, languages
from core.office import office
from papers.case_book_facts import FEW
from reports import counting, parts
from reports.figure import Figure, grouped
from reports.span import MONTHS

HEAD = ("区分", "指標", "単位", *(f"{month}月" for month in MONTHS), "年度計", "前年度", "増減")
PARTS_HEAD = ("区分", "指標", "内訳", "項目", "当年度", "前年度")
WORDS_HEAD = ("区分", "指標", "数え方")
TOTALS = "年度計は、月ごとの値の合計である。ただし、実件数は年度内で1件につき1回、平均及び割合は年度を通して、月末時点の数は年度末（年度の途中は作成日）で数えた。増減は、年度の途中では前年度の同じ月までの数との差である。"
SMALL = f"内訳のうち{FEW}件に満たない項目（0件を含む。）は「非公表」とし、差引きなどで分かるおそれがある場合は、ほかの項目も小さいものから順に「非公表」とする。"
QUARTERS = "当年度の内訳のうち期間を付したものは、数の変化から世帯が推測されないよう、終わった四半期までの数である。"
SILENT = "この年度の内訳は、件数が少ないため示しません。"


@dataclass(frozen=True)
class Report:
    """All there is to take out of a 年度. Numbers are numbers; "" where there is nothing to say."""

    year: int
    office: str
    made: str
    public: bool
    numbers: list[tuple]
    parts: list[tuple]
    words: list[tuple]
    cut: bool  # whether some of the breakdowns are of finished quarters only

    @property
    def title(self) -> str:
        return f"{clock.fiscal_year_name(self.year)} 年度集計"

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [TOTALS, *([SMALL] if self.public or any(isinstance(cell, str) for row in self.parts for cell in row[4:]) else []), *([QUARTERS] if self.cut else [])]


def report(year: int, seen: Callable[[str], sa.Select] | None) -> Report:
    """The report of a 年度. `seen(kind)` gives ids of the rows the reader may open; None for readers outside the house."""
    with languages.speaking("ja"):
        lines = [counting.count(each, year) for _group, figures in grouped() for each in figures]
        numbers, words = [_numbers(each) for each in lines], [(*_lead(each.figure), str(each.figure.definition)) for each in lines]
        told = [(line.figure, parts.of(each, year, seen(line.figure.opens) if seen else None)) for line in lines for each in line.figure.breakdowns]
        inner = [row for figure, there in told for row in _parts(figure, there)]
        return Report(year, office().name if office() else "", clock.wareki(clock.today(), weekday=False), seen is None, *map(_wide, (numbers, inner, words)),
                      any(there.months is not None for _figure, there in told))


def file_name(report: Report) -> str:
    """R08_年度集計, and whom it is for where that is not the office."""
    return f"{clock.fiscal_year_code(report.year)}_年度集計" + ("_公表用" if report.public else "")


def _numbers(line: counting.Line) -> tuple:
    figure = line.figure
    return (*_lead(figure), str(figure.unit.label), *map(_cell, line.months), _cell(line.total), _cell(line.before), _cell(line.change))


def _parts(figure: Figure, there: parts.Parts) -> list[tuple]:
    lead = *_lead(figure), f"{there.breakdown.label}{_months(there.months)}"
    rows = [(*lead, part.name, _whole(part.year), _whole(part.before)) for part in there.rows]
    if there.others:
        rows.append((*lead, SILENT if there.silent else f"その他の{there.held_back}項目", _whole(there.others.year), _whole(there.others.before)))
    return rows


def _months(months: int | None) -> str:
    """Which months of the year are counted, where that is said: （当年度は4月から9月まで）."""
    if months is None:
        return ""
    return f"（当年度は{MONTHS[0]}月から{MONTHS[months - 1]}月まで）" if months else "（当年度は最初の四半期が終わるまで示さない。）"


def _lead(figure: Figure) -> tuple[str, str]:
    return str(figure.group.label), str(figure.label)


def _wide(rows: list[tuple]) -> list[tuple]:
    """The rows with the brackets of a paper."""
    return [tuple(each.replace("(", "（").replace(")", "）") if isinstance(each, str) else each for each in row) for row in rows]


def _cell(value):
    return "" if value is None else value


def _whole(text: str):
    return int(text) if text.isdecimal() else text
