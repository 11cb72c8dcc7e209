"""Meetings nobody would think of: any text in any field, and what breaks files more often."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import strategies as st

from exports.minutes import Assignment, Attendee, Carried, Hearing, Idea, Minutes, Statement

# each alone has broken somebody's papers: pairs and their halves, 外字, marks that join the letter before, directions, markup
ODD = ["𠮷野家", "\ud842\udfb7", "\ud842", "\udfb7", "\ue000\uf8ff", "\U000f0000\U0010fffd", "か\u3099", "葛\U000e0100城", "㐂\ufe00", "👩‍⚕️👨‍👩‍👧",
       "\u202e逆さ\u202c", "\u2066内\u2069", "שלום\u200f", "مرحبا", "{{ name }}", "{% for x in y %}", "]]>", "<w:p/>", "&amp;", "$body", "%s", "\x00", "\x1b[31m",
       "\x0b", "\r\n", "\t", "\x85", "\u2028", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "　", " 前後 ", "１．", "=1+1"]
ANY = st.text(st.characters(), max_size=12) | st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=4).map("".join)


def filled(kind, **more):
    """One of the dataclasses with any text in each of its text fields."""
    plain = {each.name: ANY for each in fields(kind) if each.type == "str"}
    return st.builds(kind, **(plain | more))


def some(kind, **more):
    """A short tuple of them."""
    return st.lists(filled(kind, **more), max_size=2).map(tuple)


SAID = ("facts", "formulations", "issues", "opinions", "decisions", "taken_back", "cards", "dissents", "circulated")
LINES = st.lists(ANY, max_size=2).map(tuple)
HEARINGS = filled(Hearing, consent=LINES, attendees=some(Attendee), assignments=some(Assignment, lead=st.booleans()), carried=some(Carried),
                  ideas=some(Idea), **{name: some(Statement, limited=st.booleans()) for name in SAID})
MINUTES = filled(Minutes, hearings=st.lists(HEARINGS, max_size=2).map(tuple), reopened=LINES)
