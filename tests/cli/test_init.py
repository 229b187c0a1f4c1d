from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.build import write_tree
from tests.cli.archives import answering, boxes, facts
from tests.cli.test_recover import killed_halfway
from tests.cli.worlds import Tool, a_note, in_a_process
from tests.reading.folders import everything
from vaultprune.config import Config, from_toml
from vaultprune.reading import surroundings

UNCHANGED = "Nothing has been changed.\n"
CONFIG = ".vaultprune/config.toml"
APP = ".obsidian/app.json"
BEFORE = b'{\n  "promptDelete": false\n}'
WORLD: dict[str, str | bytes] = {
    APP: BEFORE,
    ".obsidian/daily-notes.json": json.dumps({"folder": "Journal", "format": "YYYY-MM-DD dddd"}),
    "One.md": a_note(status="Evergreen"),
    "Two.md": a_note("#status/seed/new", status="evergreen"),
    "Three.md": a_note(status='"a \\"quoted\\" one"', **{"last tended": "2024-01-01"}),
    "Four.md": a_note(status='"esc\\u001bape"'),
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "Garden", WORLD)


def test_a_vault_is_set_up_and_each_thing_is_shown_first(tool: Tool, vault: Path) -> None:
    before = everything(vault)
    shown = tool("init", vault, "--dry-run")
    unchanged = everything(vault)
    done = tool("init", "--yes", here=vault)

    assert (shown.code, done.code, done.err) == (0, 0, "")
    assert unchanged == before
    assert shown.out.endswith(UNCHANGED)
    assert '  - \x20 "promptDelete": false\n  +   "promptDelete": false,\n' in shown.out
    assert "  + " + '  "userIgnoreFilters": [\n' in shown.out
    assert json.loads((vault / APP).read_bytes()) == {"promptDelete": False, "userIgnoreFilters": ["Archive/"]}
    assert list(tomllib.loads((vault / CONFIG).read_text())) == ["id"]
    assert "Take that back: vaultprune init --undo" in done.out
    assert tool("report", vault).code == 0


def test_the_settings_tell_what_was_seen_and_every_line_can_be_put_in_force(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--yes").code == 0
    text = (vault / CONFIG).read_text()
    whole = re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)
    config = from_toml(Config(), whole, CONFIG)

    assert '# Seen here: evergreen (2 notes), a "quoted" one (1 note), seed/new (1 note).' in text
    assert "# Seen here: day notes in Journal/, called YYYY-MM-DD dddd." in text
    assert "Seen here, holding days: last tended (1 note)." in " ".join(text.replace("\n#", "").split())
    assert "\x1b" not in text
    assert config.protect == ("evergreen", 'a "quoted" one', "seed/new")
    assert config.modified_keys == Config().modified_keys
    assert set(config.origins) >= {"protect", "budget", "archive_folder", "dates", "id"}


