"""What one may think of in resource time: what lies near, whether the community is in it, where an idea can be taken."""

from __future__ import annotations

from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency, AgencyKind, agency_domain
from core.database import session
from resources.models import IdeaState, ResourceIdea
from resources.prompts import Thought, all_public

MANY = 40


def nearest(hearing) -> list[str]:
    """Names to begin with: agencies in the fields of the case's needs and informal ones, then what earlier meetings the
    person may see have made real or are trying."""
    codes = [need.domain_code for need in hearing.case.needs] if hearing.case else []
    near = Agency.id.in_(sa.select(agency_domain.c.agency_id).where(agency_domain.c.domain_code.in_(codes)))
    names = sa.select(Agency.name).where(Agency.active.is_(True), sa.or_(Agency.kind == AgencyKind.INFORMAL, near))
    tried = (current_user.all("idea").where(ResourceIdea.state.in_([IdeaState.TRIAL, IdeaState.REAL]), ResourceIdea.hearing_id != hearing.id)
             .with_only_columns(ResourceIdea.wished).order_by(ResourceIdea.id.desc()))
    found = [*session.scalars(names.order_by(Agency.kind != AgencyKind.INFORMAL, Agency.name).limit(MANY)), *session.scalars(tried.limit(MANY))]
    return list(dict.fromkeys(found))


def community_missing(ideas) -> bool:
    """Whether all ideas on the table are services, so that the people and places around are worth a question."""
    return all_public(Thought(" ".join([each.wished, each.nearest, each.first_step]), bool(each.owner and each.owner.kind == AgencyKind.INFORMAL))
                      for each in ideas)
