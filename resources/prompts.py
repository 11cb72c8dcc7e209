"""A gentle question for resource time (資源開発の時間). Pure: no web, no database.

Ideas for a household easily become one more public service. Once there is an idea and none of them thinks of people and
places of the community, the table is asked whether somebody comes to mind; it is a question and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# words by which an idea shows that it thinks of people and places around the household
COMMUNITY = ("地域の", "住民", "近所", "隣", "自治会", "町内会", "民生委員", "ボランティア", "サロン", "当事者", "家族会", "家族どうし", "商店", "喫茶", "食堂",
             "民家", "寺", "学生", "先輩", "有志", "仲間")


class Thought(NamedTuple):
    """An idea as the question reads it: all its words, and whether somebody informal is in charge."""

    words: str
    informal: bool


def all_public(thoughts: Iterable[Thought]) -> bool:
    """Whether there are ideas, and all of them are services."""
    told = list(thoughts)
    return bool(told) and not any(each.informal or any(word in each.words for word in COMMUNITY) for each in told)
