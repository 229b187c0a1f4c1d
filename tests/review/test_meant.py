"""Which note a box is about, as the vault is now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest

from tests.build import note, vault
from vaultprune.model import Note, NotePath, Observed, Seen
from vaultprune.review.identity import Identity, identity, identity_named
from vaultprune.review.meant import Finder, Meant

QUIET = NotePath("Ideas/Quiet.md")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def about(path: str = QUIET, text: str = "quiet", file: str = "quiet") -> Identity:
    return identity(path, note(path, text=text).body_digest, sha256(file))


def found(
    *notes: Note, files: Mapping[str, str], wanted: Identity | None = None, formerly: Mapping[str, str] | None = None
) -> Meant:
    """What a box about our note means among these notes; `files` tells what is in each."""
    seen = {NotePath(path): Seen(1, 1, formerly=((NotePath(old), 9),)) for path, old in (formerly or {}).items()}
    world = vault(*notes, observed=Observed((1,), seen))
    digests = {path: sha256(text) for path, text in files.items()}
    return Finder(world, digests.get).find(wanted or about())


@pytest.mark.parametrize(
    ("notes", "files", "formerly", "meant"),
    [
        pytest.param([note(QUIET, text="quiet")], {QUIET: "quiet"}, {}, Meant(QUIET), id="where it was"),
        pytest.param([note(QUIET, text="more")], {QUIET: "more"}, {}, Meant(QUIET), id="where it was, edited since"),
        pytest.param([note(QUIET, text="more")], {}, {}, Meant(QUIET), id="where it was, and cannot be read"),
        pytest.param(
            [note("ideas/quiet", text="quiet")], {"ideas/quiet.md": "quiet"}, {}, Meant(NotePath("ideas/quiet.md")),
            id="under a name in other letters",
        ),
        pytest.param(
            [note("New", text="quiet")], {"New.md": "quiet"}, {}, Meant(NotePath("New.md")), id="renamed, by its bytes"
        ),
        pytest.param(
            [note("New", text="more")], {"New.md": "more"}, {"New.md": QUIET}, Meant(NotePath("New.md")),
            id="renamed and edited, as a look saw",
        ),
        pytest.param(
            [note(QUIET, text="more"), note("New", text="quiet")], {QUIET: "more", "New.md": "quiet"}, {}, Meant(QUIET),
            id="another note in its place: that one, which is then an edited one",
        ),
        pytest.param([], {}, {}, Meant(why="gone"), id="gone"),
        pytest.param([note("New", text="quiet")], {"New.md": "quiet, with properties"}, {}, Meant(why="gone"),
                     id="the same text in another file"),
        pytest.param([note("New", text="other")], {"New.md": "quiet"}, {}, Meant(why="gone"), id="another text"),
        pytest.param(
            [note("New", text="quiet"), note("Copy", text="quiet")], {"New.md": "quiet", "Copy.md": "quiet"}, {},
            Meant(why="several"), id="two of the same bytes",
        ),
        pytest.param(
            [note("New", text="more"), note("Copy", text="quiet")], {"New.md": "more", "Copy.md": "quiet"},
            {"New.md": QUIET}, Meant(why="several"), id="one that had the name, and one of the same bytes",
        ),
        pytest.param(
            [note("Archive/Ideas/Quiet", text="quiet")], {"Archive/Ideas/Quiet.md": "quiet"}, {}, Meant(why="archived"),
            id="set aside",
        ),
        pytest.param(
            [note("Archive/Ideas/Quiet", text="quiet"), note("Twin", text="quiet")],
            {"Archive/Ideas/Quiet.md": "quiet", "Twin.md": "quiet"}, {}, Meant(why="archived"),
            id="set aside, and a twin that nobody asked about",
        ),
    ],
)  # fmt: skip
def test_a_box_means_one_note_or_none(
    notes: list[Note], files: Mapping[str, str], formerly: Mapping[str, str], meant: Meant
) -> None:
    assert found(*notes, note("Another"), files=files, formerly=formerly) == meant


def test_of_two_that_differ_in_case_alone_it_is_the_one_of_those_bytes() -> None:
    both = [note("Quiet", text="quiet"), note("quiet", text="more")]

    assert found(*both, files={"Quiet.md": "quiet", "quiet.md": "more"}, wanted=about("Quiet.md")).path == "Quiet.md"
    assert found(*both, files={"Quiet.md": "new", "quiet.md": "more"}, wanted=about("Quiet.md")).why == "several"


def test_an_empty_note_is_not_known_by_its_bytes() -> None:
    empty = note("New", text="", words=0)

    assert found(empty, files={"New.md": ""}, wanted=about(text="", file="")) == Meant(why="gone")


def test_an_identity_is_twenty_letters_and_tells_nothing() -> None:
    name = str(about())

    assert len(name) == 20
    assert identity_named(name) == identity_named(name.upper()) == about()
    assert about().is_file(sha256("quiet"))
    assert not about().is_file(sha256("other"))
    assert not about().is_file(None)


@pytest.mark.parametrize("other", [about("Ideas/Other.md"), about(text="other"), about(file="other")])
def test_whatever_differs_shows_in_the_identity(other: Identity) -> None:
    assert other != about()


@pytest.mark.parametrize("name", ["", "a" * 19, "a" * 21, "a" * 19 + "1", "a" * 19 + "-", " " + "a" * 20])
def test_what_is_no_identity_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a note"):
        identity_named(name)
