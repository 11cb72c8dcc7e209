"""A 会議録 as a row of plain blocks: what stands on the paper, and in which order.

Word and plain text are both drawn from these blocks, so neither can leave out what the
other says. Decisions stand before the discussion that led to them, because that is what a
reader looks for first, and facts stay apart from opinions, because a later disclosure
treats them differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .drawing import Drawing
from .minutes import Assignment, Carried, Hearing, Idea, Minutes, Sitting, Statement
from .squares import Square

NONE = "なし"
UNRECORDED = "記録なし"
PROVISIONAL = "現時点での理解。今後変わり得る。"
LIMITED = "【限定共有】"
DISSENT = "会議録（案）の回覧で述べられたもの。述べた人の言葉のまま残している。"
UNVERIFIED = "発言の要旨。事実として確認したものではない。"


@dataclass(frozen=True, slots=True)
class Title:
    """件名, and below it whether this is a draft or the final version."""

    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is counted 第1, 第2 … and level 2 is counted 1, 2 … below it."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    leads: bool = False  # it introduces the table below it, and stays on its page


@dataclass(frozen=True, slots=True)
class Note:
    """A line in small type that tells how to read what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """本人の言葉, set apart from what the office writes."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A list entry: counted (1), (2) … under its heading, or with a dot."""

    text: str
    numbered: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first line is repeated on every page. `shares` are relative column widths; `numbers` are the places of columns
    that hold numbers, which stand on the right."""

    caption: str  # read aloud by screen readers, not printed
    shares: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    leads: bool = False  # it stays on the page of what follows
    counted: bool = False  # 表1, 表2 … with its caption above it
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Annex:
    """別紙: a heading of the first level without a number, on a page of its own."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels on the left, answers on the right."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter, set from the margin: addressee left, date and sender right, 記 in the middle."""

    text: str
    side: str = "left"  # left, center, right, or both for running text
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A counted point below 記: １　日時　令和8年7月8日."""

    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class End:
    """以上, with which a Japanese paper closes."""

    text: str = "以上"


Block = Title | Heading | Annex | Text | Note | Quote | Item | Table | Pairs | Line | Point | Drawing | Square | End


def lay_out(minutes: Minutes, annexes: bool = False) -> Iterator[Block]:
    """The blocks of the whole paper, from 件名 to 以上, in the order they are read.

    With `annexes`, those present and the roles of each case stand behind 以上, each on a page of its own, and the text
    says where.
    """
    behind = Annexes() if annexes else None
    if minutes.document_number:
        yield Line(minutes.document_number, "right")
    yield Title(minutes.title, minutes.status)
    if minutes.copy:
        yield Note(minutes.copy)
    yield _head(minutes)
    if minutes.general:
        yield from _general(minutes, behind)
    for place, hearing in enumerate(() if minutes.general else minutes.hearings, 1):
        yield Heading(1, _case(hearing, place, len(minutes.hearings)), new_page=place > 1)
        yield from _about(hearing, behind)
        yield from _settled(hearing, behind)
        yield from _discussed(hearing)
    yield from _afterwards(minutes)
    yield End()
    if behind:
        yield from behind.blocks


class Annexes:
    """What is put behind the text of a paper as 別紙1, 別紙2 …"""

    def __init__(self):
        self.blocks: list[Block] = []
        self.count = 0

    def take(self, title: str, hearing: Hearing, blocks: Iterable[Block]) -> Iterator[Block]:
        """Put these blocks behind, and give what stands in their place; nothing for nothing."""
        blocks = tuple(blocks)
        if blocks:
            self.count += 1
            of = f"　{hearing.case_number}" if hearing.case_number else ""
            self.blocks += [Annex(self.count, f"{title}{of}"), *blocks]
            yield Text(f"別紙{self.count}のとおり。")


