"""Doors to the consent register (同意). They stand here and not with the cases, because a consent moves meetings."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from cases.consent import ConsentState
from cases.forms_consent import ConsentForm, ScopeForm
from core import audit, clock, live
from core.access import office
from core.database import session
from core.languages import _, ngettext
from core.web import WORD, download
from exports import word
from meetings import consent_form, consents, invitations
from stationery.house import layout

bp = Blueprint("consents", __name__)


@bp.get("/cases/<int:case_id>/consents")
@office("coordinator", record="case", act="run")
def index(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    return render_template("cases/consents.html", case=case, running=True, waiting=consents.waiting(case), ready=consents.ready(case))


@bp.get("/cases/<int:case_id>/people/<int:person_id>/consent")
@office("coordinator", record="case", act="run")
def new(case_id, person_id):
    case = current_user.case(case_id, to="run")
    person = _person(case, person_id)
    audit.saw(f"case/{case.id}")
    state = request.args.get("state")
    before = {} if state else _before(person)  # a withdrawal covers nothing
    return _page(case, person, ConsentForm(data=before | dict(on=clock.today(), state=state)))


@bp.post("/cases/<int:case_id>/people/<int:person_id>/consent")
@office("coordinator", record="case", act="run")
def create(case_id, person_id):
    case, form = current_user.case(case_id, to="run"), ConsentForm()
    person = _person(case, person_id)
    if not form.accepts():
        return _page(case, person, form), form.status
    person.record_consent(current_user, **form.said)
    session.flush()
    flash(_("Recorded. Earlier records stay as they were."), "success")
    _tell_of(person)
    return redirect(url_for("consents.index", case_id=case.id), 303)


@bp.get("/cases/<int:case_id>/consent-form")
@office("coordinator", record="case", act="run")
def paper(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    return _paper_page(case, ScopeForm(data=dict(agencies=sorted(consents.near(case)))))


@bp.get("/cases/<int:case_id>/consent-form.docx")
@office("coordinator", record="case", act="run")
def blank(case_id):
    return _printed(current_user.case(case_id, to="run"), consent_form.Scope())


@bp.post("/cases/<int:case_id>/consent-form")
@office("coordinator", record="case", act="run")
def fill(case_id):
    case, form = current_user.case(case_id, to="run"), ScopeForm()
    if not form.accepts():
        return _paper_page(case, form), form.status
    information = tuple(each for each in consent_form.Information if each.value in form.about.data)
    return _printed(case, consent_form.Scope(tuple(each.name for each in form.chosen), information, form.scope.data, form.expires_on.data, blank=False))


def _tell_of(person) -> None:
    """Say what the record does to the meetings to come, and tell who leads them; a table that is open hears of it at once."""
    for each in person.case.hearings:
        if each.meeting.opened:
            live.touch(each.meeting.topic)
    shut = consents.shut_by(person)
    if shut:
        told = sum(consents.tell(each) for each in shut)
        names = "、".join(dict.fromkeys(each.meeting.reference for each in shut))
        flash(_("The consent does not cover the day of these meetings; their door stays shut until it does: %(names)s.", names=names), "warning")
        if invitations.mail_on():
            flash(ngettext("%(num)s letter to the team is in the outbox.", "%(num)s letters to the team are in the outbox.", told), "success")
        else:
            flash(_("Mail is switched off on this installation: tell the facilitators yourself."), "warning")
    for meeting in consents.ready(person.case) if person.consents_on(clock.today()) else []:
        link = Markup('<a href="{}">{}</a>').format(url_for("meetings.show", meeting_id=meeting.id), meeting.name)
        flash(Markup(_("Everybody has consented. This meeting can be held as 重層的支援会議 now: %(meeting)s", meeting="{}")).format(link), "success")


def _person(case, person_id: int):
    return next((each for each in case.people if each.id == person_id), None) or abort(404)


def _before(person) -> dict:
    """What the consent in force covers, so that a new one begins from it."""
    now = person.consent
    if now is None or now.state not in (ConsentState.GIVEN, ConsentState.PARTLY):
        return {}
    return dict(agencies=sorted(now.agency_ids), about=now.about.split(), scope=now.scope)


def _page(case, person, form):
    return render_template("cases/consent.html", form=form, case=case, person=person, near=consents.near(case))


def _paper_page(case, form):
    return render_template("cases/consent_form.html", form=form, case=case, running=True, near=consents.near(case))


def _printed(case, scope: consent_form.Scope):
    member = current_user.member
    contact = f"{member.agency.name}　電話　{member.phone}" if member else "　\n電話　"
    audit.note("exported", f"case/{case.id}", "consent form, docx")
    return download(word.draw(consent_form.lay_out(scope, contact), consent_form.TITLE, reference=case.number, layout=layout()), WORD,
                    f"{case.number}_{consent_form.TITLE}.docx")
