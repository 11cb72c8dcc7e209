"""The sample's people give their pledges, and its meetings look back at their rules: some found one hard, and say what to try next."""

from __future__ import annotations

from datetime import timedelta

from core import clock
from ground_rules.models import Part
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term, standing
from meetings.rule_reviews import Kept, RuleReview

SAID = (  # in turn, for the meetings as they were held
    ({(Part.SAFETY, 4): Kept.PARTLY}, "初めに一人ずつ、ひとことずつ話す時間を取る。"),
    ({}, ""),
    ({}, ""),
    ({(Part.PROCEDURE, 2): Kept.NOT, (Part.SAFETY, 5): Kept.PARTLY}, "終了10分前にタイムキーパーが声を掛ける。略語は言い換える。"),
    ({}, ""),
    ({(Part.SAFETY, 6): Kept.PARTLY}, "返事の期限だけを決める。"),
    ({}, ""),
)


def look_back(meeting: Meeting, by, turn: int) -> None:
    """What this meeting said of its rules when it closed; `turn` is its place among the meetings held."""
    said, note = SAID[turn % len(SAID)]
    RuleReview.say(meeting, by, said, note).at = meeting.closed_at


def pledge(meeting: Meeting, by) -> None:
    """Who sits: with an account for the fiscal year on the screen, else on paper for this meeting and its cases. Of a meeting
    to come, those on paper have not all come back."""
    if not meeting.kind.hears_cases:
        return
    held = meeting.opened_at is not None
    on = min(clock.local(meeting.starts_at).date() - timedelta(days=4), clock.today())
    for turn, (member, given) in enumerate(standing(meeting, meeting.hearings).items()):
        if given is None and member.user_id:
            Pledge.give(meeting, member, by, Term.YEAR, PledgeMethod.SCREEN, on)
        elif given is None and (held or turn % 2):
            Pledge.give(meeting, member, by, Term.CASE, PledgeMethod.PAPER, on)