def test_a_second_time_it_says_what_is_there_and_changes_nothing(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--yes").code == 0
    before = everything(vault)
    again = tool("init", vault, "--yes")

    assert (again.code, again.err) == (0, "")
    assert ".vaultprune/config.toml is there, and stays as it is." in again.out
    assert "Archive/ is among Obsidian's excluded files already." in again.out
    assert again.out.endswith(UNCHANGED)
    assert everything(vault) == before


def test_what_was_changed_in_the_app_is_taken_back(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--yes").code == 0
    shown = tool("init", vault, "--undo", "--dry-run")
    between = (vault / APP).read_bytes()
    back = tool("init", vault, "--undo", "--yes")
    nothing = tool("init", vault, "--undo", "--yes")

    assert "would get back the bytes that it had before" in " ".join(shown.out.split())
    assert between != BEFORE
    assert (back.code, (vault / APP).read_bytes()) == (0, BEFORE)
    assert (vault / CONFIG).exists()
    assert nothing.code == 2
    assert nothing.err.endswith(UNCHANGED)


def test_what_the_app_changed_since_stays(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--yes").code == 0
    said = json.loads((vault / APP).read_bytes())
    (vault / APP).write_text(json.dumps({**said, "userIgnoreFilters": ["Archive/", "Old/"], "vimMode": True}))
    back = tool("init", vault, "--undo", "--yes")

    assert "only Archive/ would be taken out" in " ".join(back.out.split())
    assert json.loads((vault / APP).read_bytes()) == {
        "promptDelete": False,
        "userIgnoreFilters": ["Old/"],
        "vimMode": True,
    }


@pytest.mark.parametrize(
    ("answers", "config", "app"),
    [
        pytest.param(["y", "y"], True, True, id="both"),
        pytest.param(["y", "n"], True, False, id="the settings alone"),
        pytest.param(["n", "y"], False, True, id="the app alone"),
        pytest.param(["n", "n"], False, False, id="neither"),
    ],
)
def test_each_of_the_two_is_asked_for(vault: Path, answers: list[str], config: bool, app: bool) -> None:
    before = facts(vault)
    done = answering(["init"], vault, answers)

    assert done.code == 0
    assert "Write .vaultprune/config.toml? [y/N]" in done.seen
    assert "Add Archive/ to Obsidian's excluded files? [y/N]" in done.seen
    assert (vault / CONFIG).exists() == config
    assert ((vault / APP).read_bytes() != BEFORE) == app
    if not config and not app:
        assert done.seen.endswith(UNCHANGED)
        assert facts(vault) == before


def test_without_anybody_to_ask_nothing_is_set_up(vault: Path) -> None:
    before = everything(vault)
    done = in_a_process(["init"], vault)

    assert done.returncode == 2
    assert b"there is nobody to ask" in done.stderr
    assert everything(vault) == before


def test_the_app_can_be_left_alone(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--leave-app", "--yes").code == 0
    assert (vault / APP).read_bytes() == BEFORE
    assert (vault / CONFIG).exists()


def test_a_vault_of_another_editor_has_no_app_to_change(tool: Tool, tmp_path: Path) -> None:
    vault = write_tree(tmp_path / "Plain", {"a.md": "words"})
    done = tool("init", vault, "--yes")

    assert "There are no settings of Obsidian here" in done.out
    assert [path.name for path in vault.iterdir()] == ["a.md", ".vaultprune"] or not (vault / ".obsidian").exists()
    assert (vault / CONFIG).exists()


def test_while_the_app_is_open_its_settings_are_not_changed(
    tool: Tool, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path / "proc/4711", {"comm": "obsidian\n", "cmdline": "obsidian\0"})
    (vault / ".obsidian/workspace.json").write_text("{}")
    monkeypatch.setattr(surroundings, "PROCESSES", str(tmp_path / "proc"))
    before = everything(vault)
    refused = tool("init", vault, "--yes")
    unchanged = everything(vault)
    shown = " ".join(tool("init", vault, "--dry-run").out.split())
    approve = re.search(r"--approve ([0-9a-f]{8})", shown)
    alone = tool("init", vault, "--leave-app", "--yes")

    assert refused.code == 4
    assert "guard: app-running" in refused.err
    assert unchanged == before
    assert approve is not None
    assert alone.code == 0
    assert (vault / APP).read_bytes() == BEFORE
    then = tool("init", vault, "--yes")
    wanted = re.search(r"--approve ([0-9a-f]{8})", then.err)
    assert wanted is not None
    assert tool("init", vault, "--yes", "--approve", wanted[1]).code == 0
    assert (vault / APP).read_bytes() != BEFORE


def test_while_a_run_waits_to_be_put_right_nothing_is_set_up(tool: Tool, tmp_path: Path) -> None:
    vault = killed_halfway(boxes(tmp_path / "Garden"))
    before = facts(vault)
    done = tool("init", vault, "--yes")

    assert done.code == 4
    assert "vaultprune recover" in done.err
    assert facts(vault) == before


def test_a_change_that_was_stopped_between_two_steps_is_put_right(tool: Tool, vault: Path) -> None:
    assert tool("init", vault, "--yes").code == 0
    (steps,) = vault.glob(".vaultprune/journal/*/settings.jsonl")
    steps.write_bytes(steps.read_bytes().split(b"\n")[0] + b"\n")
    (vault / APP).unlink()
    before = everything(vault)
    refused = tool("init", vault, "--yes")
    doctor = " ".join(tool("doctor", vault).out.split())
    shown = tool("init", vault, "--undo", "--dry-run")
    unchanged = everything(vault)
    done = tool("init", vault, "--undo", "--yes")

    assert (refused.code, shown.code, done.code) == (4, 0, 0)
    assert "vaultprune init --undo" in refused.err
    assert "Setting up was interrupted while Obsidian's settings were being changed." in doctor
    assert unchanged == before
    assert (vault / APP).read_bytes() == BEFORE


def test_settings_of_the_app_that_are_broken_are_left_alone(tool: Tool, vault: Path) -> None:
    (vault / APP).write_text("{")
    done = tool("init", vault, "--yes")

    assert done.code == 2
    assert done.err.endswith("it is not valid JSON. Nothing has been changed.\n")
    assert not (vault / CONFIG).exists()


def test_the_doctor_no_longer_asks_for_what_was_set_up(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    before = tool("doctor", vault).out
    assert tool("init", vault, "--yes").code == 0

    assert "is not among Obsidian's excluded files" in " ".join(before.split())
    assert "excluded files" not in tool("doctor", vault).out


@pytest.mark.parametrize("synced", [True, False], ids=["with its journal", "without"])
def test_on_another_device_it_is_said_what_to_do(
    tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch, synced: bool
) -> None:
    assert tool("init", vault, "--yes").code == 0
    monkeypatch.setenv("XDG_DATA_HOME", str(vault.parent / "another device"))
    if not synced:
        shutil.rmtree(vault / ".vaultprune/journal")
    before = everything(vault)
    done = tool("init", vault, "--undo", "--yes")

    assert (done.code, done.out) == (2, "")
    assert "vaultprune init --undo on that" in done.err
    assert "another device put Archive/ among" in done.err if synced else "no record here says" in done.err
    assert "under Settings, Files and links, Excluded files." in done.err
    assert done.err.endswith(UNCHANGED)
    assert everything(vault) == before
