from __future__ import annotations

import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.reading.folders import as_an_ordinary_user, within_seconds, write
from vaultprune.errors import CannotStart
from vaultprune.reading.walk import Walked, is_elsewhere, kind_of, walk


def paths(walked: Walked) -> list[str]:
    return [file.path for file in walked.files]


def says(walked: Walked) -> dict[str, str]:
    return {problem.path: problem.what for problem in walked.problems}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("a.md", "note", id="md"),
        pytest.param("a.MD", "note", id="md in capitals"),
        pytest.param("v1.2 notes.Md", "note", id="further dots"),
        pytest.param("a.excalidraw.md", "note", id="a drawing is a note"),
        pytest.param("a.canvas", "canvas", id="canvas"),
        pytest.param("a.Base", "base", id="base"),
        pytest.param("a.markdown", "attachment", id="markdown is not md"),
        pytest.param("a.txt", "attachment", id="text"),
        pytest.param("a.mdx", "attachment", id="mdx"),
        pytest.param("md", "attachment", id="no extension"),
        pytest.param("a.md ", "attachment", id="a blank behind the extension"),
    ],
)
def test_the_extension_says_what_a_file_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_walk_lists_every_file_with_its_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, {"b/Note.md": "four", "a.png": b"\x89", "_x/c.canvas": "", "node_modules/d.base": ""})
    os.utime(tmp_path / "b/Note.md", ns=(5, 1_600_000_000_123_456_789))

    walked = walk(str(tmp_path))

    assert [(file.path, file.kind, file.size) for file in walked.files] == [
        ("_x/c.canvas", "canvas", 0),
        ("a.png", "attachment", 1),
        ("b/Note.md", "note", 4),
        ("node_modules/d.base", "base", 0),
    ]
    assert walked.files[2].mtime_ns == 1_600_000_000_123_456_789
    assert not any(file.symlinked for file in walked.files)
    assert walked.problems == ()


def test_paths_are_in_the_order_of_plain_strings(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("a/b.md", "a b.md", "a.md", "B.md", "ä.md", "a/B.md"), ""))

    assert paths(walk(str(tmp_path))) == ["B.md", "a b.md", "a.md", "a/B.md", "a/b.md", "ä.md"]


def test_whatever_starts_with_a_dot_is_outside_the_index(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "", ".hidden.md": "", ".trash/b.md": "", ".obsidian/c.md": "", "d/.e/f.md": "", ".md": ""})

    assert paths(walk(str(tmp_path))) == ["a.md"]


def test_an_empty_vault_has_no_files(tmp_path: Path) -> None:
    assert walk(str(tmp_path)) == Walked(())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"new\nline.md", id="a line break"),
        pytest.param(b"\x1b[31mred\x07.md", id="terminal escapes"),
        pytest.param(b"caf\xe9.md", id="not UTF-8"),
        pytest.param("cafe\N{COMBINING ACUTE ACCENT}.md".encode(), id="decomposed"),
        pytest.param("caf\N{LATIN SMALL LETTER E WITH ACUTE}.md".encode(), id="composed"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}dm.a.md".encode(), id="direction override"),
        pytest.param(b"-rf.md", id="like an option"),
        pytest.param(b"a\\b#c|d^e.md", id="what links cannot say"),
        pytest.param(b" .md", id="a blank"),
    ],
)
def test_names_are_kept_as_on_disk(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")

    walked = walk(str(tmp_path))

    assert [os.fsencode(file.path) for file in walked.files] == [name]
    assert walked.problems == ()


def test_three_hundred_folders_deep_is_not_too_deep(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 300)
    write(tmp_path, {f"{deep}/a.md": ""})

    assert paths(walk(str(tmp_path))) == [f"{deep}/a.md"]


def test_a_folder_that_cannot_be_listed_is_a_problem_and_not_the_end() -> None:
    with as_an_ordinary_user() as folder:
        write(folder, {"a.md": "", "locked/b.md": "", "z.md": ""})
        (folder / "locked").chmod(0)

        walked = walk(str(folder))

    assert paths(walked) == ["a.md", "z.md"]
    assert says(walked) == {"locked": "this folder cannot be listed, so its notes are not known: permission denied"}


def test_a_path_too_long_for_the_system_is_a_problem_and_not_the_end(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": ""})
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("n" * 200, dir_fd=here)
        inner = os.open("n" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)

    walked = walk(str(tmp_path))

    assert paths(walked) == ["a.md"]
    assert [problem.what.rpartition(": ")[2] for problem in walked.problems] == ["file name too long"]


def test_a_vault_that_cannot_be_listed_is_the_end() -> None:
    with as_an_ordinary_user() as folder:
        vault = write(folder / "vault", {"a.md": ""})
        vault.chmod(0)

        with pytest.raises(CannotStart, match="cannot be listed: permission denied"):
            walk(str(vault))


def test_pipes_and_sockets_with_a_notes_name_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": ""})
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        with within_seconds(10):
            walked = walk(str(tmp_path))

    assert paths(walked) == ["a.md"]
    assert says(walked) == {
        "pipe.md": "a named pipe and not a file; passed over",
        "socket.md": "a socket and not a file; passed over",
    }


# --- symlinks ---------------------------------------------------------------------------------------


def test_a_symlinked_folder_apart_from_the_vault_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"b.md": "", "deep/c.md": "", ".hidden/d.md": ""})
    vault = write(tmp_path / "vault", {"a.md": ""})
    (vault / "linked").symlink_to(tmp_path / "elsewhere")

    walked = walk(str(vault))

    assert [(file.path, file.symlinked) for file in walked.files] == [
        ("a.md", False),
        ("linked/b.md", True),
        ("linked/deep/c.md", True),
    ]
    assert walked.problems == ()


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(".", id="the vault itself"),
        pytest.param("..", id="the folder around the vault"),
        pytest.param("/", id="the folder around everything"),
        pytest.param("inside", id="another folder of the vault"),
        pytest.param("inside/deeper", id="a folder deeper in the vault"),
    ],
)
def test_a_symlink_into_or_around_the_vault_is_not_followed(tmp_path: Path, target: str) -> None:
    vault = write(tmp_path / "vault", {"a.md": "", "inside/deeper/b.md": ""})
    (vault / "linked").symlink_to(target)

    with within_seconds(10):
        walked = walk(str(vault))

    assert paths(walked) == ["a.md", "inside/deeper/b.md"]
    assert list(says(walked)) == ["linked"]


