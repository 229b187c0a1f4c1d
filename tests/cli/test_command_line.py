from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.cli.worlds import NOW, ROOT, Tool, a_note, garden, in_a_process
from vaultprune import __version__
from vaultprune.cli.app import PANELS, app_for
from vaultprune.cli.when import moment


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden")


# --- bare ----------------------------------------------------------------------------------------------


def test_alone_it_says_where_things_stand(tool: Tool, vault: Path) -> None:
    done = tool("--now", NOW, here=vault / "Work")

    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Garden, Fri 20 Nov 2026\n"
        "43 notes, 40 links. Dates from properties, trusted for all 43 notes.\n"
        "\n"
        "3 notes are suggested for the archive; 7 watched, 0 protected, 33 kept.\n"
        "\n"
        "Look at them vaultprune review\n"
        "In full      vaultprune report\n"
        "\n"
        "Nothing has been changed.\n"
    )


def test_alone_it_names_what_was_decided(tool: Tool, vault: Path) -> None:
    tool("keep", "Quiet 1", here=vault)

    assert "1 decision of yours is in force: vaultprune keep --list\n" in tool().out


def test_alone_it_changes_nothing(tool: Tool, vault: Path, home: Path) -> None:
    before = read_tree(vault)
    tool("--vault", vault)

    assert read_tree(vault) == before
    assert [path for path in read_tree(home) if not path.startswith(".cache/vaultprune/Garden-")] == []


# --- which vault ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["report", "--vault", "Garden"], id="by option"),
        pytest.param(["report", "Garden"], id="as the first argument"),
        pytest.param(["links", "Garden"], id="as the first argument of links"),
        pytest.param(["--vault", "Garden"], id="for the bare command"),
        pytest.param(["explain", "Garden", "Quiet 1"], id="before a note"),
        pytest.param(["keep", "Garden", "Quiet 1"], id="before a note to keep"),
        pytest.param(["keep", "Garden", "--list"], id="before an option that stands for notes"),
    ],
)
def test_the_vault_is_named(tool: Tool, vault: Path, arguments: list[str]) -> None:
    assert tool(*arguments, here=vault.parent).code == 0


def test_the_vault_is_found_upward_or_taken_from_the_environment(
    tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tool("report", here=vault / "Ideas").out.startswith("Garden, ")

    monkeypatch.setenv("VAULTPRUNE_VAULT", str(vault))
    assert tool("report", here=vault.parent).out.startswith("Garden, ")


def test_a_folder_of_another_editor_is_a_vault_when_named(tool: Tool, tmp_path: Path) -> None:
    folder = write_tree(tmp_path / "Notes", {"One.md": a_note()})

    assert tool("report", folder).code == 0


def test_without_a_vault_those_that_obsidian_knows_are_listed(tool: Tool, vault: Path, home: Path) -> None:
    known = {"vaults": {"a": {"path": str(vault), "ts": 2}, "b": {"path": str(vault / "gone"), "ts": 3}}}
    write_tree(home, {"config/obsidian/obsidian.json": json.dumps(known)})

    done = tool("report", here=home)

    assert (done.code, done.out) == (2, "")
    assert (
        f"Obsidian knows these:\n  vaultprune report --vault {vault}\nNothing has been read or changed.\n" in done.err
    )


def test_without_any_vault_it_is_said_how_to_name_one(tool: Tool, home: Path) -> None:
    done = tool(here=home)

    assert done.code == 2
    assert "Name one with --vault PATH." in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["report", "Gardn"], '"Gardn" is no folder. Did you mean Garden?', id="misspelt"),
        pytest.param(["report", "--vault", "nowhere/at/all"], '"nowhere/at/all" is no folder.', id="nowhere"),
        pytest.param(["report", "Garden/Ideas/Quiet 1.md"], "is a file, not a vault's folder", id="a file"),
        pytest.param(["report", "Garden", "--vault", "Garden"], "two vaults are named", id="twice"),
    ],
)
def test_a_vault_that_is_none_is_an_error(tool: Tool, vault: Path, arguments: list[str], says: str) -> None:
    done = tool(*arguments, here=vault.parent)

    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_reading_in_a_vault_inside_another_warns(tool: Tool, vault: Path) -> None:
    inner = garden(vault / "Inner")

    loud, quiet = tool("report", inner), tool("report", inner, "--quiet")

    assert loud.code == quiet.code == 0
    assert loud.err == 'vaultprune: this vault lies inside another one, "Garden": links from there are not seen.\n'
    assert quiet.err == ""
    assert loud.out == quiet.out


