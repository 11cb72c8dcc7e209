"""Doors to the pledges: one's own on the screen, those that came back on paper, who has given one and who has not."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
import wtforms

from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.forms import Day, Form, Radio, Required, Select
from core.languages import _, later, ngettext
from core.web import Refused
from meetings.models import Meeting
from meetings.pledge_asking import ask, ways
from meetings.pledges import Pledge, PledgeMethod, Term, standing
from papers import pledge_paper
from room.pages import heard

bp = Blueprint("pledges", __name__)
MOST = 500  # in the register of a year


class PledgeForm(Form):
    term = Radio(later("Given for"), [Required()])
    accepted = wtforms.BooleanField(later("I pledge this."))

    def __init__(self, meeting: Meeting, **kwargs):
        super().__init__(**kwargs)
        self.term.choices = [(each.value, each.of(meeting.kind)) for each in Term]

    def validate_accepted(self, field):
        if not field.data:
            raise wtforms.ValidationError(_("Tick the box once you have read it."))


class ReceivedForm(Form):
    term = Select(later("Given for"))
    given_on = Day(later("Signed on"), [Required()])

    def __init__(self, meeting: Meeting, **kwargs):
        super().__init__(**kwargs)
        self.term.choices = [(each.value, each.of(meeting.kind)) for each in Term]

    def validate_given_on(self, field):
        if field.data and field.data > clock.today():
            raise wtforms.ValidationError(_("This day is still to come."))


@bp.get("/meetings/<int:meeting_id>/pledge")
@signed_in(record="meeting")
def own(meeting_id):
    meeting = current_user.meeting(meeting_id)
    return _own(meeting, PledgeForm(meeting, data=dict(term=Term.CASE.value)))


@bp.post("/meetings/<int:meeting_id>/pledge")
@signed_in(record="meeting")
def give(meeting_id):
    meeting = current_user.meeting(meeting_id)
    form = PledgeForm(meeting)
    seat = meeting.seat_of(current_user)
    if seat is None:
        raise Refused(_("You have no seat at this meeting."))
    if not form.accepts():
        return _own(meeting, form), form.status
    Pledge.give(meeting, seat.member, current_user, Term(form.term.data), PledgeMethod.SCREEN, clock.today())
    flash(_("Your pledge is on record. Thank you."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/pledges")
@office("coordinator", record="meeting", act="run")
def index(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    return _list(meeting, ReceivedForm(meeting, data=dict(given_on=min(clock.today(), clock.local(meeting.starts_at).date()))))


@bp.post("/meetings/<int:meeting_id>/pledges")
@office("coordinator", record="meeting", act="run")
def receive(meeting_id):
    """Those ticked have handed in a signed one."""
    meeting = current_user.meeting(meeting_id, to="run")
    form = ReceivedForm(meeting)
    if not form.accepts():
        return _list(meeting, form), form.status
    ticked = set(request.form.getlist("member"))
    chosen = [each for each in standing(meeting, heard(meeting, "run")) if str(each.id) in ticked]
    if not chosen:
        flash(_("Tick whose pledge came back."), "error")
        return _list(meeting, form), 422
    for member in chosen:
        Pledge.give(meeting, member, current_user, Term(form.term.data), PledgeMethod.PAPER, form.given_on.data)
    flash(_("%(count)s pledges on paper are on record.", count=len(chosen)), "success")
    return redirect(url_for("pledges.index", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/pledges/asking")
@office("coordinator", record="meeting", act="run")
def remind(meeting_id):
    """Ask those whose pledge is missing; nobody twice on one day."""
    meeting = current_user.meeting(meeting_id, to="run")
    asked = ask(meeting, heard(meeting, "run"))
    if asked:
        flash(ngettext("%(num)s person is asked for their pledge.", "%(num)s people are asked for their pledge.", len(asked)), "success")
    else:
        flash(_("Nobody is to be asked today: everybody invited who can be reached has given a pledge or was asked already."), "info")
    return redirect(url_for("pledges.index", meeting_id=meeting.id), 303)


@bp.post("/pledges/<int:pledge_id>/strike")
@office("coordinator", record="pledge", act="run")
def strike(pledge_id):
    pledge = current_user.find("pledge", pledge_id, to="run")
    pledge.strike(current_user)
    flash(_("Struck. It counts for nothing any more, and stays on record."), "success")
    return redirect(url_for("pledges.index", meeting_id=pledge.meeting_id), 303)


@bp.get("/pledges")
@office("coordinator", "clerk")
def register():
    """The yearly pledges of a 年度: the person, for which kind of meeting, how and since when."""
    this = clock.fiscal_year(clock.today())
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else this
    rows = list(session.scalars(sa.select(Pledge).where(Pledge.fiscal_year == year, Pledge.term == Term.YEAR, Pledge.struck_at.is_(None))
                                .options(sa.orm.lazyload(Pledge.meeting)).order_by(Pledge.given_on.desc(), Pledge.id.desc()).limit(MOST)))
    audit.saw("pledge/register", str(year))
    return render_template("papers/pledge_register.html", rows=rows, year=year, years=[this - back for back in range(3)] + [this + 1], year_name=clock.fiscal_year_name)


def _own(meeting: Meeting, form: PledgeForm):
    seat = meeting.seat_of(current_user)
    mine = standing(meeting, [each for each in meeting.hearings if any(one.member_id == seat.member_id for one in each.seats)]).get(seat.member) if seat else None
    return render_template("papers/pledge_own.html", meeting=meeting, form=form, seat=seat, mine=mine, opening=pledge_paper.opening(meeting, Term.CASE),
                           promises=pledge_paper.promises(meeting), title=pledge_paper.TITLE)


def _list(meeting: Meeting, form: ReceivedForm):
    audit.saw(f"meeting/{meeting.id}")
    ran = set(session.scalars(current_user.all("pledge", "run").where(Pledge.meeting_id == meeting.id).with_only_columns(Pledge.id)))
    return render_template("papers/pledges.html", meeting=meeting, form=form, people=ways(meeting, heard(meeting, "run")), ran=ran, ticked=set(request.form.getlist("member")))
