"""The floor plan: imports only go down. Words (a relationship's name, an endpoint in a template) may go anywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
import shutil

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the bottom up. Rooms on one floor do not import each other.
FLOORS = [
    {"core", "exports"},
    {"accounts", "hints", "stationery"},
    {"agencies"},
    {"cases", "community", "ground_rules", "notices"},
    {"identities", "plans", "referrals"},
    {"meetings"},
    {"links", "room"},
    {"actions", "circulation", "councils", "preparation", "reflection", "resources"},
    {"followup"},
    {"papers"},
    {"records"},
    {"retention"},
    {"disclosure"},
    {"reports"},
    {"selfcheck"},
    {"home"},
]
ROOF = {"app", "cli", "commands", "demo"}  # may import anything; nothing below imports them
BESIDE_THE_HOUSE = {"tests", "tools", "benchmarks", "docs"}

MAY_IMPORT_EXPORTS = {"cases", "community", "plans", "meetings", "actions", "preparation", "resources", "circulation", "links", "followup", "home", "stationery", "papers", "records", "retention", "disclosure", "councils", "reflection", "reports", "selfcheck"}  # they lay their things out as paper
WITHOUT_WEB_OR_DATABASE = {"flask", "sqlalchemy"}

# Rules from law or arithmetic, on pages of their own: no web and no database, not even through what they import.
ISLANDS = [
    "actions/rules.py",
    "actions/words.py",
    "agencies/cells.py",
    "agencies/columns.py",
    "agencies/delimited.py",
    "agencies/hints.py",
    "agencies/rows.py",
    "agencies/sheets.py",
    "agencies/tables.py",
    "agencies/workbooks.py",
    "cases/consent.py",
    "cases/map.py",
    "cases/strokes.py",
    "cases/traces.py",
    "cases/words.py",
    "cases/flow.py",
    "circulation/sentences.py",
    "circulation/windows.py",
    "circulation/words.py",
    "community/columns.py",
    "community/kinds.py",
    "community/nearby.py",
    "community/personal.py",
    "community/rows.py",
    "core/clock.py",
    "core/differences.py",
    "core/kana.py",
    "core/once.py",
    "core/reasons.py",
    "core/tables.py",
    "core/workdays.py",
    "core/words.py",
    "councils/posts.py",
    "councils/topics.py",
    "disclosure/rules.py",
    "disclosure/words.py",
    "followup/groups.py",
    "followup/weeks.py",
    "followup/reminder_days.py",
    "hints/shelf.py",
    "identities/facts.py",
    "identities/seal.py",
    "identities/words.py",
    "meetings/agenda.py",
    "meetings/counts.py",
    "meetings/itip.py",
    "meetings/kinds.py",
    "meetings/selection.py",
    "notices/when.py",
    "papers/case_book_facts.py",
    "papers/own_checks.py",
    "papers/own_cleaning.py",
    "papers/own_fields.py",
    "papers/own_filling.py",
    "papers/own_language.py",
    "papers/own_mending.py",
    "papers/own_packing.py",
    "papers/own_places.py",
    "papers/own_reading.py",
    "papers/own_samples.py",
    "papers/own_tags.py",
    "papers/fitting.py",
    "papers/proposals.py",
    "papers/overlooked.py",
    "papers/redaction.py",
    "papers/variants.py",
    "plans/content.py",
    "plans/verdicts.py",
    "preparation/sheets_due.py",
    "preparation/dates_calendar.py",
    "preparation/dates_ranking.py",
    "preparation/series_days.py",
    "records/changes.py",
    "records/manifest.py",
    "records/snippets.py",
    "records/streams.py",
    "records/verifying.py",
    "records/workbook.py",
    "records/years.py",
    "reflection/rules.py",
    "reflection/words.py",
    "reports/sheets.py",
    "reports/outside.py", "reports/small.py",
    "reports/span.py",
    "retention/terms.py",
    "room/held.py",
    "room/open_points.py",
    "room/phrases.py",
    "room/prefixes.py",
    "resources/counting.py",
    "resources/features.py",
    "resources/likeness.py",
    "resources/prompts.py",
    "room/screens.py",
    "ground_rules/changes.py",
    "ground_rules/rule_cards.py",
    "room/stuck.py",
    "room/viewpoints.py",
    "room/voices.py",
    "selfcheck/advising.py",
    "selfcheck/facts.py",
    "selfcheck/survey.py",
]


def test_imports_only_go_down():
    assert upward_imports(ROOT) == []


def test_exports_knows_neither_web_nor_database():
    strangers = [f"{page}: {name}" for page in pages(ROOT / "exports") for name in imported(page)
                 if top(name) in WITHOUT_WEB_OR_DATABASE]
    assert strangers == []


@pytest.mark.parametrize("island", ISLANDS)
def test_an_island_touches_neither_web_nor_database(island):
    assert (ROOT / island).exists(), f"{island} has gone: correct the list of islands"
    assert reached(ROOT, ROOT / island) & WITHOUT_WEB_OR_DATABASE == set()


def test_every_package_has_its_floor():
    folders = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert folders - rooms() - ROOF - BESIDE_THE_HOUSE - {"migrations", "build", "dist", "data"} == set()


def test_only_the_roof_lies_beside_the_rooms():
    assert {path.stem for path in ROOT.glob("*.py")} <= ROOF  # whatever lies there would be shipped


def test_nobody_imports_a_star():
    everywhere = [*house(ROOT), *pages(ROOT / "tests"), *pages(ROOT / "tools"), *pages(ROOT / "benchmarks")]
    assert [str(page) for page in everywhere if any(name.endswith(".*") for name in imported(page))] == []


@pytest.mark.parametrize(
    ("page", "line", "seen"),
    [
        ("core/clock.py", "import meetings.models", "core imports meetings"),
        ("core/clock.py", "from exports import minutes", "core imports exports"),
        ("exports/__init__.py", "from core.text import something", "exports imports core"),
        ("cases/models.py", "def late():\n    from ground_rules.models import Text", "cases imports ground_rules"),
        ("accounts/models.py", "from . import forms\nfrom app import create_app", "accounts imports app"),
        ("agencies/models.py", "from exports.minutes import Minutes", "agencies imports exports"),
        ("meetings/models.py", "if TYPE_CHECKING:\n    from actions.models import Action", "meetings imports actions"),
        ("home/views.py", "from tests.databases import postgresql_url", "home imports tests"),
        ("migrations/versions/0001_x.py", "from cases.models import Case", "migrations imports cases"),
    ],
)
def test_an_import_that_goes_up_is_seen(tmp_path, page, line, seen):
    house_copy = copy_of_the_house(tmp_path)
    planted = house_copy / page
    planted.parent.mkdir(parents=True, exist_ok=True)
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n{line}\n", encoding="utf-8")

    assert [found.split(": ")[1] for found in upward_imports(house_copy)] == [seen]


def test_an_island_that_reaches_the_database_by_a_detour_is_seen(tmp_path):
    house_copy = copy_of_the_house(tmp_path)
    island = house_copy / "meetings" / "kinds.py"
    island.write_text("from core.detour import something\n", encoding="utf-8")
    (house_copy / "core" / "detour.py").write_text("import sqlalchemy as sa\n", encoding="utf-8")

    assert "sqlalchemy" in reached(house_copy, island)


# reading the house


def upward_imports(root: Path) -> list[str]:
    """Every import in the house at `root` that the floor plan does not allow, as "page: room imports room"."""
    ours = rooms() | ROOF | {"migrations"} | BESIDE_THE_HOUSE - {"docs"}
    found = []
    for page in house(root):
        room = room_of(root, page)
        wanted = {top(name) for name in imported(page)} & ours
        found += [f"{page.relative_to(root)}: {room} imports {other}" for other in sorted(wanted - allowed(room))]
    return found


def allowed(room: str) -> set[str]:
    """The rooms whose names may stand in an import of `room`."""
    if room in ROOF:
        return rooms() | ROOF | {"migrations"}
    elif room == "migrations":
        return {"core", "migrations"}
    else:
        floor = next(number for number, floor in enumerate(FLOORS) if room in floor)
        below = set().union(*FLOORS[:floor]) - {"exports"}
        return below | {room} | ({"exports"} if room in MAY_IMPORT_EXPORTS else set())


def rooms() -> set[str]:
    return set().union(*FLOORS)


def room_of(root: Path, page: Path) -> str:
    """The room a page lies in; Alembic's env.py sees every model, so it stands on the roof with app.py."""
    inside = page.relative_to(root)
    return "app" if inside.as_posix() == "migrations/env.py" else inside.parts[0].removesuffix(".py")


