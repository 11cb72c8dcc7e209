"""What goes over the wire, and what a server's answer means: against a real mail server, without a database."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
import socket
import ssl
import subprocess
import threading
import time

import pytest

from core import mail
from core.letters import Letter
from core.reasons import Reason
from core.settings import Settings, Unreadable
from tests.postoffice import free_port, open_office, silent_office

DATABASES = ["sqlite"]
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{}\r\nBEGIN:VEVENT\r\nSUMMARY:みなも市支援会議\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def wire(open_one, office):
    with mail.Wire(at(open_one[1]), "みなも市") as talk:
        yield talk


def at(port: int, **more) -> Settings:
    return Settings(home=Path("."), database_url="", smtp_host="127.0.0.1", smtp_port=port, mail_from="kurumaza@city.example",
                    smtp_timeout=0.3, **more)


def letter(recipient="jiro@example.jp", **more) -> Letter:
    return Letter(**dict(recipient=recipient, subject="開催のご案内", body="日時と場所", message_id="<1@city.example>", secret=False,
                         queued_at=datetime(2026, 7, 8, 5, 0, tzinfo=UTC)) | more)


def read(one: Letter) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(mail.compose(one, Address("みなも市", addr_spec="kurumaza@city.example")))


def test_a_letter_is_a_mail_that_says_it_was_written_by_a_machine(office, wire):
    wire.send(letter())
    got = office.taken[0]

    assert str(got["From"]) == "みなも市 <kurumaza@city.example>"
    assert (got["To"], got["Subject"], got["Message-ID"]) == ("jiro@example.jp", "開催のご案内", "<1@city.example>")
    assert got["Date"] == "Wed, 08 Jul 2026 14:00:00 +0900"
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "ja")
    assert got.get_content_type() == "text/plain" and got.get_content().strip() == "日時と場所"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "REPLY"])
def test_a_calendar_goes_as_what_it_says_it_is(method):
    words = CALENDAR.format(method)
    whole = read(letter(calendar=words.encode()))
    both, file = whole.iter_parts()
    text, calendar = both.iter_parts()

    assert (whole.get_content_type(), both.get_content_type()) == ("multipart/mixed", "multipart/alternative")
    assert text.get_content().strip() == "日時と場所"
    assert (calendar.get_content_type(), calendar.get_param("method"), calendar.get_param("charset")) == ("text/calendar", method, "utf-8")
    assert calendar.get_content().splitlines() == words.splitlines()
    assert (file.get_content_type(), file.get_filename(), file.get_content()) == ("application/ics", "invite.ics", words.encode())


def test_a_server_that_drips_is_left(dripping):
    with pytest.raises(mail.Trouble) as trouble, mail.Wire(replace(at(dripping), smtp_timeout=0.1)):
        pass
    assert trouble.value.reason == Reason.AWAY


@pytest.fixture
def dripping():
    """The port of a server whose greeting never ends, a letter at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def drip():
            talk, _whence = listening.accept()
            with suppress(OSError), talk:
                for _letter in range(200):
                    talk.sendall(b"2")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        yield listening.getsockname()[1]


def test_one_talk_takes_many_letters(office, wire):
    for number in range(5):
        wire.send(letter(message_id=f"<{number}@city.example>"))
    assert len(office.taken) == 5
    assert office.talks == 1


@pytest.mark.parametrize("address", ["jiro@example.jp\r\nBcc: all@example.jp", "jiro@example.jp\nX: y", "jiro", "じろう@example.jp", "a b@example.jp",
                                     "a@b, c@d", "<jiro@example.jp>", "jiro@example.jp;x", "x" * 65 + "@example.jp", "", "@example.jp", "jiro@", "a@b@c"])
def test_what_is_no_address_is_never_sent(office, wire, address):
    with pytest.raises(mail.Unsent) as fault:
        wire.send(letter(address))
    assert (fault.value.reason, fault.value.lasting, office.taken) == (Reason.ADDRESS, True, [])


def test_an_address_as_old_telephones_have_it_is_taken(office, wire):
    wire.send(letter("minsei..taro.@docomo.example"))
    assert office.inbox == ["minsei..taro.@docomo.example"]


def test_a_second_line_in_the_subject_begins_no_header(office, wire):
    with pytest.raises(mail.Unsent) as fault:
        wire.send(letter(subject="案内\r\nBcc: all@example.jp"))
    assert (fault.value.reason, office.taken) == (Reason.UNFIT, [])


