"""What may be said between the braces of a form: a small part of Jinja, each name known, each loop over a list. Pure.

Jinja reads the words; what it read is walked through, and only what is on the list below is built up again, with names of
our own. Nothing that a form says is ever run as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.languages import _, later
from papers.own_fields import CASES, FIELDS, TURN, Field, named, nearest
from papers.own_tags import Tag

DEEPEST = 6  # loops and conditions within each other
FILTERS = {"なければ": "default", "default": "default", "件数": "length", "length": "length", "count": "length", "つなぐ": "join", "join": "join",
           "一行": "line", "line": "line"}
ONLY = later("A form may only name fields, repeat lists and ask whether something is there; it cannot calculate or call anything.")
WORDS = {"for", "if", "elif", "else", "endif", "endfor"}
_reader = ImmutableSandboxedEnvironment()
_reader.globals.clear()
_reader.filters = dict.fromkeys(FILTERS, lambda each, *_more: each)
_reader.tests = {}


class Mistake(Exception):
    """What is wrong with one tag, as a sentence."""


@dataclass(frozen=True)
class Row:
    """What a loop's name stands for: one row of the list called `of`."""

    of: str
    fields: tuple[Field, ...]
    name: str  # by which it goes in what is built


ANYTHING = Row("", (), "")  # the rows of a loop that is wrong itself: what it says of them is not held against it


@dataclass
class Scope:
    """The names known at one place of the form."""

    rows: dict[str, Row] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    count: int = 0

    def within(self, name: str, of: Field) -> Scope:
        """The same with one more name, for the rows of a list."""
        self.count += 1
        return Scope(self.rows | {name: Row(of.name, of.rows, f"row{self.count}_{len(self.rows)}")}, self.used, self.count)

    def without(self, tag: Tag) -> Scope:
        """The same within a loop that cannot be made out: its name may stand, and means nothing."""
        word = tag.words.split()[1:2]
        return Scope(self.rows | dict.fromkeys(word, ANYTHING), self.used, self.count) if tag.first == "for" else self


def said(tag: Tag, scope: Scope) -> nodes.Expr:
    """The expression of `{{ … }}`, to be printed. Mistake when it says anything that is not allowed."""
    built, kind = _expression(_read("{{" + tag.words + "}}").nodes[0], scope)
    if isinstance(kind, Field) and kind.rows and not any(each.name == "文" for each in kind.rows):
        raise Mistake(_("“%(name)s” is a list: repeat it with {%%p for … in %(name)s %%} … {%%p endfor %%}.", name=kind.name))
    elif isinstance(kind, Row) and kind is not ANYTHING:
        raise Mistake(_("Say what of “%(name)s” is meant, for example {{ %(example)s }}.", name=kind.of, example=f"{_called(kind, scope)}.{kind.fields[0].name}"))
    return built


def condition(tag: Tag, scope: Scope) -> nodes.Expr:
    """The expression of `{% if … %}` or `{% elif … %}`."""
    words = tag.words[len(tag.first):]
    return _expression(_read("{% if " + words + "%}{% endif %}").test, scope)[0]


def loop(tag: Tag, scope: Scope) -> tuple[nodes.For, Scope]:
    """The loop of `{% for … in … %}`, still empty, and the names known within it."""
    read = _read("{% " + tag.words + "%}{% endfor %}")
    if not isinstance(read.target, nodes.Name) or read.recursive:
        raise Mistake(_("Write a loop as {%% for name in list %%}."))
    over, kind = _expression(read.iter, scope)
    if not isinstance(kind, Field) or not kind.rows:
        raise Mistake(_("“%(words)s” is one value, no list; it cannot be repeated.", words=tag.words.partition(" in ")[2].strip()))
    inner = scope.within(read.target.name, kind)
    test = _expression(read.test, Scope({**inner.rows, "loop": None}, scope.used))[0] if read.test else None
    made = nodes.For(nodes.Name(inner.rows[read.target.name].name, "store"), over, [], [], test, False)
    return made, inner


