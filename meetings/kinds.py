"""Which legal kind of meeting a case may use. Pure: no web, no database.

支援会議 rests on the Social Welfare Act and works without consent; 重層的支援会議 shares information on the
strength of each data subject's consent (実施要綱). The articles themselves are the office's data (Citation).
"""

from __future__ import annotations

import enum

from core.languages import later


class Kind(enum.Enum):
    """The legal kind, apart from the local display name (まるごと会議 …)."""

    JUSO = "juso"
    SHIEN = "shien"
    PREMEETING = "premeeting"
    GENERAL = "general"

    @property
    def label(self):
        return {"juso": later("Plan review meeting (with consent)"), "shien": later("Statutory support meeting"),
                "premeeting": later("Pre-meeting"), "general": later("General meeting without a case")}[self.value]

    @property
    def law_name(self) -> str:
        """The name on paper, always Japanese."""
        return {"juso": "重層的支援会議", "shien": "支援会議", "premeeting": "事前打合せ", "general": "会議"}[self.value]

    @property
    def hears_cases(self) -> bool:
        return self in (Kind.JUSO, Kind.SHIEN)

    @property
    def citation(self) -> str:
        """Under which key the office keeps this kind's legal ground."""
        return {"juso": "juso_ground", "shien": "meeting"}.get(self.value, "")


def allowed(consented: bool) -> list[Kind]:
    """The kinds a case may be heard in, the better one first."""
    if consented:
        return [Kind.JUSO, Kind.SHIEN]
    else:
        return [Kind.SHIEN]
