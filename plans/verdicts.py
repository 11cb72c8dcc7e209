"""What a plan may be found to be: the meeting's verdict, the results of its goals, what follows. Pure: no web, no database.

The 重層的支援会議 discusses whether a plan is appropriate (プランの適切性の協議) and evaluates it at its end
(プラン終結時等の評価); both are said in fixed words, so that a yearly count means the same everywhere.
"""

from __future__ import annotations

import enum

from core.languages import later


class Verdict(enum.Enum):
    """Whether the plan is appropriate."""

    FIT = "fit"
    FIT_AMENDED = "fit_amended"
    AGAIN = "again"

    @property
    def label(self):
        return {"fit": later("Appropriate"), "fit_amended": later("Appropriate with changes"),
                "again": later("To be reconsidered")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"fit": "適切", "fit_amended": "修正のうえ適切", "again": "再検討"}[self.value]


class Result(enum.Enum):
    """How far a goal was reached."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_YET = "not_yet"

    @property
    def label(self):
        return {"achieved": later("Achieved"), "partly": later("Partly achieved"), "not_yet": later("Not achieved")}[self.value]

    @property
    def law_name(self) -> str:
        return {"achieved": "達成", "partly": "一部達成", "not_yet": "未達成"}[self.value]


class Conclusion(enum.Enum):
    """What follows from an evaluation."""

    CLOSE = "close"
    REPLAN = "replan"
    SUSPEND = "suspend"

    @property
    def label(self):
        return {"close": later("Closure"), "replan": later("A new plan"), "suspend": later("Suspension")}[self.value]

    @property
    def law_name(self) -> str:
        return {"close": "終結", "replan": "再プラン", "suspend": "中断"}[self.value]


class Programme(enum.Enum):
    """Programmes a plan may link to (社会福祉法第106条の4第2項), and others."""

    PARTICIPATION = "participation"
    OUTREACH = "outreach"
    COMMUNITY = "community"
    COORDINATION = "coordination"
    OTHER = "other"

    @property
    def label(self):
        return {"participation": later("Participation support"), "outreach": later("Outreach and continuous support"),
                "community": later("Community building"), "coordination": later("Multi-agency coordination"),
                "other": later("Other programmes")}[self.value]

    @property
    def law_name(self) -> str:
        return {"participation": "参加支援事業", "outreach": "アウトリーチ等を通じた継続的支援事業", "community": "地域づくり事業",
                "coordination": "多機関協働事業", "other": "その他の制度・事業"}[self.value]


def name(plan: int, version: int = 0) -> str:
    """第1回プラン第1版: how papers and screens speak of a plan and its version."""
    which = f"第{plan}回プラン"
    return f"{which}第{version}版" if version else which


SAID = {Verdict.FIT: "適切であると判断した。", Verdict.FIT_AMENDED: "修正のうえ適切であると判断した。",
        Verdict.AGAIN: "再検討を要すると判断した。"}


def sentence(plan: int, version: int, verdict: Verdict) -> str:
    """The verdict as the minutes print it."""
    return f"{name(plan, version)}について、{SAID[verdict]}"


def beyond(verdict: Verdict, own: str) -> str:
    """What somebody's own words on the verdict say beyond the fixed ones; empty when they only repeat them."""
    said = SAID[verdict]
    rest = own.strip().removeprefix(said)
    return "" if said.startswith(rest.strip().removesuffix("。")) else rest.strip()
