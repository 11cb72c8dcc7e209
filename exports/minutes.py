"""The 会議録 as plain data.

`meetings/minutes.py` lays a meeting out as a `Minutes`; the Word file, the print page and
the plain text are all drawn from it, so that they can never disagree. Every text arrives
ready to print: dates already in 和暦, names already in the order an office writes them.
Nothing here knows a database, a request or a language catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
import json
from operator import attrgetter

# What papers before 2026-12 could not say: it counts in a seal only where it is said, so that their seals still hold.
SAID_LATELY = ("carried", "held", "purpose", "to_decide", "next_meeting", "cards", "dissents", "circulated")
OF_A_LINE = ("limited", "question", "about", "line")
OF_A_COUNCIL = ("agenda", "public", "quorum", "materials", "course")
SPOKEN = ("facts", "formulations", "issues", "opinions", "decisions", "taken_back", "cards", "dissents", "circulated")
MADE = ("assignments", "ideas")  # of lines, some of which are limited
COPY = "配布用の写し。限られた人だけで共有した発言がある場合は、その記載を省いている。原本は事務局が保管する。"


@dataclass(frozen=True)
class Attendee:
    """One line of 出席者一覧."""

    agency: str  # 所属
    job: str  # 職
    name: str  # 氏名 (敬称略)
    role: str  # 進行役, 記録者, 事例提供者 … ("" when none)
    attendance: str  # 出席(対面), 出席(オンライン), 代理出席(氏名), 欠席, 書面照会(書面で答えた人)
    acknowledged: str  # ground rules: when and how, e.g. "第1版 令和8年7月1日 画面", "" when not


@dataclass(frozen=True)
class Statement:
    """One captured line of the discussion."""

    text: str
    by: str = ""  # agency (and person) that said it
    source: str = ""  # where a fact comes from, e.g. "訪問 6月3日"
    limited: bool = False  # 限定共有: told to some of the table only
    question: str = ""  # the question to everybody (書いてから話す) that it answers
    about: str = ""  # of a dissent: the sentence of the draft that it is about
    line: int | None = None  # which line of the record it is (0: none; None: a paper from before this was kept)


@dataclass(frozen=True)
class Assignment:
    """One row of 役割分担表: 何を / 誰が / いつまでに / 区分 / 確認状況."""

    what: str
    who: str  # 機関名 担当者名, or 未割当
    by_when: str
    rank: str  # 主 / 副 / 協力
    confirmation: str  # 引き受ける(7月9日), 条件付き: …, 未回答
    lead: bool = False  # the 主担当機関 of the case: printed first
    limited: bool = False  # it was made of a line that was told to some of the table only
    line: int | None = None  # that line

    @property
    def text(self) -> str:
        """The words by which it is known."""
        return self.what

    @property
    def about(self) -> str:
        """No other sentence's."""
        return ""


@dataclass(frozen=True)
class Carried:
    """One row of 前回からの持ち越し: what earlier meetings left to do, and how it stood when this one ended."""

    text: str
    by: str  # the agency
    due: str
    state: str  # 着手, 完了, 滞り, 不要, 再割当 …
    limited: bool = False
    line: int | None = None  # of the earlier record

    @property
    def about(self) -> str:
        """No other sentence's."""
        return ""


@dataclass(frozen=True)
class Idea:
    """One 資源開発 idea: この資源があれば、こんな支援ができる."""

    need: str
    wished: str
    enables: str
    kind: str = ""  # 人・場・物・仕組み・お金・情報
    nearest: str = ""
    first_step: str = ""
    forum: str = ""  # 検討の場
    owner: str = ""
    by_when: str = ""
    limited: bool = False  # it was made of a line that was told to some of the table only
    line: int | None = None  # that line

    @property
    def text(self) -> str:
        """The words by which it is known."""
        return self.need

    @property
    def about(self) -> str:
        """No other sentence's."""
        return ""


@dataclass(frozen=True)
class Sitting:
    """One row of 開催経過: a session of a council that was held."""

    turn: str  # 第2回
    held: str  # 日時
    how: str  # 対面, オンライン …, and the place
    topics: str  # 主な議題
    present: str  # 委員10名中8名（うち代理1名）


@dataclass(frozen=True)
class Hearing:
    """One 案件 of the meeting, with everything said and decided about it."""

    case_number: str  # 整理番号; "" for a meeting without a case
    household: str  # 世帯概要, the least that is needed
    own_words: str  # 本人の言葉
    consent: tuple[str, ...]  # a line per household member: 同意の有無・取得日・方法・範囲
    attendees: tuple[Attendee, ...]
    facts: tuple[Statement, ...] = ()  # 共有された情報 (事実)
    formulations: tuple[Statement, ...] = ()  # 見立て
    issues: tuple[Statement, ...] = ()  # 論点
    opinions: tuple[Statement, ...] = ()  # 意見
    decisions: tuple[Statement, ...] = ()  # 決定事項
    taken_back: tuple[Statement, ...] = ()  # 持ち帰り・保留事項
    assignments: tuple[Assignment, ...] = ()
    carried: tuple[Carried, ...] = ()  # 前回からの持ち越し・前回決定事項の進捗
    cards: tuple[Statement, ...] = ()  # 糸口カード: what came of a question (text), and the question (source)
    ideas: tuple[Idea, ...] = ()
    dissents: tuple[Statement, ...] = ()  # 異議・少数意見: said of the draft, in the words and under the name of who said it
    circulated: tuple[Statement, ...] = ()  # when the draft went round, until when, who answered, what came of the remarks
    verdict: str = ""  # プランの適切性・評価の結論 (重層的支援会議のみ)
    emergency: str = ""  # 緊急時の連絡体制
    lead_agency: str = ""  # 主担当機関
    # of one case among several; where there is one alone, the meeting's own head and end say it
    held: str = ""  # 午後2時から午後2時20分まで
    purpose: str = ""
    to_decide: str = ""
    next_meeting: str = ""

    def for_all(self, limited: Callable[[Statement], bool] = attrgetter("limited")) -> Hearing:
        """The same without what was told to some of the table only: what is `limited`."""
        return replace(self, **{name: tuple(each for each in getattr(self, name) if not limited(each)) for name in (*SPOKEN, "carried", *MADE)})


