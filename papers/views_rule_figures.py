"""Doors to the figures of the rules: acknowledged, pledged, looked back at, by 年度 and month."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from core import audit, clock
from core.access import office
from core.pages import fiscal_year_words
from core.tables import as_csv
from core.web import download
from papers import rule_figures

bp = Blueprint("rule_figures", __name__)
ON_PAPER = ("月", "会議（開催月）", "出席者（延べ）", "確認：画面", "確認：書面", "確認：読み合わせ", "確認：代理出席者", "振り返りをした会議", "全ての約束を守れた会議", "ルールに戻るカード",
            "誓約書（年度・提出月）：画面", "誓約書（年度・提出月）：紙", "誓約書（会議・提出月）：画面", "誓約書（会議・提出月）：紙")


@bp.get("/ground-rules/figures")
@office("admin", "coordinator", "clerk")
def show():
    year = _year()
    return render_template("papers/rule_figures.html", year=year, years=sorted({year, *rule_figures.years()}, reverse=True), year_name=fiscal_year_words,
                           figures=rule_figures.of_year(year), begun=rule_figures.begun(year), columns=rule_figures.AT_MEETINGS, given=rule_figures.GIVEN)


@bp.get("/ground-rules/figures.csv")
@office("admin", "coordinator", "clerk")
def csv():
    year = _year()
    found = rule_figures.of_year(year)
    begun = rule_figures.begun(year)
    rows = [(f"{month}月", *(str(counts[each]) if month in begun or counts[each] else "" for each in rule_figures.COLUMNS)) for month, counts in found.months.items()]
    audit.note("exported", "edition/figures", f"csv {year}")
    return download(as_csv([ON_PAPER, *rows, ("計", *(str(found.total[each]) for each in rule_figures.COLUMNS))]), "text/csv", f"{clock.fiscal_year_name(year)}_グランドルールの集計.csv")


def _year() -> int:
    """The 年度 asked for; this one for anything that is none."""
    asked = request.args.get("year", "")
    sound = asked.isascii() and asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= 2099
    return int(asked) if sound else clock.fiscal_year(clock.today())
