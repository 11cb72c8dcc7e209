"""The commands, as somebody at a keyboard meets them."""

from __future__ import annotations

import io
import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import sys
from urllib.request import urlopen
import zipfile

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Domain
import cli
from core import audit, database
from core.database import session
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesVersion

FRONT_DOOR = Path(cli.__file__)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A machine on which Kurumaza has never run."""
    for name in list(os.environ):
        if name.startswith("KURUMAZA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KURUMAZA_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    session.remove()


@pytest.fixture
def say(capsys):
    """Run a command; give its exit code, what it printed and what it complained about."""

    def run(*words: str):
        code = cli.main(list(words))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A data folder with the sample city in it, loaded once, to be copied."""
    there = tmp_path_factory.mktemp("city") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KURUMAZA_HOME", str(there))
        assert cli.main(["demo"]) == 0
    session.remove()
    database.engine().dispose()
    return there


@pytest.fixture
def city(machine, home, say):
    """The sample city is loaded."""
    shutil.copytree(machine, home)
    assert say("db", "upgrade")[0] == 0


def test_help_answers_without_loading_the_house():
    found = subprocess.run([sys.executable, "-X", "importtime", FRONT_DOOR, "--help"], capture_output=True, text=True, encoding="utf-8")

    assert found.returncode == 0
    assert "sqlalchemy" not in found.stderr and "flask" not in found.stderr
    for command in ("serve", "db", "demo", "user", "minutes", "backup", "restore", "audit", "identity", "worker"):
        assert re.search(rf"^    {command} ", found.stdout, re.M)


def test_an_unknown_command_is_not_understood():
    with pytest.raises(SystemExit) as left:
        cli.main(["fly"])

    assert left.value.code == 2


def test_the_sample_goes_into_an_empty_database_only(say, city):
    code, _out, err = say("demo")

    assert code == 1
    assert "empty database only" in err


def test_a_person_is_enrolled_with_a_password_from_standard_input(say, monkeypatch):
    say("db", "upgrade")
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long password\n"))
    code, out, _err = say("user", "add", "hanako", "--name", "山田 花子", "--role", "coordinator", "--role", "admin")

    assert code == 0 and "hanako" in out
    with database.unit(read_only=True):
        hanako = User.by_login("hanako")
        assert hanako.knows("a long password")
        assert hanako.role_names == {"coordinator", "admin"}
        assert session.scalar(sa.select(audit.AuditRow.who).order_by(audit.AuditRow.id.desc())) == "cli"


@pytest.mark.parametrize(("login", "password", "word"), [
    ("facilitator", "a long password", "taken"), ("hanako", "short", "10"), ("hanako", "", "10"), ("花子", "a long password", "."),
    ("h" * 61, "a long password", "60")])
def test_an_unfit_account_is_refused_with_a_sentence(say, city, monkeypatch, login, password, word):
    monkeypatch.setattr(sys, "stdin", io.StringIO(password))
    code, _out, err = say("user", "add", login, "--name", "花子")

    assert code == 1
    assert word in err and "Traceback" not in err