def _head(minutes: Minutes) -> Pairs:
    rows = [
        ("日時", minutes.held),
        ("場所", minutes.place),
        ("開催方法", minutes.mode),
        ("公開・非公開", minutes.public),
        ("会議の種別", "" if minutes.general else minutes.legal_kind),
        ("根拠", minutes.legal_ground),
        ("進行役", minutes.facilitator or UNRECORDED),
        ("記録者", minutes.note_taker or UNRECORDED),
        ("タイムキーパー", minutes.timekeeper or ("" if minutes.general else NONE)),
        ("定足数", minutes.quorum),
        ("グランドルール", minutes.rules or UNRECORDED),
        ("会議の目的", minutes.purpose),
        ("本日決めること", minutes.to_decide),
    ]
    return Pairs("会議の概要", tuple(row for row in rows if row[1]))


def _general(minutes: Minutes, behind: Annexes | None = None) -> Iterator[Block]:
    """A meeting without a case as its members expect it: 次第, 出席者, 議事, 決定事項, 次回, and what the council has done so far."""
    yield from _section("次第", (Item(each, numbered=True) for each in minutes.agenda), level=1)
    yield from _section("資料", _items(minutes.materials), level=1)
    for hearing in minutes.hearings:
        present = _attendance(hearing)
        yield from _section("出席者（敬称略）", behind.take("出席者名簿（敬称略）", hearing, present) if behind else present, empty=UNRECORDED, level=1)
        yield from _section("議事", _business(hearing), empty=UNRECORDED, level=1)
        yield from _section("決定事項", _statements(hearing.decisions, numbered=True), empty=NONE, level=1)
        roles = _assignments(hearing)
        yield from _section("役割分担", behind.take("役割分担表", hearing, roles) if behind else roles, level=1)
        yield from _section("持ち帰り・保留事項", _statements(hearing.taken_back, numbered=True), level=1)
        yield from _section("異議・少数意見", _dissents(hearing.dissents), note=DISSENT, level=1)
        yield from _section("資源開発（この資源があれば、こんな支援ができる）", _ideas(hearing.ideas), level=1)


def _business(hearing: Hearing) -> Iterator[Block]:
    yield from _section("前回からの持ち越し・前回決定事項の進捗", _carried(hearing))
    yield from _section("報告・説明", _facts(hearing.facts, "報告・説明"))
    yield from _section("論点", _statements(hearing.issues))
    yield from _section("見立て", _statements(hearing.formulations), note=PROVISIONAL)
    yield from _section("主な意見", _opinions(hearing.opinions), note=UNVERIFIED)
    yield from _section("糸口カード（問いと、出てきたこと）", _cards(hearing.cards))
    yield from _section("緊急時の連絡体制", _texts(hearing.emergency))


def course(sittings: Iterable[Sitting]) -> Iterator[Block]:
    """The table 開催経過; nothing without a session that was held."""
    rows = tuple((each.turn, each.held.replace(") ", ")\n", 1), each.how, each.topics or "―", each.present) for each in sittings)  # the day and the hours each on a line
    if rows:
        yield Table("開催経過", (14, 42, 34, 46, 34), ("回", "開催日時", "方法・場所", "主な議題", "出席者数"), rows, counted=True)


def _case(hearing: Hearing, place: int, places: int) -> str:
    word = "案件" if hearing.case_number else "議事"
    counted = f"{word}{place}" if places > 1 else word
    return f"{counted}　{hearing.case_number}".strip()


def _about(hearing: Hearing, behind: Annexes | None = None) -> Iterator[Block]:
    rows = (("時間", hearing.held), ("目的", hearing.purpose), ("本日決めること", hearing.to_decide))
    if any(answer for _label, answer in rows):
        yield Pairs("案件の概要", tuple(row for row in rows if row[1]))
    if hearing.case_number:
        yield from _section("世帯の概要", _texts(hearing.household))
        yield from _section("本人の言葉", [Quote(hearing.own_words)] if hearing.own_words else [])
        yield from _section("本人の同意", _items(hearing.consent), empty=UNRECORDED)
    present = _attendance(hearing)
    yield from _section("出席者（敬称略）", behind.take("出席者名簿（敬称略）", hearing, present) if behind else present, empty=UNRECORDED)


