"""Reminders: before and after the day of a role, and of answers that are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.words import Progress
from agencies.models import Agency, Member
from cases.flow import Stage
from core import clock
from core.database import session
from core.office import office
from followup import reminders, unanswered
from followup.reminded import Reminder
from meetings.models import Meeting
from meetings.table import Hearing
from notices.kinds import NoticeKind
from notices.models import Notice
from notices.settings import NoticeSetting
from notices.when import ByMail
from tests.actions.after import After

DATABASES = ["sqlite"]  # what is told and posted once is tried on both in test_told_once.py
CLOSED, TUESDAY = date(2026, 11, 10), date(2026, 11, 24)
DUE = date(2026, 11, 27)
HANAKO, JIRO, SABURO = "山田 花子", "佐藤 次郎", "田中 三郎"


@pytest.fixture
def after(world):
    """次郎 holds two roles of a meeting that closed on 10 November, 三郎 one; all are due on Friday the 27th."""
    world.open_meeting()
    after = After(world)
    for name, who in (("visit", "jiro"), ("call", "jiro"), ("ask", "saburo")):
        after.put(name, who, name)
        with after.role(name) as role:
            role.due_on = DUE
    for name, who in (("visit", "jiro"), ("call", "jiro"), ("ask", "saburo")):
        after.says(who, name, "take")
    world.close_meeting()
    with after.unit():
        after.meeting().closed_at = clock.instant(CLOSED, time(15))
    return after


def comes(after, *days, job=reminders.remind):
    for day in days:
        with after.unit():
            job(clock.instant(day, time(0, 10)))


def every_day(after, days):
    comes(after, *(TUESDAY + timedelta(days=n) for n in range(days)))


def told(after, kind):
    with after.unit():
        return [(each.member.name, each.number, each.answer_by) for each in session.scalars(
            sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)).unique()]


def test_each_is_told_once_before_the_day_however_many_roles_it_is(after):
    comes(after, date(2026, 11, 20))
    assert told(after, NoticeKind.DUE) == []
    comes(after, TUESDAY, TUESDAY, date(2026, 11, 25), date(2026, 11, 26), DUE)
    assert told(after, NoticeKind.DUE) == [(JIRO, 2, DUE), (SABURO, 1, DUE)]


def test_after_the_day_three_times_and_then_whoever_runs_the_case(after):
    every_day(after, 60)
    assert [each[:2] for each in told(after, NoticeKind.OVERDUE)] == [*[(JIRO, 2), (SABURO, 1)] * 3, (HANAKO, 3)]
    with after.unit():
        last = session.scalars(sa.select(Notice).order_by(Notice.id.desc())).unique().first()
        assert (last.path, last.about) == (f"/meetings/{after.world.meeting}/follow-up", f"{after.meeting().name} {after.meeting().reference}")


def test_where_there_is_a_lead_agency_it_hears_of_it(after):
    with after.unit():
        session.get(Hearing, after.world.hearing).lead_agency_id = after.world.member(after.world.saburo).agency_id
    with after.role("ask") as role:
        role.state = Progress.DONE
    every_day(after, 60)
    assert [each[:2] for each in told(after, NoticeKind.OVERDUE)] == [(JIRO, 2)] * 3 + [(SABURO, 2)]


def test_what_is_done_dropped_removed_or_of_a_closed_case_is_not_reminded_of(after):
    with after.unit():
        done, dropped, removed = (session.get(reminders.ActionItem, after.ids[each]) for each in ("visit", "call", "ask"))
        done.state, dropped.state, removed.removed_at = Progress.DONE, Progress.DROPPED, clock.instant(TUESDAY, time(1))
    every_day(after, 9)
    with after.unit():
        assert session.scalars(sa.select(Notice)).all() == []

    with after.unit():
        session.get(reminders.ActionItem, after.ids["visit"]).state = Progress.STUCK
        session.get(Hearing, after.world.hearing).case.stage = Stage.CLOSED
    every_day(after, 9)
    with after.unit():
        assert session.scalars(sa.select(Notice)).all() == []


def test_a_meeting_that_has_not_closed_reminds_nobody(after):
    with after.unit():
        after.meeting().closed_at = None
    every_day(after, 9)
    assert told(after, NoticeKind.DUE) == told(after, NoticeKind.OVERDUE) == []


def test_another_day_is_reminded_of_anew(after):
    comes(after, TUESDAY)
    with after.role("visit") as role:
        role.due_on = date(2026, 12, 4)
    comes(after, DUE, date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2))
    assert told(after, NoticeKind.DUE) == [(JIRO, 2, DUE), (SABURO, 1, DUE), (JIRO, 1, date(2026, 12, 4))]


def test_a_reminder_of_what_is_done_since_is_withdrawn(after):
    comes(after, TUESDAY)
    with after.role("visit") as role:
        role.state = Progress.DONE
    with after.role("ask") as role:
        role.state = Progress.DONE
    comes(after, date(2026, 11, 25))
    with after.unit():
        settled = {each.member.name: each.settled_at is not None for each in session.scalars(sa.select(Notice)).unique()}
    assert settled == {JIRO: False, SABURO: True}  # 次郎 has another one to do


def test_whoever_wants_no_reminders_has_none_and_the_coordinator_hears_in_time(after):
    with after.unit():
        NoticeSetting.choose(after.world.member(after.world.jiro), ByMail.AT_ONCE, reminders=False)
        session.get(reminders.ActionItem, after.ids["ask"]).state = Progress.DONE
    every_day(after, 60)
    assert told(after, NoticeKind.DUE) == []
    assert [each[:2] for each in told(after, NoticeKind.OVERDUE)] == [(HANAKO, 2)]


def test_whose_account_is_out_of_use_is_not_reminded_but_the_coordinator(after):
    with after.unit():
        after.user("jiro").leave()
    comes(after, TUESDAY)
    with after.unit():
        session.get(Agency, after.world.member(after.world.jiro).agency_id)
    assert [each[:2] for each in told(after, NoticeKind.DUE)] == [(HANAKO, 2), (SABURO, 1)] or \
        [each[:2] for each in told(after, NoticeKind.DUE)] == [(SABURO, 1), (HANAKO, 2)]


def test_without_an_account_mail_must_reach_them_else_the_coordinator_is_told(after):
    with after.unit():
        member = after.world.member(after.world.saburo)
        member.user_id = None
    settings = after.world.app.config["KURUMAZA"]
    comes(after, TUESDAY)
    after.world.app.config["KURUMAZA"] = replace(settings, smtp_host="mail.example")
    comes(after, date(2026, 11, 25))
    assert [each[:2] for each in told(after, NoticeKind.DUE)] == [(JIRO, 2), (HANAKO, 1), (SABURO, 1)]


def test_of_an_agencys_role_those_are_reminded_who_sat_there(after):
    with after.unit():
        session.add(Member(agency=after.world.member(after.world.saburo).agency, name="席の ない同僚"))
    with after.role("ask") as role:
        role.member = role.member_id = None
    comes(after, TUESDAY)
    assert [each[:2] for each in told(after, NoticeKind.DUE)] == [(JIRO, 2), (SABURO, 1)]


def test_the_office_may_want_no_reminders(after):
    with after.unit():
        office().remind_before = office().remind_after = 0
    every_day(after, 40)
    with after.unit():
        assert session.scalar(sa.select(sa.func.count()).select_from(Reminder)) == 0


# -- answers that are missing ------------------------------------------------------------------------------------------

@pytest.fixture
def asked(world):
    """次郎 was asked for two roles and 三郎 for one, until 27 November."""
    world.open_meeting()
    after = After(world)
    for name, who in (("visit", "jiro"), ("call", "jiro"), ("ask", "saburo")):
        after.put(name, who, name)
    world.close_meeting()
    after.ask("jiro", "visit", "call")
    after.ask("saburo", "ask")
    with after.unit():
        after.meeting().closed_at = clock.instant(TUESDAY, time(15))
        for each in session.scalars(sa.select(unanswered.Asking)).unique():
            each.answer_by = DUE
    return after


def answers_missing(after, *days):
    comes(after, *days, job=unanswered.ask_once_more)


MONDAY = date(2026, 11, 30)


def test_who_has_not_answered_is_asked_once_more_and_the_coordinator_told_how_many(asked):
    answers_missing(asked, TUESDAY, DUE, date(2026, 11, 28))
    assert len(told(asked, NoticeKind.CONFIRM)) == 2
    asked.says("jiro", "visit", "take")
    answers_missing(asked, MONDAY, MONDAY, date(2026, 12, 1), date(2026, 12, 10))
    assert [each[:2] for each in told(asked, NoticeKind.CONFIRM)][2:] == [(JIRO, 1), (SABURO, 1)]
    with asked.unit():
        assert [each.unseen for each in session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.CONFIRM).order_by(Notice.id)).unique()] == [
            False, False, True, True]  # the new one takes the place of the first
    assert [each[:2] for each in told(asked, NoticeKind.UNANSWERED)] == [(HANAKO, 2)]


def test_who_is_gone_is_not_asked_but_counted(asked):
    with asked.unit():
        asked.user("saburo").leave()
    answers_missing(asked, MONDAY)
    assert [each[:2] for each in told(asked, NoticeKind.CONFIRM)][2:] == [(JIRO, 2)]
    assert [each[:2] for each in told(asked, NoticeKind.UNANSWERED)] == [(HANAKO, 3)]


def test_when_all_have_answered_nothing_is_said_and_what_was_said_is_withdrawn(asked):
    answers_missing(asked, MONDAY)
    for who, name in (("jiro", "visit"), ("jiro", "call"), ("saburo", "ask")):
        asked.says(who, name, "hard")
    answers_missing(asked, date(2026, 12, 1))
    with asked.unit():
        assert [each.kind for each in session.scalars(sa.select(Notice)).unique() if each.unseen and each.kind is not NoticeKind.ANSWERED] == []


def test_nobody_asked_at_all_is_the_coordinators_to_hear(world):
    world.open_meeting()
    after = After(world)
    after.put("visit", "jiro")
    world.close_meeting()
    with after.unit():
        session.get(Meeting, world.meeting).closed_at = clock.instant(TUESDAY, time(15))
    answers_missing(after, DUE)
    assert told(after, NoticeKind.UNANSWERED) == []
    answers_missing(after, MONDAY)
    assert told(after, NoticeKind.CONFIRM) == []
    assert [each[:2] for each in told(after, NoticeKind.UNANSWERED)] == [(HANAKO, 1)]
    with after.unit():
        assert session.get(User, world.jiro).active
