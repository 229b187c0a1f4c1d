"""A snapshot in, everything known at one moment out: what signals and protections look at."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import compress, pairwise
from math import log
from typing import TYPE_CHECKING, TypeVar, cast

from vaultprune.config import Config
from vaultprune.graph import LinkGraph, build_graph
from vaultprune.model import NotePath, Query, Snapshot
from vaultprune.notes import Notes, own_notes

if TYPE_CHECKING:
    from vaultprune.evidence import Clock
    from vaultprune.model import Evidence, Use

LATELY = 180
"""Days over which it is counted how often notes of the vault are edited; as many as the chance looks ahead."""
BUSY = 90
"""Days over which it is counted on how many of them somebody wrote in the vault. Source: docs/evaluation.md."""
BEARS_DAYS = 365
BEARS_NOTES = 100
"""How long a log, and how many notes in it, bear a rate."""

T = TypeVar("T")


@dataclass(frozen=True)
class Index:
    """The notes and links of a vault at one moment, and nothing that is weighed: all that its index has to tell.

    Notes go by their position in `snapshot.notes`, their id. `archived` are those in the archive folder.
    """

    snapshot: Snapshot
    config: Config
    graph: LinkGraph
    archived: frozenset[NotePath]

    @cached_property
    def notes(self) -> Notes:
        """Every note, the archived ones among them, in path order."""
        return Notes.of(self.snapshot.notes)


@dataclass(frozen=True)
class Vault(Index):
    """Everything known about a vault at one moment.

    `judged` are the ids of the notes that get a verdict: not those in the archive folder, nor those that
    `only_in` and `leave_out` put aside. Days are ordinals of local dates; `today` is the day of the snapshot.
    """

    evidence: Evidence
    uses: tuple[Use, ...]
    judged: tuple[int, ...]

    @cached_property
    def today(self) -> int:
        """The day on which the snapshot was taken."""
        return self.snapshot.taken_at.date().toordinal()

    @cached_property
    def clock(self) -> Clock:
        """The vault's own clock, which stands still while nobody writes here.

        Signals that fade with time go by it. Grace goes by it and by the calendar, whichever is gentler; what is said
        goes by the calendar.
        """
        from vaultprune.evidence import clock_of

        return clock_of(self.uses, self.today)

    def age(self, day: int) -> float:
        """How many days ago a day was by the vault's own clock; 0 for one that lies ahead."""
        known = self._ages.get(day)
        if known is None:
            known = self._ages[day] = self.clock.age(day)
        return known

    @cached_property
    def _ages(self) -> dict[int, float]:
        return {}

    @cached_property
    def ids(self) -> Mapping[NotePath, int]:
        """The id of every note, by its path."""
        return {path: number for number, path in enumerate(self.notes.paths)}

    def judges(self, number: int) -> bool:
        """Whether a note is one of those that get a verdict."""
        place = bisect_left(self.judged, number)
        return place < len(self.judged) and self.judged[place] == number

    def judged_at(self, path: str) -> int | None:
        """The id of the note that lies there, if there is one and it gets a verdict."""
        number = self.graph.ids.get(NotePath(path))
        return number if number is not None and self.judges(number) else None

    @cached_property
    def own(self) -> frozenset[int]:
        """The ids of the notes that the program itself wrote."""
        return own_notes(self.notes)

    @cached_property
    def template_folders(self) -> frozenset[str]:
        """The folders of which every note is a template."""
        known = self.snapshot.app.template_folders
        return frozenset(folder for folder in set(self.folders) if in_template_folder(f"{folder}/note.md", known))

    def last_used(self, number: int) -> date | None:
        """The newest believable day on which a person wrote in the note."""
        used = self.uses[number].last_used
        return None if used is None else date.fromordinal(used)

    def quiet_days(self, number: int) -> int | None:
        """Days since a person last wrote in the note, or None where no date can be believed."""
        used = self.uses[number].last_used
        return None if used is None else max(0, self.today - used)

    @cached_property
    def unreachable(self) -> frozenset[NotePath]:
        """The notes that no chain of links from the chosen index notes reaches; none where none are chosen."""
        wanted = {name.lower().removesuffix(".md") for name in self.config.index_notes}
        index = [path for path in self.notes.paths if path.lower().removesuffix(".md") in wanted] if wanted else []
        return self.graph.unreachable_from(index) if index else frozenset()

    def life(self, half_life: float) -> array[float]:
        """How alive every source of links is, 0 to 1: 2^(-days since its newest write / half-life).

        One value for each note and, behind them, each canvas. A note whose dates cannot be believed gets what
        a typical note of the vault has, and so does a canvas, which carries no date of its own: not
        knowing must not make a source look dead.
        """
        return self.once(("life", half_life), lambda: self._life(half_life))

    def _life(self, half_life: float) -> array[float]:
        days = [use.last_write for use in self.uses]
        lives = {day: None if day is None else 0.5 ** (self.age(day) / half_life) for day in set(days)}
        found = [lives[day] for day in days]
        ordered = sorted(value for value in found if value is not None)
        typical = ordered[len(ordered) // 2] if ordered else 1.0
        column = array("d", [typical if value is None else value for value in found])
        column.extend([typical] * (len(self.graph.sources) - len(self.notes)))
        return column

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for this vault; `name` tells it from the others."""
        if name not in self._worked_out:
            self._worked_out[name] = make()
        return cast("T", self._worked_out[name])

    @cached_property
    def _worked_out(self) -> dict[Hashable, object]:
        return {}

    def traffic(self, half_life: float) -> array[float]:
        """What each note's backlinks are worth: the sum of the lives of their sources."""
        return self.once(("traffic", half_life), lambda: self._traffic(half_life))

    def _traffic(self, half_life: float) -> array[float]:
        life = self.life(half_life).__getitem__
        starts, sources = self.graph.backward.starts, self.graph.backward.items
        rows = pairwise(starts[: len(self.notes) + 1])
        sums = (sum(map(life, sources[start:end]), 0.0) if start < end else 0.0 for start, end in rows)
        return array("d", sums)

    @cached_property
    def folders(self) -> Sequence[str]:
        """The folder in which each note lies."""
        once: dict[str, str] = {}
        folders = [path.rpartition("/")[0] for path in self.notes.paths]
        return [once.setdefault(folder, folder) for folder in folders]

    @cached_property
    def first_seen(self) -> Sequence[int | None]:
        """The day on which each note came into git, by id, whatever its properties say; None without one."""
        return [use.seen for use in self.uses]

    @cached_property
    def quiet(self) -> int:
        """Days since somebody is known to have written in the vault, by the calendar."""
        return self.today - self.clock.days[-1] if self.clock.days else 0

    @cached_property
    def bears_rate(self) -> bool:
        """Whether a chance that is told of this vault's notes can be taken for a rate.

        It takes an edit log of a year, and a hundred notes that came in 210 days ago or earlier, fewer than half of
        them edited in the last 180 days. On histories that passed this the rate was true; others were off by more.
        Where nobody has written for as long, there is nothing to measure a rate by.
        """
        since = min((seen for seen in self.first_seen if seen is not None), default=self.today)
        if not self.evidence.has_log or self.today - since < BEARS_DAYS or self.quiet > LATELY:
            return False
        older, edited = self._edited_lately
        return older >= BEARS_NOTES and 2 * edited < older

    @cached_property
    def own_rate(self) -> float:
        """How often notes of this vault were edited in the last 180 days, as log-odds, drawn towards one in five.

        By the calendar, as is the chance that it goes into. logit((u + 4) / (n + 20)): n the notes that came in 210
        days ago or earlier, u those of them with a day of editing within the last 180. Only an edit log can tell.
        """
        older, edited = self._edited_lately
        share = (edited + 4) / (older + 20)
        return log(share / (1 - share))

    @cached_property
    def busy(self) -> float:
        """On how many of the last 90 days somebody wrote here, for so many notes, in logs, drawn towards one to twenty.

        ln((d + 2) / (n + 40)): d the days on which a note was last written, n the notes outside the archive that have
        such a day. Without an edit log only the newest day of each note is known, and this tells most of how often
        notes of the vault are edited.
        """
        dated = sum(
            use.trusted and not use.only_watched and path not in self.archived
            for path, use in zip(self.notes.paths, self.uses, strict=True)
        )
        days = sum(self.today - day <= BUSY for day in self.clock.days)
        return log((days + 2) / (dated + 40))

    @cached_property
    def _edited_lately(self) -> tuple[int, int]:
        """How many notes came in 210 days ago or earlier, and how many of them were edited in the last 180."""
        older = [number for number, seen in enumerate(self.first_seen) if seen is not None and self.today - seen >= 210]
        return len(older), sum(
            any(self.today - day <= LATELY for day in self.uses[number].edit_days) for number in older
        )

    @cached_property
    def queries(self) -> Sequence[tuple[NotePath, Query]]:
        """What the queries and bases of the vault name literally, with the file in which each stands."""
        notes = self.notes
        in_notes = [(notes.paths[place], query) for place, row in notes.queries.known.items() for query in row]
        return [*in_notes, *((base.path, base.query) for base in self.snapshot.bases)]

    @cached_property
    def template_digests(self) -> Mapping[str, NotePath]:
        """The body of each template that is not empty, by its digest."""
        notes = self.notes
        folders, templates = self.folders, self.template_folders
        return {
            notes.body_digests[number]: notes.paths[number]
            for number in (reversed(range(len(notes))) if templates else ())
            if folders[number] in templates and notes.words[number]
        }


def open_index(snapshot: Snapshot, config: Config) -> Index:
    """Link the notes of a snapshot."""
    notes = Notes.of(snapshot.notes)
    snapshot = replace(snapshot, notes=notes)
    archived = archived_notes(notes, config)
    silent = archived | {notes.paths[number] for number in own_notes(notes)}
    silent |= {canvas.path for canvas in snapshot.canvases if within(canvas.path, config.archive_folder)}
    return Index(snapshot, config, build_graph(snapshot, silent=silent), archived)


def archived_notes(notes: Notes, config: Config) -> frozenset[NotePath]:
    """The notes that lie in the archive folder."""
    archive = _below(config.archive_folder)
    return frozenset(compress(notes.paths, [lowered.startswith(archive) for lowered in notes.lowered]))


def open_vault(snapshot: Snapshot, config: Config) -> Vault:
    """Link the notes of a snapshot and weigh what is known of their use."""
    from vaultprune.evidence import weigh_evidence  # those who ask about links alone do without

    index = open_index(snapshot, config)
    evidence, uses = weigh_evidence(index.snapshot, config)
    return Vault(index.snapshot, config, index.graph, index.archived, evidence, uses, judged_notes(index))


def judged_notes(index: Index) -> tuple[int, ...]:
    """The ids of the notes that get a verdict: none in the archive folder, nor what the settings put aside."""
    archived, config = index.archived, index.config
    every = [number for number, path in enumerate(index.notes.paths) if path not in archived]
    if config.only_in is None and not config.leave_out:
        return tuple(every)
    return tuple([number for number in every if is_judged(index.notes.paths[number], config)])


def is_judged(path: str, config: Config) -> bool:
    """Whether the settings let a note be judged that does not lie in the archive folder."""
    if config.only_in is not None and not within(path, config.only_in):
        return False
    return not (config.leave_out and any(matches(path, pattern) for pattern in config.leave_out))


def folder_of(path: str) -> str:
    """The folder in which a path lies, "" at the top of the vault."""
    return path.rpartition("/")[0]


def within(path: str, folder: str) -> bool:
    """Whether a path lies in a folder, at any depth; case is ignored, as the app does."""
    return path.lower().startswith(_below(folder))


def _below(folder: str) -> str:
    """How the paths in a folder begin, in lower case."""
    return folder.strip("/").lower() + "/"


def matches(path: str, pattern: str) -> bool:
    """Whether a path lies in the folder `Name/` or fits the glob; `*` crosses folders, case is ignored."""
    if pattern.endswith("/"):
        return within(path, pattern)
    lowered = pattern.lower()
    return fnmatchcase(path.lower(), lowered) or fnmatchcase(path.lower(), lowered + ".md")


def in_template_folder(path: str, folders: Sequence[str]) -> bool:
    """Whether a note is a template, by the app's settings or by a folder that is called so."""
    if any(folder.strip("/") and within(path, folder) for folder in folders):
        return True
    return any(part.lower().strip("_") in ("template", "templates") for part in path.split("/")[:-1])
