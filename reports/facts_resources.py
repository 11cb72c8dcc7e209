"""Ideas for resources, and the register they go to.

An idea is what was said at a table; a proposal of the register is what the town wishes for, once for all tables that wished for it. What
became **real** is asked of the register: there is a day for it, somebody who noted it, and one resource is one, however many cases had
wished for it. Where the ideas themselves stand is told by their breakdown; those that never came to the register are in it, too.
"""

from __future__ import annotations

import sqlalchemy as sa

from community.kinds import ResourceKind
from core.languages import later
from meetings.models import Meeting
from meetings.table import Hearing
from reports.facts_meetings import held, held_on
from reports.figure import Breakdown, Group, Measure, figure
from reports.naming import raw, words
from reports.span import Span
from reports.sql import ends, local_day, within
from resources.models import IdeaState, ResourceIdea
from resources.register import Merger, Proposal, ProposalStep


def ideas(span: Span, *more) -> sa.Select:
    """Ideas on the table of a meeting."""
    return (sa.select(held_on().label("at"), ResourceIdea.id.label("unit"), Meeting.id.label("row"), *more).join(Hearing, Hearing.id == ResourceIdea.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id).where(*held(), ResourceIdea.removed_at.is_(None), within(span, held_on())))


def entered(span: Span) -> sa.Select:
    """Proposals by the day they came into the register."""
    return sa.select(Proposal.made_at.label("at"), Proposal.id.label("unit"), Proposal.id.label("row")).where(within(span, Proposal.made_at))


def merged(span: Span) -> sa.Select:
    """Mergers, without those taken apart again since."""
    return sa.select(Merger.at, Merger.id.label("unit"), Merger.proposal_id.label("row")).where(Merger.parted_at.is_(None), within(span, Merger.at))


def standing(span: Span, *more) -> sa.Select:
    """Proposals that stand for themselves at the end of each month (today, in the one that runs); `state` is where they stood then."""
    until = sa.func.lead(ProposalStep.on).over(partition_by=ProposalStep.proposal_id, order_by=(ProposalStep.on, ProposalStep.id)).label("until")
    steps = sa.select(ProposalStep.proposal_id, ProposalStep.on, raw(ProposalStep.state).label("state"), until).subquery()
    ever = sa.exists().where(Merger.proposal_id == steps.c.proposal_id).correlate(steps).label("ever")  # of most nobody has to ask further
    stays = (sa.select(steps, local_day(Proposal.made_at).label("made"), ever).join(Proposal, Proposal.id == steps.c.proposal_id)
             .where(sa.or_(steps.c.until.is_(None), steps.c.until > span.edges[0])).subquery())
    days = ends(span)
    under = sa.exists().where(Merger.proposal_id == stays.c.proposal_id, local_day(Merger.at) <= days.c.at,
                              sa.or_(Merger.parted_at.is_(None), local_day(Merger.parted_at) > days.c.at)).correlate(stays, days)
    there = stays.c.on <= days.c.at, sa.or_(stays.c.until.is_(None), stays.c.until > days.c.at), stays.c.made <= days.c.at, sa.or_(~stays.c.ever, ~under)
    return (sa.select(days.c.at, stays.c.proposal_id.label("unit"), stays.c.proposal_id.label("row"), *(stays.c[each].label("part") for each in more))
            .join_from(stays, days, sa.and_(*there)))


def made_real(span: Span) -> sa.Select:
    """Proposals by the day from which they are noted as real for the first time; one that stands under another counts there."""
    first = (sa.select(ProposalStep.proposal_id, sa.func.min(ProposalStep.on).label("at")).where(ProposalStep.state == IdeaState.REAL)
             .group_by(ProposalStep.proposal_id).subquery())
    return (sa.select(first.c.at, Proposal.id.label("unit"), Proposal.id.label("row")).join(Proposal, Proposal.id == first.c.proposal_id)
            .where(Proposal.merged_into_id.is_(None), within(span, first.c.at)))


figure("ideas", Group.RESOURCES, later("Ideas"), later("Ideas on the table of a meeting, by the day of the meeting."), ideas, "meeting", charted=True, breakdowns=(
    Breakdown("state", later("By where they stand today"), lambda span: ideas(span, raw(ResourceIdea.state).label("part")), words(IdeaState), households=False),
    Breakdown("kind", later("By kind of resource"), lambda span: ideas(span, raw(ResourceIdea.kind).label("part")), words(ResourceKind), households=False)))
figure("proposals", Group.RESOURCES, later("Proposals entered"), later("Proposals by the day they came into the register. One may stand for ideas of several meetings."), entered, "proposal",
       charted=True, people=False)
figure("proposals_merged", Group.RESOURCES, later("Proposals merged"),
       later("Proposals put under another one for the same need, by the day of that; those taken apart again since are left out."), merged, "proposal", people=False)
figure("proposals_standing", Group.RESOURCES, later("Proposals in the register at the end of the month"),
       later("Proposals that stood for themselves on the last day of the month (today, in the month that runs), whatever became of them. For the year: at its end."), standing, "proposal",
       measure=Measure.STOCK, people=False, breakdowns=(
           Breakdown("state", later("By where they stood at the end of the year"), lambda span: standing(span, "state"), words(IdeaState), households=False, nobody=None),))
figure("ideas_real", Group.RESOURCES, later("Resources made real"),
       later("Proposals of the register by the day from which they were noted as real for the first time. One resource counts once, however many ideas asked for it; an idea that is not in the register is not counted here, but under “Ideas” by where they stand today."),
       made_real, "proposal", people=False, charted=True)
