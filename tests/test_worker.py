"""The worker keeps going, does each job once, and stops when it is told to."""

from __future__ import annotations

from datetime import timedelta
import os
from pathlib import Path
import subprocess
import sys
import threading

from flask import Flask
import pytest
import sqlalchemy as sa

from core import jobs, outbox, standing, worker
from core.database import session, unit, utcnow
from core.settings import Settings


@pytest.fixture
def idle(monkeypatch):
    """An application with nothing to do."""
    app = Flask(__name__)
    monkeypatch.setattr(standing, "seen", lambda _name: None)
    monkeypatch.setattr(standing, "gone", lambda _name: None)
    app.config["KURUMAZA"] = Settings(home=Path("."), database_url="", smtp_host="mail.example")
    return app


def test_it_looks_again_after_a_fault(idle, monkeypatch):
    looks, faults, stop = [], [], threading.Event()

    def deliver(settings, goes_on):
        looks.append(settings.smtp_host)
        if len(looks) == 1:
            raise RuntimeError("the database restarts, and says words of a case")
        stop.set()

    monkeypatch.setattr(jobs, "run_due", lambda: 0)
    monkeypatch.setattr(outbox, "deliver", deliver)
    monkeypatch.setattr(worker.log, "fault", faults.append)
    monkeypatch.setattr(worker, "AFTER_A_FAULT", 0.01)
    worker.run(idle, stop, pause=0.01)

    assert looks == ["mail.example", "mail.example"]
    assert [type(each) for each in faults] == [RuntimeError]


def test_the_thread_ends_when_asked(idle, monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(jobs, "run_due", lambda: 0)
    monkeypatch.setattr(outbox, "deliver", lambda _settings, goes_on: looked.set())
    thread = worker.Worker(idle)
    thread.start()

    assert looked.wait(10)
    thread.end(10)
    assert not thread.is_alive()


def test_a_job_is_run_when_it_is_due_and_not_again_before(flask_app, monkeypatch):
    ran = []
    monkeypatch.setattr(jobs, "_jobs", {"test.count": (timedelta(minutes=60), ran.append)})
    jobs.run_due()
    jobs.run_due()
    assert len(ran) == 1

    with unit():
        session.execute(sa.update(jobs.Job).values(due_at=utcnow()))
    jobs.run_due()
    assert len(ran) == 2


def test_a_job_taken_by_a_process_that_was_killed_is_run_by_another_when_its_lease_is_over(flask_app, monkeypatch):
    ran = []
    monkeypatch.setattr(jobs, "_jobs", {"test.count": (timedelta(minutes=60), ran.append)})
    first = jobs._take("test.count")  # and the process is gone
    jobs.run_due()
    assert ran == []

    with unit():
        session.execute(sa.update(jobs.Job).values(due_at=utcnow()))
    jobs.run_due()
    assert len(ran) == 1
    assert not jobs._run("test.count", first)  # it was only slow: what it comes to do is done
    assert len(ran) == 1


def test_two_processes_that_meet_a_new_job_run_it_once(flask_app, monkeypatch):
    ran, together = [], threading.Barrier(4)
    monkeypatch.setattr(jobs, "_jobs", {"test.count": (timedelta(minutes=60), ran.append)})
    processes = [threading.Thread(target=lambda: together.wait() is None or jobs.run_due()) for _each in range(4)]
    for each in processes:
        each.start()
    for each in processes:
        each.join(20)
    assert len(ran) == 1


def test_a_clock_that_was_set_back_keeps_no_job_waiting(flask_app, monkeypatch):
    ran = []
    monkeypatch.setattr(jobs, "_jobs", {"test.count": (timedelta(minutes=60), ran.append)})
    with unit():
        session.add(jobs.Job(name="test.count", due_at=utcnow() + timedelta(days=300)))
    jobs.run_due()
    assert len(ran) == 1


def test_the_office_sees_that_somebody_is_at_work_until_it_ends(flask_app, monkeypatch):
    stop, there = threading.Event(), []

    def look(_settings, goes_on):
        assert goes_on()
        with unit(read_only=True):
            there.append(standing.WorkerSeen.last().alive)
        stop.set()
        assert not goes_on()

    monkeypatch.setattr(outbox, "deliver", look)
    worker.run(flask_app, stop, name="worker")
    assert there == [True]
    with unit(read_only=True):
        assert standing.WorkerSeen.last() is None


def test_a_job_that_breaks_leaves_nothing_and_keeps_no_other_from_running(flask_app, monkeypatch):
    faults, ran = [], []

    def breaks(_now):
        outbox.post("meeting/1", "a@example.jp", "件名", "本文")
        session.flush()
        raise RuntimeError

    monkeypatch.setattr(jobs.log, "fault", faults.append)
    monkeypatch.setattr(jobs, "_jobs", {"test.breaks": (timedelta(minutes=1), breaks), "test.runs": (timedelta(minutes=1), ran.append)})
    assert jobs.run_due() == 1

    assert len(faults) == len(ran) == 1
    with unit(read_only=True):
        assert session.scalar(sa.select(sa.func.count()).select_from(outbox.Letter)) == 0


PRESENT = "import app; from core import jobs; app.create_app(app.Settings.from_environment()); print(*jobs._jobs)"


def test_whatever_comes_round_by_itself_is_looked_after(tmp_path):
    root = Path(jobs.__file__).resolve().parent.parent
    declared = {f"{page.parent.name}.{page.stem}" for page in root.glob("*/*.py") if "@jobs.every(" in page.read_text(encoding="utf-8")}
    declared -= {"core.jobs"}
    said = subprocess.run([sys.executable, "-c", PRESENT], cwd=root, capture_output=True, text=True, check=True,
                          env=dict(os.environ, KURUMAZA_HOME=str(tmp_path), KURUMAZA_DATABASE_URL=""))
    assert len(declared - {"tests.test_worker"}) > 5
    assert declared - {"tests.test_worker"} == {name.rpartition(".")[0] for name in said.stdout.split()}
