"""Who saw, changed and took out what: in the same transaction, without a word of any case, for good."""

from __future__ import annotations

from datetime import timedelta
import re
import secrets

import pytest
import sqlalchemy as sa
import structlog

from core import audit
from core.audit import AuditRow
from core.database import Base, engine, session, unit, utcnow
from core.outbox import Letter
from tests.test_twice_and_late import CASE, CONSENT, MEETING, REFERRAL

# -- what is written -----------------------------------------------------------------------------------------------------

def test_looking_at_a_case_is_on_record(world):
    hanako = world.browser("hanako")
    with noted(world) as rows:
        hanako.get(f"/cases/{world.case}")
    assert [(each.who, each.act, each.subject) for each in rows] == [("hanako", "saw", f"case/{world.case}")]


@pytest.mark.parametrize("page, subject", [
    ("/cases/{case}/consents", "case/{case}"), ("/cases/{case}/consent-form", "case/{case}"),
    ("/hearings/{hearing}/sheets", "meeting/{meeting}"), ("/hearings/{hearing}/inquiries", "meeting/{meeting}"),
    ("/hearings/{hearing}/letters", "meeting/{meeting}"), ("/hearings/{hearing}/letters/new", "meeting/{meeting}"),
    ("/cases/{case}/household", "case/{case}"), ("/cases/{case}/household/edit", "case/{case}"),
    ("/cases/{case}/edit", "case/{case}"), ("/cases/{case}/people/{person}/consent", "case/{case}"), ("/meetings/{meeting}", "meeting/{meeting}"),
    ("/meetings/{meeting}/edit", "meeting/{meeting}"), ("/hearings/{hearing}/seats", "meeting/{meeting}"),
    ("/meetings/{meeting}/room?view=record", "meeting/{meeting}"), ("/meetings/{meeting}/projection", "meeting/{meeting}"),
    ("/meetings/{meeting}/closing", "meeting/{meeting}"), ("/meetings/{meeting}/cards", "meeting/{meeting}"), ("/meetings/{meeting}/minutes", "minutes/{meeting}"),
    ("/cases/{case}/stage", "case/{case}"), ("/cases/{case}/aftercare", "case/{case}"), ("/cases/{case}/timeline", "case/{case}"),
    ("/cases/{case}/plan", "case/{case}"), ("/cases/{case}/plan/edit", "case/{case}"),
    ("/actions/{action}/edit", "action/{action}"), ("/ideas/{idea}/edit", "idea/{idea}"), ("/ideas/{idea}/proposal", "idea/{idea}"), ("/resources/proposals", "resource_proposal/list"), ("/actions", "actions/own"),
    ("/actions?of=agency", "actions/agency"), ("/actions?of=all", "actions/all"), ("/actions/figures", "actions/figures"), ("/cases/{case}/actions", "case/{case}"), ("/actions/{action}", "action/{action}"),
    ("/reports?year=2025", "reports/2025"), ("/reports/figures/roles?year=2025", "reports/2025/roles"), ("/reports/figures/roles/rows?year=2025", "reports/2025/roles"), ("/reports/fairness?year=2025", "reports/2025/fairness"),
    ("/resources", "resources/list"), ("/referrals", "referrals/list"), ("/referrals/{referral}", "referral/{referral}")])
def test_every_page_that_shows_a_case_is_on_record(world, page, subject):
    ids = spoken(world)
    hanako = world.browser("hanako")
    with noted(world) as rows:
        answer = hanako.get(page.format(**ids))
    assert answer.status_code == 200
    assert ("saw", subject.format(**ids)) in [(each.act, each.subject) for each in rows]


@pytest.mark.parametrize("page, detail", [("minutes.docx", "docx"), ("minutes.txt", "txt")])
def test_taking_the_minutes_out_is_on_record(world, page, detail):
    spoken(world)
    hanako = world.browser("hanako")
    with noted(world) as rows:
        hanako.get(f"/meetings/{world.meeting}/{page}")
    assert [(each.act, each.subject) for each in rows] == [("exported", f"meeting/{world.meeting}")]
    assert rows[0].detail.startswith(detail)


