"""役割分担表 for the wall: who does what by when, on one page that is read from two metres.

It hangs where everybody passes, so it says less than the minutes: no name of the household, nothing of what was told to some of the
table only, no reasons or conditions in somebody's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core import clock
from exports.blocks import Block, Line, Note, Table
from exports.layout import Layout
from papers import fitting

TITLE = "役割分担表"
HEAD = ("何を", "誰が", "いつまでに", "回答")
# what is long gets room: the one that can be largest is taken
SHARES = tuple((what, 396 - what - when - answer, when, answer) for when, answer in ((68, 56), (56, 46)) for what in (160, 152, 168, 144, 176, 136, 184, 128, 200, 116))
SIZES = (44, 40, 36, 33, 30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10.5, 9)  # points; 24 and more are read from two metres
PAGES = {"a3": (420.0, 297.0), "a4": (297.0, 210.0)}  # millimetres, landscape
EDGE, ABOVE = 12.0, 20.0  # margins; above stand 取扱注意 and the number
COLLECTED = "会議の後に回収します。撮影や複写はしないでください。"


def rows_of(hearing) -> list[tuple[str, ...]]:
    """The roles of a case, the lead agency first; without those made of a line that some of the table only know."""
    limited = {each.id for each in hearing.entries if each.limited}
    there = [each for each in hearing.actions if not each.removed_at and each.entry_id not in limited]
    lead = hearing.lead_agency_id
    ordered = sorted(there, key=lambda each: (lead is None or each.agency_id != lead, each.id))
    return [(each.what, _who(each), _when(each), _answer(each)) for each in ordered]


@dataclass(frozen=True)
class Page:
    """How a table stands on its one page."""

    layout: Layout
    count: int  # how many rows fit
    shares: tuple[int, ...]  # of the columns


def page(rows: list[tuple[str, ...]], size: str, house: Layout) -> Page:
    """The page ("a3" or "a4") with the biggest type that still fits, and the columns that let it be so big."""
    width, height = PAGES[size]
    room, table = width - 2 * EDGE, [HEAD, *rows]
    sizes = [each for each in SIZES if fitting.high(each, [("",)] * len(table), (1,), room) <= _left(each, height)]
    fits = ((points, shares) for points in sizes for shares in SHARES if fitting.high(points, table, shares, room) <= _left(points, height))
    best, shares = next(fits, (SIZES[-1], SHARES[0]))
    count = min(fitting.fitting(best, table, shares, room, _left(best, height)) - 1, len(rows))
    pitch = best * fitting.LINE * fitting.MM_PER_POINT
    # the office's characters to a line are those of its upright page: this wide they would stand far apart
    layout = replace(house, characters=0, width=width, height=height, left=EDGE, right=EDGE, top=ABOVE, bottom=EDGE + 3, header=8, footer=7,
                     body_size=best, table_size=best, lines=max(int((height - ABOVE - EDGE - 3) / pitch), 1))
    return Page(layout, count, shares)


def lay_out(hearing, rows: list[tuple[str, ...]], on: Page) -> Iterator[Block]:
    """The page; of the rows that do not fit `on` it, it says how many they are."""
    meeting = hearing.meeting
    number = f"　{hearing.case.number}" if hearing.case else ""
    yield Line(f"{TITLE}{number}", "center")
    lead = f"　主担当機関　{hearing.lead_agency.name}" if hearing.lead_agency else ""
    yield Line(f"{meeting.name}　{clock.wareki(clock.local(meeting.starts_at).date())}{lead}")
    yield Table(TITLE, on.shares, HEAD, tuple(rows[:on.count]) or (("役割はまだ置かれていません。", "", "", ""),))
    if on.count < len(rows):
        yield Note(f"ほか{len(rows) - on.count}件は会議録にあります。{COLLECTED}")
    else:
        yield Note(COLLECTED)


def file_name(hearing) -> str:
    """R08-支援-0003_役割分担表_掲示用.docx: the meeting's number and nobody's name."""
    case = f"_{hearing.case.number}" if hearing.case else ""
    return f"{hearing.meeting.reference}{case}_役割分担表_掲示用.docx"


def _left(points: float, height: float) -> float:
    """What the lines above and below leave for the table, in millimetres."""
    return height - ABOVE - EDGE - 3 - 4 * points * fitting.LINE * fitting.MM_PER_POINT - 5


def _who(action) -> str:
    if action.held:
        return action.who
    return f"未割当\n(調整　{action.escalation})" if action.escalation else "未割当"


def _when(action) -> str:
    day = action.due_on or (action.escalation_on if action.seeking else None)
    if day is None:
        return "定めなし"
    month = f"{day.month}月{day.day}日({clock.WEEKDAYS[day.weekday()]})"
    return month if day.year == clock.today().year else f"{clock.wareki(day)}"


def _answer(action) -> str:
    if action.seeking:
        return "―"
    return action.confirmation.answer.law_name if action.confirmation else "確認前"
