"""What an office may choose for its papers, and three sets to begin with. Pure: no web, no database."""

from __future__ import annotations

from datetime import date, datetime, time

from core import clock

BODY_FONTS = ("ＭＳ 明朝", "游明朝", "BIZ UD明朝 Medium", "BIZ UDP明朝 Medium")
HEADING_FONTS = ("ＭＳ ゴシック", "游ゴシック", "BIZ UDゴシック", "BIZ UDPゴシック")
COMMAS = ("、", "，")
DAYS = ("long", "short")  # 令和8年7月8日(水), R8.7.8(水)
TIMES = ("half", "whole", "digits")  # 午後2時5分, 14時5分, 14:05
# Sets of values that a page offers to begin with. The second is the rule of a town that fixes all of it (domain.md 4.2).
SETS = {
    "standard": dict(body_font="ＭＳ 明朝", heading_font="ＭＳ ゴシック", body_size=10.5, left=30, right=20, top=25, bottom=25, lines=40, characters=0),
    "grid": dict(body_font="ＭＳ 明朝", heading_font="ＭＳ ゴシック", body_size=11, left=30, right=17, top=25, bottom=25, lines=40, characters=42),
    "readable": dict(body_font="BIZ UDP明朝 Medium", heading_font="BIZ UDPゴシック", body_size=11, left=30, right=20, top=25, bottom=25, lines=36, characters=0),
    "yu": dict(body_font="游明朝", heading_font="游ゴシック", body_size=10.5, left=30, right=20, top=25, bottom=25, lines=38, characters=0),
}


def day(on: date, form: str, weekday: bool = True) -> str:
    """A date in the office's form: "long" 令和8年7月8日(水), "short" R8.7.8(水)."""
    if form == "short":
        _name, letter, year = clock.era_year(on)
        text = f"{letter}{year}.{on.month}.{on.day}"
        return f"{text}({clock.WEEKDAYS[on.weekday()]})" if weekday else text
    else:
        return clock.wareki(on, weekday)


def hours(at: time, form: str) -> str:
    """A time of day in the office's form: "half" 午後2時5分, "whole" 14時5分, "digits" 14:05."""
    if form == "digits":
        return f"{at.hour}:{at.minute:02d}"
    elif form == "whole":
        return f"{at.hour}時{at.minute}分" if at.minute else f"{at.hour}時"
    else:
        return clock.hours(at)


def span(start: datetime, end: datetime, days: str, times: str) -> str:
    """From when to when (instants, put into the office's time): 令和8年7月8日(水) 午後2時から午後3時まで."""
    begins, ends = clock.local(start), clock.local(end)
    later = (ends.date() - begins.date()).days
    which = ("", "翌日")[later] if later in (0, 1) else f"{day(ends.date(), days)} "
    return f"{day(begins.date(), days)} {hours(begins.time(), times)}から{which}{hours(ends.time(), times)}まで"


def numbered(rule: str, number: int, year: int) -> str:
    """A document number by the office's rule: み福第{番号}号, {年度} is the year within its era (8)."""
    return rule.replace("{番号}", str(number)).replace("{年度}", str(clock.era_year(date(year, 5, 1))[2]))
