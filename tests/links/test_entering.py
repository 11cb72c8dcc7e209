"""An address and a code let one person in; everything else that is tried tells nothing and changes nothing."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from agencies.models import Member
from core.audit import AuditRow
from core.database import session, unit, utcnow
from links import guests, sittings
from links.sittings import GuestSitting
from meetings.models import Meeting
from notices.models import Notice
from tests.links.slips import OTHERS
from tests.wide import contents

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_right_code_lets_in_and_the_address_is_left_behind(slip):
    guest = slip.enter()

    assert (guest.answer.status_code, guest.answer.headers["Location"]) == (303, "/l/own")
    page = guest.get("/l/own").text
    assert "週に一度の声掛け" in page
    assert OTHERS not in page and "R0" not in re.sub("<[^>]+>", "", page).replace("R08-支援", "") and slip.path not in page


def test_whoever_only_looks_learns_nothing_and_uses_nothing_up(slip):
    before, visitor = contents(slip.world.app), slip.world.browser()
    answers = [visitor.client.open(slip.path, method=method, headers=headers) for method in ("GET", "HEAD", "GET")
               for headers in ({}, {"Sec-Purpose": "prefetch"}, {"User-Agent": "MailScanner"})]

    assert {each.status_code for each in answers} == {200}
    assert not any(word in each.text for each in answers for word in ("民生", "声掛け", "みなも市支援会議"))
    assert contents(slip.world.app) == before


def test_the_code_may_be_typed_as_people_type(slip):
    head, tail = slip.code[:3], slip.code[3:]
    wide = slip.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    typed = [slip.code, f" {slip.code} ", wide, f"{head}-{tail}", f"{head}　{tail}"]
    assert [slip.enter(each).answer.status_code for each in typed] == [303] * 5


def test_what_cannot_be_a_code_is_no_try(slip):
    assert {slip.enter(code).answer.status_code for code in ("12345", "1234567", "abcdef", "山" * 300)} == {422}
    assert slip.tries == 0


def test_five_wrong_codes_lock_the_link_and_the_issuer_is_told(slip):
    answers = [slip.enter(wrong(slip.code)).answer for _ in range(5)]
    right = slip.enter().answer

    assert [each.status_code for each in answers] == [422, 422, 422, 422, 403]
    assert "あと4回" in answers[0].text and "担当者にも知らせ" in answers[4].text
    assert right.status_code == 403
    with slip.world.app.app_context(), unit(read_only=True):
        told = session.scalars(sa.select(Notice)).all()
        assert [(each.member.user_id, each.kind.value) for each in told if each.kind.value == "link_locked"] == [(slip.world.hanako, "link_locked")]


def test_the_right_code_gives_the_five_tries_back(slip):
    for _ in range(4):
        slip.enter(wrong(slip.code))
    assert slip.enter().answer.status_code == 303
    assert slip.tries == 0


@pytest.mark.parametrize(("values", "status", "says"), [
    (dict(expires_at=utcnow() - timedelta(minutes=1)), 410, "期限が過ぎました"),
    (dict(revoked_at=utcnow()), 410, "取り消されました"),
    (dict(code_tries=5), 403, "止めてあります"),
])
def test_a_link_that_has_ended_says_so_and_does_nothing(slip, values, status, says):
    guest = slip.enter()
    slip.change(**values)
    before = contents(slip.world.app)
    answers = [guest.get(slip.path), guest.post(slip.path, personal_code=slip.code), guest.get("/l/own")]

    assert [(each.status_code, says in each.text) for each in answers] == [(status, True)] * 3
    assert contents(slip.world.app) == before


def test_a_meeting_called_off_an_account_and_a_departure_end_the_link(slip):
    def answer(record, **values):
        with slip.world.app.app_context(), unit():
            session.execute(sa.update(record).values(values).where(record.id == (slip.world.meeting if record is Meeting else slip.member)))
        return slip.world.browser().get(slip.path)

    assert answer(Member, user_id=slip.world.admin).status_code == 410
    assert "ログインして" in slip.world.browser().get(slip.path).text
    assert answer(Member, user_id=None, left_on=(utcnow() - timedelta(days=3)).date()).status_code == 410
    assert answer(Member, left_on=None).status_code == 200
    assert "中止になりました" in answer(Meeting, cancelled_at=utcnow()).text


def test_a_forged_address_opens_nothing(slip):
    visitor = slip.world.browser()
    visitor.get(slip.path)
    for token in ("x", "own2", "A" * 32, "a" * 3000, "%00", "..", "ｆ"):
        assert visitor.get(f"/l/{token}").status_code in (308, 404)
        assert visitor.post(f"/l/{token}", personal_code=slip.code).status_code in (308, 404)


def test_a_new_link_makes_the_earlier_one_worthless(slip):
    old, code = slip.path, slip.code
    guest = slip.enter()
    slip.issue()

    assert slip.world.browser().get(old).status_code == 410
    assert guest.get("/l/own").status_code == 410
    assert slip.enter(code).answer.status_code == (422 if code != slip.code else 303)


def test_the_guest_ends_the_visit_and_may_come_back(slip):
    guest = slip.enter()
    cookie = guest.client.get_cookie(guests.COOKIE, path="/l").value
    guest.get("/l/own")
    left = guest.post("/l/end")
    guest.client.set_cookie(guests.COOKIE, cookie, path="/l")  # somebody had copied it

    assert left.headers["Location"] == "/l/ended" and guest.get("/l/ended").status_code == 200
    assert guest.get("/l/own").status_code == 404
    assert slip.enter().answer.status_code == 303


def test_a_cookie_that_was_made_up_or_altered_opens_nothing(slip):
    guest = slip.enter()
    cookie = guest.client.get_cookie(guests.COOKIE, path="/l")
    assert cookie.http_only and cookie.same_site == "Strict" and cookie.path == "/l"
    for value in ("", "x", "x.y.z", cookie.value[:-2], "A" + cookie.value):
        guest.client.set_cookie(guests.COOKIE, value, path="/l")
        assert guest.get("/l/own").status_code == 404


def test_a_sitting_falls_asleep_and_what_was_typed_is_kept(slip, monkeypatch):
    guest = slip.enter()
    guest.get("/l/own")
    monkeypatch.setattr(sittings, "utcnow", lambda: utcnow() + timedelta(minutes=31))
    asleep = guest.post("/l/own", answer="condition", word="雨の日は電話で", read="x")
    refused = guest.post("/l/again", {"personal_code": wrong(slip.code), "resume": "/l/own", "kept.word": "雨の日は電話で"})
    monkeypatch.undo()
    back = guest.post("/l/again", {"personal_code": slip.code, "resume": "/l/own", "kept.word": "雨の日は電話で"})

    assert asleep.status_code == 401 and "雨の日は電話で" in asleep.text and "週に一度" not in asleep.text
    assert refused.status_code == 422 and "雨の日は電話で" in refused.text
    assert back.status_code == 200 and 'action="/l/own"' in back.text and "雨の日は電話で" in back.text
    assert guest.get("/l/own").status_code == 200


def test_neither_address_nor_code_is_kept_anywhere(slip):
    slip.enter(wrong(slip.code))
    guest = slip.enter()
    guest.get("/l/own")
    token = slip.path.removeprefix("/l/")
    kept = str(contents(slip.world.app, without=()))

    assert token not in kept and f"'{slip.code}'" not in kept
    with slip.world.app.app_context(), unit(read_only=True):
        rows = [(each.who, each.act) for each in session.scalars(sa.select(AuditRow).where(AuditRow.subject == f"link/{slip.link}"))]
        assert session.scalar(sa.select(sa.func.count()).select_from(GuestSitting)) == 1
    assert ("-", "code refused") in rows and (f"link/{slip.link}", "entered") in rows


def test_the_log_names_no_link(slip, caplog):
    with caplog.at_level("ERROR"):
        slip.world.app.logger.error("Exception on %s [%s]", slip.path, "POST")
    assert slip.path not in caplog.text and "/l/…" in caplog.text


def test_to_the_rest_of_the_house_a_guest_is_nobody(slip):
    guest, nobody = slip.enter(), slip.world.browser()
    cookie = guest.client.get_cookie(guests.COOKIE, path="/l").value
    guest.client.set_cookie(guests.COOKIE, cookie, path="/")  # even if it were sent everywhere
    ids = dict.fromkeys(["case_id", "person_id", "hearing_id", "meeting_id", "action_id", "entry_id", "number", "member_id", "user_id",
                         "agency_id", "link_id", "seat_id"], 1) | dict(meeting_id=slip.world.meeting, case_id=slip.world.case, action_id=slip.own)
    unlike = []
    with slip.world.app.test_request_context():
        rules = [each for each in slip.world.app.url_map.iter_rules() if "GET" in each.methods and each.endpoint != "static"
                 and not each.rule.startswith("/l/") and each.arguments <= set(ids)]
        paths = [slip.world.app.url_for(each.endpoint, **{name: ids[name] for name in each.arguments}) for each in rules]
    for path in paths:
        one, other = guest.client.get(path), nobody.client.get(path)
        if (one.status_code, one.headers.get("Location")) != (other.status_code, other.headers.get("Location")) or "民子" in one.text:
            unlike.append(path)
    assert len(paths) > 60 and unlike == []


def test_every_door_below_a_link_asks_who_sits_there(world):
    """Only the doors before the sitting are open; whatever is added below /l is a guest's."""
    before = {"links.show", "links.enter", "links.again", "links.left"}
    views = {each.endpoint: world.app.view_functions[each.endpoint] for each in world.app.url_map.iter_rules() if each.rule.startswith("/l/")}
    assert {name for name, view in views.items() if not getattr(view, "guest", False)} == before
    assert {name for name, view in world.app.view_functions.items() if getattr(view, "guest", False)} <= set(views)
