"""The map of what exists: kept by the office, read by everybody at the tables, found by two letters, never out of date unseen."""

from __future__ import annotations

from datetime import date, timedelta
import io
import re

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, Domain
from cases.models import Case, Need
from community.kinds import Act, Footing, ResourceKind
from community.models import Correction, ResourceStep, SocialResource, months_before
from core import clock
from core.database import session, unit
from core.office import office
from meetings.models import Meeting
from resources.models import IdeaState, ResourceIdea
from resources.register import Proposal

DATABASES = ["sqlite"]  # forms and pages; what it asks of a database is plain
SALON = dict(name="ふれあいサロン", kana="フレアイサロン", kind="place", footing="informal", domains="ELD", area="東学区", does="お茶を飲む", whom="だれでも", contact="公民館",
             phone="00-0001", agency_id="0", cost="", hours="", memo="", checked_on=clock.today().isoformat())


@pytest.fixture
def hanako(world):
    world.open_meeting()
    return come(world, "hanako")


def come(world, who):
    """Somebody signed in, with a page of the house before them."""
    browser = world.browser(who)
    browser.get("/hints")
    return browser


def put(world, **words):
    """A resource on the map, as 花子 put it there; gives its id."""
    fields = dict(name="ふれあいサロン", kind=ResourceKind.PLACE, footing=Footing.INFORMAL, does="お茶を飲む", checked_on=clock.today()) | words
    with world.app.test_request_context(), unit():
        fields["domains"] = [session.get(Domain, code) for code in fields.pop("codes", ["ELD"])]
        return SocialResource.make(session.get(User, world.hanako), **fields).id


def found(browser, text="", **filters):
    """Names in the list for these words."""
    answer = browser.post("/resources/map", **dict(text=text, footing="", of="", domain="", area="", state="") | filters)
    return re.findall(r'<th scope="row"><a href="/resources/map/\d+">([^<]+)', browser.get(answer.location).text)


def test_whoever_sits_at_the_tables_reads_it_and_the_office_writes_it(world, hanako):
    hanako.get("/resources/map/new")
    answer = hanako.post("/resources/map/entries", **SALON)
    assert answer.status_code == 303
    jiro = come(world, "jiro")
    page = jiro.get(answer.location).text
    assert "ふれあいサロン" in page and "ふれあいさろん" in page and "00-0001" in page and "今日確認・変更なし" not in page
    assert jiro.get(answer.location + "/edit").status_code == 404
    assert 'href="/resources/map"' in jiro.get("/").text


def test_two_letters_half_width_and_readings_find_it_and_filters_narrow(world):
    put(world, kana="ふれあいさろん", area="東学区")
    put(world, name="就労準備支援事業", footing=Footing.FORMAL, kind=ResourceKind.SYSTEM, does="生活のリズム", codes=["WRK"])
    jiro = come(world, "jiro")
    assert found(jiro, "お茶") == found(jiro, "ﾌﾚｱｲ") == found(jiro, "東学区　サロン") == ["ふれあいサロン"]
    assert found(jiro, footing="formal") == found(jiro, domain="WRK") == found(jiro, of="system") == ["就労準備支援事業"]
    assert found(jiro, area="東学区") == ["ふれあいサロン"] and len(found(jiro)) == 2


def test_what_has_ended_stays_on_record_and_out_of_the_way(world, hanako):
    there = put(world)
    assert hanako.post(f"/resources/map/{there}/end", on="2999-01-01", note="").status_code == 422
    assert hanako.post(f"/resources/map/{there}/end", on=clock.today().isoformat(), note="世話人が減った").status_code == 303
    assert found(hanako, "サロン") == [] and found(hanako, state="ended") == ["ふれあいサロン"]
    page = hanako.get(f"/resources/map/{there}").text
    assert "世話人が減った" in page[:page.index("できること")]  # beside 終了, not in the history alone
    hanako.post(f"/resources/map/{there}/resume")
    assert found(hanako, "サロン") == ["ふれあいサロン"]


