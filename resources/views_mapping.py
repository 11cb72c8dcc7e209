"""A proposal that has become real is put on the map of what exists, its form filled in with the proposal's words."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_login import current_user

from cases.traces import FindingKind
from community.models import SocialResource
from community.rows import LIMITS
from community.views import edit_page, told
from core import clock
from core.access import office
from core.languages import _
from core.web import Refused
from resources import leaving
from resources.forms_register import MappedForm
from resources.models import IdeaState
from resources.register import Proposal
from resources.views_register import own

bp = Blueprint("mapping", __name__)
OF_AN_ENTRY = FindingKind.AGE, FindingKind.TELEPHONE  # for whom it is, and where to call


@bp.get("/resources/proposals/<int:proposal_id>/map")
@office("coordinator", record="proposal", act="run")
def new(proposal_id):
    proposal = _real(proposal_id)
    words = dict(name=proposal.wished, does=proposal.enables, whom=proposal.need)
    form = MappedForm(formdata=None, data={key: value[:LIMITS[key]] for key, value in words.items()} | dict(
        kind=proposal.kind.value if proposal.kind else "", domains=[proposal.domain_code] if proposal.domain_code else [],
        agency_id=proposal.owner_id or 0, checked_on=clock.today()))
    return _page(form, proposal)


@bp.post("/resources/proposals/<int:proposal_id>/map")
@office("coordinator", record="proposal", act="run")
def create(proposal_id):
    proposal, form = _real(proposal_id), MappedForm()
    found = _findings(proposal, form)
    if form.left(found) or not form.accepts():
        return _page(form, proposal), form.status
    proposal.keep(current_user, {each.key: each.kind.value for each in found})
    made = SocialResource.make(current_user, proposal_id=proposal.id, **form.words)
    told(form)
    return redirect(url_for("community.show", resource_id=made.id), 303)


def _real(proposal_id: int) -> Proposal:
    found = current_user.find("proposal", proposal_id, "run")
    if found.state is not IdeaState.REAL or found.merged_into_id:
        raise Refused(_("Only what has become real stands on the map."), _("Note first how the proposal goes on."))
    return found


def _page(form: MappedForm, proposal: Proposal):
    return edit_page(form, url_for("mapping.create", proposal_id=proposal.id), proposal=proposal, found=_findings(proposal, form))


def _findings(proposal: Proposal, form: MappedForm) -> list:
    """What of the household behind the proposal is in these words. What may stay for the office is asked again: more people
    read the map."""
    cases = {idea.hearing.case for idea in own(proposal) if idea.hearing.case}
    found = leaving.of_a_step(form.texts, sorted(cases, key=lambda each: each.id))
    return [each for each in found if each.kind not in OF_AN_ENTRY]
