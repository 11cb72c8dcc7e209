"""What a browser, a thief and a guesser meet: headers, cookies, throttles, sign-ins that end."""

from __future__ import annotations

from datetime import timedelta
import re

from argon2 import PasswordHasher
import pytest
import sqlalchemy as sa

from accounts import signing_in
from accounts.models import SignIn, User
from accounts.views import _own_page
from core import web
from core.database import session, unit, utcnow
from tests.strictness import private, strict
from tests.wide import NOBODY
from tests.world import PASSWORD

DATABASES = ["sqlite"]  # nothing here is the database's business


# -- what every answer carries --------------------------------------------------------------------------------------------

def test_errors_redirects_and_files_are_strict_too(wide):
    client, token = wide.visitor("hanako")
    answers = {
        200: client.get("/static/style.css"), 303: wide.visitor(NOBODY)[0].get("/cases"), 404: client.get("/nothing"),
        405: client.post("/health", data={"csrf_token": token}), 400: client.post("/cases"),
        403: client.post("/cases", data={"csrf_token": token}, headers={"Origin": "https://evil.example"}),
        413: client.post("/cases", data={"csrf_token": token, "x": "x" * 3_000_000}),
        422: client.post("/cases", data={"csrf_token": token})}
    for status, answer in answers.items():
        strict(answer)
        assert answer.status_code == status
        assert status == 200 or private(answer)


def test_a_broken_page_tells_nothing_but_a_number(wide, monkeypatch):
    monkeypatch.setattr("cases.views.Case.fiscal_year", property(lambda _self: 1 / 0))
    client, _token = wide.visitor("hanako")
    answer = client.get("/cases")

    assert answer.status_code == 500
    strict(answer)
    assert private(answer)
    assert "Traceback" not in answer.text
    assert "AttributeError" not in answer.text
    assert ".py" not in answer.text
    assert re.search(r"[0-9a-f]{8}", answer.text)


