"""Who saw, changed or took out what: kept with the act itself, and nobody can change it unseen."""

import pytest
import sqlalchemy as sa

from core import audit
from core.audit import AuditRow
from core.database import engine, session, unit
from core.outbox import Letter

MARK = "ひみつのことば"


def test_a_page_of_a_case_leaves_who_saw_it(world):
    hanako = world.browser("hanako")
    hanako.get(f"/cases/{world.case}")

    assert ("hanako", "saw", f"case/{world.case}") in _rows(world)


def test_a_refused_look_leaves_nothing_about_the_case(world):
    world.browser("stranger").get(f"/cases/{world.case}")

    assert ("stranger", "saw", f"case/{world.case}") not in _rows(world)


def test_an_export_is_on_record_before_the_file_leaves(world):
    world.open_meeting()
    world.browser("hanako").get(f"/meetings/{world.meeting}/minutes.docx")

    assert ("hanako", "exported", f"meeting/{world.meeting}") in _rows(world)


def test_an_act_that_fails_leaves_no_row(world):
    hanako = world.browser("hanako")
    before = len(_rows(world))
    hanako.get(f"/cases/{world.case}/meetings/new")
    answer = hanako.post(f"/cases/{world.case}/meetings", {"kind": "juso"})

    assert answer.status_code == 422
    assert len(_rows(world)) == before


def test_nothing_said_in_a_case_stands_in_the_audit_or_a_letter(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/room")
    places = [hanako.post(f"/hearings/{world.hearing}/entries", key="a", kind="fact", text=MARK, source=MARK),
              hanako.post(f"/hearings/{world.hearing}/actions", key="b", what=MARK, rank="main"),
              hanako.post(f"/hearings/{world.hearing}/ideas", key="c", need=MARK, wished=MARK, enables=MARK)]
    with world.app.app_context(), unit(read_only=True):
        audited = " ".join(f"{row.subject} {row.detail} {row.act} {row.who}" for row in session.scalars(sa.select(AuditRow)))
        letters = " ".join(letter.subject + letter.body for letter in session.scalars(sa.select(Letter)))

    assert [each.status_code for each in places] == [303, 303, 303]
    assert MARK not in audited + letters
    assert all(MARK not in each.location for each in places)


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_audit(world, statement):
    with engine().connect() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.execute(sa.text(statement))


def test_an_untouched_chain_is_whole(world):
    world.open_meeting()

    assert _faults(world) == []


@pytest.mark.parametrize("harm", [
    "UPDATE audit SET who = 'nobody' WHERE id = 3",
    "DELETE FROM audit WHERE id = 3",
    "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    "DELETE FROM audit",
])
def test_verify_finds_what_was_altered_or_removed_past_the_guard(world, harm):
    _without_guard(world, harm)

    assert _faults(world)


def test_verify_finds_rows_that_changed_places(world):
    _without_guard(world, "UPDATE audit SET id = -1 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 4",
                   "UPDATE audit SET id = 4 WHERE id = -1")

    assert len(_faults(world)) >= 2


def test_a_chain_made_anew_without_the_key_does_not_pass(world):
    audit.use_key("another key")
    try:
        assert _faults(world)
    finally:
        audit.use_key("a key for tests only")


def _rows(world):
    with world.app.app_context(), unit(read_only=True):
        return [(row.who, row.act, row.subject) for row in session.scalars(sa.select(AuditRow))]


def _faults(world):
    with world.app.app_context(), unit(read_only=True):
        return audit.verify()


def _without_guard(world, *statements):
    """Change the table as somebody could who owns the database."""
    with engine().connect() as connection:
        if engine().dialect.name == "postgresql":
            connection.execute(sa.text("DROP TRIGGER audit_append_only ON audit"))
        else:
            connection.execute(sa.text("DROP TRIGGER audit_no_update"))
            connection.execute(sa.text("DROP TRIGGER audit_no_delete"))
        for statement in statements:
            connection.execute(sa.text(statement))
        connection.commit()
