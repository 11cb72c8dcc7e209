"""What a notice is about. Its words say that something waits, never what: a mail may be read by anybody."""

from __future__ import annotations

import enum

from core.languages import later


class NoticeKind(enum.Enum):
    CONFIRM = "confirm"
    CHANGE_ASKED = "change_asked"
    CHANGE_ANSWERED = "change_answered"
    ANSWERED = "answered"
    DUE = "due"
    OVERDUE = "overdue"
    STUCK = "stuck"
    HANDED_OVER = "handed_over"
    UNHELD = "unheld"
    DRAFT = "draft"
    REMARK = "remark"
    REMARK_ANSWERED = "remark_answered"
    MINUTES_FINAL = "minutes_final"
    MINUTES_LATE = "minutes_late"
    REPLY = "reply"
    LINK_LOCKED = "link_locked"
    UNANSWERED = "unanswered"
    WISH_REAL = "wish_real"
    WISH_DROPPED = "wish_dropped"
    PLEDGE = "pledge"

    @property
    def asks(self) -> bool:
        """Whether somebody is asked to act now: such news does not wait for the daily letter."""
        return self in _ASKING

    @property
    def label(self):
        """As it stands on a screen."""
        return _LABELS[self]

    @property
    def letter(self) -> str:
        """As it stands in a mail: always Japanese."""
        return _LETTERS[self]


_LABELS = {
    NoticeKind.CONFIRM: later("Please confirm your roles"),
    NoticeKind.CHANGE_ASKED: later("Somebody asks to change a role"),
    NoticeKind.CHANGE_ANSWERED: later("Your request for a change is answered"),
    NoticeKind.ANSWERED: later("Roles were answered"),
    NoticeKind.DUE: later("The day of a role is near"),
    NoticeKind.OVERDUE: later("The day of a role has passed"),
    NoticeKind.STUCK: later("A role is stuck"),
    NoticeKind.HANDED_OVER: later("Roles were handed over to you"),
    NoticeKind.UNHELD: later("Nobody is there for a role any more"),
    NoticeKind.DRAFT: later("Please read the draft of the minutes"),
    NoticeKind.REMARK: later("Somebody remarked on the draft of the minutes"),
    NoticeKind.REMARK_ANSWERED: later("Your remark on the minutes is answered"),
    NoticeKind.MINUTES_FINAL: later("The minutes are final"),
    NoticeKind.MINUTES_LATE: later("Minutes wait for you"),
    NoticeKind.REPLY: later("Somebody answered an invitation"),
    NoticeKind.LINK_LOCKED: later("A personal link is locked"),
    NoticeKind.UNANSWERED: later("Roles are still unanswered"),
    NoticeKind.WISH_REAL: later("A resource you wished for has become real"),
    NoticeKind.WISH_DROPPED: later("A resource you wished for was set aside, with the reason"),
    NoticeKind.PLEDGE: later("Please give your confidentiality pledge"),
}
_LETTERS = {
    NoticeKind.CONFIRM: "役割の確認をお願いします",
    NoticeKind.CHANGE_ASKED: "役割の変更の申出があります",
    NoticeKind.CHANGE_ANSWERED: "変更の申出への回答があります",
    NoticeKind.ANSWERED: "役割への回答がありました",
    NoticeKind.DUE: "期日の近い役割があります",
    NoticeKind.OVERDUE: "期日を過ぎた役割があります",
    NoticeKind.STUCK: "滞っている役割があります",
    NoticeKind.HANDED_OVER: "役割の引継ぎがありました",
    NoticeKind.UNHELD: "担当者のいなくなった役割があります",
    NoticeKind.DRAFT: "会議録(案)の確認をお願いします",
    NoticeKind.REMARK: "会議録(案)への意見があります",
    NoticeKind.REMARK_ANSWERED: "会議録(案)への意見に回答があります",
    NoticeKind.MINUTES_FINAL: "会議録が確定しました",
    NoticeKind.MINUTES_LATE: "会議録(案)の回覧期限です",
    NoticeKind.REPLY: "出欠の回答がありました",
    NoticeKind.LINK_LOCKED: "個人リンクがロックされました",
    NoticeKind.UNANSWERED: "未回答の役割があります",
    NoticeKind.WISH_REAL: "提案された資源が実現しました",
    NoticeKind.WISH_DROPPED: "提案された資源の検討結果があります",
    NoticeKind.PLEDGE: "守秘に関する誓約をお願いします",
}
_ASKING = (NoticeKind.CONFIRM, NoticeKind.DRAFT, NoticeKind.CHANGE_ASKED, NoticeKind.STUCK, NoticeKind.HANDED_OVER, NoticeKind.LINK_LOCKED, NoticeKind.PLEDGE)
