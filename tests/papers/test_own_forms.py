"""The office's own forms at the door: sent, tried, put to use, gone back to; and the minutes on them, each reader their copy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from core.audit import AuditRow
from core.database import session, unit
from core.languages import catalogue
from exports.example import example
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from papers.own_forms import OwnForm
from tests.exports import reading
from tests.papers.own import LETTER, TABLE, document

DATABASES = ["sqlite"]  # two plain tables; concurrency is left to their version column


def _(message, **values):
    text = catalogue("ja").gettext(message)
    return text % values if values else text


def send(browser, content=TABLE, where="/settings/forms", **more):
    page = browser.get("/settings/forms").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
    once = re.search(r'name="once" value="([^"]+)"', page)
    fields = dict(name="様式第3号", paper="minutes", note="初版", csrf_token=token, once=once[1] if once else "") | more
    return browser.client.post(where, data=fields | {"file": (BytesIO(content), "様式.docx")})


def test_a_form_is_sent_tried_and_put_to_use(world):
    world.acknowledge()
    kanri = world.browser("kanri")
    answer = send(kanri)
    assert answer.status_code == 303 and answer.location == "/settings/forms/1/versions/1/preview"
    tried = kanri.get(answer.location)
    assert example().title in tried.text and "地域包括支援センター 丙山" in tried.text
    assert example().title in reading.words(kanri.get("/settings/forms/1/versions/1/preview.docx").data)
    assert kanri.get("/settings/forms/1").text.count(_("Put to use")) == 1

    kanri.post("/settings/forms/1/versions/1/use", {})
    send(kanri, LETTER, "/settings/forms/1/versions", note="書式を改めた")
    with world.app.app_context(), unit(read_only=True):
        form = session.get(OwnForm, 1)
        assert [each.number for each in form.versions] == [1, 2] and form.used_number == 1, "what is in use stays in use"
    kanri.post("/settings/forms/1/versions/2/use", {})
    assert _("Go back to it") in kanri.get("/settings/forms/1").text
    kanri.post("/settings/forms/1/versions/1/use", {})
    kanri.post("/settings/forms/1/standard", {})
    with world.app.app_context(), unit(read_only=True):
        form = session.get(OwnForm, 1)
        assert (form.used_number, form.standard) == (1, True)
        acts = session.scalars(sa.select(AuditRow.detail).where(AuditRow.subject == "own_form/1")).all()
        assert "used_number" in " ".join(acts)


def test_a_form_is_renamed_and_deleted_while_it_was_never_in_use(world):
    kanri = world.browser("kanri")
    for _twice in range(2):
        send(kanri)
    kanri.get("/settings/forms/1")
    assert kanri.post("/settings/forms/1/name", name="").status_code == 422
    assert kanri.post("/settings/forms/1/name", name="様式第9号").status_code == 303
    assert "様式第9号" in kanri.get("/settings/forms").text
    kanri.post("/settings/forms/2/versions/1/use", {})
    kanri.post("/settings/forms/2/removal", {})
    page = kanri.get("/settings/forms/2").text
    assert "/deletion" not in page and kanri.post("/settings/forms/2/deletion", {}).status_code == 409
    assert "/deletion" in kanri.get("/settings/forms/1").text
    assert kanri.post("/settings/forms/1/deletion", {}).status_code == 303
    assert kanri.get("/settings/forms/1").status_code == 404
    with world.app.app_context(), unit(read_only=True):
        assert [each.id for each in session.scalars(sa.select(OwnForm))] == [2]


@pytest.mark.databases("sqlite", "postgresql")
def test_of_two_who_choose_a_standard_at_once_one_has_it(world):
    both = [world.browser("kanri") for _each in range(2)]
    for number in (1, 2):
        send(both[0])
        both[0].post(f"/settings/forms/{number}/versions/1/use", {})
    both[1].get("/settings/forms/2")
    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(lambda number: both[number - 1].post(f"/settings/forms/{number}/standard", {}).status_code, (1, 2)))
    assert set(answers) <= {303, 409} and 303 in answers
    with world.app.app_context(), unit(read_only=True):
        assert session.scalar(sa.select(sa.func.count()).where(OwnForm.standard.is_(True))) == 1


def test_a_form_that_is_refused_keeps_what_was_typed_and_nothing_else(world):
    kanri = world.browser("kanri")
    answer = send(kanri, document("{{ 件明 }}"))
    assert answer.status_code == 422
    assert "「件名」ではありませんか。" in answer.text and 'value="様式第3号"' in answer.text
    assert send(kanri, b"").status_code == 422
    with world.app.app_context(), unit(read_only=True):
        assert session.scalars(sa.select(OwnForm)).all() == []


def test_each_reader_takes_their_own_copy_on_the_form(world):
    hanako, saburo, kanri = (world.browser(name) for name in ("hanako", "saburo", "kanri"))
    finished(world)
    send(kanri, LETTER)
    where = f"/meetings/{world.meeting}/minutes/own.docx"
    assert hanako.get(f"{where}?form=1").status_code == 404, "not in use yet"
    assert hanako.get(f"{where}?form=1&number=1").status_code == 200, "but the office may try it"
    assert saburo.get(f"{where}?form=1&number=1").status_code == 404
    kanri.post("/settings/forms/1/versions/1/use", {})
    assert hanako.get(where).status_code == 404, "no standard yet"
    kanri.post("/settings/forms/1/standard", {})

    whole, copy = hanako.get(where), saburo.get(f"{where}?form=1")
    assert "内々に決めた" in reading.words(whole.data) and "皆で決めた" in reading.words(whole.data)
    assert "内々に決めた" not in reading.words(copy.data) and "皆で決めた" in reading.words(copy.data)
    assert "配布用の写し" in reading.opened(copy.data).sections[0].header.paragraphs[0].text
    assert kanri.get(where).status_code == 404 and world.browser("stranger").get(where).status_code == 404
    assert "様式1-1.docx" in whole.headers["Content-Disposition"].replace("%E6%A7%98%E5%BC%8F", "様式")
    page = hanako.get(f"/meetings/{world.meeting}/minutes").text
    assert page.index("様式第3号") < page.index(_("Download as Word"))
    with world.app.app_context(), unit(read_only=True):
        told = session.scalars(sa.select(AuditRow.detail).where(AuditRow.act == "exported", AuditRow.subject == f"meeting/{world.meeting}")).all()
        assert sum(each.startswith("docx 様式1-1 ") for each in told) == 3


def test_the_guide_names_every_field_and_the_samples_open(world):
    clerk = world.browser("fumiko")
    guide = clerk.get("/settings/forms/guide").text
    for name in ("件名", "役割分担", "いつまでに", "写しの注記", "{%tr for 役割 in 役割分担 %}"):
        assert name in guide
    for name in ("minutes", "sheet"):
        sample = clerk.get(f"/settings/forms/samples/{name}.docx").data
        assert "{{ 件名 }}" in reading.words(sample) and reading.faults(sample) == []
        assert send(world.browser("kanri"), sample, once=name).status_code == 303
    assert clerk.get("/settings/forms/samples/other.docx").status_code == 404


def finished(world):
    """The world's meeting was held and closed, with one decision for all and one for some."""
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        next(each for each in meeting.seats if each.member.user_id == world.saburo).confidant = False
        Entry.capture(meeting.hearings[0], hanako, "a", EntryKind.DECISION, "皆で決めた")
        Entry.capture(meeting.hearings[0], hanako, "b", EntryKind.DECISION, "内々に決めた").limit(True)
        meeting.close(by=hanako)
        session.flush()
        record.finalise(meeting, hanako, minutes.lay_out)
