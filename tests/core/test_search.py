"""Search: in the same transaction as the record, on both databases, and never more than a person may see."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, Domain, Member
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import audit, clock, search
from core.database import session, unit
from meetings.models import Meeting


def hits(kind, text):
    return sorted(session.scalars(search.ids(kind, text)))


@pytest.fixture
def inside(world):
    with world.app.app_context(), unit():
        yield world


def test_two_letters_are_enough(inside):
    assert hits("case", "介護") == [inside.case]  # in a need
    assert hits("case", "息子") == [inside.case]  # in their own words
    assert hits("case", "長男") == [inside.case]  # in the household
    assert hits("case", "母") == [inside.case]
    assert hits("case", "介助") == []


def test_what_is_saved_is_found_and_what_is_not_saved_is_not(world):
    with world.app.app_context():
        with unit():
            session.get(Case, world.case).summary = "家賃の滞納"
        with unit():
            assert hits("case", "滞納") == [world.case]
        with pytest.raises(RuntimeError), unit():
            session.get(Case, world.case).summary = "屋根の雨漏り"
            session.flush()
            raise RuntimeError
        with unit():
            assert hits("case", "雨漏") == []
            assert hits("case", "滞納") == [world.case]
            session.get(Case, world.case).summary = ""
        with unit():
            assert hits("case", "滞納") == []


def test_a_part_that_comes_changes_or_goes_is_the_case_s_text(world):
    with world.app.app_context():
        with unit():
            session.add(Need(case_id=world.case, position=9, domain_code="ELD", text="通院の付添い"))
            session.get(HouseholdPerson, world.son).note = "昼夜が逆転"
        with unit():
            assert hits("case", "付添") == hits("case", "逆転") == [world.case]
            session.delete(session.scalar(sa.select(Need).where(Need.position == 9)))
        with unit():
            assert hits("case", "付添") == []


def test_a_record_that_is_gone_is_not_found(world):
    with world.app.app_context():
        with unit():
            session.delete(session.get(Case, world.hidden_case))
        with unit():
            assert hits("case", "Zさん") == []
            assert session.scalar(sa.text("SELECT count(*) FROM search_index")) == session.scalar(
                sa.select(sa.func.count()).select_from(search.texts))


def test_pairs_alone_do_not_make_a_word(world):
    with world.app.app_context():
        with unit():
            session.get(Case, world.case).summary = "介護の話と負担、護負"
        with unit():
            assert hits("case", "介護負担") == []
            assert hits("case", "%") == hits("case", '" OR "') == []
            assert hits("case", "介護' --") == [world.case]  # the signs are no part of the word


def test_the_number_asked_for_stands_first(world):
    with world.app.app_context():
        with unit():
            other = Case.open(session.get(User, world.hanako), "別の世帯", HouseholdType.OTHER, clock.today())
            session.flush()
            number, asked = session.get(Case, world.case).number, other.id
            other.summary = f"{number} から分かれた"
        with unit():
            order = search.first("case", Case.id, number.lower()), Case.serial.desc()
            assert list(session.scalars(sa.select(Case.id).where(Case.id.in_(search.ids("case", number))).order_by(*order))) == [
                world.case, asked]


def test_an_agency_is_found_by_its_people_and_its_domains(world):
    with world.app.app_context():
        with unit():
            jiro = world.member(world.jiro)
            jiro.kana, jiro.agency.domains = "サトウ ジロウ", [session.get(Domain, "ELD")]
            home = jiro.agency_id
        with unit():
            assert hits("agency", "さとうじろう") == hits("agency", "保健 佐藤") == hits("agency", "高齢") == [home]
            session.get(Domain, "ELD").ja = "長寿・いきがい"
        with unit():
            assert hits("agency", "いきがい") == [home]
            other = session.scalar(sa.select(Agency.id).where(Agency.name == "税務課"))
            session.scalar(sa.select(Member).where(Member.user_id == world.jiro)).agency = session.get(Agency, other)
        with unit():
            assert hits("agency", "佐藤") == [other]


def test_what_a_meeting_is_about_is_apart_from_what_the_invited_know(inside):
    assert hits("meeting", "302") == hits("meeting", session.get(Meeting, inside.meeting).reference) == [inside.meeting]
    assert hits("meeting", "見通し") == hits("meeting", "訪問") == []
    assert hits("hearing", "見通し") == hits("hearing", "訪問") == [inside.hearing]


def test_the_index_built_anew_is_the_index_as_it_grew(world):
    with world.app.app_context():
        with unit():
            before = kept()
            assert len(before) > 8
            session.execute(sa.delete(search.texts))
            session.execute(sa.text("DELETE FROM search_index"))
        with unit():
            search.catch_up()
        with unit():
            assert kept() == before
            assert hits("case", "介護") == [world.case]
            search.catch_up()  # nothing to do
            assert kept() == before


def kept():
    return sorted(session.execute(sa.select(search.texts.c.kind, search.texts.c.record_id, search.texts.c.key, search.texts.c.text)))


def test_what_was_asked_is_found_again_by_who_asked_only(inside):
    hanako, jiro = session.get(User, inside.hanako), session.get(User, inside.jiro)
    code = search.ask("case", "雨漏り", by=hanako)

    assert search.asked("case", code, by=hanako) == "雨漏り"
    assert search.asked("case", code, by=jiro) is None
    assert search.asked("meeting", code, by=hanako) is None
    assert search.asked("case", "\x00", by=hanako) is search.asked("case", "x" * 99, by=hanako) is search.asked("case", None, by=hanako) is None
    assert search.ask("case", " 　", by=hanako) is None
    session.commit()
    assert "雨漏り" not in repr(session.execute(sa.select(audit.AuditRow.__table__)).all())
    search.forget(hanako)
    assert search.asked("case", code, by=hanako) is None


def test_what_was_asked_is_kept_for_half_a_day(inside):
    hanako = session.get(User, inside.hanako)
    code = search.ask("case", "雨漏り", by=hanako)
    session.execute(sa.update(search.questions).values(at=search.utcnow() - search.KEPT))

    assert search.asked("case", code, by=hanako) is None
    search.ask("case", "別", by=hanako)
    assert session.scalar(sa.select(sa.func.count()).select_from(search.questions)) == 1
