"""A disposal has two persons, and asks everything once more at the last moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
import json
import re
from threading import Event

import pytest
import sqlalchemy as sa

from accounts.models import Role, User
from cases.flow import Stage
from cases.models import Case
from cases.stages import StageMove
from core import clock
from core.database import session, unit
from core.web import Refused
from meetings import minutes, record
from meetings.models import Meeting
from meetings.record import MinutesVersion
from retention import certificate, holds
from retention.disposal import Decision, Disposal
from retention.register import standing

LONG_AGO = datetime(2010, 5, 1, 3, 0, tzinfo=UTC)
TWO = pytest.mark.databases("sqlite", "postgresql")
DATABASES = ["sqlite"]


@pytest.fixture
def old(world):
    """The meeting of the small world with minutes that became final long ago, its case closed since."""
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        meeting.opened_at, meeting.closed_at = meeting.starts_at, meeting.ends_at
        session.flush()
        record.finalise(meeting, hanako, minutes.lay_out).finalised_at = LONG_AGO
        case = session.get(Case, world.case)
        case.moves.append(StageMove(from_stage=case.stage, to_stage=Stage.CLOSED, on=LONG_AGO.date(), by_id=hanako.id))
        case.stage = Stage.CLOSED
    return world


@pytest.fixture
def listed(old):
    """... which the clerk has proposed and the coordinator has approved: id of the list."""
    with old.app.app_context(), unit():
        made = propose(old)
        made.decide(made.items, Decision.APPROVED, session.get(User, old.hanako))
        return made.id


def propose(world) -> Disposal:
    return Disposal.propose(list(standing([world.meeting]).values()), session.get(User, world.clerk))


def carry_out(world, number, by):
    with world.app.app_context(), unit():
        session.get_one(Disposal, number).carry_out(session.get(User, by))


def content(world) -> str:
    with world.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(MinutesVersion.content).where(MinutesVersion.meeting_id == world.meeting))


def test_nobody_approves_what_they_proposed_themselves(old):
    with old.app.app_context(), unit():
        made, fumiko = propose(old), session.get(User, old.clerk)
        for decision in (Decision.APPROVED, Decision.TRANSFERRED):
            with pytest.raises(Refused):
                made.decide(made.items, decision, fumiko)
        made.decide(made.items, Decision.REFUSED, fumiko, "まだ使う")
        made.items[0].decision = Decision.APPROVED  # as if somebody wrote past the rule
        session.flush()
        with pytest.raises(Refused):
            made.carry_out(fumiko)


def test_whoever_has_no_part_in_a_list_does_not_carry_it_out(old, listed):
    with pytest.raises(Refused):
        carry_out(old, listed, old.other)
    assert content(old)


def test_nothing_is_carried_out_before_every_record_is_decided(old):
    with old.app.app_context(), unit():
        made = propose(old)
        with pytest.raises(Refused):
            made.carry_out(session.get(User, old.clerk))


def test_a_record_whose_term_is_not_over_or_that_is_held_is_not_proposed(old):
    with old.app.app_context(), unit():
        stop = holds.hold(session.get(Meeting, old.meeting), "監査", session.get(User, old.hanako))
        with pytest.raises(Refused):
            propose(old)
        holds.release(stop, session.get(User, old.hanako))
        session.execute(sa.update(MinutesVersion).values(finalised_at=clock.instant(clock.today(), clock.read_time("09:00"))))
        with pytest.raises(Refused):
            propose(old)


def test_a_record_stands_on_one_list_only(old, listed):
    with old.app.app_context(), unit(), pytest.raises(Refused):
        propose(old)


@pytest.mark.parametrize("since", ["held", "opened again", "case opened again", "another version"])
def test_what_changed_since_the_decision_stops_the_whole_list(old, listed, since):
    with old.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, old.meeting), session.get(User, old.hanako)
        if since == "held":
            holds.hold(meeting, "開示請求", hanako, "disclosure/1")
        elif since == "opened again":
            record.reopen(meeting, hanako, "訂正")
        elif since == "case opened again":
            session.get(Case, old.case).stage = Stage.SUPPORT
        else:
            record.reopen(meeting, hanako, "訂正")
            session.flush()
            record.finalise(meeting, hanako, minutes.lay_out).finalised_at = LONG_AGO
    with pytest.raises(Refused):
        carry_out(old, listed, old.clerk)
    assert content(old)


def test_what_is_refused_or_handed_to_the_archives_stays(old, listed):
    with old.app.app_context(), unit():
        made, hanako = session.get(Disposal, listed), session.get(User, old.hanako)
        made.decide(made.items, Decision.TRANSFERRED, hanako, "文書館")
        made.carry_out(hanako)
        certificate.certify(made)
        assert json.loads(made.certificate)["records"][0]["decision"] == "移管"
    assert content(old)


def test_the_certificate_says_what_was_removed_and_holds_none_of_it(old, listed):
    with old.app.app_context(), unit():
        made = session.get(Disposal, listed)
        version = made.items[0].versions[0]["hash"]
        made.carry_out(session.get(User, old.clerk))
        certificate.certify(made)
        kept = json.loads(made.certificate)
        assert certificate.hash_of(made.certificate) == made.certificate_hash
        assert kept["records"][0]["versions"] == [dict(number=1, hash=version)]
        assert (kept["proposed"]["who"], kept["records"][0]["decided"]["who"]) == ("文書 文子", "山田 花子")
        assert "Aさん" not in made.certificate
    assert content(old) == ""


@TWO
def test_a_list_is_carried_out_once_however_many_ask(old, listed):
    def one(_turn):
        try:
            carry_out(old, listed, old.clerk)
            return "done"
        except Refused:
            return "refused"

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(one, range(4))) == ["done", "refused", "refused", "refused"]


@TWO
def test_a_stop_laid_while_a_disposal_begins_is_waited_for_and_counts(old, listed):
    laid, go = Event(), Event()

    def hold():
        with old.app.app_context(), unit():
            holds.hold(session.get(Meeting, old.meeting), "開示請求", session.get(User, old.hanako))
            laid.set()
            assert go.wait(20)

    with ThreadPoolExecutor(2) as hands:
        holding = hands.submit(hold)
        assert laid.wait(20)
        disposing = hands.submit(carry_out, old, listed, old.clerk)
        assert wait([disposing], timeout=0.3).not_done  # it waits for the hold's transaction
        go.set()
        holding.result(20)
        with pytest.raises(Refused):
            disposing.result(20)
    assert content(old)


@TWO
def test_a_stop_that_comes_too_late_is_refused_rather_than_laid_on_nothing(old, listed):
    removed, go = Event(), Event()

    def dispose():
        with old.app.app_context(), unit():
            session.get_one(Disposal, listed).carry_out(session.get(User, old.clerk))
            removed.set()
            assert go.wait(20)

    def hold():
        with old.app.app_context(), unit():
            holds.hold(session.get(Meeting, old.meeting), "開示請求", session.get(User, old.hanako))

    with ThreadPoolExecutor(2) as hands:
        disposing = hands.submit(dispose)
        assert removed.wait(20)
        holding = hands.submit(hold)
        assert wait([holding], timeout=0.3).not_done
        go.set()
        disposing.result(20)
        with pytest.raises(Refused):
            holding.result(20)
    assert content(old) == ""


def test_through_the_doors_from_the_proposal_to_the_certificate(old):
    import io

    from docx import Document

    fumiko, hanako = old.browser("fumiko"), old.browser("hanako")
    assert "廃棄を提案する" in fumiko.get("/retention/disposals/new").text
    assert fumiko.post("/retention/disposals", note="").status_code == 422
    assert fumiko.post("/retention/disposals", records=str(old.meeting), note="定期の廃棄").status_code == 303
    page = fumiko.get("/retention/disposals/1").text
    assert "別の職員がその人のアカウントで" in page and "廃棄を実施する" not in page
    assert 'value="approved"' not in fumiko.get("/retention/disposals/1").text  # not offered to who proposed it
    assert fumiko.post("/retention/disposals/1/decision", items="1", decision="approved").status_code == 409
    assert old.browser("other").get("/retention/disposals/1").status_code == 404

    hanako.get("/retention/disposals/1")
    assert hanako.post("/retention/disposals/1/decision", items="1", decision="refused").status_code == 422
    assert hanako.post("/retention/disposals/1/decision", items="1", decision="approved").status_code == 303
    fumiko.get("/retention/disposals/1")
    assert "バックアップには" in fumiko.page
    assert fumiko.post("/retention/disposals/1/execution").status_code == 422
    assert content(old)
    assert fumiko.post("/retention/disposals/1/execution", sure="1").status_code == 303
    assert content(old) == ""

    word = Document(io.BytesIO(fumiko.get("/retention/disposals/1/certificate.docx").data))
    said = "\n".join([each.text for each in word.paragraphs] + [cell.text for table in word.tables for row in table.rows for cell in row.cells])
    assert "廃棄記録" in said and "山田 花子" in said and "文書 文子" in said and "5年" in said
    assert fumiko.get("/retention/disposals/1/certificate.json").json["records"][0]["carried_out"]
    gone = fumiko.get(f"/meetings/{old.meeting}/minutes")
    assert gone.status_code == 410 and "この記録は廃棄済みです" in gone.text
    assert old.browser("jiro").get(f"/meetings/{old.meeting}/minutes").status_code == 404


def test_a_decision_made_on_a_page_that_is_old_does_not_undo_the_one_made_since(old):
    with old.app.app_context(), unit():
        propose(old)
        session.get(User, old.other).take_roles([Role.CLERK])
    hanako, other, fumiko = old.browser("hanako"), old.browser("other"), old.browser("fumiko")
    for each in (hanako, other):
        each.get("/retention/disposals/1")
    first = other.page
    assert hanako.post("/retention/disposals/1/decision", items="1", decision="refused", reason="訴訟のため", version=version_on(hanako.page)).status_code == 303
    answer = other.post("/retention/disposals/1/decision", items="1", decision="approved", version=version_on(first))
    assert answer.status_code == 409 and "訴訟のため" in answer.text
    # … nor is a list carried out that is not the one on the screen.
    fumiko.get("/retention/disposals/1")
    read = version_on(fumiko.page)
    assert other.post("/retention/disposals/1/decision", items="1", decision="approved", version=version_on(answer.text)).status_code == 303
    assert fumiko.post("/retention/disposals/1/execution", sure="1", version=read).status_code == 409
    assert content(old)


def test_the_same_person_with_another_account_is_no_second_person(old):
    with old.app.app_context(), unit():
        made, twin = propose(old), User.enrol("fumiko2", "文書　文子", "a long enough one", [Role.CLERK])
        session.flush()
        assert not made.may_decide(twin)
        with pytest.raises(Refused, match="同じ氏名"):
            made.decide(made.items, Decision.APPROVED, twin)
        made.decide(made.items, Decision.APPROVED, session.get(User, old.hanako))
        session.get(User, old.hanako).name = "文書 文子"  # as if it came to be known later
        with pytest.raises(Refused):
            made.carry_out(session.get(User, old.clerk))


def test_a_certificate_that_was_altered_is_not_handed_out(old, listed):
    fumiko = old.browser("fumiko")
    fumiko.get(f"/retention/disposals/{listed}")
    assert fumiko.post(f"/retention/disposals/{listed}/execution", sure="1").status_code == 303
    with old.app.app_context(), unit():
        session.execute(sa.update(Disposal).values(certificate=sa.func.replace(Disposal.certificate, "山田 花子", "別の人")))
    for kind in ("docx", "json"):
        answer = fumiko.get(f"/retention/disposals/{listed}/certificate.{kind}")
        assert answer.status_code == 409 and "別の人" not in answer.text


def version_on(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page)[1]
