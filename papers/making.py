"""Make one variant of a meeting's minutes as paper, each from what its reader may see (meetings/seen.py)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
import tomllib

from agencies.models import Agency, AgencyKind
from core import clock
from core.languages import _
from core.web import Refused
from exports import word
from exports.minutes import Minutes
from exports.redaction import listed
from meetings import minutes, seen
from meetings.models import Meeting
from papers import overlooked, redaction, withholding
from papers.redaction import Cell, Withheld
from papers.variants import INTERNAL, KEEPER, Variant, distributed, mark, recorded, stamped, usual
from stationery.house import layout


def record(meeting: Meeting, by, recipient: str = "", number: int | None = None) -> tuple[Minutes, bytes]:
    """保存用, as it is read and as Word. Raises Refused where cases of other teams stand on it."""
    whole = minutes.current(meeting)
    if {each.case_number for each in whole.hearings} - seen.kept(by, meeting):
        raise Refused(_("Cases of other teams stand in these minutes."), _("The full record is made by the records clerk, once they are final."))
    paper = recorded(whole, recipient, number)
    return paper, word.write(paper, layout())


def distribution(meeting: Meeting, by, agency: Agency, sections: tuple[str, ...] | None = None, lean: bool | None = None,
                 number: int | None = None) -> tuple[Minutes, bytes]:
    """配布用 for an agency. Raises Refused when nobody of it has sat and acknowledged the rules."""
    informal = agency.kind == AgencyKind.INFORMAL
    sight = seen.handed(by, meeting, agency.id)
    whole = minutes.current(meeting)
    if not {each.case_number for each in whole.hearings} & sight.numbers:
        raise Refused(_("Nobody of this agency has sat here and acknowledged the rules."), _("A paper goes to those only who have."))
    paper = distributed(sight.paper(whole), usual(informal) if sections is None else sections, agency.name, number,
                        health_words() if (informal if lean is None else lean) else ())
    return paper, word.write(paper, layout())


def disclosure(meeting: Meeting, by, numbers: set[str], recipient: str = "", number: int | None = None) -> tuple[Minutes, bytes]:
    """開示検討用 of these cases, to deliberate with inside the office: what nobody has decided on stands there under 【未検討】 (what is
    limited is black), and every page says that the copy goes to nobody outside. Raises Refused as `weighed` does."""
    whole, cells = weighed(meeting, by, numbers)
    left = undecided(meeting, by, cells)
    whole = redaction.pointed_out(whole, [each for each in left if not each.limited])
    said = f"{redaction.UNDECIDED}は開示・不開示をまだ決めていない部分で、{len(left)}か所ある。" if left else ""
    return _redacted(replace(whole, handling_mark=INTERNAL), meeting.final, cells, Variant.DISCLOSURE, recipient, number,
                     f"庁内での検討のための写しであり、請求者その他庁外の者に渡さない。{said}", f"未検討の部分が{len(left)}か所ある。" if left else "")


def disclosed(meeting: Meeting, by, numbers: set[str], recipient: str = "", number: int | None = None) -> tuple[Minutes, bytes]:
    """開示用 of these cases: what a requester is given. Raises Refused as `weighed` does, and until every passage that should be looked
    at is decided and the marks are approved just as they stand."""
    whole, cells = weighed(meeting, by, numbers)
    withholding.hold(meeting.final)  # no mark is lifted between the question and the paper
    ask_disclosable(meeting, by, cells)
    return _redacted(whole, meeting.final, cells, Variant.DISCLOSED, recipient, number)


def ask_disclosable(meeting: Meeting, by, cells: list[Cell]) -> None:
    """Raise Refused where one of these texts is not decided, or the marks are not approved just as they stand."""
    ask_decided(meeting, undecided(meeting, by, cells))
    if withholding.approval(meeting.final) is None:
        raise Refused(_("The withheld passages are not approved as they stand."), _("Note who decided them, then make this copy."), _to(meeting, "#approval"))


def ask_decided(meeting: Meeting, left: list[Cell]) -> None:
    """Raise Refused where there are such texts left: how many, in which parts of the paper, and where they are decided on."""
    if left:
        raise Refused(_("%(count)s passages are not decided yet.", count=len(left)),
                      _("Decide for each whether it is withheld or opened, and note the approval: %(where)s.", where=where(left)), _to(meeting))


def where(cells: list[Cell]) -> str:
    """In which parts of the paper these texts stand, and how many in each: 出席者（9か所）、主な意見（4か所）."""
    return "、".join(_("%(part)s (%(count)s)", part=part, count=count) for part, count in Counter(each.part for each in cells).items())


def undecided(meeting: Meeting, by, cells: list[Cell]) -> list[Cell]:
    """Of these texts of the final minutes those that should be looked at, or that the version before withheld, and on which nobody has
    decided."""
    return waiting(meeting, cells, withheld_before(carried(meeting, by, cells)[0]))


def waiting(meeting: Meeting, cells: list[Cell], before: set[str]) -> list[Cell]:
    """The same, where it is known what the version `before` withheld."""
    marks = withholding.standing(meeting.final)
    return overlooked.undecided(cells, withholding.decided(marks, cells), before - {each.place for each in marks})


def withheld_before(carried: list[withholding.Mark]) -> set[str]:
    """The places whose words the version before withheld."""
    return {each.place for each in carried if not each.opened}


def carried(meeting: Meeting, by, shown: list[Cell]) -> tuple[list[withholding.Mark], list[Cell]]:
    """What of the version before can be taken over, and what it withheld that stands here no longer (withholding.carried)."""
    before = withholding.earlier(meeting.final, meeting)
    if before is None:
        return [], []
    _paper, cells = looked_through(meeting, before, by)
    return withholding.carried(meeting.final, before, shown, cells)


def weighed(meeting: Meeting, by, numbers: set[str] | None = None) -> tuple[Minutes, list[Cell]]:
    """The final minutes with these cases only (None: all that this person keeps), and the cells that are looked through, by
    their places in the whole."""
    if meeting.final is None:
        raise Refused(_("Passages are marked once the minutes are final."))
    return looked_through(meeting, meeting.final, by, numbers)


def looked_through(meeting: Meeting, version, by, numbers: set[str] | None = None) -> tuple[Minutes, list[Cell]]:
    """The same of any version."""
    whole = version.minutes
    mine = seen.kept(by, meeting)
    sight = seen.reviewed(by, meeting, mine if numbers is None else numbers)
    paper = sight.paper(whole)
    if not paper.hearings:
        raise Refused(_("Choose at least one case."))
    return paper, redaction.placed(redaction.cells(paper, sight.limits), paper, whole)


def approved(version) -> str:
    """Who decided the marks, as the paper says it."""
    found = withholding.approval(version)
    return f"不開示部分の承認：{clock.wareki(found.decided_on, False)}　{found.decided_by}。" if found else "不開示部分は検討中であり、承認されていない。"


def file_name(meeting: Meeting, variant: Variant, number: int | None = None) -> str:
    """R08-03_支援会議_0012_会議録_確定v1_配布用_02.docx."""
    counted = f"_{number:02d}" if number else ""
    return minutes.file_name(meeting, meeting.final).replace(".docx", f"_{variant.law_name}{counted}.docx")


@cache
def health_words() -> tuple[str, ...]:
    """The words by which a line is taken to speak of health."""
    return tuple(tomllib.loads(Path(__file__).with_name("health.toml").read_text(encoding="utf-8"))["words"])


def _named(paper: Minutes) -> str:
    """令和8年度第3回 みなも市支援会議 会議録（R08-支援-0003　み福第12号）."""
    return f"{paper.title}（{'　'.join(filter(None, (paper.reference, paper.document_number)))}）"


def _redacted(whole: Minutes, version, cells: list[Cell], variant: Variant, recipient: str, number: int | None, more: str = "",
              left: str = "") -> tuple[Minutes, bytes]:
    """The paper without the withheld passages, and as Word with their list."""
    paper, rows = redaction.redacted(whole, withholding.passages(withholding.standing(version), cells), cells)
    decided = approved(version)
    said = f"{mark(variant, recipient, number)}{more}{redaction.BLACK}は不開示とする部分で、文字数を表さない。番号は末尾の一覧による。{decided}{KEEPER}"
    paper = stamped(paper, variant, number, said)
    return paper, word.write(paper, layout(), listed(map(_row, rows), f"{decided}{left}", _named(paper), left == ""), INTERNAL if variant.internal else "")


def _to(meeting: Meeting, anchor: str = "") -> str:
    return f"/meetings/{meeting.id}/withholding{anchor}"


def _row(each: Withheld) -> tuple[str, str, str, str, str]:
    return str(each.number), each.where, each.kind, each.article, each.reason
