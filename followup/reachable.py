"""Whether anything somebody is told arrives."""

from __future__ import annotations

from flask import current_app

from actions.holding import gone


def reachable(member) -> bool:
    """Whether a person hears what they are told: in the app with an account, without one by mail, if it is on."""
    by_mail = bool(member.email) and bool(current_app.config["KURUMAZA"].smtp_host)
    return not gone(member) and (member.user_id is not None or by_mail)