def test_an_old_entry_is_flagged_and_one_tap_renews_it(world, hanako):
    there = put(world, checked_on=months_before(clock.today(), 12) - timedelta(days=1))
    put(world, name="新しい会")
    assert found(hanako, state="stale") == ["ふれあいサロン"]
    assert "確かめ直す記載が1件" in hanako.get("/").text and "確かめ直す記載" not in come(world, "jiro").get("/").text
    with world.app.test_request_context():
        version = session.get(SocialResource, there).version
    assert hanako.post(f"/resources/map/{there}/check", version=str(version + 7)).status_code == 409
    for _twice in range(2):
        assert hanako.post(f"/resources/map/{there}/check?state=stale", version=str(version), list="1").location.endswith("state=stale")
    assert found(hanako, state="stale") == [] and "確かめ直す記載" not in hanako.get("/").text
    with world.app.test_request_context():
        assert session.scalars(sa.select(ResourceStep.act).where(ResourceStep.resource_id == there).order_by(ResourceStep.id)).all() == [Act.MADE, Act.CHECKED]


def test_the_office_settles_after_how_many_months(world):
    there = put(world, checked_on=months_before(clock.today(), 8))
    with world.app.test_request_context(), unit():
        assert not session.get(SocialResource, there).stale
        office().check_months = 6
        assert session.get(SocialResource, there).stale
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28) and months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


def test_a_second_editor_loses_nothing_and_the_history_names_what_changed(world, hanako):
    there = put(world)
    version = re.search(r'name="version" value="(\d+)"', hanako.get(f"/resources/map/{there}/edit").text)[1]
    assert hanako.post(f"/resources/map/{there}", **SALON | dict(does="体操をする", version=version)).status_code == 303
    crossed = hanako.post(f"/resources/map/{there}", **SALON | dict(does="歌を歌う", version=version))
    assert crossed.status_code == 409 and "歌を歌う" in crossed.text and "体操をする" in crossed.text
    page = hanako.get(f"/resources/map/{there}").text
    assert "体操をする" in page and "変更" in page and "できること" in page[page.index("timeline"):]


def test_a_private_number_or_name_is_asked_about_and_saved(world, hanako):
    answer = hanako.post("/resources/map/entries", **SALON | dict(contact="世話人の山田さん", phone="090-1234-5678"))
    page = hanako.get(answer.location).text
    assert answer.status_code == 303 and "個人の名前や携帯電話" in page and "090-1234-5678" in page


def test_somebody_says_it_is_wrong_and_reads_what_came_of_it(world, hanako):
    there, jiro = put(world, checked_on=date(2020, 4, 1)), come(world, "jiro")
    assert jiro.post(f"/resources/map/{there}/corrections", text="").status_code == 422
    assert jiro.post(f"/resources/map/{there}/corrections", text="曜日は火曜です").status_code == 303
    assert "曜日は火曜です" not in come(world, "stranger").get(f"/resources/map/{there}").text
    assert "修正の指摘が1件" in hanako.get("/").text and found(hanako, state="hints") == ["ふれあいサロン"]
    with world.app.test_request_context():
        number = session.scalar(sa.select(Correction.id))
    assert jiro.post(f"/resources/map/corrections/{number}", came="right").status_code == 404
    assert hanako.post(f"/resources/map/corrections/{number}", came="right").status_code == 303
    assert "記載のとおりでした" in jiro.get(f"/resources/map/{there}").text and "修正の指摘が" not in hanako.get("/").text
    with world.app.test_request_context():
        assert session.get(SocialResource, there).checked_on == clock.today()


