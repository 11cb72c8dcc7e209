"""Four tables as offices keep them, each in three files: every person arrives, and nobody who is not there."""

from __future__ import annotations

import pytest

from agencies import columns, hints, rows, tables
from tests.agencies import offices

DOMAINS = {"ELD": "高齢・介護", "DIS": "障害", "CHD": "児童・子育て", "EDU": "教育", "POV": "生活困窮・生活保護", "HLT": "保健医療", "FIN": "税・債務・消費生活",
           "LAW": "司法・権利擁護", "SAF": "警察・消防・生活環境", "COM": "地域・インフォーマル", "ADV": "助言"}
KNOWN = {hints.squashed(name): code for code, name in DOMAINS.items()}
FILES = {
    "Shift_JIS": lambda table: offices.as_csv(table),
    "UTF-8 with its mark": lambda table: offices.as_csv(table, "utf-8-sig"),
    "UTF-8": lambda table: offices.as_csv(table, "utf-8"),
    "UTF-16 with tabs": lambda table: offices.as_csv(table, "utf-16", "\t"),
    "EUC": lambda table: offices.as_csv(table, "euc_jp"),
    "Excel": lambda table: offices.as_xlsx(table, before=["表紙"]),
}


@pytest.fixture(params=FILES)
def read(request):
    def read(table, posts=False):
        for sheet in tables.read(FILES[request.param](table)):
            if heading := columns.found(sheet.rows, KNOWN):
                return rows.read(sheet, heading, KNOWN, posts)
        raise AssertionError("no heading found")

    return read


def people(reading):
    return [(each.name, each.person["name"]) for each in reading.rows if each.person]


def test_a_committee_is_read_with_its_groups_and_its_empty_seat(read):
    reading = read(offices.COMMITTEE)

    assert people(reading) == [
        ("みなも福祉大学", "湖月 とも"), ("みなも市医師会", "潮路 みちる"), ("県みなも保健所", "峰雲 たかし"),
        ("社会福祉法人 みなも市社会福祉協議会", "凪原 こうじ"), ("みなも市民生委員児童委員協議会", "鈴懸 はるこ"), ("みなも法律事務所", "天秤 ただし")]
    assert [each.faults for each in reading.rows] == [[]] * 7
    assert [each.number for each in reading.rows] == [4, 5, 6, 7, 8, 9, 10]  # as the spreadsheet counts
    assert reading.rows[0].agency["likely"] == ["ADV"]
    assert reading.rows[2].agency["likely"] == ["HLT"]  # its group stands one row above
    assert reading.rows[0].person["kana"] == "コゲツ トモ"
    assert reading.rows[6].name == "みなも警察署"
    assert reading.rows[6].person is None
    assert [text for _number, text in reading.passed] == ["※任期は令和10年3月31日まで"]


def test_an_ordinance_of_posts_gives_agencies_and_if_wished_posts(read):
    agencies = [each.name for each in read(offices.ORDINANCE).rows]

    assert agencies == ["福祉部 福祉総務課", "福祉部 高齢福祉課", "福祉部 障害福祉課", "こども部 こども家庭センター", "市民部 納税課", "市民部 国保年金課", "教育委員会 学校教育課"]
    assert people(read(offices.ORDINANCE)) == []
    assert people(read(offices.ORDINANCE, posts=True))[5] == ("市民部 国保年金課", "課長")  # 〃


def test_a_list_of_contacts_is_read_through_its_merged_cells(read):
    reading = read(offices.CONTACTS)

    assert people(reading) == [
        ("東地域包括支援センター", "灯谷 さつき"), ("東地域包括支援センター", "野分 みお"), ("西地域包括支援センター", "山霧 ゆう"),
        ("相談支援事業所 こもれび", "双葉川 えり"), ("自立相談支援機関 くらしの窓口", "雲居路 りく"), ("自立相談支援機関 くらしの窓口", "小夜 なぎさ"),
        ("子ども食堂 ひだまりの台所", "陽溜 ちか")]
    assert [each.agency["domains"] for each in reading.rows] == [["ELD"], ["ELD"], ["ELD"], ["DIS"], ["POV"], ["POV"], ["COM"]]
    assert reading.rows[1].person["phone"] == "0123-45-1001"
    assert (reading.rows[2].person["phone"], reading.rows[2].agency["fax"]) == ("0123-45-1002", "0123-45-1003")
    assert reading.rows[3].person["email"] == "FUTABA@komorebi.example"
    assert reading.rows[4].person["email"] == ""


def test_a_list_of_bodies_gives_their_addresses_and_who_manages_them(read):
    reading = read(offices.BODIES)
    first, second, third = reading.rows

    assert people(reading) == [("相談支援センター みなも", "滝川 すず"), ("訪問看護ステーション さざなみ", "浜木綿 りょう")]
    assert {key: first.agency[key] for key in ("postal", "address", "phone", "fax")} == dict(
        postal="123-0001", address="みなも市本町1-2-3", phone="0123-46-0001", fax="0123-46-0002")
    assert second.agency["postal"] == "123-0002"
    assert (third.agency["postal"], third.agency["fax"], third.person) == ("123-0003", "", None)


def test_a_home_is_not_read():
    heading = columns.found([["所属", "氏名", "住所", "電話"], ["民生委員協議会", "山 花", "本町1", "1"]])
    assert heading.columns == ["agency", "name", "", "phone"]


@pytest.mark.parametrize("heading, expected", [
    (["No.", "機関名", "職名", "お名前", "ﾌﾘｶﾞﾅ", "TEL", "E-mail", "備考"], ["", "agency", "job", "name", "kana", "phone", "email", "remarks"]),
    (["団体名", "役職", "姓", "名", "セイ", "メイ", "連絡先"], ["agency", "job", "family", "given", "family_kana", "given_kana", "phone"]),
    (["所 属\n(機関名)", "氏　名", "メール アドレス", "領域"], ["agency", "name", "email", "domains"]),
    (["担当課", "氏名", "内線"], ["agency", "name", "phone"]),
    (["機関名", "電話・FAX", "所在地", "郵便番号"], ["agency", "phone_fax", "address", "postal"]),
    (["推薦団体", "委員名", "任期", "委嘱日"], ["agency", "name", "", "since"]),
])
def test_headings_are_known_by_the_words_offices_write(heading, expected):
    assert columns.found([["構成員一覧"], heading]).columns == expected


@pytest.mark.parametrize("table", [[["山田", "太郎"], ["鈴木", "花子"]], [["機関名"] * 0, [""]], [["構成員名簿", "令和8年度"]]])
def test_a_table_without_headings_has_none(table):
    assert columns.found(table) is None


@pytest.mark.parametrize("values, kind", [(["行政", "民間", "地域住民"], "kind"), (["障害", "教育", "障害"], "domains"), (["1号委員", "2号委員"], "category")])
def test_what_a_division_means_is_seen_from_what_stands_in_it(values, kind):
    table = [["区分", "機関名", "氏名"], *([value, "機関", "人"] for value in values)]
    assert columns.found(table, KNOWN).columns[0] == kind
