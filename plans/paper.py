"""A plan and its evaluation as paper, in the words of a Japanese office. No names: a case number, labels, agencies."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from core.office import office
from exports.blocks import Block, End, Heading, Item, Line, Pairs, Quote, Table, Text, Title
from plans import verdicts
from plans.content import Goal, day
from plans.verdicts import Programme

__all__ = ["evaluation", "office", "plan"]
NONE = "なし"


def plan(case, version) -> Iterator[Block]:
    """プラン: one frozen version, with what the meeting found of it and who agreed."""
    words = version.words
    yield Title("支援プラン", verdicts.name(version.plan.number, version.number))
    yield Line(f"作成日　{_day(clock.local(version.frozen_at).date())}", "right")
    yield Line(office().name, "right")
    yield Pairs("プランの概要", (
        ("整理番号", case.number), ("世帯", case.label),
        ("プラン期間", f"{_day(day(words.period_from))}から{_day(day(words.period_to))}まで"),
        ("モニタリング", _day(day(words.monitoring_on))), *((("前の版からの変更", version.change),) if version.change else ())))
    yield Heading(1, "本人・世帯の目指す姿")
    yield Quote(words.aim)
    yield Heading(1, "本人・家族の案")
    yield Text(words.family_idea or NONE)
    yield Heading(1, "目標と支援内容")
    for place, goal in enumerate(words.goals, 1):
        yield from _goal(place, goal)
    yield Heading(1, "利用する事業")
    yield from _programmes(words)
    yield Heading(1, "インフォーマル資源")
    yield Text(words.informal)
    yield Heading(1, "緊急時の対応")
    yield Text(words.emergency or NONE)
    yield Heading(1, "重層的支援会議における協議の結果")
    yield from _verdicts(version)
    yield Heading(1, "本人の同意")
    yield Table("本人の同意", (60, 100), ("同意した人", "同意した日"),
                tuple((each.who, _day(each.on)) for each in version.agreements) or (("", "　　年　　月　　日"),))
    yield End()


def evaluation(case, made) -> Iterator[Block]:
    """評価: what became of each goal, what is left, and what follows."""
    words = made.version.words
    yield Title("支援プラン評価書", verdicts.name(made.plan.number, made.version.number))
    yield Line(f"評価日　{_day(made.on)}", "right")
    yield Line(office().name, "right")
    yield Pairs("評価の概要", (
        ("整理番号", case.number), ("世帯", case.label),
        ("プラン期間", f"{_day(day(words.period_from))}から{_day(day(words.period_to))}まで"),
        ("結論", made.conclusion.law_name), ("理由", made.reason)))
    yield Heading(1, "目標の達成状況")
    yield Table("目標の達成状況", (70, 22, 68), ("目標", "達成状況", "状況の説明"),
                tuple((goal, result.law_name, said or "―") for goal, result, said in made.judged))
    yield Heading(1, "見られた変化")
    yield Text(made.changes or "記載なし")
    yield Heading(1, "本人の受け止め")
    yield Quote(made.own_view)
    yield Heading(1, "残された課題")
    yield Text(made.remaining or NONE)
    yield Heading(1, "不足した社会資源")
    yield Text(made.missing or NONE)
    yield from _afterwards(case, made)
    yield End()


def _goal(place: int, goal: Goal) -> Iterator[Block]:
    yield Heading(2, goal.text)
    if goal.issue:
        yield Text(f"解決したい課題　{goal.issue}", leads=bool(goal.supports))
    if goal.supports:
        yield Table(f"目標{place}の支援内容", (34, 46, 24, 26, 34), ("担当", "支援内容", "頻度", "期間", "本人のすること"), tuple(
            (each.who or "調整中", each.what, each.often or "―", f"{_day(day(each.until), False)}まで" if each.until else "―",
             each.own_part or "―") for each in goal.supports))
    else:
        yield Text("支援内容は調整中")


def _programmes(words) -> Iterator[Block]:
    for each in words.programmes:
        yield Item(Programme(each).law_name)
    if words.programme_note or not words.programmes:
        yield Text(words.programme_note or NONE)


def _verdicts(version) -> Iterator[Block]:
    rows = tuple((f"{_day(clock.local(each.hearing.meeting.starts_at).date())}\n{each.hearing.meeting.reference}", each.verdict.law_name,
                  each.words or "―") for each in version.verdicts)
    if rows:
        yield Table("協議の結果", (48, 32, 80), ("会議", "プランの適切性", "意見等"), rows)
    else:
        yield Text("協議前")


def _afterwards(case, made) -> Iterator[Block]:
    """What was agreed for afterwards, once the case has been closed on this evaluation."""
    closure = case.closure
    if made.conclusion == verdicts.Conclusion.CLOSE and closure:
        checks = "、".join(_day(each.due_on) for each in closure.checks) or "未定"
        yield Heading(1, "終結後の体制")
        yield Pairs("終結後の体制", tuple((label, words) for label, words in (
            ("主担当機関", closure.lead_agency.name), ("役割分担", closure.roles), ("今後の見通し", closure.outlook),
            ("見守りの方法", closure.watchers), ("再開の目安", closure.signs), ("確認日", checks)) if words))


def _day(on, weekday: bool = True) -> str:
    return clock.wareki(on, weekday) if on else "未定"
