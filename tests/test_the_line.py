"""The whole line through the door, without scripts: from a case to a filed Word document."""

import io
import re

from docx import Document
import pytest

from tests.world import World


@pytest.fixture
def hanako(world: World):
    return world.browser("hanako")


def test_a_facilitator_opens_a_case_under_a_number_without_a_name(hanako):
    hanako.get("/cases/new")
    answer = hanako.post("/cases", {
        "label": "Dさん世帯", "household_type": "young_carer", "stage": "intake", "opened_on": "2026-06-17",
        "people-0-label": "Dさん", "people-0-relation": "長女", "people-0-age": "14", "people-0-shared": "y",
        "needs-0-domain": "CHD", "needs-0-text": "家事の軽減"})
    assert answer.status_code == 303, answer.text
    page = hanako.get(answer.location)

    assert answer.status_code == 303
    assert re.search(r"R08-\d{4} Dさん世帯", page.text)
    assert "家事の軽減" in page.text


def test_without_consent_a_juso_kaigi_is_refused_with_the_way_on_and_nothing_typed_is_lost(world, hanako):
    hanako.get(f"/cases/{world.case}/meetings/new")
    answer = hanako.post(f"/cases/{world.case}/meetings", _plan(kind="juso", purpose="消えてはいけない文"))

    assert answer.status_code == 422
    assert "Bさん" in answer.text
    assert "支援会議" in answer.text
    assert "消えてはいけない文" in answer.text


def test_once_everybody_has_consented_a_juso_kaigi_can_be_planned(world, hanako):
    hanako.get(f"/cases/{world.case}/people/{world.son}/consent")
    said = hanako.post(f"/cases/{world.case}/people/{world.son}/consent",
                       {"state": "given", "on": "R8.6.1", "method": "written", "scope": "市の関係課"})
    hanako.get(f"/cases/{world.case}/meetings/new")
    answer = hanako.post(f"/cases/{world.case}/meetings", _plan(kind="juso"))

    assert said.status_code == 303
    assert answer.status_code == 303, answer.text


def test_a_participant_sees_the_case_only_after_acknowledging_the_rules(world):
    jiro = world.browser("jiro")
    before = jiro.get(f"/cases/{world.case}")
    frame = jiro.get(f"/meetings/{world.meeting}")
    jiro.get(f"/meetings/{world.meeting}/rules")
    jiro.post(f"/meetings/{world.meeting}/acknowledgement", accepted="1")
    after = jiro.get(f"/cases/{world.case}")

    assert before.status_code == 404
    assert frame.status_code == 200
    assert "暮らしの見通し" not in frame.text
    assert "Aさん" not in frame.text
    assert after.status_code == 200
    assert "Aさん" in after.text
    assert jiro.get(f"/cases/{world.hidden_case}").status_code == 404
    assert "Zさん" not in jiro.get("/cases").text


def test_invitations_go_to_the_outbox_with_a_calendar_and_without_the_case(world, hanako):
    from core.database import session, unit
    from core.outbox import Letter

    hanako.get(f"/meetings/{world.meeting}")
    answer = hanako.post(f"/meetings/{world.meeting}/invitations")
    with world.app.app_context(), unit(read_only=True):
        letters = session.query(Letter).all()
        bodies = " ".join(each.subject + each.body + each.calendar.decode() for each in letters)

    assert answer.status_code == 303
    assert len(letters) == 3
    assert "METHOD:REQUEST" in bodies
    assert "Aさん" not in bodies
    assert "R08-0001" not in bodies


def test_the_meeting_opens_only_when_everybody_present_has_acknowledged(world, hanako):
    hanako.get(f"/meetings/{world.meeting}/opening")
    refused = hanako.post(f"/meetings/{world.meeting}/opening", _attendance(world))
    opened = hanako.post(f"/meetings/{world.meeting}/opening", _attendance(world, acknowledged="aloud"))

    assert refused.status_code == 422
    assert "佐藤 次郎" in refused.text
    assert opened.status_code == 303
    assert opened.location.endswith("/room")


def test_consent_is_asked_again_at_the_door(world, hanako):
    from core.database import session, unit
    from meetings.models import Meeting

    world.consent_of_son()
    hanako.get(f"/meetings/{world.meeting}")
    switched = hanako.post(f"/meetings/{world.meeting}/juso")
    hanako.get(f"/cases/{world.case}/people/{world.son}/consent")
    hanako.post(f"/cases/{world.case}/people/{world.son}/consent", {"state": "withdrawn", "on": "2026-06-02", "reason": "考え直した"})
    hanako.get(f"/meetings/{world.meeting}/opening")
    answer = hanako.post(f"/meetings/{world.meeting}/opening", _attendance(world, acknowledged="aloud"))
    with world.app.app_context(), unit(read_only=True):
        opened_at = session.get(Meeting, world.meeting).opened_at

    assert switched.status_code == 303
    assert answer.status_code == 409
    assert "Bさん" in answer.text
    assert opened_at is None


def test_a_line_is_kept_once_however_often_it_is_sent(world):
    world.open_meeting()
    jiro = world.browser("jiro")
    jiro.get(f"/meetings/{world.meeting}/room?view=record")
    line = {"key": "k1", "kind": "decision", "text": "配食を週2回に増やす。"}
    answers = [jiro.post(f"/hearings/{world.hearing}/entries", line) for _ in range(3)]
    room = jiro.get(f"/meetings/{world.meeting}/room?view=record").text

    assert {each.status_code for each in answers} == {303}
    assert room.count("配食を週2回に増やす。") == 1