def test_a_proposal_that_became_real_goes_on_the_map_and_both_lead_to_each_other(world, hanako):
    with world.app.test_request_context(), unit():
        by, hearing = session.get(User, world.hanako), session.get(Meeting, world.meeting).hearings[0]
        idea = ResourceIdea.suggest(hearing, by, "i", wished="夜の居場所", enables="過ごせる", need="一人でいる")
        session.flush()
        wish = Proposal.make(idea, by, "", {}, wished="夜の居場所", enables="過ごせる", need="一人でいる", domain_code="CHD")
        number = wish.id
    assert hanako.get(f"/resources/proposals/{number}/map").status_code == 409
    with world.app.test_request_context(), unit():
        session.get(Proposal, number).move(session.get(User, world.hanako), IdeaState.REAL, clock.today(), "始まった")
    assert f"/resources/proposals/{number}/map" in hanako.get(f"/resources/proposals/{number}").text
    assert 'value="夜の居場所"' in hanako.get(f"/resources/proposals/{number}/map").text
    with world.app.test_request_context():
        whose = session.get(Case, world.case).people[0].label
    words = SALON | dict(name="夜の居間", domains="CHD", whom="65歳以上の人")
    told = hanako.post(f"/resources/proposals/{number}/map", **words | dict(memo=f"{whose}の家の隣"))  # what everybody at the tables would read
    assert told.status_code == 422 and f"<mark>{whose}</mark>" in told.text and f"{whose}の家の隣</textarea>" in told.text
    answer = hanako.post(f"/resources/proposals/{number}/map", **words)
    assert answer.status_code == 303
    assert f"/resources/proposals/{number}" in hanako.get(answer.location).text
    assert "夜の居間" in hanako.get(f"/resources/proposals/{number}").text
    assert f"/resources/proposals/{number}\"" not in come(world, "stranger").get(answer.location).text  # who may not read the proposal is not led there
    with world.app.test_request_context(), unit():
        into = Proposal(wished="別の場", enables="過ごせる", need="一人", state=IdeaState.REAL, made_by_id=world.hanako)
        session.add(into)
        session.flush()
        session.get(Proposal, number).merge(into, session.get(User, world.hanako), "場")
    assert hanako.get(f"/resources/proposals/{number}/map").status_code == 409  # it stands under another, which is put on the map


def test_the_room_looks_it_up_and_an_idea_takes_the_name_also_without_a_script(world, hanako):
    put(world)
    put(world, name="学習の場", codes=["EDU"])
    with world.app.test_request_context():
        hearing = session.get(Meeting, world.meeting).hearings[0].id
    assert 'id="map"' in hanako.get(f"/meetings/{world.meeting}/room?view=record").text
    jiro = come(world, "jiro")
    assert "ふれあいサロン" in jiro.post(f"/hearings/{hearing}/map", text="お茶").text
    assert come(world, "other").post(f"/hearings/{hearing}/map", text="お茶").status_code == 404
    part = hanako.post(f"/hearings/{hearing}/map", headers={"X-Part": "1"}, nearest="学習").text
    assert "学習の場" in part and "<html" not in part
    idea = dict(wished="夜の場", enables="過ごせる", need="一人", nearest="サロン", key="k1")
    looked = hanako.post(f"/hearings/{hearing}/ideas", **idea, look="map")
    assert looked.status_code == 200 and 'name="take" value="ふれあいサロン"' in looked.text and 'value="サロン"' in looked.text
    taken = hanako.post(f"/hearings/{hearing}/ideas", **idea, take="ふれあいサロン")
    assert re.search(r'name="nearest"[^>]*value="ふれあいサロン"', taken.text)
    with world.app.test_request_context():
        assert session.scalar(sa.select(sa.func.count()).select_from(ResourceIdea)) == 0


