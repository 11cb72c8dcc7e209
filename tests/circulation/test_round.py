"""The draft goes round: who sat reads it, agrees, proposes other words or dissents, and everything is answered in sight."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
import re
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind, Member
from circulation import deadlines, telling
from circulation.models import Circulation
from circulation.remarks import Remark
from circulation.windows import Standing, due
from circulation.words import Outcome
from core import clock
from core.audit import AuditRow
from core.database import session, unit, utcnow
from core.office import office
from core.web import Refused
from meetings import minutes
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole
from notices.kinds import NoticeKind
from notices.models import Notice

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

FACT, LIMITED, DECISION = "Aさんの体重が減った。", "限られた人だけの話。", "保健師が週1回訪ねる。"


@pytest.fixture
def closed(world):
    """A closed meeting with a fact, a limited opinion (of which 三郎 knows nothing) and a decision; 正 has no account."""
    world.open_meeting()
    with at_work(world) as meeting:
        hanako, hearing = session.get(User, world.hanako), meeting.hearings[0]
        for key, kind, text in (("f", EntryKind.FACT, FACT), ("d", EntryKind.DECISION, DECISION)):
            Entry.capture(hearing, hanako, key, kind, text)
        Entry.capture(hearing, hanako, "l", EntryKind.OPINION, LIMITED, limited=True)
        neighbour = Member(agency=Agency(name="民生委員協議会", kind=AgencyKind.INFORMAL), name="隣 正", job="民生委員")
        session.add(neighbour)
        session.flush()
        hearing.seat(neighbour, Level.REQUIRED, SeatRole.PARTICIPANT).attendance = Attendance.WRITTEN
        next(each for each in hearing.seats if each.member.user_id == world.saburo).confidant = False
    world.close_meeting()
    return world


@pytest.fixture
def sent(closed):
    """The draft goes round; gives the world with the round's address."""
    hanako = browser(closed, "hanako")
    hanako.get(f"/meetings/{closed.meeting}/circulations/new")
    answer = hanako.post(f"/meetings/{closed.meeting}/circulations", answer_by=day(14), once=hanako.once())
    assert answer.status_code == 303, answer.text
    closed.round = answer.location.removesuffix("/remarks")
    return closed


@contextmanager
def at_work(world):
    with world.app.app_context(), unit():
        yield session.get(Meeting, world.meeting)


def browser(world, login):
    """Somebody signed in, with a page of theirs open."""
    made = world.browser(login)
    made.get("/ground-rules")
    return made


def day(count):
    return (clock.today() + timedelta(days=count)).isoformat()


def turn(world) -> Circulation:
    return session.scalars(sa.select(Circulation).order_by(Circulation.number.desc())).first()


def key_of(page, words) -> str:
    """The key of the sentence with these words on a reader's page."""
    return re.search(rf'id="s([0-9a-f]{{12}})"><p class="draft-text">[^<]*{re.escape(words)}', page)[1]


def said(world, login, words, **more):
    """What somebody sends beside a sentence; gives the answer."""
    reader = browser(world, login)
    page = reader.get(world.round).text
    fields = dict(at=key_of(page, words), kind="correct", text=f"{words}（直し）", why="") | more
    return reader.post(f"{world.round}/remarks", fields)


def answered(world, outcome="accepted", login="hanako", read=None, **more):
    with at_work(world):
        waits = session.scalars(sa.select(Remark).order_by(Remark.id)).unique().all()[-1]
        id, number = waits.id, waits.entry.number if waits.entry else ""
    return browser(world, login).post(f"/remarks/{id}/answer", dict(outcome=outcome, words="", said="", read=str(read or number)) | more)


def finalised(world):
    return browser(world, "hanako").post(f"/meetings/{world.meeting}/minutes/finalisation")


# -- going round ---------------------------------------------------------------------------------------------------------

def test_the_draft_goes_to_all_who_sat_but_who_sends_it_and_the_days_are_the_offices(sent):
    with at_work(sent) as meeting:
        made = turn(sent)
        asked = {each.member.name for each in made.readers}
        told = {each.member.name for each in session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.DRAFT)).unique()}
        assert made.minutes.status == "案 第1回"
        assert made.hash == made.minutes.digest()
        assert deadlines.draft_due(meeting).day == due(clock.local(meeting.closed_at).date(), office().minutes_within)
    assert asked == told == {"佐藤 次郎", "田中 三郎", "隣 正"}


