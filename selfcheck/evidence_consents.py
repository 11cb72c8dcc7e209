"""For how many cases heard in a 支援会議 the consents were not complete on the day."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from cases.consent import holds
from cases.models import Consent, HouseholdPerson
from core import clock
from core.database import session
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing
from selfcheck.held import hearings


def of(year: int) -> tuple[int, int]:
    """How many cases were heard in 支援会議 of a 年度 (each time counted), and how many of them without everybody's consent.

    What counts is the last thing each person had said by that day.
    """
    heard = session.execute(sa.select(Hearing.case_id, Meeting.starts_at).join(Meeting).where(Hearing.id.in_(hearings(year, Kind.SHIEN)))).all()
    asked = sa.select(Hearing.case_id).where(Hearing.id.in_(hearings(year, Kind.SHIEN)))
    people, said = defaultdict(list), defaultdict(list)
    for case, person in session.execute(sa.select(HouseholdPerson.case_id, HouseholdPerson.id).where(HouseholdPerson.shared, HouseholdPerson.case_id.in_(asked))):
        people[case].append(person)
    words = sa.select(Consent.person_id, Consent.state, Consent.on, Consent.expires_on).join(HouseholdPerson).where(HouseholdPerson.case_id.in_(asked))
    for person, *word in session.execute(words.order_by(Consent.id)):
        said[person].append(word)
    return len(heard), sum(not _complete([said[each] for each in people[case]], clock.local(at).date()) for case, at in heard)


def _complete(household: list[list], on) -> bool:
    last = [next((word for word in reversed(words) if word[1] <= on), (None, None, None)) for words in household]
    return bool(last) and all(holds(*word, on) for word in last)
