"""What a reader says of one sentence of the draft, and what came of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from circulation.words import Outcome, RemarkKind, Way
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused


class Remark(Base):
    """A correction (the proposed words beside the sentence) or a dissent (a statement that stays in the minutes).

    Everybody at that case's table sees remarks and answers on the parts they see. Nobody but who said it changes or
    withdraws it. What is said of a limited line (限定共有) is limited like the line; who shares in such lines may also say
    so of any other remark.
    """

    __tablename__ = "remark"
    id: Mapped[int] = mapped_column(primary_key=True)
    circulation_id: Mapped[int] = mapped_column(sa.ForeignKey("circulation.id"), index=True)
    reader_id: Mapped[int] = mapped_column(sa.ForeignKey("circulation_reader.id"), index=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"))  # where the sentence is a line of the record
    place: Mapped[str] = mapped_column(sa.String(40))  # in the draft: circulation/sentences.py
    section: Mapped[str] = mapped_column(sa.String(60))
    sentence: Mapped[str] = mapped_column(sa.Text)  # its words in the draft
    kind: Mapped[RemarkKind] = mapped_column(choice(RemarkKind))
    text: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text, default="")
    limited: Mapped[bool]
    who: Mapped[str] = mapped_column(sa.String(200))  # as they were called then
    how: Mapped[Way] = mapped_column(choice(Way))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    settled: Mapped[str] = mapped_column(sa.Text, default="")  # the words that stand since
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    circulation = orm.relationship("Circulation", back_populates="remarks")
    reader = orm.relationship("Reader", overlaps="remarks")
    hearing = orm.relationship("Hearing")
    entry = orm.relationship("Entry", lazy="joined")
    answered_by = orm.relationship("User", foreign_keys=[answered_by_id], lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @property
    def waits(self) -> bool:
        """Whether it is a correction that needs an answer. A dissent needs none: it stays."""
        return self.kind == RemarkKind.CORRECT and self.outcome is None and self.withdrawn_at is None

    @property
    def confined(self) -> bool:
        """Whether only those who share in limited lines see it: as it was said, or because its line was limited since."""
        return self.limited or (self.entry is not None and self.entry.limited)

    @property
    def line(self) -> int | None:
        """Which line of the record its sentence is or was made of (0: of none), as the draft says it."""
        return self.entry_id or next((each.line for each in self.circulation.sentences if each.place == self.place), 0)

    @property
    def number(self) -> str:
        """The number of its case; "" for a meeting without one."""
        return self.hearing.case.number if self.hearing.case else ""

    def withdraw(self) -> None:
        """Take it back, as who said it; what was answered or final stays. A second time changes nothing."""
        self._ask_open()
        if self.outcome is not None:
            raise Refused(_("This correction has been answered."), _("Its answer stays in sight. You can leave a dissent."))
        self.withdrawn_at = self.withdrawn_at or utcnow()
        live.touch(self.circulation.meeting.topic)

    def settle(self, by, outcome: Outcome, words: str = "", answer: str = "", read: int | None = None) -> None:
        """Answer a correction: taken over as proposed, in `words` of one's own, or not, for the reason in `answer`.

        Where the sentence is a line of the record, the words are written there. `read` is the text of the line that was
        read; Refused when it was changed or removed since, when the correction was answered or withdrawn already.
        """
        self._ask_open()
        session.refresh(self)
        if not self.waits:
            raise Refused(_("This correction has been answered or withdrawn in the meantime."), _("Read what stands there now."), self.circulation.path)
        text = {Outcome.ACCEPTED: self.text, Outcome.PARTLY: words, Outcome.REJECTED: ""}[outcome]
        if text and self.entry is not None:
            self._rewrite(by, text, read)
        self.outcome, self.settled, self.answer = outcome, text, answer
        self.answered_at, self.answered_by_id = utcnow(), by.id
        live.touch(self.circulation.meeting.topic)

    def _rewrite(self, by, text: str, read: int | None) -> None:
        line = self.entry
        session.refresh(line)
        line.ask_standing()
        if read != line.number:
            raise Refused(_("Somebody else has changed this line in the meantime."), _("Read it again before you answer."), self.circulation.path)
        line.rewrite(by, line.number, line.kind, text, line.source, line.agency)

    def _ask_open(self) -> None:
        hold(self.circulation.meeting)
        if self.circulation.meeting.final:
            raise Refused(_("The minutes are final since."), _("If something is still wrong, ask the coordinator to reopen them."))


def hold(meeting) -> None:
    """Until this transaction ends, nobody else says or answers anything here, or makes the minutes final."""
    for hearing in sorted(meeting.hearings, key=lambda each: each.id):
        hearing.hold()
