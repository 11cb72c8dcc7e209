"""Giving a link out, on paper or by mail, and taking it back: by whoever runs the case, shown once."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from core import outbox
from core.database import session, unit
from core.outbox import Letter
from links.models import Link

DATABASES = ["sqlite"]


class Wire:
    """A mail server that takes everything."""

    def __init__(self, *_settings):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        pass

    def send(self, _letter):
        pass


@pytest.fixture
def hanako(slip):
    return slip.world.browser("hanako")


def give_out(slip, browser):
    """(page, hidden fields of it) of a link given out by pressing the button."""
    browser.get(f"/meetings/{slip.world.meeting}/follow-up")
    page = browser.post(f"/meetings/{slip.world.meeting}/links/{slip.member}", once="k" * 32)
    fields = dict(re.findall(r'name="(path|code)" value="([^"]+)"', page.text))
    slip.path, slip.code = fields.get("path"), fields.get("code")
    with slip.world.app.app_context(), unit(read_only=True):
        slip.link = session.scalar(sa.select(sa.func.max(Link.id)))
    return page, fields


def test_address_and_code_are_shown_once_and_a_reload_shows_neither(slip, hanako):
    page, fields = give_out(slip, hanako)
    again = hanako.post(f"/meetings/{slip.world.meeting}/links/{slip.member}", once="k" * 32)
    shown = hanako.get(again.headers["Location"]).text

    assert page.status_code == 200 and fields["code"][:3] in page.text and "data:image/svg+xml" in page.text
    assert again.status_code == 303 and "発行済み" in shown and fields["path"] not in shown and fields["code"] not in shown
    assert slip.enter().answer.status_code == 303


def test_the_page_after_the_meeting_lists_who_needs_a_link_and_how_it_stands(slip, hanako):
    there = hanako.get(f"/meetings/{slip.world.meeting}/follow-up").text
    slip.enter()
    opened = hanako.get(f"/meetings/{slip.world.meeting}/follow-up").text
    taken = hanako.post(f"/links/{slip.link}/revocation")

    assert "東地区 民生委員 民生 民子" in there and "発行済み" in there and "個人リンク" not in there.split("保健センター 佐藤 次郎</h3>")[1].split("</h3>")[0].split("</section>")[0]
    assert "最初に開いた日時" in opened
    assert taken.status_code == 303 and "取消し済み" in hanako.get(taken.headers["Location"]).text
    assert slip.world.browser().get(slip.path).status_code == 410


def test_the_slip_as_word_holds_the_square_and_nothing_of_the_case(slip, hanako):
    _page, fields = give_out(slip, hanako)
    file = hanako.post(f"/links/{slip.link}/slip.docx", fields)
    words = zipfile.ZipFile(io.BytesIO(file.data)).read("word/document.xml").decode()

    assert file.status_code == 200 and f"{fields['code'][:3]} {fields['code'][3:]}" in words and fields["path"] in words
    assert words.count("<a:moveTo>") > 200 and "民生 民子" in words and "切り離す" in words
    assert not any(each in words for each in ("声掛け", "Aさん", "R08-0"))
    assert "民子" not in file.headers["Content-Disposition"]


def test_made_up_secrets_make_no_slip(slip, hanako):
    _page, fields = give_out(slip, hanako)
    for each in ({}, fields | {"code": "000000" if fields["code"] != "000000" else "1"}, fields | {"path": "/l/else"}):
        assert hanako.post(f"/links/{slip.link}/slip.docx", each).status_code == 409
        assert hanako.post(f"/links/{slip.link}/mail", each).status_code == 409


def test_the_link_goes_by_mail_without_its_code_and_its_words_are_wiped(slip, hanako, monkeypatch):
    settings = dataclasses.replace(slip.world.app.config["KURUMAZA"], smtp_host="mail.example.jp", base_url="https://kaigi.example.jp")
    slip.world.app.config["KURUMAZA"] = settings
    _page, fields = give_out(slip, hanako)
    sent = hanako.post(f"/links/{slip.link}/mail", fields)
    hanako.post(f"/links/{slip.link}/mail", fields)
    with slip.world.app.app_context(), unit(read_only=True):
        letter = session.scalars(sa.select(Letter).where(Letter.secret.is_(True))).one()
        assert letter.recipient == "tamiko@example.jp" and "https://kaigi.example.jp/l/" in letter.body
        assert fields["code"] not in letter.body and "声掛け" not in letter.body and "Aさん" not in letter.body
    monkeypatch.setattr(outbox.mail, "Wire", Wire)
    with slip.world.app.app_context():
        outbox.deliver(settings)

    assert "電話でお伝えください" in sent.text
    with slip.world.app.app_context(), unit(read_only=True):
        assert session.scalars(sa.select(Letter.body).where(Letter.secret.is_(True))).one() == ""


def test_without_mail_the_link_is_not_offered_for_it(slip, hanako):
    page, fields = give_out(slip, hanako)
    assert "/mail" not in page.text and "このパソコンでしか開けません" in page.text
    assert hanako.post(f"/links/{slip.link}/mail", fields).status_code == 409


def test_only_who_runs_the_case_gives_links_and_only_to_those_without_an_account(slip, hanako):
    jiro = slip.world.browser("jiro")
    for each in (jiro, hanako):
        each.get("/ground-rules")
    assert jiro.post(f"/meetings/{slip.world.meeting}/links/{slip.member}").status_code == 404
    assert jiro.post(f"/links/{slip.link}/revocation").status_code == 404
    assert slip.world.browser("other").get(f"/links/{slip.link}").status_code == 404
    with slip.world.app.app_context(), unit(read_only=True):
        jiro_id = slip.world.member(slip.world.jiro).id
    assert hanako.post(f"/meetings/{slip.world.meeting}/links/{jiro_id}").status_code == 409
    assert hanako.post(f"/meetings/{slip.world.meeting}/links/999999").status_code == 404
