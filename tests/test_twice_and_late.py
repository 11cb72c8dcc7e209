"""A form sent twice, from a page gone stale, or after the sign-in has ended: one result, and no word lost."""

from __future__ import annotations

from datetime import timedelta
import re
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from accounts.models import SignIn, User
from agencies.models import Agency
from cases.models import Case, Consent
from core.database import session, unit, utcnow
from core.languages import catalogue
from meetings.models import Meeting
from referrals.models import Referral
from tests.wide import token_in
from tests.world import PASSWORD

CASE = {"label": "Dさん世帯", "household_type": "8050", "stage": "intake", "opened_on": "2026-06-17", "summary": "概要",
        "people-0-label": "Dさん", "needs-0-domain": "ELD", "needs-0-text": "介護"}
MEETING = dict(kind="shien", name="会議", day="2027-01-20", start="14:00", end="15:00", mode="in_person", place="302", template="standard")
CONSENT = dict(state="given", on="2026-06-01", method="oral", scope="関係課")
REFERRAL = dict(label="Jさん世帯", household_type="other", worry="心配", ask="相談", agreement="given", urgency="normal")
ACCOUNT = dict(name="新人", login="newcomer", roles="clerk", password="long enough word")


def forms(world):
    """(who, page, where to, fields, what it makes) of each form that makes something."""
    case, consent = f"/cases/{world.case}", f"/cases/{world.case}/people/{world.son}/consent"
    return {
        "case": ("hanako", "/cases/new", "/cases", CASE, Case),
        "meeting": ("hanako", f"{case}/meetings/new", f"{case}/meetings", MEETING, Meeting),
        "consent": ("hanako", consent, consent, CONSENT, Consent),
        "account": ("kanri", "/accounts/new", "/accounts", ACCOUNT, User),
        "agency": ("hanako", "/agencies/new", "/agencies", dict(name="新しい機関", kind="public"), Agency),
        "referral": ("jiro", "/referrals/new", "/referrals", REFERRAL, Referral),
    }


@pytest.mark.parametrize("name", ["case", "meeting", "consent", "account", "agency", "referral"])
def test_a_form_sent_twice_makes_one_thing_and_leads_to_the_same_page(world, name):
    who, page, where, fields, made = forms(world)[name]
    browser, before = world.browser(who), count(world, made)
    browser.get(page)
    once = browser.once()
    first = browser.post(where, fields, once=once)
    second = browser.post(where, fields, once=once)

    assert first.status_code == second.status_code == 303, second.text
    assert first.location == second.location
    assert count(world, made) == before + 1


@pytest.mark.parametrize("name", ["case", "meeting", "consent", "account", "agency", "referral"])
def test_two_clicks_at_the_same_moment_make_one_thing_too(world, name):
    who, page, where, fields, made = forms(world)[name]
    browser, before = world.browser(who), count(world, made)
    browser.get(page)
    sent = fields | {"once": browser.once(), "csrf_token": token_in(browser.page)}
    answers = at_once(world, [(browser, where, sent)] * 2)

    assert [each.status_code for each in answers] == [303, 303]
    assert len({each.location for each in answers}) == 1
    assert count(world, made) == before + 1


def test_two_people_opening_a_case_at_the_same_moment_both_get_one(world):
    browsers = [world.browser("hanako"), world.browser("other")]
    sent = []
    for browser in browsers:
        browser.get("/cases/new")
        sent.append((browser, "/cases", CASE | {"once": browser.once(), "csrf_token": token_in(browser.page)}))
    before = count(world, Case)
    answers = at_once(world, sent)
    for browser, answer in zip(browsers, answers):
        if answer.status_code == 409:  # nothing is lost: the page keeps what was typed and sends it again
            again = hidden(answer.text) | {"csrf_token": token_in(answer.text)}
            assert browser.client.post("/cases", data=again).status_code == 303

    assert {each.status_code for each in answers} <= {303, 409}
    assert count(world, Case) == before + 2


def test_the_first_visit_clicked_twice_makes_one_office(flask_app):
    from tests.world import Browser

    browser = Browser(flask_app)
    browser.get("/first-visit")
    fields = dict(office="みなも市", name="管理 太郎", login="kanri", password="long enough word", once=browser.once())
    first, second = browser.post("/first-visit", fields), browser.post("/first-visit", fields)
    with flask_app.app_context(), unit(read_only=True):
        people = session.scalar(sa.select(sa.func.count()).select_from(User))

    assert first.status_code == 303
    assert second.status_code in (303, 400)  # the cookie has changed since: at worst the page has expired
    assert people == 1
    assert browser.get("/first-visit").status_code == 404