def test_whoever_looks_in_the_room_for_what_has_ended_is_told_since_when_and_why(world, hanako):
    there, day = put(world, name="夜間見守り隊", does="夜に訪ねる"), clock.today() - timedelta(days=40)
    put(world, name="夜の居場所", does="過ごす")
    put(world, name="夜の学校", ended_on=day)
    hanako.post(f"/resources/map/{there}/end", on=(day - timedelta(days=1)).isoformat(), note="前の理由")
    hanako.post(f"/resources/map/{there}/resume")
    hanako.post(f"/resources/map/{there}/end", on=day.isoformat(), note="担い手が<b>減った")
    with world.app.test_request_context():
        hearing, told = session.get(Meeting, world.meeting).hearings[0].id, clock.wareki(day, weekday=False)
    why = f"終了しました({told}　担い手が&lt;b&gt;減った)"
    for asked in (dict(text="夜間"), dict(nearest="夜間")):  # the dialog, and the field of an idea
        page = hanako.post(f"/hearings/{hearing}/map", headers={"X-Part": "1"}, **asked).text
        assert "夜間見守り隊" in page and why in page and "前の理由" not in page and "該当するもの" not in page and "0件" not in page and "data-map-take" not in page
    both = hanako.post(f"/hearings/{hearing}/map", headers={"X-Part": "1"}, text="夜").text
    assert both.index("夜の居場所") < both.index("夜間見守り隊") and f"終了しました({told})" in both
    assert "夜間見守り隊" not in hanako.post(f"/hearings/{hearing}/map", headers={"X-Part": "1"}, text="").text
    looked = hanako.post(f"/hearings/{hearing}/ideas", wished="夜の場", enables="過ごせる", need="一人", nearest="夜間", key="k1", look="map")
    assert why in looked.text


def test_beside_the_seats_one_tap_seats_whom_the_roster_knows_and_the_rest_is_called(world, hanako):
    with world.app.test_request_context(), unit():
        case, hearing = session.get(Case, world.case), session.get(Meeting, world.meeting).hearings[0]
        case.needs.append(Need(position=5, domain_code="INT", text="言葉"))
        number, outsider = hearing.id, world.member(world.stranger)
        member, agency = outsider.id, outsider.agency_id
    put(world, name="日本語の会", codes=["INT"], agency_id=agency)
    put(world, name="通訳の輪", codes=["INT"], contact="国際交流の窓口", phone="00-0009")
    put(world, name="閉じた会", codes=["INT"], ended_on=clock.today())
    page = hanako.get(f"/hearings/{number}/seats").text
    around = page[page.index('id="around"'):]
    assert f'name="member" value="{member}"' in around[around.index("日本語の会"):] and "国際交流の窓口" in around and "閉じた会" not in around
    assert "まだ載っていません" in around  # the other fields of need have nothing of the community


