"""What is found of a meeting: name, reference and place for everybody invited; what it is about only for those inside."""

from __future__ import annotations

from core.search import found
from meetings.models import Meeting


@found("meeting", Meeting, key=lambda meeting: meeting.reference)
def _outside(meeting: Meeting):
    return meeting.name, meeting.reference, meeting.place, meeting.kind.law_name


@found("meeting/inside", Meeting, key=lambda meeting: meeting.reference)
def _inside(meeting: Meeting):
    return *_outside(meeting), meeting.purpose, meeting.to_decide
