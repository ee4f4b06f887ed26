"""The house: imports go down only, nothing goes round in a circle, nothing heavy is loaded at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "bilingual"

FLOORS = [
    ["model", "errors"],
    ["text", "numbers", "config", "tags", "traditional", "columns", "rising"],
    ["emphasis", "maths"],
    ["markup"],
    ["inline", "typography", "compare", "glossary", "lexicon", "spare", "passages"],
    ["markdown", "header", "lacking"],
    [
        "align",
        "merge",
        "memory",
        "verify",
        "ledger",
        "report",
        "formats",
        "engines",
        "layouts",
        "site",
        "since",
        "extract",
    ],
    ["pipeline", "fuzzy", "view", "diff", "checks", "testing", "outputs"],
    ["translate"],
    ["rows", "sources"],
    ["build"],
    ["job"],
    ["cli"],
    ["__main__"],
]
"""Rooms from the cellar to the roof; a room imports only from the floors below its own, and from itself."""
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms that a module imports from at run time, also inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "bilingual":
            parts = node.module.split(".")[1:]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("bilingual.")}
    return found & {path.stem if path.parent == ROOT else path.relative_to(ROOT).parts[0] for path in modules()}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    above = {other for other in imports(path) - {room} if LEVEL[other] >= LEVEL[room]}
    assert not above, f"{room} imports {', '.join(sorted(above))} from its own floor or above"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_are_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 330
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno <= 50, f"{node.name} is too long"


HEAVY = {
    "ctranslate2",
    "sentencepiece",
    "numpy",
    "jieba",
    "rjieba",
    "argostranslate",
    "rich",
    "mistune",
    "sqlite3",
    "rapidfuzz",
}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [(["--help"], set()), (["parse", "page.md"], set()), (["diff", "page.md"], set()), (["check", "page.md"], set())],
)  # fmt: skip
def test_light_commands_load_nothing_heavy(arguments: list[str], allowed: set[str], tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("---\ntitle: One\n---\n# One\n\n一。\n", encoding="utf-8")
    program = f"import sys; from bilingual.cli import run; run({arguments!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stderr.split()) - allowed == set()


def test_the_tests_are_run_as_the_readme_says() -> None:
    root = ROOT.parent
    told = next(line for line in (root / "README.md").read_text(encoding="utf-8").splitlines() if "pytest" in line)
    assert told in (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert told in (root / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
