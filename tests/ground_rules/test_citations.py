"""Citations of law: what they said before stays known, and each day is cited as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from ground_rules.models import Citation, CitationVersion
from meetings import minutes
from meetings.models import Meeting

DATABASES = ["sqlite"]
TODAY = clock.today()
WHERE = "/ground-rules/citations/meeting"
NEW = dict(ja="社会福祉法第106条の9", en="Social Welfare Act, Article 106-9", as_of=TODAY.isoformat(), note="改正")


@pytest.fixture
def admin(world):
    browser = world.browser("kanri")
    browser.get(WHERE)
    return browser


def test_what_stood_before_stays_with_who_wrote_it_and_when(world, admin):
    assert admin.post(WHERE, NEW).status_code == 303
    page = world.browser("hanako").get(f"{WHERE}/history").text
    assert "社会福祉法第106条の9" in page and "社会福祉法第106条の6<" in page
    assert "管理 太郎" in page and "初期値" in page


def test_saved_without_a_change_it_is_no_version(world, admin):
    for _time in range(2):
        admin.get(WHERE)
        admin.post(WHERE, NEW)
    with world.app.app_context(), unit(read_only=True):
        assert len(session.get(Citation, "meeting").versions) == 2


def test_an_amendment_is_cited_from_its_day_on_and_meetings_before_it_as_it_was(world, admin):
    admin.post(WHERE, NEW | dict(since=(TODAY + timedelta(days=3)).isoformat()))
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        assert Citation.of("meeting") == "社会福祉法第106条の6"
        assert "第106条の6に基づく支援会議" in minutes.lay_out(meeting, 1, meeting.starts_at).legal_ground
        meeting.starts_at += timedelta(days=4)
        meeting.ends_at += timedelta(days=4)
        session.flush()
        assert "第106条の9に基づく支援会議" in minutes.lay_out(meeting, 1, meeting.starts_at).legal_ground
    assert "第106条の9" in world.browser("hanako").get(f"/meetings/{world.meeting}").text


def test_a_slip_mended_holds_for_every_day_for_which_the_slip_held(world):
    with world.app.app_context(), unit():
        citation, by = session.get(Citation, "meeting"), session.get(User, world.admin)
        citation.rewrite(by, "改正後", "new", TODAY, TODAY, "")
        citation.rewrite(by, "改正前の書き間違いを直したもの", "old, mended", None, TODAY, "")
        assert citation.on(TODAY).ja == "改正後"
        assert citation.on(TODAY - timedelta(days=1)).ja == "改正前の書き間違いを直したもの"


def test_of_two_who_edit_at_once_the_second_is_told(world, admin):
    other = world.browser("kanri")
    version = {"version": str(_version(world))}
    other.get(WHERE)
    assert admin.post(WHERE, NEW | version).status_code == 303
    late = other.post(WHERE, NEW | version | dict(ja="社会福祉法第106条の8"))
    assert late.status_code == 409
    assert "社会福祉法第106条の9" in late.text and "社会福祉法第106条の8" in late.text


def test_a_version_is_never_changed(world):
    with world.app.app_context(), pytest.raises(RuntimeError), unit():
        session.query(CitationVersion).first().ja = "別の条文"


def _version(world) -> int:
    with world.app.app_context(), unit(read_only=True):
        return session.get(Citation, "meeting").version
