"""Who may see which case, meeting and minutes: the one page.

- The **team** of a case (coordinators) see and run it and its meetings. Who **planned** a meeting keeps its time, place
  and agenda, but sees of its cases only those of their own teams.
- A **participant** sees the meetings they sit at; a case opens to them from their acknowledgement of that
  meeting's ground rules on, and closes again when their seat is taken away, the meeting is called off, or the consent
  on which a 重層的支援会議 is to hear it no longer holds.
- What was told to **some of the table only** (限定共有, domain.md 7.7) is for the team and for those seated participants who
  share in it (`Seat.confidant`); it is asked of each line (`entries_seen`), by whoever shows one.
- The **clerk** sees minutes, once they are final.
- The **administrator** sees none of it. (A break-glass with reason, limit and notice has its place here.)

Finders give the SELECT of what a person may act on; `core/access.py` asks them.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from accounts.models import Role, SignIn, User, UserRole
from agencies.models import Member
from cases.lists import lacks_consent
from cases.models import Case, Consent, TeamMember
from core import clock, live
from core.access import finder, may, visible
from core.database import session
from ground_rules.models import Acknowledgement
from meetings.capture import Entry
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.steps import Veiled
from meetings.table import Hearing, Level, Seat

live.decides(SignIn, User, UserRole, Member, TeamMember, Meeting, Hearing, Seat, Acknowledgement)
live.decides(Consent, new=True)  # a withdrawal is a record of its own


def on_team(person):
    """Ids of the cases whose team this coordinator is on; none for anybody else."""
    ids = sa.select(TeamMember.case_id).where(TeamMember.user_id == person.id)
    return ids if Role.COORDINATOR in person.roles else ids.where(sa.false())


def seated(person):
    """Ids of the hearings this person has a seat at, in meetings that were not called off."""
    return (sa.select(Seat.hearing_id).join(Member, Member.id == Seat.member_id).join(Hearing, Hearing.id == Seat.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id)
            .where(Member.user_id == person.id, Member.active.is_(True), Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None)))


def acknowledged(person):
    """Ids of those hearings at which the person has also acknowledged the rules the meeting goes by, and whose ground holds."""
    return seated(person).join(Acknowledgement, sa.and_(
        Acknowledgement.meeting_id == Meeting.id, Acknowledgement.member_id == Member.id,
        Acknowledgement.edition_id == Meeting.edition_id)).where(~_without_ground())


def sits(agency_id: int, member_id: int | None = None):
    """Ids of the hearings at which somebody of this agency (or this one person) sits who has acknowledged the rules, and
    whose ground holds: of these it may have a copy on paper, with an account or without."""
    of = tables_handed().with_only_columns(Seat.hearing_id).where(Member.agency_id == agency_id)
    return of if member_id is None else of.where(Member.id == member_id)


def tables_handed() -> sa.Select:
    """(hearing, agency) by their ids, as `sits` has it, of every meeting and agency."""
    return (sa.select(Seat.hearing_id, Member.agency_id).join(Member, Member.id == Seat.member_id).join(Hearing, Hearing.id == Seat.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id)
            .join(Acknowledgement, sa.and_(Acknowledgement.meeting_id == Meeting.id, Acknowledgement.member_id == Member.id,
                                           Acknowledgement.edition_id == Meeting.edition_id))
            .where(Member.active.is_(True), Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None), ~_without_ground()))


def _without_ground():
    """Condition on Hearing and Meeting: it is to be opened on the strength of a consent that does not hold today."""
    silent = sa.exists().where(Case.id == Hearing.case_id, lacks_consent(clock.today())).correlate(Hearing)
    return sa.and_(Meeting.kind == Kind.JUSO, Hearing.opened_at.is_(None), silent)


def plans(person):
    """Condition on Meeting: planned by this coordinator, who keeps its time and place whichever cases it hears."""
    own = sa.and_(Meeting.planned_by_id == person.id, Meeting.disposed_at.is_(None))
    return own if Role.COORDINATOR in person.roles else sa.false()


def runs(person):
    """Condition on Hearing: heard for a case of the person's team, or a meeting without a case they planned or keep;
    and the record stands (of one that has been disposed of, nobody sees anything here)."""
    gone = orm.aliased(Meeting)
    return sa.and_(ran(person), ~sa.exists().where(gone.id == Hearing.meeting_id, gone.disposed_at.is_not(None)).correlate(Hearing))


def ran(person):
    """Like `runs`, also of records that have been disposed of since."""
    own = sa.select(Meeting.id).where(Meeting.planned_by_id == person.id)
    if Role.COORDINATOR in person.roles:
        without = [Hearing.meeting_id.in_(each) for each in (own, *(tell(person) for tell in _also))]
        return sa.or_(Hearing.case_id.in_(on_team(person)), sa.and_(Hearing.case_id.is_(None), sa.or_(*without)))
    else:
        return sa.false()


_also: list = []


def also_run(function):
    """Declare function(person) -> SELECT of meeting ids: meetings without a case that a coordinator runs though somebody else
    planned them (the features above know: sessions of a council they keep)."""
    _also.append(function)
    return function


def _hears(person, hearings):
    """Condition on Meeting: it has a hearing of this kind.

    A participant's few meetings are looked up by their seats. A coordinator's are thousands, of which a page shows thirty:
    each meeting is asked in the page's own order, so that its work does not grow with the years.
    """
    if Role.COORDINATOR in person.roles:
        return sa.exists().where(Hearing.meeting_id == Meeting.id, hearings).correlate(Meeting)
    else:
        return Meeting.id.in_(sa.select(Hearing.meeting_id).where(hearings))


def _teams(person):
    """Condition on Case: of the person's team, asked of each case in the page's own order (see `_hears`)."""
    return sa.exists(on_team(person).where(TeamMember.case_id == Case.id).correlate(Case))


@finder("case")
def _case(person):
    heard = Hearing.id.in_(acknowledged(person))
    if Role.COORDINATOR in person.roles:
        return sa.select(Case).where(sa.or_(_teams(person), sa.exists().where(Hearing.case_id == Case.id, heard).correlate(Case)))
    else:
        return sa.select(Case).where(Case.id.in_(sa.select(Hearing.case_id).where(heard)))


@finder("case", "run")
def _case_run(person):
    return sa.select(Case).where(_teams(person))


@finder("hearing")
def _hearing(person):
    return sa.select(Hearing).where(sa.or_(runs(person), Hearing.id.in_(acknowledged(person))))


@finder("hearing", "run")
def _hearing_run(person):
    return sa.select(Hearing).where(runs(person))


@finder("hearing", "write")
def _hearing_write(person):
    writing = acknowledged(person).where(Seat.level != Level.INQUIRY)
    return sa.select(Hearing).where(sa.or_(runs(person), Hearing.id.in_(writing)))


@finder("meeting")
def _meeting(person):
    of = sa.or_(runs(person), Hearing.id.in_(seated(person)))
    return sa.select(Meeting).where(sa.or_(_hears(person, of), plans(person)))


@finder("meeting", "run")
def _meeting_run(person):
    return sa.select(Meeting).where(sa.or_(_hears(person, runs(person)), plans(person)))


@finder("meeting", "fill")
def _meeting_fill(person):
    """Meetings a coordinator may put a case into: those they run, and frames (枠) of the office that have not begun."""
    frame = sa.and_(Meeting.frame.is_(True), Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None))
    if Role.COORDINATOR in person.roles:
        return sa.select(Meeting).where(sa.or_(frame, Meeting.id.in_(_meeting_run(person).with_only_columns(Meeting.id))))
    else:
        return sa.select(Meeting).where(sa.false())


@finder("meeting", "enter")
def _meeting_enter(person):
    of = sa.or_(runs(person), Hearing.id.in_(acknowledged(person)))
    return sa.select(Meeting).where(_hears(person, of))


@finder("minutes")
def _minutes(person):
    """Meetings whose minutes the person may read: as a draft at the table, as a clerk once final."""
    readable = _hears(person, sa.or_(runs(person), Hearing.id.in_(acknowledged(person))))
    if Role.CLERK in person.roles:
        final = sa.select(MinutesVersion.meeting_id).where(MinutesVersion.reopened_at.is_(None))
        readable = sa.or_(readable, sa.and_(Meeting.id.in_(final), Meeting.disposed_at.is_(None)))
    return sa.select(Meeting).where(readable)


@finder("hearing", "share")
def _hearing_share(person):
    """Hearings of which the person also sees what was told to some of the table only."""
    return sa.select(Hearing).where(sa.or_(runs(person), Hearing.id.in_(acknowledged(person).where(Seat.confidant))))


@finder("entry")
def _entry(person):
    return sa.select(Entry).where(Entry.hearing_id.in_(_hearing(person).with_only_columns(Hearing.id)), _open_to(person))


@finder("entry", "write")
def _entry_write(person):
    return sa.select(Entry).where(Entry.hearing_id.in_(_hearing_write(person).with_only_columns(Hearing.id)), _open_to(person))


@finder("entry", "run")
def _entry_run(person):
    return sa.select(Entry).join(Hearing, Hearing.id == Entry.hearing_id).where(runs(person))


def _open_to(person):
    """Condition on Entry: told to the whole table, or the person shares in what was not."""
    return sa.or_(Entry.limited.is_(False), Entry.hearing_id.in_(_hearing_share(person).with_only_columns(Hearing.id)))


def shares(person, hearing: Hearing) -> bool:
    """Whether this person sees of a case also what was told to some of the table only (限定共有)."""
    return may(person, "hearing", hearing.id, "share")


def entries_seen(hearing: Hearing, person) -> list[Entry]:
    """The lines of a case's record that stand and that this person may see. (They may see the hearing: ask that first.)"""
    whole = shares(person, hearing)
    return [each for each in hearing.entries if not each.removed_at and (whole or not each.limited)]


def steps_seen(meeting: Meeting, hearings: list[Hearing], person) -> list:
    """The agenda as this person, who may see these hearings, reads it: of a step they do not share in they learn its time,
    not what it is for."""
    whole = set(session.scalars(visible(person, "hearing", "share").where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)))
    of = lambda step: {step.hearing_id} if step.hearing_id else {each.id for each in hearings}  # noqa: E731
    return [Veiled(each) if each.limited and not of(each) & whole else each for each in meeting.steps(hearings)]


def steps_for_all(meeting: Meeting, hearings: list[Hearing]) -> list:
    """The agenda of these hearings as everybody at the table may read it."""
    return [Veiled(each) if each.limited else each for each in meeting.steps(hearings)]


def entries_for_all(hearing: Hearing) -> list[Entry]:
    """The lines that stand and that everybody at the table may see: all that ever comes on the wall, whoever looks."""
    return [each for each in hearing.entries if not each.removed_at and not each.limited]
