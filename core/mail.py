"""The wire: a letter as a mail (RFC 5322, MIME, iMIP), and one talk with the mail server for many of them."""

from __future__ import annotations

from contextlib import contextmanager
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
import re
import smtplib
import socket
import ssl
import threading

from core import clock
from core.reasons import Reason, of_answer
from core.settings import Settings

_ADDRESS = re.compile(r"[!-~]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")  # also a..b.@ of Japanese telephones, which the RFC forbids
_FORBIDDEN = re.compile(r'[\s@<>(),;:\\"\[\]]')
_METHOD = re.compile(rb"^METHOD(?:;[^:\r\n]*)?:([A-Za-z-]+)", re.MULTILINE)
_POLICY = policy.SMTP.clone(cte_type="7bit")  # old servers take it too


ANSWERS = 4  # so many times the patience for one answer, a letter may take in all
LONGEST = 100  # … seconds, well below the lease of a letter (core/letters.py)


class Trouble(Exception):
    """Something is the matter with the mail server or its settings: no letter can go out now."""

    def __init__(self, reason: Reason, said: str = ""):
        super().__init__(reason)
        self.reason, self.said = reason, said


class Unsent(Trouble):
    """This one letter was not taken; `lasting`: it never will be."""

    def __init__(self, reason: Reason, lasting: bool, said: str = ""):
        super().__init__(reason, said)
        self.lasting = lasting


def readable(address: str) -> bool:
    """Whether this can be the address of a mail: one line, one @, nothing that begins another header."""
    return bool(len(address) <= 254 and _ADDRESS.fullmatch(address) and not _FORBIDDEN.search(address.rpartition("@")[0]))


def compose(letter, sender: Address) -> bytes:
    """The letter as it goes over the wire, the same bytes at each try but for the boundary of its parts."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, letter.recipient, letter.subject
    mail["Message-ID"], mail["Date"] = letter.message_id, format_datetime(clock.local(letter.queued_at))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    if letter.calendar:
        _put_calendar(mail, letter.calendar)
    mail["Content-Language"] = "ja"
    return mail.as_bytes()


def _put_calendar(mail: EmailMessage, calendar: bytes) -> None:
    """Beside the words, as calendars read it (RFC 6047), and as a file for programs that read no such thing."""
    if method := _METHOD.search(calendar):
        mail.add_alternative(calendar.decode("utf-8", "replace"), subtype="calendar", params={"method": method[1].decode().upper()})
    mail.add_attachment(calendar, maintype="application" if method else "text", subtype="ics" if method else "calendar",
                        filename="invite.ics")


class Wire:
    """One talk with the mail server. `with Wire(settings, name) as wire`: raises Trouble when there is none to be had."""

    def __init__(self, settings: Settings, name: str = ""):
        self.settings, self.name, self.used = settings, name, False

    def __enter__(self) -> Wire:
        if not self.settings.mail_from:
            raise Trouble(Reason.NO_SENDER)
        self._open()
        return self

    def __exit__(self, *_fault) -> None:
        try:
            with self._limited():
                self.server.quit()
        except (OSError, smtplib.SMTPException):
            self.server.close()

    def send(self, letter) -> None:
        """Give the server one letter. Raises Unsent (this letter) or Trouble (all of them)."""
        try:
            if not readable(letter.recipient):
                raise Unsent(Reason.ADDRESS, True)
            mail = compose(letter, Address(self.name, addr_spec=self.settings.mail_from))
        except (ValueError, LookupError) as fault:
            raise Unsent(Reason.UNFIT, True, type(fault).__name__) from fault
        if self.used and not self._listening():
            self.server.close()
            self._open()
        self.used = True
        try:
            with self._limited():
                self.server.sendmail(self.settings.mail_from, [letter.recipient], mail)
        except (OSError, smtplib.SMTPException) as fault:
            raise _of_a_letter(fault) from fault

    def _open(self) -> None:
        try:
            with self._limited():
                self._connect()
        except (OSError, smtplib.SMTPException, UnicodeError) as fault:
            raise _of_the_server(fault) from fault

    @contextmanager
    def _limited(self):
        """Cut the line when this takes too long in all: a server that says a letter now and then keeps every single wait."""
        timer = threading.Timer(min(ANSWERS * self.settings.smtp_timeout, LONGEST), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        try:
            socket.socket.shutdown(self.server.sock, socket.SHUT_RDWR)
        except (OSError, AttributeError, TypeError):  # it is not open yet, or not any more
            pass

    def _connect(self) -> None:
        at, trust = self.settings, ssl.create_default_context()
        # The name we give ourselves: asking the network for one may take half a minute where there is no DNS.
        more = dict(local_hostname=at.mail_from.rpartition("@")[2], timeout=at.smtp_timeout)
        if at.smtp_tls == "implicit":
            self.server = server = smtplib.SMTP_SSL(context=trust, **more)
        else:
            self.server = server = smtplib.SMTP(**more)
        server._host = at.smtp_host  # whose name the certificate must bear; only a constructor that connects notes it
        try:
            code, said = server.connect(at.smtp_host, at.smtp_port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, said)
            if at.smtp_tls == "starttls":
                server.starttls(context=trust)
            if at.smtp_user:
                server.login(at.smtp_user, at.smtp_password)
        except BaseException:
            server.close()
            raise

    def _listening(self) -> bool:
        """Whether the server still talks after the letter before: some take only so many at once."""
        try:
            with self._limited():
                return self.server.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


def _of_the_server(fault: Exception) -> Trouble:
    """What is the matter when no talk came about."""
    if isinstance(fault, smtplib.SMTPAuthenticationError | UnicodeError):
        return Trouble(Reason.SIGN_IN, _said(fault))
    elif isinstance(fault, smtplib.SMTPNotSupportedError):
        return Trouble(Reason.CERTIFICATE if "STARTTLS" in str(fault) else Reason.SIGN_IN, _said(fault))
    elif isinstance(fault, ssl.SSLError):
        return Trouble(Reason.CERTIFICATE, _said(fault))
    elif isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError):
        return Trouble(Reason.SILENT)
    elif isinstance(fault, smtplib.SMTPServerDisconnected):
        return Trouble(Reason.BROKEN)
    else:
        return Trouble(Reason.AWAY, _said(fault))


def _of_a_letter(fault: Exception) -> Trouble:
    """What is the matter when a letter was not taken: with it alone, or with the server."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _of_an_answer(*next(iter(fault.recipients.values())))
    elif isinstance(fault, smtplib.SMTPSenderRefused) and fault.smtp_code != 552:
        return Trouble(_of_the_sender(fault.smtp_code), _said(fault))
    elif isinstance(fault, smtplib.SMTPResponseException):
        return _of_an_answer(fault.smtp_code, fault.smtp_error)
    else:
        return _of_the_server(fault)


def _of_the_sender(code: int) -> Reason:
    if code in (530, 535):
        return Reason.SIGN_IN
    else:
        return Reason.LATER if code < 500 else Reason.SENDER


def _of_an_answer(code: int, text: bytes | str) -> Trouble:
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if code == 421:  # the server closes
        return Trouble(Reason.AWAY, f"{code} {text}")
    elif code in (530, 535):
        return Trouble(Reason.SIGN_IN, f"{code} {text}")
    else:
        return Unsent(of_answer(code, text), code >= 500, f"{code} {text}")


def _said(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        text = fault.smtp_error
        return f"{fault.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    else:
        return f"{type(fault).__name__}: {fault}"