def _settled(hearing: Hearing, behind: Annexes | None = None) -> Iterator[Block]:
    """What the meeting leaves behind. An office expects an answer here, so nothing is left out in silence."""
    yield from _section("前回からの持ち越し・前回決定事項の進捗", _carried(hearing))
    yield from _section("決定事項", _statements(hearing.decisions, numbered=True), empty=NONE)
    roles = _assignments(hearing)
    yield from _section("役割分担", behind.take("役割分担表", hearing, roles) if behind else roles, empty=NONE)
    yield from _section("持ち帰り・保留事項", _statements(hearing.taken_back, numbered=True), empty=NONE)
    yield from _section("異議・少数意見", _dissents(hearing.dissents), note=DISSENT)
    yield from _section("資源開発（この資源があれば、こんな支援ができる）", _ideas(hearing.ideas), empty=NONE)
    yield from _section("プランの適切性・評価の結論", _texts(hearing.verdict))
    yield from _section("次回", _texts(hearing.next_meeting))


def _discussed(hearing: Hearing) -> Iterator[Block]:
    yield from _section("共有された情報（事実）", _facts(hearing.facts))
    yield from _section("見立て", _statements(hearing.formulations), note=PROVISIONAL)
    yield from _section("論点", _statements(hearing.issues))
    yield from _section("主な意見", _opinions(hearing.opinions), note=UNVERIFIED)
    yield from _section("糸口カード（問いと、出てきたこと）", _cards(hearing.cards))
    yield from _section("緊急時の連絡体制", _texts(hearing.emergency))


def _afterwards(minutes: Minutes) -> Iterator[Block]:
    each_its_own = any(hearing.next_meeting for hearing in minutes.hearings)
    yield from _section("次回", _texts(minutes.next_meeting), empty="" if each_its_own else "未定", level=1)
    yield from _section("開催経過", course(minutes.course), level=1)
    nothing_taken = minutes.general and not any(each.assignments for each in minutes.hearings)
    confirmed = () if nothing_taken else _texts(minutes.confirmation or UNRECORDED)
    yield from _section("確認状況", [*confirmed, *_circulated(minutes)], level=1)
    yield from _section("再開の経緯", _items(minutes.reopened), level=1)
    yield from _section("記録の作成及び保存", [_kept(minutes)], level=1)


def _kept(minutes: Minutes) -> Table:
    answers = {
        "作成者": minutes.author,
        "作成日": minutes.written_on,
        "確定日": minutes.finalised_on or "未確定",
        "保存年限": minutes.retention,
        "開示区分": minutes.disclosure,
    }
    row = tuple(each or "―" for each in answers.values())
    return Table("記録の作成及び保存", (36, 30, 30, 24, 40), tuple(answers), (row,), leads=True)


def _section(
    title: str, blocks: Iterable[Block], empty: str = "", note: str = "", level: int = 2
) -> Iterator[Block]:
    """A heading and its blocks; without blocks, the word in `empty`, and without that nothing at all."""
    blocks = tuple(blocks) or _texts(empty)
    if blocks:
        yield Heading(level, title)
        if note:
            yield Note(note)
        yield from blocks


def _texts(text: str) -> tuple[Block, ...]:
    return (Text(text),) if text else ()


def _items(lines: tuple[str, ...]) -> Iterator[Block]:
    return (Item(line) for line in lines)


def _statements(statements: tuple[Statement, ...], numbered: bool = False) -> Iterator[Block]:
    return (Item(_said(each), numbered) for each in statements)


def _opinions(opinions: tuple[Statement, ...]) -> Iterator[Block]:
    """What was said of one's own accord; then each question that was put to everybody, once, above its answers."""
    yield from _statements(tuple(each for each in opinions if not each.question))
    for question in dict.fromkeys(each.question for each in opinions if each.question):
        yield Text(f"全員への問い　{question}", leads=True)
        yield from _statements(tuple(each for each in opinions if each.question == question))