def test_a_page_that_is_refused_leaves_no_row_of_having_been_seen(world):
    jiro = world.browser("jiro")
    with noted(world) as rows:
        jiro.get(f"/cases/{world.case}")
    assert rows == []


def test_a_change_says_which_fields_changed_and_not_what_stands_in_them(world):
    hanako = world.browser("hanako")
    hanako.get(f"/cases/{world.case}/edit")
    with noted(world) as rows:
        hanako.post(f"/cases/{world.case}", CASE | {"summary": "新しい概要"})
    changed = next(each for each in rows if (each.act, each.subject) == ("changed", f"case/{world.case}"))

    assert "summary" in changed.detail
    assert "新しい概要" not in repr([vars(each) for each in rows])


@pytest.mark.parametrize("fields", [dict(label=""), dict(opened_on="2100-01-01")])
def test_a_form_that_is_refused_leaves_no_row(world, fields):
    hanako = world.browser("hanako")
    hanako.get("/cases/new")
    with noted(world) as rows:
        assert hanako.post("/cases", CASE | fields).status_code == 422
    assert rows == []


def test_an_act_that_breaks_half_way_leaves_neither_change_nor_row(world, monkeypatch):
    hanako = world.browser("hanako")
    hanako.get("/cases/new")
    monkeypatch.setattr("cases.views._fill", lambda case, form: (session.flush(), 1 / 0))
    with noted(world) as rows:
        assert hanako.post("/cases", CASE).status_code == 500
    assert rows == []
    assert "Dさん世帯" not in hanako.get("/cases").text


def test_a_change_whose_row_cannot_be_written_is_not_made(world, monkeypatch):
    hanako = world.browser("hanako")
    hanako.get("/cases/new")
    monkeypatch.setattr(audit, "_seal", lambda *_parts: 1 / 0)
    broken = hanako.post("/cases", CASE)
    monkeypatch.undo()

    assert broken.status_code == 500
    assert "Dさん世帯" not in hanako.get("/cases").text


def test_a_page_whose_row_cannot_be_written_is_not_shown(world, monkeypatch):
    hanako = world.browser("hanako")
    monkeypatch.setattr(audit, "_seal", lambda *_parts: 1 / 0)
    broken = hanako.get(f"/cases/{world.case}")

    assert broken.status_code == 500
    assert "Aさん" not in broken.text


def test_signing_in_and_out_is_on_record(world):
    with noted(world) as rows:
        jiro = world.browser("jiro")
        jiro.get("/")
        jiro.post("/sign-out")
    assert {("jiro", "signed in", f"user/{world.jiro}"), ("jiro", "signed out", f"user/{world.jiro}")} <= {
        (each.who, each.act, each.subject) for each in rows}


def test_everybody_acts_under_their_own_name(world):
    spoken(world)
    with noted(world) as rows:
        for login in ("jiro", "hanako", "jiro"):
            world.browser(login).get(f"/cases/{world.case}")
    assert [each.who for each in rows if each.act == "saw"] == ["jiro", "hanako", "jiro"]


# -- no word of a case ----------------------------------------------------------------------------------------------------

def test_no_word_of_a_case_leaves_it_for_the_audit_the_letters_the_log_or_an_address(world, capsys):
    said = Said()
    hanako, jiro = world.browser("hanako"), world.browser("jiro")
    with structlog.testing.capture_logs() as logged:
        answers = whole_line(world, hanako, jiro, said)
        answers += faults(world, hanako, said)
    with world.app.app_context(), unit(read_only=True):
        kept = {table.name: repr(session.execute(sa.select(table)).all()) for table in Base.metadata.sorted_tables}
        letters = [each.subject + each.body + (each.calendar or b"").decode() for each in session.scalars(sa.select(Letter))]
    elsewhere = {
        "audit": kept["audit"], "letters": repr(letters), "submissions": kept["submission"], "topics": kept["live_topic"],
        "log": repr(logged), "output": "".join(capsys.readouterr()),
        "addresses": repr([each.headers for each in answers]) + repr([each.request.full_path for each in answers])}

    assert sum(word in repr(kept) for word in said.words) > 30  # they were kept where they belong
    assert len(letters) == 3 + 8  # the invitations; each word of the referral to the other side, the first to two coordinators
    assert {place: word for place, text in elsewhere.items() for word in said.words if word in text} == {}


