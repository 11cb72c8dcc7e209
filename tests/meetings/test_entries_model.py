"""Three people write, change, move and take back lines at one table; a list of plain Python says what must come of it."""

from __future__ import annotations

from copy import deepcopy
from threading import Barrier, Event, Thread

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test as run,
)
import pytest
import sqlalchemy as sa

from accounts.models import User
from core.database import session, unit
from core.web import Refused
from meetings import acts, capture
from meetings.capture import Entry, EntryKind, Revision
from meetings.minutes import lay_out
from meetings.models import Meeting
from meetings.record import finalise
from meetings.table import Hearing

WHO = st.integers(0, 2)
WHICH = st.integers(0, 50)
TEXTS = st.sampled_from("あいうえお")
KINDS = st.sampled_from([EntryKind.OPINION, EntryKind.DECISION])


class Line:
    """What the reference knows of a line: what shows, what waits beside it, everything that was ever written."""

    def __init__(self, kind, text):
        self.words, self.removed, self.number, self.newest, self.rivals = (kind, text), False, 1, 1, {}
        self.history = [(kind, text)]

    @property
    def state(self):
        return deepcopy((self.words, self.removed, self.rivals))

    def write(self, words, by=None):
        self.newest += 1
        self.history.append(words)
        if by is None:
            self.words, self.number = words, self.newest
        else:
            self.rivals[self.newest] = (words, by)


class Reference:
    """The table in plain Python: lines in order, and who did what."""

    def __init__(self):
        self.lines, self.order, self.journal = {}, [], []

    def change(self, who, id, how):
        line, before = self.lines[id], self.lines[id].state
        how(line)
        if line.state != before:
            self.note(who, "line", id, before, line.state)

    def note(self, who, kind, id, before, after):
        self.journal.append(dict(turn=len(self.journal), who=who, kind=kind, id=id, before=before, after=after, undone=None))

    def capture(self, who, id, kind, text):
        self.lines[id] = Line(kind, text)
        self.order.append(id)
        words, _removed, rivals = self.lines[id].state
        self.note(who, "line", id, (words, True, rivals), self.lines[id].state)

    def rewrite(self, who, id, read, words):
        def how(line):
            line.removed = False
            if words == line.words:
                return
            if read == line.number:
                return line.write(words)
            mine = [number for number, (_words, by) in line.rivals.items() if by == who]
            if not any(line.rivals[number][0][1] == words[1] for number in mine):
                for number in mine:
                    del line.rivals[number]
                line.write(words, by=who)

        self.change(who, id, how)

    def settle(self, who, id, text):
        def how(line):
            there, line.removed, line.rivals = line.rivals, False, {}
            if there or text != line.words[1]:
                line.write((line.words[0], text))

        self.change(who, id, how)

    def move(self, who, id, after):
        before = self.behind(id)
        self.put(id, after)
        if self.behind(id) != before:
            self.note(who, "move", id, before, self.behind(id))

    def behind(self, id):
        place = self.order.index(id)
        return self.order[place - 1] if place else None

    def put(self, id, after):
        if after != id:
            self.order.remove(id)
            self.order.insert(self.order.index(after) + 1 if after else 0, id)

    def last(self, who, again):
        mine = [each for each in self.journal if each["who"] == who]
        stands = max((each["turn"] for each in mine if each["undone"] is None), default=-1)
        if again:
            return max((each for each in mine if each["turn"] > stands and each["undone"]), key=lambda each: each["undone"], default=None)
        return next((each for each in mine if each["turn"] == stands), None)

    def pass_over(self, act):
        """It is told once, then older acts are reached."""
        act["undone"] = 0
        return False

    def turn_back(self, who, again=False):
        """Undo, or do again; False when it must be refused."""
        act = self.last(who, again)
        if act is None:
            return False
        have, want = (act["before"], act["after"]) if again else (act["after"], act["before"])
        line = self.lines[act["id"]]
        if act["kind"] == "line":
            if line.state != have:
                return self.pass_over(act)
            words, line.removed, line.rivals = deepcopy(want)
            if words != line.words:
                line.write(words)
        else:
            later = [each for each in self.journal if each["turn"] > act["turn"] and each["who"] != who and each["kind"] == "move"
                     and each["id"] == act["id"] and not each["undone"]]
            if later or line.removed:
                return self.pass_over(act)
            self.put(act["id"], want)
        act["undone"] = None if again else 1 + max((each["undone"] or 0 for each in self.journal), default=0)
        return True


