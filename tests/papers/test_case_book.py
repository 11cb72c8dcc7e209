"""An example of the case book, from the first words to the book on paper."""

import io
import re

import docx
import pytest

from accounts.models import User
from cases.models import Case
from cases.traces import FindingKind
from core.database import session, unit
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from papers.case_book import CaseExample, ExampleState
from papers.case_book_of_case import alike, facts_of

DATABASES = ["sqlite"]  # forms and pages; nothing here asks a database of its own
PLAIN = dict(title="窓口を一つにした世帯", overview="80歳代の母と50歳代の子", troubles="", flow="3か月後に集まった", decided="窓口を一つにする", worked="", remains="", missing="")


@pytest.fixture
def hanako(world):
    return world.browser("hanako")


def write(world, hanako, **words):
    """Write an example of A's case through the door; give its id."""
    hanako.get(f"/cases/{world.case}/case-book")
    answer = hanako.post(f"/cases/{world.case}/case-book", **PLAIN | words)
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/case-book/(\d+)/edit", answer.location)[1])


def kept(world, example_id):
    with world.app.app_context(), unit(read_only=True):
        found = session.get(CaseExample, example_id)
        return found.state, found.version, len(found.confirmations), [each.state for each in found.steps]


def keys(page):
    return re.findall(r'name="key" value="(\w+)"', page)


def test_facts_are_counted_and_no_word_of_the_case_is_taken_over(world, hanako):
    with world.app.app_context(), unit():
        case = session.get(Case, world.case)
        case.summary, case.people[0].age = "書いてはならない概要", 82
    page = hanako.get(f"/cases/{world.case}/case-book").text
    assert "80歳代" in page and "82" not in re.sub(r"<svg.*?</svg>|[\w./-]*\d{3,}[\w./-]*", "", page.split("<main", 1)[1])
    shown = hanako.get(f"/case-book/{write(world, hanako)}").text
    assert "書いてはならない概要" not in page + shown and "80歳代" in shown


def test_each_finding_is_taken_out_or_confirmed_before_the_office_reads_it(world, hanako):
    made = write(world, hanako, flow="6/10に訪ねた。82歳だった。")
    first = keys(hanako.get(f"/case-book/{made}/edit").text)
    assert len(first) == 2
    assert hanako.post(f"/case-book/{made}/ready", note="見た").status_code in (409, 422)
    assert hanako.post(f"/case-book/{made}/confirmations", key=first[0], reason="").status_code == 422
    hanako.post(f"/case-book/{made}/confirmations", key=first[0], reason="十分の六のこと")
    assert len(keys(hanako.get(f"/case-book/{made}/edit").text)) == 1
    hanako.post(f"/case-book/{made}", **PLAIN)  # both are out now
    assert keys(hanako.get(f"/case-book/{made}/edit").text) == []
    assert hanako.post(f"/case-book/{made}/ready", note="一人で二度読んだ").status_code == 303
    assert kept(world, made)[0] == ExampleState.READY
    assert "窓口を一つにした世帯" in world.browser("fumiko").get("/case-book").text


def test_words_of_the_record_and_what_is_rare_together_are_shown_to_be_confirmed(world, hanako):
    world.open_meeting()
    with world.app.app_context(), unit():
        case = session.get(Case, world.case)
        case.own_words = "ラジオの修理なら朝まででもできるのに"
        Entry.capture(session.get(Meeting, world.meeting).hearings[0], session.get(User, world.hanako), "e", EntryKind.OPINION, "隣の家の犬だけが話し相手だと聞いた")
    made = write(world, hanako, worked="修理なら朝まででもできると分かった", remains="犬だけが話し相手だと聞いたこと", troubles="中学生の双子と元教員の父", flow="三か月後")
    page = hanako.get(f"/case-book/{made}/edit").text
    assert "<mark>修理なら朝まででもできる</mark>" in page and "<mark>犬だけが話し相手だと聞いた</mark>" in page
    assert "まれな組合せ" in page and "双子・元教員" in page and len(keys(page)) == 3
    assert hanako.post(f"/case-book/{made}/ready", note="見た").status_code in (409, 422)
    for key in keys(page):
        hanako.post(f"/case-book/{made}/confirmations", key=key, reason="ほかの世帯にも当てはまる")
        hanako.get(f"/case-book/{made}/edit")
    assert hanako.post(f"/case-book/{made}/ready", note="一人で二度読んだ").status_code == 303