def _dissents(dissents: tuple[Statement, ...]) -> Iterator[Block]:
    for each in dissents:
        about = each.about.replace("「", "『").replace("」", "』")
        yield Item(f"{_said(each)}\n「{about}」について" if about else _said(each), numbered=True)


def _circulated(minutes: Minutes) -> Iterator[Block]:
    """How the draft went round, for each case its own: people who did not sit there learn nothing of it."""
    for hearing in minutes.hearings:
        of = f"{hearing.case_number}　" if len(minutes.hearings) > 1 and hearing.case_number else ""
        yield from (Text(f"{of}{_marked(each)}") for each in hearing.circulated)


def _said(statement: Statement) -> str:
    origin = "、".join(filter(None, (statement.by, statement.source.removesuffix("。"))))
    return f"{_marked(statement)}（{origin}）" if origin else _marked(statement)


def _marked(statement: Statement | Assignment | Carried | Idea) -> str:
    """The words, with the mark of those that were told to some of the table only."""
    return f"{LIMITED}{statement.text}" if statement.limited else statement.text


def _cards(cards: tuple[Statement, ...]) -> Iterator[Block]:
    if cards:
        yield Table("糸口カード（問いと、出てきたこと）", (70, 90), ("問い", "出てきたこと"), tuple((each.source, _marked(each) or "―") for each in cards), counted=True)


def _facts(facts: tuple[Statement, ...], caption: str = "共有された情報（事実）") -> Iterator[Block]:
    if facts:
        rows = tuple((each.by, _marked(each), each.source) for each in facts)
        yield Table(caption, (41, 79, 40), ("機関", "内容", "出所・時点"), rows, counted=True)


def _attendance(hearing: Hearing) -> Iterator[Block]:
    if hearing.attendees:
        head = ("所属", "職", "氏名", "役割", "出欠", "グランドルールの確認")
        rows = tuple(
            (a.agency, a.job, a.name, a.role, a.attendance, a.acknowledged) for a in hearing.attendees
        )
        yield Table("出席者", (30, 17, 26, 26, 23, 38), head, rows, counted=True)


def _assignments(hearing: Hearing) -> Iterator[Block]:
    assignments = hearing.assignments
    if hearing.lead_agency:
        yield Text(f"主担当機関　{hearing.lead_agency}", leads=bool(assignments))
    if assignments:
        # a stable sort: the lead agency first, the rest in the order the meeting agreed on
        ordered = sorted(assignments, key=lambda each: not each.lead)
        rows = tuple((_marked(a), a.who, a.by_when, a.rank, a.confirmation) for a in ordered)
        head = ("何を", "誰が", "いつまでに", "区分", "確認状況")
        yield Table("役割分担", (38, 36, 35, 16, 35), head, rows, counted=True)


def _carried(hearing: Hearing) -> Iterator[Block]:
    if hearing.carried:
        rows = tuple((_marked(each), each.by or "―", each.due, each.state) for each in hearing.carried)
        yield Table("前回からの持ち越し・前回決定事項の進捗", (64, 36, 34, 26), ("何を", "機関", "いつまでに", "状況"), rows, counted=True)


def _ideas(ideas: tuple[Idea, ...]) -> Iterator[Block]:
    for idea in ideas:
        yield Item(_marked(idea), numbered=True, leads=True)
        yield Pairs("資源開発の案", tuple(row for row in _idea(idea) if row[1]))


def _idea(idea: Idea) -> Iterator[tuple[str, str]]:
    wished = f"{idea.wished}（{idea.kind}）" if idea.kind else idea.wished
    yield "この資源があれば", wished or "―"
    yield "こんな支援ができる", idea.enables or "―"
    yield "今ある近いもの", idea.nearest
    yield "最初の一歩", idea.first_step
    yield "検討の場", idea.forum
    yield "担当・期限", "　".join(filter(None, (idea.owner, idea.by_when)))