def test_an_error_page_repeats_no_word_of_a_case(world, monkeypatch):
    hanako = world.browser("hanako")
    monkeypatch.setattr("cases.models.Case.without_consent", lambda self, _on: {}[self.own_words])
    with structlog.testing.capture_logs() as logged:
        answer = hanako.get(f"/cases/{world.case}")

    assert answer.status_code == 500
    assert "息子のことが心配です" not in answer.text
    assert len(logged) == 1
    assert "息子のことが心配です" not in repr(logged)
    assert logged[0]["number"] in answer.text


# -- for good -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("statement", [
    "UPDATE audit SET who = 'nobody'", "UPDATE audit SET detail = 'x' WHERE id = 2", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"])
def test_the_database_refuses_to_change_or_remove_a_row(world, statement):
    lived(world)
    with world.app.app_context(), engine().connect() as connection:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.execute(sa.text(statement))


def test_postgresql_refuses_to_empty_the_whole_table_too(world, database_kind):
    if database_kind == "postgresql":  # SQLite has no TRUNCATE: its DELETE without WHERE is refused above
        with world.app.app_context(), engine().connect() as connection:
            with pytest.raises(sa.exc.DBAPIError, match="append-only"):
                connection.execute(sa.text("TRUNCATE audit"))


def test_an_untouched_chain_is_whole(world):
    lived(world)
    assert checked(world) == []


@pytest.mark.parametrize("statements, fault", [
    (["UPDATE audit SET who = 'somebody' WHERE id = 3"], "row 3 was altered"),
    (["UPDATE audit SET detail = 'x' WHERE id = 3"], "row 3 was altered"),
    (["UPDATE audit SET subject = 'case/9' WHERE id = 3"], "row 3 was altered"),
    (["UPDATE audit SET address = '10.0.0.1' WHERE id = 3"], "row 3 was altered"),
    (["UPDATE audit SET at = '2020-01-01 00:00:00' WHERE id = 3"], "row 3 was altered"),
    (["UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 2) WHERE id = 3"], "row 3 was"),
    (["DELETE FROM audit WHERE id = 3"], "row 3 is missing"),
    (["DELETE FROM audit WHERE id = 1"], "row 1 is missing"),
    (["DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)"], "the chain should end at row"),
    (["DELETE FROM audit WHERE id > 3"], "the chain should end at row"),
    (["DELETE FROM audit"], "the chain should end at row"),
    (["DELETE FROM audit", "DELETE FROM audit_head"], "emptied"),
    (["UPDATE audit SET id = 900 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 4", "UPDATE audit SET id = 4 WHERE id = 900"], "row 3 was"),
    (["DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3", "UPDATE audit_head SET count = count - 1"], "row 3 was"),
    (["INSERT INTO audit SELECT max(id) + 1, '2026-01-01 00:00:00', 'x', 'saw', 'case/1', '', '', max(hash) FROM audit"], "was altered"),
])
def test_whoever_gets_past_the_database_is_found_out(world, database_kind, statements, fault):
    lived(world)
    with world.app.app_context(), engine().begin() as connection:
        if database_kind == "postgresql":
            connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            for trigger in ("audit_no_update", "audit_no_delete"):
                connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
        for each in statements:
            connection.execute(sa.text(each))
    if fault == "emptied":  # whoever also empties the head leaves a chain that begins now; a backup's count tells
        assert checked(world) == []
    else:
        assert any(fault in each for each in checked(world)), checked(world)


def test_another_key_cannot_have_sealed_the_chain(world):
    lived(world)
    audit.use_key("another key")
    faults = checked(world)
    audit.use_key("a key for tests only")

    assert len(faults) >= 4
    assert checked(world) == []


def test_the_administrator_is_told_on_the_page(world):
    lived(world)
    kanri = world.browser("kanri")
    whole = kanri.get("/audit?verify=1")

    assert whole.status_code == 200
    assert "flash--error" not in whole.text


# -- doing -----------------------------------------------------------------------------------------------------------------

class Said:
    """Makes a word for each text field that is nowhere else, and remembers it."""

    def __init__(self):
        self.words = set()

    def __call__(self, what):
        word = f"言{secrets.token_hex(5)}"
        self.words.add(word)
        return f"{word}{what}"