def test_a_symlink_from_a_followed_folder_back_makes_no_circle(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"b.md": ""})
    vault = write(tmp_path / "vault", {"a.md": ""})
    (vault / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "self").symlink_to(".")
    (tmp_path / "elsewhere" / "vault").symlink_to(vault)

    with within_seconds(10):
        walked = walk(str(vault))

    assert paths(walked) == ["a.md", "linked/b.md"]
    assert list(says(walked)) == ["linked/self", "linked/vault"]


def test_each_real_folder_comes_once(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"b.md": "", "deep/c.md": ""})
    vault = write(tmp_path / "vault", {})
    (vault / "1 first").symlink_to(tmp_path / "elsewhere")
    (vault / "2 again").symlink_to(tmp_path / "elsewhere")
    (vault / "3 part").symlink_to(tmp_path / "elsewhere" / "deep")

    assert paths(walk(str(vault))) == ["1 first/b.md", "1 first/deep/c.md"]


def test_a_folder_whose_name_starts_like_the_vaults_is_apart_from_it(tmp_path: Path) -> None:
    write(tmp_path / "vault 2", {"b.md": ""})
    vault = write(tmp_path / "vault", {})
    (vault / "linked").symlink_to(tmp_path / "vault 2")

    assert paths(walk(str(vault))) == ["linked/b.md"]


def test_a_vault_reached_through_a_symlink_is_read_as_usual(tmp_path: Path) -> None:
    vault = write(tmp_path / "real", {"a.md": "", "b/c.md": ""})
    (tmp_path / "vault").symlink_to(vault)
    (vault / "back").symlink_to(tmp_path / "vault")

    walked = walk(str(tmp_path / "vault"))

    assert paths(walked) == ["a.md", "b/c.md"]
    assert not any(file.symlinked for file in walked.files)


def test_a_symlink_to_a_file_counts_as_a_file(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"b.txt": "seven b"})
    vault = write(tmp_path / "vault", {"a.md": ""})
    (vault / "b.md").symlink_to(tmp_path / "elsewhere" / "b.txt")

    walked = walk(str(vault))

    assert [(file.path, file.kind, file.size, file.symlinked) for file in walked.files] == [
        ("a.md", "note", 0, False),
        ("b.md", "note", 7, True),
    ]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        pytest.param("nowhere.md", "a symlink that leads nowhere: no such file or directory", id="dangling"),
        pytest.param("linked.md", "a symlink that leads nowhere: too many levels of symbolic links", id="to itself"),
        pytest.param("/dev/zero", "a device and not a file; passed over", id="to a device"),
    ],
)
def test_a_symlink_to_no_file_is_a_problem(tmp_path: Path, target: str, why: str) -> None:
    write(tmp_path, {"a.md": ""})
    (tmp_path / "linked.md").symlink_to(target)

    walked = walk(str(tmp_path))

    assert paths(walked) == ["a.md"]
    assert says(walked) == {"linked.md": why}


# --- files whose data is elsewhere ------------------------------------------------------------------


def test_a_stub_of_icloud_stands_for_its_note(tmp_path: Path) -> None:
    write(tmp_path, {"b/.Note.md.icloud": b"bplist00", ".pic.png.icloud": b"bplist00"})

    walked = walk(str(tmp_path))

    assert [(file.path, file.kind, file.size) for file in walked.files] == [
        ("b/Note.md", "note", 0),
        ("pic.png", "attachment", 0),
    ]
    assert walked.not_here == {"b/Note.md", "pic.png"}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({".Note.md.icloud": "", "Note.md": "here"}, id="the note is here after all"),
        pytest.param({"..md.icloud": ""}, id="the name inside is hidden"),
        pytest.param({".icloud": ""}, id="no name inside"),
        pytest.param({".Note.md.icloud/x": ""}, id="a folder"),
        pytest.param({"Note.md.icloud": ""}, id="not hidden"),
    ],
)
def test_what_is_no_stub_stands_for_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)

    walked = walk(str(tmp_path))

    assert walked.not_here == set()
    assert [file.path for file in walked.files if file.path == "Note.md" and file.size == 0] == []


@pytest.mark.parametrize(
    ("status", "elsewhere"),
    [
        pytest.param(SimpleNamespace(st_flags=0x40000000), True, id="dataless on macOS"),
        pytest.param(SimpleNamespace(st_flags=0x40000020), True, id="dataless among other flags"),
        pytest.param(SimpleNamespace(st_file_attributes=0x400020), True, id="online only on Windows"),
        pytest.param(SimpleNamespace(st_flags=0x20), False, id="another flag of macOS"),
        pytest.param(SimpleNamespace(st_file_attributes=0x20), False, id="another attribute of Windows"),
        pytest.param(SimpleNamespace(), False, id="a system without either"),
    ],
)
def test_files_in_a_cloud_are_told_by_their_flags(status: SimpleNamespace, elsewhere: bool) -> None:
    assert is_elsewhere(cast(os.stat_result, status)) is elsewhere
