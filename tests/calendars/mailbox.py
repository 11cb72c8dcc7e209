"""A mailbox on loopback that speaks as much IMAP as is asked of it here."""

from __future__ import annotations

import re
import socketserver
import threading


class Server(socketserver.ThreadingTCPServer):
    """`mails` as they came; `seen` are the numbers of those marked as read. `deaf`: marking fails."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, mails):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails, self.seen, self.deaf = dict(enumerate(mails, 1)), set(), False

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs=dict(poll_interval=0.01), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()

    @property
    def settings(self) -> dict:
        return dict(imap_host="127.0.0.1", imap_port=self.server_address[1], imap_tls=False, imap_user="office", imap_password="secret")


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _space, said = line.strip().partition(b" ")
            self._answer(said)
            fails = b"STORE" in said and self.server.deaf
            self.wfile.write(tag + (b" NO later\r\n" if fails else b" OK done\r\n"))
            if said == b"LOGOUT":
                return

    def _answer(self, said: bytes):
        if said == b"CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif said.startswith(b"SELECT"):
            self.wfile.write(b"* %d EXISTS\r\n" % len(self.server.mails))
        elif said == b"UID SEARCH UNSEEN":
            self.wfile.write(b"* SEARCH " + b" ".join(str(each).encode() for each in self.server.mails if each not in self.server.seen) + b"\r\n")
        elif found := re.match(rb"UID FETCH (\d+) \(BODY.PEEK\[\]<0\.(\d+)>\)", said):
            mail = self.server.mails[int(found[1])][:int(found[2])]
            self.wfile.write(b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n%s)\r\n" % (found[1], len(mail), mail))
        elif (found := re.match(rb"UID STORE (\d+) \+FLAGS.SILENT \(\\Seen\)", said)) and not self.server.deaf:
            self.server.seen.add(int(found[1]))
