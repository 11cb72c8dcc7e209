"""An office's own form and a meeting's minutes make a Word file. Pure: bytes and `Minutes` in, bytes out.

`prepared` is asked once, when a form is sent: it gives what is kept. `filled` is asked for each paper. The tree of the form,
cut at its markers, becomes one template of a sandboxed Jinja; values come in escaped, so that nothing in a record can be
read as a tag, and loops, letters and time have their limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
import re
import time

from jinja2 import Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from core.languages import _
from exports.minutes import Minutes
from exports.ooxml import printable
from papers import own_language
from papers.own_checks import Package, Unfit, W, opened, parsed
from papers.own_cleaning import MOST_FAULTS, clean
from papers.own_fields import Rows, values
from papers.own_language import Mistake, Scope
from papers.own_mending import mend, warn
from papers.own_packing import packed
from papers.own_places import places
from papers.own_tags import MARK, Tag, marked

MOST_TAGS = 2_000
MOST_ROWS = 200_000  # gone through in all loops of one paper
MOST_LETTERS = 60_000_000  # of XML
SECONDS = 20
# what a record of each kind must not lose unnoticed: who disagreed, what was decided, who does it, what was taken back
NEEDED = dict(minutes=("日時", "出席者", "決定事項", "役割分担", "持ち帰り", "異議"), summary=("日時", "決定事項", "役割分担"), roles=("役割分担",))
_CUT = re.compile(rf"<\?{MARK} (\d+)\?>")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BREAK, _TAB = '</w:t><w:br/><w:t xml:space="preserve">', '</w:t><w:tab/><w:t xml:space="preserve">'


class TooMuch(Exception):
    """A form that would make more of these minutes than a paper can be."""


@dataclass(frozen=True)
class Prepared:
    """A form that may be kept: its bytes, what was taken out of it, and the fields it names."""

    content: bytes
    left_out: tuple[str, ...]
    used: tuple[str, ...]


def prepared(content: bytes) -> Prepared:
    """Look at a form that was sent, and take out what does not travel on. Unfit with every fault that was found."""
    package = opened(content)
    clean(package)
    kept = packed(package)
    form = _compiled(package)
    if not form.used:
        raise Unfit(_("The form names no field. Type for example {{ 件名 }} where the title belongs."))
    return Prepared(kept, tuple(package.left_out), tuple(sorted(form.used)))


def filled(content: bytes, minutes: Minutes) -> bytes:
    """The paper: a prepared form with these minutes in it. The same form and minutes give the same bytes.

    A copy and a draft say that they are one, at the top, where the form itself has no field for it. TooMuch where the form
    repeats lists within lists beyond all measure.
    """
    return _form(content).filled(minutes)


def missing(content: bytes, paper: str) -> list[str]:
    """The fields that this paper ("minutes", "summary" or "roles") should not be without and the form does not name."""
    return [each for each in NEEDED.get(paper, ()) if each not in _form(content).used]


@lru_cache(maxsize=8)
def _form(content: bytes) -> Form:
    return _compiled(opened(content))


class Budget:
    """How much one paper may cost."""

    def __init__(self):
        self.rows, self.letters, self.until = MOST_ROWS, MOST_LETTERS, time.monotonic() + SECONDS

    def spend(self, rows: int = 1, letters: int = 0) -> None:
        """Take something from it. TooMuch when nothing is left."""
        self.rows, self.letters = self.rows - rows, self.letters - letters
        if self.rows < 0 or self.letters < 0 or time.monotonic() > self.until:
            raise TooMuch(_("This form would make a paper that is far too long. Look at its loops."))


class Form:
    """A form ready to be filled: the parts in which fields stand as templates, the others as they are."""

    def __init__(self, package: Package, templates: dict[str, Template], used: set[str]):
        self.package, self.templates, self.used = package, templates, frozenset(used)

    def filled(self, minutes: Minutes) -> bytes:
        """As `filled`."""
        budget = Budget()
        told = values(minutes, budget.spend)
        parts = {name: self._part(name, told, budget) for name in self.templates}
        return packed(warn(self.package, parts, minutes), parts, minutes)

    def _part(self, name: str, told: dict, budget: Budget):
        pieces = []
        for piece in self.templates[name].generate(told):
            budget.spend(0, len(piece))
            pieces.append(piece)
        tree = parsed("".join(pieces).encode())
        mend(tree)
        return tree


# -- making the templates ----------------------------------------------------------------------------------------------

def _compiled(package: Package) -> Form:
    faults, scope, templates = [], Scope(), {}
    for name in package.written():
        tree, tags = package.parts[name], []
        if tree.nsmap.get("w") != W:
            raise Unfit(_("The file is damaged. Open it in Word, save it again and send that."))
        marked(tree, places(tree, package.kinds[name]), tags, faults)
        if len(tags) > MOST_TAGS:
            raise Unfit(_("The form has more than %(limit)s fields.", limit=f"{MOST_TAGS:,}"))
        body = _Builder(tree, tags, scope, faults).body()
        if not faults:
            templates[name] = _template(body)
    if faults:
        raise Unfit(*dict.fromkeys(faults[:MOST_FAULTS]))
    return Form(package, templates, scope.used)


def _template(body: list) -> Template:
    whole = nodes.Template(body, lineno=1).set_environment(_environment)
    for each in whole.find_all(nodes.Node):
        each.lineno = 1
    return Template.from_code(_environment, _environment.compile(whole, "form", "form"), {}, None)


@dataclass
class _Open:
    """A loop or a condition that is not closed yet."""

    tag: Tag
    mark: object
    node: nodes.Node
    into: list  # where what follows goes
    scope: Scope


class _Builder:
    """Put the pieces of a part between its markers, and what the markers say, into the shape of a template."""

    def __init__(self, tree, tags: list[Tag], scope: Scope, faults: list[str]):
        self.tree, self.tags, self.scope, self.faults = tree, tags, scope, faults
        self.marks = {int(each.text): each for each in tree.iter(etree.PI) if each.target == MARK}
        self.open: list[_Open] = []
        self.whole: list = []
        self.into = self.whole

    def body(self) -> list:
        """The nodes of the whole part; faults are noted."""
        pieces = _CUT.split(etree.tostring(self.tree, encoding="unicode"))
        for place, piece in enumerate(pieces):
            if place % 2:
                self._take(self.tags[int(piece)], self.marks[int(piece)])
            elif piece:
                self.into.append(nodes.Output([nodes.TemplateData(piece)]))
        for left in self.open:
            self._fault(left.tag, _("its end ({%% %(end)s %%}) is missing.", end=f"end{left.tag.first}"))
        return self.whole

    def _take(self, tag: Tag, mark) -> None:
        try:
            if tag.kind == "{":
                self.into.append(nodes.Output([own_language.said(tag, self.scope)]))
            elif tag.kind == "%":
                self._statement(tag, mark)
        except Mistake as fault:
            self._fault(tag, str(fault))
            if tag.first in ("for", "if"):  # so that its end is not called a stranger
                self._begin(tag, mark, nodes.If(nodes.Const(True), [], [], []), self.scope.without(tag))

    def _statement(self, tag: Tag, mark) -> None:
        if tag.first == "for":
            self._begin(tag, mark, *own_language.loop(tag, self.scope))
        elif tag.first == "if":
            self._begin(tag, mark, nodes.If(own_language.condition(tag, self.scope), [], [], []), self.scope)
        elif tag.first not in own_language.WORDS:
            raise Mistake(_("“%(word)s” is not allowed; only for, if, elif, else and their ends are.", word=tag.first[:20]))
        elif not self.open:
            raise Mistake(_("there is nothing before it that this would end."))
        elif self._fits(tag, mark):
            self._go_on(tag)

    def _begin(self, tag, mark, node, scope) -> None:
        if len(self.open) >= own_language.DEEPEST:
            raise Unfit(_("%(place)s: more than %(limit)s loops and conditions lie within each other.", place=tag.place, limit=own_language.DEEPEST))
        self.into.append(node)
        self.open.append(_Open(tag, mark, node, self.into, self.scope))
        self.into, self.scope = node.body, scope

    def _go_on(self, tag: Tag) -> None:
        last = self.open[-1]
        if tag.first.startswith("end"):
            if tag.first != f"end{last.tag.first}":
                raise Mistake(_("here “%(tag)s” should be ended first.", tag=last.tag.shown))
            self.open.pop()
            self.into, self.scope = last.into, last.scope
        elif tag.first == "else":
            self.scope, self.into = last.scope, last.node.else_
        elif last.tag.first == "if":
            made = nodes.If(own_language.condition(tag, self.scope), [], [], [])
            last.node.elif_.append(made)
            self.into = made.body
        else:
            raise Mistake(_("“elif” belongs to an “if”."))

    def _fits(self, tag: Tag, mark) -> bool:
        """Whether it stands in the same table, cell or paragraph as what it belongs to: else the paper would be torn."""
        first = self.open[-1]
        if tag.level == first.tag.level and _around(mark, tag.level) == _around(first.mark, tag.level):
            return True
        self._fault(tag, _("it does not stand in the same place as its beginning “%(tag)s” (%(place)s). Write both with tr for rows, both with p for "
                           "paragraphs, or both in one paragraph.", tag=first.tag.shown, place=first.tag.place))
        if tag.first == f"end{first.tag.first}":
            self._go_on(tag)
        return False

    def _fault(self, tag: Tag, words: str) -> None:
        self.faults.append(f"{tag.place} {tag.shown}: {words}")


def _around(mark, level: str):
    """What must be the same around a beginning and its end."""
    if level:
        return mark.getparent()
    chain = list(mark.iterancestors())
    run = next((place for place, each in enumerate(chain) if each.tag == f"{{{W}}}r"), 0)
    return [each.tag for each in chain[:run + 1]], chain[run + 1:]


# -- the sandbox -------------------------------------------------------------------------------------------------------

def _shown(value) -> Markup:
    """A value as it stands in a run of text: escaped, with Word's line breaks and tabs."""
    if isinstance(value, Markup):
        return value
    text = str(value) if isinstance(value, str | int | Rows) and not isinstance(value, bool) else ""
    return Markup(printable(text).translate(_ESCAPES).replace("\n", _BREAK).replace("\t", _TAB))


def _sandbox() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=True, finalize=_shown)
    made.globals.clear()
    made.tests = {}
    made.filters = {"default": lambda value, other="": value or other, "length": len,
                    "join": lambda rows, between="、": between.join(each.get("文", "") for each in rows),
                    "line": lambda value: " ".join(str(value).split())}
    return made


_environment = _sandbox()
