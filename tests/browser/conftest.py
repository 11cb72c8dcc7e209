"""A real browser against the real server: people who type, press and read, each in a browser of their own.

Needs Chromium (or Chrome, or Edge) on this machine; without one these tests are skipped and say so.
"""

from __future__ import annotations

import os
from pathlib import Path
import re
import shutil
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from core.languages import catalogue
from tests.world import PASSWORD

HOUSE = Path(__file__).resolve().parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge", "chrome")
DESK, PHONE, SCREEN = (1366, 768), (390, 844), (1920, 1080)
GIVE_UP = 30_000  # milliseconds; how soon a thing is seen is measured in benchmarks/room.py, here only that it is


def ja(message: str, **values) -> str:
    """The words on the Japanese screen for an English message of the templates."""
    text = catalogue("ja").gettext(message)
    return text % values if values else text


@pytest.fixture(scope="module")
def chromium():
    """The browser itself, started once for each file of tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium, Chrome or Edge was found on this machine: install one and run the tests again")
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as theatre:
        browser = theatre.chromium.launch(executable_path=program, args=[
            *as_root, "--disable-gpu", "--disable-background-networking", "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture
def people(chromium):
    """Makes people: `people(server, "jiro")` is signed in, `people(server)` stands before the door."""
    here = []

    def come(server, login=None, size=DESK, **more):
        person = Person(chromium, server, size, **more)
        here.append(person)
        if login:
            person.sign_in(login)
        return person

    yield come
    for person in here:
        person.context.close()
    for person in here:
        assert not person.complaints, person.complaints


@pytest.fixture
def server(world, settings):
    """The server as an office starts it, in a process of its own, on the database of the small world."""
    running = Server(settings.home / "served", settings.database_url, settings.secret_key)
    running.start()
    yield running
    running.stop()


class Server:
    """`cli.py serve` on a port that stays its own, to be stopped hard and started again."""

    def __init__(self, home: Path, database_url: str = "", secret_key: str = "", *more: str):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.home = home
        self.more = more
        home.mkdir(parents=True, exist_ok=True)
        ours = {name: value for name, value in os.environ.items() if not name.startswith("KURUMAZA_")}
        given = {"KURUMAZA_DATABASE_URL": database_url, "KURUMAZA_SECRET_KEY": secret_key}
        self.environment = ours | {name: value for name, value in given.items() if value} | {
            "KURUMAZA_HOME": str(home), "PYTHONUTF8": "1"}
        self.process = None

    def start(self) -> None:
        """Serve, and answer before going on."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen([sys.executable, HOUSE / "cli.py", "serve", "--port", str(self.port), *self.more],
                                            cwd=HOUSE, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + 600  # the sample takes its time on a busy machine
        while time.monotonic() < until and self.process.poll() is None:
            try:
                return urlopen(f"{self.url}/health", timeout=5).close()
            except (URLError, OSError):
                time.sleep(0.1)
        pytest.fail(f"the server did not start: {(self.home / 'server.log').read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        """Gone at once, as when the power fails."""
        self.process.kill()
        self.process.wait()


class Person:
    """Somebody at a browser of their own; `page` is the tab they look at."""

    def __init__(self, chromium, server, size, language="ja", **more):
        width, height = size
        self.server = server
        self.context = chromium.new_context(base_url=server.url, viewport={"width": width, "height": height}, locale="ja-JP",
                                            timezone_id="Asia/Tokyo", has_touch=width < 500, is_mobile=width < 500,
                                            accept_downloads=True, **more)
        self.context.set_default_timeout(GIVE_UP)
        if language != "ja":
            self.context.add_cookies([{"name": "language", "value": language, "url": server.url}])
        self.complaints = []  # what the browser itself objects to: broken scripts, forbidden styles
        self.context.on("console", lambda message: self._hear(message.type, message.text))
        self.context.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        self.page = self.context.new_page()

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text:  # a refusal is an answer, not a fault
            self.complaints.append(text)

    # -- moving about ------------------------------------------------------------------------------------------------

    def go(self, path: str):
        """Type an address."""
        self.page.goto(path)
        return self

    def sign_in(self, login: str, password: str = PASSWORD):
        """Through the door, by name and password."""
        self.page.goto("/sign-in")
        if "sign-in" in self.page.url:
            self.page.fill("#login", login)
            self.page.fill("#password", password)
            self.page.locator(".gate-form form button").first.click()
            self.page.wait_for_url(lambda url: "sign-in" not in url)
        return self

    def come_in(self, world, login: str):
        """Signed in already, without the door: for tests that begin in the room."""
        key = world.browser(login).client.get_cookie("kurumaza").value
        self.context.add_cookies([{"name": "kurumaza", "value": key, "url": self.server.url, "httpOnly": True}])
        return self

    def press_sign_out(self):
        """Leave by the menu under one's name."""
        self.page.locator(".me summary").click()
        self.press("Sign out")
        self.page.wait_for_url(re.compile("/sign-in"))
        return self

    def press(self, message: str, within: str = "body", **values):
        """Press the button that says this."""
        self.page.locator(within).get_by_role("button", name=ja(message, **values), exact=True).first.click()
        return self

    def follow(self, message: str, within: str = "body", **values):
        """Follow the link that says this."""
        self.page.locator(within).get_by_role("link", name=ja(message, **values), exact=True).first.click()
        return self

    def field(self, message: str, within: str = "body", nth: int = 0):
        """The field under this label."""
        label = re.compile(rf"^\s*{re.escape(ja(message))}\s*({re.escape(ja('required'))})?\s*$")
        return self.page.locator(within).get_by_label(label).nth(nth)

    def write(self, message: str, text: str, within: str = "body", nth: int = 0):
        """Type into the field under this label."""
        self.field(message, within, nth).fill(text)
        return self

    def choose(self, message: str, option: str, within: str = "body", nth: int = 0):
        """Choose in the list under this label."""
        self.field(message, within, nth).select_option(label=option)
        return self

    def sees(self, text: str, within: str = "body", timeout: int = GIVE_UP) -> None:
        """Wait until this stands on the page."""
        self.page.locator(within).get_by_text(text).first.wait_for(timeout=timeout)

    # -- in the room -------------------------------------------------------------------------------------------------

    def enter(self, meeting: int, more: str = ""):
        """Into the room's record, ready to write; `more` chooses something else ("?view=console")."""
        self.page.goto(f"/meetings/{meeting}/room{more or '?view=record'}")
        return self.settle_in()

    def settle_in(self):
        """Wait until the room's script is ready."""
        self.page.wait_for_selector("html[data-ready=room]", state="attached")
        return self

    def mark(self, kind: str):
        """Choose the kind of the next line."""
        self.page.locator(f".capture label:has([name=kind][value={kind}])").click()
        return self

    def say(self, text: str, kind: str | None = "opinion", source: str = ""):
        """Write one line and press Enter."""
        if kind:
            self.mark(kind)
        if source:
            self.page.fill("#source", source)
        self.page.locator("#text").fill("")
        self.page.locator("#text").press_sequentially(text, delay=2)
        self.page.keyboard.press("Enter")
        return self

    @property
    def lines(self) -> list[str]:
        """The lines of the discussion on this screen, in order."""
        return self.page.eval_on_selector_all("#entries .entry-text", "all => all.map(each => each.value ?? each.innerText)")

    def reads(self, *expected: str, timeout: int = GIVE_UP) -> None:
        """Wait until the lines on this screen are these and no others."""
        until = time.monotonic() + timeout / 1000
        while self.lines != list(expected) and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert self.lines == list(expected)

    @property
    def link(self) -> str:
        """What the room says about its connection."""
        return self.page.locator("#link-state").inner_text()

    def hears(self, message: str, timeout: int = GIVE_UP) -> None:
        """Wait until the state of the connection is put in these words."""
        self.page.wait_for_function("text => document.getElementById('link-state').textContent.trim() === text", arg=ja(message),
                                    timeout=timeout)
