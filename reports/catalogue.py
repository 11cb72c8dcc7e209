"""All figures: importing this page puts them into the list. A room that keeps figures of its own adds its page here."""

from __future__ import annotations

from importlib import import_module

PAGES = (
    "reports.facts_consultations",
    "reports.facts_consents",
    "reports.facts_meetings",
    "reports.facts_plans",
    "reports.facts_course",
    "reports.facts_roles",
    "reports.facts_resources",
    "reports.facts_councils",
    "reports.facts_rules",
    "reports.facts_office",
)


def open_all() -> None:
    """Read every page of figures, once."""
    for page in PAGES:
        import_module(page)


open_all()
