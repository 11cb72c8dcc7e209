"""Who may see which referral.

- The **referrer** sees their own sheet and the answers to it, never the case it may have become.
- Their **agency's** other staff see it only when the referrer ticked so, and only read.
- All **coordinators** see what is open, advised or returned; what was accepted, only the **team of its case**.
- What was **withdrawn** is the referrer's alone.
- The administrator and the clerk see none.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from agencies.models import Member
from cases.models import Case
from core.access import finder, visible
from referrals.models import Referral
from referrals.words import State

AT_THE_DESK = (State.OPEN, State.ADVISED, State.RETURNED)


def _places(person, column):
    """What stands on the roster for this person, as long as they are on it."""
    return sa.select(column).where(Member.user_id == person.id, Member.active.is_(True))


def own(person):
    return sa.and_(Referral.referred_by_id == person.id, _places(person, Member.id).exists())


def agencys(person):
    return sa.and_(Referral.shown_to_agency.is_(True), Referral.agency_id.in_(_places(person, Member.agency_id)))


def offices(person):
    """What this person sees as one of the office's coordinators."""
    if Role.COORDINATOR in person.roles:
        team = visible(person, "case", "run").with_only_columns(Case.id)
        return sa.or_(Referral.state.in_(AT_THE_DESK), sa.and_(Referral.state == State.ACCEPTED, Referral.case_id.in_(team)))
    else:
        return sa.false()


@finder("referral")
def _referral(person):
    return sa.select(Referral).where(sa.or_(own(person), agencys(person), offices(person)))


@finder("referral", "sent")
def _sent(person):
    """What I, or my agency, put forward."""
    return sa.select(Referral).where(sa.or_(own(person), agencys(person)))


@finder("referral", "own")
def _own(person):
    """My own: to be withdrawn or sent again, as far as where it stands allows."""
    return sa.select(Referral).where(own(person))


@finder("referral", "desk")
def _desk(person):
    """What the office's side of the thread shows me."""
    return sa.select(Referral).where(offices(person))


@finder("referral", "answer")
def _answer(person):
    return sa.select(Referral).where(offices(person), Referral.state == State.OPEN)


@finder("referral", "talk")
def _talk(person):
    return sa.select(Referral).where(sa.or_(own(person), offices(person)), Referral.state != State.WITHDRAWN)