def test_whoever_sat_agrees_with_two_taps_and_twice_is_once(sent):
    jiro = browser(sent, "jiro")
    page = jiro.get(sent.round).text
    assert "内容に異議ありません" in page
    for _twice in range(2):
        assert jiro.post(f"{sent.round}/agreement").status_code == 303
    with at_work(sent):
        assert turn(sent).reader(sent.member(sent.jiro)).standing == Standing.AGREED


def test_who_did_not_sit_does_not_know_of_it(sent):
    for login in ("stranger", "other", "fumiko", "kanri"):
        outside = browser(sent, login)
        assert outside.get(sent.round).status_code == 404
        assert outside.post(f"{sent.round}/agreement").status_code == 404


def test_what_was_told_to_some_only_is_in_nobody_elses_draft_nor_in_the_remarks_on_it(sent):
    saw = said(sent, "jiro", LIMITED, text="限られた直し", why="限られた訳")
    assert saw.status_code == 303
    saburo, jiro = browser(sent, "saburo"), browser(sent, "jiro")
    page, shared = saburo.get(sent.round).text, jiro.get(sent.round).text
    for words in (LIMITED, "限られた直し", "限られた訳"):
        assert words in re.sub("</?(mark|del)>", "", shared)
        assert words not in re.sub("</?(mark|del)>", "", page)
    limited = key_of(shared, LIMITED)
    assert saburo.post(f"{sent.round}/remarks", at=limited, kind="correct", text="知らないはず").status_code == 422
    assert LIMITED not in saburo.get(f"{sent.round}?at={limited}").text


def test_who_opens_the_draft_or_takes_it_along_is_on_record(sent):
    jiro = browser(sent, "jiro")
    assert jiro.get(sent.round).status_code == jiro.get(f"{sent.round}.docx").status_code == 200
    with at_work(sent):
        rows = session.scalars(sa.select(AuditRow).where(AuditRow.subject == sent.round.removeprefix("/").replace("circulations", "circulation")))
        assert [(each.who, each.act) for each in rows if each.who == "jiro"] == [("jiro", "saw"), ("jiro", "exported")]


# -- corrections ---------------------------------------------------------------------------------------------------------

def test_a_correction_taken_over_stands_in_the_record_and_its_author_is_told(sent):
    assert said(sent, "jiro", FACT).status_code == 303
    with at_work(sent):
        assert session.scalar(sa.select(sa.func.count()).where(Notice.kind == NoticeKind.REMARK)) == 1
    assert answered(sent).status_code == 303
    with at_work(sent) as meeting:
        assert f"{FACT}（直し）" in [each.text for each in meeting.hearings[0].entries]
        told = session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.REMARK_ANSWERED)).unique().one()
        assert told.member.user_id == sent.jiro
    assert "反映</span>" in browser(sent, "saburo").get(sent.round).text


def test_a_correction_taken_over_in_part_stands_in_the_words_of_the_answer(sent):
    said(sent, "jiro", FACT)
    assert answered(sent, "partly").status_code == 422
    assert answered(sent, "partly", words="体重が3か月で減った。").status_code == 303
    with at_work(sent) as meeting:
        assert "体重が3か月で減った。" in [each.text for each in meeting.hearings[0].entries]


def test_a_correction_not_taken_over_needs_a_reason_and_may_turn_into_a_dissent(sent):
    said(sent, "jiro", FACT)
    assert answered(sent, "rejected").status_code == 422
    assert answered(sent, "rejected", said="会議ではこう話されました。").status_code == 303
    page = browser(sent, "jiro").get(sent.round).text
    assert "会議ではこう話されました。" in page
    assert "異議として残す" in page


def test_the_second_of_two_answers_gets_a_plain_page_and_changes_nothing(sent):
    said(sent, "jiro", FACT)
    assert answered(sent).status_code == 303
    late = answered(sent, "rejected", said="遅れて来た答え")
    assert late.status_code == 409
    assert "ほかの人が先に回答したか" in late.text
    assert "遅れて来た答え" in late.text  # nothing typed is lost
    with at_work(sent):
        assert session.scalars(sa.select(Remark)).unique().one().outcome.value == "accepted"


def test_an_answer_to_a_line_that_changed_meanwhile_changes_nothing(sent):
    said(sent, "jiro", FACT)
    with at_work(sent) as meeting:
        line = next(each for each in meeting.hearings[0].entries if each.text == FACT)
        line.rewrite(session.get(User, sent.hanako), 1, line.kind, "別の文。")
    assert answered(sent, read=1).status_code == 409
    with at_work(sent) as meeting:
        assert "別の文。" in [each.text for each in meeting.hearings[0].entries]
        assert session.scalars(sa.select(Remark)).unique().one().waits


