"""A real mail server on this machine, that answers as it is told and keeps what it takes."""

from __future__ import annotations

from contextlib import contextmanager
from email import message_from_bytes, policy
import socket
import threading

from aiosmtpd.controller import Controller


class PostOffice:
    """`answers["a@example.jp"] = ["451 busy"]`: what it says to this recipient, one a try, before it takes the letter;
    `at_data` likewise once it has the letter. `taken` are the mails it took, `talks` counts the connections."""

    def __init__(self):
        self.answers, self.at_data, self.taken, self.talks, self.sender = {}, {}, [], 0, ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.talks += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender:
            return self.sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answers = self.at_data.get(envelope.rcpt_tos[0])
        answer = answers.pop(0) if answers else "250 OK"
        if answer == "close":
            server.transport.abort()
        elif answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer

    @property
    def inbox(self) -> list[str]:
        """Who got mail, once for each Message-ID: as a reader sees it."""
        return [str(each["To"]) for each in {str(each["Message-ID"]): each for each in self.taken}.values()]


@contextmanager
def open_office(**more):
    """(what it took and says, its port)."""
    handler, port = PostOffice(), free_port()
    office = Controller(handler, hostname="127.0.0.1", port=port, **more)
    office.start()
    try:
        yield handler, port
    finally:
        office.stop()


@contextmanager
def silent_office():
    """The port of a server that takes every call and never says a word; and the calls it got."""
    calls, listening = [], socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                calls.append(listening.accept()[0])
            except OSError:
                return

    threading.Thread(target=answer, daemon=True).start()
    try:
        yield listening.getsockname()[1], calls
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for each in calls:
            each.close()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
