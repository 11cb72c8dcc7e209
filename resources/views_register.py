"""Doors to the register of proposals: the list, one proposal, where it stands, its words, merging, and the list of forums."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Domain
from community.kinds import ResourceKind
from community.models import SocialResource
from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.finding import Box
from core.forms import Select
from core.languages import _, later
from core.office import office as the_office
from core.pages import page_asked
from core.search import ids
from exports import word
from meetings.table import Hearing
from resources import counting, forums, leaving, paper, tallies, telling
from resources.forms_register import ForumsForm, MergeForm, StepForm, WordsForm
from resources.likeness import shared_words
from resources.models import IdeaState, ResourceIdea
from resources.register import OPEN, Merger, Proposal, Source, under
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("register", __name__)
READERS = ("coordinator", "clerk", "admin")
PAGE, MOST = 50, 500


class ProposalBox(Box):
    kind, filters = "proposal", ("state", "domain", "due")
    state = Select(later("State"))
    domain = Select(later("Domain"))
    due = Select(later("What comes next"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state.choices = [("", _("All")), *((each.value, each.label) for each in IdeaState)]
        self.domain.choices = [("", _("All")), *((each.code, each.label) for each in Domain.listed())]
        self.due.choices = [("", _("All")), ("over", _("Over its day"))]


@bp.get("/resources/proposals")
@office(*READERS)
def index():
    box, page = ProposalBox.read(), page_asked()
    found = session.scalars(narrowed(box).limit(PAGE + 1).offset((page - 1) * PAGE)).unique().all()
    audit.saw("resource_proposal/list")
    return render_template("resources/proposals.html", box=box, proposals=found[:PAGE], more=len(found) > PAGE, page=page, told=_told(tallies.wishes()))


@bp.post("/resources/proposals")
@office(*READERS)
def search():
    box = ProposalBox()
    if not box.accepts():
        found = session.scalars(narrowed(box).limit(PAGE)).unique().all()
        return render_template("resources/proposals.html", box=box, proposals=found, more=False, page=1, told=_told(tallies.wishes())), box.status
    return redirect(box.address("register.index"), 303)


@bp.get("/resources/proposals/<int:proposal_id>")
@signed_in(record="proposal")
def show(proposal_id):
    return _show(_proposal(proposal_id, "see"))


@bp.post("/resources/proposals/<int:proposal_id>/steps")
@signed_in(record="proposal", act="write")
def step(proposal_id):
    proposal, form = _proposal(proposal_id, "write"), StepForm()
    found = _findings(proposal, form, leaving.of_a_step)
    if form.left(found) or not form.accepts(proposal):
        return _show(proposal, form, found), form.status
    proposal.keep(current_user, {each.key: each.kind.value for each in found})
    made = proposal.move(current_user, IdeaState(form.state.data), form.on.data, form.note.data, **form.ahead)
    telling.tell_suggesters(proposal, made)
    flash(_("Saved."), "success")
    return redirect(url_for("register.show", proposal_id=proposal.id), 303)


@bp.get("/resources/proposals.docx")
@office(*READERS)
def papers():
    """The list as it is narrowed, for a forum; PDF with ?as=pdf."""
    box = ProposalBox.read()
    found = session.scalars(narrowed(box).limit(MOST)).unique().all()
    state = next((each for each in IdeaState if each.value == box.chosen.get("state")), None)
    how = f"段階「{paper.STATES[state]}」のもの" if state else ""
    blocks = paper.several(found, _told(tallies.wishes()), the_office().name, clock.today(), how)
    answer = hand_out(word.draw(blocks, "資源の提案一覧", layout=layout()), "資源の提案一覧.docx")
    audit.note("exported", "resource_proposal/list", asked_as())
    return answer


@bp.get("/resources/proposals/<int:proposal_id>.docx")
@signed_in(record="proposal")
def docx(proposal_id):
    """One proposal as a paper for its forum; PDF with ?as=pdf."""
    proposal = _proposal(proposal_id, "see")
    domains = {each.code: each.ja for each in Domain.listed(everything=True)}
    blocks = paper.one(proposal, _counts(proposal), domains, the_office().name, clock.today())
    answer = hand_out(word.draw(blocks, "資源開発に関する提案書", layout=layout()), f"資源の提案書_第{proposal.id}号.docx")
    audit.note("exported", f"resource_proposal/{proposal.id}", asked_as())
    return answer


@bp.get("/resources/proposals/<int:proposal_id>/edit")
@office("coordinator", record="proposal", act="run")
def edit(proposal_id):
    proposal = _proposal(proposal_id, "run")
    words = dict(wished=proposal.wished, enables=proposal.enables, need=proposal.need, nearest=proposal.nearest, next_step=proposal.next_step)
    form = WordsForm(formdata=None, also=proposal.domain_code, data=words | dict(
        kind=proposal.kind.value if proposal.kind else "", domain_code=proposal.domain_code or "", version=str(proposal.version), kept=[each.key for each in proposal.kept]))
    return render_template("resources/proposal_edit.html", proposal=proposal, form=form, found=leaving.general(form.texts))


@bp.post("/resources/proposals/<int:proposal_id>")
@office("coordinator", record="proposal", act="run")
def update(proposal_id):
    proposal = _proposal(proposal_id, "run")
    form = WordsForm(also=proposal.domain_code)
    found = _findings(proposal, form)
    if form.left(found) or not form.accepts(proposal):
        return render_template("resources/proposal_edit.html", proposal=proposal, form=form, found=found), form.status
    proposal.rewrite(current_user, {each.key: each.kind.value for each in found}, **form.words)
    flash(_("Saved."), "success")
    return redirect(url_for("register.show", proposal_id=proposal.id), 303)


@bp.post("/resources/proposals/<int:proposal_id>/merger")
@office("coordinator", record="proposal", act="run")
def merge(proposal_id):
    proposal, form = _proposal(proposal_id, "run"), MergeForm()
    if not form.accepts(proposal) or not (form.into.data or "").isascii() or not (form.into.data or "").isdecimal() or len(form.into.data) > 9:
        return _show(proposal), form.status if form.stale else 422
    into = current_user.find("proposal", int(form.into.data), "run")
    proposal.merge(into, current_user, "、".join(shared_words(proposal.text, into.text)))
    flash(_("The two proposals are one now. They can be taken apart again."), "success")
    return redirect(url_for("register.show", proposal_id=into.id), 303)


@bp.post("/resources/proposals/<int:proposal_id>/parting")
@office("coordinator", record="proposal", act="run")
def part(proposal_id):
    proposal = _proposal(proposal_id, "run")
    proposal.part(current_user)
    flash(_("The proposal stands for itself again."), "success")
    return redirect(url_for("register.show", proposal_id=proposal.id), 303)


@bp.get("/resources/forums")
@office("coordinator", "admin")
def forum_list():
    return render_template("resources/forums.html", form=ForumsForm.now())


@bp.post("/resources/forums")
@office("coordinator", "admin")
def keep_forums():
    form = ForumsForm()
    if not form.accepts():
        return render_template("resources/forums.html", form=form), form.status
    forums.replace(form.names.data.split("\n"))
    flash(_("Saved."), "success")
    return redirect(url_for("register.index"), 303)


def narrowed(box: ProposalBox) -> sa.Select:
    """Proposals that stand for themselves, as the box narrows them: the open ones first, then by the day of the next step."""
    query = current_user.all("proposal").where(Proposal.merged_into_id.is_(None))
    chosen = box.chosen
    if box.words:
        query = query.where(Proposal.id.in_(ids("proposal", box.words)))
    if "state" in chosen:
        query = query.where(Proposal.state == IdeaState(chosen["state"]))
    if "domain" in chosen:
        query = query.where(Proposal.domain_code == chosen["domain"])
    if "due" in chosen:
        query = query.where(Proposal.state.in_(OPEN), Proposal.next_on < clock.today())
    return query.order_by(Proposal.state.not_in(OPEN), Proposal.next_on.is_(None), Proposal.next_on, Proposal.id)


def _proposal(proposal_id: int, act: str) -> Proposal:
    found = current_user.find("proposal", proposal_id, act, orm.selectinload(Proposal.steps), orm.selectinload(Proposal.kept))
    audit.saw(f"resource_proposal/{found.id}")
    return found


def _findings(proposal: Proposal, form: WordsForm | StepForm, look=leaving.general) -> list:
    """What in the words of a form somebody has to look at; what was ticked before stays ticked."""
    form.kept.data = [*(form.kept.data or []), *(each.key for each in proposal.kept)]
    cases = {idea.hearing.case for idea in own(proposal) if idea.hearing.case}
    return look(form.texts, sorted(cases, key=lambda each: each.id))


def own(proposal: Proposal) -> list[ResourceIdea]:
    """The ideas behind a proposal whose cases this person may see."""
    own = current_user.all("idea").join(Source, Source.idea_id == ResourceIdea.id).where(Source.proposal_id.in_(under(proposal.id)))
    return list(session.scalars(own.options(orm.joinedload(ResourceIdea.hearing).joinedload(Hearing.case))).unique())


def _told(wishes) -> dict[int, int]:
    return {number: counting.cases(each) for number, each in wishes.items()}


def _show(proposal: Proposal, typed: StepForm | None = None, found=()):
    runs = current_user.may("run", "proposal", proposal.id)
    writes = proposal.merged_into_id is None and (runs or current_user.may("write", "proposal", proposal.id))
    domains = {each.code: each.label for each in Domain.listed(everything=True)}
    below = session.scalars(sa.select(Proposal).where(Proposal.merged_into_id == proposal.id).order_by(Proposal.id)).unique().all()
    mergers = session.scalars(sa.select(Merger).where(sa.or_(Merger.into_id == proposal.id, Merger.proposal_id == proposal.id)).order_by(Merger.id)).all()
    open_to = set(session.scalars(current_user.all("proposal").with_only_columns(Proposal.id).where(Proposal.id.in_([each.id for each in below]))))
    return render_template(
        "resources/proposal.html", proposal=proposal, typed=typed, form=typed or StepForm.of(proposal, clock.today()), runs=runs, writes=writes, below=below, mergers=mergers,
        words={each.proposal_id: each.words for each in mergers if each.parted_at is None}, domains=domains, forums=forums.listed(),
        similar=leaving.similar(proposal.text, proposal.id) if runs and proposal.open else [], own=own(proposal), found=found, open_to=open_to, mapped=_mapped(proposal), counts=_counts(proposal), Kind=ResourceKind)


def _mapped(proposal: Proposal) -> list[SocialResource]:
    """What this proposal has become on the map of what exists."""
    return list(session.scalars(current_user.all("social_resource").where(SocialResource.proposal_id == proposal.id).order_by(SocialResource.id)).unique())


def _counts(proposal: Proposal) -> dict:
    wishes = tallies.wishes().get(proposal.id, [])
    return dict(cases=counting.cases(wishes), domain=counting.parts(wishes, "domain"), area=counting.parts(wishes, "area"))
