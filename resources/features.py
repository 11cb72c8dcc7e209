"""What tells of one household rather than of many: words of the case record, and features that are rare together. Pure.

A name can be taken out and the household still be known: 「中学生の双子」 of a town is one family. Nobody can list what is
rare, so this asks about what commonly is: generation, form of the family, origin, illness, occupation, events, housing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from hashlib import sha256
import re
import unicodedata

from cases.traces import AROUND, Finding, FindingKind

LONG = 10  # letters in a row that stand in the case record as well
ENOUGH = 3  # weight from which on features together may be one household
_FEATURES = (  # (weight, what shows it); two rare ones, or three of any kind, are enough
    (1, re.compile("[0-9０-９一二三四五六七八九]{1,2}0?[歳]?代|乳児|幼児|未就学|小学[生校]|中学[生校]|高校[生]?|大学生|高齢")),
    (2, re.compile("双子|三つ子|ふたご|養子|里子|[4-9４-９四五六七八九十]人きょうだい|再婚|内縁")),
    (1, re.compile("ひとり親|一人親|母子|父子|独居|一人暮らし|祖父母|きょうだい")),
    (2, re.compile("[一-鿿ァ-ン]{2,8}(?:国籍|出身|生まれ)|外国籍|外国人|帰国者|難民|日系")),
    (1, re.compile("統合失調症|うつ|双極|認知症|がん(?!ば)|難病|透析|自閉|発達障害|知的障害|身体障害|視覚障害|聴覚障害|てんかん|アルコール|依存症|妊娠")),
    (2, re.compile("(?:元)?(?:教員|教師|医師|警察官|自衛官|消防士|漁師|住職|神主|議員|社長|船員|芸人|選手)")),
    (2, re.compile("逮捕|服役|出所|刑務所|心中|自殺|自死|火災|火事|事件|被害者|加害者|虐待|家庭内暴力|ＤＶ|DV|失踪|行方不明")),
    (1, re.compile("団地|市営住宅|県営住宅|社宅|寮|集落|離島|車上生活")),
)


def quoted(texts: dict[str, str], record: Iterable[str]) -> Iterator[Finding]:
    """Runs of ten letters or more of `texts` (field → text) that stand in the record of the case as well."""
    there = [re.sub(r"\s", "", each) for each in record if each]
    for field, text in texts.items():
        for line in filter(None, text.split("\n")):
            start, size = max((_run(line, each) for each in there), key=lambda run: run[1], default=(0, 0))
            if size >= LONG:
                end = start + size
                yield Finding(field, FindingKind.RECORD, line[start:end], line[max(0, start - AROUND):start], line[end:end + AROUND], _key(field, "record", line))


def rare(texts: dict[str, str]) -> Iterator[Finding]:
    """One finding for the features that stand in `texts` together, where they may point at one household."""
    texts = {field: _plain(text) for field, text in texts.items()}
    found = [(weight, field, hit[0]) for weight, look in _FEATURES for field, hit in _first(look, texts)]
    if sum(weight for weight, _field, _word in found) >= ENOUGH:
        words = "・".join(dict.fromkeys(word for _weight, _field, word in found))
        yield Finding(found[0][1], FindingKind.RARE, words, "", "", _key("rare", words))


def few(field: str, words: str) -> Finding:
    """So few cases of the office are of this kind that the kind alone may tell which."""
    return Finding(field, FindingKind.RARE, words, "", "", _key("few", field, words))


def _plain(text: str) -> str:
    """Without signs nobody sees, half-width kana as wide ones: a word is found as it is read."""
    return unicodedata.normalize("NFKC", re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text))


def _first(look: re.Pattern, texts: dict[str, str]):
    return next(([(field, hit)] for field, text in texts.items() if (hit := look.search(text))), [])


def _run(line: str, other: str) -> tuple[int, int]:
    same = SequenceMatcher(None, line, other, autojunk=False).find_longest_match()
    return same.a, same.size


def _key(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
