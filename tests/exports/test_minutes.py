"""The minutes as they are kept and sealed."""

from __future__ import annotations

from dataclasses import replace
import json

import pytest

from exports.minutes import Minutes, Statement
from tests.exports.samples import one_case, two_cases


def test_minutes_come_back_from_json_as_they_were():
    assert Minutes.from_json(two_cases().to_json()) == two_cases()
    assert Minutes.from_json(two_cases().to_json()).content_hash == two_cases().content_hash


def test_the_seal_follows_the_content():
    assert one_case().content_hash == one_case().digest()
    assert replace(one_case(), place="別の部屋").digest() != one_case().content_hash


def test_half_a_character_does_not_stop_the_seal():
    assert replace(one_case(), place="\ud842").sealed().content_hash


def test_something_else_is_not_read_as_minutes():
    with pytest.raises((ValueError, TypeError, KeyError)):
        Minutes.from_json('{"title": "x"}')


def test_a_paper_from_before_questions_were_kept_holds_its_seal():
    kept = json.loads(one_case().to_json())
    for hearing in kept["hearings"]:
        for each in hearing["opinions"]:
            del each["question"]
    old = Minutes.from_json(json.dumps(kept))
    assert old.content_hash == old.digest()


def test_a_paper_from_before_drafts_went_round_holds_its_seal():
    kept = json.loads(two_cases().to_json())
    for hearing in kept["hearings"]:
        del hearing["dissents"], hearing["circulated"]
        for name in ("facts", "opinions", "decisions"):
            for each in hearing[name]:
                del each["about"]
    old = Minutes.from_json(json.dumps(kept))
    assert old.content_hash == old.digest() == two_cases().digest()


def test_a_dissent_counts_in_the_seal_and_stays_out_of_the_copies_of_those_who_do_not_share():
    case = replace(one_case().hearings[0], dissents=(Statement("異議", "納税課 壬生", about="決定"), Statement("内緒の異議", limited=True)))
    whole = replace(one_case(), hearings=(case,)).sealed()
    assert whole.content_hash != one_case().content_hash
    assert Minutes.from_json(whole.to_json()) == whole
    assert [each.text for each in whole.copied(lambda _part: False).hearings[0].dissents] == ["異議"]
