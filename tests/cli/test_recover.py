from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts
from tests.cli.test_json import fits
from tests.cli.worlds import ROOT, Tool, in_a_process
from vaultprune.archiving import pending, strays

UNCHANGED = "Nothing has been changed.\n"
NAMES = ("Leitner box", "Quiet 1", "Quiet 2")

SIGNALLED = """
import os, sys
from vaultprune.archiving import Disk
from vaultprune.cli import run

signal, wanted, at = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
calls = 0

def before(self, call):
    global calls
    calls += call == wanted or wanted == "any"
    if calls == at:
        os.kill(os.getpid(), signal)

Disk.before = before
code = run(sys.argv[4:])
print(f"CALLS {calls}")
sys.exit(code)
"""
"""The command line in a process that gets a signal at the n-th change of the disk."""


SAVED = """
import os, signal, sys
from vaultprune.archiving import Disk
from vaultprune.cli import run

exchange = Disk.exchange

def saved_just_before(self, folder, name, other_folder, other_name):
    mine = other_name == "Map.md" and os.path.samestat(os.stat("Maps"), os.fstat(other_folder))
    if mine:
        with open("Maps/Map.md", "ab") as note:
            note.write(b"and mine\\n")
    done = exchange(self, folder, name, other_folder, other_name)
    if mine:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

Disk.exchange = saved_just_before
run(sys.argv[1:])
"""
"""The same in a process that is killed right after a swap, at whose moment an editor saved the note."""


def signalled(
    vault: Path, number: int, at: int, arguments: Sequence[str], wanted: str = "any"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SIGNALLED, str(number), wanted, str(at), *arguments],
        cwd=vault,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return boxes(tmp_path / "Garden")


def killed_halfway(vault: Path) -> Path:
    """A vault in which a run was killed right after its first note had moved."""
    for at in range(3, 30):  # the first exchanges are those of the rehearsal
        copy = vault.with_name(f"Killed {at}")
        shutil.copytree(vault, copy, symlinks=True)
        signalled(copy, signal.SIGKILL, at, ["archive", *NAMES, "--yes"], "exchange")
        if pending(copy) and not (copy / BOX).exists():
            return copy
    raise AssertionError("it was never stopped halfway")


def test_while_a_run_waits_to_be_put_right_nothing_writes(tool: Tool, vault: Path) -> None:
    copy = killed_halfway(vault)
    before = facts(copy)
    refused = [
        tool("archive", copy, "Quiet 2", "--yes"),
        tool("archive", copy, "Quiet 2", "--yes", "--approve", "00000000"),
        tool("undo", copy, "--yes"),
    ]
    plan = tool("archive", copy, "Quiet 2", "--dry-run")
    status = tool("--vault", copy)
    report = tool("report", copy)

    assert [done.code for done in refused] == [4, 4, 2]  # 2: nothing stands that could be put back
    assert all(done.err.endswith(UNCHANGED) for done in refused)
    assert "pending-recovery" in refused[0].err
    assert "vaultprune recover" in refused[0].err
    assert "--approve" not in refused[0].err
    assert "vaultprune recover" in plan.out
    for shown in (status, report):
        assert shown.code == 0
        assert "A run was interrupted at Ideas/Leitner box: vaultprune recover" in " ".join(shown.out.split())
    assert facts(copy) == before


@pytest.mark.parametrize("way", [pytest.param([], id="back"), pytest.param(["--forward"], id="forward")])
def test_recover_puts_right_what_was_interrupted(tool: Tool, vault: Path, way: list[str]) -> None:
    before = facts(vault)
    copy = killed_halfway(vault)
    broken = facts(copy)
    shown = tool("recover", copy, *way, "--dry-run")
    nobody = in_a_process(["recover", *way], copy)
    no = answering(["recover", *way], copy, ["n"])
    assert facts(copy) == broken
    done = tool("recover", copy, *way, "--yes")

    assert shown.out.endswith(UNCHANGED)
    assert nobody.returncode == 2
    assert no.seen.endswith(UNCHANGED)
    assert done.code == 0
    assert done.err == ""
    assert not pending(copy)
    assert (copy / f"Archive/{BOX}").exists() == bool(way)
    if way:
        assert tool("undo", copy, "--yes").code == 0
    after = facts(copy)
    for known in (before, after):
        known.pop("Board.canvas")  # a canvas that is put back gets a new time
    assert after == before
    assert tool("recover", copy, "--yes").out.endswith(UNCHANGED)


def test_where_nothing_was_interrupted_there_is_nothing_to_do(tool: Tool, vault: Path) -> None:
    before = facts(vault.parent)
    done = tool("recover", vault, "--yes")

    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(UNCHANGED)
    assert facts(vault.parent) == before
    assert not (vault / ".vaultprune/journal").exists()


