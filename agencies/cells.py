"""What one cell of a roster says, read as people write it: telephones, mail, dates, domains, ○. Pure."""

from __future__ import annotations

from datetime import date
import re
import unicodedata

from agencies import hints
from agencies.columns import kind_of
from core import clock, text
from core.languages import _

LIMITS = dict(agency=80, upper=40, head=80, postal=8, address=200, agency_phone=40, fax=40, contract=80, agency_remarks=1000,
              section=80, job=80, name=80, kana=80, phone=40, email=254, deputy=80, remarks=400)
DITTO = {"〃", "”", "“", "″", "\"", "゛", "々", "仝", "同上", "同", "同じ", "(同上)", "ditto"}
NONE = {"", "-", "--", "ー", "―", "−", "なし", "無し", "無", "空欄", "該当なし", "n/a", "なし。"}
VACANT = {"未定", "欠員", "欠", "選任中", "調整中", "未選任", "空席", "後任未定", "(未定)"}
FAULTY = re.compile(r"^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
MAIL = re.compile(r"[^@\s<>,;:\"()\[\]、。]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
NUMBER = re.compile(r"\+?[\d(][\d\-()‐ ]{4,}\d")
FAX = re.compile(r"(?:fax|ファックス|ファクス)[\s.:]*" + f"({NUMBER.pattern})", re.IGNORECASE)


class Wrong(ValueError):
    """The cell says nothing that can be kept; `str()` tells why, in the user's language."""


def line(typed: str, limit: int = 0) -> str:
    """The cell as one line; a ' before it (which keeps Excel from calculating it) says that it is meant as written."""
    written = " ".join(typed.replace("\u3000", " ").split())
    plain = written.removeprefix("'").strip()
    if text.unkeepable(plain):
        raise Wrong(_("There is a character in it that cannot be kept: %(text)s", text=text.revealed(plain)[:60]))
    if limit and len(plain) > limit:
        raise Wrong(_("At most %(limit)s characters; there are %(count)s now.", limit=limit, count=f"{len(plain):,}"))
    return "" if hints.squashed(written) in NONE else plain


def same(one: str, other: str) -> bool:
    """Whether two texts differ in width, blanks or kind of dash at most."""
    return hints.squashed(one) == hints.squashed(other)


def number(written: str) -> str:
    """A telephone number of the roster as it would be read out of a table; as it is, if it could not be."""
    try:
        return reached(written)[0]
    except Wrong:
        return written


def mail(typed: str) -> str:
    """A mail address a server can take, or nothing."""
    plain = unicodedata.normalize("NFKC", line(typed)).replace(" ", "").removeprefix("mailto:")
    if plain and not MAIL.fullmatch(plain):
        raise Wrong(_("Write a mail address such as name@example.jp."))
    return line(plain, LIMITS["email"])


def phone(typed: str) -> str:
    """A telephone number in plain digits, with whatever stands around it (内線)."""
    plain = unicodedata.normalize("NFKC", line(typed)).translate(_DASHES)
    return line(re.sub(r"^(?:tel|電話)[\s.:]*", "", plain, flags=re.IGNORECASE), LIMITS["phone"])


def reached(typed: str) -> tuple[str, str, str]:
    """(telephone, fax, mail) out of one cell, where an office writes them together: TEL …, FAX …, name@…"""
    plain = unicodedata.normalize("NFKC", line(typed)).translate(_DASHES)
    address, fax = MAIL.search(plain), FAX.search(plain)
    if not address and not fax:
        return phone(typed), "", ""
    for each in (address, fax):
        plain = plain.replace(each[0], " ") if each else plain
    rest = re.sub(r"\b(?:e-?mail|mail|メール)\b\s*:?|[/、,;]\s*$", " ", plain, flags=re.IGNORECASE)
    return phone(rest.strip(" /、,;:")), line(fax[1], LIMITS["fax"]) if fax else "", line(address[0], LIMITS["email"]) if address else ""


def phone_and_fax(typed: str) -> tuple[str, str]:
    """The two numbers of a column headed 電話・FAX: with their signs, else the telephone first."""
    number, fax, _mail = reached(typed)
    numbers = NUMBER.findall(number)
    if not fax and len(numbers) == 2:
        return numbers[0].strip(), numbers[1].strip()
    else:
        return number, fax


def postal(typed: str) -> str:
    """123-4567, or nothing."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", line(typed)))
    if line(typed) and len(digits) != 7:
        raise Wrong(_("A postal code has seven digits."))
    return f"{digits[:3]}-{digits[3:]}" if digits else ""


def address(typed: str) -> tuple[str, str]:
    """(postal code, address) out of a cell that may begin with 〒."""
    plain = line(typed)
    found = re.match(r"〒?\s*(\d{3})[-‐−ー－]?(\d{4})\s+(?=\D)", unicodedata.normalize("NFKC", plain)) if plain.startswith("〒") else None
    rest = unicodedata.normalize("NFKC", plain)[found.end():] if found else plain
    return (f"{found[1]}-{found[2]}" if found else ""), line(rest, LIMITS["address"])


def day(typed: str) -> date | None:
    """A date as people write it, 令和 too; nothing for an empty cell."""
    if not line(typed):
        return None
    try:
        found = clock.read_date(line(typed).removesuffix(" 00:00:00"))
    except clock.UnreadableDate:
        raise Wrong(_("Write a date that exists, for example 2026-07-08 or R8.7.8.")) from None
    if not 1900 <= found.year <= 2100:
        raise Wrong(_("Write a date between 1900 and 2100."))
    return found


def yes(typed: str) -> bool | None:
    """○ or ×; None for an empty cell."""
    plain = hints.squashed(line(typed))
    if not plain:
        return None
    elif plain in {"○", "◯", "〇", "◎", "●", "✓", "✔", "レ", "有", "あり", "はい", "1", "true", "yes", "県"}:
        return True
    elif plain in {"×", "✕", "0", "いいえ", "false", "no", "市"}:
        return False
    else:
        raise Wrong(_("Write ○ or leave it empty."))


def kind(typed: str) -> str:
    """public, contracted, informal; empty for an empty cell."""
    plain = line(typed)
    found = kind_of(plain) or hints.kind(plain)
    if plain and not found:
        raise Wrong(_("Write one of: %(choices)s.", choices="行政、委託・民間の法人、地域の人・団体"))
    return found


def domains(typed: str, known: dict[str, str]) -> tuple[list[str], list[str]]:
    """(codes, words that name no domain); `known` are the office's domains and their codes by squashed name."""
    plain = line(typed)
    parts = [plain] if hints.squashed(plain) in known else [each for each in re.split(r"[、,，;；/／]|\s+(?=\S)", plain) if each.strip()]
    codes, strange = [], []
    for part in parts:
        spoken = [known[hints.squashed(part)]] if hints.squashed(part) in known else [code for code in hints.domains(part) if code in known.values()]
        codes += spoken
        strange += [] if spoken else [part]
    return list(dict.fromkeys(codes)), strange


def name(typed: str) -> tuple[str, str]:
    """(name, reading) of one person, without 様; nothing for 未定 and the like."""
    plain = re.sub(r"\s*(?:様|さま|殿)$", "", line(typed, LIMITS["name"]))
    if re.search(r"[、,，;；/／]", plain):
        raise Wrong(_("More than one person in one cell: give each a row of their own."))
    inside = re.fullmatch(r"([^(（]+?)\s*[(（]([ぁ-ゖァ-ヺー\s]+)[)）]", plain)  # 山田 太郎(やまだ たろう)
    return ("", "") if hints.squashed(plain) in VACANT else (inside[1], inside[2]) if inside else (plain, "")


def person(written: str) -> str:
    """By what the same person is known again, however their name is written."""
    try:
        return hints.squashed(name(written)[0]) or hints.squashed(written)
    except Wrong:
        return hints.squashed(written)


_DASHES = str.maketrans({each: "-" for each in "‐‑‒–—―−ー"})