def machine(world):
    """A state machine on the small world's table; every run is taken back at its end."""

    class Table(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.context = world.app.app_context()
            self.context.push()
            session.remove()
            self.people = [session.get(User, each) for each in (world.hanako, world.jiro, world.saburo)]
            self.hearing, self.reference, self.ids = session.get(Hearing, world.hearing), Reference(), []

        def teardown(self):
            session.rollback()
            session.remove()
            self.context.pop()

        def line(self, which):
            return session.get(Entry, self.ids[which % len(self.ids)])

        def same(self, done, really):
            """Both do it, or both refuse."""
            try:
                really()
                assert done
            except Refused:
                assert not done

        @rule(who=WHO, kind=KINDS, text=TEXTS)
        def capture(self, who, kind, text):
            made = Entry.capture(self.hearing, self.people[who], f"k{len(self.ids)}", kind, text)
            assert Entry.capture(self.hearing, self.people[who], made.key, kind, text) is made  # sent twice
            self.ids.append(made.id)
            self.reference.capture(who, made.id, kind, text)

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH, kind=KINDS, text=TEXTS, late=st.booleans())
        def rewrite(self, who, which, kind, text, late):
            entry = self.line(which)
            read = self.reference.lines[entry.id].number - late
            self.reference.rewrite(who, entry.id, read, (kind, text))
            entry.rewrite(self.people[who], read, kind, text)

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH, kind=KINDS, late=st.booleans())
        def turn(self, who, which, kind, late):
            entry = self.line(which)
            line = self.reference.lines[entry.id]
            read = line.number - late
            may = not late and not line.removed  # nothing is made of a line that was taken away
            if may and kind != line.words[0]:
                self.reference.change(who, entry.id, lambda line: line.write((kind, line.words[1])))
            self.same(may, lambda: entry.turn(self.people[who], read, kind))

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH, text=TEXTS)
        def settle(self, who, which, text):
            entry = self.line(which)
            self.reference.settle(who, entry.id, text)
            entry.settle(self.people[who], text)

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH, late=st.booleans())
        def remove(self, who, which, late):
            entry = self.line(which)
            read = self.reference.lines[entry.id].number - late
            if not late:
                self.reference.change(who, entry.id, lambda line: setattr(line, "removed", True))
            self.same(not late, lambda: entry.remove(self.people[who], read))

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH)
        def restore(self, who, which):
            entry = self.line(which)
            self.reference.change(who, entry.id, lambda line: setattr(line, "removed", False))
            entry.restore(self.people[who])

        @precondition(lambda self: self.ids)
        @rule(who=WHO, which=WHICH, after=st.none() | WHICH)
        def move(self, who, which, after):
            entry, other = self.line(which), None if after is None else self.line(after)
            gone = self.reference.lines[entry.id].removed and other is not entry
            if not gone:
                self.reference.move(who, entry.id, other and other.id)
            self.same(not gone, lambda: entry.move(self.people[who], other))

        @rule(who=WHO)
        def undo(self, who):
            self.same(self.reference.turn_back(who), lambda: acts.undo(self.hearing, self.people[who]))

        @rule(who=WHO)
        def redo(self, who):
            self.same(self.reference.turn_back(who, again=True), lambda: acts.redo(self.hearing, self.people[who]))

        @invariant()
        def the_table_is_what_the_reference_says(self):
            rows = session.execute(sa.select(Entry.id, Entry.kind, Entry.text, Entry.number, Entry.removed_at.is_not(None)).where(
                Entry.hearing_id == self.hearing.id).order_by(Entry.position)).all()
            lines = self.reference.lines
            assert rows == [(id, *lines[id].words, lines[id].number, lines[id].removed) for id in self.reference.order]

        @invariant()
        def every_text_stays_in_the_history_and_rivals_wait(self):
            for id, line in self.reference.lines.items():
                kept = session.execute(sa.select(Revision.kind, Revision.text, Revision.rival).where(Revision.entry_id == id).order_by(Revision.number)).all()
                assert [(kind, text) for kind, text, _rival in kept] == line.history
                assert {turn for turn, each in enumerate(kept, 1) if each.rival} == set(line.rivals)

    return Table


def test_three_people_at_one_table(world, database_kind, monkeypatch):
    if database_kind != "sqlite":
        pytest.skip("what is tried here is the same on both; who waits for whom is tried below")
    monkeypatch.setattr(capture, "STEP", 4)  # so that places run out soon
    world.open_meeting()
    run(machine(world), settings=settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)))


