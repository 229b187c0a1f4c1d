"""Plain values in, data for programs out: JSON in UTF-8, and CSV that a spreadsheet does not run as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from vaultprune.model import Problem, Snapshot
from vaultprune.words import safe

SCHEMA = 1

_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")
"""What JSON may hold as it stands, and a terminal or an encoder had better not meet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


_ON_A_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_LAID_OUT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=1).encode


def as_json(value: Mapping[str, object]) -> str:
    r"""One document. Letters stand as they are; control and bidi characters and lone surrogates as `\uNNNN`.

    What an iterator gives becomes a list with an entry on each line: so many that they are never all held at once.
    """
    members = ",\n ".join(f"{_ON_A_LINE(key)}: {_member(each)}" for key, each in value.items())
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", f"{{\n {members}\n}}\n")


def _member(value: object) -> str:
    if not isinstance(value, Iterator):
        return _LAID_OUT(value).replace("\n", "\n ")  # within a text of JSON it is written `\n`
    entries = ",\n  ".join(map(_ON_A_LINE, value))
    return f"[\n  {entries}\n ]" if entries else "[]"


def heading(snapshot: Snapshot) -> dict[str, object]:
    """The keys that every document begins with."""
    return {
        "schema": SCHEMA,
        "vault": snapshot.name,
        "taken_at": snapshot.taken_at.isoformat(timespec="seconds"),
    }


def problems(found: Iterable[Problem]) -> list[dict[str, object]]:
    """What was odd about single files; the line is null where none is known."""
    return [{"path": problem.path, "what": problem.what, "line": problem.line} for problem in found]


def iso(day: int | None) -> str | None:
    """A day as `2023-09-02`."""
    return None if day is None else date.fromordinal(day).isoformat()


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a heading; texts made safe to show, and never taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    shown = safe(value)
    return "'" + shown if value.startswith(_FORMULA) else shown