# --- what cannot be meant ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["report", "--formt", "json"], 'there is no option "--formt". Did you mean "--format"?', id="option"
        ),
        pytest.param(["report", "--zzz"], "vaultprune report --help lists them.", id="no option like it"),
        pytest.param(
            ["keep", "-rf"], 'A name that begins with "-" goes behind "--".', id="a note named like an option"
        ),
        pytest.param(["repotr"], 'Did you mean "report"', id="command"),
        pytest.param(["report", "--format", "jsn"], 'not "jsn". Did you mean "json"?', id="format"),
        pytest.param(["links", "--format", "markdown"], "--format takes text, json or csv", id="format of another"),
        pytest.param(["report", "--rule", "balancd"], 'Did you mean "balanced"?', id="rule"),
        pytest.param(["report", "--budget", "many"], '--budget: "budget" takes a number of notes', id="budget"),
        pytest.param(["report", "--min-confidence", "2"], "takes a number from 0 to 1", id="confidence"),
        pytest.param(["report", "--now", "soon"], '--now: "soon" is no time', id="time"),
        pytest.param(["report", "--limit", "-1"], "--limit", id="limit"),
        pytest.param(["report", "--in", "Idees"], 'a folder "Idees". Did you mean "Ideas"?', id="folder"),
        pytest.param(["report", "--check", "som"], "--check takes any or new", id="check"),
        pytest.param(["report", "--check", "new"], "--check new and --baseline FILE belong together", id="no baseline"),
        pytest.param(["explain"], "missing argument", id="no note"),
        pytest.param(["explain", "A", "B"], "explain takes one note, not 2", id="two notes"),
        pytest.param(["--quiet", "report"], "options go behind the command", id="option in front"),
    ],
)
def test_what_cannot_be_meant_names_the_nearest_right_thing(
    tool: Tool, vault: Path, arguments: list[str], says: str
) -> None:
    done = tool(*arguments, here=vault)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("vaultprune: ")
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_config_that_does_not_fit_is_one_line(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {".vaultprune/config.toml": "\nprotectt = []\n"})

    done = tool("report", vault)

    assert done.code == 2
    assert done.err == (
        'vaultprune: .vaultprune/config.toml, line 2: there is no setting "protectt". Did you mean "protect"? '
        "Nothing has been read or changed.\n"
    )


# --- the clock -----------------------------------------------------------------------------------------


def test_a_day_means_its_end_and_a_time_may_name_its_offset() -> None:
    assert moment("2026-06-01").isoformat().startswith("2026-06-01T23:59:59")
    assert moment("2026-06-01").utcoffset() is not None
    assert moment("2026-06-01T18:30").hour == 18
    assert moment("2026-06-01T18:30+05:30").utcoffset() == timedelta(hours=5, minutes=30)
    assert abs(moment(None) - datetime.now().astimezone()) < timedelta(minutes=1)


# --- output files --------------------------------------------------------------------------------------


def test_the_document_goes_into_a_file(tool: Tool, vault: Path, tmp_path: Path) -> None:
    on_screen = tool("report", vault, "--now", NOW, "--format", "json").out
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)

    done = tool("report", vault, "--now", NOW, "--format", "json", "--output", target)

    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.read_text(encoding="utf-8") == on_screen
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Garden", "out.json"]


