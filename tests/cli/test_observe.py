"""`observe`: look and remember, outside the vault, and learn from an older copy of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.cli.worlds import PROSE, ROOT, Tool, a_note, garden, in_a_process
from vaultprune.cli.looking import ours
from vaultprune.config import Config
from vaultprune.ledger import Ledger
from vaultprune.model import NotePath, Observed
from vaultprune.reading import read_vault

UNTOUCHED = "Nothing in the vault has been changed.\n"
YEAR_AGO = date.today() - timedelta(days=365)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Three quiet notes and forty others; one of them links by a path, which an archive has to rewrite."""
    more = {
        "Work/Linking.md": a_note(f"{PROSE} See [one](../Ideas/Quiet%201.md) and [[Quiet 2]].", edited="2026-11-01")
    }
    return garden(tmp_path / "Garden", more)


def known(vault: Path) -> Observed:
    from datetime import datetime

    snapshot = read_vault(vault, Config(dates=("property",)), datetime.now().astimezone())
    return Ledger(vault, archive="Archive").recall(snapshot, ours(vault))


def test_the_first_look_and_the_next_ones(tool: Tool, vault: Path) -> None:
    first = tool("observe", vault)
    assert (first.code, first.err) == (0, "")
    assert first.out == (
        f"Looked at 44 notes in Garden for the first time; from today on it is remembered what changes.\n{UNTOUCHED}"
    )

    again = tool("observe", "--vault", vault)
    assert " 44 notes in Garden: as they were at the look of " in again.out

    (vault / "Ideas/Quiet 1.md").write_text(a_note("other words"), encoding="utf-8")
    (vault / "Ideas/Quiet 2.md").rename(vault / "Ideas/Silent.md")
    (vault / "Ideas/Quiet 3.md").unlink()
    write_tree(
        vault, {"New.md": "new", "Newer.md": "newer", ".obsidian/workspace.json": '{"lastOpenFiles": ["New.md"]}'}
    )
    seen = tool("observe", vault)
    assert seen.out.endswith(f": 1 edited, 2 new, 1 moved or renamed, 1 gone and 1 opened.\n{UNTOUCHED}")


def test_it_writes_in_the_data_folder_and_leaves_the_vault_as_it_is(tool: Tool, vault: Path, home: Path) -> None:
    def everything() -> list[tuple[object, ...]]:
        every = sorted([vault, *vault.rglob("*")])
        return [(path, path.lstat().st_mtime_ns, path.lstat().st_ctime_ns, path.lstat().st_mode) for path in every]

    before = everything(), read_tree(vault)
    tool("observe", vault)

    assert (everything(), read_tree(vault)) == before
    (ledger,) = [path for path in read_tree(home) if not path.startswith(".cache/")]
    assert ledger.startswith("data/vaultprune/ledger/Garden-")
    assert (home / "data/vaultprune/ledger").stat().st_mode & 0o077 == 0


def test_an_unchanged_look_needs_little(vault: Path, home: Path) -> None:
    asks = (
        "import sys; from vaultprune.cli import run; run(sys.argv[1:]); "
        "print(*sorted(name for name in sys.modules if name in ('networkx', 'markdown_it', 'yaml', 'frontmatter', "
        "'vaultprune.parse', 'vaultprune.graph', 'vaultprune.evidence', 'vaultprune.verdict')))"
    )
    import subprocess
    import time

    said = []
    for _ in range(2):
        time.sleep(3.1)  # files that are so new are read again
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        words = [sys.executable, "-c", asks, "observe", str(vault)]
        said.append(subprocess.run(words, capture_output=True, check=True, env=environment, text=True).stdout)

    assert said[1].endswith(f"{UNTOUCHED}\n")


