"""Doors to the passages that are withheld when final minutes are to be disclosed, and to the office's grounds for it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.web import Refused
from papers import making, withholding
from papers.forms_copies import ApprovalForm, GroundsForm, MarkForm, RestForm
from papers.proposals import GROUND, proposal
from papers.withholding import Ground
from papers.withholding_page import Page

bp = Blueprint("withholding", __name__)


@bp.get("/meetings/<int:meeting_id>/withholding")
@office("coordinator", "clerk", record="paper")
def show(meeting_id):
    return _page(current_user.find("paper", meeting_id), part=request.args.get("part", ""))


@bp.get("/meetings/<int:meeting_id>/withholding/<int:line>")
@office("coordinator", "clerk", record="paper")
def one(meeting_id, line):
    return _line(current_user.find("paper", meeting_id), line)


@bp.post("/meetings/<int:meeting_id>/withholding")
@office("coordinator", "clerk", record="paper")
def decide(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    _paper, shown = making.weighed(meeting, current_user)
    form = _form(shown)
    if not form.accepts():
        return _again(meeting, form), form.status
    ground = next((each for each in Ground.listed() if str(each.id) == form.ground.data), None) if form.decision.data == "withhold" else None
    try:
        count = withholding.decide(meeting.final, current_user, shown, form.places.data, form.words.data, ground, form.reason.data,
                                   form.everywhere.data, form.version.data or "")
    except withholding.Amiss as fault:
        form[fault.field].errors = [f"{fault} {fault.way_on}".strip()]
        _read_anew(form, meeting.final)
        return _again(meeting, form), 422
    flash(_("Withheld: %(count)s places.", count=count) if ground else _("Opened: %(count)s places.", count=count), "success")
    return redirect(_onwards(meeting, form), 303)


@bp.get("/meetings/<int:meeting_id>/withholding/rest")
@office("coordinator", "clerk", record="paper")
def rest(meeting_id):
    return _rest(current_user.find("paper", meeting_id))


@bp.post("/meetings/<int:meeting_id>/withholding/rest")
@office("coordinator", "clerk", record="paper")
def open_rest(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    _paper, shown = making.weighed(meeting, current_user)
    withholding.hold(meeting.final)  # what was decided on since the list was shown is known now, and stays so
    form = _rest_form(Page.of(meeting, current_user))
    if form.version.data != withholding.read_at(meeting.final):
        form.places.data = []
        form.places.errors = [_("Since you opened this page, something was decided. This is the list as it stands now.")]
        return _rest(meeting, form), 409
    if not form.accepts():
        return _rest(meeting, form), form.status
    count = withholding.decide(meeting.final, current_user, shown, form.places.data, "", None, "")
    flash(_("Opened: %(count)s places.", count=count), "success")
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
    line = Page.of(meeting, current_user).number(mark.place)
    return redirect(url_for("withholding.one", meeting_id=meeting.id, line=line) if request.form.get("line") else
                    url_for("withholding.show", meeting_id=meeting.id, _anchor=f"line-{line}"), 303)


@bp.post("/meetings/<int:meeting_id>/withholding/carrying")
@office("coordinator", "clerk", record="paper")
def carry(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    _paper, shown = making.weighed(meeting, current_user)
    withholding.hold(meeting.final)
    marks, _lost = making.carried(meeting, current_user, shown)
    for each in marks:
        each.by_id = current_user.id
    session.add_all(marks)
    flash(_("Taken over: %(count)s marks.", count=len(marks)), "success")
    return redirect(url_for("withholding.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/withholding/approval")
@office("coordinator", "clerk", record="paper")
def approve(meeting_id):
    meeting, form = current_user.find("paper", meeting_id), ApprovalForm()
    making.weighed(meeting, current_user)
    withholding.hold(meeting.final)  # what the approval is of stays so until it is noted
    page = Page.of(meeting, current_user)
    if not page.whole:
        raise Refused(_("Cases of other teams stand in these minutes."), _("The records clerk notes the approval for all of them."))
    making.ask_decided(meeting, [each.cell for each in page.waiting])
    if form.version.data and form.version.data != withholding.read_at(meeting.final):
        form.decided_by.errors = [_("Since you opened this page, something was decided. Look at what is decided once more, then note the approval.")]
        return _page(meeting, approval=form), 409
    if not form.accepts() or not form.asked(page.doubtful):
        return _page(meeting, approval=form), 422
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


def _rest_form(page, **more) -> RestForm:
    form = RestForm(**more)
    form.places.choices = [(each.cell.place, each.cell.where) for each in page.together]
    return form


def _read_anew(form, version) -> None:
    """What a refused form is shown with stands for now: its lines are those of this version."""
    if withholding.of_another(version, form.version.data):
        form.places.data = []
    _stamp(form, version)


def _stamped(form, version):
    """A form that keeps what its page was read at, when it is shown again for another fault."""
    return form if form.version.data else _stamp(form, version)


def _stamp(form, version):
    form.version.raw_data, form.version.data = None, withholding.read_at(version)
    return form


def _rest(meeting, form=None):
    """The undecided lines, to be opened together."""
    audit.saw(f"minutes/{meeting.id}", "withholding")
    page = Page.of(meeting, current_user)
    form = form or _rest_form(page, formdata=None, data=dict(places=[each.cell.place for each in page.together]))
    return render_template("papers/withholding_rest.html", meeting=meeting, page=page, form=_stamp(form, meeting.final))


def _page(meeting, form=None, approval=None, part=""):
    audit.saw(f"minutes/{meeting.id}", "withholding")
    if meeting.final is None:
        return render_template("papers/withholding_early.html", meeting=meeting)
    page = Page.of(meeting, current_user)
    form = form or _form(page.cells, formdata=None, data=dict(places=_undecided_of(page, part)))
    approval = approval or ApprovalForm(formdata=None, data=dict(decided_on=clock.today()))
    return render_template("papers/withholding.html", meeting=meeting, page=page, form=_stamped(form, meeting.final),
                           where={each.place: each.where for each in page.cells}, approved=withholding.approval(meeting.final),
                           approval=_stamp(approval, meeting.final))


def _undecided_of(page, part: str) -> list[str]:
    """The undecided places of one part of the paper, by its number on the page: they are ticked when it is shown."""
    chosen = page.parts[int(part[:4]) - 1:int(part[:4])] if part.isascii() and part.isdecimal() and 0 < int(part[:4]) else []
    return [row.cell.place for each in chosen for row in each.together]


def _line(meeting, number: int, form=None):
    """One line at a time, between those that stand around it."""
    audit.saw(f"minutes/{meeting.id}", "withholding")
    page = Page.of(meeting, current_user)
    row = next((each for each in page.rows if each.number == number), None) or abort(404)
    form = _stamped(form or _form(page.cells, formdata=None, data=dict(line=str(number), ground=_usual(row))), meeting.final)
    return render_template("papers/withholding_line.html", meeting=meeting, page=page, row=row, form=form,
                           part=next(each for each in page.parts if row in each.rows),
                           marks=[each for each in page.marks if each.place == row.cell.place])


def _usual(row) -> str:
    """The ground that a proposal points to."""
    hint = proposal(row.cell)
    return next((str(each.id) for each in Ground.listed() if each.active and hint and each.code == GROUND.get(hint, hint)), "")


def _again(meeting, form):
    """The page from which the form was sent, as it was filled in."""
    return _line(meeting, int(form.line.data), form) if form.line.data.isdecimal() else _page(meeting, form)


def _onwards(meeting, form) -> str:
    """Where the work goes on: the next line to look at, or the one that was just decided."""
    page = Page.of(meeting, current_user)
    if form.line.data.isdecimal():
        following = page.after(int(form.line.data))
        return url_for("withholding.one", meeting_id=meeting.id, line=following.number if following else int(form.line.data))
    return url_for("withholding.show", meeting_id=meeting.id, _anchor=f"line-{page.number(form.places.data[0])}")
