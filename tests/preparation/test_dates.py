"""A day is found: offered, answered on a phone, decided, and the meeting moves there."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Member
from cases.models import Case
from core import clock
from core.database import session, unit, utcnow
from core.outbox import Letter
from core.web import Refused
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Level, Reply, SeatRole
from preparation.dates import DatePoll, invited
from preparation.dates_ranking import Mark

YES, MAYBE, NO = Mark.YES, Mark.MAYBE, Mark.NO


@pytest.fixture
def city(world):
    """The small world from the inside, with a poll of three days for its meeting (the planned one, and two later)."""
    with world.app.test_request_context(), unit():
        world.plan = session.get(Meeting, world.meeting)
        span = world.plan.starts_at, world.plan.ends_at
        spans = [span, later(span, 1), later(span, 2)]
        world.poll = DatePoll.begin(world.plan, session.get(User, world.hanako), spans, clock.today())
        session.flush()
        yield world


def later(span, days):
    return tuple(each + timedelta(days=days) for each in span)


def says(city, who, *marks, word="", by=None):
    city.poll.answer(city.member(who), {slot.id: mark for slot, mark in zip(city.poll.slots, marks)}, word, by=session.get(User, by or who))
    session.flush()


def seat(city, who):
    return next(each for each in city.plan.seats if each.member.user_id == who)


# -- offering and answering ----------------------------------------------------------------------------------------------

def test_everybody_at_the_table_is_asked_but_those_asked_in_writing_only(city):
    seat(city, city.saburo).level = Level.INQUIRY
    seat(city, city.jiro).level = Level.DESIRED
    session.flush()
    assert [(each.member.user_id, each.required) for each in invited(city.plan)] == [(city.hanako, True), (city.jiro, False)]


def test_an_answer_may_be_changed_until_a_day_is_decided(city):
    says(city, city.jiro, YES, NO, MAYBE, word="午後は避けたい")
    says(city, city.jiro, NO, NO, YES)
    reply = city.poll.reply_of(city.member(city.jiro))

    assert [reply.mark(slot) for slot in city.poll.slots] == [NO, NO, YES]
    assert len(city.poll.replies) == 1
    assert reply.word == ""


def test_what_was_said_by_telephone_is_marked_as_written_down(city):
    says(city, city.jiro, YES, YES, YES, by=city.hanako)
    says(city, city.saburo, YES, YES, YES)
    assert city.poll.reply_of(city.member(city.jiro)).heard
    assert not city.poll.reply_of(city.member(city.saburo)).heard


def test_the_days_may_change_and_answers_to_those_that_stay_are_kept(city):
    says(city, city.jiro, YES, NO, MAYBE)
    first, _second, third = (each.span for each in city.poll.slots)
    city.poll.offer([third, first, later(third, 1)])
    session.flush()
    session.expire_all()
    reply = city.poll.reply_of(city.member(city.jiro))

    assert [reply.mark(slot) for slot in city.poll.slots] == [YES, MAYBE, None]
    assert not city.poll.complete(city.member(city.jiro))


def test_one_meeting_has_one_open_poll(city):
    with pytest.raises(Refused):
        DatePoll.begin(city.plan, session.get(User, city.hanako), [], clock.today())
    session.add(DatePoll(meeting_id=city.plan.id, answer_by=clock.today(), opened_by_id=city.hanako))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
    session.rollback()


def test_a_poll_ends_with_its_meeting(city):
    city.plan.cancel()
    with pytest.raises(Refused):
        says(city, city.jiro, YES, YES, YES)
    assert DatePoll.of(city.plan) is None


# -- deciding ------------------------------------------------------------------------------------------------------------

def test_the_meeting_moves_to_the_day_decided_and_circles_count_as_attending(city):
    says(city, city.jiro, NO, YES, NO)
    says(city, city.saburo, YES, MAYBE, NO)
    seat(city, city.hanako).answer(Reply.YES)
    chosen, sequence = city.poll.slots[1], city.plan.sequence
    city.poll.decide(chosen, by=session.get(User, city.hanako))
    session.flush()

    assert (city.plan.starts_at, city.plan.ends_at) == chosen.span
    assert city.plan.sequence == sequence + 1
    assert seat(city, city.jiro).reply == Reply.YES
    assert "○" in seat(city, city.jiro).reply_note
    assert seat(city, city.saburo).reply == Reply.NONE
    assert "△" in seat(city, city.saburo).reply_note
    assert seat(city, city.hanako).reply == Reply.NONE  # given for another day
    assert city.poll.chosen is chosen and not city.poll.open
    with pytest.raises(Refused):
        says(city, city.jiro, YES, YES, YES)


def test_to_keep_the_planned_day_moves_nothing(city):
    says(city, city.jiro, YES, NO, NO)
    seat(city, city.hanako).answer(Reply.YES, "行きます")
    city.poll.decide(city.poll.slots[0], by=session.get(User, city.hanako))

    assert city.plan.sequence == 0
    assert (seat(city, city.hanako).reply, seat(city, city.hanako).reply_note) == (Reply.YES, "行きます")
    assert seat(city, city.jiro).reply == Reply.YES


def test_a_day_that_has_passed_is_not_decided_on(city):
    slot = city.poll.slots[0]
    slot.starts_at, slot.ends_at = utcnow() - timedelta(hours=2), utcnow() - timedelta(hours=1)
    with pytest.raises(Refused):
        city.poll.decide(slot, by=session.get(User, city.hanako))
    assert slot.id not in [each.slot for each in city.poll.tallies(invited(city.plan))]


def test_consent_must_hold_on_the_day_decided(world):
    world.consent_of_son()
    with world.app.test_request_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        meeting.switch_to_juso(by=session.get(User, world.hanako))
        span = meeting.starts_at, meeting.ends_at
        poll = DatePoll.begin(meeting, hanako, [span, later(span, 1)], clock.today())
        session.flush()
        for person in meeting.hearings[0].case.people:
            person.consents[-1].expires_on = clock.local(span[0]).date()
        session.flush()
        session.expire_all()
        with pytest.raises(Refused):
            poll.decide(poll.slots[1], by=hanako)
        assert (meeting.starts_at, meeting.ends_at) == span


# -- in the browser ------------------------------------------------------------------------------------------------------

def rows(*days, **more):
    fields = {f"slots-{place}-{name}": value for place, day in enumerate(days)
              for name, value in dict(day=day, start="10:00", end="11:00").items()}
    return fields | {"answer_by": clock.today().isoformat()} | more


def soon(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def slots_on(page):
    return list(dict.fromkeys(re.findall(r'name="slot_(\d+)"', page)))


def test_a_day_is_found_from_the_offer_to_the_invitation(world):
    hanako, jiro, saburo = (world.browser(each) for each in ("hanako", "jiro", "saburo"))
    where = f"/meetings/{world.meeting}"
    assert f'value="{soon(1)}"' in hanako.get(f"{where}/dates/edit").text  # the planned day comes first
    offered = hanako.post(f"{where}/dates", rows(soon(1), soon(2), soon(3)), once=hanako.once())
    assert offered.status_code == 303
    assert "日程調整中" in jiro.get(where).text

    page = saburo.get(f"{where}/dates/answer")  # before the rules are acknowledged: no case in it
    assert page.status_code == 200
    assert "Aさん" not in page.text and "佐藤" not in page.text
    ids = slots_on(page.text)
    assert saburo.post(f"{where}/dates/answer", {f"slot_{ids[0]}": "no", f"slot_{ids[1]}": "yes"}).status_code == 422
    assert saburo.post(f"{where}/dates/answer", {f"slot_{ids[0]}": "no", f"slot_{ids[1]}": "yes", f"slot_{ids[2]}": "maybe"}).status_code == 303
    jiro.get(f"{where}/dates/answer")
    assert jiro.post(f"{where}/dates/answer", dict(zip([f"slot_{each}" for each in ids], ["yes", "yes", "no"]), word="午前がよい")).status_code == 303

    matrix = hanako.get(f"{where}/dates").text
    assert "午前がよい" in matrix
    assert "未回答" in matrix
    decided = hanako.post(f"{where}/dates/decision", slot=ids[1])
    assert decided.location == where
    after = hanako.get(where).text
    assert "日程調整中" not in after
    assert after.count('<span class="chip chip--ok">出席</span>') == 2
    assert jiro.get(f"{where}/dates/answer").status_code == 409


def test_looking_whether_days_are_free_keeps_nothing_and_tells_holidays_rooms_and_people(world):
    with world.app.app_context(), unit():
        start = clock.instant(clock.read_date(soon(5)), clock.read_time("10:00"))
        by = session.get(User, world.other)
        other = Meeting.schedule(by, Kind.GENERAL, "ひみつの会議", start, start + timedelta(hours=1), place="302会議室")
        session.flush()
        other.hearings[0].seat(world.member(world.jiro), Level.REQUIRED, SeatRole.PARTICIPANT)
        reference = other.reference
    hanako = world.browser("hanako")
    hanako.get("/")
    answer = hanako.post(f"/meetings/{world.meeting}/dates", rows(soon(5), "2027-01-01", check="1"))

    assert answer.status_code == 200
    assert reference in answer.text
    assert "ひみつの会議" not in answer.text  # which meeting it is, is not hers to know
    assert "保健センター 佐藤 次郎" in answer.text
    assert "祝日(元日)" in answer.text
    with world.app.app_context(), unit(read_only=True):
        assert session.scalar(sa.select(sa.func.count()).select_from(DatePoll)) == 0


@pytest.mark.parametrize("fields, message", [
    (lambda: rows(soon(1)), "候補を2つ以上"), (lambda: rows(soon(1), soon(1)), "候補を2つ以上"),
    (lambda: rows(soon(1), "2020-01-01"), "過ぎた日です"), (lambda: rows(*map(soon, range(1, 15))), "12まで"),
    (lambda: rows(soon(1), soon(2), answer_by=soon(2)), "最初の候補より後"), (lambda: rows(soon(1), soon(2), **{"slots-1-end": "09:00"}), "")])
def test_an_offer_that_cannot_be_answered_is_not_sent(world, fields, message):
    hanako = world.browser("hanako")
    hanako.get("/")
    answer = hanako.post(f"/meetings/{world.meeting}/dates", fields())
    assert answer.status_code == 422
    assert message in answer.text
    assert letters(world) == []


def letters(world):
    with world.app.app_context(), unit(read_only=True):
        return list(session.scalars(sa.select(Letter)))


def test_a_letter_asks_once_a_day_and_holds_nothing_of_the_case(world):
    hanako, where = world.browser("hanako"), f"/meetings/{world.meeting}/dates"
    hanako.get("/")
    hanako.post(where, rows(soon(1), soon(2)))
    assert len(letters(world)) == 2
    hanako.get(where)
    hanako.post(f"{where}/reminders")
    assert len(letters(world)) == 2
    for letter in letters(world):
        assert "Aさん" not in letter.body and "暮らし" not in letter.body + letter.subject
        assert clock.wareki(clock.read_date(soon(2))) in letter.body
    with world.app.app_context(), unit():
        session.execute(sa.text("UPDATE date_letter SET \"on\" = '2026-01-01'"))
    jiro = world.browser("jiro")
    ids = slots_on(jiro.get(f"{where}/answer").text)
    jiro.post(f"{where}/answer", {f"slot_{each}": "yes" for each in ids})
    hanako.post(f"{where}/reminders")
    assert [each.recipient for each in letters(world)[2:]] == ["saburo@example.jp"]


def test_reading_a_link_from_a_mail_answers_nothing(world):
    hanako, jiro, where = world.browser("hanako"), world.browser("jiro"), f"/meetings/{world.meeting}/dates"
    hanako.get("/")
    hanako.post(where, rows(soon(1), soon(2)))
    ids = slots_on(jiro.get(f"{where}/answer").text)
    jiro.get(f"{where}/answer?" + "&".join(f"slot_{each}=yes" for each in ids))
    with world.app.app_context(), unit(read_only=True):
        assert session.get(DatePoll, 1).replies == []


def test_nobody_answers_for_somebody_who_is_not_asked(world):
    hanako, where = world.browser("hanako"), f"/meetings/{world.meeting}/dates"
    hanako.get("/")
    hanako.post(where, rows(soon(1), soon(2)))
    with world.app.app_context(), unit(read_only=True):
        stranger = session.scalar(sa.select(Member.id).where(Member.user_id == world.stranger))
    assert hanako.get(f"{where}/members/{stranger}").status_code == 404
    assert world.browser("stranger").get(f"{where}/answer").status_code == 404
    assert world.browser("jiro").get(where).status_code == 404


def test_what_waits_is_on_the_first_page(world):
    hanako, jiro, where = world.browser("hanako"), world.browser("jiro"), f"/meetings/{world.meeting}/dates"
    hanako.get("/")
    hanako.post(where, rows(soon(1), soon(2)))
    assert f'href="{where}/answer"' in jiro.get("/").text
    ids = slots_on(jiro.get(f"{where}/answer").text)
    for login in ("hanako", "jiro", "saburo"):
        browser = world.browser(login)
        browser.get(f"{where}/answer")
        browser.post(f"{where}/answer", {f"slot_{each}": "yes" for each in ids})
    assert f'href="{where}/answer"' not in jiro.get("/").text
    assert f'href="{where}"' in hanako.get("/").text


def test_two_coordinators_who_begin_at_once_do_not_take_each_others_days_away(world):
    with world.app.app_context(), unit():
        session.get(Case, world.case).join_team(session.get(User, world.other))
    hanako, other, where = world.browser("hanako"), world.browser("other"), f"/meetings/{world.meeting}/dates"
    for each in (hanako, other):
        each.get(f"{where}/edit")

    def days(first):
        rows = [(clock.today() + timedelta(days=first + more)).isoformat() for more in (0, 1)]
        return {"answer_by": clock.today().isoformat(), "version": re.search(r'name="version" value="(\d+)"', other.page)[1]} | {
            f"slots-{at}-{name}": value for at, day in enumerate(rows) for name, value in dict(day=day, start="10:00", end="11:00").items()}

    first, second = hanako.post(where, days(5)), other.post(where, days(8))

    assert (first.status_code, second.status_code) == (303, 409)
    with world.app.app_context(), unit(read_only=True):
        poll = DatePoll.of(session.get(Meeting, world.meeting))
        assert clock.local(poll.slots[0].starts_at).date() == clock.today() + timedelta(days=5)
