"""Letters wait here, written in the same transaction as the act that causes them, until mail can take them.

A letter carries no case content. Without an SMTP server they stay, readable to the office, and nothing is lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
import smtplib

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow
from core.settings import Settings

WAITS = (1, 5, 15, 60, 240)  # minutes between tries; then the office is shown the failure


class Letter(Base):
    """One mail to one person, with at most one attachment (a calendar file)."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(sa.String(80), index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    calendar: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)  # what is posted under one key is one letter
    secret: Mapped[bool] = mapped_column(default=False)  # holds a personal link: shown to nobody, and wiped once it is sent
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=utcnow, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(sa.String(200), default="")

    @property
    def state(self) -> str:
        """waiting, sent or failed."""
        if self.sent_at:
            return "sent"
        else:
            return "waiting" if self.due_at else "failed"

    def try_again(self) -> None:
        """Put a failed letter back into the queue."""
        self.due_at, self.tries, self.fault = utcnow(), 0, ""


def post(topic: str, recipient: str, subject: str, body: str, calendar: bytes | None = None, *, key: str | None = None,
         secret: bool = False) -> Letter:
    """Put a letter into the outbox; it is sent after this transaction is committed.

    The same `key` again gives the letter that is there. A `secret` letter holds a personal link: its words are shown to
    nobody and wiped as soon as it has gone out.
    """
    if key is not None and (there := session.scalar(sa.select(Letter).where(Letter.key == key))):
        return there
    domain = recipient.rpartition("@")[2] or "kurumaza.invalid"
    letter = Letter(topic=topic, recipient=recipient, subject=subject[:200], body=body, calendar=calendar, key=key, secret=secret,
                    message_id=make_msgid(domain=domain))
    session.add(letter)
    return letter


def deliver(settings: Settings, limit: int = 50) -> int:
    """Send the letters that are due; give how many went out. Does nothing while mail is switched off."""
    if not settings.smtp_host:
        return 0
    due = sa.select(Letter.id).where(Letter.sent_at.is_(None), Letter.due_at <= utcnow()).order_by(Letter.due_at)
    ids = list(session.scalars(due.limit(limit)))
    session.rollback()
    return sum(_deliver_one(settings, id) for id in ids)


def _deliver_one(settings: Settings, id: int) -> bool:
    # Taken for five minutes before the wire is touched, so that a second worker leaves it alone
    # and no database lock is held while a slow mail server thinks.
    taken = session.execute(sa.update(Letter).where(Letter.id == id, Letter.sent_at.is_(None), Letter.due_at <= utcnow())
                            .values(due_at=utcnow() + timedelta(minutes=5), tries=Letter.tries + 1))
    session.commit()
    if not taken.rowcount:
        return False
    letter = session.get(Letter, id, populate_existing=True)
    try:
        _send(settings, letter)
        letter.sent_at, letter.due_at, letter.fault = utcnow(), None, ""
        letter.body = "" if letter.secret else letter.body
    except (OSError, smtplib.SMTPException) as fault:
        letter.fault = f"{type(fault).__name__}: {fault}"[:200]
        wait = WAITS[letter.tries - 1] if letter.tries <= len(WAITS) else None
        letter.due_at = utcnow() + timedelta(minutes=wait) if wait else None
    session.commit()
    return letter.sent_at is not None


def _send(settings: Settings, letter: Letter) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.mail_from, letter.recipient
    mail["Subject"], mail["Message-ID"], mail["Date"] = letter.subject, letter.message_id, letter.created_at
    mail.set_content(letter.body)
    if letter.calendar:
        mail.add_attachment(letter.calendar.decode(), subtype="calendar", filename="invite.ics",
                            params={"method": "REQUEST"})
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=20) as server:
        if settings.smtp_tls:
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(mail)
