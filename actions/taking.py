"""Whether somebody has a role, and what they said to it."""

from __future__ import annotations

from actions.confirmations import Confirmation
from actions.wording import named
from actions.words import Answer


class Taking:
    """What follows for a role from the answers given to it: held, looked for, settled."""

    @property
    def confirmation(self) -> Confirmation | None:
        """The last answer, if it was given to the words that stand now."""
        last = self.confirmations[-1] if self.confirmations else None
        return last if last and last.fingerprint == self.fingerprint else None

    @property
    def outdated(self) -> Confirmation | None:
        """The last answer, when the words have changed since."""
        last = self.confirmations[-1] if self.confirmations else None
        return last if last and last.fingerprint != self.fingerprint else None

    @property
    def nos(self) -> list[Confirmation]:
        """The 難しい that stand: each holder's last answer, where it was that one."""
        last = {(each.agency_id, each.member_id): each for each in self.confirmations if each.agency_id}
        return [each for each in last.values() if each.answer == Answer.HARD]

    @property
    def declined(self) -> bool:
        """Whether whoever was asked said that it is difficult: then the role is looked for again."""
        now = self.confirmation
        return now is not None and now.answer == Answer.HARD

    @property
    def held(self) -> bool:
        """Whether somebody has it: it was given to them and they did not say that it is difficult."""
        return self.agency is not None and not self.declined

    @property
    def seeking(self) -> bool:
        """Whether a taker is looked for (未割当)."""
        return not self.held

    @property
    def unsettled(self) -> bool:
        """Whether nobody has it and it is open who goes on looking, or until when."""
        return self.seeking and (self.escalation_agency_id is None or self.escalation_on is None)

    @property
    def who(self) -> str:
        """機関名 氏名; empty for a role nobody was given."""
        return named(self.agency, self.member)

    @property
    def escalation(self) -> str:
        """機関名 氏名 of who goes on looking for a taker; empty when that is open, or when the role is held."""
        return named(self.escalation_agency, self.escalation_member) if self.seeking else ""
