"""The log: what happened to the machine, never what was said in a case."""

from __future__ import annotations

import logging
import re
import secrets
import traceback

import structlog

_log = structlog.get_logger("kurumaza")


def fault(error: Exception) -> str:
    """Log an unforeseen error by its kind and place, without its message (which may quote a case); give its number."""
    number = secrets.token_hex(4)
    places = [f"{frame.filename.rsplit('/', 2)[-2]}/{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
              for frame in traceback.extract_tb(error.__traceback__)[-8:] if "/" in frame.filename]
    _log.error("fault", number=number, kind=type(error).__name__, places=places)
    return number


def say(event: str, **facts) -> None:
    """Log a fact about the machine: `say("serving", port=8000)`."""
    _log.info(event, **facts)


def keep_quiet(*loggers: logging.Logger) -> None:
    """Let these loggers, and the server's, name no personal link or calendar: its address is (half of) a key."""
    for each in (*loggers, logging.getLogger("waitress")):
        each.addFilter(_QUIET)


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"/(l|calendar)/[\w-]+", r"/\1/…", record.getMessage()), ()
        return True


_QUIET = _Quiet()
