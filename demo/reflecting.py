"""What the sample's reflections came to: bands of the meetings whose round has ended, and the office's sums of the quarters.

One round is still open, so that whoever tries the sample can answer as several people: two more make it enough for a result.
"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from core.database import session
from demo.people import Town
from meetings.models import Meeting
from reflection import rounds, sums
from reflection.models import Result
from reflection.rounds import open_since
from reflection.rules import Answer, Band, Quarter, Question, quarter_of

FELT = {Question.ROLE: Band.MOSTLY, Question.SPEAKING: Band.DIVIDED, Question.BLAME: Band.MOSTLY, Question.WISH: Band.DIVIDED, Question.MOVING: Band.MOSTLY}
MEETINGS = (2, 2, 3, 3, 4, 4, 5, 4)  # with a result, by quarter, the oldest first
SHARES = {  # per cent of yes, by quarter: the first meetings were stiff, and it was tried to let everybody speak
    Question.ROLE: (52, 55, 60, 66, 70, 76, 80, 82), Question.SPEAKING: (48, 50, 52, 60, 64, 70, 76, 78),
    Question.BLAME: (70, 72, 74, 78, 84, 86, 90, 92), Question.WISH: (45, 50, 58, 60, 62, 64, 66, 72),
    Question.MOVING: (60, 60, 58, 64, 66, 70, 68, 74),
}
ANSWERED = {  # of the open round: by personal link, on the day of the meeting
    "nagihara": {}, "kumoi": {Question.SPEAKING: Answer.BETWEEN}, "hotani": {Question.WISH: Answer.BETWEEN},
}


def answer(town: Town) -> None:
    """Put what some have answered into the box of the meeting whose round is open."""
    for key, said in ANSWERED.items():
        rounds.take(town.meetings["general_sheet"], town.members[key].id, {each: said.get(each, Answer.YES) for each in Question})


def look_back(today: date) -> None:
    """Fill the results and the sums of the eight quarters before today's."""
    ended = sa.select(Meeting.id).where(Meeting.closed_at < open_since(), Meeting.disposed_at.is_(None))
    recent = session.scalars(ended.order_by(Meeting.starts_at.desc()).limit(2)).all()
    session.add_all(Result(meeting_id=each, question=question, band=band) for each in recent for question, band in FELT.items())
    begins = quarter_of(today)
    for back, meetings in enumerate(reversed(MEETINGS), 1):
        begins, answers = quarter_of(begins - timedelta(days=1)), meetings * 6
        sums.seal(Quarter(begins, meetings, answers, {question: round(answers * shares[-back] / 100) for question, shares in SHARES.items()}))
    sums.write_out(today)
