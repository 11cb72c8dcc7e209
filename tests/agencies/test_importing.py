"""From an office's file to the roster: looked at first, then all the rows that were chosen, or none."""

from __future__ import annotations

from datetime import timedelta
import io
import re

import pytest
import sqlalchemy as sa

from agencies.imports import RosterImport
from agencies.models import Agency, AgencyKind, Domain, Member
from core.database import session, unit, utcnow
from meetings.rights import seated
from tests.agencies import offices
from tests.test_audit import noted
from tests.wide import contents

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

HEAD = ["機関名", "職名", "氏名", "電話", "メール"]


@pytest.fixture
def hanako(world):
    return world.browser("hanako")


def send(browser, rows, **answers):
    """Send a table and say that its columns are right; gives the address of the preview."""
    browser.get("/agencies/import")
    sent = browser.post("/agencies/import", file=(io.BytesIO(rows if isinstance(rows, bytes) else offices.as_csv(rows)), "名簿.csv"))
    assert sent.status_code == 303, sent.text
    page = browser.get(sent.location).text
    columns = {f"column-{at}": (re.findall(r'value="(\w+)" selected', each) or [""])[0]
               for at, each in enumerate(re.findall(r'<select name="column-\d+".*?</select>', page, re.DOTALL))}
    sheet = re.search(r'<select[^>]*id="sheet".*?value="(\d+)"[^>]*selected|<option selected value="(\d+)"', page, re.DOTALL)
    row = re.search(r'id="row"[^>]*value="(\d+)"', page)[1]
    chosen = browser.post(sent.location, columns | dict(sheet=next(each for each in sheet.groups() if each), row=row, kind="public", guess="y") | answers)
    assert chosen.status_code == 303, chosen.text
    return chosen.location


def take(browser, where, *numbers):
    """Tick these rows of the preview (all that are offered, if none is named) and take them in."""
    page = browser.get(where).text
    offered = re.findall(r'name="take" value="(\d+)"', page)
    return browser.post(where, dict(take=list(map(str, numbers)) or offered, read=re.search(r'name="read" value="(\w+)"', page)[1]))


def roster(world):
    with world.app.app_context(), unit(read_only=True):
        return {agency.name: {member.name: member for member in agency.active_members} for agency in Agency.listed()}


# -- what happens --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("file", [lambda: offices.as_csv(offices.COMMITTEE), lambda: offices.as_csv(offices.COMMITTEE, "utf-8-sig"),
                                  lambda: offices.as_xlsx(offices.COMMITTEE, before=["表紙"])])
def test_a_committee_comes_onto_the_roster(world, hanako, file):
    done = take(hanako, send(hanako, file()))
    there = roster(world)

    assert done.status_code == 303
    assert list(there["みなも市医師会"]) == ["潮路 みちる"]
    assert list(there["みなも警察署"]) == []
    with world.app.app_context(), unit(read_only=True):
        agency = session.scalar(sa.select(Agency).where(Agency.name == "県みなも保健所"))
        assert (agency.kind, agency.prefectural, [each.code for each in agency.domains]) == (AgencyKind.PUBLIC, True, ["HLT"])
    assert "取り込みました(新しい機関7件、新しい構成員6人)" in hanako.get(done.location).text


def test_nothing_changes_before_it_is_confirmed(world, hanako):
    before = contents(world.app, without=("audit", "audit_head", "roster_import", "submission"))
    where = send(hanako, offices.CONTACTS)
    hanako.get(where)
    assert contents(world.app, without=("audit", "audit_head", "roster_import", "submission")) == before


def test_who_is_there_already_is_changed_where_the_table_says_more_and_not_made_twice(world, hanako):
    rows = [HEAD, ["保健センター", "", "佐藤　次郎", "0123-1", ""], ["保健センター", "保健師", "新しい人", "", ""], ["税務課", "主査", "席の ない人", "", ""]]
    where = send(hanako, rows)
    page = hanako.get(where).text
    take(hanako, where)
    there = roster(world)["保健センター"]

    assert (there["佐藤 次郎"].phone, there["佐藤 次郎"].job, there["佐藤 次郎"].email) == ("0123-1", "主査", "jiro@example.jp")
    assert there["佐藤 次郎"].user_id == world.jiro
    assert sorted(there) == ["佐藤 次郎", "新しい人"]
    assert "変わるところのない行 1行" in page


