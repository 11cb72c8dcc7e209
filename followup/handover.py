"""異動, 休職: what somebody still has to do goes to others in one step, and no role is left with nobody.

The minutes keep the name that was written down; who holds a role afterwards stands on the role itself. Where the minutes are
still a draft, the successor is asked to confirm, for nobody takes a role over by silence.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from actions import asking
from actions.handovers import Cause, Handover, HandoverItem
from actions.models import ActionItem
from actions.refusals import ask_free
from actions.standing import after_meeting, running
from agencies.models import Member
from core import live
from core.database import session
from core.languages import _
from core.web import Refused
from notices.kinds import NoticeKind
from notices.models import tell


def open_items(member: Member) -> list[ActionItem]:
    """What is left to do in the name of somebody: what they hold, and what they go on looking for a taker of."""
    theirs = sa.or_(ActionItem.member_id == member.id, ActionItem.escalation_member_id == member.id)
    query = sa.select(ActionItem).where(theirs, ActionItem.removed_at.is_(None), running(), after_meeting())
    found = session.scalars(query.order_by(ActionItem.hearing_id, ActionItem.due_on, ActionItem.id)).unique()
    return [each for each in found if (each.member_id if each.held else each.escalation_member_id) == member.id]


def colleagues_of(member: Member) -> list[Member]:
    """Who of the same agency could take over."""
    query = sa.select(Member).where(Member.agency_id == member.agency_id, Member.id != member.id, Member.active.is_(True))
    return [each for each in session.scalars(query.order_by(Member.id)).unique() if not each.gone]


def hand_over(member: Member, to: Mapping[ActionItem, Member], cause: Cause, by) -> list[Handover]:
    """Hand these roles of somebody over, each to whom it is given here, all of them or none.

    Raises Refused when a successor is gone, or said 難しい to the same words.
    """
    if away := next((each for each in to.values() if each.gone), None):
        raise Refused(_("%(name)s cannot take anything over: the account is out of use.", name=away.name), _("Choose somebody else."))
    for action, taker in to.items():
        if action.held:
            ask_free(action.hearing, by, action.what, taker.agency, taker, role=action)
    return [_hand_to(member, taker, [each for each in to if to[each] is taker], cause, by) for taker in dict.fromkeys(to.values())]


def _hand_to(member: Member, taker: Member, actions: list[ActionItem], cause: Cause, by) -> Handover:
    made = Handover(giver=member, taker=taker, from_id=member.id, to_id=taker.id, cause=cause, by=by, by_id=by.id)
    made.items = [HandoverItem(action=each, action_id=each.id) for each in actions]
    session.add(made)
    for each in actions:
        _pass_on(each, taker)
    session.flush()
    tell(taker, NoticeKind.HANDED_OVER, f"handover/{made.id}", path="/actions", topic=f"handover/{made.id}", number=len(actions))
    _ask(taker, actions, by)
    return made


def _pass_on(action: ActionItem, taker: Member) -> None:
    if action.held:
        action.agency, action.member, action.agency_id, action.member_id = taker.agency, taker, taker.agency_id, taker.id
    else:
        action.escalation_agency, action.escalation_member = taker.agency, taker
    live.touch(action.hearing.meeting.topic)


def _ask(taker: Member, actions: list[ActionItem], by) -> None:
    """Ask the successor to confirm what can still be confirmed, meeting by meeting."""
    asked = [each for each in actions if each.member_id == taker.id and not each.hearing.meeting.final]
    for meeting in dict.fromkeys(each.hearing.meeting for each in asked):
        asking.ask(taker, [each for each in asked if each.hearing.meeting is meeting], by, asking.day_for_answers())
