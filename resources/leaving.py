"""An idea on its way out of its case: what in its words could tell whose it was, and what the register has already."""

from __future__ import annotations

import sqlalchemy as sa

from cases.models import Case, HouseholdType, Need
from cases.traces import Finding
from core.database import session
from identities.traces import findings as traces
from meetings.capture import Entry
from resources.counting import STEP
from resources.features import few, quoted, rare
from resources.likeness import Likeness, like
from resources.models import ResourceIdea
from resources.register import Proposal, Source


def findings(idea: ResourceIdea, texts: dict[str, str], domain: str, knows_names: bool) -> list[Finding]:
    """Everything in these words (field → text) that somebody has to look at before they leave the case of `idea`."""
    case = idea.hearing.case
    found = traces(case, texts, knows_names) + list(rare(texts))
    if case is None:
        return found
    else:
        return found + list(quoted(texts, _record(idea, case))) + _few(case, texts, domain)


def general(texts: dict[str, str]) -> list[Finding]:
    """The same for words of which no case is known any more (a proposal that is changed): what anybody can see."""
    return traces(None, texts) + list(rare(texts))


def similar(text: str, but: int = 0) -> list[tuple[Proposal, Likeness]]:
    """Proposals that may wish for the same, with the words by which one may think so; those that stand for themselves only."""
    others = {each.id: each for each in session.scalars(sa.select(Proposal).where(Proposal.merged_into_id.is_(None), Proposal.id != but)).unique()}
    return [(others[each.id], each) for each in like(text, {number: each.text for number, each in others.items()})[:5]]


def waiting(ideas) -> set[int]:
    """Ids of those of these ideas that have not been taken to the register."""
    there = set(session.scalars(sa.select(Source.idea_id).where(Source.idea_id.in_([each.id for each in ideas]))))
    return {each.id for each in ideas} - there


def _record(idea: ResourceIdea, case: Case) -> list[str]:
    """The words of the case record: the household's, and what was said at its table. The line the idea was made of is the idea."""
    said = session.scalars(sa.select(Entry.text).where(Entry.hearing_id == idea.hearing_id, Entry.removed_at.is_(None), Entry.id != (idea.entry_id or 0)))
    return [case.summary, case.own_words, case.strengths, *(each.text for each in case.needs), *(each.note for each in case.people), *said]


def _few(case: Case, texts: dict[str, str], domain: str) -> list[Finding]:
    """The field, and the type of household where the words name it, if the office has hardly another case like it."""
    of_domain = sa.select(Need.case_id).where(Need.domain_code == domain).distinct()
    found = []
    if domain and session.scalar(sa.select(sa.func.count()).select_from(of_domain.subquery())) < STEP:
        found.append(few("domain_code", next((each.domain.label for each in case.needs if each.domain_code == domain), domain)))
    name = str(case.household_type.label)
    field = next((field for field, text in texts.items() if name in text), None)
    if case.household_type != HouseholdType.OTHER and field:
        like_it = sa.select(sa.func.count()).select_from(Case).where(Case.household_type == case.household_type)
        if domain:
            like_it = like_it.where(Case.id.in_(of_domain))
        found += [few(field, name)] if session.scalar(like_it) < STEP else []
    return found
