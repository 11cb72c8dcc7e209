"""The variants of one record, and what each may hold: 保存用, 配布用, and for a request for disclosure 開示検討用 (it is deliberated on
with it, inside the office) and 開示用 (what the requester is given).

A 配布用 copy is made by naming what it keeps: a part of the minutes that nobody has put into a section here is left
out of it, so that a new part of the paper never goes out by being forgotten. Pure: no web, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
import enum

from core.languages import later
from exports.minutes import Assignment, Attendee, Carried, Hearing, Idea, Minutes, Statement

NOT_HERE = "（この写しには載せていない）"
NOTHING_HERE = "（この写しに載せる記載はない）"
KEEPER = "原本は事務局が保管する。"
INTERNAL = "内部検討用・交付不可"
SOME_ONLY = "限られた人だけで共有した発言がある場合は、その記載を省いている。"
NO_HEALTH = "健康に関する記載がある場合は、その行を省いている。"


class Variant(enum.Enum):
    """For whom a paper of the minutes is made."""

    RECORD = "record"
    DISTRIBUTION = "distribution"
    DISCLOSURE = "disclosure"
    DISCLOSED = "disclosed"

    @property
    def label(self):
        return {"record": later("Full record"), "distribution": later("Copy to hand out"),
                "disclosure": later("Working copy for a disclosure request"), "disclosed": later("Copy to disclose")}[self.value]

    @property
    def law_name(self) -> str:
        return {"record": "保存用", "distribution": "配布用", "disclosure": "開示検討用", "disclosed": "開示用"}[self.value]

    @property
    def internal(self) -> bool:
        """Whether it is deliberated on with it inside the office, and nobody outside is ever given it."""
        return self is Variant.DISCLOSURE


@dataclass(frozen=True)
class Section:
    """A part of the paper that a copy keeps or does not: the fields of the whole paper and of a case that hold it."""

    key: str
    title: str  # as the paper calls it
    label: object  # as the page calls it
    head: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


# In the order of the paper.
SECTIONS = (
    Section("aims", "目的・本日決めること", later("Purpose, and what to decide"), ("purpose", "to_decide"), ("purpose", "to_decide")),
    Section("people", "出席者・会議の役割", later("Who was there"), ("facilitator", "note_taker", "timekeeper", "rules"), ("attendees",)),
    Section("household", "世帯の概要", later("Household in a few words"), part=("household",)),
    Section("voice", "本人の言葉", later("The person's own words"), part=("own_words",)),
    Section("consent", "本人の同意", later("Consent of each person"), part=("consent",)),
    Section("carried", "前回からの持ち越し", later("Carried over from last time"), part=("carried",)),
    Section("decisions", "決定事項", later("Decisions"), part=("decisions",)),
    Section("roles", "役割分担・確認状況", later("Roles, and who has confirmed"), ("confirmation",), ("assignments", "lead_agency")),
    Section("taken_back", "持ち帰り・保留事項", later("Taken back"), part=("taken_back",)),
    Section("dissents", "異議・少数意見", later("Dissents"), part=("dissents",)),
    Section("ideas", "資源開発", later("Resource ideas"), part=("ideas",)),
    Section("verdict", "プランの適切性・評価の結論", later("Verdict on the plan"), part=("verdict",)),
    Section("facts", "共有された情報（事実）", later("Facts"), part=("facts",)),
    Section("formulations", "見立て", later("Formulations"), part=("formulations",)),
    Section("issues", "論点", later("Issues"), part=("issues",)),
    Section("opinions", "主な意見", later("Opinions"), part=("opinions",)),
    Section("cards", "糸口カード", later("Clue cards"), part=("cards",)),
    Section("emergency", "緊急時の連絡体制", later("In an emergency"), part=("emergency",)),
    Section("next", "次回", later("Next meeting"), ("next_meeting",), ("next_meeting",)),
    Section("kept", "作成・回覧・再開の経緯", later("How the minutes came about"), ("author", "written_on", "reopened"), ("circulated",)),
)
OF_A_CASE = ("household", "voice", "consent", "verdict")
KEYS = tuple(each.key for each in SECTIONS)
# What tells which paper of which meeting it is: on every copy.
HEAD = ("title", "office", "legal_kind", "legal_ground", "handling_mark", "reference", "document_number", "status", "held", "place", "mode", "hearings",
        "finalised_on", "retention", "disclosure", "content_hash", "copy", "agenda", "public", "quorum", "materials", "course")
PART = ("case_number", "held")
NEEDED = ("aims", "people", "carried", "decisions", "roles", "taken_back", "verdict", "emergency", "next")
LEAST = ("aims", "decisions", "roles", "next", "emergency")
# An empty part of these would be printed as なし or 記録なし, which would not be true of a part that was left out.
_FILLED_HEAD = ("facilitator", "note_taker", "timekeeper", "rules", "confirmation", "author", "next_meeting")
_FILLED_PART = {
    "consent": (NOTHING_HERE,),
    "attendees": (Attendee(NOTHING_HERE, "", "", "", "", ""),),
    "decisions": (Statement(NOTHING_HERE),),
    "taken_back": (Statement(NOTHING_HERE),),
    "assignments": (Assignment(NOTHING_HERE, "", "", "", ""),),
    "ideas": (Idea(NOTHING_HERE, "", ""),),
}


def sections_of(cases: bool) -> tuple[Section, ...]:
    """The sections that the paper of a meeting with cases, or of one without, can have."""
    return tuple(each for each in SECTIONS if cases or each.key not in OF_A_CASE)


def usual(informal: bool) -> tuple[str, ...]:
    """The sections a copy keeps unless somebody ticks otherwise: what an agency acts by, and for informal supporters
    (民生委員, neighbours …) the least of it: what was decided, who does what, whom to call, when they meet again."""
    return LEAST if informal else (*NEEDED, "household", "facts", "issues")


def distributed(minutes: Minutes, sections: tuple[str, ...], recipient: str = "", number: int | None = None,
                health: tuple[str, ...] = ()) -> Minutes:
    """The 配布用 copy: of the parts only those in these `sections`, and no line in which one of the words in `health` stands.

    `minutes` must hold only what the recipient may see (meetings/seen.py). Which sections are left out is said, whether
    or not there is anything in them; so is that lines may be missing. It carries a seal of its own.
    """
    kept = [each for each in SECTIONS if each.key in sections]
    head = {name for each in kept for name in each.head} | set(HEAD)
    parts = {name for each in kept for name in each.part} | set(PART)
    hearings = tuple(_part(each, parts, health) for each in minutes.hearings)
    empty = {each.name: _blank(getattr(minutes, each.name)) for each in fields(minutes) if each.name not in head}
    empty |= {name: NOT_HERE for name in _FILLED_HEAD if name in empty}
    said = {name: _without(getattr(minutes, name), health) for each in kept for name in each.head}
    left = "、".join(each.title for each in sections_of(any(each.case_number for each in minutes.hearings)) if each not in kept)
    words = [mark(Variant.DISTRIBUTION, recipient, number), f"この写しに載せていない部分：{left}。" if left else "", SOME_ONLY,
             NO_HEALTH if health else "", KEEPER]
    made = replace(minutes, **(said | empty), hearings=hearings)
    return stamped(made, Variant.DISTRIBUTION, number, "".join(words))


def recorded(minutes: Minutes, recipient: str = "", number: int | None = None) -> Minutes:
    """The 保存用 copy: everything, and for whom it is."""
    return stamped(minutes, Variant.RECORD, number, mark(Variant.RECORD, recipient, number)) if number else minutes


def mark(variant: Variant, recipient: str, number: int | None) -> str:
    """配布用（みなも市民生委員児童委員協議会）写し第2号。 for the line below the title."""
    to = f"（{recipient}）" if recipient else ""
    return f"{variant.law_name}{to}{f'写し第{number}号' if number else ''}。"


def stamped(minutes: Minutes, variant: Variant, number: int | None, copy: str) -> Minutes:
    """The paper with its variant and copy number on every page, sealed: nothing of what was left out is in the seal."""
    counted = f"　{variant.law_name}{f' 第{number}号' if number else ''}"
    return replace(minutes, status=f"{minutes.status}{counted}", copy=copy).sealed()


def _part(hearing: Hearing, kept: set[str], health: tuple[str, ...]) -> Hearing:
    values = {}
    for each in fields(hearing):
        value = getattr(hearing, each.name)
        if each.name in PART:
            continue
        value = _without(value, health) if each.name in kept else _blank(value)
        values[each.name] = value or (_filled(each.name, each.name in kept) if each.name in _FILLED_PART else value)
    return replace(hearing, **values)


def _filled(name: str, kept: bool) -> tuple:
    return _FILLED_PART[name] if kept else _swapped(_FILLED_PART[name])


def _swapped(row: tuple) -> tuple:
    """The same row, saying that this part is not on the copy at all."""
    first = row[0]
    if isinstance(first, str):
        return (NOT_HERE,)
    else:
        return (replace(first, **{fields(first)[0].name: NOT_HERE}),)


def _without(value, health: tuple[str, ...]):
    """A part without the lines in which such a word stands. Names of bodies and people are no such lines."""
    if not health or not value:
        return value
    elif isinstance(value, str):
        return "\n".join(each for each in value.split("\n") if not _speaks(each, health))
    else:
        return tuple(each for each in value if not any(_speaks(text, health) for text in _told(each)))


def _told(row) -> tuple[str, ...]:
    match row:
        case str():
            return (row,)
        case Statement(text, _by, source, _limited, question, about):
            return text, source, question, about
        case Assignment(what, _who, by_when, _rank, confirmation):
            return what, by_when, confirmation
        case Carried(text, _by, _due, state):
            return text, state
        case Idea():
            return tuple(getattr(row, each.name) for each in fields(row) if each.name not in ("forum", "owner", "limited"))
        case Attendee():
            return ()
        case _:
            return tuple(str(getattr(row, each.name)) for each in fields(row))


def _speaks(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _blank(value):
    """Nothing, of the same kind."""
    return type(value)() if isinstance(value, str | tuple | bool | int) else None
