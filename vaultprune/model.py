"""The words everyone speaks: plain frozen values that the rooms hand to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, NewType, Protocol, TypeAlias

NotePath = NewType("NotePath", str)
"""A path relative to the vault, `/`-separated, spelt as on disk (undecodable bytes as surrogates).

A string and not a `Path`: it has no `.exists()` and no `.unlink()`, so a pure room cannot touch the disk.
"""

# --- what a note contains (parse) -------------------------------------------------------------------

LinkKind = Literal[
    "wikilink", "embed", "markdown", "image", "property", "canvas", "reference", "uri", "html", "mention"
]

BACKLINK_KINDS: frozenset[LinkKind] = frozenset({"wikilink", "embed", "markdown", "image", "property", "canvas"})
"""The kinds that Obsidian itself counts. The others are told, and never make a backlink."""


class Link(NamedTuple):
    """One occurrence of a link in a note or canvas.

    `text` is the link path as written, without subpath and display text ("" for a link to the note
    itself). `path` is what is looked up: the same, percent-decoded where the syntax asks for it.
    `line` counts from 1 in the file; in a canvas it is the line of the JSON text on which the node stands.
    """

    text: str
    kind: LinkKind
    line: int
    path: str

    @property
    def counts(self) -> bool:
        """Whether Obsidian counts it, so that it can make a backlink."""
        return self.kind in BACKLINK_KINDS


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd about one file, told to the reader and never the end of a run."""

    path: NotePath
    what: str
    line: int | None = None


Scalar: TypeAlias = bool | int | float | str | None
PropertyValue: TypeAlias = "Scalar | tuple[PropertyValue, ...]"


@dataclass(frozen=True, slots=True)
class Properties:
    """A note's properties in file order. Nested mappings are flattened: `a: {b: 1}` is the key `a.b`."""

    items: tuple[tuple[str, PropertyValue], ...] = ()

    def __iter__(self) -> Iterator[tuple[str, PropertyValue]]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a property as texts, a single value or a list alike; `name` in any case."""
        wanted = name.lower()
        found: list[str] = []
        for key, value in self.items:
            if key.lower() == wanted:
                for item in value if isinstance(value, tuple) else (value,):
                    if isinstance(item, bool):
                        found.append("true" if item else "false")
                    elif isinstance(item, (str, int, float)):
                        found.append(str(item))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Query:
    """What a Dataview, tasks or base query names literally: folders and tags whose notes it may list."""

    language: str
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One Markdown file, as Obsidian would read it.

    `tags` are without `#`, as first spelt in the note, each once whatever its case; properties' tags
    first. `open_tasks` are line numbers. `body_digest` is a digest of the text below the properties
    with outer white space removed. `unreadable` says why the file could not be read at all.
    """

    path: NotePath
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    properties: Properties = field(default_factory=Properties)
    words: int = 0
    open_tasks: tuple[int, ...] = ()
    queries: tuple[Query, ...] = ()
    body_digest: str = ""
    problems: tuple[Problem, ...] = ()
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class Canvas:
    """A `.canvas` file: a source of links without tags, aliases or a verdict of its own."""

    path: NotePath
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """A `.base` file: never a source of links; what its filters name literally."""

    path: NotePath
    query: Query
    problems: tuple[Problem, ...] = ()


# --- what stands on disk (reading) ------------------------------------------------------------------

FileKind = Literal["note", "canvas", "base", "attachment"]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the vault's index. `mtime_ns` is nanoseconds since 1970; `symlinked`: reached through one."""

    path: NotePath
    kind: FileKind
    size: int
    mtime_ns: int
    symlinked: bool = False


@dataclass(frozen=True, slots=True)
class DailyNotes:
    """Where the app (or a periodic-notes plugin) puts dated notes: a folder and a moment.js format."""

    period: Literal["day", "week", "month", "quarter", "year"] = "day"
    folder: str = ""
    format: str = "YYYY-MM-DD"
    template: str | None = None


@dataclass(frozen=True, slots=True)
class AppSettings:
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


@dataclass(frozen=True, slots=True)
class Change:
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


