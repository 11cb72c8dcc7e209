"""What comes after a meeting of six, followed to the final minutes: two without an account, one who moves on, one who says
that it is difficult, one who dissents; the mails are taken out of a real letter box."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
import mailbox
import re
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem
from agencies.models import Agency, AgencyKind, Member
from core import clock, outbox
from core.database import session, unit, utcnow
from core.office import office
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole
from notices import mailing
from notices.models import Notice
from tests.browser.conftest import PHONE, ja
from tests.browser.test_the_line import read_word, validate

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

ROLES = dict(jiro="受給者証の要件を確かめる", saburo="Bさんに手紙を書く", stranger="滞納の相談に乗る", minsei="月に2度、声を掛ける", yanushi="家賃の支払い方を話し合う")
LINE, BETTER = "体重が4キロ減った", "体重が半年で4キロ減った"
DISSENT = "訪問を急ぐことには反対です。"
OF_THE_CASE = (*ROLES.values(), LINE, "Aさん", "Bさん", "R08-0001")


@pytest.fixture
def six(world):
    """花子's meeting of six has just closed; each but her took one role."""
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        meeting.starts_at, meeting.ends_at = utcnow() - timedelta(hours=2), utcnow() - timedelta(hours=1)
        hearing = meeting.hearings[0]
        there = {login: world.member(getattr(world, login)) for login in ("hanako", "jiro", "saburo", "stranger")}
        there |= dict(minsei=_without_account("東地区 民生委員", "鈴懸 はるこ"), yanushi=_without_account("家主", "大家 守"))
        session.add(Member(agency=there["jiro"].agency, name="後任 五月", email="satsuki@example.jp",
                           user_id=world._account("satsuki", "後任 五月", [])))
        for login in ("stranger", "minsei", "yanushi"):
            hearing.seat(there[login], Level.REQUIRED, SeatRole.PARTICIPANT)
        session.flush()
        for seat in meeting.seats:
            meeting.acknowledge(seat.member, by=hanako)
            seat.attendance = Attendance.PRESENT
        meeting.open(by=hanako)
        Entry.capture(hearing, hanako, "line", EntryKind.OPINION, LINE)
        Entry.capture(hearing, hanako, "decision", EntryKind.DECISION, "訪問は二人で行く")
        day = clock.today() + timedelta(days=14)
        for login, what in ROLES.items():
            ActionItem.assign(hearing, hanako, f"role-{login}", what, member=there[login], due_on=day)
        meeting.close(by=hanako)
        office().quiet_from = office().quiet_to
        office().phone = "00-1234-5678"
    return world


def _without_account(agency: str, name: str) -> Member:
    member = Member(agency=Agency(name=agency, kind=AgencyKind.INFORMAL), name=name)
    session.add(member)
    return member


@pytest.fixture
def post_office(six, tmp_path):
    """A mail server and the letter box behind it; `collect()` lets the worker's turn come and gives the new mails as read."""
    box = tmp_path / "maildir"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(Mailbox(str(box)), hostname="127.0.0.1", port=port)
    server.start()
    settings = replace(six.app.config["KURUMAZA"], smtp_host="127.0.0.1", smtp_port=port,
                       mail_from="juso@minamo.example", base_url="https://kurumaza.minamo.example")

    def collect() -> dict[str, str]:
        six.app.config["KURUMAZA"] = settings
        with six.app.app_context():
            with unit():
                session.execute(sa.update(Notice).where(Notice.mailed_at.is_(None)).values(at=utcnow() - timedelta(minutes=10)))
            with unit():
                mailing.mail(utcnow())
            outbox.deliver(settings)
        letters = mailbox.Maildir(box)
        mails = [message_from_bytes(letters.get_bytes(key), policy=policy.default) for key in letters.keys()]
        letters.clear()
        return {mail["To"]: f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}" for mail in mails}

    yield collect
    server.stop()


def test_from_the_closed_room_to_the_final_minutes(six, server, people, post_office, tmp_path):
    hanako = people(server).come_in(six, "hanako")
    everybody_is_asked(six, hanako, post_office)
    jiro, saburo, stranger = [people(server, size=PHONE).come_in(six, login) for login in ("jiro", "saburo", "stranger")]
    one_takes_it_on(jiro)
    one_finds_it_difficult(saburo)
    one_asks_for_another_day(stranger, hanako, six)
    one_answers_by_link(six, server, people, hanako)
    one_answers_by_telephone(six, hanako)
    one_moves_on(six, hanako, people(server).come_in(six, "satsuki"))
    the_draft_goes_round(six, hanako, saburo, stranger, jiro, post_office)
    paper = the_minutes_become_final(six, hanako, tmp_path / "minutes.docx")

    for words in (BETTER, DISSENT, "難しい", "電話で聴取", "引き受ける", "第1版"):
        assert words in paper, words
    assert LINE not in paper


# -- the steps -------------------------------------------------------------------------------------------------------


def everybody_is_asked(six, hanako, post_office):
    hanako.go(f"/meetings/{six.meeting}/follow-up")
    hanako.page.locator(".ask-all form button").click()
    hanako.page.locator(".ask-all form").wait_for(state="detached")
    mails = post_office()
    assert set(mails) == {"jiro@example.jp", "saburo@example.jp", "stranger@example.jp"}
    for words in mails.values():
        assert "確認をお願いします" in words and "https://kurumaza.minamo.example/" in words
        assert not [each for each in OF_THE_CASE if each in words]


