"""Notices by mail: digests, not showers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from agencies.models import Member
from core import clock
from core.database import session, unit
from core.outbox import Letter
from notices import mailing
from notices.kinds import NoticeKind
from notices.models import Notice, tell
from notices.settings import NoticeSetting
from notices.when import ByMail

DATABASES = ["sqlite"]  # what is told and posted once is tried on both in tests/followup/test_told_once.py
TUESDAY = date(2026, 11, 24)
MEETING = "みなも市支援会議 R08-支援-0003"


@pytest.fixture
def office(world):
    """The small world, where mail is on."""
    world.app.config["KURUMAZA"] = replace(world.app.config["KURUMAZA"], smtp_host="mail.example", base_url="https://kurumaza.example")
    return world


def at(hour, day=TUESDAY):
    return clock.instant(day, time.fromisoformat(hour))


def told(world, who, kind, hour, key=None, **more):
    with world.app.app_context(), unit():
        member = who if isinstance(who, Member) else world.member(who)
        tell(member, kind, key or f"{kind.value}/{hour}", MEETING, "/actions", **more).at = at(hour)


def goes_round(world, hour, day=TUESDAY):
    with world.app.app_context(), unit():
        mailing.mail(at(hour, day))


def letters(world):
    with world.app.app_context(), unit(read_only=True):
        return session.scalars(sa.select(Letter).order_by(Letter.id)).all()


def test_what_asks_somebody_to_act_goes_in_one_letter_within_minutes(office):
    told(office, office.jiro, NoticeKind.CONFIRM, "10:00", number=2, answer_by=date(2026, 12, 1))
    told(office, office.jiro, NoticeKind.DRAFT, "10:02")
    told(office, office.jiro, NoticeKind.ANSWERED, "10:02")
    goes_round(office, "10:02")
    assert letters(office) == []
    goes_round(office, "10:04")
    goes_round(office, "10:06")

    [letter] = letters(office)
    assert (letter.recipient, letter.subject) == ("jiro@example.jp", "【みなも市】確認をお願いします（3件）")
    assert letter.body == """保健センター
佐藤 次郎 様

みなも市の支援会議についてのお知らせです。

■ 役割の確認をお願いします（2件）
　みなも市支援会議 R08-支援-0003
　令和8年12月1日(火)まで
　https://kurumaza.example/actions

■ 会議録(案)の確認をお願いします（1件）
　みなも市支援会議 R08-支援-0003
　https://kurumaza.example/actions

内容はこのメールには書いていません。車座を開いてご確認ください。
https://kurumaza.example/notices

メールの受け取り方は、車座の「お知らせ」の「受け取り方」で変えられます。
このメールは車座（みなも市）から自動でお送りしています。
"""


def test_the_rest_goes_in_the_letter_of_the_next_working_day(office):
    told(office, office.jiro, NoticeKind.ANSWERED, "10:00")
    told(office, office.jiro, NoticeKind.REMARK, "16:00")
    told(office, office.hanako, NoticeKind.REPLY, "16:00", key="h")
    goes_round(office, "18:00")
    assert letters(office) == []
    goes_round(office, "08:30", TUESDAY + timedelta(days=1))
    assert [(each.recipient, each.subject) for each in letters(office)] == [
        ("hanako@example.jp", "【みなも市】お知らせ（1件）"), ("jiro@example.jp", "【みなも市】お知らせ（2件）")]


def test_in_the_quiet_hours_nothing_goes(office):
    told(office, office.jiro, NoticeKind.CONFIRM, "19:50")
    for hour in ("20:00", "23:59"):
        goes_round(office, hour)
    goes_round(office, "06:58", TUESDAY + timedelta(days=1))
    assert letters(office) == []
    goes_round(office, "07:00", TUESDAY + timedelta(days=1))
    assert len(letters(office)) == 1


def test_what_was_seen_or_settled_before_is_not_mailed(office):
    told(office, office.jiro, NoticeKind.CONFIRM, "10:00")
    told(office, office.jiro, NoticeKind.DRAFT, "10:01")
    with office.app.app_context(), unit():
        first, second = session.scalars(sa.select(Notice).order_by(Notice.id)).unique()
        first.see()
        second.settled_at = at("10:02")
    goes_round(office, "11:00")
    assert letters(office) == []


def test_each_gets_mail_as_they_chose(office):
    with office.app.app_context(), unit():
        NoticeSetting.choose(office.member(office.jiro), ByMail.DAILY, True)
        NoticeSetting.choose(office.member(office.saburo), ByMail.NEVER, True)
    for who in (office.jiro, office.saburo, office.hanako):
        told(office, who, NoticeKind.CONFIRM, "10:00", key=f"c/{who}")
    goes_round(office, "11:00")
    assert [each.recipient for each in letters(office)] == ["hanako@example.jp"]
    goes_round(office, "09:00", TUESDAY + timedelta(days=1))
    assert [each.recipient for each in letters(office)] == ["hanako@example.jp", "jiro@example.jp"]


def test_mail_goes_to_nobody_it_does_not_reach(office):
    for who in (office.jiro, office.saburo, office.hanako):
        told(office, who, NoticeKind.CONFIRM, "10:00", key=f"c/{who}")
    with office.app.app_context(), unit():
        office.member(office.jiro).email = ""
        office.member(office.saburo).user.leave()
        office.member(office.hanako).active = False
    goes_round(office, "11:00")
    assert letters(office) == []


def test_whoever_has_no_account_is_told_whom_to_call_and_no_address_of_a_page(office):
    with office.app.app_context(), unit():
        session.get(mailing.Office, 1).phone = "0000-00-0000"
        neighbour = Member(agency=office.member(office.jiro).agency, name="民生 委員", email="neighbour@example.jp")
        session.add(neighbour)
        session.flush()
        tell(neighbour, NoticeKind.CONFIRM, "n", MEETING, "/actions", number=2).at = at("10:00")
    goes_round(office, "10:10")
    [letter] = letters(office)
    assert "事務局（電話 0000-00-0000）がお手伝いします" in letter.body
    assert "https://" not in letter.body and "受け取り方" not in letter.body


def test_with_mail_off_nothing_is_posted_and_old_news_is_not_sent_when_it_comes_on(office):
    on = office.app.config["KURUMAZA"]
    office.app.config["KURUMAZA"] = replace(on, smtp_host="")
    told(office, office.jiro, NoticeKind.CONFIRM, "10:00")
    goes_round(office, "11:00")
    office.app.config["KURUMAZA"] = on
    goes_round(office, "11:00", TUESDAY + timedelta(days=15))
    assert letters(office) == []
    with office.app.app_context(), unit(read_only=True):
        assert session.scalar(sa.select(Notice)).mailed_at is None


def test_the_outbox_says_what_is_gathered_for_mail_and_what_waits_for_the_end_of_the_night(office):
    told(office, office.jiro, NoticeKind.CONFIRM, "22:00")
    told(office, office.jiro, NoticeKind.DRAFT, "22:01")
    told(office, office.saburo, NoticeKind.ANSWERED, "09:59")
    with office.app.app_context(), unit(read_only=True):
        night, morning, noon = (mailing.gathered(each) for each in (at("23:00"), at("06:58", date(2026, 11, 25)), at("12:00", date(2026, 11, 25))))
        assert (night.people, night.quiet, clock.local(night.at).hour) == (1, True, 7)
        assert (morning.people, morning.quiet) == (1, False)
        assert noon.people == 2
    goes_round(office, "12:00", date(2026, 11, 25))
    with office.app.app_context(), unit(read_only=True):
        assert mailing.gathered(at("12:00", date(2026, 11, 25))).people == 0