def _read(source: str):
    try:
        body = _reader.parse(source).body
    except (TemplateSyntaxError, RecursionError, ValueError) as fault:
        raise Mistake(_("This is not written as a field or a loop is written.")) from fault
    if len(body) != 1:
        raise Mistake(_("This is not written as a field or a loop is written."))
    return body[0]


def _expression(read, scope: Scope):
    """(what is built, what it is: a Field, a Row or None for any value)."""
    match read:
        case nodes.Name():
            return _name(read.name, scope)
        case nodes.Getattr(attr=word):
            return _of(read.node, word, scope)
        case nodes.Getitem(arg=nodes.Const(value=str() as word)):
            return _of(read.node, word, scope)
        case nodes.Const(value=str() | bool() | int() | None):
            return nodes.Const(read.value), None
        case nodes.Filter():
            return _filter(read, scope)
        case nodes.Not():
            return nodes.Not(_expression(read.node, scope)[0]), None
        case nodes.And() | nodes.Or():
            return type(read)(_expression(read.left, scope)[0], _expression(read.right, scope)[0]), None
        case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne" as op) as other]):
            return nodes.Compare(_value(read.expr, scope), [nodes.Operand(op, _value(other.expr, scope))]), None
        case nodes.CondExpr():
            rest = _expression(read.expr2, scope)[0] if read.expr2 else nodes.Const("")
            return nodes.CondExpr(_expression(read.test, scope)[0], _value(read.expr1, scope), rest), None
        case _:
            raise Mistake(str(ONLY))


def _value(read, scope):
    return _expression(read, scope)[0]


def _name(name: str, scope: Scope):
    if name in scope.rows and scope.rows[name]:
        row = scope.rows[name]
        return nodes.Name(row.name, "load"), row
    elif name == "loop" and scope.rows and "loop" not in scope.rows:
        return nodes.Name("loop", "load"), Row("loop", TURN, "loop")
    known = named(FIELDS)
    if name not in known:
        raise Mistake(_unknown(name, (*scope.rows, *known)))
    scope.used.add(known[name].name)
    return nodes.Name(known[name].name, "load"), known[name]


def _of(read, word: str, scope: Scope):
    built, row = _expression(read, scope)
    if row is ANYTHING:
        return nodes.Const(""), None
    elif isinstance(row, Field):
        raise Mistake(_("“%(name)s” has no parts; only the name of a loop can stand before a dot.", name=row.name))
    elif row is None:
        raise Mistake(str(ONLY))
    known = named(row.fields)
    if word not in known:
        raise Mistake(_unknown(word, known, row.of))
    elif row.of == "loop":
        return nodes.Getattr(built, known[word].name, "load"), None
    if row.of == CASES.name:
        scope.used.add(known[word].name)
    return nodes.Getitem(built, nodes.Const(known[word].name), "load"), known[word]


def _filter(read, scope: Scope):
    plain = all(isinstance(each, nodes.Const) and isinstance(each.value, str) and len(each.value) <= 100 for each in read.args)
    if read.node is None or read.name not in FILTERS or read.kwargs or read.dyn_args or read.dyn_kwargs or not plain or len(read.args) > 1:
        raise Mistake(_("Behind “|” only these may stand: %(known)s.", known="なければ(\"…\")、件数、つなぐ(\"…\")、一行"))
    built, kind = _expression(read.node, scope)
    listed = isinstance(kind, Field) and kind.rows
    if FILTERS[read.name] in ("length", "join") and not listed:
        raise Mistake(_("“%(filter)s” is for lists only.", filter=read.name))
    return nodes.Filter(built, FILTERS[read.name], [nodes.Const(each.value) for each in read.args], [], None, None), None


def _unknown(name: str, known, of: str = "") -> str:
    close = nearest(name, [each for each in known if not each.isascii() or name.isascii()])
    lacking = _("There is no field “%(name)s” in “%(of)s”.", name=name, of=of) if of else _("There is no field “%(name)s”.", name=name)
    return lacking + _("Is “%(name)s” meant?", name=close) if close else lacking


def _called(row: Row, scope: Scope) -> str:
    return next((name for name, each in scope.rows.items() if each is row), "…")
