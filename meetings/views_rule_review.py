"""Doors to the check at the end: were the rules kept?"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from core import languages
from core.access import office
from core.forms import Form, Radio, paragraph
from core.languages import _, later
from core.web import Refused
from ground_rules.models import Citation, Part, cited
from ground_rules.rule_cards import Rule, rules_in
from meetings.models import Meeting
from meetings.rule_reviews import Kept, RuleReview
from meetings.views_seats import running

bp = Blueprint("rule_review", __name__)


@bp.get("/meetings/<int:meeting_id>/rules/review")
@office("coordinator", record="meeting", act="run")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    review = meeting.rule_review
    said = {_name(part, rule.number): review.of(part, rule.number) for part, rules in _rules(meeting) for rule in rules} if review else {}
    return _page(meeting, _form(meeting)(data=said | (dict(note=review.note, version=str(review.version)) if review else {})))


@bp.post("/meetings/<int:meeting_id>/rules/review")
@office("coordinator", record="meeting", act="run")
def update(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    form = _form(meeting)()
    if meeting.opened_at is None:
        raise Refused(_("The rules are looked back at once the meeting is held."))
    if not form.accepts(meeting.rule_review):
        return _page(meeting, form), form.status
    said = {(part, rule.number): form[_name(part, rule.number)].data for part, rules in _rules(meeting) for rule in rules}
    RuleReview.say(meeting, current_user, {place: Kept(kept) for place, kept in said.items() if kept in ("partly", "not")}, form.note.data)
    flash(_("Noted how the rules were kept."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


def _form(meeting: Meeting):
    """A form with a question for each rule that this meeting goes by."""
    answers = [("kept", _("We kept it")), *((each.value, each.label) for each in Kept)]
    fields = {_name(part, rule.number): Radio(f"{part.label} {rule.number}", choices=lambda: answers, default="kept") for part, rules in _rules(meeting) for rule in rules}
    return type("ReviewForm", (Form,), fields | dict(note=paragraph(later("To try next time"), limit=1000, rows=3)))


def _page(meeting: Meeting, form):
    shown = {card.question_ja for hearing in running(meeting) for card in hearing.cards if card.rule and not card.limited}
    own = {(part, rule.number) for part, rules in _rules(meeting, "ja") for rule in rules if rule.says in shown}
    return render_template("meetings/rule_review.html", meeting=meeting, form=form, rules=_rules(meeting), name=_name, shown=own)


def _rules(meeting: Meeting, language: str = "") -> list[tuple[Part, list[Rule]]]:
    """The rules by their parts, in the language in use; a part that has none in it, in Japanese."""
    known, spoken = Citation.listed(), language or languages.language()
    in_language = lambda part, of: rules_in(cited(meeting.edition.body(part, of), of, known, meeting.day))  # noqa: E731
    return [(part, in_language(part, spoken) or in_language(part, "ja")) for part in Part]


def _name(part: Part, number: int) -> str:
    return f"{part.value}-{number}"
