"""How long the pages take, side by side in one run: ours, and a bare Flask view that renders the same HTML from Jinja.

    python benchmarks/pages.py

Uses the sample data on a fresh SQLite. Prints median milliseconds, the ratio, and the bytes of a first visit.
"""

from __future__ import annotations

import gzip
from pathlib import Path
import re
from statistics import median
import sys
import tempfile
import time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask, render_template_string

import app as house
from core import clock, migrate
from core.database import unit
from core.settings import Settings
from demo import loader

ROUNDS = 40
PAGES = ["/", "/cases", "/cases/1", "/meetings", "/meetings/4", "/meetings/4/room", "/meetings/4/minutes", "/actions", "/agencies"]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        ours = house.create_app(Settings(home=Path(folder), database_url=f"sqlite:///{folder}/bench.sqlite3", secret_key="bench"))
        ours.config["RATELIMIT_ENABLED"] = False
        house.models()
        migrate.upgrade()
        with ours.app_context(), unit():
            loader.load(clock.today())
        client = _signed_in(ours)
        print(f"{'page':22} {'ours ms':>8} {'bare ms':>8} {'ratio':>6} {'KB':>6}")
        for path in PAGES:
            html = client.get(path).text
            bare = _bare(html)
            mine, theirs = _timed(client, path), _timed(bare, "/")
            print(f"{path:22} {mine:8.1f} {theirs:8.1f} {mine / theirs:6.1f} {len(html.encode()) / 1000:6.1f}")
        print(f"first visit, compressed: {_first_visit(ours.test_client()) / 1000:.1f} KB")


def _timed(client, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append((time.perf_counter() - begin) * 1000)
    return median(times)


def _bare(html: str):
    bare = Flask("bare")
    # the same text from a template with a loop over its lines, so that Jinja has work to do
    template = "{% for line in lines %}{{ line|safe }}\n{% endfor %}"
    bare.add_url_rule("/", view_func=lambda: render_template_string(template, lines=html.split("\n")))
    return bare.test_client()


def _signed_in(ours):
    client = ours.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
    client.post("/sign-in", data=dict(login="facilitator", password="kurumaza-facilitator", csrf_token=token))
    return client


def _first_visit(client) -> int:
    page = client.get("/sign-in").text
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    return sum(len(gzip.compress(client.get(each).data)) for each in linked) + len(gzip.compress(page.encode()))


if __name__ == "__main__":
    main()
