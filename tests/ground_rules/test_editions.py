"""The ground rules as living text: a draft, what it changes, its day, and the meetings that go by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from core import clock
from core.database import session, unit
from ground_rules import changes
from ground_rules.drafts import PLACES, EditionDraft, place
from ground_rules.models import Acknowledgement, Edition, Part, RuleText
from ground_rules.reading import page
from ground_rules.rule_cards import rules_in, tidy
from meetings.models import Meeting
from room.cards_used import deck

DATABASES = ["sqlite"]
TODAY = clock.today()


def words(world, **changed) -> dict:
    """The fields of the draft's page as they stand, some of them changed."""
    with world.app.app_context(), unit(read_only=True):
        draft = EditionDraft.now()
        return {place(*each): draft.body(*each) for each in PLACES if draft} | dict(version=draft and draft.version, note="", once="") | changed


@pytest.fixture
def admin(world):
    browser = world.browser("kanri")
    browser.get("/ground-rules/draft")
    assert browser.post("/ground-rules/draft/begin").status_code == 303
    return browser


def write(admin, world, **changed):
    return admin.post("/ground-rules/draft", **words(world, **changed))


def test_a_draft_begins_with_the_words_in_force_and_changes_nothing_for_anybody(world, admin):
    before = world.browser("jiro").get("/ground-rules").text
    assert write(admin, world, safety_ja="# 安心\n\n1. **笑いません。**\n").status_code == 303

    assert world.browser("jiro").get("/ground-rules").text.count("笑いません") == 0 == before.count("笑いません")
    assert "人を責めません" in before


def test_the_preview_shows_each_word_that_is_new_and_the_cards(world, admin):
    with world.app.app_context(), unit(read_only=True):
        text = Edition.current().body(Part.SAFETY, "ja")
    write(admin, world, safety_ja=text.replace("人を責めません", "仲間を責めません"))

    page = admin.get("/ground-rules/draft/preview").text
    assert '<span class="gone">人</span>' in page and "<mark>仲間</mark>" in page
    assert '<td lang="ja">仲間を責めません。事情を見ます。</td><td lang="en">We blame nobody; we look at what happened.</td>' in page


def test_published_it_is_in_force_from_its_day_and_the_meetings_from_then_on_go_by_it(world, admin):
    world.acknowledge(world.jiro)
    write(admin, world, safety_ja="1. **仲間を責めません。**\n   事情を見ます。\n", note="言葉を直した")
    page = admin.get("/ground-rules/draft/preview").text
    assert "予定している会議1件" in page and "済ませている1人" in page  # the meeting is tomorrow

    answer = admin.post("/ground-rules/draft/publication", effective_on=(TODAY + timedelta(days=1)).isoformat(), version=words(world)["version"])
    assert answer.status_code == 303 and answer.location.endswith("/ground-rules/editions/2")

    with world.app.app_context(), unit(read_only=True):
        assert Edition.current().number == 1 and Edition.on(TODAY + timedelta(days=1)).number == 2
        assert session.get(Meeting, world.meeting).edition.number == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(Acknowledgement)) == 1  # what was read stays on record
        assert deck(Edition.newest())["rule-safety-1"]["question_ja"] == "仲間を責めません。"
        assert EditionDraft.now() is None
    assert "仲間を責めません" in world.browser("jiro").get(f"/meetings/{world.meeting}/rules").text
    assert world.browser("jiro").get(f"/meetings/{world.meeting}/room").status_code == 404  # he has not read the new ones yet
    listed = world.browser("jiro").get("/ground-rules/editions").text
    assert "言葉を直した" in listed and "施行前" in listed


def test_a_meeting_that_is_open_keeps_the_rules_it_was_opened_with(world, admin):
    world.open_meeting()
    write(admin, world, safety_ja="1. **仲間を責めません。**\n")
    admin.post("/ground-rules/draft/publication", effective_on=TODAY.isoformat(), version=words(world)["version"])
    with world.app.app_context(), unit(read_only=True):
        assert Edition.current().number == 2
        assert session.get(Meeting, world.meeting).edition.number == 1


def test_a_meeting_moved_to_another_day_goes_by_the_rules_of_that_day(world, admin):
    write(admin, world, safety_ja="1. **仲間を責めません。**\n")
    admin.post("/ground-rules/draft/publication", effective_on=(TODAY + timedelta(days=5)).isoformat(), version=words(world)["version"])
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        assert meeting.edition.number == 1
        meeting.reschedule(meeting.starts_at + timedelta(days=7), meeting.ends_at + timedelta(days=7), by=session.get(User, world.hanako))
        assert meeting.edition.number == 2


def test_proposed_is_the_day_after_the_next_meeting_people_are_called_to_and_today_without_one(world, admin):
    write(admin, world, safety_ja="1. **仲間を責めません。**\n")
    value = lambda page: page.partition('name="effective_on"')[2].partition('value="')[2].partition('"')[0]  # noqa: E731
    assert value(admin.get("/ground-rules/draft/preview").text) == TODAY.isoformat()
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).invited_at = session.get(Meeting, world.meeting).starts_at
    assert value(admin.get("/ground-rules/draft/preview").text) == (TODAY + timedelta(days=2)).isoformat()  # the meeting is tomorrow


