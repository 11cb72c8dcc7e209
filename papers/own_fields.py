"""The fields that an office's own form may name, and what of a 会議録 stands in each. Pure.

A field is a text or a list. A list can be repeated row by row (`{%tr for 役割 in 役割分担 %}`) or set down at once, a line a
row (`{{ 決定事項 }}`). What belongs to a case stands in the rows of 案件; where a form does not repeat the cases, the same
names stand for all of them together, so that the form of a meeting on one case need not speak of cases at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from core.languages import later
from exports.blocks import LIMITED
from exports.minutes import Hearing, Minutes


@dataclass(frozen=True)
class Field:
    """A name that a clerk types, the same in English letters, what it holds, and for a list what each row has."""

    name: str
    alias: str
    holds: object = ""  # a sentence in the reader's language; "" where the name says it
    rows: tuple[Field, ...] = ()


NUMBER = Field("番号", "number", later("1, 2, 3 … from row to row"))
CASE = Field("整理番号", "case_number", later("The number of the case that the row belongs to"))
WHOLE = Field("文", "line", later("The whole row in one line"))
COUNTED = (NUMBER, CASE, WHOLE)
TEXT = Field("内容", "text", later("What was said or decided, in the words of the record"))
BY = Field("発言者", "by", later("The agency (and person) that said it"))
SOURCE = Field("出所", "source", later("Where a fact comes from, and of when"))
SAID = (TEXT, BY, SOURCE, Field("問い", "question", later("The question to everybody that it answers")), *COUNTED)
DISSENT = (TEXT, BY, SOURCE, Field("対象", "about", later("The sentence of the draft that it is about")), *COUNTED)
PLAIN = (TEXT, *COUNTED)
ATTENDEE = (
    Field("所属", "agency"), Field("職", "job"), Field("氏名", "name"), Field("役割", "role", later("Facilitator, note-taker and so on")),
    Field("出欠", "attendance"), Field("確認", "acknowledged", later("Which ground rules the person accepted, when and how")), *COUNTED)
ASSIGNMENT = (
    Field("何を", "what"), Field("誰が", "who", later("Agency and person, or 未割当")), Field("いつまでに", "by_when"),
    Field("区分", "rank", later("主, 副 or 協力")), Field("確認状況", "confirmation", later("What the holder answered, and when")),
    Field("主担当", "lead", later("○ for the lead agency of the case, otherwise empty")), *COUNTED)
CARRIED = (Field("何を", "what"), Field("機関", "by"), Field("いつまでに", "due"), Field("状況", "state"), *COUNTED)
CARD = (Field("問い", "question"), Field("出てきたこと", "outcome"), *COUNTED)
IDEA = (
    Field("困りごと", "need"), Field("資源", "wished", later("This resource …")), Field("できること", "enables", later("… makes this support possible")),
    Field("種類", "kind"), Field("近いもの", "nearest", later("The nearest thing there is now")), Field("最初の一歩", "first_step"),
    Field("検討の場", "forum"), Field("担当", "owner"), Field("期限", "by_when"), *COUNTED)
SITTING = (Field("回", "turn"), Field("日時", "held"), Field("方法", "how"), Field("議題", "topics"), Field("出席状況", "present"), *COUNTED)
OF_A_CASE = (
    Field("整理番号", "case_number"), Field("世帯の概要", "household"), Field("本人の言葉", "own_words"), Field("主担当機関", "lead_agency"),
    Field("結論", "verdict", later("On the plan, in a meeting with consent only")), Field("緊急時の連絡体制", "emergency"),
    Field("同意", "consent", later("A row for each member of the household"), PLAIN), Field("出席者", "attendees", "", ATTENDEE),
    Field("持ち越し", "carried", later("What earlier meetings left to do, and how it stands"), CARRIED),
    Field("決定事項", "decisions", "", SAID), Field("役割分担", "assignments", "", ASSIGNMENT),
    Field("持ち帰り", "taken_back", later("Taken back or held over"), SAID), Field("事実", "facts", later("Information shared"), SAID),
    Field("見立て", "formulations", "", SAID), Field("論点", "issues", "", SAID), Field("意見", "opinions", "", SAID),
    Field("糸口カード", "cards", later("Questions put to the table and what came of them"), CARD),
    Field("異議", "dissents", later("Said of the draft, and left standing"), DISSENT),
    Field("回覧", "circulated", later("How the draft went round"), PLAIN),
    Field("資源開発", "ideas", later("Ideas for resources"), IDEA))
OF_ONE = (  # of a case among several; where there is one, the head of the paper says it
    Field("時間", "held", later("From when to when the case was heard")), Field("目的", "purpose"), Field("本日決めること", "to_decide"),
    Field("次回", "next_meeting"), NUMBER)
HEAD = (
    Field("件名", "title"), Field("庁名", "office"), Field("会議の種別", "legal_kind"), Field("根拠", "legal_ground"),
    Field("取扱い", "handling_mark", later("The handling mark")), Field("会議番号", "reference"), Field("文書番号", "document_number", later("By the office's own rule, once final")),
    Field("状態", "status", later("Draft or final, with the number of the version")), Field("日時", "held"), Field("場所", "place"),
    Field("開催方法", "mode"), Field("目的", "purpose"), Field("本日決めること", "to_decide"), Field("進行役", "facilitator"),
    Field("記録者", "note_taker"), Field("タイムキーパー", "timekeeper"), Field("グランドルール", "rules"), Field("次回", "next_meeting"),
    Field("確認状況", "confirmation", later("How many of the roles are confirmed")),
    Field("再開の経緯", "reopened", later("A row for each reopening, with its reason"), PLAIN), Field("作成者", "author"),
    Field("作成日", "written_on"), Field("確定日", "finalised_on", later("Empty for a draft")), Field("保存年限", "retention"),
    Field("開示区分", "disclosure"), Field("照合番号", "content_hash", later("Tells two versions apart")),
    Field("写しの注記", "copy", later("What is to be known of a copy; empty for the whole")),
    Field("次第", "agenda", later("Of a meeting without a case"), PLAIN), Field("公開", "public", later("Of a council's session")),
    Field("定足数", "quorum", later("Of a council's session")), Field("資料", "materials", later("Of a council's session"), PLAIN),
    Field("開催経過", "course", later("Of a council: its sessions up to this one"), SITTING))
OF_NO_CASE = frozenset({"次第", "公開", "定足数", "資料", "開催経過"})  # empty where cases were heard
CASES = Field("案件", "hearings", later("A row for each case of the meeting"), (*OF_A_CASE, *OF_ONE))
FIELDS = (*HEAD, CASES, *OF_A_CASE)
TURN = (Field("index", "index"), Field("first", "first"), Field("last", "last"), Field("length", "length"))  # of `loop`, as Jinja has it


@cache
def named(fields: tuple[Field, ...]) -> dict[str, Field]:
    """The fields by every name they may be called, those first that stand first."""
    found: dict[str, Field] = {}
    for each in fields:
        found.setdefault(each.name, each)
        found.setdefault(each.alias, each)
    return found


def nearest(name: str, known) -> str:
    """The known name most like a mistyped one; "" when none is. A slip is rarely in the first letter."""

    def likeness(each: str) -> float:
        within = 0.2 if name in each or each in name else 0
        return SequenceMatcher(None, name, each).ratio() + within + (0.1 if name[:1] == each[:1] else 0)

    best = max(known, key=likeness, default="") if name else ""
    return best if best and likeness(best) >= 0.5 else ""


class Rows(list):
    """A list of a form. Going through it costs something: `spend()` is asked for every row, and says when it is too much."""

    def __init__(self, rows, spend):
        super().__init__(rows)
        self.spend = spend

    def __iter__(self):
        for each in super().__iter__():
            self.spend()
            yield each

    def __str__(self):
        lines = [each.get("文", "") for each in self]
        return "\n".join(f"({place}) {each}" for place, each in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def values(minutes: Minutes, spend=lambda: None) -> dict:
    """What stands in each field for these minutes, by its Japanese name; lists as `Rows`."""
    found = {each.name: getattr(minutes, each.alias) for each in HEAD if not each.rows}
    found["照合番号"] = minutes.content_hash[:12]
    found["再開の経緯"] = Rows(_counted([dict(内容=each, 文=each) for each in minutes.reopened]), spend)
    for name, lines in (("次第", minutes.agenda), ("資料", minutes.materials)):
        found[name] = Rows(_counted([dict(内容=each, 文=each) for each in lines]), spend)
    found["開催経過"] = Rows(_counted([dict(回=each.turn, 日時=each.held, 方法=each.how, 議題=each.topics, 出席状況=each.present,
                                         文=f"{each.turn}　{each.held}　{each.topics}") for each in minutes.course]), spend)
    parts = [_case(each) for each in minutes.hearings]
    found["案件"] = Rows([{**part, **_own(part, spend)} for part in _counted(parts, case=None)], spend)
    for each in OF_A_CASE:
        found[each.name] = _together(each, parts, spend)
    for each in OF_ONE:  # several cases have their own purpose and next meeting: the head then says them all
        if each in HEAD:
            found[each.name] = found[each.name] or _together(each, parts, spend)
    return found


def _own(part: dict, spend) -> dict:
    return {each.name: Rows(_counted(part[each.name], part["整理番号"]), spend) for each in OF_A_CASE if each.rows}


def _together(field: Field, parts: list[dict], spend):
    """A field of a case for the whole meeting: of one case its own, of several all, each under its number."""
    if field.rows:
        rows = [{**row, "整理番号": part["整理番号"]} for part in parts for row in part[field.name]]
        return Rows(_counted(_once(rows) if field.name == "出席者" else rows, case=None), spend)
    told = [(part["整理番号"], part[field.name]) for part in parts if part[field.name]]
    if field.name == "整理番号":
        return "、".join(number for number, _same in told)
    elif len(parts) == 1:
        return told[0][1] if told else ""
    else:
        return "\n".join(f"{number}　{text}".strip() for number, text in told)


def _once(rows: list[dict]) -> list[dict]:
    """People who sit for several cases stand once on a list of all."""
    first: dict[tuple, dict] = {}
    for each in rows:
        first.setdefault(tuple(each[name] for name in ("所属", "職", "氏名", "役割", "出欠")), each)
    return list(first.values())


def _counted(rows: list[dict], case: str | None = "") -> list[dict]:
    of = {} if case is None else {"整理番号": case}
    return [{**row, **of, "番号": place} for place, row in enumerate(rows, 1)]


def _case(of: Hearing) -> dict:
    plain = {each.name: getattr(of, each.alias) for each in (*OF_A_CASE, *OF_ONE) if not each.rows and each is not NUMBER}
    said = {each.name: [_said(one) for one in getattr(of, each.alias)] for each in OF_A_CASE if each.rows in (SAID, DISSENT)}
    return plain | said | {
        "同意": [dict(内容=each, 文=each) for each in of.consent],
        "回覧": [dict(内容=_marked(each), 文=_marked(each)) for each in of.circulated],
        "出席者": [_row(ATTENDEE, each, "　".join(filter(None, (each.agency, each.job, each.name))) + _bracketed(each.role)) for each in of.attendees],
        "役割分担": [_row(ASSIGNMENT, each, "　".join(filter(None, (each.what, each.who, each.by_when))), 主担当="○" if each.lead else "")
                 for each in sorted(of.assignments, key=lambda each: not each.lead)],
        "持ち越し": [dict(何を=_marked(each), 機関=each.by, いつまでに=each.due, 状況=each.state, 文=_marked(each) + _bracketed(each.by, each.due, each.state))
                 for each in of.carried],
        "糸口カード": [dict(問い=each.source, 出てきたこと=_marked(each), 文="　".join(filter(None, (each.source, _marked(each))))) for each in of.cards],
        "資源開発": [_row(IDEA, each, f"{each.wished}{_bracketed(each.need)}") for each in of.ideas]}


def _said(of) -> dict:
    return dict(内容=_marked(of), 発言者=of.by, 出所=of.source, 問い=of.question, 対象=of.about, 文=_marked(of) + _bracketed(of.by, of.source.removesuffix("。")))


def _marked(of) -> str:
    return f"{LIMITED}{of.text}" if of.limited else of.text


def _row(fields: tuple[Field, ...], of, line: str, **more) -> dict:
    return {each.name: getattr(of, each.alias) for each in fields if each not in COUNTED and each.name not in more} | more | dict(文=line)


def _bracketed(*words: str) -> str:
    told = "、".join(filter(None, words))
    return f"（{told}）" if told else ""
