"""Which file a link means: rule by rule, and against the rules written out the slow way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph import reference
from tests.graph.worlds import paths, texts
from vaultprune.graph import FileIndex, unreachable_by_link
from vaultprune.model import Link, NotePath


def resolved(files: str, text: str, source: str = "Home.md") -> tuple[str, ...]:
    """What `text` means in a vault of `files`, which are separated by bars."""
    return FileIndex(NotePath(path) for path in files.split("|")).resolve(text, NotePath(source))


SPEAKS = [
    pytest.param("a.md", "a", "Home.md", "a.md", id="a note by its name"),
    pytest.param("a.md", "a.md", "Home.md", "a.md", id="a note by its file name"),
    pytest.param("a.md", "", "Home.md", "Home.md", id="RS-0: no path is the source itself"),
    pytest.param("N.md|a/b/N.md", "N", "a/b/x.md", "N.md", id="RS-1: a whole path wins over the own folder"),
    pytest.param("b/N.md|a/b/N.md", "b/N", "a/b/x.md", "b/N.md", id="RS-1: also with a folder in it"),
    pytest.param("a/b/N.md", "b/N", "Home.md", "a/b/N.md", id="RS-2: an ending of a path"),
    pytest.param("Sub/My Note.md", "My Note.md", "Home.md", "Sub/My Note.md", id="ML-1: not only beside the source"),
    pytest.param("z/N.md|deep/er/N.md", "N", "deep/er/x.md", "deep/er/N.md", id="RS-3: the own folder"),
    pytest.param("z/N.md|deep/N.md", "N", "deep/er/x.md", "z/N.md", id="RS-3: the folder above counts for nothing"),
    pytest.param("a/q/N.md|c/q/N.md", "q/N", "c/q/x.md", "c/q/N.md", id="RS-3: for endings with a folder as well"),
    pytest.param(
        "a/b/c/N.md|longer-name/N.md", "N", "Home.md", "a/b/c/N.md", id="RS-4: fewest characters, not folders"
    ),
    pytest.param("\U0001f600/N.md|abc/N.md", "N", "Home.md", "\U0001f600/N.md", id="RS-4: an emoji is two long"),
    pytest.param("a/N.md|b/N.md|long/N.md", "N", "Home.md", "a/N.md|b/N.md", id="RS-5: all that tie"),
    pytest.param("\U0001f600/N.md|ab/N.md", "N", "Home.md", "ab/N.md|\U0001f600/N.md", id="RS-5: emoji tie as two"),
    pytest.param("d/N.md|N.md", "./N", "d/x.md", "d/N.md", id="RS-6: beside the source"),
    pytest.param("d/N.md|N.md", "../N.md", "d/x.md", "N.md", id="RS-6: one folder up"),
    pytest.param("e/N.md|N.md", "./../e/N", "d/x.md", "e/N.md", id="RS-6: up and down"),
    pytest.param("d/p.png", "./p.png", "d/x.md", "d/p.png", id="RS-6: attachments"),
    pytest.param("N.md|a/N.md", "/N", "a/x.md", "N.md", id="RS-7: from the root"),
    pytest.param("new/x.md", "x", "Home.md", "new/x.md", id="RS-8: the bare name still finds it"),
    pytest.param("Déjà Vu.md", "DÉJÀ vu", "Home.md", "Déjà Vu.md", id="RS-9: any case"),
    pytest.param("x.MD", "x", "Home.md", "x.MD", id="RS-9: also of the extension"),
    pytest.param("d/pic.PNG", "pic.png", "Home.md", "d/pic.PNG", id="RS-10: a picture with its extension"),
    pytest.param("board.md|board.canvas", "board", "Home.md", "board.md", id="RS-10: without one, only a note"),
    pytest.param("board.md|board.canvas", "board.canvas", "Home.md", "board.canvas", id="RS-10: with one, the canvas"),
    pytest.param("LICENSE|d/LICENSE.md", "LICENSE", "Home.md", "d/LICENSE.md", id="RS-10: no dot, so a note"),
    pytest.param("x.md|x.md.md", "x.md", "Home.md", "x.md", id="RS-11: as written first"),
    pytest.param("x.md.md", "x.md", "Home.md", "x.md.md", id="RS-11: then with another .md"),
    pytest.param("d/p.png|d/p.png.md", "p.png", "d/x.md", "d/p.png", id="RS-11: the picture, not the note about it"),
    pytest.param(
        "d/p.png|p.png.md", "p.png", "Home.md", "d/p.png|p.png.md", id="RS-1 against RS-11: unmeasured, so both"
    ),
    pytest.param("a/p.png|b/c/p.png", "p.png", "b/c/x.md", "b/c/p.png", id="RS-13: attachments go by the same rules"),
    pytest.param("x.docx", "x.docx", "Home.md", "x.docx", id="FS-3: a file of any type"),
    pytest.param("a/Note.md|a/note.md", "note", "Home.md", "a/note.md", id="FS-8: the exact case wins"),
    pytest.param("Note.md|note.md", "NOTE", "Home.md", "Note.md|note.md", id="FS-8: no exact case, so both"),
    pytest.param("a/N.md|a/n.md|b/n.md", "N", "z/x.md", "a/N.md|b/n.md", id="FS-8: only among the same path"),
    pytest.param("ΟΔΟΣ.md", "οδος", "Home.md", "ΟΔΟΣ.md", id="FS-8: a final sigma is a sigma"),
    pytest.param(
        "Cafe\u0301.md", "caf\u00e9", "Home.md", "Cafe\u0301.md", id="FS-9: a composed link, a decomposed name"
    ),
    pytest.param("Caf\u00e9.md", "Cafe\u0301", "Home.md", "Caf\u00e9.md", id="FS-9: and the other way round"),
    pytest.param("a b.md", "a\u00a0b", "Home.md", "a b.md", id="FS-9: a no-break space is a space"),
    pytest.param("a\u202fb.md", "a b", "Home.md", "a\u202fb.md", id="FS-9: in the name as well"),
    pytest.param("d/a.md", "d\\a", "Home.md", "d/a.md", id="FS-9: a backslash is a slash"),
    pytest.param("d/a.md", "d//a/", "Home.md", "d/a.md", id="FS-9: slashes doubled and at the end"),
    pytest.param("v1.2 notes.md", "v1.2 notes", "Home.md", "v1.2 notes.md", id="WL-17: dots are no extension"),
    pytest.param(" a.md|a.md", " a", "Home.md", " a.md", id="WL-9: as written"),
    pytest.param("a.md", " a ", "Home.md", "a.md", id="WL-9: then trimmed"),
    pytest.param("d/a.md", " ./a ", "d/x.md", "d/a.md", id="WL-9: relative, trimmed"),
    pytest.param("b/n.md", "a/../b/n", "Home.md", "b/n.md", id="dots in the middle are followed"),
]


@pytest.mark.parametrize(("files", "text", "source", "expected"), SPEAKS)
def test_a_link_finds_its_file(files: str, text: str, source: str, expected: str) -> None:
    assert "|".join(resolved(files, text, source)) == expected


@pytest.mark.parametrize(
    ("files", "text", "source"),
    [
        pytest.param("N.md", "./N", "d/x.md", id="RS-6: beside the source and nowhere else"),
        pytest.param("a/N.md", "../N", "d/x.md", id="RS-6: no falling back on the name"),
        pytest.param("N.md", "../../N", "d/x.md", id="RS-6: above the root"),
        pytest.param("N.md", "../N", "x.md", id="RS-6: above the root from the root"),
        pytest.param("a/N.md", "/N", "a/x.md", id="RS-7: from the root and nowhere else"),
        pytest.param("new/x.md", "t/x", "Home.md", id="RS-8: no falling back from a path to a name"),
        pytest.param("ab/N.md", "b/N", "Home.md", id="RS-2: folder names are whole"),
        pytest.param("board.canvas", "board", "Home.md", id="RS-10: a canvas wants its extension"),
        pytest.param("LICENSE", "LICENSE", "Home.md", id="RS-10: a file without extension"),
        pytest.param("a.md", "a%20b", "Home.md", id="WL-16: nothing is decoded here"),
        pytest.param("stra\u00dfe.md", "strasse", "Home.md", id="FS-8: a sharp s is not two"),
        pytest.param("a.md", " ", "a.md", id="WL-9: blanks are no link to oneself"),
        pytest.param("a.md", ".", "a/x.md", id="a folder is no note: here"),
        pytest.param("a.md", "..", "a/b/x.md", id="a folder is no note: above"),
        pytest.param("a.md", "b/..", "a/x.md", id="a folder is no note: round about"),
        pytest.param("a.md", "/", "Home.md", id="nor is the root"),
        pytest.param("a.md", "/../a", "Home.md", id="nothing is above the root"),
    ],
)
def test_a_link_finds_nothing(files: str, text: str, source: str) -> None:
    assert resolved(files, text, source) == ()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("a/N.md", ("a/N.md",), id="its whole path"),
        pytest.param("A/n.MD", ("a/N.md",), id="in any case"),
        pytest.param("a/N", (), id="a missing .md is not added"),
        pytest.param("N.md", (), id="nor a folder"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_canvas_names_whole_paths(path: str, expected: tuple[str, ...]) -> None:
    assert FileIndex([NotePath("a/N.md")]).resolve_file(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(pytest.param(f"d/a{char}b.md", True, id=f"a name with {char!r}") for char in "#^[]|\n"),
        pytest.param("d/a\udcffb.md", True, id="a name that is no text"),
        pytest.param("d/a\u00e9#.md", True, id="beyond ASCII"),
        pytest.param("C#/a.md", False, id="a folder: its notes have names"),
        pytest.param("d/a (b) & 'c' \u00e9.md", False, id="anything else"),
    ],
)
def test_some_names_are_out_of_reach(path: str, expected: bool) -> None:
    assert unreachable_by_link(NotePath(path)) is expected


@given(st.sets(paths, min_size=1, max_size=14), texts, st.data())
def test_the_index_agrees_with_the_rules_written_out(files: set[NotePath], text: str, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(sorted(files)))
    index = FileIndex(files)

    for asked in (text, text.strip(), text):
        expected = reference.meant(files, Link(asked, "wikilink", 1, asked), source)
        assert index.resolve(asked, source) == tuple(sorted(expected))
    assert index.resolve_file(text) == tuple(sorted(reference.meant(files, Link(text, "canvas", 1, text), source)))


@given(st.data(), st.sets(paths, min_size=1, max_size=14), st.lists(texts, max_size=6))
def test_the_order_of_the_files_does_not_matter(data: st.DataObject, files: set[NotePath], asked: list[str]) -> None:
    one, other = FileIndex(sorted(files)), FileIndex(data.draw(st.permutations(sorted(files))))

    for text in asked:
        for source in files:
            found = one.resolve(text, source)
            assert found == other.resolve(text, source)
            assert set(found) <= files


def test_many_files_of_one_name_are_told_apart_like_few() -> None:
    folders = [f"{letter}{other}/q{number % 3}" for number, letter in enumerate("abcdefgh") for other in "xyz"]
    files = [NotePath(f"{folder}/{name}.md") for folder in folders for name in ("README", "readme")]
    files += [NotePath("README.md"), NotePath("q1/README.md"), NotePath("deep/er/ax/q0/README.md")]
    index = FileIndex(files)
    asked = (
        "README|readme.md|q1/README|q0/README|q2/readme.md|x/q0/README|ax/q0/readme|er/ax/q0/README|q9/README|../README"
    )

    for source in (NotePath("Home.md"), files[7], NotePath("q1/x.md")):
        for text in (*asked.split("|"), "./Readme", "/README", "/q0/README"):
            expected = reference.meant(files, Link(text, "wikilink", 1, text), source)
            assert index.resolve(text, source) == tuple(sorted(expected)), (text, source)
    assert len(index.resolve("q0/README", NotePath("Home.md"))) == 9


@given(st.sets(paths, min_size=2, max_size=14), st.lists(texts, max_size=8), st.data())
def test_an_index_with_a_file_moved_is_the_index_of_the_moved_files(
    files: set[NotePath], asked: list[str], data: st.DataObject
) -> None:
    old = data.draw(st.sampled_from(sorted(files)))
    new = NotePath(f"Archive/sub/{old}")
    moved, fresh = FileIndex(files).moved(old, new), FileIndex({*files - {old}, new})

    for text in asked:
        for source in (new, *files):
            assert moved.resolve(text, source) == fresh.resolve(text, source)
