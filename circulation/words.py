"""The fixed words of a round: what a remark is, how it was given, what came of it."""

from __future__ import annotations

import enum

from core.languages import later


class RemarkKind(enum.Enum):
    CORRECT = "correct"
    DISSENT = "dissent"

    @property
    def label(self):
        return {"correct": later("Correction"), "dissent": later("Dissent")}[self.value]


class Way(enum.Enum):
    """How somebody said it: themselves on screen, or on paper or by telephone, written down for them."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"

    @property
    def label(self):
        return {"screen": later("On screen"), "paper": later("In writing"), "phone": later("By phone")}[self.value]


class Outcome(enum.Enum):
    """What came of a correction."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"

    @property
    def label(self):
        return {"accepted": later("Taken over"), "partly": later("Taken over in part"), "rejected": later("Not taken over")}[self.value]

    @property
    def law_name(self) -> str:
        return {"accepted": "反映", "partly": "一部反映", "rejected": "反映せず"}[self.value]
