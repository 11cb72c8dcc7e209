"""Member tables as offices keep them, typed for these tests: layouts are usual ones, every name is invented."""

from __future__ import annotations

import csv
import io

import xlsxwriter

# 要綱別表: posts by department and section, nobody named (充て職)
ORDINANCE = [
    ["別表(第3条関係)"],
    ["みなも市支援会議 構成員"],
    ["部", "課", "職"],
    ["福祉部", "福祉総務課", "課長"],
    ["", "高齢福祉課", "課長"],
    ["", "障害福祉課", "課長"],
    ["こども部", "こども家庭センター", "所長"],
    ["市民部", "納税課", "課長"],
    ["", "国保年金課", "〃"],
    ["教育委員会", "学校教育課", "課長"],
    ["備考 このほか、会議が必要と認める者"],
]

# 委員名簿: a number, the group each was chosen from, post and name, terms; rows still without a person
COMMITTEE = [
    ["みなも市重層的支援体制整備事業 支援会議委員名簿", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "令和8年4月1日現在"],
    ["No.", "選出区分", "所属団体等", "役職名", "委員氏名", "フリガナ", "備考"],
    ["1", "学識経験者", "みなも福祉大学", "教授", "湖月 とも", "コゲツ トモ", "委員長"],
    ["2", "保健医療関係者", "みなも市医師会", "理事", "潮路 みちる", "シオジ ミチル", ""],
    ["3", "", "県みなも保健所", "所長", "峰雲　たかし", "ミネグモ タカシ", ""],
    ["4", "福祉関係者", "社会福祉法人 みなも市社会福祉協議会", "事務局長", "凪原 こうじ", "ナギハラ コウジ", "副委員長"],
    ["5", "", "みなも市民生委員児童委員協議会", "会長", "鈴懸 はるこ", "スズカケ ハルコ", ""],
    ["6", "司法関係者", "みなも法律事務所", "弁護士", "天秤 ただし", "テンビン タダシ", ""],
    ["7", "行政機関", "みなも警察署", "生活安全課長", "未定", "", "4月異動後に報告"],
    ["8", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "※任期は令和10年3月31日まで"],
]

# 連絡先一覧: groups in merged cells, an agency named once for several people, telephone, fax and mail in one cell
CONTACTS = [
    ["関係機関連絡先一覧", "", "", "", "", ""],
    ["分野", "機関名", "担当者", "", "連絡先", ""],
    ["", "", "姓", "名", "電話", "メール"],
    ["高齢・介護", "東地域包括支援センター", "灯谷", "さつき", "0123-45-1001", "hotani@hokatsu.example"],
    ["", "", "野分", "みお", "〃", "nowaki@hokatsu.example"],
    ["", "西地域包括支援センター", "山霧", "ゆう", "TEL 0123-45-1002\nFAX 0123-45-1003", ""],
    ["障害", "相談支援事業所 こもれび", "双葉川", "えり", "(0123)45-2001", "ＦＵＴＡＢＡ＠komorebi.example"],
    ["生活困窮・生活保護", "自立相談支援機関 くらしの窓口", "雲居路", "りく", "0123-45-3001", "なし"],
    ["", "", "小夜", "なぎさ", "同上", ""],
    ["地域・インフォーマル", "子ども食堂 ひだまりの台所", "陽溜", "ちか", "090-0000-0000", ""],
]

# 事業所一覧: bodies with their addresses, some with who manages them
BODIES = [
    ["指定特定相談支援事業所等一覧"],
    ["法人名", "事業所名", "〒", "所在地", "TEL", "FAX", "管理者"],
    ["社会福祉法人 水面会", "相談支援センター みなも", "123-0001", "みなも市本町1-2-3", "0123-46-0001", "0123-46-0002", "滝川 すず"],
    ["株式会社さざなみ", "訪問看護ステーション さざなみ", "〒123-0002", "みなも市東町4-5", "0123-46-0003", "0123-46-0004", "浜木綿 りょう 様"],
    ["NPO法人 ともしび", "居場所 ともしび", "1230003", "みなも市西町6", "0123-46-0005", "-", "ー"],
    ["", "計 3事業所", "", "", "", "", ""],
]
ALL = dict(ordinance=ORDINANCE, committee=COMMITTEE, contacts=CONTACTS, bodies=BODIES)


def as_csv(rows, encoding="cp932", separator=",") -> bytes:
    """The rows as a spreadsheet program would save them."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, merged=(), name="名簿", before=()) -> bytes:
    """The rows in an Excel file; `merged` are (first row, first column, last row, last column), `before` other sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for each in before:
            book.add_worksheet(each).write_string(0, 0, "この表は前年度のものです")
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(at, column, value)
        for area in merged:
            sheet.merge_range(*area, rows[area[0]][area[1]])
    return out.getvalue()
