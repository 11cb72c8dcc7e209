"""What happened at one table: who sat, what was said, what was taken on and how it went, what was wished for. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from actions.words import Answer, Nature, Progress, Rank, Via
from core.workdays import add_working_days
from demo.years.lives import Life, Turn, later
from meetings.capture import EntryKind
from meetings.models import Mode
from meetings.table import Attendance, Level, Reply, SeatRole
from resources.models import IdeaState

RUNS, WRITES, WATCHES = "wanaka", "nagihara", "yuihashi"  # of the coordinating body and of 社協
SIGNED_IN = {"wanaka", "shiomachi", "tsukishiro", "hamakaze", "asagiri", "matsukage", "nagisa"}  # who can answer on a screen
KINDS = (("fact", 2, 3), ("issue", 1, 1), ("formulation", 1, 1), ("opinion", 1, 2), ("decision", 1, 2), ("taken_back", 0, 1))


@dataclass
class SeatStory:
    member: str
    level: Level
    role: SeatRole
    reply: Reply
    note: str
    attendance: Attendance
    acknowledged: bool


@dataclass
class Line:
    kind: EntryKind
    text: str
    agency: str
    source: str = ""
    id: int = 0


@dataclass
class RoleStory:
    """A role: who said what to it (`said`: answer, day, words), and how it went (`went`: state, day, words)."""

    what: str
    agency: str
    member: str
    due: date | None
    rank: Rank = Rank.MAIN
    nature: Nature | None = None
    said: tuple[Answer, date, str, Via] | None = None
    went: list[tuple[Progress, date, str]] = field(default_factory=list)
    looked_for_until: date | None = None

    @property
    def held(self) -> bool:
        return bool(self.agency) and not (self.said and self.said[0] is Answer.HARD)

    @property
    def state(self) -> Progress:
        return self.went[-1][0] if self.went else Progress.OPEN

    def state_on(self, day: date) -> Progress:
        """How it stood in the evening of a day."""
        return next((state for state, on, _words in reversed(self.went) if on <= day), Progress.OPEN)


@dataclass
class IdeaStory:
    words: dict
    state: IdeaState
    due: date


@dataclass
class Table:
    """One household heard in one meeting."""

    life: Life
    turn: Turn
    purpose: str
    to_decide: str
    seats: list[SeatStory] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    roles: list[RoleStory] = field(default_factory=list)
    ideas: list[IdeaStory] = field(default_factory=list)
    lead: str = ""
    verdict: str = ""
    emergency: str = ""
    id: int = 0


WHY = {
    "first": ("これまでに分かっていることを持ち寄り、本人との関わり方をそろえる。", "誰が、どの順番で関わるかを決める。"),
    "later": ("前回からの様子を共有し、同意が得られるまでの関わりを見直す。", "続けること、変えることを一つずつ決める。"),
    "plan": ("支援プランの案が、本人の望む暮らしに合っているかを確かめる。", "プランの適切性と、役割の分担を決める。"),
    "monitor": ("プランの進み具合を確かめる。", "役割の見直しと、次に確かめる日を決める。"),
    "evaluate": ("プランの期間の終わりに当たり、目標ごとに評価する。", "終結・再プラン・中断のいずれにするかを決める。"),
    "again": ("再開の目安に当たる変化を受け、支援を組み直す。", "当面の役割と、様子を見る期間を決める。"),
}


def table(life: Life, turn: Turn, mode: Mode, members: dict[str, str], until: date) -> Table:
    """What happened when this household was heard; `members` gives everybody's agency by key."""
    dice = Random(f"table {life.turn} {turn.day} {turn.why}")
    made = Table(life, turn, *WHY[turn.why], lead=life.words.kind["lead"], emergency=dice.choice(life.words.common["emergency"]))
    made.seats = _seats(life, turn, mode, dice)
    made.lines = _lines(life, turn, members, made.seats, dice)
    made.roles = _roles(life, turn, members, until, dice)
    if turn.why in ("first", "later", "plan") and dice.random() < 0.24:
        made.ideas = [_idea(life, turn, until, dice)]
    if turn.verdict and turn.verdict.value == "fit_amended":
        made.verdict = dice.choice(life.words.common["amended"])
    elif turn.verdict and turn.verdict.value == "again":
        made.verdict = life.words.common["again"][0]
    return made


def _seats(life: Life, turn: Turn, mode: Mode, dice: Random) -> list[SeatStory]:
    keys = life.words.kind["seats"]
    called = keys[:3] + [each for each in keys[3:] if dice.random() < 0.55]
    fixed = [(RUNS, SeatRole.FACILITATOR), (WRITES, SeatRole.NOTE_TAKER), *([(WATCHES, SeatRole.TIMEKEEPER)] if dice.random() < 0.6 else [])]
    rows = [*fixed, (called[0], SeatRole.PRESENTER), *((each, SeatRole.PARTICIPANT) for each in called[1:])]
    made = [_seat(member, role, place, mode, dice) for place, (member, role) in enumerate(rows)]
    if dice.random() < 0.12:  # somebody who was only asked in writing
        made.append(SeatStory("hakari", Level.INQUIRY, SeatRole.PARTICIPANT, Reply.NONE, "", Attendance.WRITTEN, False)
                    if "hakari" not in called else made.pop())
    return made


def _seat(member: str, role: SeatRole, place: int, mode: Mode, dice: Random) -> SeatStory:
    level = Level.REQUIRED if place < 5 else Level.DESIRED
    luck = dice.random()
    if role is SeatRole.PARTICIPANT and luck < 0.1:
        return SeatStory(member, level, role, Reply.NO, dice.choice(["", "管内の訪問と重なっています", "研修のため出席できません"]), Attendance.ABSENT, False)
    online = mode is Mode.ONLINE or mode is Mode.BOTH and member != RUNS and dice.random() < 0.4
    came = Attendance.PROXY if role is SeatRole.PARTICIPANT and luck < 0.14 else Attendance.ONLINE if online else Attendance.PRESENT
    return SeatStory(member, level, role, Reply.YES if luck < 0.95 else Reply.MAYBE, "", came, came is not Attendance.PROXY and dice.random() < 0.94)


