"""The register of retention, through the door."""

from __future__ import annotations

import pytest

DATABASES = ["sqlite"]


@pytest.fixture
def done(world):
    """The meeting of the small world with final minutes."""
    from accounts.models import User
    from core.database import session, unit
    from meetings import minutes, record
    from meetings.models import Meeting

    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.opened_at, meeting.closed_at = meeting.starts_at, meeting.ends_at
        session.flush()
        record.finalise(meeting, session.get(User, world.hanako), minutes.lay_out)
    return f"/retention/meetings/{world.meeting}"


def close(world, on):
    from cases.flow import Stage
    from cases.models import Case
    from cases.stages import StageMove
    from core.database import session, unit

    with world.app.app_context(), unit():
        case = session.get(Case, world.case)
        case.moves.append(StageMove(from_stage=case.stage, to_stage=Stage.CLOSED, on=on, by_id=world.hanako))
        case.stage = Stage.CLOSED


def test_a_record_keeps_a_class_that_is_offered_no_longer_when_its_term_is_made_longer(world, done):
    fumiko = world.browser("fumiko")
    fumiko.get("/settings/retention")
    fumiko.post("/settings/retention", name="7年", years="7")
    fumiko.get(done)
    fumiko.post(f"{done}/class", name="7年", reason="規程どおり")
    fumiko.post("/settings/retention/removal", name="7年")
    assert 'selected value="7年"' in fumiko.get(done).text
    assert fumiko.post(f"{done}/class", name="7年", until="2099-03-31", reason="訴訟のため").status_code == 303


def test_a_record_of_a_case_is_not_counted_before_the_case_is_closed(world, done):
    fumiko = world.browser("fumiko")
    assert "起算前" in fumiko.get(done).text

    from core import clock
    close(world, clock.today())
    page = fumiko.get(done).text
    assert "起算前" not in page and "保存中" in page and "5年" in page


def test_the_clerk_keeps_a_record_longer_with_a_reason_and_the_history_shows_it(world, done):
    fumiko = world.browser("fumiko")
    fumiko.get(done)
    assert fumiko.post(f"{done}/class", name="10年", reason="").status_code == 422
    assert fumiko.post(f"{done}/class", name="10年", reason="子どもの事例のため").status_code == 303
    page = fumiko.get(done).text
    assert "子どもの事例のため" in page and "文書 文子" in page
    assert "10年" in fumiko.get("/retention").text


def test_a_stop_is_laid_by_the_team_and_seen_by_the_clerk_until_it_is_lifted(world, done):
    hanako, fumiko = world.browser("hanako"), world.browser("fumiko")
    hanako.get(done)
    assert hanako.post(f"{done}/holds", reason="開示請求", until="").status_code == 303
    assert "開示請求" in fumiko.get(done).text and "廃棄停止" in fumiko.get("/retention?state=held").text
    assert fumiko.post(f"{done}/holds/1/release").status_code == 303
    assert "この条件に当たる文書はありません" in fumiko.get("/retention?state=held").text


def test_the_stop_of_another_part_is_not_lifted_by_hand(world, done):
    from accounts.models import User
    from core.database import session, unit
    from meetings.models import Meeting
    from retention import holds

    with world.app.app_context(), unit():
        holds.hold(session.get(Meeting, world.meeting), "開示請求", session.get(User, world.clerk), source="disclosure/1")
    fumiko = world.browser("fumiko")
    assert "解除する" not in fumiko.get(done).text.replace("空欄なら解除するまで", "")
    assert fumiko.post(f"{done}/holds/1/release").status_code == 404


def test_a_draft_has_no_term(world):
    assert world.browser("hanako").get(f"/retention/meetings/{world.meeting}").status_code == 404
    assert "この条件に当たる文書はありません" in world.browser("fumiko").get("/retention").text


def test_a_stop_that_has_ended_already_is_refused_at_its_field(world, done):
    hanako = world.browser("hanako")
    hanako.get(done)
    answer = hanako.post(f"{done}/holds", reason="監査", until="2020-01-01")
    assert answer.status_code == 422 and "今日以降の日を選んでください" in answer.text