def test_a_second_coordinator_looks_where_there_is_one(world, hanako):
    made = write(world, hanako)
    with world.app.app_context(), unit():
        session.get(Case, world.case).join_team(session.get(User, world.other))
    assert hanako.post(f"/case-book/{made}/ready", note="見た").status_code in (409, 422)
    other = world.browser("other")
    assert "窓口を一つにした世帯" in other.get(f"/case-book/{made}/edit").text
    assert other.post(f"/case-book/{made}/ready", note="").status_code == 303
    assert kept(world, made)[0] == ExampleState.READY


def test_nobody_alone_makes_it_ready_without_a_word(world, hanako):
    made = write(world, hanako)
    assert hanako.post(f"/case-book/{made}/ready", note="").status_code in (409, 422)
    assert kept(world, made)[0] == ExampleState.DRAFT


def test_a_draft_is_read_by_its_team_only_and_what_is_withdrawn_or_rewritten_by_nobody_else(world, hanako):
    made, clerk = write(world, hanako), world.browser("fumiko")
    assert clerk.get(f"/case-book/{made}").status_code == 404
    hanako.post(f"/case-book/{made}/ready", note="読んだ")
    assert clerk.get(f"/case-book/{made}").status_code == 200
    assert world.browser("jiro").get(f"/case-book/{made}").status_code == 404
    hanako.post(f"/case-book/{made}", **PLAIN | dict(title="新しい題"))
    assert clerk.get(f"/case-book/{made}").status_code == 404
    hanako.post(f"/case-book/{made}/ready", note="読んだ")
    hanako.post(f"/case-book/{made}/withdrawal", reason="特定のおそれ")
    assert clerk.get(f"/case-book/{made}").status_code == 404
    assert kept(world, made)[3] == [ExampleState.DRAFT, ExampleState.READY, ExampleState.DRAFT, ExampleState.READY, ExampleState.WITHDRAWN]


def test_two_who_write_at_once_lose_nothing(world, hanako):
    made = write(world, hanako)
    version = kept(world, made)[1]
    assert hanako.post(f"/case-book/{made}", **PLAIN | dict(title="先の題", version=version)).status_code == 303
    late = hanako.post(f"/case-book/{made}", **PLAIN | dict(title="後の題", version=version))
    assert late.status_code == 409 and "先の題" in late.text and "後の題" in late.text


def test_a_case_like_few_others_is_told_more_widely(world, hanako):
    with world.app.app_context(), unit():
        case = session.get(Case, world.case)
        case.people[0].age = 82
        assert alike(case, False) == 1
        wide = facts_of(case, True)
        assert (wide.ages, wide.household) == (("高齢（65歳以上）", "中年（40～64歳）"), "複合的な課題を抱える世帯")
    assert "legal-label" in hanako.get(f"/cases/{world.case}/case-book").text


def test_the_book_holds_what_is_ready_and_nothing_else(world, hanako):
    ready = write(world, hanako)
    hanako.post(f"/case-book/{ready}/ready", note="読んだ")
    write(world, hanako, title="まだ下書きの題")
    with world.app.app_context(), unit(read_only=True):
        year = session.get(CaseExample, ready).fiscal_year
        number, label = session.get(Case, world.case).number, session.get(Case, world.case).label
    answer = hanako.get(f"/case-book/years/{year}.docx")
    paper = docx.Document(io.BytesIO(answer.data))
    words = "\n".join([*(each.text for each in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])
    plain = hanako.get(f"/case-book/years/{year}.md").text
    for text in (words, plain):
        assert "窓口を一つにした世帯" in text and "まだ下書きの題" not in text
        assert number not in text and label not in text
    assert "事例1　窓口を一つにした世帯" in [each.text for each in paper.paragraphs if each.style.name.startswith("Heading 1")]
    assert hanako.get(f"/case-book/years/{year}.docx").data == answer.data


def test_every_kind_of_finding_says_what_to_write_instead():
    assert all(each.label and each.advice for each in FindingKind)