def answer(person, what: str, how: str, word: str = ""):
    """Open one's roles, choose one of the four, send: the third tap, after the page was opened by the mail."""
    person.go("/actions/confirm")
    card = person.page.locator(".answering", has_text=what)
    card.locator(f"label:has([value={how}])").tap()
    if word:
        card.locator("textarea[id$=word]").fill(word)
    person.press("Send my answers")
    person.page.locator(".flash--success").wait_for()


def one_takes_it_on(jiro):
    answer(jiro, ROLES["jiro"], "take")


def one_finds_it_difficult(saburo):
    answer(saburo, ROLES["saburo"], "hard", "手紙は逆効果だと思います")


def one_asks_for_another_day(stranger, hanako, six):
    stranger.go("/actions/confirm")
    card = stranger.page.locator(".answering", has_text=ROLES["stranger"])
    card.locator("details.wish summary").tap()
    card.locator("details.wish input[type=date]").fill((clock.today() + timedelta(days=21)).isoformat())
    card.locator("details.wish textarea").last.fill("年度の締めのあとなら行けます")
    card.locator("details.wish input[type=checkbox]").check()
    stranger.press("Send my answers")
    stranger.page.locator(".flash--success").wait_for()
    hanako.go(f"/meetings/{six.meeting}/follow-up").press("Accept", "#wishes")
    hanako.page.locator("#wishes").wait_for(state="detached")


def one_answers_by_link(six, server, people, hanako):
    hanako.page.locator(".asked-people > li", has_text="鈴懸 はるこ").locator("form[action*='/links/'] button").click()
    address = hanako.page.locator(".slip-address").inner_text().strip()
    code = re.sub(r"\D", "", hanako.page.locator(".slip-code").inner_text())
    guest = people(server, size=PHONE)
    guest.go(re.sub(r"^https?://[^/]+", "", address))
    assert ROLES["minsei"] not in guest.page.content()
    guest.page.fill("#personal_code", "000000" if code != "000000" else "111111")
    guest.page.locator("main form button").first.tap()
    guest.page.locator("#code-error").wait_for()
    guest.page.fill("#personal_code", code)
    guest.page.locator("main form button").first.tap()
    guest.sees(ROLES["minsei"], ".action-what")
    assert ROLES["yanushi"] not in guest.page.content()
    guest.page.locator(".answering label:has([value=take])").tap()
    guest.press("Send my answers", "main")
    guest.page.locator(".answering:visible").wait_for(state="detached")
    guest.press("Finish, and close this page")


def one_answers_by_telephone(six, hanako):
    hanako.go(f"/meetings/{six.meeting}/follow-up")
    hanako.page.locator(".asked-people > li", has_text="大家 守").get_by_role("link", name=ja("Record an answer given on paper or by telephone")).click()
    hanako.page.locator("label:has([name=answer][value=take])").first.click()
    hanako.page.locator("label:has([name=via][value=phone])").first.click()
    hanako.page.locator("form.action-card button.button--primary").click()
    hanako.page.locator(".flash--success").wait_for()


def one_moves_on(six, hanako, satsuki):
    with six.app.app_context(), unit(read_only=True):
        jiro, successor = six.member(six.jiro).id, session.scalar(sa.select(Member.id).where(Member.name == "後任 五月"))
    hanako.go(f"/members/{jiro}/handover")
    hanako.page.select_option("#to", str(successor))
    hanako.press("Hand all over")
    hanako.sees(ja("Nothing is open in this person's name."))
    satsuki.go("/actions/confirm").sees(ROLES["jiro"], ".action-what")
    satsuki.page.locator(".answering label:has([value=take])").click()
    satsuki.press("Send my answers")
    satsuki.page.locator(".flash--success").wait_for()
    satsuki.go(f"/meetings/{six.meeting}")
    assert "Aさん" not in satsuki.page.content()  # the role is theirs, the case is not


def the_draft_goes_round(six, hanako, saburo, stranger, jiro, post_office):
    post_office()
    hanako.go(f"/meetings/{six.meeting}/circulations/new").press("Send the draft round")
    mails = post_office()
    assert {"saburo@example.jp", "stranger@example.jp"} <= set(mails)
    assert not [each for words in mails.values() for each in OF_THE_CASE if each in words]
    with six.app.app_context(), unit(read_only=True):
        number = session.get(Meeting, six.meeting).circulations[-1].id
    jiro.go(f"/circulations/{number}").page.get_by_role("button", name=ja("I have no objection to the draft")).first.tap()
    jiro.sees(ja("No objection"))
    saburo.go(f"/circulations/{number}")
    saburo.page.locator(".draft-line", has_text=LINE).locator(".draft-act").first.tap()
    saburo.page.locator("#remark textarea").first.fill(BETTER)
    saburo.press("Send", "#remark")
    stranger.go(f"/circulations/{number}")
    stranger.page.get_by_role("link", name=ja("Leave a dissent")).first.tap()
    stranger.page.locator("#remark textarea").first.fill(DISSENT)
    stranger.press("Send", "#remark")
    stranger.sees(DISSENT)
    hanako.go(f"/meetings/{six.meeting}/minutes")
    hanako.go(f"/circulations/{number}/remarks")
    hanako.page.locator("label:has([name=outcome])").first.click()
    hanako.press("Answer")
    hanako.sees(ja("No correction waits for an answer."))


def the_minutes_become_final(six, hanako, path):
    hanako.page.on("dialog", lambda dialog: dialog.accept())
    hanako.go(f"/meetings/{six.meeting}/minutes").press("Make final")
    hanako.sees(ja("Final version %(number)s", number=1))
    with hanako.page.expect_download() as taken:
        hanako.follow("Download as Word")
    taken.value.save_as(path)
    validate(path)
    return read_word(path)
