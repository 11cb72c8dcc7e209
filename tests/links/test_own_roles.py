"""Behind a link: the four answers, a wish, how it goes on; of one's own roles only, in the words one read."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.confirmations import Confirmation
from actions.models import ActionItem
from actions.progress import ProgressStep
from actions.requests import ChangeRequest
from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.audit import AuditRow
from core.database import session, unit
from meetings import minutes, record
from meetings.models import Meeting
from meetings.table import Level, SeatRole
from tests.links.slips import OTHERS
from tests.wide import contents


@pytest.fixture
def guest(slip):
    """民子さん behind her link."""
    entered = slip.enter()
    entered.get("/l/own")
    return entered


def fields(page, action, **said):
    """What a form of the page sends for one role: its hidden parts, and what was said."""
    hidden = re.findall(rf'name="(r{action}-(?:read|was_on))" value="([^"]*)"', page)
    words = re.findall(rf'name="(r{action}-was_what)">\n([^<]*)<', page)
    return dict([*hidden, *words]) | {f"r{action}-{name}": value for name, value in said.items()}


def all_of(world, what):
    with world.app.app_context(), unit(read_only=True):
        return list(session.scalars(sa.select(what).order_by(what.id)))


def test_the_four_answers_are_theirs_by_nobody_else(slip, guest):
    day = (clock.today() + timedelta(days=3)).isoformat()
    said = [dict(answer="take"), dict(answer="condition", word="雨の日は電話で"), dict(answer="bring_back", answer_by=day), dict(answer="hard", word="膝が悪い")]
    for each in said:
        for _twice in range(2):
            answer = guest.post("/l/own", fields(guest.page, slip.own, **each))
        assert answer.headers["Location"] == "/l/own" and "回答を受け取りました" in guest.get("/l/own").text
    given = all_of(slip.world, Confirmation)

    assert [each.answer.value for each in given] == [each["answer"] for each in said]
    assert {(each.via.value, each.by_id, each.action_id) for each in given} == {("link", None, slip.own)}
    with slip.world.app.app_context(), unit(read_only=True):
        who = session.scalars(sa.select(AuditRow.who).where(AuditRow.subject == f"confirmation/{given[0].id}")).all()
    assert who == [f"link/{slip.link}"]


def test_a_condition_without_words_is_not_kept_and_what_was_typed_is(slip, guest):
    answer = guest.post("/l/own", fields(guest.page, slip.own, answer="condition", wished_what="月に二度の声掛け"))
    assert answer.status_code == 422 and "月に二度の声掛け" in answer.text
    assert guest.post("/l/own", fields(guest.page, slip.own)).status_code == 422
    assert all_of(slip.world, Confirmation) == []


def test_a_role_changed_in_between_shows_what_changed_and_records_nothing(slip, guest):
    before = fields(guest.page, slip.own, answer="take")
    with slip.world.app.app_context(), unit():
        session.execute(sa.update(ActionItem).where(ActionItem.id == slip.own).values(what="毎日の声掛け", version=9))
    answer = guest.post("/l/own", before)

    assert answer.status_code == 200 and "回答は受け取っていません" in answer.text
    assert "週に一度" in re.sub("<[^>]+>", "", answer.text) and "毎日" in answer.text
    assert all_of(slip.world, Confirmation) == []
    assert guest.post("/l/own", fields(guest.page, slip.own, answer="take")).status_code == 303


def test_other_words_are_asked_for_a_proposal_is_taken_on_a_wish_withdrawn(slip, guest):
    guest.post("/l/own", fields(guest.page, slip.own, wished_what="月に二度の声掛け", wished_on="", reason="膝"))
    wish = all_of(slip.world, ChangeRequest)[0]
    with slip.world.app.app_context(), unit():
        session.get(ChangeRequest, wish.id).counter(session.get(User, slip.world.hanako), "月に三度の声掛け", word="どうでしょう")
    offered = guest.get("/l/own").text
    agreed = guest.post(f"/l/wishes/{wish.id}/agreement")

    assert (wish.wished_what, wish.via.value, wish.by_id) == ("月に二度の声掛け", "link", None)
    assert "どうでしょう" in offered and "山田 花子" not in offered
    assert agreed.status_code == 303
    assert [(each.answer.value, each.via.value, each.what) for each in all_of(slip.world, Confirmation)] == [("take", "link", "月に三度の声掛け")]
    guest.get("/l/own")
    guest.post("/l/own", fields(guest.page, slip.own, wished_what="月に一度の声掛け"))
    assert guest.post(f"/l/wishes/{all_of(slip.world, ChangeRequest)[-1].id}/withdrawal").status_code == 303


def test_how_it_goes_on_is_reported_also_when_the_minutes_are_final(slip, guest):
    guest.post("/l/own", fields(guest.page, slip.own, answer="take"))
    with slip.world.app.app_context(), unit():
        record.finalise(session.get(Meeting, slip.world.meeting), session.get(User, slip.world.hanako), minutes.lay_out)
    page = guest.get("/l/own").text
    read = all_of(slip.world, Confirmation)[0].fingerprint
    refused = guest.post("/l/own", fields(guest.page, slip.own, read=read, answer="hard", word="やはり"))
    for _twice in range(2):
        told = guest.post(f"/l/roles/{slip.own}/progress", state="started", note="はじめました")
    stuck = guest.post(f"/l/roles/{slip.own}/progress", state="stuck", note="")

    assert "会議録が確定したため" in page and f"r{slip.own}-answer" not in page
    assert refused.status_code == 409
    assert told.status_code == 303 and stuck.status_code == 422
    assert [(each.state.value, each.note, each.by_id, each.link_id) for each in all_of(slip.world, ProgressStep)] == [("started", "はじめました", None, slip.link)]
    assert len(all_of(slip.world, Confirmation)) == 1


def test_what_is_not_theirs_is_missing_and_stays_as_it_is(slip, guest):
    before = contents(slip.world.app)
    foreign = {f"r{slip.other}-read": "x", f"r{slip.other}-answer": "take"}
    answers = [guest.post("/l/own", foreign), guest.post(f"/l/roles/{slip.other}/progress", state="done"),
               guest.post("/l/roles/999999/progress", state="done"), guest.post("/l/wishes/999999/agreement"),
               guest.post(f"/l/roles/{2**40}/progress", state="done")]

    assert [each.status_code for each in answers] == [422, 404, 404, 404, 404]
    assert not any(OTHERS in each.text or "佐藤" in each.text for each in answers)
    assert contents(slip.world.app) == before


def test_somebody_elses_cookie_opens_somebody_elses_page_and_never_both(slip, guest):
    """A second link of another person: each browser sees what its own link is for."""
    with slip.world.app.app_context(), unit():
        member = Member(agency=Agency(name="家主", kind=AgencyKind.INFORMAL), name="大家 太郎")
        session.add(member)
        session.flush()
        slip.member = member.id
    slip.issue()
    landlord = slip.enter()

    assert "お願いしていることはありません" in landlord.get("/l/own").text
    assert landlord.post("/l/own", {f"r{slip.own}-read": "x", f"r{slip.own}-answer": "take"}).status_code == 422
    assert landlord.post(f"/l/roles/{slip.own}/progress", state="done").status_code == 404
    assert "週に一度の声掛け" in guest.get("/l/own").text


def test_a_role_of_their_agency_is_theirs_only_while_nobody_else_sat_for_it(slip, guest):
    with slip.world.app.app_context(), unit():
        session.execute(sa.update(ActionItem).where(ActionItem.id == slip.own).values(member_id=None))
    assert "週に一度の声掛け" in guest.get("/l/own").text
    with slip.world.app.app_context(), unit():
        agency = session.get(Member, slip.member).agency
        colleague = Member(agency=agency, name="民生 次郎")
        session.add(colleague)
        session.flush()
        session.get(Meeting, slip.world.meeting).hearings[0].seat(colleague, Level.DESIRED, SeatRole.PARTICIPANT)
    assert "週に一度の声掛け" not in guest.get("/l/own").text


def test_an_answer_heard_on_the_telephone_says_so_with_who_wrote_it_down_and_when(slip):
    hanako, today = slip.world.browser("hanako"), clock.today()
    with slip.world.app.app_context(), unit():
        meeting = session.get(Meeting, slip.world.meeting)
        meeting.starts_at, meeting.ends_at = meeting.starts_at - timedelta(days=5), meeting.ends_at - timedelta(days=5)
    hanako.get(f"/actions/{slip.own}")
    read = re.search(r'name="read" value="([^"]+)"', hanako.page)[1]
    say = lambda **more: hanako.post(f"/actions/{slip.own}/confirmation", dict(read=read, answer="take", word="") | more)  # noqa: E731

    assert say().status_code == 422 and say(via="link", heard_on=today.isoformat()).status_code == 422
    assert say(via="phone", heard_on=(today + timedelta(days=1)).isoformat()).status_code == 422
    assert say(via="phone", heard_on=(today - timedelta(days=30)).isoformat()).status_code == 422
    assert say(via="phone", heard_on=(today - timedelta(days=1)).isoformat()).status_code == 303
    page = hanako.get(f"/actions/{slip.own}").text
    with slip.world.app.app_context(), unit(read_only=True):
        paper = minutes.lay_out(session.get(Meeting, slip.world.meeting), 1, None)
    assert "電話で聴取(記録：山田 花子)" in page and clock.wareki(today - timedelta(days=1)) in page
    assert "電話で聴取（記録：山田 花子）" in [each for each in paper.hearings[0].assignments if each.what == "週に一度の声掛け"][0].confirmation
