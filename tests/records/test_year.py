"""A year taken out: whole, checkable, noted, and as flat in memory as it is long."""

from __future__ import annotations

from datetime import datetime
import io
import json
from pathlib import Path
import re
import zipfile

from hypothesis import given, settings as budget, strategies as st
import pytest

from accounts.models import User
from cli import main
from core.audit import AuditRow
from core.database import session, unit
from meetings import minutes, record
from meetings.models import Meeting
from meetings.record import MinutesVersion
from records.models import YearExport
from records.streams import Stream, fit
from records.verifying import verify

DATABASES = ["sqlite"]


@pytest.fixture
def final(world):
    world.open_meeting()
    world.close_meeting()
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        record.finalise(meeting, hanako, minutes.lay_out)
        record.reopen(meeting, hanako, "誤字")
        session.flush()
        record.finalise(meeting, hanako, minutes.lay_out)
        world.year = meeting.fiscal_year
    return world


def take_out(world, **more):
    fumiko = world.browser("fumiko")
    fumiko.get("/records/year")
    return fumiko.post("/records/year", year=str(world.year), of="", key="k1", **more)


def names(package):
    return [each.filename for each in package.infolist()]


def test_the_zip_holds_paper_content_register_list_and_manifest(final, tmp_path):
    answer = take_out(final, all_versions="y")
    package = zipfile.ZipFile(io.BytesIO(answer.data))
    assert package.testzip() is None
    assert [re.sub(r".*/", "", each) for each in names(package)][-3:] == [names(package)[-3], "目録.txt", "MANIFEST.json"]
    plain = json.loads(package.read("MANIFEST.json"))
    assert {each["path"] for each in plain["files"]} == set(names(package)) - {"MANIFEST.json"}
    assert [(each["version"], each["in_force"]) for each in plain["files"] if each["what"] == "word"] == [(1, False), (2, True)]
    assert "文書 文子" in package.read("目録.txt").decode("utf-8-sig") and "Aさん" not in "".join(names(package))
    assert all(fit(part) == part for each in names(package) for part in each.split("/"))
    (tmp_path / "year.zip").write_bytes(answer.data)
    assert verify(tmp_path / "year.zip").faults == []
    assert [each.what for each in verify(tmp_path / "year.zip").entries].count("content") == 2
    assert len([each for each in names(zipfile.ZipFile(io.BytesIO(take_out(final).data))) if each.endswith(".docx")]) == 1


def test_begin_and_end_are_noted_and_the_bar_reaches_its_end(final):
    fumiko = final.browser("fumiko")
    fumiko.get("/records/year")
    answer = fumiko.post("/records/year", year=str(final.year), of="", key="bar")
    assert answer.data
    assert fumiko.get("/records/year/progress?key=bar").json == dict(done=1, total=1, size=len(answer.data), ended=True, whole=True)
    assert final.browser("hanako").get("/records/year/progress?key=bar").status_code == 404
    with final.app.app_context():
        noted = [each.detail for each in session.query(AuditRow).filter_by(subject=f"year/{final.year}").order_by(AuditRow.id)]
        run = session.query(YearExport).one()
    assert noted[0].startswith("zip begun, 1 records") and f"sent whole, manifest {run.manifest}" in noted[1] and len(noted) == 2


def test_a_line_that_is_cut_leaves_nothing_half_noted(final):
    fumiko = final.browser("fumiko")
    fumiko.get("/records/year")
    token = re.search(r'name="csrf-token" content="([^"]+)"', fumiko.page)[1]
    answer = fumiko.client.post("/records/year", data=dict(year=str(final.year), of="", key="cut", csrf_token=token), buffered=False)
    next(answer.iter_encoded())
    answer.close()
    with final.app.app_context():
        run = session.query(YearExport).one()
        noted = [each.detail for each in session.query(AuditRow).filter_by(subject=f"year/{final.year}").order_by(AuditRow.id)]
    assert run.ended_at and not run.manifest and "cut off" in noted[-1]


@pytest.mark.parametrize("spoil, kind", [
    (lambda name, data: (name, data.replace(b"302", b"303")) if name.endswith(".json") and "MANIFEST" not in name else (name, data), "altered"),
    (lambda name, data: None if name.endswith(".docx") else (name, data), "missing"),
    (lambda name, data: (f"x{name}", data) if name.endswith(".docx") else (name, data), "extra"),
    (lambda name, data: None if name == "MANIFEST.json" else (name, data), "no manifest"),
    (lambda name, data: (name, data.replace(b'"check": "', b'"check": "0')) if name == "MANIFEST.json" else (name, data), "check number"),
])
def test_whatever_was_done_to_the_zip_is_seen(final, tmp_path, spoil, kind):
    package = zipfile.ZipFile(io.BytesIO(take_out(final).data))
    with zipfile.ZipFile(tmp_path / "spoilt.zip", "w") as spoilt:
        for each in names(package):
            if kept := spoil(each, package.read(each)):
                spoilt.writestr(*kept)
    assert kind in {fault for fault, _path in verify(tmp_path / "spoilt.zip").faults}


def test_what_is_no_zip_or_is_cut_short_is_said_to_be(final, tmp_path):
    (tmp_path / "cut.zip").write_bytes(take_out(final).data[:-50])
    assert verify(tmp_path / "cut.zip").faults
    (tmp_path / "paper.txt").write_text("会議録")
    assert verify(tmp_path / "paper.txt").faults == [("not a zip", "paper.txt")]


def test_the_command_line_takes_a_year_out_and_checks_it(final, tmp_path, monkeypatch, settings, capsys):
    monkeypatch.setenv("KURUMAZA_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("KURUMAZA_HOME", str(tmp_path))
    monkeypatch.setenv("KURUMAZA_SECRET_KEY", settings.secret_key)
    there = tmp_path / "year.zip"
    assert main(["records", "export", str(final.year), "-o", str(there)]) == 0
    assert main(["records", "verify", str(there)]) == 0
    said = capsys.readouterr().out
    assert "データベースと 1 件が一致" in said and "この目録データを書き出した記録が" not in said
    with final.app.app_context(), unit():
        for each in session.query(MinutesVersion):
            each.hash = "0" * 64
    assert main(["records", "verify", str(there)]) == 1
    assert main(["records", "verify", str(there), "--offline"]) == 0
    assert main(["records", "export", "いつか"]) == 1


@budget(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.binary(max_size=200)), max_size=12))
def test_any_names_make_a_zip_that_windows_opens(files):
    stream, sent = Stream(), b""
    for name, content in files:
        sent += stream.add(stream.free(name), content, datetime(2026, 7, 8, 14))  # noqa: DTZ001
    sent += stream.end()
    package = zipfile.ZipFile(io.BytesIO(sent))
    assert package.testzip() is None and [package.read(each) for each in package.infolist()] == [content for _name, content in files]
    assert len({each.filename.lower() for each in package.infolist()}) == len(files)
    assert not any(each.flag_bits & 8 for each in package.infolist())  # readable from a stream, too
    assert not any(re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part) for each in package.infolist() for part in Path(each.filename).parts)
