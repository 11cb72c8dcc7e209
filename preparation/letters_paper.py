"""What an official letter says, in the words of a Japanese office: the convening notice and the request for information."""

from __future__ import annotations

from core import clock
from core.office import office
from exports.letters import Letter
from ground_rules.models import Citation
from meetings.kinds import Kind
from preparation.letters import LetterKind

NOTICE_ASKS = "貴機関の職員の御出席をお願いします。御出席が難しいときは、代理の方の御出席又は書面での御回答について御相談ください。\nあわせて、準備シートに御記入のうえ、期限までに御提出ください。"
SECRECY = "この文書と回答は取扱注意です。担当者以外の目に触れないよう保管し、用が済んだ後は御返却ください。"


def usual_ground(hearing, kind: LetterKind) -> str:
    """The legal ground as the office's citations have it, to be changed before it is printed."""
    of = lambda key: Citation.of(key, on=hearing.meeting.day)  # noqa: E731
    if hearing.meeting.kind == Kind.SHIEN and kind == LetterKind.REQUEST:
        return f"{of('ask_information')}（資料又は情報の提供その他必要な協力の求め）\n{of('cooperation')}（求めに応じ、協力するよう努めること）"
    elif hearing.meeting.kind == Kind.SHIEN:
        return f"{of('meeting')}に基づく支援会議\n知り得た秘密を守る義務があります（{of('secrecy')}）。"
    elif hearing.meeting.kind == Kind.JUSO:
        return f"{of('juso_ground')}に基づく{hearing.meeting.kind.law_name}"
    else:
        return ""


def usual_asks(kind: LetterKind, questions: list[str]) -> str:
    """What is asked, to begin with."""
    return NOTICE_ASKS if kind == LetterKind.NOTICE else "\n".join(questions)


def compose(hearing, agency, kind: LetterKind, words: dict, questions: tuple[str, ...] = ()) -> Letter:
    """The letter to one agency's head. `words` are the form's texts and days; `questions` get a sheet for the answers."""
    here = office()
    body, points = (_notice if kind == LetterKind.NOTICE else _request)(hearing, words, questions)
    return Letter(
        number=words["number"], date=clock.wareki(words["dated_on"], False), addressee=_addressee(agency),
        sender=tuple((here.letter_sender or f"{here.name}長").split("\n")), title=_title(hearing, kind), body=body,
        points=tuple(each for each in points if each[1]), mark=here.handling_mark, reference=hearing.case.number if hearing.case else "",
        agency=agency.name, questions=questions, due=clock.wareki(words["due_on"]))


def file_name(hearing, kind: LetterKind, agency_id: int | None = None) -> str:
    """A name that names nobody: R08-支援-0003_開催通知_0021.docx."""
    return "_".join(filter(None, [hearing.meeting.reference, kind.law_name, f"{agency_id:04d}" if agency_id else "一式"])) + ".docx"


def _title(hearing, kind: LetterKind) -> str:
    if kind == LetterKind.NOTICE:
        return f"{hearing.meeting.name}の開催について（通知）"
    else:
        return f"{hearing.meeting.kind.law_name}に係る情報の提供について（依頼）"


def _notice(hearing, words, _questions):
    meeting, begins_ends = hearing.meeting, hearing.meeting.called([hearing])
    body = (f"日頃から{_ours()}の福祉行政に御理解と御協力をいただき、厚くお礼申し上げます。",
            f"このたび、下記のとおり{meeting.name}を開催しますので、御多用のところ恐れ入りますが、御出席くださるようお願いします。")
    return body, (
        ("日時", clock.span(*begins_ends)), ("場所", meeting.place or "オンライン"), ("開催方法", meeting.mode.law_name),
        ("整理番号", f"{hearing.case.number}（案件の内容は、この通知には記載していません。）" if hearing.case else ""),
        ("根拠", words["ground"]), ("お願いすること", words["asks"]), ("回答期限", clock.wareki(words["due_on"])),
        ("担当連絡先", words["contact"]))


def _request(hearing, words, questions):
    shien = hearing.meeting.kind == Kind.SHIEN
    why = f"{Citation.of('ask_information', on=hearing.meeting.day)}の規定により" if shien else "本人の同意に基づき"
    body = (f"日頃から{_ours()}の福祉行政に御理解と御協力をいただき、厚くお礼申し上げます。",
            f"このたび、{hearing.meeting.name}において支援の体制を検討するため、{why}、下記のとおり情報の提供をお願いします。")
    asks = "\n".join(f"({number}) {each}" for number, each in enumerate(questions, 1)) or words["asks"]
    how = "同封の回答票により、持参又は郵送でお願いします。電話でも承ります。" if questions else "文書又は電話でお願いします。"
    return body, (
        ("整理番号", f"{hearing.case.number}（対象の方の氏名等は、別途お知らせします。）"), ("根拠", words["ground"]),
        ("お願いすること", asks), ("回答期限", clock.wareki(words["due_on"])), ("回答方法", how), ("取扱い", SECRECY),
        ("担当連絡先", words["contact"]))


def _addressee(agency) -> tuple[str, ...]:
    head = agency.head or (f"{agency.name}長" if agency.kind.value == "public" else f"{agency.name}　御代表者")
    return tuple(filter(None, [f"〒{agency.postal}" if agency.postal else "", agency.address, f"{head}　様"]))


def _ours() -> str:
    """本市, 本町, 本村, or 当機関 for a body the municipality has contracted."""
    last = office().name[-1:]
    return f"本{last}" if last in "市町村" else "当機関"
