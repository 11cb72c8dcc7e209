"""By which words somebody is found, however they or the searcher are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import User
from cases.models import Case
from cases.traces import FindingKind
from core.database import session, unit
from identities import words
from identities.anonymity import districts
from identities.facts import Facts
from identities.models import Identity
from identities.traces import findings

DATABASES = ["sqlite"]

TARO = Facts(name="山田 太郎", kana="やまだ たろう", former_name="林 太郎", birth_date=date(1960, 4, 1), telephone="000-1234-5678")


@pytest.mark.parametrize("typed", [
    "山田", "太郎", "山田太郎", "山田 太郎", "山田\u3000太郎", "田太", "やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "やまだたろう", "林太郎", "林", "山",
    "1960-04-01", "S35.4.1", "昭和35年4月1日", "Ｓ３５．４．１", "19600401", "00012345678", "000-1234-5678", "０００－１２３４－５６７８", "5678"])
def test_somebody_is_found_by(typed):
    assert found(typed, TARO)


@pytest.mark.parametrize("typed", ["田中", "山太", "山田次郎", "やまもと", "郎", "1960-04-02", "S36.4.1", "1234", "000-1234-5679", "678", " ", "・", "-"])
def test_somebody_is_not_found_by(typed):
    assert not found(typed, TARO)


@pytest.mark.parametrize("kept, typed", [
    ("髙橋", "高橋"), ("高橋", "髙橋"), ("渡邉", "渡辺"), ("渡邊", "渡邉"), ("山﨑", "山崎"), ("濵田", "浜田"), ("齋藤", "斉藤"), ("𠮷田", "吉田"),
    ("辻\U000e0101本", "辻本"), ("神\ufe00谷", "神谷"), ("神谷", "\ufa19谷"), ("グエン・ヴァン・アン", "グエンヴァン"), ("Maria dos Santos", "maria DOS"),
    ("シヨウジ", "しょうじ"), ("ｼｮｳｼﾞ", "ショウジ"), ("O'Neil", "oneil")])
def test_a_name_is_found_in_whichever_form_its_letters_are_typed(kept, typed):
    assert found(typed, Facts(name=kept))


def test_pairs_of_letters_from_several_places_are_no_name():
    facts = Facts(name="山田 田中")  # has 山田 and 田中, and no 山田中
    assert found("山田田中", facts)
    assert not found("田中山", Facts(name="山田中 中山"))
    assert {frozenset(each) for each in words.asked("山田中")} <= {frozenset({"two 山田", "two 田中"})}
    assert not words.means("山田中", facts)


def test_an_empty_form_is_found_by_nothing():
    assert words.terms(Facts()) == set()


def found(typed: str, facts: Facts) -> bool:
    """As the database and then the page do it."""
    return any(way <= words.terms(facts) for way in words.asked(typed)) and words.means(typed, facts)


@pytest.mark.parametrize(("address", "called"), [
    ("みなも市東ヶ丘5-2", {"みなも市東ヶ丘", "東ヶ丘"}), ("〒000-1234　みなも市 三条町一丁目2番", {"みなも市三条町", "三条町"}), ("東ヶ丘三の五の二", {"東ヶ丘"}), ("5-2", set()), ("", set())])
def test_a_district_is_read_from_an_address(address, called):
    assert districts(Facts(address=address)) == called


def test_the_district_of_a_household_is_found_where_words_leave_their_case(known):
    with known.app.app_context(), unit():
        case = session.get(Case, known.case)
        facts = Identity.of(case, case.people[0]).facts
        Identity.of(case, case.people[0]).keep(replace(facts, address="みなも市東ヶ丘5-2"), by=session.get(User, known.hanako))
    with known.app.app_context(), unit(read_only=True):
        case = session.get(Case, known.case)
        line, = findings(case, {"flow": "遠い所。\n東ヶ丘で集まった"})
        seen, = findings(case, {"flow": "東ヶ丘で集まった"}, knows_names=True)
    assert (line.kind, line.words) == (FindingKind.PLACE, "") and (seen.kind, seen.words) == (FindingKind.PLACE, "東ヶ丘")
    assert line.key == seen.key  # whoever looks, it is the same finding
