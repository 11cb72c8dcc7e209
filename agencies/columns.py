"""Which column of an office's table holds what: found by the words that stand in its heading. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
import re
import unicodedata

from agencies import hints
from core.languages import Later, later

LOOKED_AT = 20  # rows in which the heading is looked for, below titles and dates
EXACT, PART = 100, 60

# What a column can hold: the words for the person, and the words offices write above it (the likeliest first).
FIELDS: dict[str, tuple[Later, str]] = {
    "agency": (later("Name of the agency"), "機関名 機関の名称 団体名 所属機関 所属団体 所属機関名 所属団体名 所属 所属名 所属等 機関名等 団体名等 事業所名 事業所の名称 施設名 機関 団体 事業所 施設 関係機関 関係機関名 構成機関 構成団体 構成機関名 支援関係機関 支援機関 組織名 組織 名称 会社名 学校名 推薦団体 選出団体 推薦母体 選出母体 勤務先 所属課 所管課 担当課名 法人名 団体機関名 機関団体名"),
    "upper": (later("What stands before the name (department)"), "部 部名 部局 部局名 局 部等"),
    "kind": (later("Kind of agency"), "機関の種別 機関の区分 機関種別 公私の別"),
    "contract": (later("How it is bound"), "契約等 契約形態 契約 運営形態 委託等 直営委託 運営方法 委託の別"),
    "domains": (later("Domains"), "分野 領域 支援分野 担当分野 専門分野 対象分野 分野領域 対象"),
    "category": (later("Group it was chosen from"), "選出区分 区分 委員区分 構成区分 種別 分類 選出分野 選任区分 カテゴリ 号"),
    "prefectural": (later("Prefectural body"), "県の機関 都道府県の機関"),
    "coordinating": (later("Coordinating body"), "多機関協働 多機関協働事業者"),
    "head": (later("Head of the agency, for letters"), "長の職名 あて先 宛先 宛名 機関の長 所属長 所属長名 依頼先 文書のあて先 施設長 代表者職氏名 代表者職名"),
    "postal": (later("Postal code"), "郵便番号 〒 郵便"),
    "address": (later("Address"), "所在地 住所 事業所所在地 所在 所在地住所"),
    "agency_phone": (later("Telephone of the agency"), "機関の電話 代表電話 代表番号 代表電話番号 機関電話番号 事業所電話番号"),
    "fax": (later("Fax"), "機関のfax fax ファックス ファクス ファクシミリ fax番号 ファックス番号"),
    "agency_remarks": (later("Remarks on the agency"), "機関の備考"),
    "section": (later("Section"), "部署 部署名 担当部署 所属部署 係 係名 課係 課 課名 課等 室 班 担当課 担当係"),
    "job": (later("Post"), "職名 役職 職 役職名 補職名 職種 肩書 肩書き 職位 職名等 役職等 職務 資格"),
    "name": (later("Name"), "氏名 委員名 委員氏名 構成員氏名 構成員名 お名前 名前 担当者名 担当者氏名 担当者 氏名等 構成員 委員 出席者 出席者名 代表者名 代表者氏名 代表者 管理者 管理者名 担当"),
    "family": (later("Family name"), "姓 氏 苗字 名字"),
    "given": (later("Given name"), "名"),
    "kana": (later("Reading (kana)"), "ふりがな かな 氏名かな 氏名ふりがな よみ 読み 読み仮名 よみがな 読みがな お名前ふりがな"),
    "family_kana": (later("Reading of the family name"), "せい 姓かな 姓ふりがな 姓よみ"),
    "given_kana": (later("Reading of the given name"), "めい 名かな 名ふりがな 名よみ"),
    "phone": (later("Telephone"), "電話 電話番号 tel 連絡先 連絡先電話番号 連絡先電話 telno 直通 直通電話 携帯電話 携帯 内線"),
    "phone_fax": (later("Telephone and fax in one"), "電話fax 電話番号fax番号 telfax 電話ファックス 電話ファクス"),
    "email": (later("Mail address"), "メール メールアドレス 電子メール email eメール mail emailアドレス 電子メールアドレス アドレス 連絡先メール"),
    "deputy": (later("Stand-in"), "代理 代理者 代理人 代理出席者 代理者氏名 副担当 副担当者"),
    "since": (later("On the roster since"), "登録日 就任日 委嘱日 委嘱年月日 就任年月日 着任日 任命日 選任日"),
    "remarks": (later("Remarks"), "備考 摘要 特記事項 メモ 備考欄 その他"),
}
NOTHING = "no no. 番号 項番 連番 整理番号 任期 人数 定員 性別 年齢 生年月日 事業所番号 出欠 順"


@dataclass(frozen=True)
class Words:
    """The words by which the columns of one kind of table are known: of the roster (`ROSTER`), or another list of the office.

    `fields`: what a column can hold, as FIELDS; `nothing`: headings that hold nothing we keep; `telling`: fields of which one must
    be there; `lacking`: what to say of a table without a heading, and what to do then; `settle`: the last word, given the columns,
    their headings, the rows below and the office's domains.
    """

    fields: dict[str, tuple[Later, str]]
    nothing: str
    telling: frozenset[str]
    lacking: tuple[Later, Later]
    settle: Callable[[list[str], list[str], list[list[str]], dict[str, str]], list[str]]

    @cached_property
    def bare(self) -> dict[str, list[str]]:
        """The words of each field as they are compared."""
        return {key: [_bare(word) for word in words.split()] for key, (_label, words) in self.fields.items()}

    @cached_property
    def passed(self) -> set[str]:
        return {_bare(each) for each in self.nothing.split()}


@dataclass
class Heading:
    """Where the heading stands (first row, how many rows) and what each column was taken for ("" for nothing)."""

    row: int
    rows: int
    columns: list[str] = field(default_factory=list)


def _bare(text: str) -> str:
    """A heading as it is compared: one width, ひらがな, without blanks, signs and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KANA)
    without = re.sub(r"[(\[【〔<].*?[)\]】〕>]", "", plain)
    return re.sub(r"[\s・.:：_/,、。\-‐–—―※*◎○●■□◆\"'’()\[\]【】〔〕<>]+", "", without) or re.sub(r"[\s()\[\]【】〔〕]+", "", plain)


