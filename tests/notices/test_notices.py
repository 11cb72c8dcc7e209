"""The bell and the list behind it."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from core import jobs
from core.database import session, unit, utcnow
from notices import tidying
from notices.kinds import NoticeKind
from notices.models import Notice, settle, tell
from notices.settings import NoticeSetting
from notices.when import ByMail

DATABASES = ["sqlite"]  # what is told and posted once is tried on both in tests/followup/test_told_once.py


def told(world, user_id, key, kind=NoticeKind.CONFIRM, **more):
    with world.app.app_context(), unit():
        notice = tell(world.member(user_id), kind, key, "みなも市支援会議 R08-支援-0003", "/actions", **more)
        session.flush()
        return notice.id


def kept(world, **of):
    with world.app.app_context(), unit(read_only=True):
        return session.scalars(sa.select(Notice).filter_by(**of).order_by(Notice.id)).unique().all()


def test_the_bell_counts_what_is_unread_and_the_list_leads_there(world):
    told(world, world.jiro, "a", number=2)
    id = told(world, world.jiro, "b", NoticeKind.DRAFT)
    jiro = world.browser("jiro")
    page = jiro.get("/notices").text
    assert "未読2件" in page and "役割の確認をお願いします" in page and "（2件）" in page and "今日" in page
    assert page.index(f"notice-{id}") < page.index(f"notice-{id - 1}")  # the newest first

    answer = jiro.post(f"/notices/{id}/seen")
    assert (answer.status_code, answer.location) == (303, "/actions")
    assert "未読1件" in jiro.get("/").text


def test_reading_the_list_marks_nothing(world):
    told(world, world.jiro, "a")
    world.browser("jiro").get("/notices")
    assert [each.seen_at for each in kept(world)] == [None]


def test_all_are_marked_as_read_but_for_those_that_came_after_the_page(world):
    told(world, world.jiro, "a")
    jiro = world.browser("jiro")
    newest = told(world, world.jiro, "b")
    assert f'name="newest" value="{newest}"' in jiro.get("/notices").text
    later = told(world, world.jiro, "c")
    of_hanako = told(world, world.hanako, "d")
    jiro.post("/notices/seen", newest=newest)

    assert [each.id for each in kept(world) if each.unseen] == [later, of_hanako]
    assert jiro.post("/notices/seen", newest="x").status_code == 303


def test_nobody_opens_what_others_are_told_nor_after_they_left_the_roster(world):
    id, jiro, hanako = told(world, world.jiro, "a"), world.browser("jiro"), world.browser("hanako")
    assert "役割の確認" not in hanako.get("/notices").text
    assert hanako.post(f"/notices/{id}/seen").status_code == 404
    jiro.get("/notices")
    with world.app.app_context(), unit():
        world.member(world.jiro).active = False
    assert jiro.post(f"/notices/{id}/seen").status_code == 404
    assert [each.seen_at for each in kept(world)] == [None]


def test_the_same_key_is_told_once(world):
    assert told(world, world.jiro, "a") == told(world, world.jiro, "a")


def test_what_is_settled_waits_no_more_and_says_so(world):
    told(world, world.jiro, "ask/1/2", topic="meeting/1")
    told(world, world.jiro, "ask/1_2", topic="meeting/2")
    told(world, world.saburo, "ask/1/3", topic="meeting/1")
    with world.app.app_context(), unit():
        jiro = world.member(world.jiro)
        assert settle(NoticeKind.DRAFT, topic="meeting/1") == 0
        assert settle(NoticeKind.CONFIRM, topic="meeting/1", member=jiro) == 1
        assert settle(NoticeKind.CONFIRM, topic="meeting/1", member=jiro) == 0
        assert settle(NoticeKind.CONFIRM, key="ask/1_") == 1  # not as a pattern
        with pytest.raises(ValueError):
            settle(NoticeKind.CONFIRM, member=jiro)
    page = world.browser("jiro").get("/notices").text
    assert "対応済み" in page and "未読" not in page


def test_everybody_chooses_how_they_are_told(world):
    jiro = world.browser("jiro")
    assert "メールを使っていない" in jiro.get("/notices/settings").text
    assert jiro.post("/notices/settings", by_mail="soon").status_code == 422
    assert jiro.post("/notices/settings", by_mail="daily", reminders="y").status_code == 303
    assert jiro.post("/notices/settings", by_mail="never").status_code == 303
    with world.app.app_context(), unit(read_only=True):
        chosen = NoticeSetting.of(world.member(world.jiro))
        assert (chosen.by_mail, chosen.reminders) == (ByMail.NEVER, False)
        assert NoticeSetting.of(world.member(world.hanako)).reminders
    assert re.search(r"<input checked[^>]+never", jiro.get("/notices/settings").text)


def test_whoever_is_not_on_the_roster_is_told_why_there_is_nothing(world):
    clerk = world.browser("fumiko")
    assert "名簿に登録されていません" in clerk.get("/notices/settings").text
    assert clerk.post("/notices/settings", by_mail="never").status_code in (200, 422)
    assert "お知らせはありません" in clerk.get("/notices").text


def test_old_news_goes_and_what_nobody_read_stays_longer(world, monkeypatch):
    for key, days, seen in [("new", 10, True), ("old", 200, True), ("unread", 200, False), ("ancient", 800, False)]:
        id = told(world, world.jiro, key)
        with world.app.app_context(), unit():
            notice = session.get(Notice, id)
            notice.at = utcnow() - timedelta(days=days)
            notice.seen_at = utcnow() if seen else None
    with world.app.app_context():
        monkeypatch.setattr(jobs, "_jobs", {each: job for each, job in jobs._jobs.items() if each.endswith("tidying.forget")})
        assert jobs.run_due() == 1
    assert tidying.SEEN < tidying.UNSEEN
    assert [each.key for each in kept(world)] == ["new", "unread"]