@dataclass(frozen=True)
class Minutes:
    """A whole 会議録: the head, then one `Hearing` per case."""

    title: str  # 令和8年度第3回 みなも市支援会議 会議録
    office: str  # みなも市
    legal_kind: str  # 支援会議
    legal_ground: str  # 社会福祉法第106条の6に基づく支援会議(本人同意を要しない) …
    handling_mark: str  # 取扱注意
    reference: str  # 会議番号, repeated on every page: R08-支援-0003
    status: str  # 案 / 確定 第1版
    held: str  # 令和8年6月10日(水) 午後2時から午後3時まで
    place: str
    mode: str  # 対面 / オンライン / 併用
    purpose: str
    to_decide: str  # 本日決めること
    facilitator: str
    note_taker: str
    timekeeper: str
    rules: str  # グランドルール 第1版(…を確認、午後2時02分)
    hearings: tuple[Hearing, ...]
    next_meeting: str  # 日時・議題・参集範囲, or how it will be decided
    confirmation: str  # 6名中4名確認済み(令和8年6月12日現在)
    reopened: tuple[str, ...] = ()  # 再開の経緯: one line per reopening, with its reason
    author: str = ""
    written_on: str = ""  # 作成日
    finalised_on: str = ""  # 確定日, "" for a draft
    retention: str = ""  # 保存年限
    disclosure: str = ""  # 開示区分
    content_hash: str = field(default="", compare=False)  # of the content, printed in the footer
    document_number: str = ""  # 文書番号, by the office's own rule; "" where it has none
    copy: str = ""  # what is to be known of a copy for those who do not read the whole; "" for the whole
    # of a meeting without a case; the last four of a council's session only
    agenda: tuple[str, ...] = ()  # 次第
    public: str = ""  # 公開（傍聴者3名） / 非公開（理由）
    quorum: str = ""  # 定足数, and whether it was reached
    materials: tuple[str, ...] = ()  # 資料1　…
    course: tuple[Sitting, ...] = ()  # 開催経過, up to this session

    @property
    def general(self) -> bool:
        """Whether it is of a meeting that heard no case."""
        return bool(self.hearings) and not any(each.case_number for each in self.hearings)

    def sealed(self) -> Minutes:
        """The same minutes carrying the SHA-256 (hex) of their own content."""
        return replace(self, content_hash=self.digest())

    def copied(self, whole: Callable[[Hearing], bool], limited: Callable[[Statement], bool] = attrgetter("limited")) -> Minutes:
        """A copy for somebody who reads the `whole` of some cases only: without what was told to some (is `limited`) in the others.

        It says that something may be missing whenever the reader is one who does not read all, whether or not anything
        was left out: the paper is honest, and yet does not tell that there was something. Its seal is its own, for a seal
        over the whole would let a reader try out what the missing words might be.
        """
        if all(map(whole, self.hearings)):
            return self
        return replace(self, hearings=tuple(each if whole(each) else each.for_all(limited) for each in self.hearings), copy=COPY).sealed()

    def digest(self) -> str:
        """SHA-256 (hex) of everything printed except the hash itself; same content, same digest."""
        plain = asdict(replace(self, content_hash=""))
        for name in ("copy", "document_number", *OF_A_COUNCIL):
            if not plain[name]:
                del plain[name]
        for hearing in plain["hearings"]:
            for name in SAID_LATELY:
                if not hearing[name]:
                    del hearing[name]
            for said in (each for name in (*SPOKEN, *MADE) for each in hearing.get(name, ())):
                for name in OF_A_LINE:
                    if not said.get(name, "no"):
                        del said[name]
            for row in hearing.get("carried", ()):
                if not row["line"]:
                    del row["line"]
        kept = json.dumps(plain, ensure_ascii=False, sort_keys=True)
        # half a surrogate pair, which a damaged paste can bring, must not stop a seal
        return sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()

    def to_json(self) -> str:
        """The minutes as JSON, the form in which a final version is kept for good."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, kept: str) -> Minutes:
        """Read back what `to_json` wrote. Raises ValueError, TypeError or KeyError on anything else."""
        plain = json.loads(kept)
        plain["hearings"] = tuple(_hearing(each) for each in plain["hearings"])
        for name in ("reopened", "agenda", "materials"):
            plain[name] = tuple(plain.get(name, ()))
        plain["course"] = tuple(Sitting(**row) for row in plain.get("course", ()))
        return cls(**plain)


def _hearing(plain: dict) -> Hearing:
    rows = dict(carried=Carried, attendees=Attendee, assignments=Assignment, ideas=Idea)
    rows |= dict.fromkeys(SPOKEN, Statement)
    for name, kind in rows.items():
        plain[name] = tuple(kind(**row) for row in plain.get(name, ()))
    plain["consent"] = tuple(plain["consent"])
    return Hearing(**plain)
