"""Words on their way out of a case, as an idea for the register or an example of the case book: what in them could tell whose it was,
and what the register has already."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from cases.models import Case, HouseholdType, Need
from cases.traces import Finding, FindingKind
from core.database import session
from identities.traces import findings as traces
from meetings.capture import Entry
from meetings.table import Hearing
from resources.counting import STEP
from resources.features import few, quoted, rare
from resources.likeness import Likeness, like
from resources.models import ResourceIdea
from resources.register import Proposal, Source

HOUSEHOLD = (FindingKind.LABEL, FindingKind.NAME, FindingKind.AGE, FindingKind.TELEPHONE, FindingKind.RARE)


def findings(idea: ResourceIdea, texts: dict[str, str], domain: str, knows_names: bool) -> list[Finding]:
    """Everything in these words (field → text) that somebody has to look at before they leave the case of `idea`."""
    case = idea.hearing.case
    found = [each for each in traces(case, texts, knows_names) if not _area(each)] + list(rare(texts))
    if case is None:
        return found
    else:
        # what was said at its table; the line the idea was made of is the idea
        said = sa.select(Entry.text).where(Entry.hearing_id == idea.hearing_id, Entry.removed_at.is_(None), Entry.id != (idea.entry_id or 0))
        return found + list(quoted(texts, _record(case, said))) + _few(case, texts, domain)


def of_an_example(case: Case | None, texts: dict[str, str], knows_names: bool) -> list[Finding]:
    """The same for an example of the case book, which may be told of all that was said of its case at any table. Without its case, only
    what anybody could see."""
    found = [*traces(case, texts, knows_names), *rare(texts)]
    if case is None:
        return found
    else:
        said = sa.select(Entry.text).join(Hearing, Hearing.id == Entry.hearing_id).where(Hearing.case_id == case.id, Entry.removed_at.is_(None))
        return found + list(quoted(texts, _record(case, said))) + _few(case, texts, "")


def general(texts: dict[str, str], cases: Iterable[Case] = ()) -> list[Finding]:
    """The same for words that change in the register. `cases` are those behind it that the writer may see: of any other they
    would learn, by trying names, whose it is."""
    found = {each.key: each for case in (None, *cases) for each in traces(case, texts)}
    return [*found.values(), *rare(texts)]


def of_a_step(texts: dict[str, str], cases: Iterable[Case] = ()) -> list[Finding]:
    """The same for how a proposal goes on: days, agencies and places are what is told there; people and ages are not."""
    return [each for each in general(texts, cases) if each.kind in HOUSEHOLD]


def similar(text: str, but: int = 0) -> list[tuple[Proposal, Likeness]]:
    """Proposals that may wish for the same, with the words by which one may think so; those that stand for themselves only."""
    others = {each.id: each for each in session.scalars(sa.select(Proposal).where(Proposal.merged_into_id.is_(None), Proposal.id != but)).unique()}
    return [(others[each.id], each) for each in like(text, {number: each.text for number, each in others.items()})[:5]]


def waiting(ideas) -> set[int]:
    """Ids of those of these ideas that have not been taken to the register."""
    there = set(session.scalars(sa.select(Source.idea_id).where(Source.idea_id.in_([each.id for each in ideas]))))
    return {each.id for each in ideas} - there


def _area(finding: Finding) -> bool:
    """An area is a place, and shown with two others of its name at least."""
    return finding.field == "area" and finding.kind in (FindingKind.PLACE, FindingKind.ROSTER)


def _record(case: Case, said: sa.Select) -> list[str]:
    """The words of the case record: the household's, and what was `said` of it."""
    return [case.summary, case.own_words, case.strengths, *(each.text for each in case.needs), *(each.note for each in case.people), *session.scalars(said)]


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
