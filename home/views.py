"""The first door: what waits today."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user
import sqlalchemy as sa

from core import migrate
from core.access import public, signed_in
from core.database import session
from home import referrals, today

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in()
def show():
    me = current_user
    running, rules = me.coordinator, today.seats_to_acknowledge(me)
    finalise = today.meetings_to_finalise(me) if running else []
    return render_template(
        "home/show.html", referrals=referrals.waiting(me), now_on=today.meetings_now(me), coming=today.meetings_coming(me), replies=today.seats_to_answer(me),
        sheets=[] if running else today.sheets_to_write(me), inquiries=[] if running else today.inquiries_to_answer(me), rules=rules, unread={each.hearing.meeting_id for each in rules}, run=today.meetings_run(me), actions=today.actions_to_confirm(me), waiting_for=today.waiting_for, overdue=today.roles_overdue(me),
        invite=today.meetings_to_invite(me) if running else [], finalise=finalise, unasked=today.meetings_unasked(me, finalise),
        wishes=today.changes_to_answer(me) if running else [],
        wished=today.wishes_overdue(me), map_to_keep=today.map_to_keep(me) if running else (0, 0), dates=today.dates_to_answer(me), decide=today.dates_to_decide(me) if running else [],
        monitor=today.plans_to_monitor(me) if running else [], checks=today.checks_due(me) if running else [],
        consent=today.hearings_without_consent(me) if running else [],
        expiring=today.consents_expiring(me) if running else [], file=today.minutes_to_file(me) if me.clerk else [])


@bp.get("/health")
@public
def health():
    """For the machine's watchdog: the database answers and stands at the program's revision. Says nothing else."""
    revision = session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    sound = revision == migrate.newest()
    return {"status": "ok" if sound else "migrate"}, 200 if sound else 503
