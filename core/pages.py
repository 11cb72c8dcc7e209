"""What every template may say: messages, dates as people write them, addresses of our own files."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path

from babel.dates import format_date, format_time
from flask import Flask, current_app, request, url_for
from markupsafe import Markup, escape

from core import clock, languages, live
from core.database import utcnow
from core.office import office


def install(app: Flask) -> None:
    """Give the templates their words."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(lambda text: languages.catalogue(languages.language()).gettext(text),
                                  lambda *texts: languages.catalogue(languages.language()).ngettext(*texts), newstyle=True)
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(day=day, moment=moment, hour=hour, span=span, lines=lines, shortday=shortday, clocktime=clocktime)
    env.globals.update(csrf=_csrf, between=between, asset=asset, language=languages.language, LANGUAGES=languages.LANGUAGES, office=office,
                       today=clock.today, now=utcnow, live_version=live.version, fiscal_year_words=fiscal_year_words, part=lambda: bool(request.headers.get("X-Part")))


def day(value: date | None, weekday: bool = True) -> str:
    """令和8年7月8日(水), or Wed 8 July 2026; empty for None."""
    if value is None:
        return ""
    if languages.language() == "ja":
        return clock.wareki(value, weekday)
    else:
        return format_date(value, "EEE d MMMM y" if weekday else "d MMMM y", locale="en")


def shortday(value: date | datetime) -> str:
    """7月8日, or 8 Jul: where the year is plain and room is short."""
    on = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{on.month}月{on.day}日({clock.WEEKDAYS[on.weekday()]})" if languages.language() == "ja" else format_date(on, "EEE d MMM", locale="en")


def fiscal_year_words(year: int) -> str:
    """令和8年度, or FY 2026: the 年度 on a screen; papers and file names say clock.fiscal_year_name."""
    return clock.fiscal_year_name(year) if languages.language() == "ja" else f"FY {year}"


def hour(value: datetime | time) -> str:
    """午後2時5分, or 14:05, of an instant (in the office's zone) or a wall-clock time."""
    at = clock.local(value).time() if isinstance(value, datetime) else value
    return clock.hours(at) if languages.language() == "ja" else format_time(at, "HH:mm", locale="en")


def moment(value: datetime | None) -> str:
    """The office's date and time of an instant; empty for None."""
    return f"{day(clock.local(value).date())} {hour(value)}" if value else ""


def clocktime(value: datetime) -> str:
    """14:05: where minutes matter more than words."""
    return f"{clock.local(value):%H:%M}"


def span(meeting) -> str:
    """When something with `starts_at` and `ends_at` is held."""
    return between(meeting.starts_at, meeting.ends_at)


def between(begins: datetime, ends: datetime) -> str:
    """令和8年7月8日(水) 午後2時から午後3時まで, of two instants on one day."""
    if languages.language() == "ja":
        return clock.span(begins, ends)
    else:
        return f"{day(clock.local(begins).date())} {hour(begins)}–{hour(ends)}"


def lines(text: str) -> Markup:
    """Text typed by a person, escaped, with its line breaks."""
    return Markup("<br>").join(escape(each) for each in (text or "").split("\n"))


def page_asked() -> int:
    """Which page of a long list the address asks for (`?page=3`), kept within what a database can count."""
    return min(100_000, max(1, request.args.get("page", 1, type=int)))


def asset(name: str) -> str:
    """The address of a file under static/, changing when its content does."""
    return url_for("static", filename=name, v=_print(str(Path(current_app.static_folder) / name)))


@cache
def _print(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:12]


def _csrf() -> Markup:
    from flask_wtf.csrf import generate_csrf

    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