def test_a_thousand_moves_into_one_gap_keep_the_order(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro = session.get(Hearing, world.hearing), session.get(User, world.jiro)
        lines = [Entry.capture(hearing, jiro, f"k{turn}", EntryKind.OPINION, str(turn)) for turn in range(4)]
        for turn in range(60):
            lines[2 + turn % 2].move(jiro, lines[0])
        order = session.scalars(sa.select(Entry.text).where(Entry.hearing_id == hearing.id).order_by(Entry.position)).all()
    assert order == ["0", "3", "2", "1"]


def test_people_who_write_and_move_at_the_same_moment_get_places_of_their_own(world, monkeypatch):
    monkeypatch.setattr(capture, "STEP", 2)
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro = session.get(Hearing, world.hearing), session.get(User, world.jiro)
        ids = [Entry.capture(hearing, jiro, f"k{turn}", EntryKind.OPINION, str(turn)).id for turn in range(4)]
    together, faults = Barrier(2), []

    def work(login):
        try:
            together.wait()
            for turn in range(6):
                with world.app.app_context(), unit():
                    here, by = session.get(Hearing, world.hearing), session.get(User, getattr(world, login))
                    Entry.capture(here, by, f"{login}-{turn}", EntryKind.OPINION, login)
                with world.app.app_context(), unit():
                    session.get(Entry, ids[turn % 4]).move(session.get(User, getattr(world, login)), session.get(Entry, ids[(turn + 2) % 4]))
        except Exception as fault:  # told by the test itself
            faults.append(fault)

    threads = [Thread(target=work, args=[login]) for login in ("jiro", "saburo")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with world.app.app_context(), unit(read_only=True):
        places = session.scalars(sa.select(Entry.position).where(Entry.hearing_id == world.hearing)).all()
    assert faults == []
    assert len(places) == len(set(places)) == 4 + 12


@pytest.mark.parametrize("first", ["line", "minutes"])
def test_a_line_acknowledged_while_the_minutes_become_final_stands_in_them(world, database_kind, first):
    """Whoever comes second waits for the other: either the paper has the line, or the line is refused."""
    if database_kind != "postgresql":
        pytest.skip("SQLite lets nobody begin to write before the other is through")
    world.open_meeting()
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).close(by=session.get(User, world.hanako))
    done, second, told = {"line": Event(), "minutes": Event()}, "minutes" if first == "line" else "line", {}

    def line(hearing):
        Entry.capture(hearing, session.get(User, world.jiro), "late", EntryKind.OPINION, "最後の一言")

    def minutes(hearing):
        told["paper"] = finalise(hearing.meeting, session.get(User, world.hanako), lay_out).content

    def work(name):
        try:
            with world.app.app_context(), unit():
                hearing = session.get(Hearing, world.hearing)
                assert not hearing.meeting.final  # both have looked before either of them writes
                ready.wait(5)
                if name == second:
                    done[first].wait(5)
                dict(line=line, minutes=minutes)[name](hearing)
                done[name].set()
                if name == first:
                    done[second].wait(.3)  # the other one would be through by now if it did not wait for us
        except Refused:
            told["refused"] = name
        except Exception as fault:  # told by the test itself
            told["fault"] = fault

    ready = Barrier(2)
    threads = [Thread(target=work, args=[name]) for name in done]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert "fault" not in told
    assert "最後の一言" in told["paper"] if first == "line" else told["refused"] == "line"


def test_words_of_a_limited_step_that_come_back_are_limited_again(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro = session.get(Hearing, world.hearing), session.get(User, world.jiro)
        line = Entry.capture(hearing, jiro, "k", EntryKind.OPINION, "みなの文")
        hearing.meeting.agenda[0].limited = True
        line.rewrite(jiro, 1, EntryKind.OPINION, "内々の文")
        acts.undo(hearing, jiro)
        line.limit(False)
        assert (line.text, line.limited) == ("みなの文", False)
        acts.redo(hearing, jiro)
        assert (line.text, line.limited) == ("内々の文", True)


def test_texts_settled_during_a_limited_step_make_the_line_limited(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro, saburo = session.get(Hearing, world.hearing), session.get(User, world.jiro), session.get(User, world.saburo)
        line, other = (Entry.capture(hearing, jiro, key, EntryKind.OPINION, "はじめの文") for key in "ab")
        for each in (line, other):
            each.rewrite(jiro, 1, EntryKind.OPINION, "次郎の文")
            each.rewrite(saburo, 1, EntryKind.OPINION, "三郎の文")
        hearing.meeting.agenda[0].limited = True
        line.settle(jiro, "内々の文")
        other.settle(saburo, "三郎の文", confidant=False)
        assert (line.limited, other.limited) == (True, False)


def test_nothing_acknowledged_is_lost_under_a_key_that_is_known(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro, saburo = session.get(Hearing, world.hearing), session.get(User, world.jiro), session.get(User, world.saburo)
        for _twice in range(2):
            for by, text in ((jiro, "一"), (jiro, "二"), (saburo, "一")):
                Entry.capture(hearing, by, "k", EntryKind.OPINION, text)
        assert [(each.written_by, each.text) for each in hearing.entries] == [(jiro, "一"), (jiro, "二"), (saburo, "一")]
