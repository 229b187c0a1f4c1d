"""What stands on disk: files, the app's settings, what git remembers, what the owner decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from vaultprune.model.contents import Base, Canvas, Note, NotePath, Problem
from vaultprune.model.observed import Observed

FileKind = Literal["note", "canvas", "base", "attachment"]


class File(NamedTuple):
    """One file of the vault's index. `mtime_ns` is nanoseconds since 1970; `symlinked`: reached through one."""

    path: NotePath
    kind: FileKind
    size: int
    mtime_ns: int
    symlinked: bool = False


class DailyNotes(NamedTuple):
    """Where the app (or a periodic-notes plugin) puts dated notes: a folder and a moment.js format."""

    period: Literal["day", "week", "month", "quarter", "year"] = "day"
    folder: str = ""
    format: str = "YYYY-MM-DD"
    template: str | None = None


class AppSettings(NamedTuple):
    """What `.obsidian/` says that is of use here. Paths are as the app wrote them; they may name nothing."""

    present: bool = False
    bookmarks: tuple[str, ...] = ()
    bookmarked_folders: tuple[str, ...] = ()
    open_notes: tuple[str, ...] = ()
    last_opened: tuple[str, ...] = ()
    dated: tuple[DailyNotes, ...] = (DailyNotes(),)
    template_folders: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    named_by_plugins: tuple[tuple[str, str], ...] = ()
    """(path, plugin id): notes that a plugin names as its home, its board or the like."""


ChangeKind = Literal["created", "body", "links", "properties", "format", "moved"]


class Change(NamedTuple):
    """One change of one note in one commit.

    `time` is seconds since 1970; `commit` counts from 0, oldest first. `kind` is the strongest sort of
    change: `created`; `body`: words were added or taken away; `links`: only link targets; `properties`;
    `format`: white space and the like; `moved`: path only. `signature` is equal for two body or
    property changes that add and remove the same words. `gained` are the names that the note links to since
    (their last part, in lower case, without `.md`), where it was `created` or its body changed.
    """

    time: int
    commit: int
    kind: ChangeKind
    signature: int = 0
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What git remembers of the notes as they are named now, or why it cannot be gone by.

    `changes` is oldest first for each note; `commit_times` are those of every commit that touched a
    note; `edited_since` are notes whose words differ from the newest commit. With `absent` set the
    rest is empty. `later` counts the commits left out because they are later than the moment looked at. Where there
    is a `key`, the same key means the same changes and times.
    """

    changes: Mapping[NotePath, tuple[Change, ...]] = field(default_factory=dict)
    commit_times: tuple[int, ...] = ()
    edited_since: frozenset[NotePath] = frozenset()
    absent: str | None = None
    later: int = 0
    key: str = field(default="", compare=False, repr=False)


DecisionKind = Literal["keep", "archive", "forget"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a note, a folder or a tag: the newest is the one that counts.

    `keep` holds until it is withdrawn (`forget`), or up to the day `until`, which is the first on which it no longer
    does. `archive` waits until it is carried out or withdrawn; `file_digest` is the SHA-256 of the whole file as it was
    looked at, since a note that somebody edited after that stays. `body_digest` is that of its text, by which it is
    known again under another name.
    """

    at: datetime
    what: DecisionKind
    scope: Literal["note", "folder", "tag"]
    name: str
    until: date | None = None
    because: str | None = None
    body_digest: str | None = None
    reason: str | None = None
    file_digest: str | None = None


class Memory(Protocol):
    """What earlier runs worked out. Whatever it does not know, or no longer, is simply worked out again."""

    def recall(self, what: str, key: str) -> Mapping[str, bytes] | None:
        """The columns kept under this name with this very key, or None."""

    def keep(self, what: str, key: str, make: Callable[[], Mapping[str, bytes | memoryview]]) -> None:
        """Remember the columns that `make` will give, in place of what has this name."""


class Forgetful:
    """The memory of those who keep none."""

    def recall(self, what: str, key: str) -> None:
        """Nothing is known."""

    def keep(self, what: str, key: str, make: Callable[[], Mapping[str, bytes | memoryview]]) -> None:
        """And nothing is kept."""


FORGETFUL: Memory = Forgetful()


class Since(NamedTuple):
    """How a vault differs from what was known for an earlier `text_stamp`.

    `read` are the notes and canvases whose contents may differ, `gained` the files that were not there, `lost` those
    that are there no more, in path order, with what they were.
    """

    text_stamp: str
    read: frozenset[NotePath] = frozenset()
    gained: frozenset[NotePath] = frozenset()
    lost: Mapping[NotePath, FileKind] = {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault as it lay on disk at one moment, read and parsed; nothing about it changes any more.

    `files` is every file of the index in path order; `notes`, `canvases`, `bases` likewise, parsed. What follows
    from names and contents alone may be kept in `memory` with `text_stamp` as part of the key, what follows
    from times as well with `stamp`: as long as these stay the same, so did everything they stand for. `since` leads
    from what was kept for an earlier `text_stamp` to now, where that is known.
    """

    name: str
    taken_at: datetime
    files: Sequence[File]
    notes: Sequence[Note]
    canvases: tuple[Canvas, ...] = ()
    bases: tuple[Base, ...] = ()
    app: AppSettings = field(default_factory=AppSettings)
    history: History = field(default_factory=lambda: History(absent="not looked for"))
    observed: Observed = field(default_factory=lambda: Observed(absent="not looked for"))
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    memory: Memory = field(default=FORGETFUL, compare=False, repr=False)
    stamp: str = field(default="", compare=False, repr=False)
    text_stamp: str = field(default="", compare=False, repr=False)
    since: Since | None = field(default=None, compare=False, repr=False)