@pytest.mark.parametrize("answer, reason, lasting", [
    ("550 5.1.1 no such user", Reason.UNKNOWN, True), ("550 no such user", Reason.UNKNOWN, True), ("551 moved", Reason.UNKNOWN, True),
    ("553 bad syntax", Reason.ADDRESS, True), ("552 5.2.2 mailbox full", Reason.FULL, True), ("452 4.2.2 mailbox full", Reason.FULL, False),
    ("554 5.7.1 relay access denied", Reason.REFUSED, True), ("550 5.7.1 rejected by policy", Reason.REFUSED, True),
    ("450 4.2.0 greylisted", Reason.LATER, False), ("451 try later", Reason.LATER, False)])
def test_what_a_server_says_of_one_recipient(office, wire, answer, reason, lasting):
    office.answers["jiro@example.jp"] = [answer]
    with pytest.raises(mail.Unsent) as fault:
        wire.send(letter())
    wire.send(letter("saburo@example.jp"))  # the talk goes on

    assert (fault.value.reason, fault.value.lasting, fault.value.said) == (reason, lasting, answer)
    assert office.inbox == ["saburo@example.jp"]


def test_what_a_server_says_of_the_words(office, wire):
    office.at_data["jiro@example.jp"] = ["554 5.6.0 looks like spam", "451 the disk is full"]
    for lasting in (True, False):
        with pytest.raises(mail.Unsent) as fault:
            wire.send(letter())
        assert fault.value.lasting is lasting


@pytest.mark.parametrize("answer, reason", [("550 not from here", Reason.SENDER), ("530 sign in first", Reason.SIGN_IN), ("451 later", Reason.LATER)])
def test_a_sender_that_is_not_accepted_is_no_fault_of_the_letter(office, wire, answer, reason):
    office.sender = answer
    with pytest.raises(mail.Trouble) as trouble:
        wire.send(letter())
    assert (type(trouble.value), trouble.value.reason) == (mail.Trouble, reason)


def test_a_server_that_hangs_up_in_the_middle_of_a_letter(office, wire):
    office.at_data["jiro@example.jp"] = ["close"]
    with pytest.raises(mail.Trouble) as trouble:
        wire.send(letter())
    assert (type(trouble.value), trouble.value.reason) == (mail.Trouble, Reason.BROKEN)


def test_a_server_that_hangs_up_between_two_letters_is_called_again(office, wire):
    wire.send(letter())
    wire.server.sock.shutdown(socket.SHUT_RDWR)
    wire.send(letter("saburo@example.jp"))
    assert (len(office.taken), office.talks) == (2, 2)


def test_a_server_that_never_answers_and_one_that_is_not_there():
    with silent_office() as (port, _calls), pytest.raises(mail.Trouble) as silent:
        mail.Wire(at(port)).__enter__()
    with pytest.raises(mail.Trouble) as away:
        mail.Wire(at(free_port())).__enter__()
    assert (silent.value.reason, away.value.reason) == (Reason.SILENT, Reason.AWAY)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tmp_path, monkeypatch, tls):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(certificate, key)
    with open_office(**{"tls_context" if tls == "starttls" else "ssl_context": ours}) as (handler, port):
        with pytest.raises(mail.Trouble) as trouble:
            mail.Wire(at(port, smtp_tls=tls)).__enter__()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with mail.Wire(at(port, smtp_tls=tls)) as wire:
            wire.send(letter())
    assert trouble.value.reason is Reason.CERTIFICATE
    assert handler.inbox == ["jiro@example.jp"]


@pytest.mark.parametrize("name, value, says", [
    ("KURUMAZA_SMTP_PORT", "smtp", "KURUMAZA_SMTP_PORT は数字"), ("KURUMAZA_SMTP_TLS", "ssl3", "starttls か implicit"),
    ("KURUMAZA_MAIL_FROM", "みなも市 <a@city.example>", "メールアドレスだけ"), ("KURUMAZA_MAIL_FROM", "kurumaza", "メールアドレスだけ")])
def test_a_setting_that_cannot_be_read_is_told_in_a_sentence(tmp_path, name, value, says):
    with pytest.raises(Unreadable, match=says):
        Settings.from_environment({"KURUMAZA_HOME": str(tmp_path), name: value})


def test_implicit_tls_has_its_own_port(tmp_path):
    read = Settings.from_environment({"KURUMAZA_HOME": str(tmp_path), "KURUMAZA_SMTP_TLS": "implicit"})
    assert (read.smtp_port, read.smtp_tls) == (465, "implicit")