def test_the_policy_lets_no_foreign_and_no_inline_code_in():
    policy = dict(part.strip().split(" ", 1) for part in web.POLICY.split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in web.POLICY
    assert "*" not in web.POLICY


# -- cookies and sign-ins ---------------------------------------------------------------------------------------------

def test_cookies_are_kept_from_scripts_and_from_other_sites(world):
    jiro = world.browser("jiro")
    cookies = [jiro.client.get_cookie("kurumaza")]
    jiro.get("/")
    jiro.post("/language", language="en")
    cookies.append(jiro.client.get_cookie("language"))

    assert [(each.http_only, each.same_site) for each in cookies] == [(True, "Lax"), (True, "Lax")]


def test_behind_https_cookies_travel_only_by_https(settings):
    from dataclasses import replace

    import app as house

    made = house.create_app(replace(settings, base_url="https://kurumaza.example.jp", secure_cookies=True))
    client = made.test_client()
    client.get("/first-visit", base_url="https://kurumaza.example.jp")
    assert client.get_cookie("kurumaza", domain="kurumaza.example.jp").secure


def test_a_new_sign_in_takes_nothing_over_from_the_cookie_before(world):
    jiro = world.browser()
    jiro.get("/sign-in")
    before = jiro.client.get_cookie("kurumaza").value
    jiro.post("/sign-in", login="jiro", password=PASSWORD)
    client = world.app.test_client()
    client.set_cookie("kurumaza", before)

    assert client.get("/cases").status_code == 303


def test_signing_out_ends_the_sign_in_on_the_server(world):
    jiro = world.browser("jiro")
    kept = jiro.client.get_cookie("kurumaza").value
    jiro.get("/")
    left = jiro.post("/sign-out")
    thief = world.app.test_client()
    thief.set_cookie("kurumaza", kept)

    assert left.status_code == 303
    assert thief.get("/").location.startswith("/sign-in")


def test_an_account_taken_out_of_use_is_out_at_once(world):
    jiro, kanri = world.browser("jiro"), world.browser("kanri")
    inside = jiro.get("/").status_code
    kanri.get("/accounts")
    kanri.post(f"/accounts/{world.jiro}/departure")
    again = world.browser()
    again.get("/sign-in")

    assert inside == 200
    assert jiro.get("/").location.startswith("/sign-in")
    assert again.post("/sign-in", login="jiro", password=PASSWORD).status_code == 422


def test_the_last_administrator_cannot_go(world):
    kanri = world.browser("kanri")
    kanri.get("/accounts")
    kanri.post(f"/accounts/{world.admin}/departure")
    kanri.get(f"/accounts/{world.admin}")
    stripped = kanri.post(f"/accounts/{world.admin}", name="管理 太郎", login="kanri", roles="clerk")

    assert stripped.status_code == 422
    assert kanri.get("/accounts").status_code == 200


def test_a_sign_in_ends_after_a_working_day_however_busy(world, monkeypatch):
    jiro = world.browser("jiro")
    with world.app.app_context(), unit():
        session.execute(sa.update(SignIn).values(at=utcnow() - timedelta(hours=12, minutes=1)))
    assert jiro.get("/").location.startswith("/sign-in")


def test_a_sign_in_ends_after_two_idle_hours_and_not_before(world, monkeypatch):
    jiro, now = world.browser("jiro"), utcnow()
    for minutes in (119, 230):  # each within two hours of the last request
        monkeypatch.setattr(signing_in, "utcnow", lambda later=now + timedelta(minutes=minutes): later)
        assert jiro.get("/").status_code == 200
    monkeypatch.setattr(signing_in, "utcnow", lambda: now + timedelta(minutes=230 + 121))
    assert jiro.get("/").location.startswith("/sign-in")


def test_changing_the_password_ends_the_other_sign_ins(world):
    here, elsewhere = world.browser("jiro"), world.browser("jiro")
    here.get("/password")
    changed = here.post("/password", password=PASSWORD, new_password="another long word", repeated="another long word")

    assert changed.status_code == 303
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").location.startswith("/sign-in")
    with world.app.app_context(), unit(read_only=True):
        jiro = session.get(User, world.jiro)
        assert jiro.knows("another long word")
        assert not jiro.knows(PASSWORD)


def test_a_password_set_by_somebody_else_is_changed_before_anything_is_seen(world):
    kanri = world.browser("kanri")
    kanri.get(f"/accounts/{world.jiro}")
    kanri.post(f"/accounts/{world.jiro}", name="佐藤 次郎", login="jiro", password="set by kanri")
    jiro = world.browser()
    jiro.get("/sign-in")
    jiro.post("/sign-in", login="jiro", password="set by kanri")

    assert jiro.get(f"/meetings/{world.meeting}").location == "/password"
    jiro.get("/password")
    jiro.post("/password", password="set by kanri", new_password="chosen by jiro", repeated="chosen by jiro")
    assert jiro.get(f"/meetings/{world.meeting}").status_code == 200


def test_passwords_are_kept_as_argon2id(world):
    with world.app.app_context(), unit():
        made = User.enrol("newcomer", "新人", "long enough word")
        session.flush()
        kept = made.password_hash

    assert kept.startswith("$argon2id$")
    assert "long enough" not in kept
    assert not PasswordHasher().check_needs_rehash(kept)


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "." * 4000, "eyJfdXNlcl9pZCI6IjEifQ.aAAAAA.forged", "%00", "日本"])
def test_a_forged_cookie_opens_nothing_and_breaks_nothing(world, cookie):
    client = world.app.test_client()
    client.set_cookie("kurumaza", cookie)

    assert client.get("/cases").status_code == 303
    assert client.post("/cases", data={"label": "x"}).status_code == 400


@pytest.mark.parametrize("forged", [
    {"_user_id": 7}, {"_user_id": ["a"]}, {"_user_id": None}, {"_user_id": "1", "seen": 0},
    {"_user_id": "\x00", "seen": 4e9}, {"_flashes": "x"}])
