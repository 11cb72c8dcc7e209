"""The whole report of a 年度 as plain rows, the same for CSV, Excel and Word: numbers by month, breakdowns, and what each counts. Japanese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from core import clock, languages
from core.audit import AuditRow
from core.database import session
from core.office import office
from papers.case_book_facts import FEW, HELD
from reflection.views import months
from reports import counting, outside, parts, reflections
from reports.figure import Figure, grouped
from reports.span import MONTHS, Span

HEAD = ("区分", "指標", "単位", *(f"{month}月" for month in MONTHS), "年度計", "前年度", "増減")
PARTS_HEAD = ("区分", "指標", "内訳", "項目", "当年度", "前年度")
WORDS_HEAD = ("区分", "指標", "数え方")
TOTALS = "年度計は、月ごとの値の合計である。ただし、実件数は年度内で1件につき1回、平均及び割合は年度を通して、月末時点の数は年度末（年度の途中は作成日）で数えた。増減は、年度の途中では前年度の同じ月までの数との差である。"
SMALL = f"内訳のうち{FEW}件に満たない項目（0件を含む。）は「非公表」とし、差引きなどで分かるおそれがある場合は、ほかの項目も小さいものから順に「非公表」とする。"
TREND = "「はい」と答えた割合。画面で5人以上が答えた会議について、終わった四半期だけを示す（3回に満たない四半期は、次の四半期と合わせる。）。5％刻みに丸めた。庁内での利用に限る。"
OUTSIDE = f"世帯、案件又は人に関する数は、終わった年度の年度計だけを示し、{FEW}に満たない数（0を含む。）、{FEW}件に満たない数の平均及び割合並びに月末時点の数は「非公表」とする。月ごとの「x」は、月別に公表しないことを示す。"
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
    trend: list[tuple]  # of the reflections; none for readers outside
    cut: bool  # whether some of the breakdowns are of finished quarters only

    @property
    def title(self) -> str:
        return f"{clock.fiscal_year_name(self.year)} 年度集計"

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [TOTALS, *([OUTSIDE] if self.public else []), *([SMALL] if self.public or any(isinstance(cell, str) for row in self.parts for cell in row[4:]) else []), *([QUARTERS] if self.cut else [])]


def report(year: int, seen: Callable[[str], sa.Select] | None) -> Report:
    """The report of a 年度. `seen(kind)` gives ids of the rows the reader may open; None for readers outside the house."""
    with languages.speaking("ja"):
        lines = [(line, _told(line, year, public=seen is None)) for _group, figures in grouped() for line in counting.count_all(figures, year)]
        numbers, words = [_numbers(line.figure, told) for line, told in lines], [(*_lead(line.figure), str(line.figure.definition)) for line, _told in lines]
        inner = [(line.figure, parts.of(each, year, seen(line.figure.opens) if seen else None, (told.total == HELD, told.before == HELD)))
                 for line, told in lines for each in line.figure.breakdowns]
        return Report(year, office().name if office() else "", clock.wareki(clock.today(), weekday=False), seen is None,
                      *map(_wide, (numbers, [row for figure, there in inner for row in _parts(figure, there, seen is None)], words)),
                      _trend(year) if seen else [],
                      any(there.months is not None for _figure, there in inner) and seen is not None)


def given_outside(year: int) -> date | None:
    """The last day on which numbers of a 年度 were taken out for readers outside: its own report, or that of the next, where they stand beside."""
    query = sa.select(sa.func.max(AuditRow.at)).where(AuditRow.act == "exported", AuditRow.subject.in_([f"reports/{year}", f"reports/{year + 1}"]),
                                                      AuditRow.detail.endswith(", public"))
    last = session.scalar(query)
    return clock.local(last).date() if last else None


def file_name(report: Report) -> str:
    """R08_年度集計, and whom it is for where that is not the office."""
    return f"{clock.fiscal_year_code(report.year)}_年度集計" + ("_公表用" if report.public else "")


def _told(line: counting.Line, year: int, public: bool) -> outside.Said:
    """The numbers of a line: all of them in the house, outside what may be told there."""
    if not public:
        return outside.Said(line.months, line.total, line.before, line.change)
    span = Span.of(year, clock.today())
    return outside.said(line, year, clock.today(), sum(span.begun(turn) for turn in range(12, 24)))


def _numbers(figure: Figure, told: outside.Said) -> tuple:
    return (*_lead(figure), str(figure.unit.label), *map(_cell, told.months), _cell(told.total), _cell(told.before), _cell(told.change))


def _parts(figure: Figure, there: parts.Parts, public: bool) -> list[tuple]:
    lead = *_lead(figure), f"{there.breakdown.label}{_months(there.months, public)}"
    rows = [(*lead, part.name, _whole(part.year), _whole(part.before)) for part in there.rows]
    if there.others:
        rows.append((*lead, SILENT if there.silent else f"その他の{there.held_back}項目", _whole(there.others.year), _whole(there.others.before)))
    return rows


def _months(months: int | None, public: bool) -> str:
    """Which months of the year are counted, where that is said: （当年度は4月から9月まで）."""
    if months is None:
        return ""
    if public:
        return "（当年度は年度が終わるまで示さない。）"
    return f"（当年度は{MONTHS[0]}月から{MONTHS[months - 1]}月まで）" if months else "（当年度は最初の四半期が終わるまで示さない。）"


def _trend(year: int) -> list[tuple]:
    return [(months(each), *(f"約{each.shares[question]}％" for question, _label in reflections.QUESTIONS), each.meetings) for each in reflections.periods(year)]


def trend_head() -> tuple[str, ...]:
    """The headings of the trend: its questions, as they are put."""
    with languages.speaking("ja"):
        return ("期間", *(str(label) for _question, label in reflections.QUESTIONS), "会議")


def _lead(figure: Figure) -> tuple[str, str]:
    return str(figure.group.label), str(figure.label)


def _wide(rows: list[tuple]) -> list[tuple]:
    """The rows with the brackets of a paper."""
    return [tuple(each.replace("(", "（").replace(")", "）") if isinstance(each, str) else each for each in row) for row in rows]


def _cell(value):
    return "" if value is None else value


def _whole(text: str):
    return int(text) if text.isdecimal() else text
