"""The choices on a referral's sheet and what may happen to it. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class Urgency(enum.Enum):
    """How soon the office has to look."""

    NORMAL = "normal"
    SOON = "soon"
    LIFE = "life"

    @property
    def label(self):
        return {"normal": later("Normal"), "soon": later("Soon"), "life": later("Urgent: life or body in danger")}[self.value]

    @property
    def short(self):
        return {"normal": later("Normal"), "soon": later("Soon"), "life": later("Urgent")}[self.value]


class Agreement(enum.Enum):
    """Whether the person agrees to being put forward. Without it the office may be asked all the same, with the reason."""

    GIVEN = "given"
    NOT_YET = "not_yet"
    UNABLE = "unable"

    @property
    def label(self):
        return {"given": later("The person agrees"), "not_yet": later("Not asked yet"),
                "unable": later("Cannot be asked now")}[self.value]


class State(enum.Enum):
    """Where a referral stands. Only an open one waits for an answer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ADVISED = "advised"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        return {"open": later("Waiting for an answer"), "accepted": later("Taken on"), "advised": later("Advice given"),
                "returned": later("Sent back"), "withdrawn": later("Withdrawn")}[self.value]


class Act(enum.Enum):
    """What somebody did to a referral: one line of its thread."""

    SENT = "sent"
    SENT_AGAIN = "sent_again"
    TAKEN = "taken"
    SAID = "said"
    ACCEPTED = "accepted"
    ADVISED = "advised"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    READ = "read"

    @property
    def label(self):
        return {"sent": later("Put forward"), "sent_again": later("Put forward again"), "taken": later("Took charge"),
                "said": later("Message"), "accepted": later("Taken on"), "advised": later("Advice given"),
                "returned": later("Sent back"), "withdrawn": later("Withdrawn"), "read": later("Took note")}[self.value]


class Answer(enum.Enum):
    """The three answers the office has. There is no fourth: silence."""

    ACCEPT = "accept"
    ADVISE = "advise"
    RETURN = "return"

    @property
    def label(self):
        return {"accept": later("Take it on"), "advise": later("Give advice"), "return": later("Send it back")}[self.value]
