"""A vault in, everything its owner decided out: one file per device, merged into one order."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast

from vaultprune.model import Decision, DecisionKind, NotePath, Problem
from vaultprune.reading.disk import cause, read_bytes

DECISIONS = ".vaultprune/decisions"
SCHEMA = 1
_LONGEST = 64 * 1024 * 1024
_KINDS = ("keep", "archive", "forget")
_SCOPES = ("note", "folder", "tag")

Scope = Literal["note", "folder", "tag"]


class _Damaged(ValueError):
    """A line that is no decision; the message says what is wrong with it."""


def read_decisions(vault: Path) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """Every decision of every device, oldest first (ties by device), and what could not be understood.

    A damaged line is a problem with its number and costs none of the others. Copies that a sync program made of a
    file are read too: a decision that is there twice says the same thing.
    """
    problems: list[Problem] = []
    dated: list[tuple[datetime, str, int, Decision]] = []
    try:
        names = sorted(name for name in os.listdir(os.path.join(vault, DECISIONS)) if name.endswith(".jsonl"))
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (Problem(NotePath(DECISIONS), f"decisions cannot be read: {cause(error)}"),)
    for name in names:
        path = NotePath(f"{DECISIONS}/{name}")
        try:
            data, size = read_bytes(os.path.join(vault, path), _LONGEST)
        except OSError as error:
            problems.append(Problem(path, f"decisions cannot be read: {cause(error)}"))
            continue
        if size > len(data):
            problems.append(Problem(path, f"longer than {_LONGEST // 1024 // 1024} MiB; the end was not read"))
        for number, line in enumerate(data.split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                decision = _decision(line)
            except _Damaged as reason:
                problems.append(Problem(path, f"this decision is not heeded: {reason}", number))
            else:
                dated.append((decision.at, name.removesuffix(".jsonl"), number, decision))
    dated.sort(key=lambda item: item[:3])
    return tuple(decision for *_, decision in dated), tuple(problems)


def _decision(line: bytes) -> Decision:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise _Damaged("not valid JSON") from None
    if not isinstance(said, dict):
        raise _Damaged("not a JSON object")
    if said.get("schema") != SCHEMA:
        raise _Damaged(f"schema {said.get('schema')!r:.20} is unknown; a newer vaultprune may have written it")
    name = _text(said, "name")
    if not name:
        raise _Damaged('"name" is missing')
    if said.get("what") == "archive" and said.get("scope") != "note":
        raise _Damaged("only single notes are set aside by a decision")
    return Decision(
        at=_moment(said),
        what=cast(DecisionKind, _one_of(said, "what", _KINDS)),
        scope=cast(Scope, _one_of(said, "scope", _SCOPES)),
        name=name,
        until=_day(said, "until"),
        because=_text(said, "because"),
        body_digest=_text(said, "body"),
        reason=_text(said, "reason"),
        file_digest=_text(said, "sha256"),
    )


def _text(said: Mapping[str, object], key: str) -> str | None:
    value = said.get(key)
    if value is None or isinstance(value, str):
        return value
    raise _Damaged(f'"{key}" is not a text')


def _one_of(said: Mapping[str, object], key: str, known: tuple[str, ...]) -> str:
    value = said.get(key)
    if isinstance(value, str) and value in known:
        return value
    raise _Damaged(f'"{key}" is none of {", ".join(known)}')


def _moment(said: Mapping[str, object]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(said, "at") or "")
        moment.astimezone(UTC)  # hours before year 1 are beyond the calendar
    except (ValueError, OverflowError):
        raise _Damaged('"at" is not a time') from None
    if moment.tzinfo is None:
        raise _Damaged('"at" has no offset from UTC')
    return moment


def _day(said: Mapping[str, object], key: str) -> date | None:
    text = _text(said, key)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Damaged(f'"{key}" is not a day') from None