def test_our_own_moves_and_rewrites_are_no_use(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    before = known(vault)
    assert tool("archive", "Quiet 1", "Quiet 2", "--vault", vault, "--yes").code == 0
    assert "Archive/Ideas/Quiet%201.md" in (vault / "Work/Linking.md").read_text(encoding="utf-8")

    asked = known(vault)
    seen = tool("observe", vault)
    assert "1 new and 2 moved or renamed." in seen.out  # what is new is the archive's own note
    after = known(vault)
    assert {asked.notes[path] == after.notes[path] for path in asked.notes} == {True}
    for path in before.notes:
        now = NotePath(f"Archive/{path}") if path in ("Ideas/Quiet 1.md", "Ideas/Quiet 2.md") else path
        assert after.notes[now]._replace(formerly=()) == before.notes[path]

    assert tool("undo", "--vault", vault, "--yes").code == 0
    assert "1 gone" not in tool("observe", vault).out.replace("2 moved or renamed and 1 gone", "")
    assert {path: known(vault).notes[path]._replace(formerly=()) for path in before.notes} == before.notes


def test_an_edit_that_our_own_rewrite_followed_is_an_edit(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    linking = vault / "Work/Linking.md"
    linking.write_text(linking.read_text(encoding="utf-8") + "Written by hand.\n", encoding="utf-8")
    tool("archive", "Quiet 1", "--vault", vault, "--yes")
    tool("observe", vault)

    assert len(known(vault).notes[NotePath("Work/Linking.md")].edits) == 1


# --- from a copy -----------------------------------------------------------------------------------------------


@pytest.fixture
def backup(vault: Path, tmp_path: Path) -> Path:
    """A copy of the vault, as of a year ago."""
    copy = Path(shutil.copytree(vault, tmp_path / "Backup"))
    then = (YEAR_AGO - timedelta(days=30)).toordinal() - date(1970, 1, 1).toordinal()
    for number, note in enumerate(sorted(copy.rglob("*.md"))):
        os.utime(note, ((then - number) * 86400, (then - number) * 86400))
    (vault / "Work/Alive 00.md").write_text(a_note("other words now"), encoding="utf-8")
    (vault / "Work/Alive 01.md").unlink()
    (vault / "New.md").write_text("new", encoding="utf-8")
    return copy


def test_an_older_copy_tells_what_was_not_edited_since(tool: Tool, vault: Path, backup: Path) -> None:
    before = read_tree(backup)

    done = tool("observe", vault, "--from", backup, "--taken", str(YEAR_AGO))

    assert done.code == 0
    assert done.out.splitlines()[1].endswith(
        " holds 44 notes: 42 read the same now, 1 was edited since and 1 is gone. 1 note came later."
    )
    assert read_tree(backup) == before
    observed = known(vault)
    assert observed.looks[0] == YEAR_AGO.toordinal()
    assert observed.notes[NotePath("Ideas/Quiet 1.md")].same_since == YEAR_AGO.toordinal()
    assert observed.notes[NotePath("Work/Alive 00.md")].edits == ((YEAR_AGO.toordinal(), date.today().toordinal()),)


def test_a_copy_without_dates_is_told_what_it_was_waiting_for(tool: Tool, tmp_path: Path) -> None:
    """And no page that was made before is shown again, though nothing in the vault changed."""
    notes = {f"N{number:02d}.md": f"{PROSE} {number} [[N{(number * 7) % 60:02d}]]" for number in range(60)}
    vault = write_tree(tmp_path / "Copied", {".obsidian/app.json": "{}", **notes})
    backup = write_tree(tmp_path / "Backup", notes)
    before = tool("report", vault).out
    assert "The dates say nothing" in before
    assert tool("report", vault).out == before

    tool("observe", vault, "--from", backup, "--taken", str(YEAR_AGO))

    assert "Dates from the ledger, since " in tool("report", vault).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--from", "{backup}"], "belong together", id="no day"),
        pytest.param(["--taken", "2025-01-01"], "belong together", id="no copy"),
        pytest.param(["--from", "{backup}", "--taken", "last year"], '"last year" is no day', id="no such day"),
        pytest.param(["--from", "{backup}", "--taken", "2999-01-01"], "1 Jan 2999 lies ahead", id="a day to come"),
        pytest.param(["--from", "{backup}/no", "--taken", "2025-01-01"], "there is no folder", id="no such folder"),
        pytest.param(["--from", "{vault}", "--taken", "2025-01-01"], "is not apart from the vault", id="the vault"),
        pytest.param(["--from", "{vault}/Work", "--taken", "2025-01-01"], "is not apart from the vault", id="in it"),
        pytest.param(["--from", "{vault}/..", "--taken", "2025-01-01"], "is not apart from the vault", id="around it"),
        pytest.param(["--from", "{home}", "--taken", "2025-01-01"], "there are no notes", id="nothing in it"),
        pytest.param(
            ["--from", "{backup}", "--taken", "2019-01-01"], "a note in that copy was last written on", id="too early"
        ),
    ],
)
def test_what_cannot_be_learned_from(
    tool: Tool, vault: Path, backup: Path, home: Path, arguments: list[str], says: str
) -> None:
    before = read_tree(vault), read_tree(backup)
    places = {"backup": str(backup), "vault": str(vault), "home": str(home)}

    done = tool("observe", vault, *(each.format(**places) for each in arguments))

    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert (read_tree(vault), read_tree(backup)) == before


def test_a_copy_whose_file_times_are_all_new_is_believed(tool: Tool, vault: Path, backup: Path) -> None:
    for note in backup.rglob("*.md"):
        os.utime(note)

    assert tool("observe", vault, "--from", backup, "--taken", str(YEAR_AGO)).code == 0


# --- when it cannot be kept ---------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_said(tool: Tool, vault: Path, home: Path) -> None:
    (home / "data").write_text("a file in the way", encoding="utf-8")

    done = tool("observe", vault)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("vaultprune: nothing can be remembered in ")
    assert done.err.endswith("Nothing has been changed.\n")


def test_a_damaged_ledger_is_said_and_set_aside(tool: Tool, vault: Path, home: Path) -> None:
    tool("observe", vault)
    (ledger,) = (home / "data/vaultprune/ledger").iterdir()
    ledger.write_bytes(b"garbage" * 1000)

    done = tool("observe", vault)

    assert done.code == 0
    assert "The ledger of this vault was damaged and was begun anew" in done.err
    assert "for the first time" in done.out
    assert sqlite3.connect(ledger).execute("SELECT kind FROM parts ORDER BY kind").fetchall() == [("about",), ("note",)]
    assert tool("observe", vault).err == ""


def test_it_works_by_itself(vault: Path) -> None:
    done = in_a_process(["observe", vault], vault)

    assert (done.returncode, done.stderr) == (0, b"")