@pytest.mark.parametrize("option", ["--output", "--save-baseline"])
@pytest.mark.parametrize(
    "place",
    [
        pytest.param("Garden/Ideas/Quiet 1.md", id="a note"),
        pytest.param("Garden/new.md", id="a new file in the vault"),
        pytest.param("Garden/.vaultprune/out.json", id="a hidden place in the vault"),
        pytest.param("link/new.md", id="the vault by another name"),
        pytest.param("note", id="a symlink to a note"),
        pytest.param("Garden", id="the vault itself"),
        pytest.param("nowhere/out.json", id="no folder"),
    ],
)
def test_no_file_is_written_where_none_belongs(tool: Tool, vault: Path, option: str, place: str) -> None:
    os.symlink(vault, vault.parent / "link")
    os.symlink(vault / "Ideas/Quiet 1.md", vault.parent / "note")
    before = read_tree(vault.parent)

    done = tool("report", vault, option, place, here=vault.parent)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"vaultprune: {option}: ")
    assert read_tree(vault.parent) == before


def test_a_file_that_cannot_be_written_is_one_line_and_leaves_nothing(tool: Tool, vault: Path, tmp_path: Path) -> None:
    target = tmp_path / ("x" * 254 + ".json")

    done = tool("report", vault, "--output", target)

    assert done.code == 2
    assert "cannot be written: file name too long" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["Garden"]


# --- for scripts ---------------------------------------------------------------------------------------


def test_check_any_tells_by_its_code_whether_there_are_suggestions(tool: Tool, vault: Path) -> None:
    assert tool("report", vault, "--check", "any").code == 1
    assert tool("report", vault, "--check", "any", "--budget", "0").code == 0
    assert tool("report", vault).code == 0