# -- stale pages ---------------------------------------------------------------------------------------------------------

def test_whoever_saves_a_stale_case_sees_both_texts_and_can_save_again(world):
    hanako, colleague = world.browser("hanako"), world.browser("hanako")
    page = f"/cases/{world.case}"
    typed = {}
    for browser, words in ((hanako, "花子の概要"), (colleague, "同僚の概要")):
        browser.get(f"{page}/edit")
        typed[browser] = CASE | {"summary": words, "version": version(browser.page)}
    first = hanako.post(page, typed[hanako])
    stale = colleague.post(page, typed[colleague])
    again = colleague.post(page, typed[colleague] | {"version": version(stale.text)})

    assert first.status_code == 303
    assert stale.status_code == 409
    assert "同僚の概要" in stale.text
    assert "花子の概要" in stale.text
    assert catalogue("ja").gettext("Somebody else has saved this page in the meantime.") in stale.text
    assert again.status_code == 303
    assert "同僚の概要" in colleague.get(page).text


@pytest.mark.parametrize("who, page, where, fields, first, second", [
    ("hanako", "/cases/{case}/edit", "/cases/{case}", dict(CASE, label="Aさん・Bさん世帯", summary="", own_words="息子のことが心配です。",
                                                          opened_on="{today}"),
     {"needs-0-text": "花子の課題"}, {"needs-0-text": "同僚の課題"}),
    ("hanako", "/meetings/{meeting}/edit", "/meetings/{meeting}", {"steps-0-title": "開会", "steps-0-minutes": "5"},
     {"steps-0-title": "花子の議題"}, {"steps-0-title": "同僚の議題"}),
    ("kanri", "/accounts/{jiro}", "/accounts/{jiro}", dict(name="佐藤 次郎", login="jiro"), dict(roles="clerk"), dict(roles="coordinator")),
    ("hanako", "/agencies/{agency}/edit", "/agencies/{agency}", dict(name="保健センター", kind="public"), dict(domains="ELD"), dict(domains="CHD")),
])
def test_rows_beneath_a_record_count_as_a_change_of_it(world, who, page, where, fields, first, second):
    with world.app.app_context(), unit(read_only=True):
        ids = dict(case=world.case, meeting=world.meeting, jiro=world.jiro, agency=world.member(world.jiro).agency_id)
        meeting = session.get(Meeting, world.meeting)
        plan = plan_of(meeting)
        ids["today"] = session.get(Case, world.case).opened_on.isoformat()
    here, there = world.browser(who), world.browser(who)
    sent = {}
    for browser in (here, there):
        browser.get(page.format(**ids))
        base = plan if "meeting" in page else {}
        sent[browser] = base | {key: value.format(**ids) for key, value in fields.items()} | {"version": version(browser.page)}
    saved = here.post(where.format(**ids), sent[here] | first)
    stale = there.post(where.format(**ids), sent[there] | second)

    assert saved.status_code == 303
    assert stale.status_code == 409


def test_two_people_writing_the_outcome_do_not_overwrite_each_other(world):
    world.open_meeting()
    here, there = world.browser("hanako"), world.browser("hanako")
    for browser in (here, there):
        browser.get(f"/meetings/{world.meeting}/closing")
    read = version(there.page)
    saved = here.post(f"/meetings/{world.meeting}/closing", held_from="14:00", held_to="15:00", next_meeting="", verdict="", emergency="花子の番号", lead_agency_id="0",
                      version=version(here.page))
    stale = there.post(f"/meetings/{world.meeting}/closing", held_from="14:00", held_to="15:00", next_meeting="", verdict="", emergency="同僚の番号", lead_agency_id="0", version=read)

    assert saved.status_code == 303
    assert stale.status_code == 409
    assert "同僚の番号" in stale.text


def test_two_saves_at_the_same_moment_keep_one_and_give_the_other_back(world):
    browsers = [world.browser("hanako"), world.browser("hanako")]
    sent = []
    for browser, words in zip(browsers, ("はじめの概要", "つぎの概要")):
        browser.get(f"/cases/{world.case}/edit")
        sent.append((browser, f"/cases/{world.case}", CASE | {
            "summary": words, "version": version(browser.page), "csrf_token": token_in(browser.page)}))
    answers = at_once(world, sent)

    assert sorted(each.status_code for each in answers) == [303, 409]
    loser = next(each for each in answers if each.status_code == 409)
    assert sent[answers.index(loser)][2]["summary"] in loser.text


# -- a sign-in that ended while somebody was typing ---------------------------------------------------------------------

