"""What waits for a person today. Each thing is a record they may act on, found through them."""

from __future__ import annotations

from datetime import time, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from actions import standing
from actions.asking import AskedRole, Asking
from actions.models import ActionItem
from actions.requests import ChangeRequest
from agencies.models import Member
from cases import flow
from cases.consent import ConsentState
from cases.models import Case, Consent, HouseholdPerson
from cases.stages import Check, Closure
from community.models import Correction, SocialResource, stale
from core import clock
from core.database import session, utcnow
from followup import lists
from ground_rules.models import Acknowledgement
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing, Level, Reply, Seat
from plans.models import Plan
from preparation.dates import DateMark, DatePoll, DateReply, DateSlot
from preparation.inquiries import Inquiry, InquiryState
from preparation.series import SeriesMeeting
from preparation.sheets import Sheet
from resources.register import OPEN, Proposal

# What a list needs of each meeting, fetched for all of them at once.
TABLE = orm.selectinload(Meeting.hearings).selectinload(Hearing.seats)
ROLES = orm.selectinload(Meeting.hearings).selectinload(Hearing.actions)
OF_ACTION = orm.selectinload(ActionItem.hearing).joinedload(Hearing.meeting).selectinload(Meeting.minutes_versions)
SOON = 30  # days in which an end is announced
AHEAD = timedelta(days=30)  # a recurring meeting asks for its invitations this long before, not for a year at once
SHOWN = 20  # of each kind; the lists behind the tabs have the rest


def seats_to_answer(person) -> list[Seat]:
    """My seats at coming meetings, for which I was invited and have not answered."""
    return _seats(person, Seat.invited_at.is_not(None), Seat.reply == Reply.NONE)


def seats_to_acknowledge(person) -> list[Seat]:
    """My seats at coming or running meetings whose rules I have not acknowledged."""
    done = sa.exists().where(Acknowledgement.meeting_id == Meeting.id, Acknowledgement.member_id == Seat.member_id,
                             Acknowledgement.edition_id == Meeting.edition_id)
    return _seats(person, ~done, sa.or_(Seat.invited_at.is_not(None), Meeting.opened_at.is_not(None)), running=True)


def sheets_to_write(person) -> list[Seat]:
    """My seats at coming meetings whose case is open to me and for which my agency has not handed in its sheet."""
    handed_in = sa.exists().where(Sheet.hearing_id == Seat.hearing_id, Sheet.agency_id == Member.agency_id, Sheet.handed_in_at.is_not(None))
    open_to_me = person.all("hearing", "write").with_only_columns(Hearing.id)
    return _seats(person, ~handed_in, Hearing.case_id.is_not(None), Seat.level != Level.INQUIRY, Seat.invited_at.is_not(None),
                  Hearing.id.in_(open_to_me))


def inquiries_to_answer(person) -> list[Inquiry]:
    """Written inquiries to my agency that nobody has answered, before a meeting."""
    mine = sa.exists().where(Seat.hearing_id == Inquiry.hearing_id, Seat.member_id == Member.id, Member.user_id == person.id,
                             Member.agency_id == Inquiry.agency_id)
    return list(session.scalars(person.all("inquiry").join(Hearing, Hearing.id == Inquiry.hearing_id).join(Meeting, Meeting.id == Hearing.meeting_id).where(
        mine, Inquiry.sent_at.is_not(None), Inquiry.state == InquiryState.OPEN, Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None))
        .options(orm.joinedload(Inquiry.hearing)).order_by(Inquiry.due_on).limit(SHOWN)).unique())


def _seats(person, *conditions, running: bool = False) -> list[Seat]:
    state = Meeting.closed_at.is_(None) if running else Meeting.opened_at.is_(None)
    return list(session.scalars(
        sa.select(Seat).join(Hearing, Hearing.id == Seat.hearing_id).join(Meeting, Meeting.id == Hearing.meeting_id)
        .join(Member, Member.id == Seat.member_id)
        .where(Member.user_id == person.id, Meeting.cancelled_at.is_(None), state, Meeting.ends_at > utcnow() - timedelta(days=1),
               Meeting.starts_at > utcnow() - timedelta(days=3), *conditions)  # by its index: no meeting lasts longer than a day
        .options(orm.contains_eager(Seat.hearing).contains_eager(Hearing.meeting)).order_by(Meeting.starts_at).limit(SHOWN)).unique())


def actions_to_confirm(person) -> list[ActionItem]:
    """My action items of closed meetings that are left to do and that I have not answered in their present words."""
    order = ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id
    return list(session.scalars(lists.to_answer(person).options(OF_ACTION).order_by(*order).limit(SHOWN)).unique())


def roles_overdue(person) -> dict[str, int]:
    """How many roles are over their day: my own, and for coordinators those of the cases they run."""
    return {scope: lists.overdue(person, scope) for scope in ("mine", "all") if (person.member if scope == "mine" else person.coordinator)}


def wishes_overdue(person) -> list[Proposal]:
    """Wished resources whose next step is over its day: those I am in charge of, or all of them for coordinators."""
    return list(session.scalars(person.all("proposal", "write").where(Proposal.merged_into_id.is_(None), Proposal.state.in_(OPEN), Proposal.next_on < clock.today())
                                .order_by(Proposal.next_on, Proposal.id).limit(SHOWN)).unique())


