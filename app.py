"""The factory: one page that puts the house together."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from flask import Flask

from core import access, audit, database, keyed, log, web
from core.settings import Settings
from identities import vault

DOORS = (
    "accounts.views",
    "hints.views",
    "stationery.views",
    "agencies.views",
    "agencies.views_domains",
    "agencies.views_export",
    "agencies.views_import",
    "agencies.views_members",
    "community.views",
    "community.views_import",
    "community.views_tables",
    "cases.views",
    "cases.views_household",
    "cases.views_stages",
    "ground_rules.views",
    "ground_rules.views_drafts",
    "identities.views",
    "identities.views_search",
    "referrals.views",
    "referrals.views_answers",
    "referrals.views_criteria",
    "plans.views",
    "meetings.views",
    "meetings.views_consents",
    "meetings.views_cases",
    "meetings.views_editions",
    "meetings.views_fixed",
    "meetings.views_templates",
    "meetings.views_rule_review",
    "meetings.views_seats",
    "meetings.views_minutes",
    "room.views",
    "room.views_cards",
    "room.views_deck",
    "room.views_entries",
    "room.views_limited",
    "room.views_map",
    "room.views_acts",
    "room.views_wall",
    "room.views_agenda",
    "room.views_closing",
    "room.views_rounds",
    "room.views_signals",
    "links.views",
    "actions.views",
    "actions.views_confirming",
    "actions.views_guest",
    "reflection.views",
    "reflection.views_guest",
    "circulation.views",
    "circulation.views_running",
    "actions.views_progress",
    "followup.views",
    "followup.views_figures",
    "followup.views_carried",
    "followup.views_handover",
    "followup.views_links",
    "followup.views_lists",
    "notices.views",
    "preparation.dates_views",
    "preparation.rooms_views",
    "preparation.series_views",
    "preparation.sheets_views",
    "preparation.inquiries_views",
    "preparation.letters_views",
    "councils.views",
    "councils.views_members",
    "councils.views_papers",
    "councils.views_sessions",
    "resources.views",
    "resources.views_leaving",
    "resources.views_mapping",
    "resources.views_register",
    "papers.views_case_book",
    "papers.views_copies",
    "papers.views_own_forms",
    "papers.views",
    "papers.views_pledges",
    "papers.views_rule_figures",
    "papers.views_withholding",
    "retention.views",
    "retention.views_classes",
    "records.views",
    "records.views_ledger",
    "records.views_year",
    "retention.views_disposal",
    "disclosure.views",
    "disclosure.views_deciding",
    "disclosure.views_finding",
    "disclosure.views_items",
    "disclosure.views_papers",
    "disclosure.views_seen",
    "disclosure.views_terms",
    "reports.views",
    "reports.views_export",
    "reports.views_fairness",
    "selfcheck.views",
    "home.views",
    "home.views_office",
    "home.views_outbox",
    "home.views_after",
    "home.views_feed",
    "home.views_timeline",
)
RIGHTS = (  # who may see what, one page a feature
    "agencies.rights",
    "community.rights",
    "identities.rights",
    "meetings.rights",
    "room.rights",
    "room.rights_cards",
    "notices.rights",
    "referrals.rights",
    "actions.rights",
    "followup.rights",
    "circulation.rights",
    "preparation.rights",
    "councils.rights",
    "reflection.rights",
    "resources.rights",
    "papers.case_book_rights",
    "papers.own_rights",
    "papers.rights",
    "records.rights",
    "retention.rights",
    "disclosure.rights",
    "home.rights",
)
FOUND = (  # what the search knows of each kind of record
    "actions.found",
    "agencies.found",
    "cases.found",
    "community.found",
    "meetings.found",
    "meetings.parts",
    "resources.found",
)
JOBS = (  # what comes round by itself (core/jobs.py)
    "meetings.mailbox",
    "notices.mailing",
    "notices.tidying",
    "followup.reminders",
    "followup.unanswered",
    "reflection.rounds",
)


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application on the database that `settings` name (default: the environment). Migrates nothing."""
    settings = settings or Settings.from_environment()
    models()
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=2_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        SESSION_COOKIE_NAME="kurumaza",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        # An answer on its way to the room must not bring the old cookie back over a sign-in in another tab.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the sign-in, a meeting is longer than an hour
        RATELIMIT_ENABLED=True,
    )
    settle(app, settings)
    furnish(app)
    return app


def settle(app: Flask, settings: Settings) -> None:
    """Let the application live from now on with the database, the keys and the folder that these settings name."""
    app.config.update(KURUMAZA=settings, SECRET_KEY=settings.secret_key, SESSION_COOKIE_SECURE=settings.secure_cookies)
    database.connect(settings.database_url)
    audit.use_key(settings.secret_key)
    keyed.use(settings.secret_key)
    vault.use(settings)


def furnish(app: Flask) -> None:
    """Doors, habits and words of the house, in the order in which a request meets them."""
    from accounts.signing_in import install as sign_in
    from core.pages import install as pages
    from room.news import queue

    sign_in(app)
    web.install(app)
    log.keep_quiet(app.logger)
    for name in (*RIGHTS, *FOUND, *JOBS):
        import_module(name)
    for name in DOORS:
        app.register_blueprint(import_module(name).bp)
    pages(app)
    access.guard(app)
    app.wsgi_app = queue(app.wsgi_app)


def models():
    """Import every model, so that the metadata is whole (for migrations and tests); give the Base."""
    import accounts.models
    import actions.asking
    import actions.handovers
    import actions.models
    import actions.progress
    import actions.requests
    import agencies.absences
    import agencies.imports
    import agencies.models
    import cases.household
    import cases.models
    import cases.stages
    import circulation.models
    import community.imports
    import community.models
    import core.forms
    import core.jobs
    import core.letters
    import core.live
    import core.office
    import core.standing
    import councils.models
    import councils.sessions
    import disclosure.models
    import disclosure.terms
    import followup.reminded
    import followup.settlements
    import ground_rules.drafts
    import ground_rules.models
    import ground_rules.proxies
    import home.feed
    import identities.models
    import links.models
    import links.sittings
    import meetings.acts
    import meetings.capture
    import meetings.core
    import meetings.held
    import meetings.models
    import meetings.pledges
    import meetings.record
    import meetings.replies
    import meetings.rule_reviews
    import meetings.table
    import meetings.templates
    import notices.models
    import notices.settings
    import papers.case_book
    import papers.copies
    import papers.own_forms
    import papers.withholding
    import plans.evaluation
    import plans.models
    import preparation.dates
    import preparation.inquiries
    import preparation.letters
    import preparation.rooms
    import preparation.series
    import preparation.series_entries
    import preparation.sheets
    import preparation.sheets_roles
    import records.models
    import referrals.criteria
    import referrals.models
    import reflection.models
    import resources.models
    import resources.register
    import retention.disposal
    import retention.models
    import room.cards
    import room.cards_used
    import room.rounds
    import room.signals
    import room.words
    import selfcheck.models
    import stationery.models

    for name in FOUND:
        import_module(name)
    return database.Base
