"""Reads the rows of an office's list of resources, forgiving what offices do and telling what cannot be. Pure.

〃 and 同上 repeat the cell above; titles between the rows, foot notes and repeated headings are passed over, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import re

from agencies import cells
from agencies.cells import Wrong, line
from agencies.columns import Heading
from agencies.hints import squashed
from agencies.rows import TITLE, Reading
from agencies.sheets import Sheet
from community.kinds import Footing, ResourceKind
from core.languages import _

LIMITS = dict(name=120, kana=120, area=80, does=400, whom=400, contact=200, phone=60, cost=120, hours=200, memo=1000)
KINDS = {squashed(word): kind.value for kind, words in {
    ResourceKind.PERSON: "人 人材 担い手 ボランティア people person", ResourceKind.PLACE: "場 場所 居場所 拠点 施設 place places", ResourceKind.THING: "物 もの 物品 物資 thing",
    ResourceKind.SYSTEM: "仕組み しくみ 制度 サービス 事業 仕組 scheme", ResourceKind.MONEY: "お金 金 資金 貸付 給付 助成 money", ResourceKind.INFORMATION: "情報 相談 窓口 information"}.items()
    for word in words.split()}
FOOTINGS = {squashed(word): footing.value for footing, words in {
    Footing.FORMAL: "制度・公的サービス 公的サービス 公的 制度 フォーマル 公 行政 formal",
    Footing.INFORMAL: "地域の支え合い・民間 地域の支え合い 支え合い 地域 民間 インフォーマル 私 informal"}.items() for word in words.split()}


@dataclass
class ResourceRow:
    """One row: what it says of a resource (fields it says nothing of are left out), and its faults."""

    number: int  # as Excel counts
    said: dict = field(default_factory=dict)
    agency: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)  # (field of FIELDS, why)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.said.get("name", "")


def read(sheet: Sheet, heading: Heading, known: dict[str, str]) -> Reading:
    """All rows below the heading; `known` are the office's domains by squashed name."""
    reading, above = Reading(), {}
    places = {key: at for at, key in enumerate(heading.columns) if key}
    first = heading.row + heading.rows
    titles = [_cells(sheet.rows[at], places) for at in range(heading.row, first)]
    for at in range(first, len(sheet.rows)):
        values = _cells(sheet.rows[at], places)
        marked = [key for key, column in places.items() if (at, column) in sheet.uncalculated]
        alone = [each.strip() for each in sheet.rows[at] if each.strip()]
        if not alone and not marked:
            continue
        if values in titles or len(alone) == 1 and TITLE.match(alone[0]) or not any(values.values()) and not marked:
            reading.passed.append((at + 1, " ".join(alone)[:80]))
        else:
            reading.rows.append(_row(at + 1, values, marked, above, known))
    return reading


def kana(typed: str) -> str:
    """A reading as the list goes by it: ひらがな in one width."""
    return squashed(typed).translate(_HIRAGANA)


def read_off(name: str) -> str:
    """The reading of a name that is written in kana alone; of any other nothing."""
    reading = kana(name)
    return reading if _KANA.fullmatch(reading) else ""


_KANA = re.compile("[ぁ-ゖー・「」]{1,120}")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def _cells(row: list[str], places: dict[str, int]) -> dict[str, str]:
    return {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}


def _row(number: int, values: dict[str, str], marked: list[str], above: dict[str, str], known: dict[str, str]) -> ResourceRow:
    row = ResourceRow(number)
    row.faults += [(key, _("The cell holds a formula that was saved without its value.")) for key in marked]
    _repeat(row, values, above)
    for key in LIMITS:
        typed = values.get(key, "")
        text = _take(row, key, line, LIMITS[key], typed=kana(typed) if key == "kana" else typed)
        if text:
            row.said[key] = text
    _one_of(row, values, "kind", KINDS, [each.law_name for each in ResourceKind])
    _one_of(row, values, "footing", FOOTINGS, [each.law_name for each in Footing])
    codes, strange = _take(row, "domains", cells.domains, known, typed=values.get("domains", "")) or ([], [])
    if codes:
        row.said["domains"] = codes
    if strange:
        row.notes.append(_("No domain of this office: %(words)s", words="、".join(strange)[:80]))
    day = _take(row, "checked_on", cells.day, typed=values.get("checked_on", ""))
    if day:
        row.said["checked_on"] = day
    row.agency = _take(row, "agency", line, 80, typed=values.get("agency", "")) or ""
    if not row.name and not any(key == "name" for key, _why in row.faults):
        row.faults.append(("name", _("No resource is named in this row.")))
    return row


def _repeat(row: ResourceRow, values: dict[str, str], above: dict[str, str]) -> None:
    """〃 becomes what stands above."""
    for key, value in values.items():
        if value in cells.DITTO:
            values[key] = above.get(key, "")
            if not values[key]:
                row.faults.append((key, _("There is nothing above that could be repeated.")))
        elif cells.FAULTY.match(value):
            row.faults.append((key, _("Excel could not calculate this cell: %(value)s", value=value[:10])))
            values[key] = ""
    above.update({key: value for key, value in values.items() if value})


def _take(row: ResourceRow, key: str, read, *more, typed: str):
    try:
        return read(typed, *more)
    except Wrong as wrong:
        row.faults.append((key, str(wrong)))
        return None


def _one_of(row: ResourceRow, values: dict[str, str], key: str, words: dict[str, str], choices: list[str]) -> None:
    typed = _take(row, key, line, typed=values.get(key, "")) or ""
    if typed and squashed(typed) in words:
        row.said[key] = words[squashed(typed)]
    elif typed:
        row.notes.append(_("“%(word)s” is none of these and was left out: %(choices)s", word=typed[:20], choices="、".join(choices)))
