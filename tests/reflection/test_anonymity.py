"""Somebody with the whole database, the log, the audit and yesterday's copy looks for who answered what."""

from __future__ import annotations

from datetime import date, timedelta
import re

import pytest
import sqlalchemy as sa
import structlog

from accounts.models import User
from agencies.models import Member
from core import clock, database, jobs, keyed
from core.database import session, unit, utcnow
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole
from reflection import rounds, sums
from reflection.blur import PLACES
from reflection.models import Box, Mark, QuarterSum, Result, SealedSum
from reflection.rules import Answer, Band, Quarter, Question, Tally, quarter_of

DATABASES = ["sqlite"]
GOOD = dict.fromkeys([each.value for each in Question], "yes")
PEOPLE = ["jiro", "saburo", "aoi", "ren", "mei", "sora"]


@pytest.fixture
def held(world):
    """A meeting of 花子, who led it, and six others has closed."""
    with world.app.app_context(), unit():
        hearing = session.get(Meeting, world.meeting).hearings[0]
        for login in PEOPLE[2:]:
            id = world._person(login, f"{login} さん", f"{login}の機関", [])
            hearing.seat(world.member(id), Level.REQUIRED, SeatRole.PARTICIPANT)
    world.open_meeting()
    world.close_meeting()
    return world


def answer(world, login, browser=None, **said):
    browser = browser or world.browser(login)
    browser.get("/ground-rules")
    return browser.post(f"/meetings/{world.meeting}/reflection", GOOD | said)


def fill(world, logins, **said):
    """These people answer, past the door: signing in six browsers would take most of the test's time."""
    chosen = {each: Answer((GOOD | said)[each.value]) for each in Question}
    with world.app.app_context():
        for login in logins:
            with unit():
                member = session.scalar(sa.select(Member.id).join(User, User.id == Member.user_id).where(User.login == login))
                rounds.put_in(session.get(Meeting, world.meeting), member, chosen)


def weeks_later(world, weeks=1.2):
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).closed_at = utcnow() - timedelta(days=7 * weeks)


def settle(world):
    with world.app.app_context(), unit():
        rounds.settle(utcnow())


def end(world):
    weeks_later(world)
    settle(world)


def everything(world):
    with world.app.app_context():
        names = sa.inspect(database.engine()).get_table_names()
    with world.app.app_context(), unit(read_only=True):
        return {name: list(map(repr, session.execute(sa.text(f'SELECT * FROM "{name}"')))) for name in names}


def count(world, model):
    with world.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def kept(world):
    with world.app.app_context(), unit(read_only=True):
        return {each.question: each.band for each in session.scalars(sa.select(Result))}


def test_of_an_answer_nothing_changes_but_the_sealed_box_and_a_keyed_mark(held):
    fill(held, ["saburo"])
    jiro = held.browser("jiro")
    jiro.get(f"/meetings/{held.meeting}/reflection")
    before = everything(held)
    with structlog.testing.capture_logs() as logged:
        said = jiro.post(f"/meetings/{held.meeting}/reflection", GOOD)
    after = everything(held)

    assert said.status_code == 303 and logged == []
    assert {name for name in after if after[name] != before[name]} == {"reflection_box", "reflection_mark"}


def test_the_page_sends_no_key_under_which_its_sending_would_be_kept(held):
    page = held.browser("jiro").get(f"/meetings/{held.meeting}/reflection").text
    form = re.search(r'<form[^>]*class="minute".*?</form>', page, re.S)[0]

    assert 'name="once"' not in form and 'name="csrf_token"' in form and 'type="text"' not in form and "<textarea" not in form


def test_looking_at_the_page_or_the_result_is_not_noted_either(held):
    jiro, hanako = held.browser("jiro"), held.browser("hanako")
    before = everything(held)
    jiro.get(f"/meetings/{held.meeting}/reflection")
    hanako.get(f"/meetings/{held.meeting}/reflection/result")

    assert everything(held) == before


def test_the_tables_have_no_place_for_a_person_a_moment_or_an_order():
    columns = {model.__tablename__: set(model.__table__.columns.keys()) for model in (Box, Mark, Result, QuarterSum, SealedSum)}

    assert columns == {"reflection_box": {"meeting_id", "screen", "paper"}, "reflection_mark": {"mark", "meeting_id"},
                       "reflection_result": {"meeting_id", "question", "band"}, "reflection_quarter": {"begins", "question", "meetings", "answers", "yes"},
                       "reflection_sealed": {"begins", "sums"}}
    assert not any(model.audited for model in (Box, Mark, Result, QuarterSum, SealedSum))