def test_only_the_ticked_rows_are_taken_in(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", ""], ["甲課", "", "二", "", ""], ["乙課", "", "三", "", ""]])
    take(hanako, where, 3)
    there = roster(world)

    assert list(there["甲課"]) == ["二"]
    assert "乙課" not in there


def test_a_row_with_a_fault_is_told_with_its_number_and_the_others_can_be_taken_in(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", "x@"], ["甲課", "", "二", "", ""], ["甲課", "", "二", "", ""]])
    page = hanako.get(where).text
    take(hanako, where)

    assert re.search(r'class="num"[^>]*>2</td>.*?メールアドレス: ', page, re.DOTALL)
    assert "3行目と同じ人です" in page
    assert re.findall(r'name="take" value="(\d+)"', page) == ["3"]
    assert list(roster(world)["甲課"]) == ["二"]


def test_if_one_row_breaks_none_is_taken_in(world, hanako, monkeypatch):
    where = send(hanako, offices.CONTACTS)
    before = contents(world.app, without=("audit", "audit_head"))
    monkeypatch.setattr("agencies.importing.Plan._write_person", lambda _plan, line, *_more: 1 / (line.row.number != 8))
    broken = take(hanako, where)

    assert broken.status_code == 500
    assert contents(world.app, without=("audit", "audit_head")) == before


def test_a_roster_that_changed_since_it_was_looked_at_is_looked_at_again(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", ""]])
    read = re.search(r'name="read" value="(\w+)"', hanako.get(where).text)[1]
    with world.app.app_context(), unit():
        session.add(Member(agency=Agency(name="甲課", kind=AgencyKind.PUBLIC), name="一"))
    answer = hanako.post(where, take="2", read=read)

    assert answer.status_code == 409
    assert "この間に名簿が変わりました" in answer.text
    assert len(roster(world)["甲課"]) == 1


@pytest.mark.parametrize("taken, told", [([], "行が選ばれていません"), (["99"], "表示された中から"), (["x"], "表示された中から"), (["2", "3"], "表示された中から")])
def test_rows_that_were_not_offered_cannot_be_taken_in(world, hanako, taken, told):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", ""], ["甲課", "", "一", "", ""]])
    read = re.search(r'name="read" value="(\w+)"', hanako.get(where).text)[1]
    answer = hanako.post(where, dict(take=taken, read=read))

    assert answer.status_code == 422
    assert told in answer.text
    assert "甲課" not in roster(world)


def test_the_second_half_of_a_double_click_shows_what_the_first_did(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", ""]])
    page = hanako.get(where).text
    fields = dict(take="2", read=re.search(r'name="read" value="(\w+)"', page)[1], once=re.search(r'name="once" value="(\w+)"', page)[1])
    answers = [hanako.post(where, fields) for _time in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert list(roster(world)["甲課"]) == ["一"]


# -- columns -------------------------------------------------------------------------------------------------------------

def test_columns_can_be_corrected_and_must_name_an_agency_and_each_thing_once(world, hanako):
    hanako.get("/agencies/import")
    where = hanako.post("/agencies/import", file=(io.BytesIO(offices.as_csv([["団体名", "電話", "氏名"], ["甲", "乙", "丙"]])), "a.csv")).location
    fields = {"sheet": "0", "row": "1", "kind": "public", "column-0": "agency", "column-1": "section", "column-2": "name"}

    assert "機関名の列を選んでください" in hanako.post(where, fields | {"column-0": ""}).text
    assert "2つの列が「氏名」" in hanako.post(where, fields | {"column-1": "name"}).text
    take(hanako, hanako.post(where, fields).location)
    assert roster(world)["甲"]["丙"].section == "乙"


def test_another_sheet_or_heading_is_read_anew(world, hanako):
    content = offices.as_xlsx([["前年度", "名簿"], ["所属", "氏名"], ["甲課", "一"]], before=["表紙"])
    hanako.get("/agencies/import")
    where = hanako.post("/agencies/import", file=(io.BytesIO(content), "a.xlsx")).location
    turned = hanako.post(where, {"sheet": "1", "row": "3", "kind": "public"})
    page = hanako.get(turned.location).text

    assert turned.location.startswith(where)
    assert "甲課" in re.search(r'<th scope="row">(.*?)</th>', page)[1]


def test_posts_stand_for_people_where_an_ordinance_names_nobody(world, hanako):
    take(hanako, send(hanako, offices.ORDINANCE, posts="y"))
    assert list(roster(world)["福祉部 高齢福祉課"]) == ["課長"]


# -- who may -------------------------------------------------------------------------------------------------------------

def test_a_table_on_its_way_is_seen_by_nobody_else_and_forgotten_in_time(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "一", "", ""]])
    hanako.get(where)
    others = [world.browser(login).get(where).status_code for login in ("other", "kanri", "jiro")]
    with world.app.app_context(), unit():
        session.scalars(sa.select(RosterImport)).one().expires_at = utcnow() - timedelta(minutes=1)

    assert others == [404, 404, 404]
    assert hanako.get(where).status_code == 404
    send(hanako, [HEAD, ["乙課", "", "二", "", ""]])  # the next import sweeps
    with world.app.app_context(), unit(read_only=True):
        assert len(session.scalars(sa.select(RosterImport)).all()) == 1


def test_a_table_is_deleted_when_it_is_given_up_and_when_it_is_done(world, hanako):
    given_up = send(hanako, [HEAD, ["甲課", "", "一", "", ""]])
    hanako.post(given_up.replace("/preview", "/removal"))
    take(hanako, send(hanako, [HEAD, ["乙課", "", "二", "", ""]]))

    with world.app.app_context(), unit(read_only=True):
        [left] = session.scalars(sa.select(RosterImport)).all()
        assert left.content is None
        assert left.report["members_new"] == 1
    assert "山田 花子" in world.browser("kanri").get("/agencies/import").text  # who, when and how many stay


def test_an_import_is_on_record_without_a_name_in_it(world, hanako):
    where = send(hanako, [HEAD, ["甲課", "", "隠れ 名", "", ""]])
    with noted(world) as rows:
        take(hanako, where)
    told = [each for each in rows if each.act == "imported"]

    assert told[0].detail.startswith("agencies_new=1, agencies_changed=0, members_new=1")
    assert {"created"} <= {each.act for each in rows if each.subject.startswith("member/")}
    assert "隠れ" not in repr([vars(each) for each in rows])


def test_who_has_left_comes_back_without_their_account(world, hanako):
    with world.app.app_context(), unit():
        world.member(world.jiro).active = False
    where = send(hanako, [HEAD, ["保健センター", "", "佐藤 次郎", "", ""]])
    page = hanako.get(where).text
    take(hanako, where)

    assert "以前の利用者登録は引き継ぎません" in page
    assert roster(world)["保健センター"]["佐藤 次郎"].user_id is None
    with world.app.app_context(), unit(read_only=True):
        from accounts.models import User

        assert session.scalars(seated(session.get(User, world.jiro))).all() == []


def test_an_agency_out_of_use_takes_nobody_in(world, hanako):
    with world.app.app_context(), unit():
        world.member(world.jiro).agency.leave(utcnow().date())
    page = hanako.get(send(hanako, [HEAD, ["保健センター", "", "新しい人", "", ""]])).text

    assert "利用を停止した機関です" in page
    assert 'name="take"' not in page


def test_empty_cells_and_missing_domains_take_nothing_away(world, hanako):
    with world.app.app_context(), unit():
        world.member(world.jiro).agency.domains = Domain.listed()[:2]
    take(hanako, send(hanako, [["機関名", "分野", "氏名", "職名"], ["保健センター", "教育", "佐藤 次郎", ""]]))

    with world.app.app_context(), unit(read_only=True):
        member = world.member(world.jiro)
        assert (member.job, member.email) == ("主査", "jiro@example.jp")
        assert [each.code for each in member.agency.domains] == ["ELD", "DIS", "EDU"]
