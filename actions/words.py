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


class Via(enum.Enum):
    """How the holder's word came to us."""

    SCREEN = "screen"
    LINK = "link"
    PAPER = "paper"
    PHONE = "phone"
    TOLD = "told"

    @property
    def label(self):
        return {"screen": later("On the screen"), "link": later("Through a personal link"), "paper": later("On a sheet of paper"),
                "phone": later("By telephone"), "told": later("By word of mouth")}[self.value]

    @property
    def said(self):
        """How it was said, beside who wrote it down."""
        return {"screen": later("On the screen"), "link": later("(through a personal link)"), "paper": later("Answered on paper"),
                "phone": later("Heard on the telephone"), "told": later("Heard by word of mouth")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands in the minutes."""
        return {"screen": "画面で回答", "link": "個人リンクで回答", "paper": "紙で回答", "phone": "電話で聴取", "told": "口頭で聴取"}[self.value]

    @property
    def heard(self) -> bool:
        """Whether somebody else wrote it down for them."""
        return self in (Via.PAPER, Via.PHONE, Via.TOLD)


class Reception(enum.Enum):
    """What becomes of a wish for other words or another day."""

    ACCEPTED = "accepted"
    COUNTERED = "countered"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        return {"accepted": later("Accepted"), "countered": later("A counter-proposal"), "kept": later("Stays as it is"),
                "withdrawn": later("Withdrawn")}[self.value]


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
    CARRIED = "carried"  # goes on as a role of a later meeting of the case, and is counted there

    @property
    def label(self):
        return {"open": later("Not begun"), "started": later("Begun"), "done": later("Done"), "stuck": later("Stuck"),
                "dropped": later("Not needed any more"), "carried": later("Goes on as a later role")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"open": "未着手", "started": "着手", "done": "完了", "stuck": "滞り", "dropped": "不要",
                "carried": "再割当"}[self.value]

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self in (Progress.DONE, Progress.DROPPED, Progress.CARRIED)

    @property
    def needs_word(self) -> bool:
        """Whether a report of it says why: a standstill without a reason helps nobody to help."""
        return self in (Progress.STUCK, Progress.DROPPED)


REPORTED = (Progress.STARTED, Progress.DONE, Progress.STUCK, Progress.DROPPED)  # what somebody may say of a role