_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def found(rows: list[list[str]], known: dict[str, str] | None = None, of: Words | None = None) -> Heading | None:
    """The heading among the first rows, and its columns; None when no row reads like one.

    `known` are the office's domains by their squashed name: what stands in a column may tell what its heading does not.
    `of` is the kind of table; the roster, if nothing is said.
    """
    of, best, most = of or ROSTER, None, 0
    for height in (1, 2):
        for at in range(min(LOOKED_AT, len(rows))):
            points = _points(_joined(rows[at:at + height]), of) if height == 1 or _second(rows[at:at + 2], of) else 0
            if points > most:
                best, most = at, points
    return None if best is None else read_at(rows, best, known, of)


def _without_homes(columns: list[str], texts: list[str]) -> list[str]:
    """住所 beside 氏名 is where the person lives, which a roster has no business with; 所在地, or with a fax, the agency's."""
    home = "address" in columns and _bare(texts[columns.index("address")]) == "住所"
    if home and {"name", "family"} & set(columns) and "fax" not in columns:
        return ["" if each in ("address", "postal") else each for each in columns]
    else:
        return columns


def read_at(rows: list[list[str]], row: int, known: dict[str, str] | None = None, of: Words | None = None) -> Heading:
    """The heading in a row that a person has pointed at, with the row below it where that is part of it."""
    of = of or ROSTER
    height = 2 if _second(rows[row:row + 2], of) else 1
    texts = _joined(rows[row:row + height] or [[]])
    return Heading(row, height, of.settle(_matched(texts, of), texts, rows[row + height:], known or {}))


def texts(rows: list[list[str]], heading: Heading) -> list[str]:
    """What stands above each column."""
    return _joined(rows[heading.row:heading.row + heading.rows] or [[]])


def fitted(columns: list[str], width: int) -> list[str]:
    """As many columns as the table is wide, each field at most once."""
    seen: set[str] = set()
    kept = []
    for each in [*columns[:width], *[""] * (width - len(columns))]:
        kept.append(each if each in FIELDS and each not in seen else "")
        seen.add(each)
    return kept


def settled(columns: list[str], rows: list[list[str]], known: dict[str, str]) -> list[str]:
    """The same columns, where one word means two things decided by what else there is."""
    columns = list(columns)
    if "agency" not in columns:
        _turn(columns, "section" if "section" in columns else "upper", "agency")
    if "name" not in columns and "given" not in columns:
        _turn(columns, "family", "name")
    if "name" not in columns and "family" not in columns:
        _turn(columns, "given", "name")
    people = {"name", "family", "job"} & set(columns)
    if not people or "fax" in columns:  # beside a fax stands the telephone of the same desk
        _turn(columns, "phone", "agency_phone")
    if not people:
        _turn(columns, "remarks", "agency_remarks")
    if "category" in columns:
        _turn(columns, "category", _meant([row[columns.index("category")] for row in rows if len(row) > columns.index("category")], known, columns))
    return columns