def test_check_new_compares_with_a_baseline(tool: Tool, vault: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert tool("report", vault, "--now", NOW, "--budget", "9", "--save-baseline", baseline).code == 0
    check = ["report", str(vault), "--now", NOW, "--check", "new", "--baseline", str(baseline)]

    same = tool(*check, "--budget", "9")
    (vault / "Ideas/Quiet 4.md").write_text(a_note("More", edited="2021-01-01"), encoding="utf-8")
    more = tool(*check, "--budget", "9")
    other = tool(*check, "--budget", "8")

    assert (same.code, more.code, other.code) == (0, 1, 2)
    assert "was made with other settings: budget differs." in other.err


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b'{"schema": 1}', b'{"schema": 2, "suggested": [], "settings": {}}']
)
def test_what_is_no_baseline_is_refused(tool: Tool, vault: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.json").write_bytes(content)

    done = tool("report", vault, "--check", "new", "--baseline", tmp_path / "b.json")

    assert done.code == 2
    assert "is no baseline" in done.err


def test_a_baseline_that_is_missing_is_said(tool: Tool, vault: Path) -> None:
    assert "cannot be read: no such file" in tool("report", vault, "--check", "new", "--baseline", "gone.json").err


# --- as a process --------------------------------------------------------------------------------------


def test_the_document_alone_stands_on_stdout(vault: Path) -> None:
    inner = garden(vault / "Inner")

    done = in_a_process(["report", "--format", "json"], inner)

    assert done.returncode == 0
    assert json.loads(done.stdout)["vault"] == "Inner"
    assert done.stderr.count(b"\n") == 1


def test_the_locale_changes_nothing(tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Übung 🎻.md": a_note("[[語]]"), "語.md": a_note()})
    plain = {"LC_ALL": "C"}

    for form in ("text", "json", "csv", "markdown"):
        there = in_a_process(["report", "--now", "2026-11-20T12:00+00:00", "--format", form], vault, plain)
        here = in_a_process(["report", "--now", "2026-11-20T12:00+00:00", "--format", form], vault)
        assert (there.returncode, there.stderr) == (0, b"")
        assert there.stdout == here.stdout


def test_a_reader_that_goes_away_is_no_error(vault: Path) -> None:
    script = f"{sys.executable} -m vaultprune report --format json | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=vault, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )

    assert done.stdout == b"0\n"
    assert done.stderr == b""


def test_a_full_disk_is_one_line(vault: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vaultprune", "report"],
            cwd=vault,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment,
        )

    assert done.returncode == 2
    assert done.stderr == b"vaultprune: the document cannot be written: no space left on device.\n"


def test_an_interruption_ends_with_its_own_code(tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vaultprune import reading

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_vault", interrupted)
    done = tool("report", vault)

    assert (done.code, done.out) == (130, "")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", [name for commands in PANELS.values() for name in commands])
def test_a_command_is_described_alone_when_it_is_called(name: str) -> None:
    alone, every = app_for([name, "--help"]), app_for(["--help"])

    assert len(alone.registered_commands) + len(alone.registered_groups) == 1
    assert len(every.registered_commands) + len(every.registered_groups) == sum(map(len, PANELS.values()))


def test_the_version_is_told(tool: Tool) -> None:
    assert tool("--version").out == tool("report", "--version").out == f"vaultprune {__version__}\n"


def test_rich_is_loaded_for_the_help_alone(vault: Path) -> None:
    code = (
        "import sys; from vaultprune.cli import run; run(sys.argv[1:]); "
        "heavy = {'rich', 'markdown_it', 'networkx', 'yaml'}; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy), file=sys.stderr)"
    )

    def loaded(*arguments: str) -> bytes:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=vault, capture_output=True, check=False, env=environment).stderr

    assert loaded("--version") == b"[]\n"
    assert b"rich" not in loaded("report")
    assert b"rich" in loaded("--help")


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_index_is_made_without_what_weighs_notes(vault: Path, form: str) -> None:
    code = (
        "import sys; from vaultprune.cli import run; code = run(sys.argv[1:]); "
        "weighing = {'evidence', 'signals', 'protections', 'verdict', 'plan', 'not_now', 'decided'}; "
        "weighing |= {'graph.consequences', 'model.judged', 'model.planned'}; "
        "print(code, sorted({name for name in weighing if f'vaultprune.{name}' in sys.modules}), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, "links", "--no-cache", "--quiet", "--format", form]

    done = subprocess.run(command, cwd=vault, capture_output=True, check=False, env=environment)

    assert done.stderr == b"0 []\n"


@pytest.mark.parametrize(
    "command", [[], ["report"], ["explain"], ["links"], ["review"], ["keep"], ["doctor"], ["config", "show"]]
)
def test_help_has_panels_and_a_line_for_each_option(tool: Tool, command: list[str]) -> None:
    done = tool(*command, "--help")

    assert done.code == 0
    assert "--vault" in done.out
    assert "The vault" in done.out
    if not command:
        assert all(panel in done.out for panel in ("Look", "Decide", "Act", "Run"))
    if command == ["report"]:
        assert "log-odds" in done.out


@pytest.mark.parametrize(
    ("taken", "arguments", "says"),
    [
        pytest.param(".vaultprune", ["report"], ".vaultprune is a file, not a folder.", id="our own folder"),
        pytest.param(
            ".vaultprune", ["undo", "--yes"], ".vaultprune/journal is a symlink or a file", id="and the journal"
        ),
        pytest.param(
            ".vaultprune/journal", ["archive", "--yes"], ".vaultprune/journal is a symlink or a file", id="the journal"
        ),
    ],
)
def test_a_file_in_the_place_of_a_folder_is_named(
    tool: Tool, tmp_path: Path, taken: str, arguments: list[str], says: str
) -> None:
    vault = write_tree(tmp_path / "Garden", {".obsidian/app.json": "{}", "Note.md": "words", taken: "a file"})
    done = tool(*arguments, "--vault", vault)

    assert says in done.err
    assert done.err.endswith(" changed.\n")
    assert (vault / taken).read_text() == "a file"
