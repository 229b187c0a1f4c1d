"""The commands and what they remember: when they do, when they must not, and what a run then need not import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.state.worlds import git, small

NEVER = (
    *("networkx", "markdown_it", "mdit_py_plugins", "frontmatter", "yaml", "rich", "pydantic", "asyncio"),
    *("multiprocessing", "importlib.metadata", "jsonschema", "email", "hashlib", "tomllib", "unittest"),
    *("vaultprune.parse", "vaultprune.graph", "vaultprune.evidence", "vaultprune.verdict", "vaultprune.reading.git"),
    *("vaultprune.model.judged", "vaultprune.model.planned"),
)
"""What a text report on a vault in which nothing changed does without."""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    vault = small(tmp_path)
    git(vault, "init", "-q")
    for number in range(3):
        (vault / "Old news.md").write_text(f"news {number}\n", encoding="utf-8")
        git(vault, "add", "-A")
        git(vault, "commit", "-q", "-m", "x", when=f"2024-0{number + 1}-11T12:00:00+00:00")
    return vault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *words: str, code: str = "from vaultprune.cli import main; main()") -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("VAULTPRUNE_", "XDG_"))}
    env |= {"HOME": str(home), "COLUMNS": "80"}
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=env, cwd=Path(__file__).parents[2], capture_output=True, check=True
    )
    return done.stdout.decode()


def seconds_ago(vault: Path) -> None:
    """Make the files old enough to be gone by: only what changed lately is read again."""
    import time

    newest = max(os.stat(path).st_ctime for path in vault.rglob("*") if ".git" not in path.parts)
    time.sleep(max(0.0, newest + 3.1 - time.time()))


COMMANDS = (("report",), ("links",), ("explain", "Home"), ("report", "--format", "json"))


def in_full(vault: Path, words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words, "--vault", str(vault))


@pytest.mark.parametrize("option", ["--no-cache", "--now=2026-11-20"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_is_remembered_on_request(vault: Path, home: Path, words: tuple[str, ...], option: str) -> None:
    run(home, *in_full(vault, words), option, "--no-observe")

    assert read_tree(home) == {}


def test_another_clock_leaves_what_is_remembered_as_it_is(vault: Path, home: Path) -> None:
    run(home, *in_full(vault, ("report",)))
    before = read_tree(home)
    assert [name for name in before if name.endswith(".sqlite")]
    (vault / "Home.md").write_text("changed\n", encoding="utf-8")
    words = in_full(vault, ("report", "--now", "2027-01-01"))

    assert run(home, *words) == run(home, *words, "--no-cache")
    assert read_tree(home) == before


def test_a_warm_report_imports_only_what_it_uses(vault: Path, home: Path) -> None:
    words = in_full(vault, ("report",))
    seconds_ago(vault)
    cold = run(home, *words)
    asks = (
        "import sys; from vaultprune.cli import run; code = run(sys.argv[1:]); "
        f"print(*sorted(name for name in {NEVER!r} if name in sys.modules))"
    )

    said = run(home, *words, code=asks)

    assert said == cold + "\n"


def test_the_vault_stays_as_it_is_and_every_answer_is_the_same(vault: Path, home: Path) -> None:
    seconds_ago(vault)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in sorted(vault.rglob("*"))}
    for words in (
        *COMMANDS,
        ("report", "--format", "csv"),
        ("report", "--rule", "plain"),
        ("links", "--format", "csv"),
    ):
        whole = in_full(vault, words)
        if "json" not in words:  # it tells the second in which it was made
            assert run(home, *whole) == run(home, *whole) == run(home, *whole, "--no-cache")

    assert {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in sorted(vault.rglob("*"))} == before
