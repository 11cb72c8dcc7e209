"""Every figure of the sample's two years, month by month and part by part, against a count of its own (count.py)."""

from __future__ import annotations

from importlib import import_module
import json

import pytest

import app
from core import clock, database, migrate
from demo import loader
from tests.reports.count import FACTS, PARTS, STOCKS, Rows, numbers, parts
from tests.test_demo import TUESDAY, _connect

DATABASES = ["sqlite"]
YEAR = clock.fiscal_year(TUESDAY)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The sample with its years as of an ordinary Tuesday, and all its rows."""
    _connect(f"sqlite:///{tmp_path_factory.mktemp('twice')}/city.sqlite3")
    for each in app.RIGHTS:
        import_module(each)
    migrate.upgrade()
    with database.unit():
        loader.load(TUESDAY)
    yield lambda: Rows(TUESDAY)


@pytest.fixture(autouse=True)
def tuesday(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: TUESDAY)


def test_every_figure_is_the_same_counted_twice(city):
    from reports import catalogue, counting  # noqa: F401  their questions need every model
    from reports.figure import listed

    found, told = {}, {}
    with database.unit(read_only=True):
        rows = city()
        for each in listed():
            line = counting.count(each, YEAR)
            told[each.key] = [list(line.months_before), line.before, list(line.months), line.total]
            found[each.key] = [part for year in (YEAR - 1, YEAR) for part in numbers(rows, each.key, year)]
    assert set(found) == set(FACTS) | STOCKS
    different = {key: dict(counted=found[key], told=told[key]) for key in told if not _same(found[key], told[key])}
    assert not different, json.dumps(different, ensure_ascii=False, indent=1)


def _same(one, other) -> bool:
    """Averages may fall to either side of a half."""
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other or None not in (one, other) and abs(one - other) <= 0.1 and isinstance(other, float)


def test_every_figure_by_parts_is_the_same_counted_twice(city):
    from reports import catalogue, counting  # noqa: F401
    from reports.figure import listed
    from reports.span import Span

    different = {}
    with database.unit(read_only=True):
        rows, asked = city(), set()
        for each in listed():
            for one in each.breakdowns:
                asked.add((each.key, one.key))
                for year in (YEAR - 2, YEAR - 1, YEAR):
                    told = {part: count for part, (count, _known) in counting.parts(one, Span.between(year, None, TUESDAY)).items()}
                    if (own := parts(rows, each.key, one.key, year)) != told:
                        different[f"{each.key} by {one.key} in {year}"] = dict(counted={str(key): value for key, value in own.items()},
                                                                              told={str(key): value for key, value in told.items()})
    assert asked == {*PARTS, ("proposals_standing", "state")}
    assert not different, json.dumps(different, ensure_ascii=False, indent=1)


def test_there_is_something_to_see_in_every_figure(city):
    silent = {"consents_withdrawn", "premeetings_held", "proposals_merged"}
    with database.unit(read_only=True):
        rows = city()
        assert not [key for key in {*FACTS, *STOCKS} - silent if not numbers(rows, key, YEAR)[1] and not numbers(rows, key, YEAR - 1)[1]]
