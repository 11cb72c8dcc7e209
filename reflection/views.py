"""Doors of the reflection: one's own minute, the facilitator's look back, the office's trend.

None of them notes anything: not who answered, nor when (reflection/__init__.py).
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from core import audit, clock
from core.access import office, signed_in
from core.languages import _, language
from core.web import WORD, download
from exports import word
from reflection import asking, rounds, rules, sheet_paper, sums, words
from reflection.forms import ReflectionForm, SheetsForm
from reflection.rights import without_account
from stationery.house import layout

bp = Blueprint("reflection", __name__)
OFFICE = "coordinator", "clerk", "admin"


@bp.app_context_processor
def about():
    """What other pages ask: is there a minute to give, until when, and is there something to look back on; how a period is called."""
    return dict(months=months, minutes_to_give=asking.waiting, minute_of_guest=asking.guest_waits, minute_until=rounds.last_day, looks_back=asking.looks_back)


@bp.get("/meetings/<int:meeting_id>/reflection")
@signed_in(record="meeting", act="reflect")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="reflect")
    return _page(meeting, ReflectionForm(meeting, formdata=None))


@bp.post("/meetings/<int:meeting_id>/reflection")
@signed_in(record="meeting", act="reflect")
def create(meeting_id):
    meeting = current_user.meeting(meeting_id, to="reflect")
    form = ReflectionForm(meeting)
    if not form.accepts():
        return _page(meeting, form), form.status
    rounds.put_in(meeting, current_user.member.id, form.said)
    return redirect(url_for("reflection.edit", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/reflection/result")
@office("coordinator", record="meeting", act="look_back")
def show(meeting_id):
    meeting = current_user.meeting(meeting_id, to="look_back")
    return _result(meeting, _sheets(meeting, formdata=None))


@bp.post("/meetings/<int:meeting_id>/reflection/sheets")
@office("coordinator", record="meeting", act="look_back")
def count(meeting_id):
    meeting = current_user.meeting(meeting_id, to="look_back")
    form = _sheets(meeting)
    if not form.accepts():
        return _result(meeting, form), form.status
    rounds.count_sheets(meeting, form.tally)
    flash(_("The sheets are counted. Destroy them now."), "success")
    return redirect(url_for("reflection.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/reflection/sheet.docx")
@office("coordinator", record="meeting", act="look_back")
def sheet(meeting_id):
    meeting = current_user.meeting(meeting_id, to="look_back")
    audit.note("exported", f"meeting/{meeting_id}", "reflection sheet")  # an empty form: it says nothing of an answer
    return download(word.draw(sheet_paper.lay_out(meeting.kind.hears_cases), sheet_paper.TITLE, "", "", layout=layout()), WORD, sheet_paper.FILE)


@bp.get("/reflections")
@office(*OFFICE)
def trend():
    periods = rules.trend(sums.quarters(), clock.today())
    return render_template("reflection/trend.html", periods=periods, questions=[(each, words.QUESTIONS[each]) for each in rules.ASKED])


def _page(meeting, form):
    done = bool(rounds.answered([meeting.id], current_user.member.id))
    return render_template("reflection/edit.html", meeting=meeting, form=form, done=done, running=rounds.runs(meeting), until=rounds.last_day(meeting))


def _sheets(meeting, **options) -> SheetsForm:
    form = SheetsForm(**options)
    form.at_most = without_account(meeting)
    return form


def _result(meeting, form):
    bands = rounds.bands(meeting)
    rows = [(words.question(each, meeting.kind.hears_cases), bands[each].value, words.BANDS[bands[each]]) for each in rules.ASKED] if bands else []
    return render_template("reflection/result.html", meeting=meeting, rows=rows, form=form, worry=rules.try_next(bands) if bands else "",
                           running=meeting.closed and rounds.runs(meeting), until=rounds.last_day(meeting) if meeting.closed else None)


def months(period: rules.Period) -> str:
    """令和8年4月〜9月, or Apr–Sep 2026."""
    first, last = period.begins, period.last
    if language() == "ja":
        until = f"{last.month}月" if last.year == first.year else _month(last)
        return f"{_month(first)}〜{until}"
    else:
        return f"{first:%b %Y}–{last:%b %Y}" if last.year != first.year else f"{first:%b}–{last:%b %Y}"


def _month(day) -> str:
    return clock.wareki(day, weekday=False).partition("月")[0] + "月"
