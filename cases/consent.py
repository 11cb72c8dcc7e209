"""When a household member's consent (本人同意) holds. Pure: no web, no database.

Each member of a household is a data subject of their own: a mother's consent does not cover her adult son.
For a child the guardian (親権者・法定代理人) consents, in the child's own row.
"""

from __future__ import annotations

from datetime import date
import enum

from core.languages import later


class ConsentState(enum.Enum):
    """What a data subject has said about sharing information among the agencies."""

    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        return {"given": later("Consent given"), "partly": later("Consent in part"), "refused": later("Consent refused"),
                "withdrawn": later("Consent withdrawn")}[self.value]


class Method(enum.Enum):
    """How the consent reached the office."""

    WRITTEN = "written"
    ORAL = "oral"
    GUARDIAN = "guardian"

    @property
    def label(self):
        return {"written": later("In writing"), "oral": later("Orally"),
                "guardian": later("By the guardian")}[self.value]


def holds(state: ConsentState | None, given_on: date | None, expires_on: date | None, on: date) -> bool:
    """Whether a consent in this state, given and expiring on these days, holds on a day. None means nobody has asked."""
    if state not in (ConsentState.GIVEN, ConsentState.PARTLY) or given_on is None:
        return False
    else:
        return given_on <= on and (expires_on is None or on <= expires_on)


def missing(people, on: date) -> list:
    """Those of a household whose information is to be shared, but whose consent does not hold on that day.

    `people` have `shared` (their information is to be shared) and `consents_on(day)`.
    """
    return [person for person in people if person.shared and not person.consents_on(on)]
