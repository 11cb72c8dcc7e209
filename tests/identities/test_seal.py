"""What is sealed opens with its key and in its place, and nowhere else."""

from __future__ import annotations

from datetime import date

from hypothesis import given, strategies as st
import pytest

from core import text
from identities.facts import FIELDS, Facts
from identities.seal import Broken, NoKey, Ring, key_of

OLD, NEW = "an-older-key-of-an-office-0123456789", "a-newer-key-of-an-office-0123456789"
PLACE = "identity/1/2/name"
KEEPABLE = st.text(max_size=200).filter(lambda each: not text.unkeepable(each))


@given(KEEPABLE)
def test_whatever_can_be_kept_comes_back_as_it_was(kept):
    ring = Ring([NEW])
    assert ring.open(ring.seal(kept, PLACE), PLACE) == kept


@given(st.fixed_dictionaries({each: KEEPABLE for each in FIELDS if each != "birth_date"}), st.none() | st.dates(date(1900, 1, 1)))
def test_all_facts_come_back_as_they_were(texts, born):
    facts = Facts(**texts, birth_date=born)
    assert Facts.read(facts.texts) == facts


def test_a_value_does_not_open_in_another_place():
    ring = Ring([NEW])
    with pytest.raises(Broken):
        ring.open(ring.seal("見本 花江", PLACE), "identity/1/3/name")


@pytest.mark.parametrize("spot", [0, 20, -1])
def test_an_altered_value_does_not_open(spot):
    ring = Ring([NEW])
    altered = bytearray(ring.seal("見本 花江", PLACE))
    altered[spot] ^= 1
    with pytest.raises(Broken):
        ring.open(bytes(altered), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"x" * 10, b"\x01" + b"\0" * 20, "見本 花江".encode()])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(Broken):
        Ring([NEW]).open(sealed, PLACE)


def test_another_key_does_not_open_it_and_says_that_it_is_the_key():
    with pytest.raises(NoKey):
        Ring([NEW]).open(Ring([OLD]).seal("見本 花江", PLACE), PLACE)


def test_the_newest_key_seals_and_the_older_ones_still_open():
    both, before = Ring([NEW, OLD]), Ring([OLD]).seal("見本 花江", PLACE)

    assert both.open(before, PLACE) == "見本 花江"
    assert key_of(both.seal("見本 花江", PLACE)) == Ring([NEW]).newest.id.hex() != key_of(before)


def test_the_same_name_never_looks_the_same_twice():
    ring = Ring([NEW])
    assert ring.seal("見本 花江", PLACE) != ring.seal("見本 花江", PLACE)


def test_the_length_tells_neither_an_empty_value_nor_a_short_from_a_longer_name():
    ring = Ring([NEW])
    assert len({len(ring.seal(each, PLACE)) for each in ("", "林", "見本 花江", "1960-04-01")}) == 1


def test_a_password_is_no_key():
    with pytest.raises(ValueError):
        Ring(["password"])


def test_facts_do_not_tell_themselves_to_a_log():
    assert "見本" not in repr(Facts(name="見本 花江"))


@pytest.mark.parametrize("day, age", [(date(2026, 4, 11), 82), (date(2026, 4, 12), 83), (date(1943, 4, 11), None)])
def test_an_age_changes_on_the_birthday(day, age):
    assert Facts(birth_date=date(1943, 4, 12)).age_on(day) == age
