"""Gates over the whole project: sizes, names, what its files may say, and what is said only once."""

from __future__ import annotations

import ast
import re
import subprocess
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import srsly

from minutesminer import __version__

ROOT = Path(__file__).resolve().parents[1]
_TEXT = {
    ".cfg", ".cff", ".css", ".csv", ".html", ".ini", ".js", ".json", ".md", ".py",
    ".sql", ".toml", ".txt", ".yaml", ".yml", "",
}  # fmt: skip
_MADE = {"build", "dist", "node_modules"}
# Folders of one machine, addresses of private networks and of package registries' mirrors. Split, so
# that this file does not find itself.
_PRIVATE = re.compile(
    r"/(?:home|Users|root|work)/" + r"[A-Za-z0-9._-]+"
    r"|\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b"
    r"|(?:index|extra-index)-url|trusted-host|/simple/" + r"\b"
    r"|\b(?:artifactory|nexus|devpi)\b",
    re.IGNORECASE,
)
_UNTOLD = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|STAND-IN)\b")
_VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|misc|common)(?:_|$)")


def kept_files() -> list[Path]:
    """Files that git keeps or would keep; without git, all that are not made by the build or hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode().split("\0")
        return sorted(path for name in names if name and (path := ROOT / name).is_file())
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") or part in _MADE for part in path.relative_to(ROOT).parts[:-1])
        and "__pycache__" not in path.parts
        and path.parent.name != "db"
    )


FILES = kept_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
TEXTS = [path for path in FILES if path.suffix in _TEXT and path.name != "LICENSE"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_stay_under_four_hundred_lines() -> None:
    long = {name_of(path): n for path in PYTHON if (n := path.read_text("utf-8").count("\n")) >= 400}
    assert long == {}


def test_modules_are_named_for_what_they_hold() -> None:
    assert [name_of(path) for path in PYTHON if _VAGUE.search(path.stem)] == []


def imported(path: Path) -> set[str]:
    """The modules of the package that a file of it imports, at any place of it, as names with dots."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return found


def arrows() -> dict[str, set[str]]:
    """Each file of the package with those that it imports, by their names in the tree."""
    files = {name_of(path): path for path in PYTHON if name_of(path).startswith("minutesminer/")}
    drawn: dict[str, set[str]] = {}
    for name, path in files.items():
        drawn[name] = set()
        for module in imported(path):
            parts = module.split(".")
            whole, within = "/".join(parts), "/".join(parts[:-1])
            tried = (f"{whole}.py", f"{whole}/__init__.py", f"{within}.py", f"{within}/__init__.py")
            drawn[name] |= {next((one for one in tried if one in files), name)} - {name}
    return drawn


def test_no_files_import_each_other_in_a_circle() -> None:
    drawn = arrows()
    assert sum(map(len, drawn.values())) > 500
    assert sorted(TopologicalSorter(drawn).static_order()) == sorted(drawn)


def test_no_folders_import_each_other_in_a_circle() -> None:
    between: dict[str, set[str]] = {}
    for name, others in arrows().items():
        own = name.split("/")[1]
        between.setdefault(own, set()).update({other.split("/")[1] for other in others} - {own})
    assert {"mine", "store"} <= between["link"]
    assert sorted(TopologicalSorter(between).static_order()) == sorted(between)


def test_no_test_loops_over_zip_which_hides_what_is_missing() -> None:
    found = [
        f"{name_of(path)}:{node.iter.lineno}"
        for path in PYTHON
        if "tests" in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.For | ast.comprehension)
        for call in ast.walk(node.iter)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "zip"
    ]
    assert found == []


def test_every_test_asserts_something() -> None:
    silent = []
    for path in PYTHON:
        if "tests" not in path.parts or not path.name.startswith("test_"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                says = any(isinstance(part, ast.Assert) for part in ast.walk(node))
                calls = {ast.unparse(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
                if not says and not any(re.search(r"raises|warns|assert|expect", call) for call in calls):
                    silent.append(f"{name_of(path)}::{node.name}")
    assert silent == []


def test_no_file_names_this_machine_or_a_private_place() -> None:
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in TEXTS
        if path != Path(__file__).resolve()
        for match in _PRIVATE.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_nothing_is_left_to_be_done_later() -> None:
    found = [
        name_of(path) for path in PYTHON if path != Path(__file__).resolve() and _UNTOLD.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_fixtures_say_whether_they_are_recorded_or_synthetic() -> None:
    files = [path for path in FILES if "tests" in path.parts and "fixtures" in path.parts]
    assert [name_of(path) for path in files if not re.search("recorded|synthetic", path.name)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "patterns").rglob("*.y*ml")), ids=name_of)
def test_a_pattern_file_is_yaml_with_something_in_it(path: Path) -> None:
    assert srsly.read_yaml(path)


def test_the_version_is_said_in_one_place() -> None:
    stated = re.compile(rf"""["'=\s]{re.escape(__version__)}["'\s]""")
    checked = [path for path in TEXTS if path.name not in ("CHANGELOG.md", "constraints.txt")]
    saying = [name_of(path) for path in checked if stated.search(path.read_text("utf-8", errors="replace"))]
    assert [name for name in saying if name.endswith((".py", ".toml", ".cff", ".md", ".yml"))] == [
        "minutesminer/version.py"
    ]


def test_the_changelog_begins_with_the_present_version() -> None:
    headings = re.findall(r"^## \[(.*?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__


def test_pins_are_exact_and_name_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pin = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.]*(?: ; python_version [<>=]=? \"3\.\d+\")?")
    assert [line for line in lines if not line.startswith("#") and not pin.fullmatch(line)] == []


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings have, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_the_pages_lead_somewhere() -> None:
    astray = []
    for page in (path for path in FILES if path.suffix in (".md", ".ipynb")):
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", page.read_text("utf-8")):
            to = page.parent / target if target else page
            if not to.exists() or (anchor and anchor not in anchors_of(to)):
                astray.append(f"{name_of(page)}: {target}#{anchor}")
    assert astray == []