def test_no_order_of_answering_lies_below_the_rows(held):
    fill(held, PEOPLE)
    with held.app.app_context(), unit(read_only=True):
        with pytest.raises(sa.exc.OperationalError):
            session.execute(sa.text("SELECT rowid FROM reflection_mark")).all()
    with held.app.app_context(), unit(read_only=True):
        stored = session.scalars(sa.text("SELECT mark FROM reflection_mark")).all()
    assert stored == sorted(stored) and len(stored) == PLACES


def test_before_and_after_the_sealed_box_tells_neither_answer_nor_number(held):
    sizes, seen = set(), set()
    for login, said in zip(PEOPLE, ["yes", "no", "no", "no", "yes", "no"]):
        fill(held, [login], **dict.fromkeys(GOOD, said))
        with held.app.app_context(), unit(read_only=True):
            box = session.get(Box, held.meeting)
        sizes |= {len(box.screen), len(box.paper)}
        seen |= {box.screen, box.paper}
    assert len(sizes) == 1 and len(seen) == 1 + len(PEOPLE)
    assert not any(b"0001" in each for each in seen)


def test_two_equal_answers_look_different_in_two_copies(held):
    fill(held, ["jiro"])
    with held.app.app_context(), unit(read_only=True):
        first = session.get(Box, held.meeting).screen
    with held.app.app_context(), unit():
        box = session.get(Box, held.meeting)
        box.screen = rounds._sealed(held.meeting, "screen", rounds._opened(held.meeting, "screen", box.screen))
    with held.app.app_context(), unit(read_only=True):
        assert session.get(Box, held.meeting).screen != first


def test_a_mark_cannot_be_worked_out_without_the_secret(held):
    fill(held, ["jiro"])
    with held.app.app_context(), unit(read_only=True):
        mark, member = session.scalar(sa.select(Mark.mark)), held.member(held.jiro).id
        own = keyed._key
        try:
            assert rounds.answered([held.meeting], member) == {held.meeting}
            keyed.use("another installation")
            assert rounds.answered([held.meeting], member) == set() and mark != rounds._mark(held.meeting, member)
        finally:
            keyed._key = own


def test_four_answers_leave_nothing_at_all(held):
    empty = {name: rows for name, rows in everything(held).items() if name.startswith("reflection")}
    fill(held, PEOPLE[:4], blame="no")
    end(held)

    assert {name: rows for name, rows in everything(held).items() if name.startswith("reflection")} == empty
    assert "結果はありません" in held.browser("hanako").get(f"/meetings/{held.meeting}/reflection/result").text


def test_five_answers_leave_bands_and_sums_and_no_mark(held):
    fill(held, ["jiro"], blame="no", wish="between")
    fill(held, ["ren", "mei"], blame="no")
    fill(held, ["saburo", "aoi"])
    end(held)

    assert kept(held) == dict.fromkeys(Question, Band.MOSTLY) | {Question.BLAME: Band.SELDOM}
    assert count(held, Mark) == count(held, Box) == 0
    with held.app.app_context(), unit(read_only=True):
        [quarter] = sums.quarters()
    assert (quarter.meetings, quarter.answers, quarter.yes[Question.BLAME], quarter.yes[Question.WISH]) == (1, 5, 2, 4)


def marks(world):
    with world.app.app_context(), unit(read_only=True):
        return set(session.scalars(sa.select(Mark.mark)))


def test_a_copy_does_not_tell_by_its_marks_how_many_have_answered(held):
    numbers = set()
    for login in PEOPLE:
        fill(held, [login])
        numbers.add(len(marks(held)))
    assert numbers == {PLACES}


def test_two_copies_do_not_tell_it_by_their_difference(held, monkeypatch):
    """Between each two of them is one answer; what they differ by is chance."""
    fill(held, PEOPLE[:1])
    differences = []
    for login, drawn in zip(PEOPLE[1:], (0, 3, 6, 0, 5)):
        monkeypatch.setattr("reflection.blur._chance.randint", lambda _low, _high, drawn=drawn: drawn)
        before = marks(held)
        fill(held, [login])
        after = marks(held)
        differences.append(len(after - before))
        with held.app.app_context(), unit(read_only=True):
            member = session.scalar(sa.select(Member.id).join(User, User.id == Member.user_id).where(User.login == login))
            assert rounds._mark(held.meeting, member) in after - before
    assert len(set(differences)) > 2 and min(differences) >= 1


def test_nobody_is_taken_for_one_who_has_answered_by_an_empty_mark(held):
    fill(held, PEOPLE[:2])
    with held.app.app_context(), unit(read_only=True):
        done = [each for each in session.scalars(sa.select(Member.id)) if rounds.answered([held.meeting], each)]
        assert len(done) == 2 and len(marks(held)) == PLACES
        assert rounds._opened(held.meeting, "screen", session.get(Box, held.meeting).screen).answers == 2


