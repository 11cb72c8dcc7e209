"""What every answer of the house must carry, and what it must not hold."""

from __future__ import annotations

import re

from core import web

EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def strict(answer, path=None):
    path = path or answer.request.path
    own = {"Referrer-Policy": "strict-origin"} if path.startswith("/l/") and "X-Robots-Tag" in answer.headers else {}
    for name, value in (EVERY_ANSWER | own).items():  # the address of a personal link is told to no page, not even our own
        assert answer.headers.get(name) == value, (path, name)
    assert answer.headers["Content-Security-Policy"] == web.POLICY, path


def private(answer):
    """Whether no shared or lasting copy of the answer may be kept."""
    control = answer.headers.get("Cache-Control", "")
    return "no-store" in control or control == "private, no-cache"


def without_inline_code(page, where):
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), where
    assert not re.search(r"<style\b", page), where
    assert not re.search(r"<[^>]*\sstyle=", page), where
    assert not re.search(r"<[a-z][^>]*\son[a-z]+=", page), where
    assert not re.search(r"(href|src|action)=[\"']?\s*(javascript|data):", page), where
    for address in re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"([^\"]+)\"", page):
        assert address.startswith(("/static/", "/paper.css", "/paper.logo")), (where, address)