def test_the_table_that_leaves_can_be_taken_in_again_and_calculates_nothing(world, hanako):
    put(world, name="=1+1の会", memo="+81")
    content = hanako.get("/resources/map.xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == "資源名" and not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "\n'=1+1の会," in hanako.get("/resources/map.csv").data.decode("utf-8-sig").replace("\r", "")
    answer = hanako.post("/resources/map/import", file=(io.BytesIO(content), "一覧.xlsx"))
    assert answer.status_code == 303
    hanako.post(answer.location, **{"sheet": "0", "row": "1", "kind": "system", "footing": "informal", **{f"column-{at}": key for at, key in enumerate(
        ("name", "kana", "kind", "footing", "domains", "area", "does", "whom", "contact", "phone", "agency", "cost", "hours", "memo", "checked_on"))}})
    assert "1行は変更なし" in hanako.get(answer.location + "/preview").text or "すべて同じ記載" in hanako.get(answer.location + "/preview").text


def test_an_import_shows_each_row_before_anything_is_taken_in(world, hanako):
    put(world, area="東学区", phone="00-0001")
    rows = "社会資源一覧,,,,\n名称,内容,種別,分野,地区,電話\nふれあいサロン,体操,,,東学区,\n子ども食堂,夕食,場,児童・子育て、宇宙,西学区,00-0005\n子ども食堂,夕食,場,,西学区,\n,名前なし,,,,\n"
    answer = hanako.post("/resources/map/import", file=(io.BytesIO(rows.encode("cp932")), "資源.csv"))
    assert answer.status_code == 303, answer.text
    hanako.post(answer.location, **{"sheet": "0", "row": "2", "kind": "system", "footing": "informal", "guess": "y", "column-0": "name", "column-1": "does", "column-2": "kind",
                                    "column-3": "domains", "column-4": "area", "column-5": "phone"})
    page = hanako.get(answer.location + "/preview").text
    assert "<del>お茶を飲む</del>" in page and "宇宙" in page and "資源名がありません" in page and "同じ資源があります" in page
    above = page[:page.index('class="form"')]  # what is to be mended stands together, before all the rows
    assert re.findall(r'href="#row-(\d+)"', above) == ["5", "6"] and "資源名がありません" in above and all(f'id="row-{row}"' in page for row in (5, 6))
    taken = re.findall(r'name="take" value="(\d+)"', page)
    assert found(hanako, "夕食") == [] and len(taken) == 2
    read = re.search(r'name="read" value="(\w+)"', page)[1]
    assert hanako.post(answer.location + "/preview", take=taken, read="old").status_code == 409
    assert hanako.post(answer.location + "/preview", take=taken, read=read).status_code == 303
    assert found(hanako, "夕食", domain="CHD") == ["子ども食堂"]
    with world.app.test_request_context():
        changed, new = session.scalars(sa.select(SocialResource).order_by(SocialResource.id)).unique()
        assert (changed.does, changed.phone) == ("体操", "00-0001")  # an empty cell empties nothing
        assert new.checked_on is None and new.stale and [each.act for each in new.steps] == [Act.IMPORTED]


def paper_of(browser):
    """(paragraphs, rows of its tables by their first cell) of the list as Word."""
    paper = docx.Document(io.BytesIO(browser.get("/resources/map.docx").data))
    return [each.text for each in paper.paragraphs], [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows[1:]]


def test_the_paper_has_each_resource_once_under_a_number_with_the_community_first(world):
    put(world, name="配食", kana="はいしょく", footing=Footing.FORMAL, kind=ResourceKind.SYSTEM)
    put(world, name="わの会", codes=["ELD", "CHD"], area="東学区")
    put(world, name="あの会", codes=[])
    put(world, name="閉じた会", ended_on=clock.today())
    words, rows = paper_of(come(world, "jiro"))
    assert [(row[0], row[1].split("\n")[0]) for row in rows] == [("1", "あの会"), ("2", "わの会"), ("3", "配食")]
    assert "地域：東学区\n分野：高齢・介護、児童・子育て" in rows[1][1] and not any("から探す" in each for each in words)  # so few are seen at a glance


@pytest.mark.parametrize(("more", "scheme"), [(8, "11　配食"), (60, "63　配食")])
def test_a_longer_paper_leads_from_domain_and_area_to_the_numbers(world, more, scheme):
    put(world, name="配食", kana="はいしょく", footing=Footing.FORMAL, kind=ResourceKind.SYSTEM)
    put(world, name="わの会", codes=["ELD", "CHD"], area="東学区")
    put(world, name="あの会", codes=[])
    for turn in range(more):
        put(world, name=f"組{turn}", kana=f"んん{turn}", codes=["WRK"])
    words, rows = paper_of(come(world, "jiro"))
    index = {row[0]: row[1:] for row in rows if len(row) == 3}
    assert index["高齢・介護"] == ["2　わの会", scheme] and index["児童・子育て"] == ["2　わの会", "―"] == index["東学区"]
    assert index["就労"][0].split("\n")[0] == ("3　組0" if more == 8 else "3　組0、4　組1、5　組2、6　組3、7　組4、8　組5")  # many share a line
    assert index["分野の記載なし"][0] == "1　あの会" and list(index)[-1] == "地域の記載なし" and "障害" not in index
    assert [row[0] for row in rows if len(row) == 5] == [str(each) for each in range(1, 4 + more)]


def test_an_agency_out_of_use_is_chosen_for_nothing_new_and_stays_where_it_stands(world, hanako):
    with world.app.test_request_context(), unit():
        gone = session.get(Agency, world.member(world.stranger).agency_id)
        number, name = gone.id, gone.name
    there = put(world, agency_id=number)
    with world.app.test_request_context(), unit():
        session.get(Agency, number).leave(clock.today())
    assert f'<option value="{number}"' not in hanako.get("/resources/map/new").text
    assert hanako.post("/resources/map/entries", **SALON | dict(agency_id=str(number))).status_code == 422
    kept = hanako.get(f"/resources/map/{there}/edit").text
    version = re.search(r'name="version" value="(\d+)"', kept)[1]
    assert f'<option selected value="{number}">{name} (利用停止)' in kept
    assert hanako.post(f"/resources/map/{there}", **SALON | dict(agency_id=str(number), version=version)).status_code == 303
    rows = f"資源名,できること,登録機関,地域\nふれあいサロン,お茶を飲む,{name},\n畑の会,野菜を配る,{name},\n"
    sent = hanako.post("/resources/map/import", file=(io.BytesIO(rows.encode()), "資源.csv"))
    page = hanako.get(sent.location + "/preview").text
    assert page.count("利用停止中の機関なので、登録機関には入りません") == 1
    hanako.post(sent.location + "/preview", take=re.findall(r'name="take" value="(\d+)"', page), read=re.search(r'name="read" value="(\w+)"', page)[1])
    with world.app.test_request_context():
        assert {each.name: each.agency_id for each in session.scalars(sa.select(SocialResource)).unique()} == {"ふれあいサロン": number, "畑の会": None}


def test_a_row_with_a_private_number_is_told_of_and_not_ticked_by_itself(world, hanako):
    rows = "資源名,できること,電話\n畑の会,野菜を配る,00-0001\n見守りの会,訪ねる,090-1234-5678\n"
    answer = hanako.post("/resources/map/import", file=(io.BytesIO(rows.encode()), "資源.csv"))
    page = hanako.get(answer.location + "/preview").text
    assert re.findall(r'href="#row-(\d+)"', page) == ["3"]
    assert "090-1234-5678。" in page and re.findall(r'name="take" value="(\d+)" checked', page) == ["2"] and 'name="take" value="3"' in page


def test_a_table_that_changes_the_domains_alone_is_seen_by_an_editor_with_an_older_page(world, hanako):
    there = put(world)
    version = re.search(r'name="version" value="(\d+)"', hanako.get(f"/resources/map/{there}/edit").text)[1]
    with world.app.test_request_context(), unit():
        session.get(SocialResource, there).rewrite(session.get(User, world.hanako), domains=[session.get(Domain, "WRK")])
    assert hanako.post(f"/resources/map/{there}", **SALON | dict(version=version)).status_code == 409


def test_a_hint_settled_the_other_way_meanwhile_is_read_again_first(world, hanako):
    there, jiro = put(world, checked_on=None), come(world, "jiro")
    jiro.post(f"/resources/map/{there}/corrections", text="番号が違います")
    for _twice in range(2):
        assert hanako.post("/resources/map/corrections/1", came="mended").status_code == 303
    assert hanako.post("/resources/map/corrections/1", came="right").status_code == 409
    with world.app.test_request_context():
        assert session.get(SocialResource, there).checked_on is None


def test_what_has_ended_is_neither_checked_nor_lost_to_whoever_looks_for_it(world, hanako):
    there, day = put(world, checked_on=None, ended_on=clock.today()), clock.today() - timedelta(days=900)
    assert hanako.post(f"/resources/map/{there}/check").status_code == 409
    sent = hanako.post("/resources/map", text="サロン", footing="", of="", domain="", area="", state="")
    page = hanako.get(sent.location).text
    assert "終了した資源の中に" in page
    ended = re.search(r'href="([^"]*state=ended[^"]*)"', page)[1].replace("&amp;", "&")
    assert "ふれあいサロン" in hanako.get(ended).text
    put(world, name="古い会", checked_on=day)
    assert "終了した資源の中に" not in hanako.get(hanako.post("/resources/map", text="古い", footing="", of="", domain="", area="", state="").location).text


def test_one_tap_leads_back_into_the_list_as_it_was_narrowed(world, hanako):
    there = put(world, checked_on=None, area="東学区")
    page = hanako.get("/resources/map?area=東学区&state=stale").text
    send = re.search(r'action="(/resources/map/\d+/check[^"]*)"', page)[1].replace("&amp;", "&")
    answer = hanako.post(send, list="1")
    assert f"/{there}/check" in send and "state=stale" in answer.location and "area=" in answer.location
    assert "確かめ直すものは、もうありません" in hanako.get("/resources/map?state=stale").text


@pytest.mark.databases("sqlite", "postgresql")  # each sorts in its own way
def test_names_in_katakana_stand_among_the_readings_and_no_reading_is_too_long_to_keep(world, hanako):
    for name, kana in (("ヘルパー", ""), ("配食", "はいしょく"), ("ほっと", "")):
        put(world, name=name, kana=kana)
    assert found(hanako) == ["配食", "ヘルパー", "ほっと"]
    put(world, name="会", kana="")  # no reading: behind them all
    for name, kana in (("学習の場", "がくしゅうのば"), ("かーど交換", "かーどこうかん"), ("カフェ", ""), ("きゃらばん", ""), ("喫茶", "きっさ"), ("がく", "")):
        put(world, name=name, kana=kana)
    in_order = ["かーど交換", "がく", "学習の場", "カフェ", "喫茶", "きゃらばん", "配食", "ヘルパー", "ほっと", "会"]
    assert found(hanako) == in_order
    first = re.search(r'href="(/resources/map/\d+)">会<', hanako.get("/resources/map").text)[1]
    version = re.search(r'name="version" value="(\d+)"', hanako.get(first + "/edit").text)[1]
    hanako.post(first, **SALON | dict(name="会", kana="かい", version=version))
    assert found(hanako) == ["かーど交換", "会", *in_order[1:-1]]  # a reading that is written later has its place at once
    assert hanako.post("/resources/map/entries", **SALON | dict(kana="㍿" * 120)).status_code == 422
    answer = hanako.post("/resources/map/import", file=(io.BytesIO(f"資源名,ふりがな,できること\n会,{'㍿' * 120},話す\n".encode()), "資源.csv"))
    assert "120文字" in hanako.get(answer.location + "/preview").text


@pytest.mark.databases("sqlite", "postgresql")  # each sorts in its own way
def test_a_list_of_several_pages_is_turned_by_the_rows_of_the_readings(world, hanako):
    for turn in range(41):
        put(world, name=f"会{turn}", kana=f"かい{turn}")
    for name, kana in (("学びの場", "まなびのば"), ("ガーデン", ""), ("漢字の会", "")):
        put(world, name=name, kana=kana)
    page = hanako.get("/resources/map").text
    assert re.findall(r'href="/resources/map\?row=(\w+)"', page) == ["ka", "ma", "others"] and "<span>さ</span>" in page and "1 / 2ページ" in page
    narrowed = hanako.get("/resources/map?row=ka&page=2").text
    assert re.findall(r'<th scope="row"><a href="/resources/map/\d+">([^<]+)', narrowed) == ["会39", "会40"]
    assert "学びの場" in hanako.get("/resources/map?row=ma").text and "漢字の会" in hanako.get("/resources/map?row=others").text
    assert "ガーデン" in hanako.get("/resources/map?row=ka").text and "row=ma" in hanako.get("/resources/map?row=ka").text
    assert found(hanako, "学び") == ["学びの場"]  # a search goes through all rows