def test_killed_anywhere_everything_comes_back(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    trial = vault.with_name("Trial")
    shutil.copytree(vault, trial, symlinks=True)
    calls = int(signalled(trial, 0, 0, ["archive", *NAMES, "--yes"]).stdout.rsplit("CALLS ", 1)[1])
    points = range(1, calls, max(1, calls // 14))
    waited = 0
    for at in points:
        copy = vault.with_name(f"Killed at {at}")
        shutil.copytree(vault, copy, symlinks=True)
        assert signalled(copy, signal.SIGKILL, at, ["archive", *NAMES, "--yes"]).returncode == -signal.SIGKILL
        if pending(copy):
            waited += 1
            assert tool("archive", copy, "Quiet 3", "--yes").code == 4
        assert tool("recover", copy, "--yes").code == 0
        assert tool("undo", copy, "--yes").code in (0, 2)  # 2: nothing had moved yet
        after = facts(copy)
        after.pop("Archive/About this archive.md", None)
        after.pop("Archive/", None)
        assert {path: known[-1] for path, known in after.items()} == {path: known[-1] for path, known in before.items()}
        shutil.rmtree(copy)

    print(f"\nkilled at {len(points)} of {calls} changes of the disk; {waited} times a note was half done")
    assert waited


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_heard_after_the_note_at_hand(tool: Tool, vault: Path, number: int) -> None:
    assert tool("archive", vault, "Quiet 3", "--yes").code == 0  # else a rehearsal would come first
    done = signalled(vault, number, 1, ["archive", *NAMES, "--yes"], "exchange")

    assert done.returncode == 130, done.stderr
    assert "2 notes left alone. Take it back: vaultprune undo" in done.stdout
    assert "1 note set aside" in done.stdout
    assert not pending(vault)
    assert tool("undo", vault, "--yes").code == 0
    assert (vault / BOX).exists()


# --- words that an editor saved at the moment of a swap -------------------------------------------------


def saved_at_the_swap(vault: Path) -> str:
    """The vault after such a run was killed; where the words lie then."""
    killed = subprocess.run(
        [sys.executable, "-c", SAVED, "archive", *NAMES, "--yes"],
        cwd=vault,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    assert b"and mine" not in (vault / MAP).read_bytes()
    [place] = [place for place in vault.glob(".vaultprune/journal/*/swap/*") if b"and mine" in place.read_bytes()]
    return place.relative_to(vault).as_posix()


def test_words_saved_at_the_moment_of_a_swap_are_named_and_come_back(tool: Tool, vault: Path) -> None:
    was = (vault / MAP).read_bytes()
    place = saved_at_the_swap(vault)
    shown = {name: tool(*arguments) for name, arguments in looks(vault).items()}
    done = tool("recover", vault, "--yes")

    for name, looked in shown.items():
        assert looked.code == 0, name
        assert place in looked.out.replace("\n", ""), name
        assert "Maps/Map" in looked.out, name
    assert done.code == 0
    assert "what was saved in Maps/Map.md at that very moment is back in it" in " ".join(done.out.split())
    assert (vault / MAP).read_bytes() == was + b"and mine\n"
    assert not strays(vault)
    assert place not in tool("--vault", vault).out


def looks(vault: Path) -> dict[str, list[str | Path]]:
    return {
        "status": ["--vault", vault],
        "doctor": ["doctor", vault, "--limit", "99"],
        "recover": ["recover", vault, "--dry-run"],
    }


@pytest.fixture
def written_late(tool: Tool, vault: Path) -> Path:
    """A vault in which a run ended well, and an editor that had a note open wrote to it afterwards."""
    with open(vault / MAP, "ab") as note:
        assert tool("archive", vault, "Leitner box", "--yes").code == 0
        note.write(b"and mine\n")
    return vault


def test_words_that_lie_in_the_journal_alone_go_back_with_their_links_put_right(tool: Tool, written_late: Path) -> None:
    rewritten = (written_late / MAP).read_bytes()
    before = facts(written_late)
    dry = tool("recover", written_late, "--dry-run")
    nobody = in_a_process(["recover"], written_late)
    assert facts(written_late) == before
    done = tool("recover", written_late, "--yes")

    assert "It goes back." in " ".join(dry.out.split())
    assert dry.out.endswith(UNCHANGED)
    assert nobody.returncode == 2
    assert (done.code, done.err) == (0, "")
    assert "Maps/Map.md: what was saved in it at that very moment is back." in done.out
    assert (written_late / MAP).read_bytes() == rewritten + b"and mine\n"
    assert tool("recover", written_late, "--yes").out.endswith(UNCHANGED)


def test_words_that_cannot_go_back_are_named_until_somebody_deletes_them(tool: Tool, written_late: Path) -> None:
    (written_late / MAP).write_text("written anew\n")
    recovered = tool("recover", written_late, "--yes")
    document = json.loads(tool("doctor", written_late, "--format", "json").out)
    cleared = tool("gc", written_late, "--older-than", "1d", "--yes")
    [stray] = strays(written_late)

    assert recovered.code == cleared.code == 0
    assert recovered.out.endswith(UNCHANGED)
    fits(document, "doctor")
    assert [each["names"] for each in document["findings"] if each["code"] == "saved-meanwhile"] == [[stray.place]]
    for name, arguments in looks(written_late).items():
        assert stray.place in tool(*arguments).out.replace("\n", ""), name
    assert (written_late / MAP).read_text() == "written anew\n"
    (written_late / stray.place).unlink()
    assert "lies only in" not in tool("--vault", written_late).out