def map_to_keep(person) -> tuple[int, int]:
    """(entries of the map to be checked anew, hints that one is wrong) that wait for whoever keeps it."""
    there = sa.select(sa.func.count()).select_from(person.all("social_resource", "write").where(stale()).with_only_columns(SocialResource.id).subquery())
    hints = sa.select(sa.func.count()).select_from(person.all("correction", "write").where(Correction.settled_at.is_(None)).with_only_columns(Correction.id).subquery())
    return tuple(session.execute(sa.select(there.scalar_subquery(), hints.scalar_subquery())).one())


def meetings_now(person) -> list[Meeting]:
    """Meetings of today, and those still open, that I may see."""
    begin = clock.instant(clock.today(), time(0))
    of_today = sa.and_(Meeting.starts_at >= begin, Meeting.starts_at < begin + timedelta(days=1), Meeting.closed_at.is_(None))
    open_ = sa.and_(Meeting.opened_at.is_not(None), Meeting.closed_at.is_(None))
    return _meetings(person.all("meeting").where(sa.or_(of_today, open_), Meeting.cancelled_at.is_(None)), TABLE)


def meetings_run(person) -> set[int]:
    """Ids of the meetings I run that are not over."""
    query = person.all("meeting", "run").where(Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
    return set(session.scalars(query.with_only_columns(Meeting.id)))


def meetings_coming(person) -> list[Meeting]:
    """My meetings from today on."""
    begin = clock.instant(clock.today(), time(0))
    return _meetings(person.all("meeting").where(Meeting.starts_at >= begin, Meeting.cancelled_at.is_(None)))


def meetings_to_invite(person) -> list[Meeting]:
    """Meetings I run whose invitations have not gone out."""
    return _meetings(person.all("meeting", "run").where(
        Meeting.invited_at.is_(None), Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None), Meeting.ends_at > utcnow(),
        Meeting.id.not_in(sa.select(DatePoll.meeting_id).where(DatePoll.closed_at.is_(None))),
        sa.or_(Meeting.frame.is_(False), Meeting.id.in_(sa.select(Hearing.meeting_id))),  # an empty frame waits for its cases
        sa.or_(Meeting.starts_at < utcnow() + AHEAD, Meeting.id.not_in(sa.select(SeriesMeeting.meeting_id)))), TABLE)


def dates_to_answer(person) -> list[DatePoll]:
    """Date finding at which I have not answered every day offered."""
    mine = (sa.select(DateMark.slot_id).join(DateReply).join(Member, Member.id == DateReply.member_id).where(Member.user_id == person.id))
    asked = (sa.select(Hearing.meeting_id).join(Seat).join(Member).where(
        Member.user_id == person.id, Member.active.is_(True), Seat.level != Level.INQUIRY))
    return _polls(DatePoll.meeting_id.in_(asked), sa.exists().where(DateSlot.poll_id == DatePoll.id, DateSlot.id.not_in(mine)))


def dates_to_decide(person) -> list[DatePoll]:
    """Date finding of meetings I run whose time for answers is over, or at which everybody has answered."""
    given = sa.exists().where(DateReply.poll_id == DatePoll.id, DateReply.member_id == Seat.member_id)
    silent = (sa.select(Seat.id).join(Hearing).where(Hearing.meeting_id == DatePoll.meeting_id, Seat.level != Level.INQUIRY, ~given)
              .correlate(DatePoll).exists())
    runs = person.all("meeting", "run").with_only_columns(Meeting.id)
    return _polls(DatePoll.meeting_id.in_(runs), sa.or_(DatePoll.answer_by < clock.today(), ~silent))


def _polls(*conditions) -> list[DatePoll]:
    query = sa.select(DatePoll).join(DatePoll.meeting).options(orm.contains_eager(DatePoll.meeting))
    return list(session.scalars(query.where(DatePoll.closed_at.is_(None), Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None), *conditions)
                                .order_by(DatePoll.answer_by, DatePoll.id).limit(SHOWN)).unique())


def meetings_to_finalise(person) -> list[Meeting]:
    """Closed meetings I run whose minutes are not final (or were reopened)."""
    final = sa.exists().where(MinutesVersion.meeting_id == Meeting.id, MinutesVersion.reopened_at.is_(None))
    return _meetings(person.all("meeting", "run").where(Meeting.closed_at.is_not(None), ~final), ROLES)


def meetings_unasked(person, meetings) -> set[int]:
    """Of these meetings, those at which somebody holds a role I run, could answer on the screen and was never asked in these words."""
    theirs = sa.or_(Member.id == ActionItem.member_id, sa.and_(ActionItem.member_id.is_(None), Member.agency_id == ActionItem.agency_id))
    asked = sa.exists().where(AskedRole.action_id == ActionItem.id, AskedRole.fingerprint == ActionItem.stands, AskedRole.asking_id == Asking.id,
                              Asking.member_id == Member.id)
    query = (person.all("action", "run").join(Hearing, Hearing.id == ActionItem.hearing_id).join(Seat, Seat.hearing_id == Hearing.id)
             .join(Member, Member.id == Seat.member_id)
             .where(Hearing.meeting_id.in_([each.id for each in meetings]), Member.user_id.is_not(None), Member.active.is_(True), theirs,
                    standing.unconfirmed(), ~standing.wished(), ~asked))
    return set(session.scalars(query.with_only_columns(Hearing.meeting_id).distinct())) if meetings else set()


