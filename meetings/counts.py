"""What a 会議録 counts, counted from the cases that stand on the paper: whoever reads a part of it reads the counts of that part.
Pure: no web, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
import re

from exports.minutes import Assignment, Attendee, Hearing

ANSWERS = ("引き受ける", "条件付き", "持ち帰り", "難しい")
STATES = (*ANSWERS, "未回答", "未割当")


def of_roles(hearings: Iterable[Hearing]) -> str:
    """役割6件のうち、引き受ける1件、条件付き1件、持ち帰り1件、未回答1件、未割当2件: a 持ち帰り is not a yes."""
    states = Counter(_state(each) for hearing in hearings for each in hearing.assignments)
    parts = [f"役割{states.total()}件のうち", *(f"{name}{states[name]}件" for name in STATES if states[name])]
    return "、".join(parts) if states else "確認を要する役割なし"


def of_rules(said: str, hearings: Iterable[Hearing]) -> str:
    """The sentence on the ground rules, with only those counted who sat at one of these tables."""
    people: dict[tuple, Attendee] = {(each.agency, each.job, each.name): each for hearing in hearings for each in hearing.attendees}
    here = [each for each in people.values() if each.attendance.startswith(("出席", "代理出席"))]
    done = sum(each.acknowledged.startswith("第") for each in here)
    return re.sub(r"出席者\d+名中\d+名", f"出席者{len(here)}名中{done}名", said)


def _state(row: Assignment) -> str:
    if row.who.startswith("未割当"):
        return "未割当"
    return next((each for each in ANSWERS if row.confirmation.startswith(each)), "未回答")
