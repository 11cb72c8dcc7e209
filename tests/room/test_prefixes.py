"""Signs before a line: 「決 …」 is a decision, 「@包括 …」 was said by 地域包括支援センター, and everything else is text."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, strategies as st
import pytest

from room.prefixes import KINDS, Line, example, read

SHARED = json.loads(Path(__file__).with_name("prefixes.json").read_text(encoding="utf-8"))
NAMES = {int(id): called for id, called in SHARED["names"].items()}


@pytest.mark.parametrize("typed, expected", SHARED["cases"])
def test_what_is_typed_is_read(typed, expected):
    kind, agency_id, several, text = expected
    assert read(typed, NAMES) == Line(text, kind, agency_id, tuple(several))


@given(st.text().filter(lambda text: not any(sign in text[:30] for sign in " \u3000:：、@＠")))
def test_a_line_without_a_sign_comes_back_unchanged(text):
    assert read(text, NAMES) == Line(text)


@given(st.text())
def test_nothing_typed_is_lost_but_the_sign_itself(text):
    assert text.endswith(read(text, NAMES).text)


@given(st.sampled_from([*KINDS]), st.sampled_from(" \u3000:："), st.text(alphabet="母は元気です", min_size=1))
def test_each_sign_makes_its_kind(sign, gap, text):
    assert read(sign + gap + text, NAMES) == Line(text, KINDS[sign])


@given(st.text())
def test_without_agencies_nobody_is_said_to_have_said_it(text):
    assert read(text, {}).agency_id == 0


@pytest.mark.parametrize("labels, expected", [
    (["みなも市社会福祉協議会", "みなも市 納税課"], "社会"),
    (["みなも市地域包括支援センター", "みなも市地域生活課"], "包括"),
    (["市役所", "市役所"], ""),
    ([], ""),
])
def test_the_example_calls_one_agency_and_no_other(labels, expected):
    names = {id: [label] for id, label in enumerate(labels, 1)}
    assert example(dict(enumerate(labels, 1)), names) == expected
