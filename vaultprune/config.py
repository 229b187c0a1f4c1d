"""Every setting with its default, and the one way in which a value from anywhere becomes a setting."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from vaultprune.errors import CannotStart

MODIFIED_KEYS = (
    "modified",
    "updated",
    "date modified",
    "date updated",
    "modification date",
    "file-modified",
    "last-modified",
    "last modified",
    "lastmod",
    "last-updated",
    "last updated",
    "mtime",
    "updated-at",
    "modified-at",
    "edited",
    "last-edited",
    "last edited",
)
CREATED_KEYS = (
    "created",
    "date created",
    "creation date",
    "file-created",
    "created-at",
    "ctime",
    "created-on",
    "date",
)
DATE_SOURCES = ("property", "git", "ledger", "filename", "mtime")
RULES = ("balanced", "plain")


@dataclass(frozen=True, slots=True)
class Budget:
    """How many suggestions a round may make: a number of notes, or a share (0 to 1) of the unprotected.

    The default of ten is also held to a tenth of the unprotected notes; a budget that somebody chose is not. Where many
    notes came back it is `divided`, but never down to nothing.
    """

    notes: int | None = 10
    share: float | None = None
    chosen: bool = False
    divided: int = 1

    def of(self, unprotected: int) -> int:
        """The number of suggestions allowed among so many unprotected notes."""
        whole = self.whole(unprotected)
        return max(whole // self.divided, min(whole, 1))

    def whole(self, unprotected: int) -> int:
        """What it would be if no note had come back."""
        if self.share is not None:
            return round(self.share * unprotected)
        notes = self.notes if self.notes is not None else 10
        return notes if self.chosen else min(notes, unprotected // 10)

    def __str__(self) -> str:
        return f"{self.share * 100:g}%" if self.share is not None else str(self.notes)


# --- readers: one value from TOML, the environment or the command line -> the value in force -----------


class _Unfit(ValueError):
    """The value does not fit the setting; the message says what would."""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise _Unfit("takes a list of texts")
    return tuple(value)


def _date_sources(value: object) -> tuple[str, ...]:
    chosen = _texts(value)
    for item in chosen:
        if item not in DATE_SOURCES:
            raise _Unfit(f'knows no "{item}"; it takes {", ".join(DATE_SOURCES)}{_nearest(item, DATE_SOURCES)}')
    if not chosen:
        raise _Unfit("must name at least one source of dates")
    return chosen


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false", "1", "0", "yes", "no"):
        return value.lower() in ("true", "1", "yes")
    raise _Unfit("takes true or false")


def _budget(value: object) -> Budget:
    if isinstance(value, Budget):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Budget(notes=value, chosen=True)
    if isinstance(value, str):
        if re.fullmatch(r"\d{1,9}", value):
            return Budget(notes=int(value), chosen=True)
        if match := re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)\s?%", value):
            share = float(match[1]) / 100
            if share <= 1:
                return Budget(notes=None, share=share, chosen=True)
    raise _Unfit('takes a number of notes, or a share of them such as "5%"')


def _rule(value: object) -> str:
    if value in RULES:
        return str(value)
    raise _Unfit(f"takes {' or '.join(RULES)}{_nearest(str(value), RULES)}")


def _share(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number <= 1:
        raise _Unfit("takes a number from 0 to 1")
    return number


def _folder(value: object) -> str:
    if not isinstance(value, str):
        raise _Unfit("takes the name of a folder in the vault")
    parts = value.replace("\\", "/").strip("/").split("/")
    if any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        raise _Unfit("takes the name of a folder in the vault, not hidden and without ..")
    return "/".join(parts)


def _note(value: object) -> str:
    try:
        path = _folder(value)
    except _Unfit:
        raise _Unfit('takes the path of a note in the vault, such as "Review.md", not hidden and without ..') from None
    return path if path.lower().endswith(".md") else f"{path}.md"


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _Unfit("takes a text")


def _setting(default: Any, says: str, read: Callable[[object], object], *, adds: bool = False) -> Any:
    """One setting: its default, a line about it, how a value is read, and whether a list adds to what is there."""
    return field(default=default, metadata={"says": says, "read": read, "adds": adds})


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting in force. `origins` tells for each that is no default where it was set."""

    protect: tuple[str, ...] = _setting((), "statuses whose notes are never suggested", _texts, adds=True)
    protect_daily: bool = _setting(True, "protect daily and periodic notes", _flag)
    protect_paths: tuple[str, ...] = _setting((), "folders (ending in /) and globs never suggested", _texts, adds=True)
    archive_folder: str = _setting("Archive", "where notes are set aside, inside the vault", _folder)
    review_note: str = _setting("Review.md", "where `review --note` puts its checklist, inside the vault", _note)
    index_notes: tuple[str, ...] = _setting((), "notes from which the others should be reachable", _texts, adds=True)
    budget: Budget = _setting(Budget(), "how many notes one report suggests at most", _budget)
    rule: str = _setting("balanced", "the retention rule: balanced or plain", _rule)
    min_confidence: float = _setting(0.0, "suggest nothing that is less sure than this (0 to 1)", _share)
    dates: tuple[str, ...] = _setting(DATE_SOURCES, "where dates of use are taken from", _date_sources)
    modified_keys: tuple[str, ...] = _setting(
        MODIFIED_KEYS, "properties that hold the day of the last change", _texts, adds=True
    )
    created_keys: tuple[str, ...] = _setting(
        CREATED_KEYS, "properties that hold the day of creation", _texts, adds=True
    )
    only_in: str | None = _setting(None, "judge only the notes in this folder", _folder)
    leave_out: tuple[str, ...] = _setting((), "globs of notes that are not judged", _texts, adds=True)
    id: str | None = _setting(None, "a name for this vault that survives a move of its folder", _text)
    origins: Mapping[str, str] = field(default_factory=dict)


