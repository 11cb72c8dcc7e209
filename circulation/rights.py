"""Who may read a draft that goes round and say something of it: those it was sent to who may see the minutes of their case, and
whoever runs a case of the meeting. Remarks and their answers are seen by the table of their case, on the parts each sees."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from circulation.models import Circulation
from circulation.readers import Reader
from circulation.remarks import Remark
from core.access import finder, visible
from meetings.rights import acknowledged, runs
from meetings.table import Hearing


def _mine(person):
    """Ids of the places among the readers that are this person's."""
    return (sa.select(Reader.id).join(Member, Member.id == Reader.member_id)
            .where(Member.user_id == person.id, Member.active.is_(True)))


def _sent(person):
    """Condition on Circulation: it was sent to them, and a case of it is open to them."""
    seen = sa.select(Hearing.meeting_id).where(Hearing.id.in_(acknowledged(person)))
    return sa.and_(Circulation.id.in_(sa.select(Reader.circulation_id).where(Reader.id.in_(_mine(person)))), Circulation.meeting_id.in_(seen))


def _run(person):
    return sa.exists().where(Hearing.meeting_id == Circulation.meeting_id, runs(person)).correlate(Circulation)


@finder("circulation")
def _circulation(person):
    return sa.select(Circulation).where(sa.or_(_sent(person), _run(person)))


@finder("circulation", "run")
def _circulation_run(person):
    return sa.select(Circulation).where(_run(person))


@finder("remark")
def _remark(person):
    """On the parts they see: what is limited only for those who share in it (and once more by its line, meetings/seen.py)."""
    seen, shared = (visible(person, "hearing", act).with_only_columns(Hearing.id) for act in ("see", "share"))
    open_to = sa.or_(Remark.limited.is_(False), Remark.hearing_id.in_(shared))
    of = _circulation(person).with_only_columns(Circulation.id)
    return sa.select(Remark).where(Remark.hearing_id.in_(seen), Remark.circulation_id.in_(of), open_to)


@finder("remark", "own")
def _remark_own(person):
    """Those they said themselves; and, for the team, what was written down for somebody without an account."""
    without = sa.select(Reader.id).join(Member, Member.id == Reader.member_id).where(Member.user_id.is_(None))
    mine = sa.and_(Remark.reader_id.in_(_mine(person)), Remark.hearing_id.in_(acknowledged(person)))
    return sa.select(Remark).join(Hearing, Hearing.id == Remark.hearing_id).where(sa.or_(mine, sa.and_(Remark.reader_id.in_(without), runs(person))))


@finder("remark", "run")
def _remark_run(person):
    return sa.select(Remark).join(Hearing, Hearing.id == Remark.hearing_id).where(runs(person))
