from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user, write
from vaultprune.model import Decision
from vaultprune.reading import read_decisions

FOLDER = ".vaultprune/decisions"


def line(name: str, at: str = "2026-11-20T18:04:00+01:00", **other: object) -> str:
    return json.dumps({"schema": 1, "at": at, "what": "keep", "scope": "note", "name": name, **other}) + "\n"


def names(vault: Path) -> list[str]:
    return [decision.name for decision in read_decisions(vault)[0]]


def test_a_vault_without_decisions_has_none(tmp_path: Path) -> None:
    assert read_decisions(tmp_path) == ((), ())


def test_a_decision_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    said = line("a/B.md", until="2027-05-20", because="for the course", body="0a1b", reason="restored")
    write(tmp_path, {f"{FOLDER}/d1.jsonl": said})

    assert read_decisions(tmp_path) == (
        (
            Decision(
                at=datetime.fromisoformat("2026-11-20T18:04:00+01:00"),
                what="keep",
                scope="note",
                name="a/B.md",
                until=date(2027, 5, 20),
                because="for the course",
                body_digest="0a1b",
                reason="restored",
            ),
        ),
        (),
    )


def test_a_decision_to_set_a_note_aside_holds_the_file_as_it_was_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": line("a/B.md", what="archive", body="0a1b", sha256="ff")})

    [decision] = read_decisions(tmp_path)[0]

    assert (decision.what, decision.body_digest, decision.file_digest) == ("archive", "0a1b", "ff")


def test_the_files_of_all_devices_are_merged_by_time_then_device(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            f"{FOLDER}/d2.jsonl": line("second") + line("fifth", "2026-12-01T00:00:00Z"),
            f"{FOLDER}/d1.jsonl": line("first") + line("fourth", "2026-11-30T23:59:00Z"),
            f"{FOLDER}/d3.jsonl": line("third", "2026-11-20T12:05:00-05:00"),
        },
    )

    assert names(tmp_path) == ["first", "second", "third", "fourth", "fifth"]


def test_lines_of_one_moment_keep_their_order(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": "".join(line(f"{n}") for n in range(12))})

    assert names(tmp_path) == [f"{n}" for n in range(12)]


def test_a_copy_that_a_sync_program_made_is_read_as_well(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": line("a"), f"{FOLDER}/d1.sync-conflict-20261120-1.jsonl": line("b")})

    assert names(tmp_path) == ["a", "b"]


def test_other_files_beside_them_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": line("a"), f"{FOLDER}/notes.txt": "hello", f"{FOLDER}/x.jsonl.tmp": "{"})

    assert names(tmp_path) == ["a"]
    assert read_decisions(tmp_path)[1] == ()


def test_names_in_a_broken_encoding_come_back_as_on_disk(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": line("caf\udce9.md")})

    assert names(tmp_path) == ["caf\udce9.md"]


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        pytest.param(line("x")[:30], "not valid JSON", id="torn"),
        pytest.param("\0" * 40, "not valid JSON", id="zeros after a power cut"),
        pytest.param("[" * 5000, "not valid JSON", id="nested too deep"),
        pytest.param("[1]", "not a JSON object", id="a list"),
        pytest.param('{"at": "2026-11-20T18:04:00Z"}', "schema None is unknown", id="no schema"),
        pytest.param(line("x", schema=2), "schema 2 is unknown", id="a newer schema"),
        pytest.param(line(""), '"name" is missing', id="no name"),
        pytest.param(line("x").replace('"x"', "7"), '"name" is not a text', id="a number for a name"),
        pytest.param(line("x", what="burn"), '"what" is none of keep, archive, forget', id="an unknown kind"),
        pytest.param(line("x", what=["keep"]), '"what" is none of', id="a list for a kind"),
        pytest.param(line("x", what="archive", scope="folder"), "only single notes", id="a whole folder set aside"),
        pytest.param(line("x", scope="vault"), '"scope" is none of note, folder, tag', id="an unknown scope"),
        pytest.param(line("x", "yesterday"), '"at" is not a time', id="no time"),
        pytest.param(line("x", "2026-11-20T18:04:00"), '"at" has no offset', id="a time without an offset"),
        pytest.param(line("x", "0001-01-01T00:00:00+14:00"), '"at"', id="a time before the calendar"),
        pytest.param(line("x", until="2026-02-30"), '"until" is not a day', id="a day that is none"),
        pytest.param(line("x", because={"a": 1}), '"because" is not a text', id="a mapping for a text"),
    ],
)
def test_a_damaged_line_is_told_and_loses_none_of_the_others(tmp_path: Path, damaged: str, why: str) -> None:
    path = f"{FOLDER}/d1.jsonl"
    write(tmp_path, {path: line("before") + "\n" + damaged.rstrip("\n") + "\n" + line("after", "2027-01-01T00:00:00Z")})

    decisions, problems = read_decisions(tmp_path)

    assert [decision.name for decision in decisions] == ["before", "after"]
    assert [(problem.path, problem.line) for problem in problems] == [(path, 3)]
    assert problems[0].what.startswith("this decision is not heeded: ")
    assert why in problems[0].what


def test_a_torn_last_line_is_told(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/d1.jsonl": line("a") + '{"schema": 1, "at'})

    decisions, problems = read_decisions(tmp_path)

    assert [decision.name for decision in decisions] == ["a"]
    assert [problem.line for problem in problems] == [2]


def test_a_file_that_may_not_be_read_is_told_and_the_others_count() -> None:
    with as_an_ordinary_user() as folder:
        write(folder, {f"{FOLDER}/d1.jsonl": line("a"), f"{FOLDER}/d2.jsonl": line("b")})
        (folder / FOLDER / "d1.jsonl").chmod(0)

        decisions, problems = read_decisions(folder)

    assert [decision.name for decision in decisions] == ["b"]
    assert [problem.what for problem in problems] == ["decisions cannot be read: permission denied"]


def test_a_symlink_among_them_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere.txt": line("x"), f"{FOLDER}/d1.jsonl": line("a")})
    (tmp_path / FOLDER / "d2.jsonl").symlink_to(tmp_path / "elsewhere.txt")

    assert names(tmp_path) == ["a"]
    assert [problem.path for problem in read_decisions(tmp_path)[1]] == [f"{FOLDER}/d2.jsonl"]


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    write(tmp_path, {FOLDER: "oops"})

    decisions, problems = read_decisions(tmp_path)

    assert decisions == ()
    assert [problem.path for problem in problems] == [FOLDER]
