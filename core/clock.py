"""Time as a Japanese office writes it: 和暦, 年度, 午前・午後. Pure: no web, no database."""

from __future__ import annotations

from datetime import date, datetime, time
import re
import unicodedata
from zoneinfo import ZoneInfo

ERAS = (("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)), ("昭和", "S", date(1926, 12, 25)),
        ("大正", "T", date(1912, 7, 30)), ("明治", "M", date(1868, 10, 23)))
WEEKDAYS = "月火水木金土日"
TOKYO = ZoneInfo("Asia/Tokyo")

_WAREKI = re.compile(r"^(令和|平成|昭和|大正|明治|[RrHhSsTtMm])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(\s*\(.\))?$")
_SEIREKI = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(\s*\(.\))?$")
_TIME = re.compile(r"^(午前|午後)?\s*(\d{1,2})\s*(?:[時:](?:\s*(\d{1,2})\s*分?)?)$")


class UnreadableDate(ValueError):
    """The text names no date (or time) that exists."""


def local(instant: datetime, zone: ZoneInfo = TOKYO) -> datetime:
    """The wall-clock time in the office of an aware instant."""
    return instant.astimezone(zone)


def instant(day: date, at: time, zone: ZoneInfo = TOKYO) -> datetime:
    """The aware instant of a wall-clock date and time in the office."""
    return datetime.combine(day, at, tzinfo=zone)


def today(zone: ZoneInfo = TOKYO) -> date:
    """The office's date today."""
    return datetime.now(zone).date()


def era_year(day: date) -> tuple[str, str, int]:
    """Era name, its Latin letter and the year in it: 2026-07-08 → ("令和", "R", 8). ValueError before 1868-10-23."""
    for name, letter, start in ERAS:
        if day >= start:
            return name, letter, day.year - start.year + 1
    raise ValueError("before the eras this office writes")


def wareki(day: date, weekday: bool = True) -> str:
    """令和8年7月8日(水). The first year of an era is written 元年."""
    name, _letter, year = era_year(day)
    text = f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{text}({WEEKDAYS[day.weekday()]})" if weekday else text


def hours(at: time) -> str:
    """午後2時, 午後2時5分: noon is 正午, midnight 午前0時."""
    if (at.hour, at.minute) == (12, 0):
        return "正午"
    half, hour = ("午前", at.hour) if at.hour < 12 else ("午後", at.hour - 12)
    return f"{half}{hour}時{at.minute}分" if at.minute else f"{half}{hour}時"


def span(start: datetime, end: datetime, zone: ZoneInfo = TOKYO) -> str:
    """令和8年7月8日(水) 午後2時から午後3時まで, in the office's wall-clock time; 翌日午前0時30分まで after midnight."""
    begins, ends = local(start, zone), local(end, zone)
    days = (ends.date() - begins.date()).days
    which = ("", "翌日")[days] if days in (0, 1) else f"{wareki(ends.date())} "
    return f"{wareki(begins.date())} {hours(begins.time())}から{which}{hours(ends.time())}まで"


def fiscal_year(day: date) -> int:
    """The 年度 a day belongs to (April to March), as the western year it begins in."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    """令和8年度. The year that began on 2019-04-01 is written 令和元年度, as the state did."""
    name, _letter, count = era_year(date(year, 5, 1))
    return f"{name}{'元' if count == 1 else count}年度"


def fiscal_year_code(year: int) -> str:
    """R08: the 年度 as it stands in case numbers and file names."""
    _name, letter, count = era_year(date(year, 5, 1))
    return f"{letter}{count:02d}"


def read_date(text: str) -> date:
    """A date as people type it: 2026-07-08, 2026/7/8, 令和8年7月8日, R8.7.8, full-width digits too.

    Raises UnreadableDate for anything else, and for days that do not exist (令和0年, 2月30日,
    or a day outside the era it names).
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _SEIREKI.match(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WAREKI.match(plain):
        return _day_of_era(found[1], found[2], int(found[3]), int(found[4]))
    raise UnreadableDate(text)


def read_time(text: str) -> time:
    """A time of day as people type it: 14:00, 午後2時, 午後2時30分. Raises UnreadableDate."""
    found = _TIME.match(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise UnreadableDate(text)
    hour, minute = int(found[2]), int(found[3] or 0)
    if found[1] == "午後" and hour < 12:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise UnreadableDate(text) from None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate(f"{year}-{month}-{day}") from None


def _day_of_era(era: str, count: str, month: int, day: int) -> date:
    name, _letter, start = next(each for each in ERAS if era.upper() in each[:2])
    year = 1 if count == "元" else int(count)
    if year == 0:
        raise UnreadableDate(f"{name}0年")
    found = _day(start.year + year - 1, month, day)
    if found < start or era_year(found)[0] != name:
        raise UnreadableDate(f"{name}{year}年")
    return found
