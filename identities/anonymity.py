"""Whether a text gives a household away: it holds a name, an address or a number that is kept of its case."""

from __future__ import annotations

import re

from cases import anonymity
from cases.models import Case
from core.web import Refused
from identities import words
from identities.facts import Facts
from identities.models import Identity

_TOWN = re.compile("^.*?[市区町村](?=.{6})")  # people write an address without the town they all live in
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


def _forms(text: str) -> tuple[str, str]:
    return words.plain(text), words.digits(text)
