"""Doors to recurring meetings: the rule, its days, and the planned meetings made from it."""

from __future__ import annotations

from datetime import date, time

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from core import clock, languages, web
from core.access import office
from core.database import session
from core.languages import _, ngettext
from core.web import Refused
from meetings import clashes
from meetings.core import CoreMember
from meetings.invitations import mail_on
from meetings.models import Meeting
from preparation import series_calendar
from preparation.dates_calendar import closed_because
from preparation.series import Series
from preparation.series_days import Pattern
from preparation.series_forms import ORDINALS, WEEKDAYS, DayForm, SeriesForm

bp = Blueprint("series", __name__)


@bp.app_template_filter("series_words")
def series_words(series: Series) -> str:
    """毎月第2・第4水曜日, or every second Wednesday."""
    weekday = str(WEEKDAYS[series.weekday])
    if series.pattern == Pattern.MONTHLY:
        return _("%(weeks)s %(weekday)s of each month", weeks="・".join(str(ORDINALS[each]) for each in series.rule.ordinals), weekday=weekday)
    else:
        return _("Every week on %(weekday)s", weekday=weekday) if series.weeks == 1 else _(
            "Every %(count)s weeks on %(weekday)s", count=series.weeks, weekday=weekday)


@bp.get("/series")
@office("coordinator")
def index():
    return render_template("preparation/series_index.html", all=Series.listed())


@bp.get("/series/new")
@office("coordinator")
def new():
    year = clock.fiscal_year(clock.today())
    form = SeriesForm(data=dict(kind="shien", pattern="monthly", weekday=2, ordinals=["2"], weeks=2, start=time(14), end=time(16), mode="in_person",
                                template="standard", first_on=clock.today(), last_on=date(year + 1, 3, 31), on_closed="next"))
    return render_template("preparation/series_edit.html", form=form, series=None)


@bp.post("/series")
@office("coordinator")
def create():
    form = SeriesForm()
    if not form.accepts():
        return render_template("preparation/series_edit.html", form=form, series=None), form.status
    series = Series(planned_by_id=current_user.id, **form.words)
    session.add(series)
    session.flush()
    flash(_("The series is kept. Look at its days, then make the meetings."), "success")
    return redirect(url_for("series.show", series_id=series.id), 303)


@bp.get("/series/<int:series_id>")
@office("coordinator")
def show(series_id):
    return _page(_series(series_id), DayForm(formdata=None))


@bp.get("/series/<int:series_id>/edit")
@office("coordinator")
def edit(series_id):
    series = _series(series_id)
    same = {name: getattr(series, name) for name in ("name", "weekday", "weeks", "place", "online_url", "template", "first_on", "last_on")}
    form = SeriesForm(series=series, data=same | dict(
        kind=series.kind.value, pattern=series.pattern.value, ordinals=series.ordinals.split(","), start=series.starts, end=series.ends,
        mode=series.mode.value, on_closed=series.on_closed.value, version=str(series.version)))
    return render_template("preparation/series_edit.html", form=form, series=series)


@bp.post("/series/<int:series_id>")
@office("coordinator")
def update(series_id):
    series = _series(series_id)
    form = SeriesForm(series=series)
    if not form.accepts(series):
        return render_template("preparation/series_edit.html", form=form, series=series), form.status
    for name, value in form.words.items():
        setattr(series, name, value)
    flash(_("Saved. The meetings follow as soon as you press the button below."), "success")
    return redirect(url_for("series.show", series_id=series.id), 303)


@bp.post("/series/<int:series_id>/days")
@office("coordinator")
def hold(series_id):
    series, form = _series(series_id), DayForm()
    if not form.accepts():
        return _page(series, form), form.status
    if form.choice.data == "usual":
        series.as_usual(form.rule_day.data)
    else:
        series.hold(form.rule_day.data, form.moved_to.data if form.choice.data == "move" else None)
    flash(_("Saved. The meetings follow as soon as you press the button below."), "success")
    return redirect(url_for("series.show", series_id=series.id), 303)


@bp.post("/series/<int:series_id>/meetings")
@office("coordinator")
def make(series_id):
    series = _series(series_id)
    done = series.make(current_user, languages.language())
    if done.new or not done:
        flash(ngettext("%(num)s meeting is planned.", "%(num)s meetings are planned.", len(done.new)), "success")
    if done.change or done.drop:
        flash(_("%(changed)s were brought up to date, %(dropped)s called off.", changed=len(done.change), dropped=len(done.drop)), "success")
    return redirect(url_for("series.show", series_id=series.id), 303)


@bp.get("/series/<int:series_id>.ics")
@office("coordinator")
def ics(series_id):
    series = _series(series_id)
    found = series_calendar.published(series)
    if found is None:
        raise Refused(_("No day falls into this period."), _("Change the weeks, the day of the week or the period."))
    return web.download(found, "text/calendar", f"series-{series.id}.ics")


@bp.post("/series/<int:series_id>/calendar")
@office("coordinator")
def send(series_id):
    series = _series(series_id)
    posted = series_calendar.send(series)
    flash(ngettext("%(num)s calendar entry is in the outbox.", "%(num)s calendar entries are in the outbox.", posted), "success")
    return redirect(url_for("series.show", series_id=series.id), 303)


def _page(series: Series, form: DayForm):
    made = {each.rule_day: each for each in series.meetings}
    days, steps = series.preview, series.steps(current_user)
    ids = [each.meeting_id for each in series.meetings]
    mine = set(session.scalars(current_user.all("meeting").where(Meeting.id.in_(ids)).with_only_columns(Meeting.id)))
    return render_template("preparation/series_show.html", series=series, form=form, made=made, days=days, steps=steps, mine=mine,
                           closed={each.rule_day: closed_because(each.rule_day) for each in days}, taken=_taken(series, steps),
                           fixed=CoreMember.of(series.kind), outdated=len(series_calendar.outdated(series)), mail_on=mail_on())


def _taken(series: Series, steps) -> dict:
    """Days still to be planned on which another meeting is at the same place, by day."""
    spans = {day: series.span(day) for day in steps.new.values()}
    found = clashes.in_place(series.place, spans.values())
    return {day: [each for each in found if each.starts_at < end and each.ends_at > start] for day, (start, end) in spans.items()}


def _series(series_id: int) -> Series:
    return Series.with_meetings(series_id) or abort(404)
