"""Rounds: a word is its writer's alone until all are revealed; then it is a line like any other."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind, Member
from core import search
from core.audit import AuditRow
from core.database import session, unit
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Hearing, Level, SeatRole
from room.rounds import Round
from room.words import RoundWord, Standing

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SCRIPT = {"X-Part": "1"}
WORD = "松葉の合図"
ASIDE = "胡桃の合図"


@pytest.fixture
def asked(world):
    """An open meeting whose facilitator has asked everybody; gives the round's id."""
    world.open_meeting()
    with world.app.app_context(), unit():
        made = Round.begin(session.get(Hearing, world.hearing), session.get(User, world.hanako), "k", "いま一番気がかりなことは")
        session.flush()
        return made.id


def write(browser, asked, text="", **more):
    browser.get("/ground-rules")
    return browser.post(f"/rounds/{asked}/word", dict(text=text, read="0") | more, headers=SCRIPT)


def press(browser, where, **fields):
    browser.get("/ground-rules")
    return browser.post(where, fields, headers=SCRIPT)


def room(world, browser, view="seat"):
    return browser.get(f"/meetings/{world.meeting}/room?view={view}").text


def lines(world):
    with world.app.app_context(), unit(read_only=True):
        return [(each.kind, each.text, each.agency.name, each.written_by.login)
                for each in session.scalars(sa.select(Entry).order_by(Entry.position)).unique()]


def test_a_word_is_read_by_nobody_but_its_writer(world, asked):
    jiro, hanako, saburo = (world.browser(each) for each in ("jiro", "hanako", "saburo"))
    assert write(jiro, asked, WORD).status_code == 204

    assert WORD in room(world, jiro)
    for browser in (hanako, saburo):
        pages = [f"/meetings/{world.meeting}/room{rest}" for rest in ("?view=seat", "?view=record", "?view=console", "/table?view=console", "/table?view=seat")]
        pages += [f"/meetings/{world.meeting}/{rest}" for rest in ("projection", "projection/table", "minutes", "closing")] + [f"/cases/{world.case}/timeline", "/"]
        assert not [page for page in pages if WORD in browser.get(page).text]
    with world.app.app_context(), unit(read_only=True):
        assert WORD not in repr([(each.subject, each.detail) for each in session.scalars(sa.select(AuditRow))])
        assert WORD not in repr(session.execute(sa.select(search.texts)).all())


def test_the_facilitator_sees_who_has_written_passes_or_not_yet(world, asked):
    write(world.browser("jiro"), asked, WORD)
    write(world.browser("saburo"), asked, passed="1")
    with world.app.app_context(), unit(read_only=True):
        table = {seat.member.name: standing for seat, standing in session.get(Round, asked).table()}

    assert table == {"佐藤 次郎": Standing.WRITTEN, "田中 三郎": Standing.PASSED}


def test_all_are_revealed_at_once_in_the_order_of_the_table_and_only_once(world, asked):
    write(world.browser("saburo"), asked, ASIDE)
    write(world.browser("jiro"), asked, WORD)
    hanako = world.browser("hanako")
    assert lines(world) == []
    for _twice in range(2):
        assert press(hanako, f"/rounds/{asked}/reveal").status_code == 204

    assert lines(world) == [(EntryKind.OPINION, WORD, "保健センター", "jiro"), (EntryKind.OPINION, ASIDE, "ひきこもり支援センター", "saburo")]
    assert WORD in room(world, world.browser("saburo"))


def test_passing_is_an_answer_and_leaves_no_line(world, asked):
    jiro = world.browser("jiro")
    assert write(jiro, asked, "書きかけ", passed="1").status_code == 204
    press(world.browser("hanako"), f"/rounds/{asked}/reveal")

    assert lines(world) == []
    assert "書きかけ" not in room(world, jiro)


def test_a_revealed_word_is_not_among_the_acts_its_writer_can_undo(world, asked):
    jiro = world.browser("jiro")
    write(jiro, asked, WORD)
    press(world.browser("hanako"), f"/rounds/{asked}/reveal")
    assert press(jiro, f"/hearings/{world.hearing}/undo").status_code == 409
    with world.app.app_context():
        assert session.scalar(sa.select(Entry)).removed_at is None


def test_a_word_may_be_changed_until_the_reveal_and_not_after(world, asked):
    jiro = world.browser("jiro")
    write(jiro, asked, WORD)
    assert write(jiro, asked, ASIDE, read="1").status_code == 204
    press(world.browser("hanako"), f"/rounds/{asked}/reveal")

    assert write(jiro, asked, "あとから", read="2").status_code == 409
    assert [text for _kind, text, *_rest in lines(world)] == [ASIDE]


