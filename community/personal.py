"""What in an entry of the map looks like one private person: a mobile number, somebody by name. Pure: no web, no database.

The map is read by everybody at the tables, so a neighbour or a volunteer stands on it by their part, not by their name.
Nobody can tell a name from a word for certain: this asks, and refuses nothing.
"""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"(?<!\d)0[789]0[-\s(]?\d{4}[-\s)]?\d{4}(?!\d)")
CALLED = re.compile(r"(?:[一-鿿々]{1,4}|[ァ-ヺー]{2,8})(?:さん|様|氏)(?![一-鿿])")
OFFICES = ("お客", "皆", "利用者", "ご家族", "家族", "本人", "ご本人", "民生委員", "委員", "児童委員", "住民", "担当者", "相談員", "職員", "患者", "親御", "お子", "子", "奥", "神", "業者", "先方",
           "相手", "店主", "大家", "隣", "代表", "会員", "参加者", "支援員", "保護者", "高齢者", "当事者", "各", "他", "同")
_DASHES = str.maketrans({each: "-" for each in "‐‑‒–—―−ー"})


def looks_personal(*texts: str) -> list[str]:
    """The words of these texts that may belong to one private person, in their order, each once."""
    found = []
    for text in texts:
        plain = unicodedata.normalize("NFKC", text or "")
        found += [each[0] for each in MOBILE.finditer(plain.translate(_DASHES))]
        found += [each[0] for each in CALLED.finditer(plain) if each[0].removesuffix("さん").removesuffix("様").removesuffix("氏") not in OFFICES]
    return list(dict.fromkeys(found))
