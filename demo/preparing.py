"""What the sample's agencies bring to meetings to come: sheets, roles asked for, written inquiries (preparation.toml)."""

from __future__ import annotations

from core import clock
from core.database import session
from core.office import office
from demo.days import Days
from demo.people import Town
from preparation.inquiries import AnswerMethod, Inquiry, InquiryState, usual_questions
from preparation.sheets import PARTS, Sheet
from preparation.sheets_roles import PriorAnswer, RoleCandidate


def prepare(data: dict, town: Town, days: Days) -> None:
    """Put what preparation.toml says into the database; the meetings must be planned."""
    here = office()
    here.letter_sender, here.letter_contact = data["office"]["letter_sender"], data["office"]["letter_contact"]
    for table in data["table"]:
        hearing = town.meetings[table["meeting"]].hearings[0]
        for row in table.get("sheets", []):
            _sheet(hearing, row, town, days)
        for row in table.get("roles", []):
            _role(hearing, row, town)
        for row in table.get("inquiries", []):
            _inquiry(hearing, row, town, days)
        session.flush()


def _sheet(hearing, row: dict, town: Town, days: Days) -> None:
    heard = row.get("heard", False)
    by = town.facilitator if heard else town.hand_of(town.members[row["by"]])
    sheet = Sheet.begin(hearing, town.agencies[row["agency"]], by)
    sheet.write(by, {name: row.get(name, "") for name in PARTS}, [(None, each["text"], each["source"]) for each in row["facts"]], heard)
    if "days" in row:
        sheet.hand_in(by)
        sheet.handed_in_at = sheet.written_at = days.at(row["days"], "08:50")


def _role(hearing, row: dict, town: Town) -> None:
    candidate = RoleCandidate.ask(hearing, town.agencies[row["agency"]], row["what"], town.facilitator)
    if row["answer"] != "asked":
        candidate.reply(town.facilitator, PriorAnswer(row["answer"]), row["word"], heard=True)


def _inquiry(hearing, row: dict, town: Town, days: Days) -> None:
    inquiry = Inquiry.draft(hearing, town.agencies[row["agency"]], town.facilitator, row.get("questions") or usual_questions(),
                            days.day(row["due_days"]))
    inquiry.send(town.facilitator)
    inquiry.sent_at = days.at(-6, "10:30")
    if "answers" in row:
        on = days.day(row["answered_days"])
        inquiry.answer(town.facilitator, InquiryState.ANSWERED, row["answers"], "", AnswerMethod(row["how"]), on)
        inquiry.answered_at = clock.instant(on, clock.read_time("15:20"))
