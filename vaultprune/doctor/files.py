"""The files of a vault in: names that other systems cannot hold, and files that could not be read as they should."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import normalize

from vaultprune.doctor.case import Case, Check, Finding
from vaultprune.model import Problem
from vaultprune.notes import Files
from vaultprune.words import count

LONG = 200
"""Characters of a path in the vault: Windows ends at 260, the folders above the vault among them."""

_REFUSED = re.compile(r'[\x00-\x1f<>:"|?*\\]|[. ](?:/|\Z)')
_DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.[^/]*)?(?:/|\Z)", re.IGNORECASE)
_PARTICULAR = re.compile(r"[0-9]|(?<=: ).{0,999}", re.DOTALL)
_UNLINKABLE = re.compile(r"[\[\]#^|]")


def _names(case: Case) -> Iterator[Finding]:
    paths = Files.of(case.vault.snapshot.files).paths
    refused = _those(paths, lambda path: _REFUSED.search(path) is not None or _DEVICE.search(path) is not None)
    if refused:
        yield Finding(
            "name-refused",
            f"{_files(refused)} a name that Windows or a phone refuses.",
            "There it is never synced, or under another name, and links to it break. Rename it in Obsidian.",
            refused,
        )
    unknown = _those(paths, lambda path: not path.isascii() and os.fsencode(path).decode("utf-8", "replace") != path)
    if unknown:
        yield Finding(
            "name-not-utf-8",
            f"{_files(unknown)} a name that is not UTF-8.",
            "Most systems cannot hold it, and Obsidian cannot open it. Rename it in a file manager.",
            unknown,
        )
    twins = _twins(paths)
    if twins:
        yield Finding(
            "name-twins",
            f"{count(len(twins), 'file')} have names that macOS and Windows take for one.",
            "They differ in capitals or accents alone; there, only one of them can exist. Rename the other.",
            twins,
        )
    unlinkable = _those(case.vault.notes.paths, lambda path: _UNLINKABLE.search(path.rpartition("/")[2]) is not None)
    if unlinkable:
        yield Finding(
            "name-unlinkable",
            f"{count(len(unlinkable), 'note')} with one of [ ] # ^ | in the name.",
            "A wikilink cannot name it in full. Rename it in Obsidian.",
            unlinkable,
        )
    long = _those(paths, lambda path: len(path) > LONG)
    if long:
        yield Finding(
            "name-long",
            f"{count(len(long), 'path')} {'is' if len(long) == 1 else 'are'} longer than {LONG} characters.",
            "Windows refuses more than 260, the folders above the vault included.",
            long,
        )


def _files(names: Sequence[str]) -> str:
    return f"{count(len(names), 'file')} {'has' if len(names) == 1 else 'have'}"


def _those(paths: Sequence[str], has: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(path for path in paths if has(path))


def _twins(paths: Sequence[str]) -> tuple[str, ...]:
    """The paths that are one path where neither case nor Unicode form tells names apart."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        key = path.lower() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())
        groups.setdefault(key, []).append(path)
    return tuple(path for group in groups.values() if len(group) > 1 for path in group)


def _problems(case: Case) -> Iterator[Finding]:
    """One finding for each kind of problem, the most frequent first."""
    kinds: dict[str, list[Problem]] = {}
    for problem in case.vault.snapshot.problems:
        if not problem.what.startswith("not downloaded"):  # told apart
            kinds.setdefault(_kind(problem), []).append(problem)
    for _, group in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        names = tuple(dict.fromkeys(problem.path for problem in group))
        ought = "it should" if len(names) == 1 else "they should"
        like = "" if all(problem.what == group[0].what for problem in group) else ", such as"
        yield Finding(
            "problem",
            f"{count(len(names), 'file')} could not be read as {ought}{like}: {group[0].what}.",
            "What could be read of it counts. A note that could not be read at all is never suggested.",
            names,
            wrong=True,
            command=("links",),
        )


def _kind(problem: Problem) -> str:
    """What is wrong, without what is particular to one file."""
    return _PARTICULAR.sub("", problem.what)


NAMES = Check("names", "file names", _names)
PROBLEMS = Check("problems", "what the files hold", _problems)
