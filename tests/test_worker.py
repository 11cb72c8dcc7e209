"""The mail worker keeps going, and stops when it is told to."""

from __future__ import annotations

from pathlib import Path
import threading

from core import outbox, worker
from core.settings import Settings

SETTINGS = Settings(home=Path("."), database_url="", smtp_host="mail.example")


def test_it_looks_again_after_a_fault(monkeypatch):
    looks, faults, stop = [], [], threading.Event()

    def deliver(settings):
        looks.append(settings)
        if len(looks) == 1:
            raise RuntimeError("the database restarts, and says words of a case")
        stop.set()

    monkeypatch.setattr(outbox, "deliver", deliver)
    monkeypatch.setattr(worker.log, "fault", faults.append)
    monkeypatch.setattr(worker, "AFTER_A_FAULT", 0.01)
    worker.run(SETTINGS, stop, pause=0.01)

    assert looks == [SETTINGS, SETTINGS]
    assert [type(each) for each in faults] == [RuntimeError]


def test_the_thread_ends_when_asked(monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(outbox, "deliver", lambda _settings: looked.set())
    thread = worker.Worker(SETTINGS)
    thread.start()

    assert looked.wait(10)
    thread.end(10)
    assert not thread.is_alive()
