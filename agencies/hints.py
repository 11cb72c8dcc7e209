"""What an office's own words say about an agency: which domain, which kind. Guesses, shown as such. Pure."""

from __future__ import annotations

from functools import lru_cache
import re
import unicodedata

# By the codes of domains.toml, the longest words first where one holds another.
DOMAIN_WORDS = {
    "COO": ("多機関協働", "重層", "福祉総務", "地域福祉課", "アウトリーチ"),
    "HKK": ("ひきこもり", "引きこもり", "若者サポート", "若者支援", "孤独", "孤立"),
    "DIS": ("障害", "障がい", "就労継続", "発達支援", "相談支援事業所", "療育", "手をつなぐ育成会"),
    "ELD": ("高齢", "介護", "包括支援センター", "地域包括", "居宅", "ケアマネ", "老人", "認知症", "長寿"),
    "CHD": ("児童", "子ども", "こども", "子供", "子育て", "保育", "家庭センター", "青少年"),
    "EDU": ("教育", "学校", "スクール", "教頭", "校長会", "フリースクール", "学園"),
    "POV": ("困窮", "生活保護", "福祉事務所", "自立相談", "家計改善", "保護課", "生活福祉", "くらしの窓口"),
    "HLT": ("保健", "医療", "病院", "医師会", "診療所", "クリニック", "看護", "健康", "歯科", "薬剤師"),
    "HSG": ("住宅", "居住支援", "住まい", "不動産", "宅建", "宅地建物"),
    "WRK": ("就労", "就業", "雇用", "ハローワーク", "職業安定", "商工", "シルバー人材"),
    "LAW": ("弁護士", "司法", "権利擁護", "成年後見", "後見", "保護観察", "法テラス", "保護司", "地域生活定着", "更生"),
    "SAF": ("警察", "消防", "環境課", "生活安全", "動物愛護", "救急"),
    "FIN": ("納税", "税務", "収納", "国保", "年金", "消費生活", "水道", "債務"),
    "DVW": ("女性", "男女共同", "配偶者暴力", "人権", "DV"),
    "INT": ("国際", "外国人", "多文化", "通訳"),
    "COM": ("社会福祉協議会", "社協", "民生委員", "民生児童委員", "自治会", "町内会", "区長会", "住民", "ボランティア", "サロン", "食堂", "地域団体", "見守り", "老人クラブ", "地区社協"),
    "FAM": ("本人", "家族会", "当事者"),
    "ADV": ("学識", "大学", "アドバイザー", "スーパーバイザー", "助言"),
}
INFORMAL = ("民生委員", "民生児童委員", "自治会", "町内会", "区長会", "老人クラブ", "ボランティア", "家族会", "サロン", "食堂", "住民", "当事者", "見守り協力",
            "インフォーマル", "個人", "商店")
CONTRACTED = ("法人", "株式会社", "有限会社", "合同会社", "協議会", "NPO", "ステーション", "事業所", "法テラス", "弁護士", "司法書士", "法律事務所", "病院", "クリニック", "診療所",
              "医師会", "歯科医師会", "委託", "指定", "民間", "事業者", "関係団体", "地域包括支援センター", "相談支援", "訪問看護", "大学", "学識", "ひきこもり地域支援センター")
PUBLIC = ("保健所", "保健センター", "警察", "消防", "学校", "教育委員会", "児童相談所", "ハローワーク", "公共職業安定所", "福祉事務所", "役所", "役場", "行政",
          "庁内", "公的", "官公署", "市立", "町立", "村立", "県立", "保護観察所", "年金事務所", "こども家庭センター")
OFFICE = re.compile("(?:課|係|室|部|局|課長|部長|係長)$")
LEGAL_FORM = re.compile("^(?:(?:社会福祉|特定非営利活動|npo|医療|学校|一般社団|一般財団|公益社団|公益財団|独立行政)法人|株式会社|有限会社|合同会社|\\((?:福|社福|株|有|特非|医|一社|公社|公財)\\))|(?:株式会社|有限会社|合同会社)$")
PREFECTURAL = re.compile(r"^(?:[^\s市区町村]{1,3})?[県都府道](?!民)|保健所|児童相談所|警察署|精神保健福祉センター|女性相談支援センター|特別支援学校")


@lru_cache(maxsize=20_000)
def squashed(text: str) -> str:
    """The text as it is compared: one width, no blanks, one kind of wave and dash."""
    plain = unicodedata.normalize("NFKC", text.translate(_ONE_SIGN)).casefold()
    return "".join(plain.split())


def domains(text: str) -> list[str]:
    """The codes of the shipped domains that a name or a heading such as 保健医療関係者 speaks of."""
    plain = re.sub("民生委員・?児童委員|民生・?児童委員", "民生委員", squashed(text))  # they look after everybody
    return [code for code, words in DOMAIN_WORDS.items() if any(squashed(word) in plain for word in words)]


def body(name: str) -> str:
    """By what the same agency is known again: without its legal form and blanks, in one width."""
    plain = squashed(name)
    return LEGAL_FORM.sub("", plain) or plain


def kind(text: str) -> str:
    """public, contracted or informal, as far as a name tells; empty when it does not."""
    for value, words in (("informal", INFORMAL), ("contracted", CONTRACTED), ("public", PUBLIC)):
        if any(squashed(word) in squashed(text) for word in words):
            return value
    return "public" if OFFICE.search(text.strip()) else ""


def prefectural(name: str, of_kind: str) -> bool:
    """Whether a public body of this name is likely the prefecture's, which is asked by letter."""
    return of_kind == "public" and bool(PREFECTURAL.search(name)) and not re.match(r"\S*[市区町村](?:立|の|\s|保健所)", name)


_ONE_SIGN = str.maketrans({"〜": "~", "～": "~", "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "－": "-", "‖": "∥", "\u200b": None, "\ufeff": None})