def test_the_preview_tells_which_meeting_falls_under_which_edition_for_the_day_typed_and_publishes_nothing(world):
    hanako = world.browser("hanako")
    hanako.get("/ground-rules/draft")
    hanako.post("/ground-rules/draft/begin")
    write(hanako, world, safety_ja="1. **仲間を責めません。**\n")
    edition = {}
    for days in (1, 2):
        answer = hanako.post("/ground-rules/draft/publication", effective_on=(TODAY + timedelta(days=days)).isoformat(), then="look", version=words(world)["version"])
        assert answer.status_code == 200
        edition[days] = answer.text.partition('id="which"')[2].partition("</table>")[0]
    assert "みなも市支援会議" in edition[1] and "第2版" in edition[1] and "第2版" not in edition[2]
    assert "みなも市支援会議" not in world.browser("kanri").get("/ground-rules/draft/preview").text  # the administrator sees no meeting
    with world.app.app_context(), unit(read_only=True):
        assert Edition.newest().number == 1 and EditionDraft.now() is not None


def test_the_english_may_stay_empty_and_whoever_reads_english_reads_the_japanese_with_a_note(world, admin):
    assert write(admin, world, safety_ja="1. **仲間を責めません。**\n", safety_en="").status_code == 303
    assert "一方の言語だけを改めています" not in admin.get("/ground-rules/draft/preview").text
    answer = admin.post("/ground-rules/draft/publication", effective_on=TODAY.isoformat(), version=words(world)["version"])
    assert answer.status_code == 303
    world.acknowledge()
    jiro = world.browser("jiro")
    jiro.get("/")
    jiro.post("/language", language="en", next="/")
    for where in ("/ground-rules", f"/meetings/{world.meeting}/rules", "/ground-rules/editions/2"):
        page = jiro.get(where).text
        assert "仲間を責めません" in page and page.count("in Japanese only") == 1, where
    with world.app.app_context(), unit(read_only=True):
        assert deck(Edition.newest())["rule-safety-1"]["question_en"] == ""
    assert write(admin, world).status_code == 409  # there is no draft any more
    admin.post("/ground-rules/draft/begin")
    assert write(admin, world, safety_ja="").status_code == 422


@pytest.mark.parametrize(("changed", "on", "said"), [
    (dict(safety_ja="約束は話し合って決めます。"), TODAY, "番号の付いた約束がありません"),
    (dict(safety_ja="1. **守ります。**（{{ citation.nowhere }}）"), TODAY, "「nowhere」という根拠条文はありません"),
    (dict(safety_ja="1. **守ります。**"), TODAY - timedelta(days=1), "以後の日としてください"),
])
def test_what_cannot_be_gone_by_is_not_published(world, admin, changed, on, said):
    write(admin, world, **changed)
    answer = admin.post("/ground-rules/draft/publication", effective_on=on.isoformat(), version=words(world)["version"])
    assert answer.status_code == 422 and said in answer.text
    with world.app.app_context(), unit(read_only=True):
        assert Edition.newest().number == 1


def test_nothing_new_is_no_new_edition_and_a_stale_page_publishes_nothing(world, admin):
    assert admin.post("/ground-rules/draft/publication", effective_on=TODAY.isoformat(), version=words(world)["version"]).status_code == 409
    old = words(world)["version"]
    write(admin, world, safety_ja="1. **守ります。**")
    assert admin.post("/ground-rules/draft/publication", effective_on=TODAY.isoformat(), version=old).status_code == 409


def test_the_words_of_an_edition_cannot_be_changed_by_anybody(world):
    with world.app.app_context(), pytest.raises(RuntimeError, match="do not change"), unit():
        session.scalars(sa.select(RuleText)).first().body = "別の約束"


@pytest.mark.parametrize("text", ["1. 聞きます。\n   最後まで。\n2. 話します。", "1. **聞きます。** 最後まで。\n\n2. **話します。**\n", tidy("１．聞きます。\n　最後まで。\n２．話します。"),
                                  "1. **聞きます。**\n\n   最後まで。\n\n1. 話します。\n\n終わりに。"])
def test_a_rule_is_a_card_however_the_office_writes_it(text):
    assert [(each.number, each.says, each.more) for each in rules_in(text)] == [(1, "聞きます。", "最後まで。"), (2, "話します。", "")]


def test_a_reworded_line_stands_beside_what_it_was_and_a_new_one_alone():
    found = changes.changes("1. 人を責めません。\n2. 聞きます。", "1. 仲間を責めません。\n2. 聞きます。\n3. 笑いません。")
    assert [(each.old, each.new) for each in found if not each.same] == [("1. 人を責めません。", "1. 仲間を責めません。"), ("", "3. 笑いません。")]
    assert [piece for piece, new in found[0].now if new] == ["仲間"]


def test_the_preview_warns_of_a_language_left_behind_and_of_a_reason_not_written(world, admin):
    with world.app.app_context(), unit(read_only=True):
        japanese, english = (Edition.current().body(Part.SAFETY, each) for each in ("ja", "en"))
    write(admin, world, safety_ja=japanese.replace("人を責めません", "仲間を責めません"))
    page = admin.get("/ground-rules/draft/preview").text
    assert "一方の言語だけを改めています" in page and "安心して話す (English)" in page and "「改めた点とその理由」が空欄です" in page

    write(admin, world, safety_ja=japanese.replace("人を責めません", "仲間を責めません"), safety_en=english + "\nAnd more.\n", note="言葉を改めた")
    page = admin.get("/ground-rules/draft/preview").text
    assert "一方の言語だけを改めています" not in page and "空欄です" not in page


def test_a_text_of_brackets_or_one_written_wholly_anew_keeps_nobody_waiting():
    """The patterns of links took half a minute for a text of brackets; they are not looked for, as no link is ever shown."""
    assert page("[" * 200 + "**a**](https://a.example)").count("<a") == 0 and "<strong>a</strong>" in page("[**a**](b)")
    old, new = "\n".join(f"{n} あいうえお" for n in range(60)), "\n".join(f"かきくけこ {n}" for n in range(60))
    found = changes.changes(old, new)
    assert [each.old for each in found[:60]] == old.splitlines() and [each.new for each in found[60:]] == new.splitlines()
