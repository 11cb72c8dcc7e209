"""How a case moves: 相談受付 → アセスメント → プラン作成 → 支援実施 → 評価 → 終結 → 終結後の伴走. Pure: no web, no database.

Coordination ends when the household's issues are sorted, support is foreseeable and roles are agreed; then an agency
keeps the thread (主担当) and a light accompaniment goes on until the signs to start again are known not to come. Practice
does not always go step by step, so nearly every move is possible, but one that leaves the natural way says why.
"""

from __future__ import annotations

from datetime import date
import enum

from core.languages import later


class Stage(enum.Enum):
    """Where a case stands. 中断 is no step of the way: it is stopped without being closed."""

    INTAKE = "intake"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    SUPPORT = "support"
    EVALUATION = "evaluation"
    CLOSED = "closed"
    ACCOMPANIED = "accompanied"
    SUSPENDED = "suspended"

    @property
    def label(self):
        return {"intake": later("Intake"), "assessment": later("Assessment"), "plan": later("Planning"),
                "support": later("Support under way"), "evaluation": later("Evaluation"), "closed": later("Closed"),
                "accompanied": later("Accompanied after closure"), "suspended": later("Suspended")}[self.value]

    @property
    def way(self) -> tuple[Stage, ...]:
        """The steps of the whole way, for a page to show how far a case has come."""
        return WAY


WAY = (Stage.INTAKE, Stage.ASSESSMENT, Stage.PLAN, Stage.SUPPORT, Stage.EVALUATION, Stage.CLOSED, Stage.ACCOMPANIED)
ACTIVE = WAY[:5]  # the office works on it
OVER = (Stage.CLOSED, Stage.ACCOMPANIED)

# After an evaluation a new plan, or going on as before, is as natural as the end.
NATURAL = {
    Stage.INTAKE: (Stage.ASSESSMENT,),
    Stage.ASSESSMENT: (Stage.PLAN,),
    Stage.PLAN: (Stage.SUPPORT,),
    Stage.SUPPORT: (Stage.EVALUATION,),
    Stage.EVALUATION: (Stage.CLOSED, Stage.PLAN, Stage.SUPPORT),
    Stage.CLOSED: (Stage.ACCOMPANIED,),
    Stage.ACCOMPANIED: (),
    Stage.SUSPENDED: (),
}


class Move(enum.Enum):
    """What kind of step a move is, as people say it."""

    ONWARD = "onward"
    ASIDE = "aside"
    SUSPENSION = "suspension"
    CLOSURE = "closure"
    ACCOMPANIMENT = "accompaniment"
    REOPENING = "reopening"


class Need(enum.Enum):
    """What a move must say before it counts."""

    REASON = "reason"
    LEAD = "lead"  # 主担当: who keeps the thread afterwards
    ROLES = "roles"  # who does what, agreed by those who do it
    OUTLOOK = "outlook"  # 見通し
    SIGNS = "signs"  # 再開の目安
    CHECK = "check"  # the first day somebody looks again


def kind(before: Stage, after: Stage) -> Move:
    """What kind of step leads from one stage to another."""
    if after == Stage.SUSPENDED:
        return Move.SUSPENSION
    elif after == Stage.CLOSED:
        return Move.CLOSURE
    elif after == Stage.ACCOMPANIED:
        return Move.ACCOMPANIMENT
    elif before in OVER or before == Stage.SUSPENDED:
        return Move.REOPENING
    else:
        return Move.ONWARD if after in NATURAL[before] else Move.ASIDE


def possible(before: Stage) -> list[Stage]:
    """Where a case may go from here, the natural way first.

    Accompaniment follows closure and nothing else; what is over is not suspended, it is reopened.
    """
    if before in OVER:
        others = ACTIVE
    elif before == Stage.SUSPENDED:
        others = (*ACTIVE, Stage.CLOSED)
    else:
        others = (*ACTIVE, Stage.CLOSED, Stage.SUSPENDED)
    return list(dict.fromkeys([*NATURAL[before], *(each for each in others if each != before)]))


def needs(before: Stage, after: Stage) -> set[Need]:
    """What this move must say. A closure off the natural way also says why."""
    move = kind(before, after)
    if move == Move.CLOSURE:
        return {Need.LEAD, Need.ROLES, Need.OUTLOOK} | (set() if after in NATURAL[before] else {Need.REASON})
    elif move == Move.ACCOMPANIMENT:
        return {Need.LEAD, Need.SIGNS, Need.CHECK}
    else:
        return set() if move == Move.ONWARD else {Need.REASON}


def on_a_day_that_fits(on: date, last: date | None, today: date) -> bool:
    """Whether a move may bear this day: not before the move before it, and not in the future."""
    return on <= today and (last is None or last <= on)
