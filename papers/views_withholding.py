"""Doors to the passages that are withheld when final minutes are to be disclosed, and to the office's grounds for it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.web import Refused
from papers import making, redaction, withholding
from papers.forms_copies import ApprovalForm, GroundsForm, MarkForm
from papers.proposals import GROUND, WHY, proposal
from papers.withholding import Ground

bp = Blueprint("withholding", __name__)


@bp.get("/meetings/<int:meeting_id>/withholding")
@office("coordinator", "clerk", record="paper")
def show(meeting_id):
    return _page(current_user.find("paper", meeting_id))


@bp.post("/meetings/<int:meeting_id>/withholding")
@office("coordinator", "clerk", record="paper")
def decide(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    _paper, shown = making.weighed(meeting, current_user)
    form = _form(shown)
    if not form.accepts():
        return _page(meeting, form), form.status
    ground = next((each for each in Ground.listed() if str(each.id) == form.ground.data), None) if form.decision.data == "withhold" else None
    try:
        count = withholding.decide(meeting.final, current_user, shown, form.places.data, form.words.data, ground, form.reason.data, form.everywhere.data)
    except withholding.Said as refusal:
        form.reason.errors = [f"{refusal} {refusal.way_on}"]
        return _page(meeting, form), 422
    flash(_("Withheld: %(count)s places.", count=count) if ground else _("Opened: %(count)s places.", count=count), "success")
    return redirect(url_for("withholding.show", meeting_id=meeting.id), 303)


@bp.post("/withholding/<int:withheld_id>/lifting")
@office("coordinator", "clerk", record="withheld")
def lift(withheld_id):
    mark = current_user.find("withheld", withheld_id)
    meeting = current_user.find("paper", mark.version.meeting_id)
    if mark.place not in {each.place for each in making.weighed(meeting, current_user)[1]}:
        abort(404)
    withholding.lift(mark, current_user)
    flash(_("Taken back."), "success")
    return redirect(url_for("withholding.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/withholding/carrying")
@office("coordinator", "clerk", record="paper")
def carry(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    _paper, shown = making.weighed(meeting, current_user)
    withholding.hold(meeting.final)
    marks, _lost = _carried(meeting, shown)
    for each in marks:
        each.by_id = current_user.id
    session.add_all(marks)
    flash(_("Taken over: %(count)s marks.", count=len(marks)), "success")
    return redirect(url_for("withholding.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/withholding/approval")
@office("coordinator", "clerk", record="paper")
def approve(meeting_id):
    meeting, form = current_user.find("paper", meeting_id), ApprovalForm()
    paper, _cells = making.weighed(meeting, current_user)
    if len(paper.hearings) < len(meeting.hearings):
        raise Refused(_("Cases of other teams stand in these minutes."), _("The records clerk notes the approval for all of them."))
    if not form.accepts():
        return _page(meeting, approval=form), form.status
    withholding.approve(meeting.final, current_user, form.decided_by.data, form.decided_on.data)
    flash(_("The approval is noted. It holds as long as no mark is changed."), "success")
    return redirect(url_for("withholding.show", meeting_id=meeting.id), 303)


@bp.get("/withholding-grounds")
@office("coordinator", "clerk", "admin")
def grounds():
    rows = [dict(id=str(each.id), name=each.name, article=each.article, reason=each.reason, active=each.active) for each in Ground.listed()]
    return render_template("papers/grounds.html", form=GroundsForm(formdata=None, data=dict(rows=rows, version=str(the_office().version))))


@bp.post("/withholding-grounds")
@office("coordinator", "clerk", "admin")
def update_grounds():
    here, form = the_office() or abort(404), GroundsForm()
    if not form.accepts(here):
        return render_template("papers/grounds.html", form=form), form.status
    Ground.arrange(form.arranged)
    flash(_("Saved."), "success")
    return redirect(url_for("withholding.grounds"), 303)


def _form(shown, **more) -> MarkForm:
    form = MarkForm(**more)
    form.places.choices = [(each.place, each.where) for each in shown]
    form.ground.choices = [(str(each.id), f"{each.name}（{each.article}）") for each in Ground.listed() if each.active]
    return form


def _carried(meeting, shown):
    before = withholding.earlier(meeting.final, meeting)
    if before is None:
        return [], []
    _then, cells = making.looked_through(meeting, before, current_user)
    return withholding.carried(meeting.final, before, shown, cells)


def _page(meeting, form=None, approval=None):
    audit.saw(f"minutes/{meeting.id}", "withholding")
    if meeting.final is None:
        return render_template("papers/withholding_early.html", meeting=meeting)
    paper, shown = making.weighed(meeting, current_user)
    marks = [each for each in withholding.standing(meeting.final) if each.place in {cell.place for cell in shown}]
    black = withholding.passages(marks, shown)
    carried, lost = _carried(meeting, shown)
    parts: dict[str, list] = {}
    for cell in shown:
        mine = [each for each in black if each.place == cell.place]
        decided = bool(mine) or any(each.opened and each.place == cell.place for each in marks)
        hint = proposal(cell) if not decided or (cell.limited and not any(each.place == cell.place for each in marks)) else ""
        parts.setdefault(cell.part if cell.place.startswith("hearings.") else "会議の概要・末尾", []).append(dict(cell=cell, pieces=_pieces(cell, mine), why=WHY.get(hint, ""), ground=GROUND.get(hint, hint),
                                                    opened=any(each.opened and each.place == cell.place for each in marks)))
    return render_template("papers/withholding.html", meeting=meeting, minutes=paper, parts=parts, marks=marks, form=form or _form(shown, formdata=None),
                           where={each.place: each.where for each in shown}, waiting=sum(bool(row["why"]) for rows in parts.values() for row in rows),
                           carried=carried, lost=lost, approved=withholding.approval(meeting.final), all_here=len(paper.hearings) == len(meeting.hearings),
                           approval=approval or ApprovalForm(formdata=None, data=dict(decided_on=clock.today())))


def _pieces(cell, passages) -> list[tuple[str, bool]]:
    """The text in pieces, and of each whether it is withheld."""
    made, last = [], 0
    for start, end, _together in redaction.ranges(cell.text, passages):
        made += [(cell.text[last:start], False), (cell.text[start:end], True)]
        last = end
    return [each for each in (*made, (cell.text[last:], False)) if each[0]]
