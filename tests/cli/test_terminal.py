from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.worlds import NOW, ROOT, Tool, a_note, garden
from vaultprune.words import width

BOLD = re.compile(r"\x1b\[[01]m")
NASTY = (
    "\x1b[31mred\x1b[0m and \x1b]0;title\x07",
    "\x9b31m C1",
    "right\u202eleft\u2066",
    "two\nlines\rand\ttabs",
    "x" * 200,
    "語" * 80,
    "many words " * 18,
    "--output",
    "$(reboot) `id` \"quoted\" 'single' !now \\back",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 and Ü with U\u0308",
    "[[brackets]] #tag | pipe",
)


def on_a_terminal(
    arguments: Sequence[str], here: Path, *, columns: int = 80, environment: Mapping[str, str] | None = None
) -> str:
    """What a command shows on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultprune", *arguments],
        cwd=here,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(environment or {})},
    )
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 65536):
            seen += chunk
    except OSError:
        pass  # this is how a terminal says that nobody writes any more
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return seen.decode().replace("\r\n", "\n")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    nasty = {f"{title[:220].encode()[:230].decode(errors='ignore')}.md": a_note(f"Odd {title!r}") for title in NASTY}
    deep = {f"{'folder name/' * 12}Deep.md": a_note("[[語]]")}
    return garden(
        tmp_path / "Garden", {**nasty, **deep, "Links.md": a_note("[[" + "y" * 150 + "]]", edited="2026-11-01")}
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["report", "--budget", "20", "--limit", "20"], id="report"),
        pytest.param(["report", "--budget", "0"], id="report without suggestions"),
        pytest.param(["links", "--limit", "100"], id="links"),
        pytest.param([], id="status"),
        pytest.param(["doctor", "--limit", "50"], id="doctor"),
        pytest.param(["doctor", "--places"], id="doctor's places"),
        pytest.param(["explain", "Deep"], id="explain"),
        pytest.param(["explain", "x" * 200], id="explain a long name"),
        pytest.param(["explain", "語" * 76], id="explain wide letters"),
        pytest.param(["explain", NASTY[0]], id="explain control characters"),
        pytest.param(["explain", NASTY[6].strip()], id="explain many words"),
    ],
)
def test_nothing_from_a_vault_is_wider_than_80_columns_or_moves_the_cursor(
    tool: Tool, vault: Path, arguments: list[str]
) -> None:
    done = tool(*arguments, "--now", NOW, here=vault)

    assert done.code == 0, done.err
    assert max(width(line) for line in done.out.split("\n")) <= 80
    shown = done.out + done.err
    assert not [char for char in shown if (ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) <= 0x9F]
    assert not re.search("[\u200e\u200f\u2028-\u202e\u2066-\u2069]", shown)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["init", "--dry-run"], id="init"),
        pytest.param(["config", "show"], id="config show"),
        pytest.param(["doctor", "--verify"], id="doctor --verify"),
        pytest.param(["forget", "y", "--dry-run"], id="forget"),
        pytest.param(["gc", "--older-than", "1d", "--dry-run"], id="gc"),
    ],
)
def test_nothing_of_those_without_a_clock_is_either(tool: Tool, vault: Path, arguments: list[str]) -> None:
    (vault / "y.md").write_text(a_note(status='"\x1b[31mred and a long one that goes on and on for some time still"'))
    (vault / ".vaultprune/config.toml").unlink()
    done = tool(*arguments, here=vault)

    assert done.code == 0, done.err
    assert max(width(line) for line in done.out.split("\n")) <= 80
    assert not [char for char in done.out if (ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) <= 0x9F]


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_no_other_format_moves_the_cursor_either(tool: Tool, vault: Path, form: str) -> None:
    out = tool("report", "--now", NOW, "--format", form, here=vault).out

    assert not [char for char in out if (ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) <= 0x9F]


def test_an_error_about_a_nasty_name_is_safe_to_show(tool: Tool, vault: Path) -> None:
    done = tool("explain", "\x1b[31mno\nsuch\u202e", here=vault)

    assert done.code == 2
    assert '"\\x1b[31mno\\x0asuch\\u202e"' in done.err


def test_bold_is_shown_on_a_terminal_and_says_nothing_of_its_own(tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    arguments = ["report", "--now", NOW]

    bold = on_a_terminal(arguments, vault)
    plain = on_a_terminal([*arguments, "--no-color"], vault)

    assert BOLD.search(bold)
    assert BOLD.sub("", bold) == plain
    assert "\x1b" not in plain


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_environment_can_ask_for_no_colour(tmp_path: Path, environment: dict[str, str]) -> None:
    vault = garden(tmp_path / "Garden")

    assert "\x1b" not in on_a_terminal(["report", "--now", NOW], vault, environment=environment)


def test_a_page_is_as_wide_as_its_terminal(tmp_path: Path) -> None:
    long = {f"Ideas/{'a long name ' * 7}.md": a_note("- [ ] a task")}
    vault = garden(tmp_path / "Garden", long)

    def widest(columns: int) -> int:
        shown = on_a_terminal(["explain", "a long name " * 7, "--now", NOW, "--no-color"], vault, columns=columns)
        return max(width(line) for line in shown.split("\n"))

    assert widest(60) <= 60
    assert 80 < widest(200) <= 100


def test_quick_work_shows_no_progress(tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")

    assert "reading notes" not in on_a_terminal(["report", "--now", NOW], vault)


def test_long_work_shows_progress_and_wipes_it_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from vaultprune.cli import screen

    monkeypatch.setattr(screen, "PATIENCE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    shown = screen.Screen()
    shown.progress("reading notes", 312, 1812)
    shown.done()
    quiet = screen.Screen(quiet=True)
    quiet.progress("reading notes", 312, 1812)

    err = capsys.readouterr().err
    assert err.startswith("\rreading notes, 312 of 1,812")
    assert err.endswith("\r")
    assert err.count("reading notes") == 1
