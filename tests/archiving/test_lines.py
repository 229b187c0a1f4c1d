from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user, everything, within_seconds, write
from vaultprune.archiving.lines import append_line
from vaultprune.errors import CannotStart, Refused

PATH = ".vaultprune/decisions/d1.jsonl"


def test_a_line_is_added_and_what_is_missing_on_the_way_is_made(tmp_path: Path) -> None:
    append_line(tmp_path, PATH, "one")
    append_line(tmp_path, PATH, "zwei ä")

    assert (tmp_path / PATH).read_bytes() == "one\nzwei ä\n".encode()
    assert sorted(str(place.relative_to(tmp_path)) for place in tmp_path.rglob("*")) == [
        ".vaultprune",
        ".vaultprune/decisions",
        PATH,
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"", b"new\n", id="an empty file"),
        pytest.param(b"old\n", b"old\nnew\n", id="a whole last line"),
        pytest.param(b'{"at": "20', b'{"at": "20\nnew\n', id="a torn last line"),
        pytest.param(b"\0\0\0", b"\0\0\0\nnew\n", id="zeros after a power cut"),
        pytest.param(b"caf\xe9\r\n", b"caf\xe9\r\nnew\n", id="bytes of any kind"),
    ],
)
def test_what_is_in_the_file_stays_as_it_is(tmp_path: Path, before: bytes, after: bytes) -> None:
    write(tmp_path, {PATH: before})

    append_line(tmp_path, PATH, "new")

    assert (tmp_path / PATH).read_bytes() == after


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("Note.md", id="a note"),
        pytest.param(".vaultprune", id="the folder itself"),
        pytest.param(".vaultprune/", id="no name"),
        pytest.param(".vaultprune/../Note.md", id="up"),
        pytest.param(".vaultprune/./x", id="here"),
        pytest.param(".vaultprune//x", id="an empty part"),
        pytest.param("/.vaultprune/x", id="from the root"),
        pytest.param("a/.vaultprune/x", id="in another folder"),
        pytest.param(".vaultprune2/x", id="a name that starts alike"),
        pytest.param(".VAULTPRUNE/x", id="another case"),
        pytest.param(".vaultprune\\x", id="a backslash"),
        pytest.param(".vaultprune/a\\..\\..\\x", id="backslashes"),
        pytest.param(".vaultprune/a\0b", id="NUL"),
        pytest.param(".obsidian/app.json", id="the app's settings"),
        pytest.param("", id="nothing"),
    ],
)
def test_only_paths_below_the_tools_own_folder_are_accepted(tmp_path: Path, path: str) -> None:
    vault = write(tmp_path / "vault", {"Note.md": "text\n", ".obsidian/app.json": "{}", "a/b.md": ""})
    before = everything(tmp_path)

    with pytest.raises(ValueError, match="not a path"):
        append_line(vault, path, "x")

    assert everything(tmp_path) == before


def test_several_lines_at_once_are_not_accepted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one line"):
        append_line(tmp_path, PATH, "a\nb")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(".vaultprune", id="the tool's folder"),
        pytest.param(".vaultprune/decisions", id="a folder in it"),
        pytest.param(PATH, id="the file"),
    ],
)
@pytest.mark.parametrize("kind", ["to what is there", "to nothing"])
def test_a_symlink_on_the_way_is_refused_and_nothing_is_written(tmp_path: Path, link: str, kind: str) -> None:
    outside = tmp_path / "outside"
    place = tmp_path / "vault" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    if kind == "to what is there":
        write(outside, {"decisions/x": "", "d1.jsonl": "precious\n"})
        if link == PATH:
            place.unlink()
            place.symlink_to(outside / "d1.jsonl")
    before = everything(tmp_path)

    with pytest.raises(Refused, match="nothing has been written") as stopped:
        append_line(tmp_path / "vault", PATH, "x")

    assert everything(tmp_path) == before
    assert stopped.value.exit_code == 4


@pytest.mark.parametrize("way", [".vaultprune", ".vaultprune/decisions"])
def test_a_file_where_a_folder_should_be_is_refused(tmp_path: Path, way: str) -> None:
    write(tmp_path, {way: "mine"})
    before = everything(tmp_path)

    with pytest.raises(Refused, match="not a folder"):
        append_line(tmp_path, PATH, "x")

    assert everything(tmp_path) == before


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a second name of a note"])
def test_anything_but_a_plain_file_is_refused(tmp_path: Path, what: str) -> None:
    write(tmp_path, {"Note.md": "text\n", ".vaultprune/decisions/other.jsonl": ""})
    if what == "a folder":
        (tmp_path / PATH).mkdir()
    elif what == "a pipe":
        os.mkfifo(tmp_path / PATH)
    else:
        os.link(tmp_path / "Note.md", tmp_path / PATH)

    with within_seconds(10), pytest.raises(Refused, match="not a plain file"):
        append_line(tmp_path, PATH, "x")

    assert (tmp_path / "Note.md").read_text() == "text\n"


def test_a_disk_that_says_no_is_told_in_one_line() -> None:
    with as_an_ordinary_user() as folder:
        vault = write(folder / "vault", {"a.md": ""})
        vault.chmod(0o500)

        with pytest.raises(
            CannotStart, match=r"^\.vaultprune/decisions/d1\.jsonl cannot be written: permission denied"
        ):
            append_line(vault, PATH, "x")


def test_a_vault_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="no such file or directory"):
        append_line(tmp_path / "gone", PATH, "x")

    assert list(tmp_path.iterdir()) == []


def test_the_notes_beside_it_stay_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "text", "b/c.md": "", ".obsidian/app.json": "{}", ".vaultprune/config.toml": ""})
    before = everything(tmp_path)

    append_line(tmp_path, PATH, "x")

    after = everything(tmp_path)
    grown = {".vaultprune", ".vaultprune/decisions", PATH}
    assert {name: facts for name, facts in after.items() if name not in grown} == {
        name: facts for name, facts in before.items() if name not in grown
    }


def test_a_line_that_many_write_at_once_stays_whole(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from vaultprune.archiving.lines import append_line\n"
        f"for n in range(25): append_line(Path(sys.argv[1]), {PATH!r}, f'{{sys.argv[2]}}-{{n}}-' + 'x' * 300)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(child)]) for child in range(4)]
    for writer in writers:
        assert writer.wait(timeout=60) == 0

    text = (tmp_path / PATH).read_text()
    assert text.endswith("\n")
    lines = text.split()
    assert sorted(lines) == sorted(f"{child}-{number}-{'x' * 300}" for child in range(4) for number in range(25))


def test_no_handle_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / ".vaultprune").symlink_to(tmp_path)
    before = len(os.listdir("/proc/self/fd"))

    for _ in range(20):
        append_line(tmp_path, PATH, "x")
        with pytest.raises(Refused):
            append_line(tmp_path / "other", PATH, "x")

    assert len(os.listdir("/proc/self/fd")) == before
