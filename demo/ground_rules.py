"""The sample's meetings look back at their rules: most kept them all, some found one hard, and say what to try next."""

from __future__ import annotations

from ground_rules.models import Part
from meetings.models import Meeting
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
