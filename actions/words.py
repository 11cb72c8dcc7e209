"""The fixed words of roles: how it is held, what its holder says to it, what kind of work it is."""

from __future__ import annotations

import enum

from core.languages import later


class Rank(enum.Enum):
    """One task may be held by several (力合わせ): the main one, a deputy, one who helps."""

    MAIN = "main"
    SUB = "sub"
    SUPPORT = "support"

    @property
    def label(self):
        return {"main": later("Main"), "sub": later("Deputy"), "support": later("Supporting")}[self.value]

    @property
    def law_name(self) -> str:
        return {"main": "主", "sub": "副", "support": "協力"}[self.value]


class Answer(enum.Enum):
    """Nobody is made to say yes: four answers, all of them respectable."""

    TAKE = "take"
    CONDITION = "condition"
    BRING_BACK = "bring_back"
    HARD = "hard"

    @property
    def label(self):
        return {"take": later("I take it on"), "condition": later("On a condition"), "bring_back": later("I take it back to my agency"),
                "hard": later("It is difficult")}[self.value]

    @property
    def law_name(self) -> str:
        return {"take": "引き受ける", "condition": "条件付き", "bring_back": "持ち帰り", "hard": "難しい"}[self.value]


class Nature(enum.Enum):
    """What kind of work it is: asked of the coordinating body (多機関協働事業者) only, whose part is the management."""

    DIRECT = "direct"
    MANAGE = "manage"

    @property
    def label(self):
        return {"direct": later("Direct support"), "manage": later("Coordination and management")}[self.value]


class Progress(enum.Enum):
    """How a role stands after the meeting."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    STUCK = "stuck"
    DROPPED = "dropped"

    @property
    def label(self):
        return {"open": later("Not begun"), "started": later("Begun"), "done": later("Done"), "stuck": later("Stuck"),
                "dropped": later("Not needed any more")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"open": "未着手", "started": "着手", "done": "完了", "stuck": "滞り", "dropped": "不要"}[self.value]

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self in (Progress.DONE, Progress.DROPPED)