class noted:
    """The audit rows written inside the block, as a list that fills at its end."""

    def __init__(self, world):
        self.world, self.rows = world, []

    def _all(self):
        with self.world.app.app_context(), unit(read_only=True):
            return session.scalars(sa.select(AuditRow).order_by(AuditRow.id)).all()

    def __enter__(self):
        self.before = len(self._all())
        return self.rows

    def __exit__(self, *_error):
        self.rows += self._all()[self.before:]


def lived(world):
    """A few rows at least: the world itself, and a look at a case."""
    world.browser("hanako").get(f"/cases/{world.case}")


def checked(world):
    with world.app.app_context(), unit(read_only=True):
        return audit.verify()


def spoken(world):
    """The meeting has begun; one line, role and idea are on the table. Gives the ids of all of it."""
    from accounts.models import User
    from actions.models import ActionItem
    from meetings.table import Hearing
    from referrals.models import Referral
    from resources.models import ResourceIdea
    from tests.wide import sheet

    with world.app.app_context(), unit(read_only=True):
        pending = session.get(Hearing, world.hearing).meeting.opened_at is None
    if pending:
        world.open_meeting()
    with world.app.app_context(), unit():
        hearing, hanako = session.get(Hearing, world.hearing), session.get(User, world.hanako)
        action = ActionItem.assign(hearing, hanako, "a", "訪問", member=world.member(world.hanako))
        idea = ResourceIdea.suggest(hearing, hanako, "i", need="課題", wished="資源", enables="支援")
        referral = Referral.put_forward(session.get(User, world.jiro), sheet())
        session.flush()
        return dict(case=world.case, person=world.son, meeting=world.meeting, hearing=world.hearing, action=action.id, idea=idea.id,
                    referral=referral.id)