def _meant(values: list[str], known: dict[str, str], columns: list[str]) -> str:
    """What a column headed 区分 holds, from what stands in it."""
    values = [each for each in values if each.strip()]
    if "domains" not in columns and sum(hints.squashed(each) in known for each in values) * 2 > len(values):
        return "domains"
    elif "kind" not in columns and sum(kind_of(each) != "" for each in values) * 2 > len(values):
        return "kind"
    else:
        return "category"


def kind_of(text: str) -> str:
    """public, contracted or informal, where a cell says exactly that; empty otherwise."""
    return _KINDS.get(hints.squashed(text), "")


_KINDS = {hints.squashed(word): value for value, words in {
    "public": "公的機関 公的 行政 行政機関 公 庁内 官公署 関係行政機関 public", "contracted": "委託・民間の法人 委託・民間の団体 委託・民間 委託 民間 民間団体 民間事業者 受託事業者 委託事業者 contracted",
    "informal": "地域の人・団体 インフォーマル インフォーマルな支援者 地域住民 住民 地域の支援者 地域 個人 informal"}.items() for word in words.split()}


def _turn(columns: list[str], one: str, other: str) -> None:
    if one in columns and other not in columns:
        columns[columns.index(one)] = other


def _joined(rows: list[list[str]]) -> list[str]:
    """The heading of each column; under a heading that spans several (連絡先: 電話, メール) the lower word counts."""
    upper, lower = rows[0], rows[1] if len(rows) > 1 else []
    texts, group = [], ""
    for at in range(max(len(upper), len(lower))):
        above, below = (each[at] if at < len(each) else "" for each in (upper, lower))
        group = above if above.strip() else group
        texts.append(_under(group, below) if below.strip() else above)
    return texts


def _under(group: str, word: str) -> str:
    if _bare(group) in ROSTER.bare["kana"] and _bare(word) in ROSTER.bare["family"] + ROSTER.bare["given"]:
        return word + "かな"  # 姓 and 名 below ふりがな
    else:
        return word


def _second(rows: list[list[str]], of: Words) -> bool:
    """Whether the lower of two rows is a heading itself: every word in it is one."""
    words = [each for each in (rows[1] if len(rows) > 1 else []) if each.strip()]
    return bool(words) and all(_best(each, of)[0] >= EXACT for each in words)


def _points(texts: list[str], of: Words) -> int:
    columns = _matched(texts, of)
    exact = sum(_best(text, of)[0] >= EXACT for text in texts)
    telling = of.telling & set(columns)
    several = sum(bool(each) for each in columns) >= 2 or sum(bool(each.strip()) for each in texts) == 1
    return 2 * exact + sum(bool(each) for each in columns) if telling and several and exact else 0


def _matched(texts: list[str], of: Words) -> list[str]:
    """For each heading what it was taken for; where two say the same, the likelier keeps it."""
    claims = sorted(((score, -at, key) for at, text in enumerate(texts) for key, score in _scores(text, of).items()), reverse=True)
    columns, taken = [""] * len(texts), set()
    for _score, at, key in claims:
        if key not in taken and not columns[-at]:
            columns[-at] = key
            taken.add(key)
    return columns


def _best(text: str, of: Words) -> tuple[int, str]:
    return max(((score, key) for key, score in _scores(text, of).items()), default=(0, ""))


def _scores(text: str, of: Words) -> dict[str, int]:
    bare, scores = _bare(text[:200]), {}
    if not bare or bare in of.passed:
        return {}
    for key, words in of.bare.items():
        if bare in words:
            scores[key] = EXACT + 40 - words.index(bare)
        elif len(bare) <= 20:
            scores[key] = max((PART + len(word) for word in words if len(word) >= 2 and word in bare), default=0)
    return {key: score for key, score in scores.items() if score}


ROSTER = Words(
    FIELDS, NOTHING, frozenset({"agency", "upper", "section", "name", "family"}),
    (later("There is no row of headings in it that names an agency or a person."),
     later("Write headings such as 機関名, 職名 and 氏名 above the columns, or copy the rows into our template.")),
    lambda columns, texts, rows, known: settled(_without_homes(columns, texts), rows, known))
