"""What a disposal removes: everything of the meeting, in every table, and nothing of any other."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from accounts.models import User
import app as house
from cases.stages import StageMove
from core import audit, database, search
from core.database import Base, session, unit
from exports import pdf
from meetings.models import Meeting
from meetings.record import MinutesVersion
from retention import certificate, removal
from retention.disposal import Decision, Disposal
from retention.register import standing
from tests.doors import PARTS, every_rule, knock, text_of
from tests.wide import SECRET, WideWorld

LONG_AGO = datetime(2010, 5, 1, 3, 0, tzinfo=UTC)
GONE = "消える話"


def test_every_table_and_every_column_of_words_is_decided_about():
    """Fails for a new table or a new column of words: decide in retention/removal.toml what a disposal does with it."""
    decided, tables = removal.decided(), house.models().metadata.tables
    assert set(decided["tables"]) | decided["outside"] == set(tables)
    assert not set(decided["tables"]) & decided["outside"]
    for name, part in decided["tables"].items():
        if part["do"] == "keep":
            free = {each.name for each in removal.words_of(tables[name])}
            assert free == {*part.get("empty", ()), *part.get("keep", ())}, name
            assert part["why"], name
        else:
            assert part["do"] == "delete" and not part.keys() & {"empty", "keep"}, name


def test_nothing_outside_points_to_what_belongs_to_a_meeting_and_nothing_kept_to_what_goes():
    parts = removal.decided()["tables"]
    for table in house.models().metadata.tables.values():
        for key in table.foreign_keys:
            target = parts.get(key.column.table.name)
            if target and key.column.table.name != "meeting" or key.column.table.name == "meeting":
                assert table.name in parts, (table.name, key.parent.name)
            if target and target["do"] == "delete":
                assert parts[table.name]["do"] == "delete", (table.name, key.parent.name)


class Told(WideWorld):
    """The wider world, in which F's finished meeting was told words of its own."""

    def _hold(self, meeting, case, by, guest, goro=None, secret=""):
        own = meeting.place == "301" and not secret
        return super()._hold(meeting, case, by, guest, goro, f"{GONE}の" if own else secret)


@pytest.fixture
def told(flask_app):
    """The wider world in a database of this test alone; the term of F's record is long over."""
    made = Told(flask_app)
    with flask_app.app_context(), unit():
        meeting = session.get(Meeting, made.things["F"]["meeting_id"])
        session.execute(sa.update(MinutesVersion).where(MinutesVersion.meeting_id == meeting.id).values(finalised_at=LONG_AGO))
        session.execute(sa.update(StageMove).where(StageMove.case_id == made.case).values(on=date(2010, 6, 1)))
        session.execute(sa.delete(Base.metadata.tables["retention_hold"]))  # of the request for disclosure
        session.execute(sa.delete(Base.metadata.tables["disposal_item"]))  # the lists of the wider world are no part of this
        session.execute(sa.delete(Base.metadata.tables["disposal"]))
    return made


def dispose(world) -> int:
    number = world.things["F"]["meeting_id"]
    with world.app.app_context(), unit():
        fumiko, hanako = session.get(User, world.clerk), session.get(User, world.hanako)
        audit.acting("fumiko")
        made = Disposal.propose([standing([number])[number]], fumiko)
        made.decide(made.items, Decision.APPROVED, hanako)
        made.carry_out(fumiko)
        certificate.certify(made)
        return made.id


def everything() -> str:
    """Every text, list and file of every table, of the search and of the audit, as one text."""
    found = []
    for table in (*Base.metadata.sorted_tables, search.texts, search.questions):
        for row in session.execute(sa.select(*table.columns)):
            found += [each.decode("utf-8", "ignore") if isinstance(each, bytes) else str(each) for each in row]
    return "\n".join(found)


def rows_of(meeting_ids) -> dict[str, list]:
    tables = Base.metadata.tables
    return {name: sorted(map(repr, session.execute(sa.select(tables[name]).where(removal._of(tables[name], meeting_ids))))) for name in removal.decided()["tables"]}


def test_no_word_of_the_meeting_is_left_and_no_other_meeting_is_touched(told):
    number = told.things["F"]["meeting_id"]
    with told.app.app_context(), unit(read_only=True):
        others = session.scalars(sa.select(Meeting.id).where(Meeting.id != number)).all()
        before, hashes = rows_of(others), session.scalars(sa.select(MinutesVersion.hash).where(MinutesVersion.meeting_id == number)).all()
        assert everything().count(GONE) > 50
    dispose(told)
    with told.app.app_context(), unit(read_only=True):
        assert GONE not in everything()
        assert rows_of(others) == before
        assert not [row for rows in rows_of([number]).values() for row in rows if SECRET in row]
        meeting = session.get(Meeting, number)
        assert (meeting.disposed, meeting.place, meeting.closed) == (True, "", True)
        assert [(each.content, each.hash) for each in meeting.minutes_versions] == [("", each) for each in hashes]
        assert session.scalar(search.ids("hearing", GONE).limit(1)) is None
        assert audit.verify() == []


@pytest.mark.databases("sqlite")
def test_in_the_file_of_the_database_the_words_are_overwritten(told, settings):
    dispose(told)
    with database.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        path = connection.exec_driver_sql("PRAGMA database_list").first()[2]
    with open(path, "rb") as file:
        assert GONE.encode() not in file.read()


@pytest.mark.databases("sqlite")
def test_every_door_answers_sensibly_for_a_record_that_is_gone(told, monkeypatch):
    monkeypatch.setattr(pdf, "convert", lambda docx: docx)
    dispose(told)
    ids = told.things["F"] | dict(disposal_id=1)
    for rule in every_rule(told):
        for person in ("hanako", "fumiko") if "meeting_id" in rule.arguments else ("hanako",) if rule.arguments & PARTS else ():
            answer = knock(told, person, rule, ids, monkeypatch)
            assert GONE not in text_of(answer), (person, rule)
            assert answer.status_code < 500, (person, rule)
            if rule.endpoint.startswith("minutes.") and rule.arguments and "GET" in rule.methods:
                assert answer.status_code == 410 and "この記録は廃棄済みです" in answer.text, (person, rule)