def house(root: Path) -> list[Path]:
    """All the product's Python pages."""
    folders = rooms() | ROOF | {"migrations"}
    return [page for page in root.glob("*.py") if page.stem in ROOF] + \
        [page for folder in sorted(folders) for page in pages(root / folder)]


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def imported(page: Path) -> Iterator[str]:
    """The full names a page imports, wherever in it; `from a import b` gives a.b, which may be a module."""
    for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"), str(page))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (".".join([*base(page, node), each.name]) for each in node.names)


def base(page: Path, node: ast.ImportFrom) -> list[str]:
    """The names before `import`; one leading dot means this page's folder, two the house itself."""
    here = [page.parent.name] if node.level == 1 else []
    return here + (node.module.split(".") if node.module else [])


def top(name: str) -> str:
    return name.split(".")[0]


def reached(root: Path, page: Path, seen: set[Path] | None = None) -> set[str]:
    """The top-level names that importing `page` brings in, directly or through our own pages."""
    seen = set() if seen is None else seen
    seen.add(page)
    names = set(imported(page))
    for found in {each for name in names for each in files_of(root, name)} - seen:
        names |= reached(root, found, seen)
    return {top(name) for name in names}


def files_of(root: Path, name: str) -> list[Path]:
    """Our own pages behind a dotted name: the module, and the packages on the way to it."""
    parts = name.split(".")
    candidates = [root.joinpath(*parts[:n]) for n in range(1, len(parts) + 1)]
    both = [path for each in candidates for path in (each.with_suffix(".py"), each / "__init__.py")]
    return [path for path in both if path.exists()]


def copy_of_the_house(folder: Path) -> Path:
    """The house's Python pages alone, in a folder of their own."""
    for page in house(ROOT):
        copy = folder / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, copy)
    return folder