def _lines(life: Life, turn: Turn, members: dict[str, str], seats: list[SeatStory], dice: Random) -> list[Line]:
    here = {members[each.member] for each in seats if each.attendance.here}
    made = []
    for kind, low, high in KINDS:
        rows = life.words.rows(kind)
        chosen = dice.sample(rows, min(len(rows), dice.randint(low, high)))
        made += [Line(EntryKind(kind), each["text"], each["by"] if each["by"] in here else "juso", each.get("source", "")) for each in chosen]
    if turn.why in ("monitor", "evaluate"):
        made.insert(0, Line(EntryKind.FACT, life.words.common["monitored"][dice.randrange(3)], "juso", "各機関の報告"))
        made.append(Line(EntryKind.OPINION, f"本人の受け止めは{dice.choice(life.words.common['own_view'])}とのこと。", "juso"))
    return made


def _roles(life: Life, turn: Turn, members: dict[str, str], until: date, dice: Random) -> list[RoleStory]:
    rows = [each for each in life.words.rows("roles") if each["by"]]
    many = dice.randint(1, 2) if turn.why == "evaluate" else dice.randint(2, 3)
    made = [_role(each, turn, life, members, until, dice) for each in dice.sample(rows, min(many, len(rows)))]
    if turn.why in ("first", "plan") and dice.random() < 0.34:
        made.append(_untaken(next(each for each in life.words.rows("roles") if not each["by"]), turn, life, until, dice))
    if dice.random() < 0.6:
        row = dict(what="各機関の進み具合を聞き、次の会議の日程を調整する", by="juso", days=24)
        made.append(_role(row, turn, life, members, until, dice, Nature.MANAGE, Rank.SUPPORT))
    return made


def _role(row: dict, turn: Turn, life: Life, members: dict[str, str], until: date, dice: Random, nature=None, rank=Rank.MAIN) -> RoleStory:
    due = add_working_days(turn.day + timedelta(days=row["days"] + dice.randint(-3, 12)), 1)
    member = RUNS if row["by"] == "juso" else next((each for each in life.words.kind["seats"] if members[each] == row["by"]), "")
    made = RoleStory(row["what"], row["by"], member, due, dice.choice([rank, rank, rank, Rank.SUB]) if rank is Rank.MAIN else rank, nature)
    answer = dice.choices([Answer.TAKE, Answer.CONDITION, Answer.BRING_BACK, Answer.HARD], [82, 10, 4, 4])[0] if nature is None else Answer.TAKE
    words = {Answer.TAKE: [""], Answer.CONDITION: life.words.common["condition"], Answer.BRING_BACK: life.words.common["bring_back"],
             Answer.HARD: life.words.common["hard"]}[answer]
    on = add_working_days(turn.day, dice.randint(1, 3))
    if on > until:
        return made
    made.said = answer, on, dice.choice(words), Via.SCREEN if member in SIGNED_IN else dice.choice([Via.TOLD, Via.PHONE, Via.PAPER])
    if answer is Answer.HARD:
        _look_on(made, turn, life, until, dice)
    else:
        made.went = _going(due, on, until, life.words.common, dice)
    return made


def _untaken(row: dict, turn: Turn, life: Life, until: date, dice: Random) -> RoleStory:
    """Nobody took it; the coordinating body goes on looking, and some of it stays."""
    made = RoleStory(row["what"], "", "", None)
    _look_on(made, turn, life, until, dice)
    return made


def _look_on(role: RoleStory, turn: Turn, life: Life, until: date, dice: Random) -> None:
    role.due, role.looked_for_until = None, add_working_days(turn.day, 20)
    given_up = later(turn.day, 90, 170, dice)
    if given_up <= until and (life.over or dice.random() < 0.75):
        role.went = [(Progress.DROPPED, given_up, life.words.common["dropped_open"][0])]


def _going(due: date, taken: date, until: date, common: dict, dice: Random) -> list[tuple[Progress, date, str]]:
    """Begun in the days after the answer; done by its day for the most part, late for some, not needed for a few."""
    begun, luck = add_working_days(taken, dice.randint(1, 6)), dice.random()
    ends = add_working_days(due, -dice.randint(0, 6)) if luck < 0.7 else add_working_days(due, dice.randint(1, 15))
    if ends > until and due <= until:  # nobody is reminded of anything old
        ends = max(add_working_days(due, -1), begun)
    steps = [(Progress.STARTED, begun, "")] if begun < ends else []
    if 0.7 <= luck < 0.78:
        steps.append((Progress.STUCK, add_working_days(due, -1), common["stuck"][0]))
    state, words = (Progress.DROPPED, dice.choice(common["dropped"])) if luck > 0.93 else (Progress.DONE, dice.choice(common["done_words"]))
    steps.append((state, max(ends, begun), words))
    return sorted((each for each in steps if each[1] <= until), key=lambda each: each[1])


def _idea(life: Life, turn: Turn, until: date, dice: Random) -> IdeaStory:
    age = (until - turn.day).days
    states = {True: [IdeaState.REAL, IdeaState.TRIAL, IdeaState.STUDY, IdeaState.DROPPED], False: [IdeaState.IDEA, IdeaState.STUDY, IdeaState.TRIAL, IdeaState.IDEA]}[age > 240]
    return IdeaStory(dice.choice(life.words.rows("ideas")), dice.choice(states), later(turn.day, 40, 120, dice))

