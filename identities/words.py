"""By which words somebody is found: spellings of one name made alike, and the terms its index holds. Pure.

Alike are: full and half width, katakana and hiragana, small and large kana (シヨウジ, しょうじ), old and new forms of
the usual letters in names (髙 高, 邊 辺, 﨑 崎), letters with and without a variation selector, and any spaces.
"""

from __future__ import annotations

from datetime import date
import re
import unicodedata

from core import clock
from identities.facts import Facts

_FORMS = ("高髙 崎﨑嵜 辺邊邉 斉斎齊齋 浜濱濵 沢澤 広廣 島嶋嶌 桜櫻 真眞 国國 恵惠 徳德 瀬瀨 富冨 吉𠮷 峰峯 竜龍 条條 桧檜 静靜 栄榮 円圓 "
          "実實 寿壽 薮藪 鴎鷗 礼禮 鉄鐵 曽曾 会會 与與 渋澁澀 蔵藏 豊豐 児兒 浅淺 関關 塩鹽 万萬 柳栁桺 淵渕渊 柿杮 角⻆ 芦蘆 来來 "
          "桑桒 籠篭 梅楳 船舩 野埜 館舘 亀龜 滝瀧 黒黑 緑綠 郎郞 一弌 沖冲 涼凉 秋秌 弥彌 弁辨 栃杤 曻昇 槙槇 尭堯 遥遙 祢禰 穂穗 桝枡")
_ALIKE = {ord(other): group[0] for group in _FORMS.split() for other in group[1:]}
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_IGNORED = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef・·.,'’‐-―=゠-]+")
_PARTED = re.compile("[\\s・·,]+")
_TELEPHONE = re.compile(r"[\d\s()+.‐-―ー-]+")


def plain(text: str) -> str:
    """The text in the one spelling that is compared: nothing between the letters, every form made alike."""
    wide = _IGNORED.sub("", unicodedata.normalize("NFKC", _without_selectors(text))).casefold()
    return wide.translate(_KATAKANA).translate(_SMALL).translate(_ALIKE)


def parts(text: str) -> list[str]:
    """The words of a name (family, given), each in the compared spelling."""
    return [each for each in map(plain, _PARTED.split(unicodedata.normalize("NFKC", text))) if each]


def digits(text: str) -> str:
    """The digits of a telephone number."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def terms(facts: Facts) -> set[str]:
    """Everything these facts can be found by."""
    found = {term for name in facts.names for term in _of_name(name)}
    if facts.birth_date:
        found.add(f"born {facts.birth_date.isoformat()}")
    if number := digits(facts.telephone):
        found |= {f"tel {number}", f"end {number[-4:]}"}
    return found


def asked(typed: str) -> list[set[str]]:
    """What to look for, as alternatives: somebody who has all terms of one of them may be meant."""
    name, number, ways = plain(typed), digits(typed), []
    if len(name) == 1 and not number:
        ways.append({f"one {name}"})
    elif len(name) > 1 and len(number) < len(name):
        ways.append(_pairs(name))
    if born := _day(typed):
        ways.append({f"born {born.isoformat()}"})
    if len(number) >= 4 and _TELEPHONE.fullmatch(unicodedata.normalize("NFKC", typed)):
        ways.append({f"end {number}"} if len(number) == 4 else {f"tel {number}"})
    return ways


def means(typed: str, facts: Facts) -> bool:
    """Whether the facts really are what was asked for: pairs of letters alone may come from several places."""
    name, number, born = plain(typed), digits(typed), _day(typed)
    if len(name) == 1 and any(f"one {name}" in _of_name(each) for each in facts.names):
        return True
    if len(name) > 1 and any(name in plain(each) for each in facts.names):
        return True
    mine = digits(facts.telephone)
    return bool(born and born == facts.birth_date) or len(number) >= 4 and (mine == number or len(number) == 4 and mine.endswith(number))


def _of_name(name: str) -> set[str]:
    whole = plain(name)
    single = {f"one {each}" for each in [whole[:1], *(part for part in parts(name) if len(part) == 1)] if each}
    return single | _pairs(whole)


def _pairs(name: str) -> set[str]:
    return {f"two {name[n:n + 2]}" for n in range(len(name) - 1)}


def _day(typed: str) -> date | None:
    number = unicodedata.normalize("NFKC", typed).strip()
    if re.fullmatch(r"(19|20)\d{6}", number):
        number = f"{number[:4]}-{number[4:6]}-{number[6:]}"
    try:
        return clock.read_date(number)
    except clock.UnreadableDate:
        return None


def _without_selectors(text: str) -> str:
    """A selector after a letter would keep NFKC from seeing the letter as the usual one."""
    return re.sub("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text)
