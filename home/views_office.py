"""The administrator's doors: the office's settings and the audit."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
import sqlalchemy as sa
import wtforms

from core import audit, letters, standing
from core.access import office
from core.audit import AuditRow
from core.database import session
from core.forms import Form, Required, Select, Whole, line, paragraph
from core.languages import _, later
from core.office import office as the_office
from core.pages import page_asked
from retention.classes import offered

bp = Blueprint("office", __name__)
PAGE = 100
RECORDS = {
    "user": later("Account"), "user_role": later("Office roles"), "sign_in": later("Sign-in"), "office": later("Settings"),
    "case": later("Case"), "case_team": later("Team of this case"), "household_person": later("Household member"),
    "family_relation": later("Family relation"), "case_tie": later("Tie"), "case_conflict": later("Conflict of interest"),
    "identity": later("Name and address"), "consent": later("Consent"), "need": later("Need"), "agency": later("Agency"), "member": later("Person on the roster"),
    "domain": later("Domain"), "edition": later("Ground rules"), "edition_draft": later("Draft of the ground rules"), "rule_text": later("Ground rules"),
    "citation": later("Citation"), "citation_version": later("Citation"), "acknowledgement": later("Acknowledgement"), "proxy_acknowledgement": later("Acknowledgement"), "pledge": later("Confidentiality pledge"), "rule_review": later("Check of the rules"), "rule_finding": later("Check of the rules"), "meeting": later("Meeting"),
    "hearing": later("Case of a meeting"), "seat": later("Seat"), "agenda_item": later("Agenda"), "entry": later("Line"),
    "entry_revision": later("Text of a line"), "round": later("Round"), "round_word": later("Word in a round"), "minutes_version": later("Final minutes"), "minutes": later("Minutes"),
    "record": later("Final minutes"), "filing": later("Filing"), "ledger": later("Register of minutes"), "year": later("Minutes of a year"),
    "action_item": later("Role"), "action": later("Role"), "actions": later("My roles"), "confirmation": later("Confirmation"),
    "asking": later("Request to confirm roles"), "asked_role": later("Request to confirm roles"), "change_request": later("Wish for another wording or day"),
    "notice_setting": later("How somebody is told"),
    "plan": later("Support plan"), "plan_version": later("Support plan"), "plan_tabling": later("Support plan"), "plan_verdict": later("Verdict on the plan"),
    "plan_agreement": later("Support plan"), "plan_monitoring": later("Monitoring"), "plan_evaluation": later("Evaluation"),
    "stage_move": later("Stage"), "closure": later("Closed"), "aftercare_check": later("Accompaniment"),
    "resource_idea": later("Resource ideas"), "resources": later("Resource ideas"),
    **dict.fromkeys(("resource_proposal", "resource_proposal_source", "resource_proposal_step", "resource_proposal_kept", "resource_merger", "resource_forum"), later("Register of resources")),
    **dict.fromkeys(("social_resource", "social_resource_step", "social_resource_correction"), later("Map of what exists")), "resource_import": later("Import onto the map"), "letter": later("Letter"),
    "sheet": later("Preparation sheet"), "sheet_fact": later("Fact of a sheet"), "sheet_deadline": later("Wish for sheets by a day"),
    "role_candidate": later("Role asked for beforehand"), "inquiry": later("Written inquiry"),
    "inquiry_question": later("Question of an inquiry"), "paper_letter": later("Official letter"),
    "roster_import": later("Import of the roster"), "roster": later("Roster"),
    "referral": later("Referral"), "referrals": later("Referrals"), "referral_person": later("Referral"),
    "referral_need": later("Referral"), "referral_tick": later("Referral"), "referral_step": later("Referral"),
    "criterion": later("When to refer"),
    "agenda_template": later("Agenda template"), "template_step": later("Agenda template"),
    "clue_card": later("Clue card"), "card_use": later("Clue card"),
    "circulation": later("Circulated draft"), "circulation_reader": later("Circulated draft"), "circulation_extension": later("Circulated draft"),
    "remark": later("Remark on the minutes"),
    "progress_step": later("How a role goes on"), "absence": later("Absence"), "handover": later("Handing over"),
    "handover_item": later("Handing over"), "settlement": later("Taken back, and settled"), "notice": later("Notice"), "link": later("Personal link"),
    "retention_choice": later("Retention class"), "retention_class": later("Retention class"), "retention_hold": later("Stop of a disposal"),
    "disposal": later("Disposal of records"), "disposal_item": later("Disposal of records"),
    "own_form": later("The office's own forms"), "own_form_version": later("The office's own forms"),
    "guest_sitting": later("Visit by a personal link"),
    "case_example": later("Case book"), "case_example_step": later("Case book"), "case_example_confirmation": later("Case book"), "case_book": later("Case book"),
    "paper_copy": later("Copy of the minutes"), "copy": later("Copy of the minutes"), "copies": later("Copy of the minutes"), "copy_delivery": later("Copy handed over"),
    "withholding_mark": later("Withheld passage"), "withholding_approval": later("Approval of what is withheld"), "withholding_ground": later("Ground for withholding"),
    "paper_style": later("How papers look"), "held_entry": later("Invitation in a calendar"), "series_entry": later("Invitation in a calendar"), "feed": later("Calendar subscription"),
    **dict.fromkeys(("disclosure_request", "disclosure_subject", "disclosure_item", "disclosure_step", "disclosure_opinion", "disclosure_paper"), later("Request for disclosure")),
    "disclosure_terms": later("Terms of disclosure"),
    "council": later("Council"), "council_keeper": later("Council"), "council_member": later("Member of a council"), "council_session": later("Session of a council"),
    **dict.fromkeys(("self_check", "self_check_part", "self_check_answer", "self_check_step"), later("Self-check")),
}


class OfficeForm(Form):
    name = line(later("Name of the office"), limit=80)
    handling_mark = line(later("Handling mark on papers"), limit=20)
    retention = Select(later("Retention of minutes"))
    phone = line(later("Telephone of the office"), limit=40, required=False)
    answer_within = Whole(later("Referrals are answered within (working days)"), [Required()], low=1, high=30)
    check_months = Whole(later("Entries of the map of resources are checked anew after (months)"), [Required()], low=1, high=60)
    asks_reason = wtforms.BooleanField(later("Ask for the reason before names and addresses are shown"))
    letter_sender = line(later("Sender on official letters"), limit=80, required=False)
    letter_contact = paragraph(later("Whom to call, on official letters"), limit=200, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = the_office()
        names = [each.name for each in offered()]
        self.retention.choices = [(each, each) for each in dict.fromkeys([*names, *([here.retention] if here else [])])]  # an older text stays to be chosen


@bp.get("/settings")
@office("admin")
def settings():
    return _page(OfficeForm(obj=the_office()))


@bp.post("/settings")
@office("admin")
def update():
    here, form = the_office() or abort(404), OfficeForm()
    if not form.accepts(here):
        return _page(form), form.status
    for name in ("name", "handling_mark", "retention", "phone", "answer_within", "check_months", "asks_reason", "letter_sender", "letter_contact"):
        setattr(here, name, form[name].data)
    flash(_("Saved."), "success")
    return redirect(url_for("office.settings"), 303)


@bp.get("/audit")
@office("admin")
def trail():
    page = page_asked()
    rows = session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    faults = audit.verify() if request.args.get("verify") else None
    return render_template("home/audit.html", rows=rows[:PAGE], page=page, more=len(rows) > PAGE, faults=faults,
                           names=RECORDS)


def _page(form):
    settings = current_app.config["KURUMAZA"]
    trouble = bool(settings.smtp_host) and (not settings.mail_from or standing.MailTrouble.now() is not None)
    return render_template("home/settings.html", form=form, mail=settings.smtp_host, trouble=trouble, counts=letters.counts())
