"""How the drafts of the sample went round, and what was said of them (circulating.toml)."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
import tomllib

from circulation import windows
from circulation.models import Circulation
from circulation.readers import Reader
from circulation.words import Outcome, RemarkKind, Way
from core.database import session
from core.office import office
from demo.days import Days
from demo.people import Town
from meetings.models import Meeting


def go_round(key: str, meeting: Meeting, town: Town, days: Days) -> None:
    """Send the draft of this meeting round, if the sample has it so; each answer comes on its day."""
    for row in (each for each in _rounds() if each["meeting"] == key):
        session.flush()
        session.expire_all()  # the draft is laid out from what the database holds
        made = Circulation.begin(meeting, town.facilitator, windows.due(days.day(row["days"]), office().remarks_within))
        made.opened_at = days.at(row["days"], "16:30")
        readers = {each.member_id: each for each in made.readers}
        for each in made.readers:
            each.told_at = made.opened_at
        for said in row["remarks"]:
            _remark(made, readers[town.members[said["by"]].id], said, town, days)
        for said in row["agreed"]:
            _agree(readers[town.members[said["member"]].id], said, town, days)
        session.flush()


def _agree(reader: Reader, said: dict, town: Town, days: Days) -> None:
    reader.agree(town.hand_of(reader.member), Way(said.get("how", "screen")))
    reader.agreed_at = days.at(said["days"], "11:40")


def _remark(made: Circulation, reader: Reader, said: dict, town: Town, days: Days) -> None:
    sentence = next(each for each in made.sentences if said["find"] and each.text.startswith(said["find"]) or each.whole and not said["find"])
    remark = reader.remark(town.hand_of(reader.member), sentence, RemarkKind(said["kind"]), said["text"], said.get("why", ""),
                           how=Way(said.get("how", "screen")))
    remark.at = days.at(said["days"], "10:15")
    session.flush()
    if "outcome" in said:
        remark.settle(town.facilitator, Outcome(said["outcome"]), said.get("words", ""), said["answer"], remark.entry and remark.entry.number)
        remark.answered_at = days.at(said["answered_days"], "15:20") + timedelta(minutes=remark.id % 7)


@cache
def _rounds() -> list[dict]:
    return tomllib.loads(Path(__file__).with_name("circulating.toml").read_text(encoding="utf-8"))["round"]