def test_what_was_typed_survives_the_end_of_the_sign_in(world):
    hanako, before = world.browser("hanako"), count(world, Case)
    hanako.get("/cases/new")
    end_sign_ins(world)
    refused = hanako.post("/cases", CASE | {"summary": "一時間かけて\n書いた文 <b>"})
    wrong = hanako.post("/sign-in", hidden(refused.text) | dict(login="hanako", password="wrong"))
    inside = hanako.post("/sign-in", hidden(wrong.text) | dict(login="hanako", password=PASSWORD))
    resumed = hidden(inside.text)
    saved = hanako.client.post(action(inside.text), data=resumed | {"csrf_token": token_in(inside.text)})

    assert refused.status_code == 401
    assert "<b>" not in refused.text
    assert wrong.status_code == 422
    assert inside.status_code == 200
    assert resumed["summary"] == "一時間かけて\r\n書いた文 <b>".replace("\r\n", "\n")
    assert saved.status_code == 303
    assert count(world, Case) == before + 1
    assert "書いた文" in hanako.get(saved.location).text


def test_a_browser_that_lost_its_cookie_keeps_what_was_typed_too(world):
    hanako, before = world.browser("hanako"), count(world, Case)
    hanako.get("/cases/new")
    token = token_in(hanako.page)
    hanako.client.delete_cookie("kurumaza")
    expired = hanako.client.post("/cases", data=CASE | {"csrf_token": token})
    refused = hanako.client.post(action(expired.text), data=hidden(expired.text) | {"csrf_token": token_in(expired.text)})
    inside = hanako.client.post("/sign-in", data=hidden(refused.text) | dict(
        login="hanako", password=PASSWORD, csrf_token=token_in(refused.text)))
    saved = hanako.client.post(action(inside.text), data=hidden(inside.text) | {"csrf_token": token_in(inside.text)})

    assert [each.status_code for each in (expired, refused, inside, saved)] == [400, 401, 200, 303]
    assert count(world, Case) == before + 1


def test_a_password_is_not_kept_on_the_page_that_keeps_the_rest(world):
    kanri = world.browser("kanri")
    kanri.get("/accounts/new")
    end_sign_ins(world)
    refused = kanri.post("/accounts", ACCOUNT)

    assert refused.status_code == 401
    assert "newcomer" in refused.text
    assert ACCOUNT["password"] not in refused.text


def test_somebody_else_who_signs_in_there_cannot_save_what_they_may_not(world):
    hanako, before = world.browser("hanako"), count(world, Case)
    hanako.get("/cases/new")
    end_sign_ins(world)
    refused = hanako.post("/cases", CASE)
    inside = hanako.post("/sign-in", hidden(refused.text) | dict(login="jiro", password=PASSWORD))
    answer = hanako.client.post(action(inside.text), data=hidden(inside.text) | {"csrf_token": token_in(inside.text)})

    assert answer.status_code == 404
    assert count(world, Case) == before


# -- looking and doing -------------------------------------------------------------------------------------------------

def count(world, model) -> int:
    with world.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def version(page) -> str:
    return re.search(r'name="version" value="(\d+)"', page)[1]


def plan_of(meeting) -> dict:
    from core import clock

    begins, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    return dict(name=meeting.name, day=begins.date().isoformat(), start=f"{begins:%H:%M}", end=f"{ends:%H:%M}", mode="in_person",
                place=meeting.place, purpose=meeting.hearings[0].purpose, to_decide=meeting.hearings[0].to_decide)


def hidden(page) -> dict:
    """What a page that keeps typed text would send, as a browser reads it (a textarea's first line break is not content)."""
    from html import unescape

    kept = re.findall(r'<textarea hidden name="([^"]+)">\n?(.*?)</textarea>', page, re.DOTALL)
    resume = re.findall(r'<input type="hidden" name="(resume)" value="([^"]+)"', page)
    return {unescape(name): unescape(value) for name, value in [*kept, *resume]}


def action(page) -> str:
    """Where the form with the kept text is sent to."""
    return re.search(r'<form method="post" action="([^"]+)" class="form">', page)[1]


def end_sign_ins(world):
    with world.app.app_context(), unit():
        session.execute(sa.update(SignIn).values(ended_at=utcnow() - timedelta(minutes=1)))


def at_once(world, posts):
    """Send forms at the same moment, each from a client of its own with its browser's cookie; their answers, in order."""
    answers, gate = [None] * len(posts), Barrier(len(posts))

    def send(place, browser, where, data):
        client = world.app.test_client()
        client.set_cookie("kurumaza", browser.client.get_cookie("kurumaza").value)
        gate.wait()
        answers[place] = client.post(where, data=data)
        session.remove()

    threads = [Thread(target=send, args=(place, *post)) for place, post in enumerate(posts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return answers
