"""The words of a request for disclosure: who asks, where it stands, what is decided. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class Capacity(enum.Enum):
    """Who asks; it settles the route."""

    SELF = "self"
    LEGAL = "legal"
    PROXY = "proxy"
    ANYONE = "anyone"

    @property
    def label(self):
        return {"self": later("The person themselves"), "legal": later("Legal representative"), "proxy": later("By power of attorney"),
                "anyone": later("Anybody (freedom of information)")}[self.value]

    @property
    def law_name(self) -> str:
        return {"self": "本人", "legal": "法定代理人", "proxy": "任意代理人", "anyone": "何人も"}[self.value]

    @property
    def own(self) -> bool:
        """Whether it is a request for one's own information (個人情報保護法第76条)."""
        return self is not Capacity.ANYONE

    @property
    def route(self) -> str:
        return "保有個人情報開示請求" if self.own else "情報公開請求"

    @property
    def route_label(self):
        return later("Own personal information (Act on the Protection of Personal Information, art. 76)") if self.own else later("Freedom of information (ordinance)")


class State(enum.Enum):
    """Where a request stands."""

    RECEIVED = "received"
    SEARCHING = "searching"
    REVIEW = "review"
    DECIDED = "decided"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        return {"received": later("Received"), "searching": later("Being looked for"), "review": later("Being examined"),
                "decided": later("Decision made"), "done": later("Carried out"), "withdrawn": later("Taken back")}[self.value]

    @property
    def undecided(self) -> bool:
        """Whether the days still run."""
        return self in (State.RECEIVED, State.SEARCHING, State.REVIEW)

    @property
    def open(self) -> bool:
        """Whether what was found must stay."""
        return self not in (State.DONE, State.WITHDRAWN)


WAY = (State.RECEIVED, State.SEARCHING, State.REVIEW, State.DECIDED, State.DONE)


class Decision(enum.Enum):
    """What the office decides on the whole request."""

    OPEN = "open"
    PARTLY = "partly"
    WITHHELD = "withheld"
    ABSENT = "absent"
    UNCONFIRMED = "unconfirmed"
    REJECTED = "rejected"

    @property
    def label(self):
        return {"open": later("Disclosed"), "partly": later("Disclosed in part"), "withheld": later("Not disclosed"),
                "absent": later("Does not exist"), "unconfirmed": later("Neither confirmed nor denied"), "rejected": later("Turned down (form)")}[self.value]

    @property
    def law_name(self) -> str:
        return {"open": "開示", "partly": "部分開示", "withheld": "不開示", "absent": "不開示（不存在）", "unconfirmed": "不開示（存否応答拒否）",
                "rejected": "却下"}[self.value]

    @property
    def notice(self) -> str:
        """The title of the written notice."""
        return {"open": "開示決定通知書", "partly": "部分開示決定通知書", "rejected": "却下通知書"}.get(self.value, "不開示決定通知書")

    @property
    def refuses(self) -> bool:
        """Whether the notice must say why (個人情報保護法第82条第2項, 行政手続法第8条)."""
        return self is not Decision.OPEN

    @property
    def hands_out(self) -> bool:
        return self in (Decision.OPEN, Decision.PARTLY)


class Verdict(enum.Enum):
    """What is proposed for one record that was found."""

    WAITING = "waiting"
    OPEN = "open"
    PARTLY = "partly"
    WITHHELD = "withheld"
    OUTSIDE = "outside"

    @property
    def label(self):
        return {"waiting": later("Not looked at yet"), "open": later("Disclose"), "partly": later("Disclose in part"),
                "withheld": later("Do not disclose"), "outside": later("Not what is asked for")}[self.value]

    @property
    def law_name(self) -> str:
        return {"waiting": "検討中", "open": "開示", "partly": "部分開示", "withheld": "不開示", "outside": "対象外"}[self.value]


class Delivery(enum.Enum):
    """How what is disclosed reaches the requester (個人情報保護法第87条)."""

    LOOK = "look"
    COPY = "copy"
    POST = "post"
    FILE = "file"

    @property
    def label(self):
        return {"look": later("Looked at in the office"), "copy": later("Copies handed over"), "post": later("Copies sent by post"),
                "file": later("Handed over as files")}[self.value]

    @property
    def law_name(self) -> str:
        return {"look": "閲覧", "copy": "写しの交付（窓口）", "post": "写しの交付（郵送）", "file": "電磁的記録の交付"}[self.value]


class Answer(enum.Enum):
    """What a third party says about handing out what concerns them (個人情報保護法第86条)."""

    NONE = "none"
    AGREES = "agrees"
    OBJECTS = "objects"

    @property
    def label(self):
        return {"none": later("No answer so far"), "agrees": later("Does not object"), "objects": later("Objects")}[self.value]


class PaperKind(enum.Enum):
    """A paper that is issued and kept as it was."""

    INVENTORY = "inventory"
    NOTICE = "notice"
    EXTENSION = "extension"

    @property
    def label(self):
        return {"inventory": later("List of the records concerned"), "notice": later("Notice of the decision"),
                "extension": later("Notice that the time is extended")}[self.value]

    @property
    def law_name(self) -> str:
        return {"inventory": "対象文書一覧", "notice": "決定通知書", "extension": "決定期限延長通知書"}[self.value]