def test_a_cookie_with_odd_contents_opens_nothing_and_breaks_nothing(world, forged):
    client = world.app.test_client()
    with client.session_transaction() as cookie:  # signed with the right key, as an older version might have
        cookie.update(forged)

    assert client.get("/cases").status_code == 303


# -- guessing ----------------------------------------------------------------------------------------------------------

@pytest.fixture
def throttled(world, monkeypatch):
    monkeypatch.setattr(signing_in.limiter, "enabled", True)
    signing_in.limiter.reset()
    yield world
    signing_in.limiter.reset()


def test_guessing_a_password_is_slowed_down_for_that_account_alone(throttled):
    guesser, friend = throttled.browser(), throttled.browser()
    guesser.get("/sign-in")
    statuses = [guesser.post("/sign-in", login="jiro", password=f"guess {count}").status_code for count in range(12)]
    late = guesser.post("/sign-in", login="jiro", password=PASSWORD)
    friend.get("/sign-in")

    assert statuses[:10] == [422] * 10
    assert statuses[10:] == [429] * 2
    assert late.status_code == 429
    assert friend.post("/sign-in", login="saburo", password=PASSWORD).status_code == 303


def test_every_refused_sign_in_is_on_record_without_the_password(world):
    from core.audit import AuditRow

    guesser = world.browser()
    guesser.get("/sign-in")
    guesser.post("/sign-in", login="jiro", password="a wrong guess")
    with world.app.app_context(), unit(read_only=True):
        rows = session.scalars(sa.select(AuditRow).where(AuditRow.act == "sign-in refused")).all()

    assert len(rows) == 1
    assert "a wrong guess" not in repr([vars(each) for each in rows])


def test_an_unknown_name_and_a_wrong_password_answer_alike(world):
    guesser = world.browser()
    guesser.get("/sign-in")
    known = guesser.post("/sign-in", login="jiro", password="a wrong guess").text
    unknown = guesser.post("/sign-in", login="nnnn", password="a wrong guess").text
    tokens = r'value="[^"]{20,}"|content="[^"]{20,}"'

    assert re.sub(tokens, "", known).replace("jiro", "") == re.sub(tokens, "", unknown).replace("nnnn", "")


def test_an_unknown_name_costs_as_much_time_as_a_known_one(world, monkeypatch):
    asked = []
    monkeypatch.setattr(User, "knows", lambda self, password: asked.append(self.password_hash))
    guesser = world.browser()
    guesser.get("/sign-in")
    for login in ("jiro", "nnnn"):
        guesser.post("/sign-in", login=login, password="a wrong guess")

    assert [each.startswith("$argon2id$") for each in asked] == [True, True]


# -- being led away ----------------------------------------------------------------------------------------------------

AWAY = ["//evil.example", "///evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)", "/\\evil.example",
        "\\\\evil.example", "/\t/evil.example", "/\t\\evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example",
        "/\x00/evil.example", "//evil.example\\@localhost", "/a\\..\\\\evil.example", "evil.example", " //evil.example", "/\x0b\\evil", ""]


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_led_away_by_an_address_or_a_form(world, target):
    browser = world.browser()
    page = browser.get("/sign-in", query_string={"next": target})
    answer = browser.post("/sign-in", login="jiro", password=PASSWORD, next=target)
    browser.get("/")
    spoken = browser.post("/language", language="en", next=target)
    resumed = world.browser()
    resumed.get("/sign-in")
    resumed = resumed.post("/sign-in", {"login": "jiro", "password": PASSWORD, "resume": target, "kept.x": "y"})

    assert _own_page(target) is None
    assert 'name="next"' not in re.sub(r'<form class="language".*?</form>', "", page.text, flags=re.DOTALL)
    assert [answer.location, spoken.location, resumed.location] == ["/", "/", "/"]


@pytest.mark.parametrize("target", ["/", "/cases", "/cases?page=2", "/meetings/3/room?hearing=4"])
def test_the_way_back_to_ones_own_page_is_kept(world, target):
    browser = world.browser()
    browser.get("/sign-in")

    assert browser.post("/sign-in", login="jiro", password=PASSWORD, next=target).location == target
