"""What tries to get a withheld, undecided or limited passage into a copy to disclose; and how the rest is opened at once, not by accident."""

from __future__ import annotations

from importlib import import_module
import re
import threading

import pytest
import sqlalchemy as sa

from accounts.models import User
from core.database import session, unit
from meetings import record
from meetings.capture import Entry
from meetings.models import Meeting
from papers import making, withholding
from papers.copies import PaperCopy
from papers.redaction import Cell
from papers.withholding import Mark
from tests.papers.conftest import DECISION, FACT, LIMITED
from tests.papers.test_copies import ask_to_disclose, made, marking, number_of, open_the_rest, words

DATABASES = ["sqlite"]
FACTS, DECIDED, TOLD = "hearings.0.facts.0.text", "hearings.0.decisions.0.text", "hearings.0.opinions.0.text"


def approve(clerk, where, **typed):
    clerk.get(where)
    return clerk.post(f"{where}/approval", dict(decided_by="課長", decided_on="2026-01-05", aware="y") | typed)


def open_the_rest_but(clerk, where, *kept):
    shown = re.findall(r'<label class="passage".*?</label>', clerk.get(where).text, re.S)
    places = [re.search(r'value="([^"]+)"', each)[1] for each in shown if "passage-why" in each]
    assert clerk.post(where, places=[each for each in places if each not in kept], decision="open", ground=marking_ground(clerk)).status_code == 303


def marking_ground(clerk) -> str:
    return re.search(r'<option value="(\d+)">第三者情報', clerk.page)[1]


def version_shown(clerk) -> str:
    """What a page says it was read at."""
    return re.search(r'name="version" value="([^"]+)"', clerk.page)[1]


def anew(world, change=lambda meeting, hanako: None):
    """Reopen the minutes, change them so, and make them final again."""
    hanako = world.browser("hanako")
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        record.reopen(meeting, session.get(User, world.hanako), "訂正")
        change(meeting, session.get(User, world.hanako))
    hanako.get(f"/meetings/{world.meeting}/minutes")
    assert hanako.post(f"/meetings/{world.meeting}/minutes/finalisation").status_code == 303


def line(meeting, text) -> Entry:
    return next(each for each in meeting.hearings[0].entries if each.text == text)


def rewritten(was, text):
    def change(meeting, hanako):
        entry = line(meeting, was)
        entry.rewrite(hanako, entry.number, entry.kind, text)
    return change


def test_what_the_version_before_withheld_is_asked_about_in_the_next_one(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=DECIDED, **withhold).status_code == 303  # nothing proposes this line
    anew(final)
    open_the_rest_but(clerk, where, DECIDED)
    assert approve(clerk, where).status_code == 409
    assert ask_to_disclose(clerk, final).status_code == 409
    clerk.get(where)
    assert clerk.post(where, places=DECIDED, **withhold | dict(decision="open")).status_code == 303  # somebody decided otherwise
    assert approve(clerk, where).status_code == 303


def test_the_next_version_says_of_a_line_that_it_was_withheld_before_and_opens_it_not_in_bulk(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=DECIDED, **withhold).status_code == 303
    anew(final)
    anew(final)  # nobody decided anything on the version between
    assert "前の版で不開示としました" in clerk.get(where).text
    rest = clerk.get(f"{where}/rest").text
    assert f'value="{DECIDED}"' not in rest and DECISION in rest
    assert clerk.post(f"{where}/carrying").status_code == 303
    assert "前の版で不開示としました" not in clerk.get(where).text


def test_words_withheld_before_that_were_rewritten_are_asked_about_at_the_approval(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=DECIDED, **withhold).status_code == 303
    anew(final, rewritten(DECISION, "保健師が月1回訪ねる。"))
    open_the_rest(clerk, where)
    unaware = approve(clerk, where, aware="")
    assert unaware.status_code == 422 and DECISION in unaware.text.partition('id="approval"')[2]
    assert approve(clerk, where).status_code == 303


def test_a_line_opened_before_it_was_limited_is_not_opened_any_more(final):
    clerk, where = final.browser("fumiko"), f"/meetings/{final.meeting}/withholding"
    open_the_rest(clerk, where)
    anew(final, lambda meeting, _hanako: line(meeting, FACT).limit(True))
    clerk.get(where)
    clerk.post(f"{where}/carrying")
    with final.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, final.meeting)
        shown = making.weighed(meeting, session.scalars(sa.select(User).where(User.login == "fumiko")).one())[1]
        limited = next(each for each in shown if each.text == FACT)
        assert limited.limited
        assert limited.place in {each.place for each in withholding.passages(withholding.standing(meeting.final), shown)}
    assert approve(clerk, where).status_code == 409