def changes_to_answer(person) -> list[tuple[Meeting, int]]:
    """Meetings at whose tables somebody asked me for other words or another day, and how many such wishes wait."""
    final = sa.exists().where(MinutesVersion.meeting_id == Hearing.meeting_id, MinutesVersion.reopened_at.is_(None))
    query = (person.all("change", "run").join(ActionItem, ActionItem.id == ChangeRequest.action_id).join(Hearing, Hearing.id == ActionItem.hearing_id)
             .where(ChangeRequest.reception.is_(None), ChangeRequest.fingerprint == ActionItem.stands, standing.after_meeting(), ~final))
    counts = dict(session.execute(query.with_only_columns(Hearing.meeting_id, sa.func.count()).group_by(Hearing.meeting_id).limit(SHOWN)).all())
    return [(each, counts[each.id]) for each in _meetings(sa.select(Meeting).where(Meeting.id.in_(counts)))] if counts else []


def hearings_without_consent(person) -> list[Hearing]:
    """Cases I run whose 重層的支援会議 is planned and could not be opened as things stand, the next one first."""
    begin = clock.instant(clock.today(), time(0))  # one that should have begun today is still to be decided on
    coming = session.scalars(person.all("hearing", "run").join(Meeting, Meeting.id == Hearing.meeting_id).where(
        Meeting.kind == Kind.JUSO, Hearing.case_id.is_not(None), Hearing.opened_at.is_(None), Meeting.cancelled_at.is_(None), Meeting.starts_at >= begin)
        .order_by(Meeting.starts_at).limit(200)).unique()
    return [each for each in coming if each.shut][:SHOWN]


def consents_expiring(person) -> list[Consent]:
    """Consents in cases I run that end within thirty days, the first to end first: time to ask again."""
    later = orm.aliased(Consent)
    newest = ~sa.exists().where(later.person_id == Consent.person_id, later.id > Consent.id)
    return list(session.scalars(
        sa.select(Consent).join(HouseholdPerson, HouseholdPerson.id == Consent.person_id)
        .where(HouseholdPerson.case_id.in_(person.all("case", "run").with_only_columns(Case.id)), HouseholdPerson.shared.is_(True),
               Consent.state.in_([ConsentState.GIVEN, ConsentState.PARTLY]), newest,
               Consent.expires_on.between(clock.today(), clock.today() + timedelta(days=SOON)))
        .options(orm.contains_eager(Consent.person).joinedload(HouseholdPerson.case)).order_by(Consent.expires_on, Consent.id).limit(SHOWN)).unique())


def plans_to_monitor(person) -> list[Plan]:
    """Plans of cases I run whose monitoring day has come, unless the case rests or is over."""
    mine = person.all("case", "run").where(Case.stage.in_(flow.ACTIVE)).with_only_columns(Case.id)
    return list(session.scalars(sa.select(Plan).where(Plan.case_id.in_(mine), Plan.due_on <= clock.today())
                                .options(orm.joinedload(Plan.case).lazyload(Case.people)).order_by(Plan.due_on).limit(SHOWN)))


def checks_due(person) -> list[Check]:
    """Light checks after closure, in cases I run, whose day has come."""
    mine, closure = person.all("case", "run").where(Case.stage.in_(flow.OVER)).with_only_columns(Case.id), orm.joinedload(Check.closure)
    return list(session.scalars(sa.select(Check).join(Closure).where(
        Closure.case_id.in_(mine), Check.seen_on.is_(None), Check.due_on <= clock.today())
        .options(closure.joinedload(Closure.case).lazyload(Case.people), closure.lazyload(Closure.checks)).order_by(Check.due_on).limit(SHOWN)))


def minutes_to_file(person) -> list[tuple[MinutesVersion, Meeting]]:
    """Final minutes that the clerk has not noted as filed."""
    readable = person.all("minutes").with_only_columns(Meeting.id)
    return list(session.execute(sa.select(MinutesVersion, Meeting).join(Meeting).where(
        MinutesVersion.reopened_at.is_(None), MinutesVersion.filed_at.is_(None), Meeting.id.in_(readable))
        .order_by(MinutesVersion.finalised_at).limit(SHOWN)).unique())


def waiting_for(meeting: Meeting) -> tuple[int, int]:
    """(confirmed, all) roles of a meeting."""
    actions = [each for hearing in meeting.hearings for each in hearing.actions if not each.removed_at]
    return sum(each.held and each.confirmation is not None for each in actions), len(actions)


def _meetings(query: sa.Select, *needed) -> list[Meeting]:
    return list(session.scalars(query.options(*needed).order_by(Meeting.starts_at).limit(SHOWN)).unique())
