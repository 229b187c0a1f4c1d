"""What is remembered of a vault's git history: its log by the newest commit, and which notes were edited since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultprune.model import FORGETFUL, History, Memory, NotePath
from vaultprune.reading.git_commands import Git, GitFails
from vaultprune.reading.git_state import NO_HISTORY, NOT_INSTALLED, is_in_no_repository, state_of
from vaultprune.reading.kept_history import (
    Changes,
    KeptChanges,
    keep_differences,
    keep_json,
    keep_log,
    kept_differences,
    kept_json,
    kept_log,
)
from vaultprune.state import Damaged

if TYPE_CHECKING:
    from vaultprune.reading.changes import Difference


@dataclass(frozen=True, slots=True)
class Recall:
    """What earlier runs learnt. `stamp` stands for the files as they are now, `before` for those of the last run.

    `read` are the notes that may have changed in between. Without a stamp nothing is remembered.
    """

    memory: Memory = FORGETFUL
    stamp: str = ""
    before: str = ""
    read: Collection[str] = ()

    def history(self, state: str, until: float) -> History | None:
        """The whole history, where neither git nor any file changed, and nothing in it is later than `until`."""
        said = kept_json(self.memory, "history", f"{self.stamp} {state}")
        try:
            key, times, edited = said
            if max(times) > until:
                return None
        except (TypeError, ValueError):
            return None
        return History(KeptChanges(lambda: self._changes(key)), tuple(times), frozenset(edited), key=key)

    def keep_history(self, state: str | None, key: str, times: Sequence[int], edited: Collection[NotePath]) -> None:
        """Remember the whole for as long as nothing changes."""
        value = [key, list(times), sorted(edited)]
        keep_json(self.memory, "history", f"{self.stamp} {state}", lambda: value)

    def log(self, key: str, until: float) -> tuple[Changes, tuple[int, ...]] | None:
        """The changes of each note and the times of the commits, if nothing in it is later than `until`."""
        known = kept_log(self.memory, key)
        return known if known is not None and max(known[1], default=0) <= until else None

    def keep_log(self, key: str, changes: Changes, times: Sequence[int]) -> None:
        """Remember the log."""
        keep_log(self.memory, key, changes, times)

    def differing(
        self,
        key: str,
        committed: Mapping[NotePath, str],
        look: Callable[[Mapping[NotePath, str]], dict[NotePath, int]],
    ) -> dict[NotePath, int]:
        """The notes that differ from what was committed: only those that were read anew are looked at again."""
        said: Any = kept_json(self.memory, "differing", f"{self.before} {key}") if self.before else None
        try:
            known = {NotePath(note): int(sign) for note, sign in said}
            found = {note: sign for note, sign in known.items() if note not in self.read}
            found |= look({note: blob for note, blob in committed.items() if note in self.read})
        except (TypeError, ValueError):
            found = look(committed)
        self.keep_differing(key, found)
        return found

    def keep_differing(self, key: str, found: Mapping[NotePath, int]) -> None:
        """Remember which notes differ from what was committed."""
        keep_json(self.memory, "differing", f"{self.stamp} {key}", lambda: list(found.items()))

    def differences(self) -> Mapping[tuple[str, str, str], Difference]:
        """What is known of pairs of contents."""
        return kept_differences(self.memory)

    def keep_differences(self, found: Mapping[tuple[str, str, str], Difference]) -> None:
        """Remember what was found of pairs of contents."""
        keep_differences(self.memory, found)

    def _changes(self, key: str) -> Changes:
        known = kept_log(self.memory, key)
        if known is None:
            raise Damaged("log")
        return known[0]


def remembered_history(folder: Path, taken_at: datetime, recall: Recall) -> History | None:
    """The history, where it can be told without reading it: it is remembered whole, or there can be none."""
    try:
        git = Git.here(folder)
    except GitFails:
        return History(absent=NOT_INSTALLED)
    if is_in_no_repository(folder):
        return History(absent=NO_HISTORY)
    state = state_of(git) if recall.stamp else None
    return None if state is None else recall.history(state, taken_at.timestamp())


def log_key(state: str, names: Mapping[str, NotePath], notes: Collection[NotePath]) -> str:
    """What the log of each note depends on: the commits, and which file of theirs each note is now."""
    import hashlib

    digest = hashlib.sha256(state.encode("utf-8", "surrogateescape"))
    for part in (*(f"{path}\0{note}" for path, note in sorted(names.items())), "\0", *sorted(notes)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0\0")
    return digest.hexdigest()