def test_notices_are_one_for_a_readers_remarks_and_go_when_they_ask_for_nothing_more(sent):
    asking = lambda kind: session.scalar(sa.select(sa.func.count()).where(Notice.kind == kind, Notice.unseen))  # noqa: E731
    for words in (FACT, DECISION):
        said(sent, "jiro", words)
    with at_work(sent):
        assert (asking(NoticeKind.REMARK), asking(NoticeKind.DRAFT)) == (1, 2)
        for each in turn(sent).remarks:
            each.settle(session.get(User, sent.hanako), Outcome.REJECTED, answer="理由")
            telling.of_the_answer(each)
        assert (asking(NoticeKind.REMARK), asking(NoticeKind.REMARK_ANSWERED)) == (0, 2)
    finalised(sent)
    with at_work(sent):
        assert (asking(NoticeKind.DRAFT), asking(NoticeKind.MINUTES_FINAL)) == (0, 4)


# -- dissents ------------------------------------------------------------------------------------------------------------

def test_a_dissent_stays_in_the_minutes_under_the_name_of_who_said_it(sent):
    assert said(sent, "saburo", DECISION, kind="dissent", text="週1回では足りないと考えます。").status_code == 303
    finalised(sent)
    jiro = browser(sent, "jiro")
    word = ZipFile(BytesIO(jiro.get(f"/meetings/{sent.meeting}/minutes.docx").data)).read("word/document.xml").decode()
    for paper in (word, jiro.get(f"/meetings/{sent.meeting}/minutes.txt").text, jiro.get(f"/meetings/{sent.meeting}/minutes").text):
        plain = re.sub("<[^>]*>", "", paper)
        assert "異議・少数意見" in plain
        assert plain.index("決定事項") < plain.index("異議・少数意見") < plain.index("資源開発")
        assert "週1回では足りないと考えます。（ひきこもり支援センター 田中 三郎" in plain
        assert "3名に回覧し、異議なし0名、異議1名、未回答2名。" in plain


def test_a_dissent_is_withdrawn_by_who_said_it_and_by_nobody_else(sent):
    said(sent, "saburo", DECISION, kind="dissent", text="異議")
    assert browser(sent, "saburo").post(f"{sent.round}/agreement").status_code == 409  # not both at once
    with at_work(sent):
        id = session.scalars(sa.select(Remark)).unique().one().id
    for login, status in (("hanako", 404), ("jiro", 404), ("saburo", 303)):
        assert browser(sent, login).post(f"/remarks/{id}/withdrawal").status_code == status
    with at_work(sent) as meeting:
        assert minutes.lay_out(meeting).hearings[0].dissents == ()


# -- people without an account ---------------------------------------------------------------------------------------------

def test_what_somebody_without_an_account_says_is_written_down_for_them(sent):
    with at_work(sent):
        heard = next(each.id for each in turn(sent).readers if each.member.user_id is None)
    hanako = browser(sent, "hanako")
    page = hanako.get(f"{sent.round}?for={heard}").text
    assert "隣 正さんから聞いたことを記録します。" in page
    fields = {"for": str(heard)}
    assert hanako.post(f"{sent.round}/agreement", fields).status_code == 422  # how it was said is asked
    assert hanako.post(f"{sent.round}/agreement", fields | dict(how="phone")).status_code == 303
    assert hanako.post(f"{sent.round}/remarks", fields | dict(at=key_of(page, FACT), kind="dissent", text="紙で届いた異議", how="paper")).status_code == 303
    assert browser(sent, "jiro").post(f"{sent.round}/agreement", fields | dict(how="phone")).status_code == 404
    with at_work(sent):
        remark = session.scalars(sa.select(Remark)).unique().one()
        assert (remark.who, remark.how.value) == ("民生委員協議会 隣 正", "paper")


# -- days ----------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("deemed, shown", [(False, "未回答"), (True, "みなし確認(字句)")])
def test_when_the_time_is_over_it_is_said_and_who_was_silent_is_shown(sent, deemed, shown):
    with at_work(sent):
        turn(sent).answer_by, turn(sent).deemed = clock.today() - timedelta(days=1), deemed
    for _twice in range(2):
        with sent.app.app_context(), unit():
            deadlines.say_that_time_is_over(utcnow())
    page = browser(sent, "hanako").get(f"{sent.round}/remarks").text
    with at_work(sent) as meeting:
        assert session.scalar(sa.select(sa.func.count()).where(Notice.kind == NoticeKind.MINUTES_LATE)) == 1
        told = minutes.lay_out(meeting).hearings[0].circulated[0].text
    assert page.count(f"{shown}</span>") == 3
    assert "意見の期限が過ぎました" in browser(sent, "jiro").get(sent.round).text
    assert ("字句に限り確認したものとみなした（みなし確認。役割への同意を含まない）。" in told) == deemed
    assert browser(sent, "jiro").post(f"{sent.round}/agreement").status_code == 303  # until it is final, nobody is too late


