"""The map as a table to take away, and the empty table to fill in: what comes out can be taken in again."""

from __future__ import annotations

from agencies import exporting
from community.models import SocialResource

SHEET = "社会資源"
COLUMNS = [
    ("資源名", "必須。個人の名前は書かず、役割で書きます。例 ○○地区の見守りボランティア", 30), ("ふりがな", "並べ替えと検索に使います", 20), ("種類", "人、場、物、仕組み、お金、情報のどれか", 9),
    ("公私の別", "制度・公的サービス、地域の支え合い・民間のどちらか", 18), ("分野", "2つ以上は「、」で区切ります", 24), ("地域", "例 東中学校区、市全域", 16),
    ("できること", "", 36), ("利用条件", "だれが、どのようなときに使えるか", 28), ("窓口", "どこに、どう連絡するか", 24), ("電話", "窓口の番号。個人の携帯電話は避けます", 15),
    ("登録機関", "構成員名簿にある機関の名前", 24), ("費用", "", 14), ("日時", "", 20), ("備考", "", 20), ("確認日", "例 令和8年4月1日、2026-04-01", 13),
]


def table(resources: list[SocialResource]) -> list[list[str]]:
    """A row for each resource."""
    return [[each.name, each.kana, each.kind.law_name, each.footing.law_name, "、".join(domain.ja for domain in each.domains), each.area, each.does, each.whom,
             each.contact, each.phone, each.agency.name if each.agency else "", each.cost, each.hours, each.memo,
             each.checked_on.isoformat() if each.checked_on else ""] for each in resources]


def as_csv(rows: list[list[str]], shift_jis: bool = False) -> bytes:
    """CSV with its headings; exporting.NotInShiftJis for a letter that Shift_JIS lacks."""
    return exporting.as_csv(rows, shift_jis, COLUMNS)


def as_xlsx(rows: list[list[str]], hints: bool = False) -> bytes:
    """An Excel file; with `hints`, a second sheet says what to write where."""
    return exporting.as_xlsx(rows, hints, COLUMNS, SHEET)