def test_an_opening_holds_for_a_limited_line_only_if_it_was_limited_then(final):
    """A line of an earlier meeting that stands on this paper can be limited there, long after."""
    cell = Cell("a", "話", "", "", "a", "facts.text", limited=True)
    for limited in (False, True):
        marks = [Mark(place="a", start=0, end=None, opened=True, limited=limited)]
        assert bool(withholding.passages(marks, [cell])) == (not limited)
        assert withholding.decided(marks, [cell]) == ({"a"} if limited else set())


def test_words_alone_of_a_limited_line_leave_the_rest_of_it_undecided(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=TOLD, words="だけ", **withhold).status_code == 303
    open_the_rest_but(clerk, where, TOLD)
    assert approve(clerk, where).status_code == 409
    assert ask_to_disclose(clerk, final).status_code == 409


def test_a_page_of_the_version_before_decides_nothing_on_the_next(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    old = version_shown(clerk)
    anew(final, rewritten(FACT, "Bさんの名前が出た。"))
    answer = clerk.post(where, places=FACTS, version=old, **withhold | dict(decision="open"))
    assert answer.status_code == 422 and "確定し直され" in answer.text and f'value="{FACTS}" checked' not in answer.text
    assert clerk.post(where, places=FACTS, version=version_shown(clerk), **withhold).status_code == 303


@pytest.mark.parametrize("read", ["1." + "9" * 5000 + ".x", "1.１.x", "..", "abc", "1.1"])
def test_a_page_that_does_not_say_what_it_showed_decides_nothing(final, read):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    answer = clerk.post(where, places=DECIDED, **withhold | dict(version=read))
    assert answer.status_code == 422
    assert "確定し直され" in answer.text


@pytest.mark.parametrize("places", [DECIDED, "no such line"])
def test_a_number_of_a_line_without_end_is_no_line(final, places):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    answer = clerk.post(where, places=places, **withhold | dict(line="000000001" + "9" * 5000))
    assert answer.status_code == (303 if places == DECIDED else 422)


def test_a_stale_tab_opens_nothing_that_another_has_withheld(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    old = version_shown(clerk)
    assert clerk.post(where, places=FACTS, version=old, **withhold).status_code == 303
    clerk.get(where)
    answer = clerk.post(where, places=[FACTS, DECIDED], version=old, **withhold | dict(decision="open"))
    assert answer.status_code == 422 and "共有された情報（事実）　1行目　内容" in answer.text
    with final.app.app_context(), unit(read_only=True):
        assert [each.opened for each in session.scalars(sa.select(Mark))] == [False]
    assert clerk.post(where, places=[FACTS, DECIDED], version=version_shown(clerk), **withhold | dict(decision="open")).status_code == 303


def test_an_approval_is_of_the_marks_that_its_page_showed(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=FACTS, **withhold).status_code == 303
    open_the_rest(clerk, where)
    clerk.get(where)
    old = version_shown(clerk)
    assert clerk.post(where, places=FACTS, **withhold | dict(decision="open")).status_code == 303  # in another tab
    answer = approve(clerk, where, version=old)
    assert answer.status_code == 409 and "課長" in answer.text and "承認を記録しました" not in answer.text
    assert ask_to_disclose(clerk, final).status_code == 409
    clerk.get(where)
    assert approve(clerk, where, version=version_shown(clerk)).status_code == 303


@pytest.mark.databases("postgresql")
def test_no_mark_is_lifted_while_a_copy_to_disclose_is_made(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=FACTS, **withhold).status_code == 303
    with final.app.app_context(), unit(read_only=True):
        mark = session.scalars(sa.select(Mark.id)).one()
    clerk.get(where)
    asked, lifted = threading.Event(), []

    def lift():
        asked.set()
        lifted.append(clerk.post(f"/withholding/{mark}/lifting").status_code)

    with final.app.app_context(), unit():
        version = session.get(Meeting, final.meeting).final
        withholding.hold(version)
        other = threading.Thread(target=lift)
        other.start()
        asked.wait()
        other.join(2)
        assert other.is_alive() and len(withholding.standing(version)) == 1
    other.join()
    assert lifted == [303]


def test_the_rest_is_opened_at_once_after_a_list_of_it(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places=FACTS, **withhold).status_code == 303
    page = clerk.get(f"{where}/rest").text
    places = re.findall(r'name="places" value="([^"]+)"', page)
    assert places and FACTS not in places and TOLD not in places and LIMITED in page  # what is limited is opened alone
    unread = clerk.post(f"{where}/rest", places=places, version=version_shown(clerk))
    assert unread.status_code == 422 and unread.text.count(" checked") == len(places)
    assert clerk.post(f"{where}/rest", places=places[1:], aware="y", version=version_shown(clerk)).status_code == 303
    page = clerk.get(f"{where}/rest").text
    assert re.findall(r'name="places" value="([^"]+)"', page) == places[:1]
    clerk.post(f"{where}/rest", places=places[:1], aware="y", version=version_shown(clerk))
    assert "まとめて開示にできる箇所はありません" in clerk.get(f"{where}/rest").text
    assert clerk.get(where).text.count("passage-why") == 1  # the limited line


def test_a_stale_list_of_the_rest_opens_nothing(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    places = re.findall(r'name="places" value="([^"]+)"', clerk.get(f"{where}/rest").text)
    old = version_shown(clerk)
    assert clerk.post(where, places=FACTS, **withhold).status_code == 303  # in another tab
    for typed in (dict(version=old), dict(version=""), dict(version=old, places=[TOLD])):
        answer = clerk.post(f"{where}/rest", dict(places=places, aware="y") | typed)
        assert answer.status_code in (409, 422), typed
    with final.app.app_context(), unit(read_only=True):
        assert [each.opened for each in session.scalars(sa.select(Mark))] == [False]


def test_the_undecided_lines_of_a_part_are_ticked_at_once(final):
    clerk, where = final.browser("fumiko"), f"/meetings/{final.meeting}/withholding"
    page = clerk.get(where).text
    number = re.search(r'id="part-(\d+)"><h2 lang="ja">出席者', page)[1]
    page = clerk.get(f"{where}?part={number}").text
    ticked = re.findall(r'name="places" value="([^"]+)" checked', page)
    assert ticked and all(".attendees." in each for each in ticked)
    for odd in ("0", "99", "x", "-1", "１"):
        assert " checked" not in clerk.get(f"{where}?part={odd}").text.partition('id="decided"')[0], odd


def test_a_copy_to_disclose_says_that_something_was_decided_since(final):
    clerk, where = final.browser("fumiko"), f"/meetings/{final.meeting}/withholding"
    open_the_rest(clerk, where)
    approve(clerk, where)
    copy = ask_to_disclose(clerk, final).location
    said = "作成した後に、不開示部分の決定が変わりました"
    assert said not in clerk.get(copy).text
    _where, withhold = marking(final, clerk)
    assert clerk.post(where, places=FACTS, version=version_shown(clerk), **withhold).status_code == 303
    assert said in clerk.get(copy).text and "決定の変更あり" in clerk.get(f"/meetings/{final.meeting}/copies").text
    assert FACT in words(clerk.get(f"{copy}.docx").data)  # what was handed over can be shown years later


def test_a_copy_of_a_version_that_was_reopened_says_so(final):
    clerk, where = final.browser("fumiko"), f"/meetings/{final.meeting}/withholding"
    open_the_rest(clerk, where)
    approve(clerk, where)
    copy = ask_to_disclose(clerk, final).location
    anew(final)
    assert "作成した後に、会議録が再開されました" in clerk.get(copy).text


def test_a_working_copy_of_before_says_that_it_was_made_under_the_earlier_rule(final):
    clerk = final.browser("fumiko")
    page, _file = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    assert "以前の取扱い" not in clerk.get(page).text
    with final.app.app_context(), unit():
        session.scalars(sa.select(PaperCopy)).unique().one().unmarked = True
    assert "以前の取扱い" in clerk.get(page).text and "以前の取扱い" in clerk.get(f"/meetings/{final.meeting}/copies").text


def test_the_step_to_this_house_knows_a_working_copy_of_before_by_its_pages(final):
    step = import_module("migrations.versions.0064_decided_as_limited")
    clerk = final.browser("fumiko")
    _page, now = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    _page, plain = made(clerk, f"/meetings/{final.meeting}/copies/record", recipient="文書担当", cases=number_of(final))

    assert [step._marked(each) for each in (now.data, plain.data, b"no Word file")] == [True, False, False]