def test_a_box_from_before_there_were_empty_marks_is_filled_up(held):
    fill(held, PEOPLE[:1])
    with held.app.app_context(), unit():
        session.execute(sa.delete(Mark))
    fill(held, PEOPLE[1:3])
    assert len(marks(held)) == PLACES


def test_copies_from_before_and_after_the_opening_differ_by_no_figure(held):
    fill(held, PEOPLE, blame="no")
    end(held)
    with held.app.app_context(), unit(read_only=True):
        first = session.scalar(sa.select(SealedSum.sums))
    with held.app.app_context(), unit():
        sums.add(sums.quarters()[0].begins, Tally().with_one(dict.fromkeys(Question, Answer.YES)), None)
    with held.app.app_context(), unit(read_only=True):
        second = session.scalar(sa.select(SealedSum.sums))
    assert count(held, QuarterSum) == 0 and len(first) == len(second) and first != second and b"00" not in first


def test_sums_of_another_installation_are_left_out_and_begun_anew(held):
    fill(held, PEOPLE)
    end(held)
    with held.app.app_context(), unit():
        session.execute(sa.update(SealedSum).values(sums=b"x" * 90))
    with held.app.app_context(), unit():
        assert sums.quarters() == []
        sums.add(session.scalar(sa.select(SealedSum.begins)), Tally().with_one(dict.fromkeys(Question, Answer.YES)), None)
        assert [each.answers for each in sums.quarters()] == [1]


def three_meetings(world):
    """The quarter in which a round has ended is over, and held two meetings more."""
    with world.app.app_context(), unit():
        [quarter] = sums.quarters()
        for each in session.scalars(sa.select(SealedSum)):
            session.delete(each)
        session.flush()
        before = quarter_of(quarter.begins - timedelta(days=1))
        sums.seal(Quarter(before, 3, quarter.answers + 12, quarter.yes))
    settle(world)


def test_a_quarter_that_is_over_is_written_in_figures_once_it_is_shown_by_itself(held):
    fill(held, PEOPLE)
    end(held)
    three_meetings(held)
    assert (count(held, SealedSum), count(held, QuarterSum)) == (0, len(Question))
    before = everything(held)
    settle(held)
    assert everything(held) == before
    assert "推移は、まだありません" not in held.browser("hanako").get("/reflections").text


def test_a_quarter_of_one_meeting_stays_sealed_and_an_earlier_editions_figures_are_sealed_again(held):
    with held.app.app_context(), unit():
        for each in Question:
            session.add(QuarterSum(begins=quarter_of(clock.today()), question=each, meetings=3, answers=20, yes=7))
            session.add(QuarterSum(begins=date(2025, 4, 1), question=each, meetings=1, answers=5, yes=4))
    settle(held)
    assert (count(held, SealedSum), count(held, QuarterSum)) == (2, 0)
    with held.app.app_context(), unit(read_only=True):
        assert sorted((each.meetings, each.answers, each.yes[Question.WISH]) for each in sums.quarters()) == [(1, 5, 4), (3, 20, 7)]


def test_settling_twice_counts_once(held):
    fill(held, PEOPLE)
    end(held)
    before = everything(held)
    settle(held)
    assert everything(held) == before


def test_before_its_time_the_box_stays_shut_and_nobody_sees_a_number(held):
    hanako = held.browser("hanako")
    empty = hanako.get(f"/meetings/{held.meeting}/reflection/result").text
    fill(held, PEOPLE)
    settle(held)

    assert kept(held) == {} and count(held, Box) == 1
    without_token = [re.sub(r'(csrf[-_]token"[^>]*(content|value)=")[^"]+|name="once" value="[^"]+', "", each)
                     for each in (empty, hanako.get(f"/meetings/{held.meeting}/reflection/result").text)]
    assert without_token[0] == without_token[1]


def test_the_facilitators_page_speaks_in_bands_and_holds_no_number_of_answers(held):
    fill(held, PEOPLE, moving="no")
    end(held)
    page = held.browser("hanako").get(f"/meetings/{held.meeting}/reflection/result").text
    main = re.sub(r"<[^>]+>", " ", page[page.index("<main"):page.index("</main>")])

    assert main.count("おおむね「はい」") == 4 and main.count("「はい」は少なめ") == 1 and "動き出す形で終わる" in main
    assert not re.search(r"\b[56]\s*(人|件|名|/)|%", main)