def test_two_people_changing_one_line_both_keep_their_text(world):
    world.open_meeting()
    jiro, saburo = world.browser("jiro"), world.browser("saburo")
    jiro.get(f"/meetings/{world.meeting}/room?view=record")
    jiro.post(f"/hearings/{world.hearing}/entries", key="k1", kind="opinion", text="はじめの文")
    entry = re.search(r'id="entry-(\d+)"', jiro.get(f"/meetings/{world.meeting}/room?view=record").text)[1]
    saburo.get(f"/meetings/{world.meeting}/room?view=record")
    jiro.post(f"/entries/{entry}", read="1", kind="opinion", text="次郎の文")
    saburo.post(f"/entries/{entry}", read="1", kind="opinion", text="三郎の文")
    room = jiro.get(f"/meetings/{world.meeting}/room?view=record").text

    assert "次郎の文" in room
    assert "三郎の文" in room
    jiro.post(f"/entries/{entry}/settlement", text="次郎の文\n三郎の文")
    assert "rivals-two" not in jiro.get(f"/meetings/{world.meeting}/room?view=record").text


def test_a_confirmation_is_asked_again_when_the_words_change(world, hanako):
    world.open_meeting()
    hanako.get(f"/meetings/{world.meeting}/room?view=record")
    member = _member(world, world.jiro)
    hanako.post(f"/hearings/{world.hearing}/actions", key="r1", what="月1回の訪問", who=f"m{member}", due_on="", rank="main")
    world.close_meeting()
    jiro = world.browser("jiro")
    action = re.search(r"/actions/(\d+)\" data-row-link", jiro.get("/actions").text)[1]
    page = jiro.get(f"/actions/{action}").text
    read = re.search(r'name="read" value="(\w+)"', page)[1]
    jiro.post(f"/actions/{action}/confirmation", answer="take", read=read)
    assert "月1回の訪問" not in _waiting(jiro)

    hanako.get(f"/actions/{action}/edit")
    hanako.post(f"/actions/{action}", what="月2回の訪問", who=f"m{member}", due_on="", rank="main")
    assert "月2回の訪問" in _waiting(jiro)
    stale = jiro.post(f"/actions/{action}/confirmation", answer="take", read=read)
    assert stale.status_code == 409


def test_from_the_room_to_the_clerks_word_file(world, hanako):
    world.open_meeting()
    hanako.get(f"/meetings/{world.meeting}/room?view=record")
    hanako.post(f"/hearings/{world.hearing}/entries", key="f", kind="fact", text="母の体重が減っている。", source="訪問介護員 6月5日")
    hanako.post(f"/hearings/{world.hearing}/entries", key="d", kind="decision", text="訪問は二人で行く。")
    hanako.post(f"/hearings/{world.hearing}/actions", key="r", what="初回の訪問", who=f"m{_member(world, world.jiro)}", rank="main")
    hanako.post(f"/hearings/{world.hearing}/ideas", key="i", need="出番がない", wished="修理を頼める場", enables="外出せずに出番をつくれる")
    hanako.get(f"/meetings/{world.meeting}/closing")
    hanako.post(f"/meetings/{world.meeting}/closing", held_from="14:00", held_to="15:00", next_meeting="12月16日", lead_agency_id="0", close="knowing")
    clerk = world.browser("fumiko")
    early = clerk.get(f"/meetings/{world.meeting}/minutes.docx")
    hanako.get(f"/meetings/{world.meeting}/minutes")
    hanako.post(f"/meetings/{world.meeting}/minutes/finalisation")
    word = clerk.get(f"/meetings/{world.meeting}/minutes.docx")
    text = _text(word.data)

    assert early.status_code == 404
    assert word.status_code == 200
    for words in ("取扱注意", "母の体重が減っている。", "訪問は二人で行く。", "初回の訪問", "修理を頼める場", "社会福祉法第106条の6", "12月16日"):
        assert words in text, words
    assert "A%E3%81%95" not in word.headers["Content-Disposition"]  # no label of a person in the file's name

    late = hanako.post(f"/hearings/{world.hearing}/entries", key="late", kind="decision", text="あとから")
    assert late.status_code == 409
    hanako.get(f"/meetings/{world.meeting}/minutes")
    hanako.post(f"/meetings/{world.meeting}/minutes/reopening", reason="日付の誤り")
    hanako.get(f"/meetings/{world.meeting}/minutes")
    hanako.post(f"/meetings/{world.meeting}/minutes/finalisation")
    second = _text(clerk.get(f"/meetings/{world.meeting}/minutes.docx").data)
    assert "第2版" in second
    assert "日付の誤り" in second
    assert clerk.get(f"/meetings/{world.meeting}/minutes/1.docx").status_code == 200


def _plan(**more):
    return dict(kind="shien", name="みなも市支援会議", day="2027-01-20", start="14:00", end="午後3時", mode="in_person",
                place="302会議室", template="standard") | more


def _attendance(world, acknowledged=""):
    from core.database import session, unit
    from meetings.models import Meeting

    with world.app.app_context(), unit(read_only=True):
        seats = [seat.id for seat in session.get(Meeting, world.meeting).seats]
    return {f"attendance-{id}": "present" for id in seats} | {f"acknowledged-{id}": acknowledged for id in seats}


def _member(world, user_id):
    from core.database import unit

    with world.app.app_context(), unit(read_only=True):
        return world.member(user_id).id


def _waiting(browser):
    return browser.get("/actions/confirm").text


def _text(data):
    document = Document(io.BytesIO(data))
    parts = [part.text for part in document.element.body.iter() if part.tag.endswith("}t") and part.text]
    for section in document.sections:
        parts += [part.text for part in section.header._element.iter() if part.tag.endswith("}t") and part.text]
        parts += [part.text for part in section.footer._element.iter() if part.tag.endswith("}t") and part.text]
    return "".join(parts)
