"""What is found of a meeting: name, reference and place for everybody invited; what it is about only for those who may see that hearing."""

from __future__ import annotations

from sqlalchemy import orm

from core.search import found
from meetings.models import Meeting
from meetings.table import Hearing


@found("meeting", Meeting, key=lambda meeting: meeting.reference, options=(orm.lazyload(Meeting.edition),))
def _outside(meeting: Meeting):
    return meeting.name, meeting.reference, meeting.place, meeting.kind.law_name


@found("hearing", Hearing, options=(orm.lazyload(Hearing.meeting), orm.lazyload(Hearing.case), orm.lazyload(Hearing.lead_agency)))
def _inside(hearing: Hearing):
    return hearing.purpose, hearing.to_decide
