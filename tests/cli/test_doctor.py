from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.archives import boxes, facts
from tests.cli.test_json import fits
from tests.cli.worlds import NOW, Tool, a_note, garden
from tests.reading.folders import everything
from vaultprune.archiving import Disk
from vaultprune.parse import lexer

UNCHANGED = "Nothing has been changed.\n"
ODD: dict[str, str | bytes] = {
    "Broken.md": "---\na: [1\n---\n",
    "What?.md": a_note(edited="2026-11-01"),
    "Work/Alive 00 (Conflicted copy phone 202609011200).md": a_note(edited="2026-11-01"),
    "Inner/.obsidian/app.json": "{}",
    "Inner/Note.md": a_note(edited="2026-11-01"),
    ".vaultprune/config.toml": 'dates = ["property"]\nprotect = ["evergren"]\n',
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden")


# --- the page -----------------------------------------------------------------------------------------


def test_of_a_vault_in_order_it_says_so(tool: Tool, vault: Path) -> None:
    done = tool("doctor", vault, "--now", NOW)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Garden, Fri 20 Nov 2026\n43 notes, 40 links. Dates from properties, trusted for all 43")
    assert "What the dates go by\n  git" in done.out
    assert "Nothing wants to be put right." in done.out
    assert "Looked at, and in order: earlier runs, the journal," in done.out
    assert done.out.endswith(UNCHANGED)


def test_of_one_that_is_not_it_says_what_and_what_to_do(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", ODD)
    done = tool("doctor", vault, "--now", NOW)
    document = json.loads(tool("doctor", vault, "--now", NOW, "--format", "json").out)

    assert done.code == 0
    assert "3 things to put right" in done.out
    assert 'The setting protect names "evergren", but no note has that status.' in " ".join(done.out.split())
    fits(document, "doctor")
    assert [(finding["code"], finding["wrong"]) for finding in document["findings"]] == [
        ("sync-conflict", True),
        ("problem", True),
        ("setting-idle", True),
        ("vault-inside", False),
        ("name-refused", False),
    ]
    assert str(tmp_path) not in json.dumps(document)


def test_a_script_can_ask_whether_all_is_well(tool: Tool, vault: Path) -> None:
    assert tool("doctor", vault, "--now", NOW, "--check", "any").code == 0

    (vault / "Broken.md").write_text("---\na: [1\n---\n")

    assert tool("doctor", vault, "--now", NOW).code == 0
    assert tool("doctor", vault, "--now", NOW, "--check", "any").code == 1
    assert tool("doctor", vault, "--now", NOW, "--check", "all").code == 2


def test_dates_that_cannot_be_trusted_are_said_with_what_would_help(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {".vaultprune/config.toml": 'dates = ["mtime"]\n'})
    done = tool("doctor", vault)

    assert "What would help, the best first" in done.out
    assert tool("doctor", vault, "--check", "any").code == 1


@pytest.mark.parametrize("arguments", [[], ["--verify"], ["--places"], ["--format", "json"]])
def test_a_look_leaves_no_trace(tool: Tool, tmp_path: Path, arguments: list[str]) -> None:
    vault = garden(tmp_path / "Garden", ODD)
    before = everything(vault)

    assert tool("doctor", vault, *arguments).code == 0
    assert tool("config", "show", vault).code == 0

    assert everything(vault) == before


def test_notes_that_a_sync_program_put_back_are_named_with_what_to_do(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "Quiet 2", "--yes").code == 0
    for name in ("Quiet 1", "Quiet 2"):
        (vault / f"Ideas/{name}.md").write_bytes((vault / f"Archive/Ideas/{name}.md").read_bytes())

    report = " ".join(tool("report", here=vault).out.split())
    done = tool("doctor", here=vault)

    assert "A sync program did that, not you: vaultprune doctor tells which, and what to do." in report
    assert "2 archived notes are back in the old place, with unchanged text." in " ".join(done.out.split())
    assert "       Ideas/Quiet 1\n       Ideas/Quiet 2\n" in done.out
    (command,) = [line.strip() for line in done.out.split("\n") if line.strip().startswith("vaultprune archive")]
    assert command == 'vaultprune archive "Ideas/Quiet 1" "Ideas/Quiet 2"'
    assert tool("archive", "Ideas/Quiet 1", "Ideas/Quiet 2", "--yes", here=vault).code == 0
    assert "returned" not in [
        finding["code"] for finding in json.loads(tool("doctor", "--format", "json", here=vault).out)["findings"]
    ]


def test_a_run_at_work_is_seen_and_not_disturbed(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    holding = (
        "import fcntl, sys; fcntl.flock(f := open(sys.argv[1]), fcntl.LOCK_EX); print('held', flush=True); input()"
    )
    lock = vault / ".vaultprune/journal/lock"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        shown = tool("doctor", vault).out
        other.stdin.write(b"\n")
        other.stdin.close()

    assert "Another run is at work in this vault" in shown
    assert "Another run is at work" not in tool("doctor", vault).out


def test_an_interrupted_run_of_another_device_is_told(tool: Tool, tmp_path: Path, home: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    for ending in vault.glob(".vaultprune/journal/*/units/*.done"):
        ending.unlink()
    own = tool("doctor", vault).out
    (home / "data/vaultprune/device").write_text("0123456789ab\n")
    other = tool("doctor", vault).out

    assert "A run was interrupted at Ideas/Quiet 1, which may be half moved." in own
    assert "vaultprune recover" in own
    assert "A run of another device was interrupted at Ideas/Quiet 1." in other


def test_a_damaged_journal_is_no_reason_to_fail(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    (intent,) = vault.glob(".vaultprune/journal/*/units/*.intent")
    intent.write_bytes(b"{}")
    damaged = tool("doctor", vault)
    (vault / ".vaultprune/journal").rename(vault / "elsewhere")
    (vault / ".vaultprune/journal").symlink_to(vault / "elsewhere")
    behind = tool("doctor", vault)

    assert (damaged.code, behind.code) == (0, 0)
    assert "Of the journal, 1 record cannot be read" in damaged.out
    assert "is a symlink or a file, or lies behind one" in " ".join(behind.out.split())


# --- rehearsal ----------------------------------------------------------------------------------------


def test_a_rehearsal_tries_it_on_throw_away_notes(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    done = tool("doctor", vault, "--rehearse")
    document = json.loads(tool("doctor", vault, "--rehearse", "--format", "json").out)

    assert (done.code, done.err) == (0, "")
    assert "keeps the promise" in done.out
    assert done.out.endswith("None of your notes was touched.\n")
    fits(document, "doctor-rehearse")
    assert (document["keeps_the_promise"], document["failures"]) == (True, [])
    assert facts(vault) == before
    assert not (vault / ".vaultprune/rehearsal").exists()


def test_a_file_system_that_cannot_keep_the_promise_is_refused_by_name(
    tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(self: Disk, folder: int, name: str, to_folder: int, to_name: str) -> None:
        os.replace(name, to_name, src_dir_fd=folder, dst_dir_fd=to_folder)

    monkeypatch.setattr(Disk, "move", move)
    before = facts(vault)
    done = tool("doctor", vault, "--rehearse")
    document = tool("doctor", vault, "--rehearse", "--format", "json")

    assert (done.code, document.code) == (4, 4)
    assert "guard: rehearsal" in done.err
    assert "a rename may replace another file" in done.err
    assert not json.loads(document.out)["keeps_the_promise"]
    assert facts(vault) == before


def test_a_rehearsal_waits_for_nobody(tool: Tool, vault: Path) -> None:
    assert tool("doctor", vault, "--rehearse").code == 0
    with open(vault / ".vaultprune/journal/lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = tool("doctor", vault, "--rehearse")

    assert done.code == 5
    assert done.err.endswith(UNCHANGED)


# --- both readings ------------------------------------------------------------------------------------


def test_both_readings_of_the_vault_are_compared(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {**ODD, "Binary.md": b"a\0b"})
    done = tool("doctor", vault, "--verify")
    document = json.loads(tool("doctor", vault, "--verify", "--format", "json").out)

    assert (done.code, done.err) == (0, "")
    assert "48 notes read twice, quickly and in full: 40 links" in done.out
    assert "The quick reading left 1 note (2.1 %) to the full one." in done.out
    assert "Both readings say the same of every note." in done.out
    fits(document, "doctor-verify")
    assert (document["notes"], document["declined"], document["differences"]) == (48, 1, [])


def test_where_they_differ_each_place_is_named_and_the_code_says_so(
    tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = lexer.read

    def forgetful(body: str, first_line: int) -> object:
        found = reading(body, first_line)
        return found._replace(links=()) if found is not None and "[[Alive 01]]" in body else found

    monkeypatch.setattr(lexer, "read", forgetful)
    done = tool("doctor", vault, "--verify")
    fits(json.loads(tool("doctor", vault, "--verify", "--format", "json").out), "doctor-verify")

    assert done.code == 3
    assert "They differ in 1 place of 1 note." in done.out
    assert "  Work/Alive 00.md, line 5: link\n     quick: nothing\n     full:  wikilink Alive 01\n" in done.out
    assert done.out.endswith(UNCHANGED)


# --- places -------------------------------------------------------------------------------------------


def test_every_place_where_something_is_stored_is_listed_with_what_is_there(
    tool: Tool, tmp_path: Path, home: Path
) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Leitner box", "--yes").code == 0
    assert tool("keep", vault, "Quiet 2").code == 0
    assert tool("init", vault, "--yes").code == 0
    assert tool("review", vault, "--note").code == 0
    tool("report", vault)
    done = tool("doctor", vault, "--places")
    document = json.loads(tool("doctor", vault, "--places", "--format", "json").out)
    inside = {place["path"]: place for place in document["places"] if place["below"] == "vault"}

    assert done.code == 0
    assert list(inside) == [
        ".vaultprune/config.toml",
        ".vaultprune/decisions",
        ".vaultprune/journal",
        ".vaultprune/journal/*/blobs",
        ".vaultprune/journal/*/swap",
        "Archive",
        "Review.md",
        ".obsidian/app.json",
    ]
    fits(document, "doctor-places")
    assert {place["below"] for place in document["places"]} == {"vault", "cache", "data"}
    own = [path for path in (vault / ".vaultprune").rglob("*") if path.is_file()]
    told = [place for name, place in inside.items() if name.startswith(".vaultprune")]
    assert sum(place["files"] for place in told) == len(own)
    assert sum(place["bytes"] for place in told) == sum(path.stat().st_size for path in own)
    outside = [path for path in home.rglob("*") if path.is_file() and "vaultprune" in path.parts]
    told = [place for place in document["places"] if place["below"] != "vault"]
    assert sum(place["files"] for place in told) == len(outside)
    assert sum(place["bytes"] for place in told) == sum(path.stat().st_size for path in outside)
    assert "What this machine saw of the notes" in done.out
    assert "~/data/vaultprune/device, 1 file" in done.out
    assert str(home) not in json.dumps(document)


def test_of_a_vault_never_touched_there_is_nothing_to_list(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "Plain").mkdir()
    done = tool("doctor", tmp_path / "Plain", "--places")

    assert "In the vault\n  nothing\n" in done.out


def test_two_looks_at_once_cannot_be_meant(tool: Tool, vault: Path) -> None:
    done = tool("doctor", vault, "--verify", "--places")

    assert (done.code, done.out) == (2, "")
