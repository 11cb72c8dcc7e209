"""A backup is the whole database, and a restore is all of it or nothing."""

from __future__ import annotations

from datetime import date
import json
import os
from pathlib import Path
import stat
import zipfile

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind
import app
from core import audit, backup, database, keyed, migrate, outbox
from core.database import Base, engine, session
from core.settings import Settings
from demo import loader
from identities import vault
from resources.register import Proposal
from tests.databases import fresh_database, postgresql_url, why_no_postgresql


@pytest.fixture(scope="module")
def saved(tmp_path_factory, emptied):
    """(file, its tables' rows): a backup of the sample city with a letter in its outbox, made from SQLite."""
    folder = tmp_path_factory.mktemp("saved")
    _fresh(_copy(emptied, folder / "old.sqlite3"))
    with database.unit():
        loader.load(date(2026, 11, 24), years=False)
        _merge_into_a_later_one()
        outbox.post("meeting/1", "a@city.example", "件名\u2028\u0085", "本文\n二行目", b"\x00\xff calendar")
    backup.write(folder / "city.zip")
    return folder / "city.zip", _content()


def _merge_into_a_later_one():
    """Two wishes of which the older one stands under the newer: its row comes first."""
    by = session.scalar(sa.select(sa.func.min(User.id)))
    older, newer = (Proposal(wished=each, enables="話せる", need="話せない", made_by_id=by) for each in ("居場所", "夜の居場所"))
    session.add(older)
    session.flush()
    session.add(newer)
    session.flush()
    older.merged_into_id = newer.id
    session.flush()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def taken_up(request, saved, emptied, tmp_path_factory):
    """(address, counts): a database of each kind into which the backup was restored."""
    if request.param == "sqlite":
        url = _copy(emptied, tmp_path_factory.mktemp("new") / "new.sqlite3")
        _fresh(url)
        yield url, backup.restore(saved[0])
    elif server := postgresql_url():
        with fresh_database(server, emptied("postgresql")) as url:
            _fresh(url)
            yield url, backup.restore(saved[0])
            session.remove()
            engine().dispose()
    else:
        pytest.skip(why_no_postgresql())


@pytest.fixture
def restored(taken_up):
    """The counts of what was restored, with the process on that database."""
    if engine().url.render_as_string(hide_password=False) != taken_up[0]:
        _fresh(taken_up[0])
    return taken_up[1]


@pytest.fixture
def sqlite(tmp_path, emptied):
    _fresh(_copy(emptied, tmp_path / "new.sqlite3"))


def test_what_is_restored_equals_what_was_saved(restored, saved):
    before = saved[1]

    assert _content() == before
    assert restored == {name: len(content) for name, content in before.items()}
    assert sum(restored.values()) > 500


def test_the_audit_is_whole_after_a_restore(restored):
    with database.unit(read_only=True):
        assert audit.verify() == []


def test_a_backup_of_a_restored_database_is_the_same(restored, saved, tmp_path):
    backup.write(tmp_path / "again.zip")

    assert _manifest(tmp_path / "again.zip") == _manifest(saved[0])


def test_work_goes_on_after_a_restore(restored):
    with database.unit():
        session.add(Agency(name="新しい機関", kind=AgencyKind.PUBLIC))  # takes the next id, not one that is there
        session.add(User(login="new", name="新", password_hash="-"))
    with database.unit(read_only=True):
        assert audit.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_only_its_owner_reads_a_backup(sqlite, tmp_path):
    backup.write(tmp_path / "one.zip")

    assert stat.S_IMODE((tmp_path / "one.zip").stat().st_mode) == 0o600


def test_a_backup_that_fails_leaves_the_older_one(sqlite, tmp_path, monkeypatch):
    (tmp_path / "one.zip").write_bytes(b"older")
    monkeypatch.setattr(backup, "_put", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.write(tmp_path / "one.zip")

    assert (tmp_path / "one.zip").read_bytes() == b"older"
    assert not list(tmp_path.glob(".one.zip*"))


def test_a_database_in_use_is_not_restored_into(sqlite, saved):
    with database.unit():
        session.add(Agency(name="ここにある機関", kind=AgencyKind.PUBLIC))
    before = _content()
    with pytest.raises(backup.Unfit, match="not empty"):
        backup.restore(saved[0])

    assert _content() == before


def test_a_database_without_tables_is_not_restored_into(tmp_path, saved):
    database.connect(f"sqlite:///{tmp_path}/bare.sqlite3")
    with pytest.raises(backup.Unfit, match="db upgrade"):
        backup.restore(saved[0])


def _half(file, _copy):
    return file.read_bytes()[:5000]


def _text(_file, _copy):
    return b"not a zip"


def _foreign(_file, copy):
    with zipfile.ZipFile(copy, "w") as whole:
        whole.writestr("manifest.json", json.dumps(dict(format="other")))


def _without_a_table(file, copy):
    _rewritten(file, copy, lambda name, content: None if name == "tables/seat.jsonl" else content)


def _with_an_altered_row(file, copy):
    _rewritten(file, copy, lambda name, content: content.replace("輪中".encode(), "輪外".encode()))


def _of_another_version(file, copy):
    _rewritten(file, copy, lambda name, content: content.replace(f'"revision": "{migrate.newest()}"'.encode(),
                                                                 b'"revision": "9999"'))


@pytest.mark.parametrize("harm", [_half, _text, _foreign, _without_a_table, _with_an_altered_row, _of_another_version])
def test_a_file_that_is_not_whole_restores_nothing(sqlite, saved, tmp_path, harm):
    copy = tmp_path / "copy.zip"
    if content := harm(saved[0], copy):
        copy.write_bytes(content)
    with pytest.raises(backup.Unfit):
        backup.restore(copy)

    assert not any(_content().values())


def test_a_row_the_database_refuses_takes_everything_back(sqlite, saved, tmp_path, monkeypatch):
    real = backup._take

    def broken(whole, table, connection):
        real(whole, table, connection)
        if table.name == "seat":
            real(whole, table, connection)  # every seat a second time

    monkeypatch.setattr(backup, "_take", broken)
    with pytest.raises(backup.Unfit, match="nothing was restored"):
        backup.restore(saved[0])

    assert not any(_content().values())


def test_a_missing_file_is_said_to_be_missing(sqlite, tmp_path):
    with pytest.raises(FileNotFoundError):
        backup.restore(tmp_path / "none.zip")


def _fresh(url: str) -> None:
    app.models()
    database.connect(url)
    audit.use_key("test")
    keyed.use("test")
    vault.use(Settings(Path(), url, identity_key="a-key-of-names-for-tests-long-enough"))


def _copy(emptied, file: Path) -> str:
    file.write_bytes(Path(emptied("sqlite").removeprefix("sqlite:///")).read_bytes())
    return f"sqlite:///{file}"


def _content() -> dict[str, list]:
    with engine().connect() as connection:
        return {table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in Base.metadata.sorted_tables}


def _manifest(file) -> dict:
    with zipfile.ZipFile(file) as whole:
        return json.loads(whole.read("manifest.json"))


def _rewritten(file, copy, change) -> None:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
