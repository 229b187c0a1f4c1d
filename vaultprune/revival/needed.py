"""A vault and the notes set aside in, those that are needed again out: linked to anew, asked for, edited, opened."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vaultprune.graph.resolve import lookup_key
from vaultprune.model import NotePath
from vaultprune.notes import is_own
from vaultprune.revival.aside import Aside, Needed, Needs
from vaultprune.vault import Vault, folder_of
from vaultprune.words import count, day, listed, name

NAMED = 3
DigestOf = Callable[[NotePath], str | None]


def needed_again(
    vault: Vault, asides: Sequence[Aside], digest_of: DigestOf, own_writes: frozenset[tuple[NotePath, str]]
) -> Needs:
    """The archived notes that are needed again, in path order.

    `digest_of` gives the SHA-256 of a file as it is now, None where it cannot be read; `own_writes` is what the program
    itself wrote, which is nobody's use. Notes in the archive that no journal knows are looked at as well.
    """
    look = _Look(vault, digest_of, own_writes, frozenset(aside.old for aside in asides))
    files = {file.path for file in vault.snapshot.files}
    found: dict[NotePath, Needed] = {}
    returned: list[Aside] = []
    replaced: list[Aside] = []
    lying = 0
    for aside in asides:
        if aside.now not in files:
            continue
        lying += 1
        if aside.old in files:
            same = digest_of(aside.old) in (aside.was, aside.left_as)
            (returned if same else replaced).append(aside)
            continue
        reasons, linked = look.at(aside)
        if reasons:
            found[aside.now] = Needed(aside.old, aside.now, reasons, linked)
    known = {aside.now for aside in asides}
    for note in vault.notes:
        if note.path in vault.archived and note.path not in known and not is_own(note):
            reasons = tuple(look.opened(note.path))
            if reasons:
                found[note.path] = Needed(_home(note.path, vault), note.path, reasons, known=False)
    ordered = tuple(found[path] for path in sorted(found))
    return Needs(ordered, tuple(returned), tuple(replaced), lying)


def _home(path: NotePath, vault: Vault) -> NotePath:
    return NotePath(path[len(vault.config.archive_folder.strip("/")) + 1 :])


class _Look:
    """What can be seen of one archived note after another."""

    def __init__(
        self,
        vault: Vault,
        digest_of: DigestOf,
        own_writes: frozenset[tuple[NotePath, str]],
        archived: frozenset[NotePath],
    ) -> None:
        self.vault = vault
        self.digest_of = digest_of
        self.own_writes = own_writes
        self.archived = archived
        self.times = {file.path: file.mtime_ns for file in vault.snapshot.files}
        self.open = {path.strip("/").lower() for path in vault.snapshot.app.open_notes}
        self.asked = self._asked_for()

    def at(self, aside: Aside) -> tuple[tuple[str, ...], bool]:
        """What speaks for a note, and whether a link does."""
        links = tuple(self._linked(aside))
        seen = (*links, *self._wanted(aside), *self._edited(aside), *self.opened(aside.now))
        return seen, bool(links) and len(links) == len(seen)

    def _linked(self, aside: Aside) -> Iterator[str]:
        graph = self.vault.graph
        if aside.now not in graph.ids:
            return
        there = Counter(source for source, _ in graph.backlink_occurrences(aside.now))
        if aside.links is None:
            new = [source for source in there if self._written_since(source, aside)]
            if new:
                yield f"linked from {_names(new)}, edited since {day(aside.at.date())}"
            return
        then = Counter(dict(aside.links))
        more = [source for source in there if 0 < then[source] < there[source]]
        unknown = [source for source in there if not then[source]]
        # a source that was renamed is no new link: as many unknown sources as there are vanished ones stand for those
        vanished = sum(source not in self.times and source not in self.archived for source in then)
        new = sorted([*more, *unknown[vanished:]])
        if new:
            yield f"linked to anew from {_names(new)}"

    def _written_since(self, path: NotePath, aside: Aside) -> bool:
        if self.times.get(path, 0) <= aside.at.timestamp() * 1e9:
            return False
        return (path, self.digest_of(path) or "") not in self.own_writes

    def _wanted(self, aside: Aside) -> Iterator[str]:
        sources = self.asked.get(_key(aside.old), []) + self.asked.get(_key(aside.old.rpartition("/")[2]), [])
        if sources:
            yield f"asked for by an unresolved link in {_names(sorted(set(sources)))}"

    def _edited(self, aside: Aside) -> Iterator[str]:
        now = self.digest_of(aside.now)
        if now is not None and now not in (aside.left_as, aside.was) and (aside.now, now) not in self.own_writes:
            yield "edited since it was set aside"

    def opened(self, path: NotePath) -> Iterator[str]:
        """Whether a note is open in a tab."""
        if path.lower() in self.open or path.lower().removesuffix(".md") in self.open:
            yield "open in a tab"

    def _asked_for(self) -> Mapping[str, list[NotePath]]:
        """For each path that a live note asks for in vain, the notes that do."""
        graph = self.vault.graph
        found: dict[str, list[NotePath]] = {}
        for position in graph.occurrences.unresolved():
            number, link = graph.occurrences.source(position), graph.occurrences.link(position)
            if number not in graph.silent:
                source = graph.sources[number]
                around = posixpath.normpath(posixpath.join(folder_of(source), link.path))
                for wanted in {_key(link.path.strip("/")), _key(around)}:
                    found.setdefault(wanted, []).append(source)
        return found


def _key(path: str) -> str:
    return lookup_key(path[:-3] if path.lower().endswith(".md") else path)


def _names(paths: Iterable[NotePath]) -> str:
    names = [f'"{name(path)}"' for path in paths]
    more = [count(len(names) - NAMED, "other file")] if len(names) > NAMED else []
    return listed(names[:NAMED] + more)
