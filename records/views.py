"""Doors to the records room: the list, one version, what changed in it, where it is filed."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit
from core.access import office
from core.database import session
from core.languages import _, ngettext
from core.pages import fiscal_year_words, page_asked
from exports import text
from meetings import minutes, record
from meetings.record import MinutesVersion
from meetings.seen import Sight
from records import lists
from records.changes import changes
from records.forms import FilingForm
from records.lists import RecordBox
from records.models import Filing
from records.snippets import snippet
from records.visits import visits

bp = Blueprint("records", __name__)
PAGE = 30


@bp.get("/records")
@office("clerk", "coordinator")
def index():
    return _list(RecordBox.read(person=current_user), FilingForm())


@bp.post("/records/search")
@office("clerk", "coordinator")
def find():
    box = RecordBox(person=current_user)
    return redirect(box.address("records.index"), 303) if box.accepts() else (_list(box, FilingForm(formdata=None)), box.status)


@bp.post("/records/filing")
@office("clerk")
def file_many():
    """Note those that were ticked as filed, all in one place; the list stays where it was."""
    box, form = RecordBox.read(person=current_user), FilingForm()
    chosen = _ticked()
    if not form.accepts():
        return _list(box, form, chosen), form.status
    for version in chosen:
        Filing.put(version, current_user, form.binder.data, form.number.data)
    flash(ngettext("%(num)s record is noted as filed.", "%(num)s records are noted as filed.", len(chosen)) if chosen
          else _("Tick the records that you have filed first."), "success" if chosen else "warning")
    return redirect(url_for("records.index", **box.kept), 303)


@bp.get("/records/<int:record_id>")
@office("clerk", "coordinator", record="record")
def show(record_id):
    version = current_user.find("record", record_id)
    filed = Filing.of([version]).get(version.id)
    return _page(version, FilingForm(obj=filed))


@bp.get("/records/<int:record_id>/changes")
@office("clerk", "coordinator", record="record")
def differences(record_id):
    """What this version says otherwise than the one before it, as far as the person reads both."""
    version = current_user.find("record", record_id)
    before = next((each for each in version.meeting.minutes_versions if each.number == version.number - 1), None) or abort(404)
    sight = Sight(current_user, version.meeting)
    old, new = (text.write(replace(sight.paper(each.minutes), content_hash="")) for each in (before, version))
    audit.saw(f"minutes/{version.meeting_id}", f"changes to version {version.number}")
    return render_template("records/changes.html", version=version, before=before, meeting=version.meeting, changes=changes(old, new),
                           title=minutes.title)


@bp.post("/records/<int:record_id>/filing")
@office("clerk", record="record")
def file(record_id):
    version, form = current_user.find("record", record_id), FilingForm()
    if not form.accepts():
        return _page(version, form), form.status
    Filing.put(version, current_user, form.binder.data, form.number.data)
    flash(_("Noted as filed."), "success")
    return redirect(url_for("records.show", record_id=version.id), 303)


@bp.post("/records/<int:record_id>/unfiling")
@office("clerk", record="record")
def unfile(record_id):
    version = current_user.find("record", record_id)
    Filing.take_back(version, current_user)
    flash(_("The record counts as not filed again. The earlier note stays in its history."), "success")
    return redirect(url_for("records.show", record_id=version.id), 303)


def _ticked() -> list[MinutesVersion]:
    """The versions ticked on the page, of those the clerk may see."""
    asked = {int(each) for each in request.form.getlist("record")[:200] if each.isdecimal() and each.isascii() and len(each) < 10}
    return list(session.scalars(current_user.all("record").where(MinutesVersion.id.in_(asked))).unique()) if asked else []


def _list(box: RecordBox, form: FilingForm, ticked=()):
    page, query = page_asked(), lists.listed(box)
    versions, more = lists.fetched(query, page, PAGE)
    sights = Sight.of_each(current_user, [each.meeting for each in versions])
    return render_template(
        "records/index.html", box=box, versions=versions, page=page, more=more, form=form, ticked={each.id for each in ticked},
        count=lists.count(query), most=lists.COUNTED, filed=Filing.of(versions), documents=lists.document_numbers(versions), whole=_whole(versions, sights), title=minutes.title,
        snippets=_snippets(versions, sights, box.words), year=box.chosen.get("year") or next(iter(lists.years()), ""),
        year_name=fiscal_year_words)


def _whole(versions: list[MinutesVersion], sights: dict[int, Sight]) -> set[int]:
    """Ids of those of which the person reads everything: only then the check number is theirs to know."""
    def numbers(meeting):
        return {each.case.number if each.case else "" for each in meeting.hearings}
    return {each.id for each in versions if sights[each.meeting_id].all or numbers(each.meeting) <= sights[each.meeting_id].shared}


def _snippets(versions: list[MinutesVersion], sights: dict[int, Sight], words: str) -> dict:
    """Where the words stand, in what this person reads of each paper; such a sight is noted."""
    if not words:
        return {}
    contents = {each.id: each for each in lists.read([each.id for each in versions], content=True)}
    found = {id: snippet(sights[each.meeting_id].paper(each.minutes), words) for id, each in contents.items()}
    for id, each in found.items():
        if each:
            audit.saw(f"minutes/{contents[id].meeting_id}", "found")
    return found


def _page(version: MinutesVersion, form: FilingForm):
    meeting = version.meeting
    sight, whole = Sight(current_user, meeting), record.holds(version)
    paper = sight.paper(version.minutes) if whole else None
    audit.saw(f"record/{version.id}")
    return render_template("records/show.html", version=version, meeting=meeting, paper=paper, holds=whole, form=form,
                           reads_all=whole and sight.reads_all(version.minutes), title=minutes.title, file_name=minutes.file_name(meeting, version),
                           filings=Filing.all_of(version), filed=Filing.of([version]).get(version.id),
                           visits=visits(version) if current_user.clerk else [])
