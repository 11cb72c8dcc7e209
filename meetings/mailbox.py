"""Looking into the office's mailbox for answers to invitations, where the installation names one.

The mails are fetched before the first word to the database, and marked as read only when what they said is committed: a
process that dies in between reads them once more, and they count once (meetings/replies.py). The mailbox belongs to the
address that invitations are sent from, and is read by nobody else: whatever is in it is marked.
"""

from __future__ import annotations

import imaplib
import ssl
import time

from flask import current_app
import sqlalchemy as sa
from sqlalchemy import event, orm

from core import jobs, log
from core.database import session
from meetings import itip, replies

MAILS, SECONDS = 50, 60  # at one look
PATIENCE = 15  # seconds for one answer of the server


@jobs.every(minutes=5)
def look(now) -> None:
    """Take in the answers that wait in the mailbox."""
    settings = current_app.config["KURUMAZA"]
    if not settings.imap_host:
        return
    box = Mailbox(settings)
    try:
        found = box.unread()
        for mail in found.values():
            _read_safely(mail)
        event.listen(session(), "after_commit", lambda _session: box.mark_read(found), once=True)
    except BaseException:
        box.leave()
        raise


def read_one(mail: bytes) -> None:
    """Let whatever a mail answers count."""
    found = itip.answers(mail)
    for answer in found:
        replies.take(answer)
    if not found:
        replies.set_aside(mail)


def _read_safely(mail: bytes) -> None:
    """Read a mail; one that nobody can read is set aside and undoes nothing of the others. What may go well the next time
    (the database is gone, somebody else wrote) ends the look: nothing is marked then."""
    try:
        with session.begin_nested():
            read_one(mail)
    except (sa.exc.OperationalError, sa.exc.InterfaceError, orm.exc.StaleDataError):
        raise
    except Exception as fault:
        log.fault(fault)
        replies.set_aside(mail)


class Mailbox:
    """A folder on an IMAP server (RFC 9051), opened."""

    def __init__(self, settings):
        if settings.imap_tls:
            self._wire = imaplib.IMAP4_SSL(settings.imap_host, settings.imap_port, ssl_context=ssl.create_default_context(), timeout=PATIENCE)
        else:
            self._wire = imaplib.IMAP4(settings.imap_host, settings.imap_port, timeout=PATIENCE)
        self._wire.login(settings.imap_user, settings.imap_password)
        state, _said = self._wire.select(settings.imap_folder)
        if state != "OK":
            raise imaplib.IMAP4.error("the folder cannot be opened")

    def unread(self) -> dict[bytes, bytes]:
        """Mails nobody has read, oldest first, by their number; no more of a large one than shows that it is too large."""
        _state, (numbers, *_rest) = self._wire.uid("SEARCH", "UNSEEN")
        until, found = time.monotonic() + SECONDS, {}
        for number in (numbers or b"").split()[:MAILS]:
            if time.monotonic() > until:
                break
            _state, said = self._wire.uid("FETCH", number, f"(BODY.PEEK[]<0.{itip.LARGEST + 1}>)")
            found[number] = next((each[1] for each in said if isinstance(each, tuple)), b"")
        return found

    def mark_read(self, numbers) -> None:
        """Say that these are done, and leave. A fault here only means that they are read once more."""
        try:
            for number in numbers:
                self._wire.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
        except (OSError, imaplib.IMAP4.error) as fault:
            log.fault(fault)
        self.leave()

    def leave(self) -> None:
        """Hang up, whatever state the line is in."""
        try:
            self._wire.logout()
        except (OSError, imaplib.IMAP4.error):
            pass
