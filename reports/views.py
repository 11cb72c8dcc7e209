"""Doors to the figures of a 年度: all of them, one of them, and the rows behind it."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask import Blueprint, abort, render_template, request
from flask_login import current_user

from core import audit, clock, languages
from core.access import office, opens
from core.languages import later
from core.pages import fiscal_year_words, page_asked
from papers.case_book_facts import FEW
from reports import behind, catalogue, counting, parts, reflections, taking_out, years
from reports.figure import Measure, grouped, named
from reports.rights import FAIRNESS, FIGURES
from reports.span import FIRST, LAST, MONTHS, Span

bp = Blueprint("reports", __name__)
OTHERS = (  # what else of the office is counted: page, its name, what stands there
    ("fairness.show", later("How work is shared"), later("Roles by agency, what nobody took, who was heard: without ranking.")),
    ("figures.show", later("Figures of roles"), later("Open and overdue roles as of today.")),
    ("rule_figures.show", later("Figures of the rules"), later("Acknowledged, pledged and looked back at, by month; the rules that were hard to keep.")),
    ("reflection.trend", later("Trend of the reflections"), later("What people answered after meetings, for finished quarters.")),
    ("register.index", later("Proposals of resources"), later("What meetings wished for, and how far each has come.")),
    ("councils.index", later("Councils"), later("Members, sessions and the yearly report of each.")),
    ("selfcheck.index", later("Self-check"), later("The questions of the national survey, beside the office's own figures.")),
)
assert catalogue.PAGES  # importing it puts the figures into the list


@bp.app_template_filter()
def amount(value) -> str:
    """1,234 or 12.5, as a table of figures writes a number; ― where there is nothing to say."""
    return "―" if value is None else f"{value:,}"


@bp.app_template_filter()
def signed(value) -> str:
    """+3, −2.5 or ±0: by how much something changed."""
    return "―" if value is None else "±0" if not value else f"{value:+,}".replace("-", "−")


@bp.app_template_filter()
def monthname(month: int) -> str:
    """4月, or Apr."""
    return f"{month}月" if languages.language() == "ja" else format_date(date(2000, month, 1), "MMM", locale="en")


@bp.get("/reports")
@office(*FIGURES)
def index():
    year = asked_year()
    tables = [(group, counting.count_all(figures, year)) for group, figures in grouped()]
    audit.saw(f"reports/{year}")
    return page("reports/index.html", year, tables=tables, periods=reflections.periods(year), questions=reflections.QUESTIONS,
                others=[each for each in OTHERS if opens(each[0])],
                given_outside=taking_out.given_outside(year))


@bp.get("/reports/figures/<figure>")
@office(*FIGURES)
def show(figure):
    year, found = asked_year(), named(figure) or abort(404)
    seen = behind.open_to(current_user, found.opens)
    audit.saw(f"reports/{year}/{found.key}")
    return page("reports/figure.html", year, line=counting.count(found, year), parts=[parts.of(each, year, seen) for each in found.breakdowns])


@bp.get("/reports/figures/<figure>/rows")
@office(*FIGURES)
def rows(figure):
    """The records behind a number: of the year or of a month (?month=0 is April), of all or of one part (?by=domain&part=ELD)."""
    year, found, month = asked_year(), named(figure) or abort(404), request.args.get("month", type=int)
    if month is not None and not 0 <= month < 12:
        abort(404)
    by, part = request.args.get("by", ""), request.args.get("part") or None
    breakdown = next((each for each in found.breakdowns if each.key == by), None)
    if by and breakdown is None:
        abort(404)
    page_number = page_asked()
    there = behind.rows(current_user, found, Span.between(year, month, clock.today()), page_number, breakdown, part)
    audit.saw(f"reports/{year}/{found.key}", "rows")
    return page("reports/rows.html", year, figure=found, behind=there, month=month, breakdown=breakdown, door=behind.KINDS[found.opens],
                part=breakdown.named().get(part, part) if breakdown else "", kept=dict(figure=found.key, year=year, month=month, by=by or None, part=part),
                page=page_number, more=there.more)


def page(template: str, year: int, **more):
    """A page of a 年度, with the ways to other years."""
    today = clock.today()
    reached = sum(Span.of(year, today).begun(turn) for turn in range(12, 24))
    offered = years.offered(year)
    return render_template(template, year=year, years=offered, earlier=max((each for each in offered if each < year), default=None),
                           later=min((each for each in offered if each > year), default=None), this_year=clock.fiscal_year(today), year_name=fiscal_year_words, MONTHS=MONTHS, reached=reached,
                           Measure=Measure, few_number=FEW, fair=bool(current_user.role_names & set(FAIRNESS)), **more)


def asked_year() -> int:
    """The 年度 the address asks for; this one, if it names none. 404 for one that no office has kept."""
    year = request.args.get("year", clock.fiscal_year(clock.today()), type=int)
    return year if FIRST <= year <= LAST else abort(404)
