"""What `pip install` brings: everything the product needs, in one folder, and a program that starts from it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
import os
from pathlib import Path
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from urllib.parse import urljoin
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_SHIPPED = {"tests", "tools", "benchmarks", "docs", "data", "build", "dist"}
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "data", "build", "dist")


def test_every_file_of_the_house_is_in_the_wheel(wheel, source):
    shipped = set(ZipFile(wheel).namelist())
    missing = {path for path in files_of_the_house(source) if f"kurumaza/{path}" not in shipped}

    assert missing == set(), "name them in pyproject.toml, under packages or package-data"


def test_nothing_lands_beside_the_kurumaza_folder(wheel):
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}

    assert tops == {"kurumaza", f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}


def test_an_installed_kurumaza_does_not_take_itself_for_a_checkout(wheel):
    assert "kurumaza/pyproject.toml" not in ZipFile(wheel).namelist()


def test_the_installed_program_serves_its_pages(installed, tmp_path):
    with served(installed, tmp_path) as address:
        page = fetch(f"{address}/sign-in")
        sheet = re.search(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page) or \
            re.search(r'<link[^>]*href="([^"]+)"[^>]*rel="stylesheet"', page)

        assert re.search(r"<title>[^<]*[ぁ-んァ-ヶ一-龠][^<]*</title>", page)
        assert fetch(urljoin(f"{address}/sign-in", sheet[1]))


def test_an_environment_for_the_tests_also_runs_the_product():
    assert pins("requirements.txt") <= pins("requirements-test.txt")


def test_the_locks_name_everything_that_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {pin.split("==")[0] for pin in pins("requirements-test.txt")}
    asked = project["dependencies"] + project["optional-dependencies"]["test"]

    assert {re.match(r"[a-z0-9-]+", each)[0] for each in asked} <= locked


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_says_what_and_not_from_where(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert not re.search(r"://|^-", text, re.MULTILINE)
    assert all("--hash=sha256:" in each for each in re.split(r"\n(?=\S)", text.strip()))


# the world of these tests


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A clean copy of the tree: building writes into it."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("source") / "tree", ignore=LEFT_BEHIND))


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    """Kurumaza as a wheel, built without a network."""
    if not can_build():
        pytest.skip("a wheel cannot be built here: install the packages of requirements-test.txt")
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, source)
    return next(folder.glob("kurumaza-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel in a folder of its own; its dependencies are those of the interpreter running the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", folder, wheel)
    return folder


def pip(*arguments):
    """Run pip without a network; an error shows what it said."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", arguments[0], "--no-deps", "--no-index",
               *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def can_build() -> bool:
    """Are pip and a setuptools that makes wheels by itself (70.1 or newer) installed?"""
    try:
        version("pip")
        return tuple(int(part) for part in version("setuptools").split(".")[:2]) >= (70, 1)
    except PackageNotFoundError:
        return False


def pins(lock: str) -> set[str]:
    """The `name==version` lines of a lock file."""
    return set(re.findall(r"^[a-z0-9.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def files_of_the_house(source: Path) -> set[str]:
    """Every file in the rooms, the templates, static files, translations and migrations, and the roof's pages."""
    files = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    return {path.as_posix() for path in files if shipped(path)}


def shipped(path: Path) -> bool:
    folder = path.parts[0]
    if path.name == folder:
        return path.suffix == ".py"
    else:
        return folder not in NOT_SHIPPED and not folder.endswith(".egg-info")  # building leaves one


class served:
    """The installed program serving from an empty data folder, for the length of a block: its address."""

    def __init__(self, installed, folder):
        self.log = folder / "log"
        self.port = free_port()
        program = installed / "bin" / "kurumaza"
        start = [program] if program.exists() else ["-c", "from kurumaza.cli import main; main()"]  # Windows: an .exe
        self.command = [sys.executable, *start, "serve", "--port", str(self.port)]
        others = {name: value for name, value in os.environ.items() if not name.startswith("KURUMAZA_")}
        self.how = {"cwd": folder, "env": others | {"PYTHONPATH": str(installed), "KURUMAZA_HOME": str(folder / "home")}}

    def __enter__(self):
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, **self.how)
        address = f"http://127.0.0.1:{self.port}"
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            try:
                fetch(f"{address}/health")
                return address
            except OSError:  # not listening yet
                time.sleep(0.1)
        self.__exit__()
        pytest.fail(self.log.read_text(errors="replace")[-3000:])

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=15)


def fetch(url: str) -> str:
    """The body of a page that answers 200; an OSError otherwise."""
    with urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
