"""Whether a text gives a household away: it holds a name, an address or a number that is kept of its case."""

from __future__ import annotations

import re
import unicodedata

from cases import anonymity
from cases.models import Case
from core.web import Refused
from identities import words
from identities.facts import Facts
from identities.models import Identity

_TOWN = re.compile("^.*?[市区町村](?=.{6})")  # people write an address without the town they all live in
_DISTRICT = re.compile("(?:[ぁ-んァ-ヶー々]|(?![一二三四五六七八九十〇]+(?:丁目|番|号|の|-))[一-鿿])+")
_POSTCODE = re.compile("^〒?[0-9]{3}-?[0-9]{4}")
_ADDRESS, _NUMBER = 6, 8  # letters and digits from which on an address or a number can be meant


@anonymity.reader
def reads(case: Case):
    """What tells whether a text of this case names somebody; without the key nothing can be told, and nothing is."""
    try:
        tells = {each for identity in Identity.of_case(case).values() for each in telling(identity.facts)}
    except Refused:
        tells = set()
    return lambda text: bool(tells) and any(each in form for form in _forms(text) for each in tells)


def telling(facts: Facts) -> set[str]:
    """The pieces of these facts that would name somebody: names whole and in their parts, address, number."""
    names = {part for name in facts.names for part in [words.plain(name), *words.parts(name)] if len(part) > 1}
    kana = set(map(words.plain, [facts.kana])) | set(words.parts(facts.kana))
    short = {each for each in kana if len(each) < 3}  # two kana stand in every other word
    address, number = _TOWN.sub("", words.plain(facts.address)), words.digits(facts.telephone)
    return (names - short) | ({address} if len(address) >= _ADDRESS else set()) | ({number} if len(number) >= _NUMBER else set())


def districts(facts: Facts) -> set[str]:
    """How the district in the address may be called, as it is written there: what stands before the first number, with its town, and
    without. Where few live it tells of a household by itself. A single letter stands in every other word."""
    address = _POSTCODE.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", facts.address)))
    named = _DISTRICT.match(address)
    whole = named[0] if named else ""
    found = {whole[start:] for start in (0, *(at.end() for at in re.finditer("[都道府県市区町村]", whole)))}
    return {each for each in found if len(each) > 1}


def _forms(text: str) -> tuple[str, str]:
    return words.plain(text), words.digits(text)