def whole_line(world, hanako, jiro, say):
    """From the case to final minutes, every text field a word of its own; all answers."""
    answers = []

    def send(browser, where, **fields):
        browser.get("/ground-rules")
        answer = browser.post(where, {name.replace("__", "-"): value for name, value in fields.items()})
        assert answer.status_code == 303, (where, answer.status_code, answer.text)
        answers.append(answer)
        return answer

    meeting, hearing = f"/meetings/{world.meeting}", f"/hearings/{world.hearing}"
    send(hanako, f"/cases/{world.case}", **CASE | dict(
        label=say("世帯"), summary=say("概要"), own_words=say("声"), strengths=say("強み"), people__0__id=str(world.mother),
        people__0__label=say("さん"), people__0__relation=say("母"), people__0__note=say("注"), people__1__id=str(world.son),
        people__1__label=say("さん"), needs__0__domain="ELD", needs__0__text=say("介護")))
    for state in ("given", "withdrawn"):
        send(hanako, f"/cases/{world.case}/people/{world.son}/consent", **CONSENT | dict(
            state=state, scope=say("範囲"), witness=say("立会"), reason=say("理由")))
    today = (utcnow() + timedelta(hours=9)).date().isoformat()
    send(hanako, f"/cases/{world.case}/stage", to="assessment", on=today, reason=say("段階"))
    send(hanako, f"/cases/{world.case}/plan", aim=say("願い"), informal=say("隣"), emergency=say("緊急"), goals__0__text=say("目標"),
         goals__0__supports__0__who=say("隣人"), goals__0__supports__0__what=say("声掛け"), period_from="2026-06-01", period_to="2027-05-31", monitoring_on="2026-12-01")
    send(hanako, f"/cases/{world.case}/plan/versions", hearing_id=str(world.hearing), change=say("変更"))
    send(hanako, f"/cases/{world.case}/plan/monitoring", seen=say("様子"), seen_on=today)
    send(hanako, f"/cases/{world.case}/plan/evaluation", on=today, results__0__result="partly", results__0__word=say("結果"), own_view=say("受止"),
         conclusion="replan", reason=say("理由"))
    tomorrow = (utcnow() + timedelta(days=2)).date().isoformat()
    plan = MEETING | dict(day=tomorrow, purpose=say("目的"), to_decide=say("決定"), name="みなも市支援会議")
    send(hanako, meeting, **{name: plan[name] for name in plan if name not in ("kind", "template")}, steps__0__title=say("議題"), steps__0__minutes="5")
    send(hanako, f"{meeting}/invitations")
    world.open_meeting()
    send(jiro, f"{hearing}/entries", key="e1", kind="fact", text=say("事実"), source=say("出典"))
    entry = re.search(r'id="entry-(\d+)"', jiro.get(f"{meeting}/room?view=record").text)[1]
    send(jiro, f"/entries/{entry}", read="1", kind="fact", text=say("直した事実"), source=say("出典"))
    send(hanako, f"/entries/{entry}", read="1", kind="opinion", text=say("別の意見"))
    send(jiro, f"/entries/{entry}/settlement", text=say("決着"))
    with world.app.app_context(), unit(read_only=True):
        who = f"m{world.member(world.jiro).id}"
    send(hanako, f"{hearing}/actions", key="a1", what=say("訪問"), who=who, rank="main")
    page = jiro.get(f"{meeting}/room?view=record").text
    action = re.search(r"/actions/(\d+)/edit", page)[1]
    send(hanako, f"/actions/{action}", what=say("二人で訪問"), who=who, rank="main")
    send(jiro, f"{hearing}/ideas", key="i1", need=say("課題"), wished=say("資源"), enables=say("支援"), nearest=say("近い"), first_step=say("一歩"),
         forum=say("場"))
    idea = re.search(r"/ideas/(\d+)/edit", hanako.get(f"{meeting}/room?view=record").text)[1]
    send(jiro, f"/ideas/{idea}", need=say("課題2"), wished=say("資源2"), enables=say("支援2"), nearest=say("近い2"), first_step=say("一歩2"),
         forum=say("場2"))
    send(hanako, f"{meeting}/closing", held_from="14:00", held_to="15:00", next_meeting=say("次回"), verdict=say("評価"), emergency=say("緊急"), lead_agency_id="0", close="knowing")
    read = re.search(r'name="read" value="(\w+)"', jiro.get(f"/actions/{action}").text)[1]
    send(jiro, f"/actions/{action}/confirmation", answer="condition", word=say("条件"), read=read)
    send(hanako, f"{meeting}/minutes/finalisation")
    send(hanako, f"{meeting}/minutes/reopening", reason=say("誤り"))
    send(hanako, f"{meeting}/minutes/finalisation")
    referral = send(jiro, "/referrals", **REFERRAL | dict(
        label=say("世帯"), worry=say("心配"), own_words=say("声"), done=say("訪問"), ask=say("相談"), agreement="unable", agreement_reason=say("理由"),
        needs__0__domain="CHD", needs__0__text=say("居場所"), people__0__label=say("さん"), people__0__relation=say("母"))).location
    for browser, word in ((hanako, "質問"), (jiro, "答え")):
        send(browser, f"{referral}/messages", message=say(word))
    send(hanako, f"{referral}/answers", answer="return", case="0", words=say("足りないこと"))
    send(jiro, referral, **REFERRAL | dict(worry=say("書き足した心配")))
    send(hanako, f"{referral}/answers", answer="accept", case="0", words=say("引き受けます"))
    answers += [hanako.get(referral), jiro.get(referral)]
    for where in (f"{meeting}/minutes", f"{meeting}/minutes.docx", f"{meeting}.ics", f"/cases/{world.case}", f"/cases/{world.case}/plan", f"/cases/{world.case}/plan.docx", f"/cases/{world.case}/timeline", "/", "/actions", "/resources", "/records"):
        answers.append(hanako.get(where))
    return answers


def faults(world, hanako, say):
    """Forms that are refused at a field, by a rule and for their token: their words are kept nowhere."""
    answers = []
    hanako.get("/cases/new")
    answers.append(hanako.post("/cases", CASE | dict(summary=say("概要"), label="")))
    answers.append(hanako.post(f"/hearings/{world.hearing}/entries", key="late", kind="opinion", text=say("遅い")))
    answers.append(hanako.post("/cases", CASE | dict(summary=say("別の")), token="forged"))
    assert [each.status_code for each in answers] == [422, 409, 400]
    return answers