DecisionKind = Literal["keep", "forget"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a note, a folder or a tag. `until` is the first day on which it no longer holds."""

    at: datetime
    what: DecisionKind
    scope: Literal["note", "folder", "tag"]
    name: str
    until: date | None = None
    because: str | None = None
    body_digest: str | None = None
    reason: str | None = None


class Memory(Protocol):
    """What earlier runs worked out. Whatever it does not know, or no longer, is simply worked out again."""

    def recall(self, what: str, key: str) -> Mapping[str, memoryview] | None:
        """The columns kept under this name with this very key, or None."""

    def keep(self, what: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> None:
        """Remember the columns that `make` will give, in place of what has this name."""


class Forgetful:
    """The memory of those who keep none."""

    def recall(self, what: str, key: str) -> None:
        """Nothing is known."""

    def keep(self, what: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> None:
        """And nothing is kept."""


FORGETFUL: Memory = Forgetful()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault as it lay on disk at one moment, read and parsed; nothing about it changes any more.

    `files` is every file of the index in path order; `notes`, `canvases`, `bases` likewise, parsed. What follows
    from names and contents alone may be kept in `memory` with `text_stamp` as part of the key, what follows
    from times as well with `stamp`: as long as these stay the same, so did everything they stand for.
    """

    name: str
    taken_at: datetime
    files: Sequence[File]
    notes: Sequence[Note]
    canvases: tuple[Canvas, ...] = ()
    bases: tuple[Base, ...] = ()
    app: AppSettings = field(default_factory=AppSettings)
    history: History = field(default_factory=lambda: History(absent="not looked for"))
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    memory: Memory = field(default=FORGETFUL, compare=False, repr=False)
    stamp: str = field(default="", compare=False, repr=False)
    text_stamp: str = field(default="", compare=False, repr=False)


# --- what is known of its use (evidence) ------------------------------------------------------------

DateSource = Literal["property", "git", "ledger", "filename", "mtime"]


@dataclass(frozen=True, slots=True)
class Use:
    """What is known of one note's use. Days are proleptic ordinals of local dates (`date.toordinal`).

    `last_used` is the newest believable day on which a person wrote in the note; `edit_days` the distinct
    days known from a log, newest first; `linked_days` those on which a person linked to it anew, once for each link;
    `last_write` the newest write of any kind, which is what a link's
    source is worth by. `trusted`: good enough to be suggested by; if not, `doubt` says why. `seen` is the day on
    which it came into the log, whatever else is known.
    """

    last_used: int | None
    last_used_from: DateSource | None
    created: int | None
    created_from: DateSource | None
    last_write: int | None
    edit_days: tuple[int, ...] = ()
    linked_days: tuple[int, ...] = ()
    trusted: bool = True
    doubt: str | None = None
    seen: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far the dates of a whole vault can be gone by.

    `says` is the sentence for the heading; with `abstains` nothing is suggested, and `helps` are (what,
    how) pairs of what would change that, the best first.
    """

    dates: DateSource | None
    says: str
    trusted_notes: int
    observed_days: int
    since: date | None = None
    abstains: bool = False
    helps: tuple[tuple[str, str], ...] = ()
    has_log: bool = False


# --- what follows (verdict) -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing noticed about a note, in words that a person can check."""

    code: str
    says: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """A protection that holds a note, whatever the evidence says."""

    code: str
    says: str


VerdictWord = Literal["archive", "watch", "keep", "protected"]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What setting a note aside would do to the others."""

    orphans: tuple[NotePath, ...] = ()
    unresolved_in: tuple[NotePath, ...] = ()
    rewrites: int = 0


# --- what will happen (plan) ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """One note goes from `source` to `target` if its bytes still have this digest.

    `undoes` names the journal's unit that this move takes back; "" when a note is set aside.
    """

    source: NotePath
    target: NotePath
    sha256: str
    size: int
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end` of a file as it was when the plan was made: `before` stands there, `after` will.

    `because` are the sources of the moves that make it necessary. It is rewritten together with the last of them,
    and what relies on a move that was not carried out is not carried out either.
    """

    start: int
    end: int
    before: bytes
    after: bytes
    because: tuple[NotePath, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The link spans that change in one file: its path, and its digest, as they were when the plan was made."""

    path: NotePath
    sha256: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A note that stays where it is, and why."""

    path: NotePath
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will happen, decided before anything does. Moves are carried out in this order.

    `id` is a short digest of the moves and rewrites: the same id means the same plan. `together` are groups of moves,
    each in one row, between which some link would lead elsewhere: after all or none of a group every link is right.
    """

    id: str
    moves: tuple[Move, ...]
    rewrites: tuple[Rewrite, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    together: tuple[tuple[NotePath, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one move. `remarks` are things to tell even where it was done."""

    move: Move
    what: Literal["done", "skipped", "failed"]
    why: str = ""
    rewritten: tuple[NotePath, ...] = ()
    remarks: tuple[str, ...] = ()
