"""How questions, answers and results are called, on the screen and on paper. Pure: no web, no database."""

from __future__ import annotations

from core.languages import later
from reflection.rules import Answer, Band, Question

QUESTIONS = {
    Question.ROLE: later("It was clear what I was there for"),
    Question.SPEAKING: later("I could say what I wanted to say"),
    Question.BLAME: later("Nobody was blamed"),
    Question.WISH: later("The person's wish was at the centre"),
    Question.MOVING: later("I think that things will move now"),
}
WITHOUT_CASE = later("Those whom it is about were at the centre")  # where no household was talked over
ANSWERS = {Answer.YES: later("Yes"), Answer.BETWEEN: later("Neither"), Answer.NO: later("No")}
BANDS = {Band.MOSTLY: later("Mostly yes"), Band.DIVIDED: later("Divided"), Band.SELDOM: later("Yes from few")}


def question(each: Question, cases: bool = True):
    """A question as it is asked after a meeting with cases, or without."""
    return QUESTIONS[each] if cases or each is not Question.WISH else WITHOUT_CASE


def on_paper(each: Question, cases: bool = True) -> str:
    """The same on a sheet of paper."""
    return ON_PAPER[each] if cases or each is not Question.WISH else "暮らす人の立場が話の中心にあった"


ON_PAPER = {  # 会議の終わりに配る紙の文言
    Question.ROLE: "自分が何のために出席したか、はっきりしていた",
    Question.SPEAKING: "言いたいことを言えた",
    Question.BLAME: "誰も責められていなかった",
    Question.WISH: "本人の願いが話の中心にあった",
    Question.MOVING: "この後、支援が動き出すと思う",
}
