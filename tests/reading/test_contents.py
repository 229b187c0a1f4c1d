from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user, within_seconds, write
from vaultprune.model import Base, Canvas, File, FileKind, Note, NotePath, Problem, Query
from vaultprune.reading.contents import NOT_HERE, READ_AT_MOST, parsed, whole_bytes

CANVAS = {"nodes": [{"id": "1", "type": "file", "file": "a.md"}], "edges": []}


def a_file(path: str, kind: FileKind = "note", *, symlinked: bool = False) -> File:
    return File(NotePath(path), kind, 0, 0, symlinked)


def test_each_kind_of_file_is_parsed_as_what_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "see [[b]]", "c.canvas": CANVAS, "d.base": "views: []"})

    note = parsed(str(tmp_path), a_file("a.md"))
    canvas = parsed(str(tmp_path), a_file("c.canvas", "canvas"))
    base = parsed(str(tmp_path), a_file("d.base", "base"))

    assert isinstance(note, Note)
    assert [link.path for link in note.links] == ["b"]
    assert isinstance(canvas, Canvas)
    assert [link.path for link in canvas.links] == ["a.md"]
    assert isinstance(base, Base)
    assert (note.path, canvas.path, base.path) == ("a.md", "c.canvas", "d.base")


@pytest.mark.parametrize("path", ["gone.md", "not/there.md"])
def test_a_note_that_vanished_meanwhile_is_a_note_that_cannot_be_read(tmp_path: Path, path: str) -> None:
    why = "cannot be read: no such file or directory"

    assert parsed(str(tmp_path), a_file(path)) == Note(
        NotePath(path), problems=(Problem(NotePath(path), why),), unreadable=why
    )


def test_a_note_that_may_not_be_read_says_so() -> None:
    with as_an_ordinary_user() as folder:
        write(folder, {"a.md": "x"})
        (folder / "a.md").chmod(0)

        note = parsed(str(folder), a_file("a.md"))

    assert isinstance(note, Note)
    assert note.unreadable == "cannot be read: permission denied"


def test_a_note_swapped_for_a_symlink_meanwhile_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret": "[[x]]"})
    (tmp_path / "a.md").symlink_to("secret")

    note = parsed(str(tmp_path), a_file("a.md"))

    assert isinstance(note, Note)
    assert note.unreadable is not None
    assert note.links == ()


def test_a_note_swapped_for_a_pipe_meanwhile_does_not_hold_up_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")

    with within_seconds(10):
        note = parsed(str(tmp_path), a_file("a.md"))

    assert isinstance(note, Note)
    assert note.unreadable == "cannot be read: not a regular file"


def test_a_note_that_is_a_symlink_is_read_through_it(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere": "[[x]]"})
    (tmp_path / "a.md").symlink_to("elsewhere")

    note = parsed(str(tmp_path), a_file("a.md", symlinked=True))

    assert isinstance(note, Note)
    assert [link.path for link in note.links] == ["x"]


@pytest.mark.parametrize(
    ("file", "empty"),
    [
        pytest.param(
            a_file("a.md"),
            Note(NotePath("a.md"), problems=(Problem(NotePath("a.md"), NOT_HERE),), unreadable=NOT_HERE),
            id="note",
        ),
        pytest.param(
            a_file("a.canvas", "canvas"),
            Canvas(NotePath("a.canvas"), problems=(Problem(NotePath("a.canvas"), NOT_HERE),)),
            id="canvas",
        ),
        pytest.param(
            a_file("a.base", "base"),
            Base(NotePath("a.base"), Query("base"), problems=(Problem(NotePath("a.base"), NOT_HERE),)),
            id="base",
        ),
    ],
)
def test_what_is_not_on_this_device_is_not_opened(tmp_path: Path, file: File, empty: object) -> None:
    write(tmp_path, {file.path: "[[x]]"})

    assert parsed(str(tmp_path), file, is_here=False) == empty


def test_a_note_of_a_gibibyte_is_read_in_part_and_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "[[x]]\n"})
    os.truncate(tmp_path / "a.md", 1 << 30)

    with within_seconds(60):
        note = parsed(str(tmp_path), a_file("a.md"))

    assert isinstance(note, Note)
    assert note.unreadable is None
    assert "x" in [link.path for link in note.links]
    assert "1,024.0 MiB long; only the first 8 MiB were read" in [problem.what for problem in note.problems]


def test_the_whole_bytes_of_a_file_or_none(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"\xef\xbb\xbf\r\n", "long.md": b"x"})
    os.truncate(tmp_path / "long.md", READ_AT_MOST + 1)

    assert whole_bytes(str(tmp_path), a_file("a.md")) == b"\xef\xbb\xbf\r\n"
    assert whole_bytes(str(tmp_path), a_file("long.md")) is None
    assert whole_bytes(str(tmp_path), a_file("gone.md")) is None
