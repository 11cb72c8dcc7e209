"""The roster as a table to take away, and the empty table to fill in: what comes out can be taken in again."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from agencies.cells import DITTO, NONE
from agencies.hints import squashed
from agencies.models import Agency, Member
from core.tables import FORMULA

# What stands above each column (always Japanese: it is the office's paper), what to write there, and how wide it is.
COLUMNS = [
    ("機関名", "必須。同じ機関が続くときは、2行目から空欄にできます", 30), ("機関の種別", "行政、委託・民間の法人、地域の人・団体のどれか", 13),
    ("契約等", "委託、指定、協定など", 12), ("分野", "2つ以上は「、」で区切ります", 24), ("県の機関", "文書で依頼する県の機関に○", 10),
    ("多機関協働", "多機関協働事業者に○", 11), ("長の職名", "文書のあて先。例 みなも保健所長", 20), ("郵便番号", "例 123-4567", 11),
    ("所在地", "", 32), ("機関の電話", "", 15), ("機関のFAX", "", 15), ("機関の備考", "", 20), ("部署", "", 18), ("職名", "", 18),
    ("氏名", "空欄の行は、機関だけを登録します", 16), ("ふりがな", "", 18), ("電話", "この人に直接つながる番号", 15), ("メール", "会議の案内を送る先", 28),
    ("代理", "本人が出られないときに出る人", 16), ("登録日", "例 令和8年4月1日、2026-04-01", 13), ("備考", "", 20),
]
KINDS = {"public": "行政", "contracted": "委託・民間の法人", "informal": "地域の人・団体"}


class NotInShiftJis(ValueError):
    """A letter (`args[0]`) that Shift_JIS does not have stands in a text (`args[1]`)."""


def table(agencies: list[Agency]) -> list[list[str]]:
    """A row for each person, and one for each agency without anybody."""
    return [_agency(agency) + (_person(member) if member else [""] * 9) for agency in agencies for member in agency.active_members or [None]]


def as_csv(rows: list[list[str]], shift_jis: bool = False, columns=COLUMNS) -> bytes:
    """CSV with its headings, in UTF-8 with the mark that Excel asks for, or in Shift_JIS; NotInShiftJis for a letter it lacks."""
    out = io.StringIO()
    csv.writer(out).writerows([[each[0] for each in columns], *([safe(each) for each in row] for row in rows)])
    return _shift_jis(out.getvalue()) if shift_jis else out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[str]], hints: bool = False, columns=COLUMNS, name: str = "名簿") -> bytes:
    """An Excel file: headings stay in sight, every cell is text. With `hints`, a second sheet says what to write where.
    `columns` and the `name` of the sheet are the roster's, unless another list of the office is written."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        head, text = book.add_format({"bold": True, "bg_color": "#E8F1FE", "border": 1, "num_format": "@"}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for at, (heading, _hint, width) in enumerate(columns):
            sheet.set_column(at, at, width, text)
            sheet.write_string(0, at, heading, head)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if value:
                    sheet.write_string(number, at, safe(value, formulas=False), text)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        if hints:
            _explain(book, head, columns)
    return out.getvalue()


def safe(value: str, formulas: bool = True) -> str:
    """The value with a sign (') before it where Excel would calculate it, or an import take it for 同上 or for nothing."""
    return f"'{value}" if value in DITTO or (value and squashed(value) in NONE) or value.startswith("'") or (formulas and FORMULA.match(value)) else value


def _agency(agency: Agency) -> list[str]:
    return [agency.name, KINDS[agency.kind.value], agency.contract, "、".join(each.ja for each in agency.domains),
            "○" if agency.prefectural else "", "○" if agency.coordinating else "", agency.head, agency.postal, agency.address,
            agency.phone, agency.fax, agency.remarks]


def _person(member: Member) -> list[str]:
    since = member.since.isoformat() if member.since else ""
    return [member.section, member.job, member.name, member.kana, member.phone, member.email, member.deputy, since, member.remarks]


def _shift_jis(text: str) -> bytes:
    plain = text.translate(_WAVES)
    try:
        return plain.encode("cp932")
    except UnicodeEncodeError as fault:
        line = plain[plain.rfind("\n", 0, fault.start) + 1:].split("\n")[0]
        raise NotInShiftJis(plain[fault.start], line.split(",")[0]) from None


_WAVES = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "—": "―", "–": "－"})  # the same signs as Windows writes them


def _explain(book, head, columns) -> None:
    sheet = book.add_worksheet("記入のしかた")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    for at, heading in enumerate(("列", "書くこと")):
        sheet.write_string(0, at, heading, head)
    for at, (heading, hint, _width) in enumerate(columns, 1):
        sheet.write_string(at, 0, heading)
        sheet.write_string(at, 1, hint or "わかるときだけ")
