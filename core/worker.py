"""What goes on without anybody asking: letters to the mail server, jobs that come round, beside the web server or in a
process of its own."""

from __future__ import annotations

from socket import gethostname
import threading
from time import monotonic

from flask import Flask

from core import jobs, log, outbox, standing
from core.database import session

PAUSE = 5.0  # seconds between two looks at the outbox
AFTER_A_FAULT = 60.0  # the database may be restarting: ask less often


def run(app: Flask, stop: threading.Event, pause: float = PAUSE, name: str = "serve") -> None:
    """Run due jobs and deliver due letters until `stop` is set. A fault is logged by its kind and place, and the work goes on."""
    rest, life = 0.0, Life(f"{name}@{gethostname()}"[:80])
    while not stop.wait(rest):
        try:
            with app.app_context():
                life.sign()
                jobs.run_due()
                outbox.deliver(app.config["KURUMAZA"], goes_on=lambda: life.sign() and not stop.is_set())
            rest = pause
        except Exception as fault:  # a worker that dies unseen would leave every later letter lying
            log.fault(fault)
            rest = max(pause, AFTER_A_FAULT)
        finally:
            session.remove()
    life.end()


class Life:
    """Tells the office once a minute that this worker is there, and that it has ended when it ends."""

    def __init__(self, name: str):
        self.name, self._told = name, None

    def sign(self) -> bool:
        """Always true: we live."""
        if self._told is None or monotonic() - self._told > standing.BEAT.total_seconds():
            standing.seen(self.name)
            self._told = monotonic()
        return True

    def end(self) -> None:
        """Take the sign away; a database that is gone is no reason not to end."""
        try:
            standing.gone(self.name)
        except Exception as fault:
            log.fault(fault)


class Worker(threading.Thread):
    """The loop as a thread of the web server; it ends with the process, or when told to."""

    def __init__(self, app: Flask):
        super().__init__(name="worker", daemon=True)
        self._app, self._stop_asked = app, threading.Event()

    def run(self) -> None:
        """What the thread does; called by `start()`."""
        run(self._app, self._stop_asked)

    def end(self, seconds: float = 5.0) -> None:
        """Ask the thread to end, and wait at most `seconds` for a letter that is on its way."""
        self._stop_asked.set()
        self.join(seconds)
