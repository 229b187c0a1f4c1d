"""The map of the program, checked: a room imports only from rooms further down, and libraries come in through one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "vaultprune"

ROOMS = (
    "cli",
    "web",
    "reading",
    "archiving",
    "state",
    "ledger",
    "review",
    "reports",
    "doctor",
    "guards",
    "trend",
    "revival",
    "plan",
    "backtest",
    "schedule",
    "verdict",
    "not_now",
    "signals",
    "protections",
    "decided",
    "counting",
    "vault",
    "evidence",
    "graph",
    "parse",
    "syntax",
    "config",
    "words",
    "notes",
    "moving",
    "model",
    "errors",
)
"""From the top down; docs/architecture.md tells what each does."""

# rooms that leave each other alone although one stands above the other
APART = (
    ("signals", "protections"),
    ("reading", "reports"),
    ("reading", "verdict"),
    ("reading", "doctor"),
    ("reading", "backtest"),
    ("reading", "trend"),
    ("reading", "review"),
    ("web", "reading"),
    ("web", "archiving"),
    ("web", "state"),
    ("web", "ledger"),
    ("archiving", "review"),
    ("ledger", "review"),
    ("archiving", "backtest"),
    ("guards", "backtest"),
    ("revival", "backtest"),
    ("plan", "backtest"),
    ("archiving", "trend"),
    ("guards", "trend"),
    ("archiving", "reports"),
    ("archiving", "plan"),
    ("archiving", "doctor"),
)

LIBRARIES = {
    "typer": {"cli"},
    "networkx": {"graph"},
    "frontmatter": {"parse"},
    "markdown_it": {"parse", "syntax"},
    "yaml": {"parse"},
    "platformdirs": {"reading", "archiving", "state", "ledger", "schedule"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
}


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: absolute imports only"
            assert node.module is not None
            if node.module == "vaultprune":
                yield from (f"vaultprune.{alias.name}" for alias in node.names)
            else:
                yield node.module


FILES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py" and path.parent != PACKAGE
) + sorted(path for path in PACKAGE.glob("*.py") if path.name not in ("__init__.py", "__main__.py"))


def _room_of(file: Path) -> str:
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def test_every_room_is_on_the_map() -> None:
    assert {_room_of(file) for file in FILES} == set(ROOMS)


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(PACKAGE)) for file in FILES])
def test_a_room_imports_only_from_rooms_further_down(file: Path) -> None:
    here = _room_of(file)
    for module in _imports(file):
        if module.startswith("vaultprune.") and (there := _room(module)) not in (here, "__version__"):
            assert ROOMS.index(there) > ROOMS.index(here), f"{here} must not know {there}"
            assert (here, there) not in APART
            assert (there, here) not in APART


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(PACKAGE)) for file in FILES])
def test_a_library_comes_in_through_its_room(file: Path) -> None:
    for module in _imports(file):
        rooms = LIBRARIES.get(module.split(".")[0])
        assert rooms is None or _room_of(file) in rooms, f"{module} belongs in {rooms}"