def test_nobody_else_sees_what_a_meeting_came_to(held):
    with held.app.app_context(), unit():
        session.get(Meeting, held.meeting).hearings[0].case.join_team(session.get(User, held.other))
    for login in ("jiro", "other", "fumiko", "kanri", "stranger"):
        assert held.browser(login).get(f"/meetings/{held.meeting}/reflection/result").status_code == 404


def test_a_colleague_of_the_team_who_sat_as_a_participant_does_not_either(held):
    with held.app.app_context(), unit():
        meeting = session.get(Meeting, held.meeting)
        meeting.hearings[0].case.join_team(session.get(User, held.other))
        meeting.hearings[0].seat(held.member(held.other), Level.REQUIRED, SeatRole.PARTICIPANT)
        session.flush()
        meeting.seats[-1].attendance = Attendance.PRESENT
    other = held.browser("other")
    assert other.get(f"/meetings/{held.meeting}/reflection/result").status_code == 404
    assert other.get(f"/meetings/{held.meeting}/reflection").status_code == 200


def test_the_facilitator_is_not_asked_nor_who_was_absent_or_has_no_seat(held):
    with held.app.app_context(), unit():
        seat = next(each for each in session.get(Meeting, held.meeting).seats if each.member.user_id == held.saburo)
        seat.attendance = Attendance.ABSENT
    for login in ("hanako", "saburo", "stranger", "other"):
        assert held.browser(login).get(f"/meetings/{held.meeting}/reflection").status_code == 404
        assert answer(held, login).status_code == 404
    assert count(held, Box) == 0


def test_a_second_answer_and_a_double_click_change_nothing(held):
    jiro = held.browser("jiro")
    answer(held, "jiro", jiro)
    before = everything(held)
    assert answer(held, "jiro", jiro, blame="no").status_code == 303
    assert everything(held) == before
    assert "回答を箱に入れました" in jiro.get(f"/meetings/{held.meeting}/reflection").text


def test_one_person_alone_cannot_fill_the_box(held):
    jiro = held.browser("jiro")
    for _turn in range(8):
        answer(held, "jiro", jiro)
    end(held)
    assert kept(held) == {}


def test_after_the_week_nothing_is_taken_any_more(held):
    weeks_later(held)
    assert answer(held, "jiro").status_code == 409
    assert count(held, Box) == 0
    assert "受付は終わりました" in held.browser("jiro").get(f"/meetings/{held.meeting}/reflection").text


def test_a_question_left_out_is_asked_for_and_the_rest_stays_chosen(held):
    page = answer(held, "jiro", blame="")
    assert page.status_code == 422 and count(held, Box) == 0
    assert re.search(r'name="wish"[^>]*value="yes"[^>]*checked|checked[^>]*name="wish"[^>]*value="yes"', page.text)


def test_a_box_of_another_installation_is_destroyed_unread(held):
    fill(held, PEOPLE)
    with held.app.app_context(), unit():
        box = session.get(Box, held.meeting)
        box.screen = bytes(len(box.screen))
    end(held)
    assert kept(held) == {} and count(held, Box) == count(held, Mark) == 0


def test_a_tally_moved_to_another_place_does_not_open(held):
    """Nobody makes four sheets' answers known by writing them where the screen's are."""
    fill(held, PEOPLE)
    with held.app.app_context(), unit():
        box = session.get(Box, held.meeting)
        box.screen, box.paper = box.paper, box.screen
    end(held)
    assert kept(held) == {}


def test_the_worker_opens_boxes_by_itself():
    assert "reflection.rounds.settle" in jobs._jobs


def test_sums_of_the_quarter_that_runs_are_not_on_the_page(held):
    fill(held, PEOPLE)
    end(held)
    assert "推移は、まだありません" in held.browser("hanako").get("/reflections").text


def test_the_minute_waits_on_todays_page_until_it_is_given(held):
    jiro, where = held.browser("jiro"), f'href="/meetings/{held.meeting}/reflection"'

    assert where in jiro.get("/").text and where in jiro.get("/actions/confirm").text
    assert where not in held.browser("hanako").get("/").text
    answer(held, "jiro", jiro)
    assert where not in jiro.get("/").text


@pytest.mark.databases("sqlite", "postgresql")
def test_on_both_databases_a_round_goes_from_answers_to_bands(held):
    fill(held, PEOPLE[:5])
    with held.app.app_context(), unit(read_only=True):
        assert rounds._opened(held.meeting, "screen", session.get(Box, held.meeting).screen).answers == 5
    end(held)
    assert kept(held) == dict.fromkeys(Question, Band.MOSTLY)
    assert Answer.YES.value == "yes" and (count(held, SealedSum), count(held, QuarterSum)) == (1, 0)
    three_meetings(held)
    assert (count(held, SealedSum), count(held, QuarterSum)) == (0, len(Question))