def test_minutes_leave_as_word_and_the_audit_knows(say, city, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with database.unit(read_only=True):
        final = sa.select(MinutesVersion.meeting_id).where(MinutesVersion.reopened_at.is_(None))
        id = session.scalars(sa.select(Meeting.id).where(Meeting.kind == Kind.SHIEN, Meeting.id.in_(final)).order_by(Meeting.starts_at.desc())).first()
    code, out, _err = say("minutes", "export", str(id))

    file = tmp_path / out.strip()
    assert code == 0
    assert file.name.endswith("_確定v1.docx")
    assert "みなも市支援会議" in zipfile.ZipFile(file).read("word/document.xml").decode()
    with database.unit(read_only=True):
        row = session.scalars(sa.select(audit.AuditRow).order_by(audit.AuditRow.id.desc())).first()
        assert (row.who, row.act, row.subject, row.detail.split()[0]) == ("cli", "exported", f"meeting/{id}", "docx")


def test_minutes_go_where_they_are_told(say, city, tmp_path):
    assert say("minutes", "export", "4", "--variant", "record", "-o", str(tmp_path / "draft.docx"))[0] == 0
    assert zipfile.is_zipfile(tmp_path / "draft.docx")


def test_there_are_no_minutes_of_a_meeting_that_is_not_there(say, city):
    code, _out, err = say("minutes", "export", "9999")

    assert code == 1 and "no meeting 9999" in err


def test_a_whole_audit_is_ok(say, city):
    code, out, _err = say("audit", "verify")

    assert code == 0
    assert re.fullmatch(r"OK: \d{3,} rows, [0-9a-f]{64}\n", out)


def test_a_cut_audit_is_told(say, city):
    with database.engine().begin() as connection:
        connection.execute(sa.text("UPDATE audit_head SET count = count + 1"))
    code, out, _err = say("audit", "verify")

    assert code == 1
    assert "should end at row" in out


def test_a_site_moves_with_its_backup_and_its_key(say, city, home, tmp_path, monkeypatch):
    file, key = str(tmp_path / "city.zip"), (home / "secret.key").read_text()
    code, out, _err = say("backup", file)
    assert code == 0 and "secret.key" in out

    monkeypatch.setenv("KURUMAZA_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("KURUMAZA_SECRET_KEY", key)
    assert say("restore", file)[0] == 0
    assert say("audit", "verify")[0] == 0
    code, _out, err = say("restore", file)
    assert code == 1 and "not empty" in err


def test_a_restore_without_the_old_key_says_what_is_missing(say, city, tmp_path, monkeypatch):
    say("backup", str(tmp_path / "city.zip"))
    monkeypatch.setenv("KURUMAZA_HOME", str(tmp_path / "new"))
    code, _out, err = say("restore", str(tmp_path / "city.zip"))

    assert code == 1 and "secret.key" in err


def test_a_backup_says_that_the_key_of_the_names_is_not_in_it(say, city, home, tmp_path, monkeypatch):
    file = str(tmp_path / "city.zip")
    _code, out, _err = say("backup", file)
    key = (home / "identity.key").read_bytes().strip()
    with zipfile.ZipFile(file) as whole:
        content = b"".join(whole.read(each) for each in whole.namelist())
    monkeypatch.setenv("KURUMAZA_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("KURUMAZA_SECRET_KEY", (home / "secret.key").read_text())
    restored = say("restore", file)
    before = say("identity", "check")
    (tmp_path / "new" / "identity.key").write_bytes(key)

    assert str(home / "identity.key") in out
    assert key not in content and "見本 花江".encode() not in content
    assert restored[0] == 0 and "identity.key" in restored[1]
    assert before[0] == 1 and "no key" in before[1]
    assert say("identity", "check")[0] == 0


def test_every_name_is_sealed_anew_with_a_new_key(say, city, home):
    before = (home / "identity.key").read_text().split()
    code, out, _err = say("identity", "rotate")
    after = (home / "identity.key").read_text().split()
    checked = say("identity", "check")

    assert code == 0 and "Sealed 10 rows anew" in out
    assert after[1:] == before and len(after) == 2
    assert checked[0] == 0 and "10" in checked[1] and "missing" not in checked[1]
    assert say("audit", "verify")[0] == 0
    if os.name != "nt":
        assert (home / "identity.key").stat().st_mode & 0o777 == 0o600


def test_a_name_that_cannot_be_read_is_told_and_nothing_is_sealed_anew(say, city, home):
    (home / "identity.key").unlink()
    checked, rotated = say("identity", "check"), say("identity", "rotate")
    (home / "identity.key").write_text("short")
    unfit = say("identity", "check")

    assert checked[0] == rotated[0] == unfit[0] == 1
    assert "missing" in checked[1] and "nothing was changed" in rotated[2].replace("\n", " ") and "too short" in unfit[2]
    assert (home / "identity.key").read_text() == "short"


@pytest.mark.parametrize(("environment", "command"), [
    ({}, ["audit", "verify"]),  # never migrated
    ({"KURUMAZA_PORT": "eight"}, ["db", "upgrade"]),
    ({"KURUMAZA_DATABASE_URL": "nonsense"}, ["db", "upgrade"]),
    ({"KURUMAZA_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, ["db", "upgrade"]),
    ({"KURUMAZA_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, ["db", "upgrade"]),
    ({}, ["restore", "/nowhere.zip"])])
def test_a_foreseeable_fault_is_one_plain_line(say, monkeypatch, environment, command):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code, _out, err = say(*command)

    assert code == 1
    assert len(err.splitlines()) == 1 and " / " in err and "Traceback" not in err


def test_another_server_program_gets_the_whole_house_from_the_factory(home):
    made = subprocess.run([sys.executable, "-c", "from app import create_app; print(len(create_app().view_functions) > 100)"],
                          cwd=Path(FRONT_DOOR).parent, capture_output=True, text=True, encoding="utf-8", timeout=120)

    assert made.stdout.strip() == "True", made.stderr


def test_it_serves_says_where_and_ends_cleanly(city):
    with _serving() as (server, address):
        assert urlopen(f"{address}/health", timeout=20).status == 200
        second = subprocess.run([sys.executable, FRONT_DOOR, "serve", "--port", address.rpartition(":")[2]],
                                capture_output=True, text=True, encoding="utf-8", timeout=120)
        assert second.returncode == 1
        assert "--port" in second.stderr and "Traceback" not in second.stderr
        if os.name != "nt":
            server.send_signal(signal.SIGTERM)
            assert server.wait(30) == 0
            assert "Traceback" not in server.stderr.read()


def test_an_empty_office_has_domains_but_nobody(home):
    with _serving():
        pass
    database.connect(f"sqlite:///{home}/kurumaza.sqlite3")
    with database.unit(read_only=True):
        assert Domain.listed()
        assert session.scalar(sa.select(sa.func.count()).select_from(User)) == 0


class _serving:
    """`serve` in a process of its own, ready to answer: (process, address)."""

    def __enter__(self):
        self.server = subprocess.Popen([sys.executable, FRONT_DOOR, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
                                       env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        first = self.server.stdout.readline()
        if "http" not in first:
            self.server.kill()
            raise AssertionError(self.server.communicate()[1])
        return self.server, re.search(r"http://\S+", first)[0]

    def __exit__(self, *_fault):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        self.server.stderr.close()


def test_a_mail_setting_that_cannot_be_read_is_told_in_one_sentence(say, monkeypatch):
    monkeypatch.setenv("KURUMAZA_MAIL_FROM", "みなも市")
    code, _printed, complaint = say("worker")
    assert (code, complaint.count("\n")) == (1, 1)
    assert complaint.startswith("KURUMAZA_MAIL_FROM は")
