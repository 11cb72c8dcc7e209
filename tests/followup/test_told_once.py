"""Told once, reminded once, posted once: on both databases, however often the jobs come round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from actions.asking import Asking
from core import clock
from core.database import session
from core.outbox import Letter
from followup import reminders, unanswered
from notices import mailing, tidying
from notices.kinds import NoticeKind
from notices.models import Notice, settle, tell
from tests.actions.after import After

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


@pytest.fixture
def after(world):
    """Mail is on; 次郎 was asked for two roles until Friday, the day one of them is due, and has not answered."""
    world.app.config["KURUMAZA"] = replace(world.app.config["KURUMAZA"], smtp_host="mail.example")
    world.open_meeting()
    after = After(world)
    for name in ("visit", "call"):
        after.put(name, "jiro", name)
    for name, due_on in (("visit", FRIDAY), ("call", None)):
        with after.role(name) as role:
            role.due_on = due_on
    world.close_meeting()
    after.ask("jiro", "visit", "call")
    with after.unit():
        after.meeting().closed_at = session.scalar(sa.select(Notice)).at = clock.instant(date(2026, 11, 20), time(15))
        session.scalar(sa.select(Asking)).answer_by = FRIDAY
    return after


def come_round(after, day, hour="08:30"):
    now = clock.instant(day, time.fromisoformat(hour))
    for job in (reminders.remind, unanswered.ask_once_more, mailing.mail, tidying.forget):
        with after.unit():
            before = session.scalar(sa.select(sa.func.max(Notice.id)))
            job(now)
            for made in session.scalars(sa.select(Notice).where(Notice.id > before)).unique():
                made.at = now


def test_two_weeks_of_jobs_tell_and_post_everything_once(after):
    for n in (0, 0, 3, 4, 6, 6, 7, 9, 9, 13, 13):
        for hour in ("00:10", "08:30"):
            come_round(after, TUESDAY + timedelta(days=n), hour)
    with after.unit():
        notices = [(each.kind, each.member.user.login, each.number, clock.local(each.at).date().day) for each in
                   session.scalars(sa.select(Notice).order_by(Notice.id)).unique()]
        posted = [(each.recipient, each.subject) for each in session.scalars(sa.select(Letter).order_by(Letter.id))]
        assert all(each.mailed_at for each in session.scalars(sa.select(Notice)).unique())

    assert notices == [
        (NoticeKind.CONFIRM, "jiro", 2, 20), (NoticeKind.DUE, "jiro", 1, 24), (NoticeKind.OVERDUE, "jiro", 1, 30),
        (NoticeKind.CONFIRM, "jiro", 2, 30), (NoticeKind.UNANSWERED, "hanako", 2, 30),
        (NoticeKind.OVERDUE, "jiro", 1, 3), (NoticeKind.OVERDUE, "jiro", 1, 7)]
    ask, news = ("jiro@example.jp", "【みなも市】確認をお願いします（3件）"), ("jiro@example.jp", "【みなも市】お知らせ（1件）")
    assert posted == [ask, ("hanako@example.jp", "【みなも市】お知らせ（2件）"), ask, news, news]


def test_a_round_that_breaks_off_is_made_up_for_and_a_key_tells_once(after, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(mailing.letters, "body", lambda *_all: 1 / 0)
        come_round(after, TUESDAY)
    come_round(after, TUESDAY)
    come_round(after, TUESDAY)
    with after.unit():
        assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1
        jiro = after.world.member(after.world.jiro)
        assert tell(jiro, NoticeKind.DRAFT, "ask/1_2", topic="a/1") is tell(jiro, NoticeKind.DRAFT, "ask/1_2")
        tell(jiro, NoticeKind.DRAFT, "ask/112", topic="a/2")
        assert settle(NoticeKind.DRAFT, key="ask/1_") == 1  # not as a pattern
        assert settle(NoticeKind.DRAFT, topic="a/1") == 0
        assert settle(NoticeKind.DRAFT, topic="a/2", member=jiro) == 1