def test_two_devices_of_one_person_lose_nothing(world, asked):
    phone, desk = world.browser("jiro"), world.browser("jiro")
    write(phone, asked, WORD)
    crossed = write(desk, asked, ASIDE)

    assert crossed.status_code == 409
    assert WORD in crossed.text
    assert write(phone, asked, WORD).status_code == 204  # sent twice, it stands once
    assert write(desk, asked, ASIDE, read=crossed.headers["X-Number"]).status_code == 204
    assert ASIDE in room(world, phone)


def test_a_form_without_a_script_shows_both_texts_again(world, asked):
    jiro = world.browser("jiro")
    write(jiro, asked, WORD)
    room(world, jiro)
    again = jiro.post(f"/rounds/{asked}/word", dict(text=ASIDE, read="0"), headers={"Referer": f"http://localhost/meetings/{world.meeting}/room?view=seat"})

    assert again.status_code == 409
    assert ASIDE in again.text and WORD in again.text
    assert re.search(r'name="read" value="1"', again.text)


@pytest.mark.parametrize("over", ["ended", "closed"])
def test_a_round_that_ends_unrevealed_leaves_each_word_with_its_writer(world, asked, over):
    jiro, hanako = world.browser("jiro"), world.browser("hanako")
    write(jiro, asked, WORD)
    if over == "ended":
        press(hanako, f"/rounds/{asked}/end")
    else:
        world.close_meeting()

    assert press(hanako, f"/rounds/{asked}/reveal").status_code == 409
    assert write(world.browser("saburo"), asked, ASIDE).status_code == 409
    assert lines(world) == []
    assert WORD in room(world, jiro)
    assert WORD not in room(world, hanako, "console")


def test_a_word_goes_with_the_seat_of_its_writer(world, asked):
    jiro = world.browser("jiro")
    write(jiro, asked, WORD)
    with world.app.app_context(), unit():
        hearing = session.get(Hearing, world.hearing)
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == world.jiro))
    press(world.browser("hanako"), f"/rounds/{asked}/reveal")

    assert lines(world) == []
    assert write(jiro, asked, ASIDE).status_code == 404
    with world.app.app_context(), unit(read_only=True):
        assert session.scalars(sa.select(RoundWord)).all() == []


def test_one_round_at_a_time_and_a_new_step_does_not_end_it(world, asked):
    hanako = world.browser("hanako")
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).agenda[1].start()

    assert press(hanako, f"/hearings/{world.hearing}/rounds", key="k", question="同じもの").status_code == 204  # sent twice
    assert press(hanako, f"/hearings/{world.hearing}/rounds", key="other", question="もう一つ").status_code == 409
    assert write(world.browser("jiro"), asked, WORD).status_code == 204
    press(hanako, f"/rounds/{asked}/reveal")
    assert press(hanako, f"/hearings/{world.hearing}/rounds", key="other", question="もう一つ").status_code == 204


def test_whoever_comes_late_may_still_write_but_not_before_the_rules(world):
    world.acknowledge(world.hanako, world.jiro)
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.seats[0].attendance = Attendance.PRESENT
        meeting.open(by=session.get(User, world.hanako))
        asked = Round.begin(meeting.hearings[0], session.get(User, world.hanako), "k", "問い")
        session.flush()
        asked = asked.id
    saburo = world.browser("saburo")

    assert write(saburo, asked, WORD).status_code == 404
    world.acknowledge(world.saburo)
    assert write(saburo, asked, WORD).status_code == 204


def test_what_somebody_without_an_account_says_is_written_down_after_the_reveal(world, asked):
    with world.app.app_context(), unit():
        guest = Member(agency=Agency(name="町内会", kind=AgencyKind.INFORMAL), name="隣の人")
        session.add(guest)
        session.flush()
        seat = session.get(Hearing, world.hearing).seat(guest, Level.REQUIRED, SeatRole.PARTICIPANT)
        seat.attendance = Attendance.PRESENT
        session.flush()
        place = f"/rounds/{asked}/seats/{seat.id}"
    jiro, hanako = world.browser("jiro"), world.browser("hanako")

    assert press(jiro, place, text=WORD).status_code == 409
    press(hanako, f"/rounds/{asked}/reveal")
    for _twice in range(2):
        press(jiro, place, text=WORD)
    assert lines(world) == [(EntryKind.OPINION, WORD, "町内会", "jiro")]
    assert press(world.browser("saburo"), place, text=ASIDE).status_code == 404


