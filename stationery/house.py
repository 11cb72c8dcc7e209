"""How papers of this office look and how it writes days and times on them: asked by whoever lays one out."""

from __future__ import annotations

from datetime import date, datetime, time

from exports.layout import STANDARD, Layout
from stationery import choices
from stationery.models import DocumentCount, PaperStyle


def layout() -> Layout:
    """The office's own layout; the standard one while it has chosen none."""
    own = PaperStyle.own()
    return own.layout if own else STANDARD


def day(on: date, weekday: bool = True) -> str:
    """A date as the office writes it on its papers."""
    own = PaperStyle.own()
    return choices.day(on, own.days if own else "long", weekday)


def hours(at: time) -> str:
    """A time of day as the office writes it on its papers."""
    own = PaperStyle.own()
    return choices.hours(at, own.times if own else "half")


def span(start: datetime, end: datetime) -> str:
    """From when to when, of two instants, as the office writes it on its papers."""
    own = PaperStyle.own()
    return choices.span(start, end, own.days if own else "long", own.times if own else "half")


def comma() -> str:
    """What the office puts between words: 、 or ，."""
    own = PaperStyle.own()
    return own.comma if own else "、"


def next_number(year: int) -> str:
    """The next document number of a 年度 by the office's rule; "" where it has none. It is given out with this transaction."""
    own = PaperStyle.own()
    return choices.numbered(own.number_rule, DocumentCount.take(year), year) if own and own.number_rule else ""
