from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.worlds import NOW, ROOT, Tool, a_note, garden

Json = Mapping[str, Any]

PROMISED = (
    "path verdict rank score retention confidence last_used last_used_from created created_from backlinks outgoing "
    "traffic words orphan isolated dead_end reasons protections why_not_now if_archived"
)


def schema(name: str) -> Json:
    found: Json = json.loads((ROOT / f"docs/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def fits(document: Json, name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(name), format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(document)] == []


WORLD: dict[str, str | bytes] = {
    "Open.md": a_note("- [ ] call them\n[[Quiet 1]]", edited="2023-01-01"),
    "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Ideas/Quiet 2.md", "x": 0}], "edges": []}',
    "A/Same.md": a_note(),
    "B/Same.md": a_note("#topic/one"),
    "Points.md": a_note("[[Same]] and [[Nowhere]] and ![[pic.png]]", aliases="[Pointer]"),
    "Broken.md": "---\na: [1\n---\n[[Same]]",
    "pic.png": b"\x89PNG",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden", WORLD)


@pytest.fixture
def report(tool: Tool, vault: Path) -> Json:
    done = tool("report", vault, "--now", NOW, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: Json = json.loads(done.out)
    return found


def test_the_report_fits_its_schema(report: Json) -> None:
    fits(report, "report")


@pytest.mark.parametrize("note", ["Quiet 1", "Alive 01", "Open", "Quiet 2", "A/Same"])
def test_an_explanation_fits_its_schema(tool: Tool, vault: Path, note: str) -> None:
    fits(json.loads(tool("explain", vault, note, "--now", NOW, "--format", "json").out), "explain")


def test_the_index_fits_its_schema(tool: Tool, vault: Path) -> None:
    fits(json.loads(tool("links", vault, "--format", "json").out), "links")


def test_the_keys_stand_in_the_promised_order(report: Json) -> None:
    assert list(report) == ["schema", "vault", "taken_at", "settings", "evidence", "summary", "notes", "problems"]
    assert list(report["evidence"]) == ["dates", "why", "trusted_notes", "observed_days", "abstains"]
    promised = PROMISED.split()
    for note in report["notes"]:
        assert [key for key in note if key in promised] == promised
        assert list(note["if_archived"]) == ["orphans", "unresolved_in", "rewrites"]


def test_the_heading_tells_vault_and_time(report: Json) -> None:
    assert report["schema"] == 1
    assert report["vault"] == "Garden"
    assert report["taken_at"].startswith("2026-11-20T23:59:59")
    assert report["problems"][0]["path"] == "Broken.md"


def test_every_note_is_in_it_once_whatever_the_limit(tool: Tool, vault: Path, report: Json) -> None:
    limited = tool("report", vault, "--now", NOW, "--format", "json", "--limit", "1").out

    paths = [note["path"] for note in report["notes"]]
    on_disk = {path.relative_to(vault).as_posix() for path in vault.rglob("*.md")}
    assert json.loads(limited) == report
    assert len(paths) == len(set(paths))
    assert set(paths) == on_disk


def test_the_figures_add_up(report: Json) -> None:
    summary, notes = report["summary"], report["notes"]
    counted = Counter(note["verdict"] for note in notes)

    assert {word: counted[word] for word in ("archive", "watch", "keep", "protected")} == {
        word: summary[word] for word in ("archive", "watch", "keep", "protected")
    }
    assert sum(counted.values()) == summary["notes"] == len(notes)
    assert sum(note["orphan"] for note in notes) == summary["orphans"]
    assert sum(note["isolated"] for note in notes) == summary["isolated"]
    assert sum(note["dead_end"] for note in notes) == summary["dead_ends"]


def test_notes_stand_by_rank_and_the_protected_ones_last(report: Json) -> None:
    ranks = [note["rank"] for note in report["notes"]]
    free = [rank for rank in ranks if rank is not None]

    assert free == list(range(1, len(free) + 1))
    assert ranks[len(free) :] == [None] * (len(ranks) - len(free))
    protected = [note["path"] for note in report["notes"] if note["rank"] is None]
    assert protected == sorted(protected)


def test_reasons_add_up_to_the_score_and_the_score_gives_the_retention(report: Json) -> None:
    for note in report["notes"]:
        assert math.fsum(reason["weight"] for reason in note["reasons"]) == pytest.approx(note["score"], abs=1e-9)
        assert note["retention"] == pytest.approx(1 / (1 + math.exp(-note["score"])), abs=1e-12)


def test_no_absolute_path_stands_in_it(tool: Tool, vault: Path) -> None:
    for arguments in (["report"], ["links"], ["explain", "Open"]):
        assert str(vault.parent) not in tool(*arguments, "--vault", vault, "--format", "json").out


def test_the_index_has_every_note_and_canvas_with_its_links(tool: Tool, vault: Path) -> None:
    notes = {note["path"]: note for note in json.loads(tool("links", vault, "--format", "json").out)["notes"]}

    assert list(notes) == sorted(notes)
    assert notes["Points.md"]["aliases"] == ["Pointer"]
    assert notes["B/Same.md"]["tags"] == ["topic/one"]
    assert notes["Board.canvas"]["tags"] == notes["Board.canvas"]["aliases"] == []
    assert [link["target"] for link in notes["Board.canvas"]["links"]] == ["Ideas/Quiet 2.md"]
    same, nowhere, picture = notes["Points.md"]["links"]
    assert same["ambiguous"] == ["A/Same.md", "B/Same.md"]
    assert list(nowhere.items()) == [("target", None), ("text", "Nowhere"), ("kind", "wikilink"), ("line", 6)]
    assert (picture["target"], picture["kind"]) == ("pic.png", "embed")


def test_letters_stand_as_they_are_and_what_nobody_sees_is_escaped(tool: Tool, tmp_path: Path) -> None:
    odd = "Übung 語 \u202e\x9b end.md"
    vault = garden(tmp_path / "Garden", {odd: a_note()})

    out = tool("report", vault, "--now", NOW, "--format", "json").out

    assert "Übung 語 \\u202e\\u009b end.md" in out
    assert odd in [note["path"] for note in json.loads(out)["notes"]]


def test_a_name_that_is_no_utf_8_comes_through(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    odd = vault / b"Caf\xe9.md".decode("utf-8", "surrogateescape")
    odd.write_text(a_note(), encoding="utf-8")

    out = tool("report", vault, "--now", NOW, "--format", "json").out

    assert '"Caf\\udce9.md"' in out
    assert "Caf\udce9.md" in [note["path"] for note in json.loads(out)["notes"]]
    assert tool("links", vault).code == tool("report", vault, "--format", "csv").code == 0