_FIELDS = {f.name: f for f in fields(Config) if f.name != "origins"}


def _nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean "protect"?` where something known comes close, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'. Did you mean "{close[0]}"?' if close else ""


def with_settings(
    config: Config, values: Mapping[str, object], origin: str, line: Callable[[str], int | None]
) -> Config:
    """`config` with `values` laid over it; lists that add are added to. Raises `CannotStart` on the first misfit.

    `origin` names the place for the message and for `origins`; `line` finds the line of a key there, if it has any.
    """

    def place(name: str) -> str:
        number = line(name)
        return f"{origin}, line {number}" if number else origin

    changed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in _FIELDS:
            near = _nearest(name, _FIELDS) or "."
            raise CannotStart(f'{place(name)}: there is no setting "{name}"{near} Nothing has been read or changed.')
        about = _FIELDS[name].metadata
        try:
            new = about["read"](value)
        except _Unfit as misfit:
            raise CannotStart(f'{place(name)}: "{name}" {misfit}. Nothing has been read or changed.') from None
        if about["adds"]:
            new = tuple(dict.fromkeys((*getattr(config, name), *new)))
        changed[name] = new
    if not changed:
        return config
    return replace(config, **changed, origins={**config.origins, **dict.fromkeys(changed, origin)})


def from_toml(config: Config, text: str, origin: str) -> Config:
    """`config` with a TOML text laid over it. Raises `CannotStart` naming the line."""
    import tomllib  # most vaults have no settings of their own

    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as reason:
        raise CannotStart(f"{origin}: not valid TOML: {reason}. Nothing has been read or changed.") from None

    def line(name: str) -> int | None:
        for number, content in enumerate(text.split("\n"), 1):
            if re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.\]]|\s*\[+\s*["']?{re.escape(name)}""", content):
                return number
        return None

    return with_settings(config, values, origin, line)


def from_environment(config: Config, environment: Mapping[str, str]) -> Config:
    """`config` with `VAULTPRUNE_BUDGET=5` and the like laid over it; `VAULTPRUNE_VAULT` is not a setting."""
    for name in sorted(environment):
        if name.startswith("VAULTPRUNE_") and name not in _NOT_SETTINGS:
            config = with_settings(
                config, {name.removeprefix("VAULTPRUNE_").lower(): environment[name]}, name, lambda _: None
            )
    return config


_NOT_SETTINGS = frozenset({"VAULTPRUNE_VAULT", "VAULTPRUNE_CORPUS", "VAULTPRUNE_TORTURE"})


def says_of(name: str) -> str:
    """What a setting is about, in a line."""
    return str(_FIELDS[name].metadata["says"])


def settings(config: Config) -> dict[str, object]:
    """Every setting in force as plain JSON values, in the order of the documentation."""
    plain: dict[str, object] = {}
    for name in _FIELDS:
        value = getattr(config, name)
        if isinstance(value, Budget):
            plain[name] = value.notes if value.share is None else str(value)
        else:
            plain[name] = list(value) if isinstance(value, tuple) else value
    return plain
