"""Agencies, people and domains that come, are found, and go."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind, Domain, Member
from core import clock
from core.database import session, unit
from meetings.rights import seated


@pytest.fixture
def inside(world):
    with world.app.app_context(), unit():
        yield world


def sees(world):
    """Whether 次郎's sign-in still opens the meeting he sits at."""
    return bool(session.scalars(seated(session.get(User, world.jiro))).all())


@pytest.mark.parametrize("days, there", [(None, True), (1, True), (0, False), (-1, False)])
def test_from_the_day_somebody_leaves_their_sign_in_opens_nothing(inside, days, there):
    member = inside.member(inside.jiro)
    member.left_on = clock.today() + timedelta(days=days) if days is not None else None
    session.flush()

    assert member.active is there
    assert sees(inside) is there
    assert (member in Member.listed()) is there
    assert (session.scalar(sa.select(Member.id).where(Member.id == member.id, Member.active.is_(True))) is not None) is there


def test_an_agency_out_of_use_takes_its_people_along_and_brings_none_back(inside):
    agency = inside.member(inside.jiro).agency
    agency.leave(clock.today())
    session.flush()
    gone = agency in Agency.listed(), inside.member(inside.jiro) in Member.listed(), sees(inside)
    agency.come_back()
    session.flush()

    assert gone == (False, False, False)
    assert agency in Agency.listed()
    assert not sees(inside)


def test_who_is_put_back_is_on_the_roster_and_nobody_is_for_an_agency_that_is_gone(world):
    hanako = world.browser("hanako")
    with world.app.app_context(), unit():
        member = world.member(world.jiro)
        where, agency = f"/members/{member.id}", member.agency_id
    fields = dict(name="佐藤 次郎", user_id=str(world.jiro))
    hanako.get("/agencies")
    hanako.post(f"/agencies/{agency}/leaving")
    refused = hanako.post(where, fields | dict(left_on=""))
    hanako.post(f"/agencies/{agency}/return")
    taken = hanako.post(where, fields | dict(left_on=""))

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert "利用を停止した機関です" in refused.text
    with world.app.app_context(), unit(read_only=True):
        assert world.member(world.jiro).active


def test_the_page_of_an_agency_tells_how_to_reach_it(world):
    hanako = world.browser("hanako")
    hanako.get("/agencies/new")
    where = hanako.post("/agencies", name="県みなも保健所", kind="public", domains="HLT", prefectural="y", head="みなも保健所長", postal="１２３４５６７",
                        address="本町1", phone="0123", fax="0124", remarks="窓口は2階").location
    page = hanako.get(where).text

    assert all(each in page for each in ("みなも保健所長", "〒123-4567", "本町1", "0123", "0124", "窓口は2階", "保健医療"))


# -- finding -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("asked, names", [
    (dict(text="保健"), ["保健センター"]), (dict(text="佐藤次郎"), ["保健センター"]), (dict(text="サトウ"), []), (dict(domain="EDU"), ["税務課"]),
    (dict(kind="informal"), []), (dict(text="主査", kind="public"), ["重層担当課", "ひきこもり支援センター", "保健センター", "別の担当課", "税務課"]), (dict(gone=True), []),
    (dict(text="%"), None), (dict(kind="nonsense"), None), (dict(domain="nonsense"), []),
])
def test_agencies_are_found_by_name_person_post_domain_and_kind(world, asked, names):
    with world.app.app_context(), unit():
        world.member(world.stranger).agency.domains = [session.get(Domain, "EDU")]
    with world.app.app_context(), unit(read_only=True):
        found = [each.name for each in session.scalars(Agency.found(**asked))]

    assert names is None or sorted(found) == sorted(names)


def test_a_long_roster_is_shown_page_by_page_with_its_filter(world):
    with world.app.app_context(), unit():
        for count in range(65):
            agency = Agency(name=f"事業所{count:03}", kind=AgencyKind.CONTRACTED)
            agency.members = [Member(name=f"人{count}の{each}") for each in range(8)]
            session.add(agency)
    hanako = world.browser("hanako")
    first, last = hanako.get("/agencies?kind=contracted"), hanako.get("/agencies?kind=contracted&page=3")

    assert "65機関" in first.text
    assert "ほか3人" in first.text
    assert "page=2&amp;kind=contracted" in first.text
    assert ("事業所000" in first.text, "事業所064" in first.text, "事業所064" in last.text) == (True, False, True)
    assert "人9の7" in hanako.get("/agencies?q=人9の7").text  # who was searched for stands in front of the others


# -- domains -------------------------------------------------------------------------------------------------------------

def test_domains_are_reworded_moved_added_and_put_out_of_use(world):
    hanako = world.browser("hanako")
    hanako.get("/domains")
    hanako.post("/domains", ja="災害", en="Disasters")
    hanako.post("/domains/DIS", ja="障がい", en="Disability")
    hanako.post("/domains/DIS/place", step="up")
    hanako.post("/domains/EDU", ja="教育", en="Education", out="y")

    with world.app.app_context(), unit(read_only=True):
        listed = Domain.listed()
        assert [each.ja for each in listed[:2]] == ["障がい", "高齢・介護"]
        assert listed[-1].ja == "災害"
        assert "EDU" not in [each.code for each in listed]
        assert len(listed) == 18


def test_a_domain_out_of_use_stays_where_it_was_used(world):
    hanako = world.browser("hanako")
    hanako.get("/domains")
    with world.app.app_context(), unit():
        world.member(world.jiro).agency.domains = [session.get(Domain, "ELD")]
        agency = world.member(world.jiro).agency_id
    hanako.post("/domains/ELD", ja="高齢・介護", en="Ageing", out="y")
    case, page = hanako.get(f"/cases/{world.case}/edit").text, hanako.get(f"/agencies/{agency}/edit").text

    assert 'value="ELD"' in case and 'value="ELD"' in page
    assert 'value="ELD"' not in hanako.get("/agencies/new").text
    saved = hanako.post(f"/agencies/{agency}", name="保健センター", kind="public", domains="ELD")
    assert saved.status_code == 303


def test_an_unknown_domain_is_missing(world):
    hanako = world.browser("hanako")
    hanako.get("/domains")
    assert hanako.get("/domains/NONE").status_code == 404
    assert hanako.get("/domains/" + "x" * 300).status_code == 404
    assert hanako.get("/domains/%00").status_code == 404
    assert hanako.post("/domains/ELD/place", step="sideways").status_code == 303
