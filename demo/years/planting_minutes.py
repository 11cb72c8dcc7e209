"""Puts the final minutes of the last years into the database: frozen, sealed, filed, a few of them reopened."""

from __future__ import annotations

from core import audit, clock, search
from demo.people import Town
from demo.years.paper import Scribe
from demo.years.planting import add, put
from demo.years.sittings import Sitting
from meetings.record import MinutesPart, MinutesVersion
from records.models import Filing


def minutes(held: list[Sitting], town: Town) -> None:
    """Every final version; the clerk has filed what is old enough."""
    by, clerk, scribe = town.facilitator.id, next(each for each in town.users.values() if each.clerk).id, Scribe(held, town)
    rows = [(each, number, version) for each in held for number, version in enumerate(each.versions, 1)]
    papers = [scribe.write(each, number).sealed() for each, number, _version in rows]
    ids = put(MinutesVersion, [dict(
        meeting_id=each.id, number=number, content=paper.to_json(), hash=paper.content_hash, finalised_at=version.at, finalised_by_id=by,
        reopened_at=version.reopened, reopened_by_id=by if version.reopened else None, reason=version.reason, filed_at=version.filed,
        filed_by_id=clerk if version.filed else None) for (each, number, version), paper in zip(rows, papers, strict=True)])
    parts = put(MinutesPart, [dict(version_id=id, hearing_id=hearing, limited=limited) for (each, *_which), id in zip(rows, ids, strict=True)
                              for hearing, limited in [(None, False)] + [(table.id, on) for table in each.tables for on in (False, True)]])
    add(Filing, [dict(version_id=id, binder=f"{clock.fiscal_year_name(clock.fiscal_year(each.day))} {each.kind.law_name}綴", number="", at=version.filed,
                      by_id=clerk, undone_at=None, undone_by_id=None) for (each, _number, version), id in zip(rows, ids, strict=True) if version.filed])
    for id in ids:
        audit.note("created", f"minutes_version/{id}")
    search.stale(MinutesPart.__table__, parts)
