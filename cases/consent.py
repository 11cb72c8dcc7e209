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


class Information(enum.Enum):
    """What a consent may cover. Health and disability need special care (要配慮個人情報)."""

    HEALTH = "health"
    DISABILITY = "disability"
    INCOME = "income"
    HOUSING = "housing"
    FAMILY = "family"
    SCHOOL = "school"
    OTHER = "other"

    @property
    def label(self):
        return {"health": later("Health"), "disability": later("Disability"), "income": later("Income and debts"),
                "housing": later("Housing"), "family": later("Family"), "school": later("School and work"),
                "other": later("Other information")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"health": "健康", "disability": "障害", "income": "収入・負債", "housing": "住まい", "family": "家族", "school": "学校・仕事",
                "other": "その他"}[self.value]


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


def named_by_all(scopes) -> set[int] | None:
    """Which agencies every consent names, from each consent's set of ids.

    None when there is no consent, or when one of them names no agency: then only its words tell, and a person must read.
    """
    scopes = list(scopes)
    return set.intersection(*scopes) if scopes and all(scopes) else None
