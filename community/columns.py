"""Which column of an office's list of resources (社会資源の一覧表) holds what. Pure."""

from __future__ import annotations

from agencies.columns import Words
from agencies.hints import squashed
from community.rows import FOOTINGS, KINDS
from core.languages import Later, later

# What a column can hold: the words for the person, and the words offices write above it (the likeliest first).
FIELDS: dict[str, tuple[Later, str]] = {
    "name": (later("Name of the resource"), "資源名 社会資源名 社会資源 名称 資源の名称 サービス名 事業名 団体名 活動名 施設名 機関名 相談窓口名 窓口名 サロン名 事業所名 制度名"),
    "kana": (later("Reading (kana)"), "ふりがな かな よみ 読み 読み仮名 よみがな 名称かな"),
    "kind": (later("Kind of resource"), "種類 資源の種類 種別 資源種別 区分 分類"),
    "footing": (later("Formal or informal"), "制度か地域か 公私 公私の別 フォーマル インフォーマル フォーマルインフォーマル 公的か地域か"),
    "domains": (later("Domains"), "分野 領域 支援分野 対象分野 対応分野 カテゴリ"),
    "area": (later("Area"), "地域 地区 エリア 対象地域 活動地域 圏域 日常生活圏域 中学校区 小学校区 所在地区"),
    "does": (later("What it can do"), "できること 内容 支援内容 活動内容 サービス内容 事業内容 概要 事業概要 主な活動"),
    "whom": (later("For whom, on which conditions"), "利用条件 対象 対象者 利用対象 利用できる人 対象者条件 対象者要件 要件 参加条件"),
    "contact": (later("How to get in touch"), "窓口 連絡先 問い合わせ先 問合せ先 お問い合わせ 窓口連絡先 担当 担当窓口 申込先 相談窓口 連絡方法 代表者"),
    "phone": (later("Telephone"), "電話 電話番号 tel 連絡先電話番号 telno"),
    "agency": (later("Agency on the roster"), "登録機関 運営機関 運営 運営主体 実施主体 実施機関 運営団体 所管 所管課"),
    "cost": (later("Cost"), "費用 料金 利用料 参加費 自己負担 利用料金 負担"),
    "hours": (later("Days and hours"), "日時 開催日時 開催日 利用時間 開所時間 営業時間 活動日 曜日時間 実施日"),
    "memo": (later("Memo"), "備考 メモ 摘要 特記事項 その他 備考欄"),
    "checked_on": (later("Checked on"), "確認日 最終確認日 更新日 調査日 情報更新日 確認年月日"),
}
NOTHING = "no no. 番号 項番 連番 整理番号 順 更新者 確認者"



def _settled(columns: list[str], _texts: list[str], rows: list[list[str]], _known: dict[str, str]) -> list[str]:
    """種別 and 区分 stand above kinds in one office's list and above 制度 / インフォーマル in another's: what stands below tells."""
    if "kind" not in columns or "footing" in columns:
        return columns
    at = columns.index("kind")
    said = [squashed(row[at]) for row in rows if at < len(row) and row[at].strip()]
    other = any(each not in KINDS for each in said)  # 制度 is a word of both
    return ["footing" if each == "kind" else each for each in columns] if other and all(each in FOOTINGS for each in said) else columns


MAP = Words(
    FIELDS, NOTHING, frozenset({"name"}),
    (later("There is no row of headings in it that names a resource."),
     later("Write headings such as 資源名, できること and 連絡先 above the columns, or copy the rows into our template.")),
    _settled)