def test_a_round_asked_during_a_limited_step_is_for_those_who_share_in_it(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.agenda[1].limited = True
        meeting.agenda[1].start()
        next(each for each in meeting.seats if each.member.user_id == world.saburo).confidant = False
        asked = Round.begin(meeting.hearings[0], session.get(User, world.hanako), "k", "限られた問い")
        session.flush()
        asked = asked.id

    saburo = world.browser("saburo")
    assert "限られた問い" not in room(world, saburo)
    assert write(saburo, asked, WORD).status_code == 404
    assert write(world.browser("jiro"), asked, WORD).status_code == 204
    press(world.browser("hanako"), f"/rounds/{asked}/reveal")
    with world.app.app_context(), unit(read_only=True):
        assert session.scalars(sa.select(Entry)).unique().one().limited
    assert WORD not in room(world, saburo)
    assert WORD in room(world, world.browser("jiro"))


def test_what_is_decided_stands_in_the_view_of_those_who_take_part(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        Entry.capture(session.get(Hearing, world.hearing), session.get(User, world.hanako), "d", EntryKind.DECISION, "最初の訪問は二人で")
    assert "最初の訪問は二人で" in room(world, world.browser("saburo")).split('id="agreed"')[1].split('id="said"')[0]


def test_a_role_is_answered_at_the_table(world):
    from actions.models import ActionItem

    world.open_meeting()
    with world.app.app_context(), unit():
        action = ActionItem.assign(session.get(Hearing, world.hearing), session.get(User, world.hanako), "a", "最初の訪問", member=world.member(world.jiro))
        session.flush()
        action = action.id
    jiro = world.browser("jiro")
    read = re.search(rf'id="mine-form-{action}".*?name="read" value="(\w+)"', room(world, jiro), re.S)[1]
    place = f"/actions/{action}/confirmation"

    assert jiro.post(place, dict(answer="condition", word="", read=read), headers=SCRIPT).status_code == 422
    assert jiro.post(place, dict(answer="condition", word="二人でなら", read=read), headers=SCRIPT).status_code == 204
    back = jiro.post(place, dict(answer="take", word="", read=read, in_room="1"))
    assert (back.status_code, back.location) == (303, f"/meetings/{world.meeting}/room")
    assert "最初の訪問" not in room(world, world.browser("saburo")).split('id="mine-title"')[1].split("</section>")[0]


def test_words_of_a_round_stand_until_the_step_changes(world, asked):
    jiro, hanako = world.browser("jiro"), world.browser("hanako")
    write(jiro, asked, WORD)
    press(hanako, f"/rounds/{asked}/reveal")
    fresh = [room(world, hanako, "console"), room(world, jiro), wall(world)]
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).agenda[1].start()

    assert all("の言葉" in page and WORD in page for page in fresh)
    assert all('class="round-words"' not in page for page in (room(world, hanako, "console"), room(world, jiro)))
    assert WORD not in wall(world)


def wall(world):
    return world.browser("hanako").get(f"/meetings/{world.meeting}/projection").text


def test_the_wall_shows_the_question_while_people_write_and_how_many_have(world, asked):
    write(world.browser("jiro"), asked, WORD)
    page = wall(world)

    assert "いま一番気がかりなことは" in page and "1人が書きました" in page
    assert WORD not in page and 'data-wall="round"' in page
    with world.app.app_context(), unit():
        session.get(Round, asked).limited = True
    assert "いま一番気がかりなことは" not in wall(world)


def test_whoever_writes_the_record_is_asked_there(world, asked):
    page = room(world, world.browser("jiro"), "record")
    assert 'id="round-here"' in page and f"/rounds/{asked}/word" in page
    assert 'id="round-here"' not in room(world, world.browser("hanako"), "record")


def test_on_paper_the_question_stands_once_above_its_answers(world, asked):
    hanako = world.browser("hanako")
    write(world.browser("jiro"), asked, WORD)
    write(world.browser("saburo"), asked, ASIDE)
    press(hanako, f"/rounds/{asked}/reveal")
    with world.app.app_context(), unit():
        Entry.capture(session.get(Hearing, world.hearing), session.get(User, world.hanako), "own", EntryKind.OPINION, "自分から言ったこと")
    paper = hanako.get(f"/meetings/{world.meeting}/minutes").text
    places = [paper.find(each) for each in ("自分から言ったこと", "全員への問い　いま一番気がかりなことは", WORD, ASIDE)]
    assert -1 not in places and places == sorted(places)
    assert paper.count("いま一番気がかりなことは") == 1


def test_a_question_for_some_of_the_table_does_not_go_along_with_an_answer_released_to_all(world, asked):
    with world.app.app_context(), unit():
        session.get(Round, asked).limited = True
    hanako = world.browser("hanako")
    write(world.browser("jiro"), asked, WORD)
    press(hanako, f"/rounds/{asked}/reveal")
    assert "いま一番気がかりなことは" in hanako.get(f"/meetings/{world.meeting}/minutes").text
    with world.app.app_context(), unit():
        for each in session.scalars(sa.select(Entry)).unique():
            each.limited = False
    assert "いま一番気がかりなことは" not in hanako.get(f"/meetings/{world.meeting}/minutes").text
