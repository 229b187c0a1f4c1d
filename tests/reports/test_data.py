from __future__ import annotations

import csv
import io
import json

import pytest

from vaultprune.reports.data import as_csv, as_json, iso


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://evil")', "-", "=", "@"]
)
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    [_, [shown]] = csv.reader(io.StringIO(as_csv(["path"], [[cell]])))

    assert shown.startswith("'")


@pytest.mark.parametrize("cell", ["Note.md", "a-b", "1=1", "Übung 語", "a,b", 'say "x"', "it's"])
def test_other_cells_stand_as_they_are(cell: str) -> None:
    [_, [shown]] = csv.reader(io.StringIO(as_csv(["path"], [[cell]])))

    assert shown == cell


def test_numbers_truth_and_nothing_have_their_own_look() -> None:
    assert as_csv(["a", "b", "c", "d"], [[-3.2, None, True, 7]]) == "a,b,c,d\n-3.2,,true,7\n"


@pytest.mark.parametrize("text", ["\x1b[31m", "a\udce9", "\u202e", "\x9b", "語", '"\\', "\u2028", "\x00"])
def test_any_text_comes_through_json_and_shows_nothing_odd(text: str) -> None:
    document = as_json({"text": text})

    assert json.loads(document) == {"text": text}
    document.encode()
    assert document.isprintable() or document.replace("\n", "").isprintable()


def test_days_are_iso_days() -> None:
    assert iso(None) is None
    assert iso(1) == "0001-01-01"
    assert iso(738765) == "2023-09-02"