def test_more_time_is_given_for_a_reason_that_all_read_and_the_silent_are_asked_again(sent):
    hanako = browser(sent, "hanako")
    assert hanako.post(f"{sent.round}/extension", until=day(1), reason="短くする").status_code == 422
    assert hanako.post(f"{sent.round}/extension", until=day(30), reason="年末のため").status_code == 303
    assert hanako.post(f"{sent.round}/reminder").status_code == 303
    assert "年末のため" in browser(sent, "jiro").get(sent.round).text
    with at_work(sent):
        assert session.scalar(sa.select(sa.func.count()).where(Notice.kind == NoticeKind.DRAFT)) == 6


def test_who_runs_the_meeting_hears_once_when_no_draft_went_round_in_time(closed):
    with at_work(closed) as meeting:
        meeting.closed_at = utcnow() - timedelta(days=40)
    for _twice in range(2):
        with closed.app.app_context(), unit():
            deadlines.say_that_no_draft_goes_round(utcnow())
    with at_work(closed):
        assert session.scalar(sa.select(sa.func.count()).where(Notice.kind == NoticeKind.MINUTES_LATE)) == 1


# -- becoming final --------------------------------------------------------------------------------------------------------

def test_nothing_becomes_final_while_a_correction_waits_and_the_way_on_is_one_link(sent):
    said(sent, "jiro", FACT)
    page = browser(sent, "hanako").get(f"/meetings/{sent.meeting}/minutes").text
    assert "/minutes/finalisation" not in page and f'href="{sent.round}/remarks"' in page  # not offered while it would be refused
    refused = finalised(sent)
    assert refused.status_code == 409
    assert f'href="{sent.round}/remarks"' in refused.text
    answered(sent)
    assert "/minutes/finalisation" in browser(sent, "hanako").get(f"/meetings/{sent.meeting}/minutes").text
    assert finalised(sent).status_code == 303
    with at_work(sent) as meeting:
        kept = meeting.final.minutes
        assert kept.hearings[0].circulated[0].text.endswith("訂正の申出1件、すべて回答済み（反映1件）。")
        assert kept.digest() == meeting.final.hash
        assert session.scalar(sa.select(sa.func.count()).where(Notice.kind == NoticeKind.MINUTES_FINAL)) == 4


def test_minutes_that_never_went_round_may_become_final_and_the_page_says_so_before(closed):
    assert "今の案は、回覧していません。" in browser(closed, "hanako").get(f"/meetings/{closed.meeting}/minutes").text
    assert finalised(closed).status_code == 303


def test_after_the_minutes_are_final_nothing_is_said_of_the_draft_and_nothing_typed_is_lost(sent):
    jiro = browser(sent, "jiro")
    at = key_of(jiro.get(sent.round).text, FACT)
    finalised(sent)
    late = jiro.post(f"{sent.round}/remarks", at=at, kind="correct", text="遅れて書いた文")
    assert late.status_code == 409
    assert "遅れて書いた文" in late.text
    with at_work(sent) as meeting, pytest.raises(Refused):
        assert session.scalars(sa.select(Remark)).first() is None
        Circulation.begin(meeting, session.get(User, sent.hanako), clock.today())  # what is final does not go round either


def test_reopened_minutes_go_round_again_and_the_earlier_remarks_stay_with_their_round(sent):
    said(sent, "saburo", DECISION, kind="dissent", text="残る異議")
    finalised(sent)
    hanako = browser(sent, "hanako")
    hanako.post(f"/meetings/{sent.meeting}/minutes/reopening", reason="日付の誤り")
    assert hanako.post(f"/meetings/{sent.meeting}/circulations", answer_by=day(14)).status_code == 303
    stale = browser(sent, "jiro").post(f"{sent.round}/agreement")
    assert stale.status_code == 409
    with at_work(sent) as meeting:
        first, second = meeting.circulations
        assert ([len(first.remarks), len(second.remarks)], second.minutes.status) == ([1, 0], "案 第2回")
        assert [each.text for each in minutes.lay_out(meeting).hearings[0].dissents] == ["残る異議"]


def test_a_remark_far_too_long_is_refused_with_every_word_of_it(sent):
    answer = said(sent, "jiro", FACT, text="長" * 100_000)
    assert answer.status_code == 422
    assert "長" * 100_000 in answer.text
    assert said(sent, "jiro", FACT, text="a\x0bb").status_code == 422
