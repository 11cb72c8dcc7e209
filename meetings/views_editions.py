"""Doors to the editions of the ground rules: all of them, what each changed, and the publishing of the next one.

They stand here because an edition is for meetings: those that lie ahead go by it from its day on, and whoever acknowledged
the old one for such a meeting is asked again.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import wtforms

from core import clock, languages
from core.access import office, signed_in
from core.database import session
from core.forms import Day, Form, Required
from core.languages import _, later
from core.web import Refused
from ground_rules import changes
from ground_rules.drafts import EditionDraft, faults_of, uneven
from ground_rules.models import Citation, Edition, Part, cited
from ground_rules.reading import page
from ground_rules.rule_cards import rules_in
from ground_rules.views import parts as texts_of
from meetings import editions
from meetings.models import Meeting

bp = Blueprint("editions", __name__)
MOST = 30  # planned meetings shown one by one


class PublishForm(Form):
    effective_on = Day(later("In force from"), [Required()])

    def validate_effective_on(self, field):
        if field.data and field.data < editions.earliest():
            raise wtforms.ValidationError(_("On %(day)s at the earliest.", day=clock.wareki(editions.earliest(), False)))


@bp.get("/ground-rules/editions")
@signed_in()
def index():
    return render_template("ground_rules/editions.html", editions=Edition.listed(), current=Edition.current(), draft=EditionDraft.now(), coming=_coming())


@bp.get("/ground-rules/editions/<int:number>")
@signed_in()
def show(number):
    """An edition as it stood, and what it changed in the one before."""
    every = {each.number: each for each in Edition.listed()}
    edition, before = every.get(number) or abort(404), every.get(number - 1)
    after, today = every.get(number + 1), clock.today()
    on = max(edition.effective_on, min(today, after.effective_on - timedelta(days=1)) if after else today)  # its last day in force
    return render_template("ground_rules/edition.html", edition=edition, before=before, current=Edition.current(),
                           parts=texts_of(edition, on), coming=[each for each in _coming() if each["number"] == number and each["name"]],
                           changed=_changed(before, edition) if before else [])


@bp.get("/ground-rules/draft/preview")
@office("admin", "coordinator")
def preview():
    draft = EditionDraft.now()
    return _preview(draft, PublishForm(data=dict(effective_on=editions.proposed(), version=str(draft.version)))) if draft else redirect(url_for("drafts.edit"))


@bp.post("/ground-rules/draft/publication")
@office("admin", "coordinator")
def publish():
    draft = EditionDraft.now()
    if draft is None:
        raise Refused(_("There is no draft: it was published or given up."), _("Begin the next edition from the page of the ground rules."), url_for("drafts.edit"))
    form = PublishForm()
    if not form.accepts(None if request.form.get("then") == "look" else draft) or _faults(draft):
        return _preview(draft, form), 409 if form.stale else 422
    if request.form.get("then") == "look":  # which meetings it would be for: nothing is published
        return _preview(draft, form)
    editions.hold(form.effective_on.data)
    edition = draft.publish(current_user, form.effective_on.data)
    moved = editions.follow(edition)
    flash(_("Edition %(number)s is published, in force from %(day)s. %(meetings)s coming meetings go by it.", number=edition.number,
            day=clock.wareki(edition.effective_on, False), meetings=len(moved)), "success")
    return redirect(url_for("editions.show", number=edition.number), 303)


def _preview(draft: EditionDraft, form: PublishForm):
    known, last = Citation.listed(), Edition.newest()
    texts = [(language, name, [(part, page(cited(draft.body(part, language), language, known)), "") for part in Part if draft.body(part, language).strip()])
             for language, name in languages.LANGUAGES.items()]
    cards = [(part, {language: rules_in(cited(draft.body(part, language), language, known)) for language in languages.LANGUAGES}) for part in Part]
    on = max(form.effective_on.data or editions.proposed(), editions.earliest())
    return render_template("ground_rules/preview.html", draft=draft, form=form, last=last, texts=texts, cards=cards, changed=_changed(last, draft),
                           faults=_faults(draft), uneven=uneven(draft), left_behind=_left_behind(last, draft), on=on, coming=_coming(), MOST=MOST, ahead=editions.ahead(on), asked_again=editions.asked_again(on))


def _coming() -> list[dict]:
    """Of every meeting that lies ahead its day, its edition as it is now, and its name if the person may see it."""
    found = editions.planned()
    names = dict(session.execute(current_user.all("meeting").where(Meeting.id.in_([id for id, _at, _edition in found])).with_only_columns(Meeting.id, Meeting.name)).all()) if found else {}
    numbers = {each.id: each.number for each in Edition.listed()}
    return [dict(id=id, day=clock.local(at).date(), number=numbers[edition], name=names.get(id, "")) for id, at, edition in found]


def _faults(draft: EditionDraft) -> list[tuple[Part, str, str]]:
    """(part, name of the language, what is wrong) of each text that cannot be published as it stands."""
    return [(part, name, fault) for part in Part for language, name in languages.LANGUAGES.items() for fault in faults_of(draft.body(part, language), language)]


def _left_behind(old, new) -> list[tuple[Part, str]]:
    """(part, name of the language) of each text that says what it said, while the other language's was changed. One left empty
    says nothing."""
    same = {part: [name for language, name in languages.LANGUAGES.items() if old.body(part, language).split() == (body := new.body(part, language)).split() and body.strip()] for part in Part}
    return [(part, name) for part, names in same.items() for name in names if len(names) < len(languages.LANGUAGES)]


def _changed(old, new) -> list[tuple[Part, str, str, list]]:
    """(part, language, its name, its lines) of every text that says something else now."""
    found = [(part, language, name, changes.changes(old.body(part, language), new.body(part, language)))
             for language, name in languages.LANGUAGES.items() for part in Part]
    return [each for each in found if not all(change.same for change in each[3])]
