"""A link's path and its source in, the files it means out: the app's own lookup, over the index of all files.

The order of the lookup, for a link that is neither relative nor rooted:

1. a file with exactly this vault path as written, if its name has a dot (without one it could only be a note);
2. a note with exactly this vault path + `.md`, and, if the name has a dot, files further down whose path ends
   with it as written. If both exist, both count: one rule says that a whole path wins from everywhere, another
   that the text as written comes first, and nobody has measured which is the stronger;
3. notes further down whose path ends with it + `.md`.

Among several further down, those in the source's own folder win, else the shortest; what still ties, all counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, cast
from unicodedata import normalize

from vaultprune.model import NotePath

_PLAIN_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " "})
_UNREACHABLE = frozenset("#^[]|\n\r")
_FEW = 16
"""Up to so many files of one name are simply looked through; beyond, they are kept in an order to search in."""

Found: TypeAlias = tuple[NotePath, ...]


def spelt(text: str) -> str:
    """A path in the spelling in which paths are compared, its case left alone: NFC, plain blanks, single `/`."""
    if not text.isascii():
        text = normalize("NFC", text.translate(_PLAIN_BLANKS))
    if "\\" in text:
        text = text.replace("\\", "/")
    while "//" in text:
        text = text.replace("//", "/")
    return text


def folded(text: str) -> str:
    """A spelt text without its case, as JavaScript lower-cases it; `ß` stays apart from `ss`."""
    # How a capital sigma is lowered depends on what follows, and so on whether `.md` stands there.
    return text.lower() if text.isascii() else text.lower().replace("ς", "σ")


def lookup_key(link_path: str) -> str:
    """Equal for two link paths that look for the same, whatever their case and Unicode form."""
    return folded(spelt(link_path)).strip()


def unreachable_by_link(path: NotePath) -> bool:
    """Whether a file's name holds something that a link's text cannot, so that its links cannot be seen."""
    name = path.rpartition("/")[2]
    if name.isascii():
        return not _UNREACHABLE.isdisjoint(name)
    return any(char in _UNREACHABLE or "\ud800" <= char <= "\udfff" for char in name)


def some_unreachable(paths: Sequence[NotePath]) -> bool:
    """Whether there may be such a file among these; most vaults have none, which is soon seen."""
    return any(map(re.compile(f"[{re.escape(''.join(_UNREACHABLE))}\ud800-\udfff]").search, paths))


def looking_for(texts: Sequence[str], files: Iterable[NotePath]) -> set[int]:
    """The places of the link paths that might mean one of these files, or might do so but for others of its name.

    Whatever such a text means can have changed when the file came or went; what all others mean has not.
    """
    names = {_stem(folded(spelt(path)).rpartition("/")[2]) for path in files}
    found: set[int] = set()
    for place, text in enumerate(texts):
        written = spelt(text)
        last = written.rpartition("/")[2]
        if last.isalnum():
            if folded(last) in names:
                found.add(place)
        elif any(_stem(folded(each.strip("/").rpartition("/")[2])) in names for each in (written, written.strip())):
            found.add(place)
    return found


class FileIndex:
    """Every file that a link can mean, by its last name.

    The answers depend on the set of files alone, never on the order in which they came.
    """

    __slots__ = ("_files", "_irregular", "_known", "_names", "_tables")

    def __init__(self, files: Iterable[NotePath]) -> None:
        self._files = files
        self._names: Mapping[str, Sequence[NotePath]] | None = None
        self._known: dict[str, Found | Choice] = {}
        self._tables: dict[str, _Table] = {}
        self._irregular: defaultdict[str, list[str]] | None = None

    @property
    def _by_name(self) -> Mapping[str, Sequence[NotePath]]:
        if self._names is None:
            self._names = _by_last_name(self._files)
        return self._names

    def resolve(self, link_path: str, source: NotePath) -> Found:
        """The files that a link means: none (unresolved), one, or several that tie, in path order."""
        known = self._known.get(link_path)
        if known is None:
            known = self.meaning(link_path)
            if known is None:
                if not link_path:
                    return (source,)
                written = spelt(link_path)
                return self._relative(written, source) or self._relative(written.strip(), source)
            self._known[link_path] = known
        return known if isinstance(known, tuple) else known.seen_from(source)

    def meaning(self, link_path: str) -> Found | Choice | None:
        """What a link path means wherever it stands, or what to choose from; None if all depends on where."""
        if not link_path:
            return None
        written = spelt(link_path)
        trimmed = written.strip()
        if "/" not in written and "." not in written and trimmed == written:
            # a plain name, as most are: one that only one note has means this note
            files = self._by_name.get(folded(written + ".md"), ())
            if len(files) < 2:
                return tuple(files)
        if trimmed in (".", "..") or trimmed.startswith(("./", "../")):
            return None
        found = self._anywhere(written)
        return found if found or trimmed == written else self._anywhere(trimmed)

    def resolve_file(self, path: str) -> Found:
        """The file that a canvas names: its whole vault path, to which nothing is added."""
        return self._exact(spelt(path).strip("/"))

    def moved(self, old: NotePath, new: NotePath) -> FileIndex:
        """The index as it would be with one file elsewhere."""
        other = FileIndex(())
        changed: dict[str, Sequence[NotePath]] = {}
        for path, stays in ((old, False), (new, True)):
            name = folded(spelt(path)).rpartition("/")[2]
            kept = {known for known in changed.get(name, self._by_name.get(name, ())) if known != path}
            if stays:
                kept.add(path)
            changed[name] = tuple(sorted(kept))
        # laid over what there is: a copy for every note of a large vault would take for ever
        other._names = ChainMap(changed, cast("dict[str, Sequence[NotePath]]", self._by_name))
        return other

    def namesakes(self, path: NotePath) -> list[NotePath]:
        """The files that some link text could mean as well as this one, itself among them."""
        if self._irregular is None:
            self._irregular = defaultdict(list)
            for name in self._by_name:
                stem = _stem(name)
                if name not in (stem, stem + ".md"):
                    self._irregular[stem].append(name)
        stem = _stem(folded(spelt(path)).rpartition("/")[2])
        names = (stem, stem + ".md", *self._irregular.get(stem, ()))
        return [file for name in names for file in self._by_name.get(name, ())]

    def forget(self) -> None:
        """Give back the memory of what was looked up so far; the answers stay the same."""
        self._known, self._tables = {}, {}
        self._names = self._irregular = None

    def _relative(self, text: str, source: NotePath) -> Found:
        """`./x` and `../x`: from the source's folder, and nowhere else."""
        folder = spelt(source).rpartition("/")[0]
        return self._exact_or_note(_without_dots(f"{folder}/{text}"))

    def _anywhere(self, text: str) -> Found | Choice:
        """What a text without a source says: the files it means, or a choice that the source's folder makes."""
        rooted = text.startswith("/")
        text = _without_dots(text) if "/." in text else text.strip("/")
        if not text:
            return ()
        if rooted:
            return self._exact_or_note(text)
        dotted = "." in text.rpartition("/")[2]
        if dotted and (exact := self._exact(text)):
            return exact
        note = self._exact(text + ".md")
        below = self._ending(text) if dotted else ()
        if note or below:
            return _choice(below, text, note)
        return _choice(self._ending(text + ".md"), text + ".md")

    def _exact_or_note(self, text: str) -> Found:
        if not text:
            return ()
        dotted = "." in text.rpartition("/")[2]
        return (self._exact(text) if dotted else ()) or self._exact(text + ".md")

    def _exact(self, text: str) -> Found:
        """The files whose whole path this is; more than one only where paths differ in nothing but case or form."""
        key = folded(text)
        name = key.rpartition("/")[2]
        files = self._by_name.get(name, ())
        if len(files) == 1 and files[0] == text:
            return (files[0],)
        if len(files) > _FEW:
            return _as_written(self._table(name, files).exactly(key), text)
        return _as_written([path for path in files if folded(spelt(path)) == key], text)

    def _ending(self, text: str) -> Sequence[NotePath]:
        """The files whose path is this or ends with it behind a `/`."""
        key = folded(text)
        folder, _, name = key.rpartition("/")
        files = self._by_name.get(name, ())
        if not folder or not files:
            return files
        if len(files) > _FEW:
            return self._table(name, files).ending(key)
        tail = "/" + key
        return [path for path in files if ("/" + folded(spelt(path))).endswith(tail)]

    def _table(self, name: str, files: Sequence[NotePath]) -> _Table:
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = _Table(files)
        return table


def _by_last_name(files: Iterable[NotePath]) -> dict[str, Sequence[NotePath]]:
    by_name: dict[str, Sequence[NotePath]] = {}
    for path in sorted(dict.fromkeys(files)):  # nearly in order as they come, which a set would undo
        name = path[path.rfind("/") + 1 :]
        name = name.lower() if name.isascii() and "\\" not in name else folded(spelt(name)).rpartition("/")[2]
        others = by_name.get(name)
        if others is None:
            by_name[name] = (path,)
        elif isinstance(others, list):
            others.append(path)
        else:
            by_name[name] = [*others, path]
    return by_name


class _Table:
    """Many files of one name, in the order of their paths read backwards: those with one ending stand together."""

    __slots__ = ("_backwards", "_files")

    def __init__(self, files: Iterable[NotePath]) -> None:
        # Every path gets a `/` in front, so that a whole path is an ending like any other.
        rows = sorted((("/" + folded(spelt(path)))[::-1], path) for path in files)
        self._backwards = [backwards for backwards, _ in rows]
        self._files = [path for _, path in rows]

    def ending(self, key: str) -> list[NotePath]:
        start = ("/" + key)[::-1]
        first = bisect_left(self._backwards, start)
        after = bisect_left(self._backwards, start[:-1] + "0", first)  # `0` is the character behind `/`
        return sorted(self._files[first:after])

    def exactly(self, key: str) -> list[NotePath]:
        whole = ("/" + key)[::-1]
        first = after = bisect_left(self._backwards, whole)
        while after < len(self._files) and self._backwards[after] == whole:
            after += 1
        return self._files[first:after]


class Choice:
    """Several files that one text may mean: which, depends on the folder of its source."""

    __slots__ = ("_elsewhere", "_in_folder")

    def __init__(self, in_folder: dict[str, Found], elsewhere: Found) -> None:
        self._in_folder = in_folder
        self._elsewhere = elsewhere

    def seen_from(self, source: NotePath) -> Found:
        """The files that are meant by a link in this source."""
        return self._in_folder.get(source.rpartition("/")[0], self._elsewhere)


def _choice(files: Sequence[NotePath], text: str, always: Found = ()) -> Found | Choice:
    """What is meant among files further down, together with what is meant in any case."""
    if not files:
        return always
    if len(files) == 1:
        return tuple(sorted({*always, *files}))
    in_folder: defaultdict[str, list[NotePath]] = defaultdict(list)
    for path in files:
        in_folder[path.rpartition("/")[0]].append(path)
    shortest = min(map(_length, files))
    elsewhere = _as_written([path for path in files if _length(path) == shortest], text)
    return Choice(
        {folder: tuple(sorted({*always, *_as_written(own, text)})) for folder, own in in_folder.items()},
        tuple(sorted({*always, *elsewhere})),
    )


def _as_written(files: Sequence[NotePath], text: str) -> Found:
    """Of files whose paths differ only in case or form, those spelt as the link spells them, if there are any."""
    if len(files) < 2:
        return tuple(files)
    alike: defaultdict[str, list[NotePath]] = defaultdict(list)
    for path in files:
        alike[folded(spelt(path))].append(path)
    if len(alike) == len(files):
        return tuple(sorted(files))
    tail = "/" + text
    kept: list[NotePath] = []
    for group in alike.values():
        kept += [path for path in group if ("/" + spelt(path)).endswith(tail)] or group
    return tuple(sorted(kept))


def _stem(name: str) -> str:
    """What the names have in common that one link text can lead to: outer blanks and every `.md` left off."""
    shorter = name.strip().removesuffix(".md")
    return name if shorter == name else _stem(shorter)


def _length(path: NotePath) -> int:
    """The length of a path as JavaScript counts it."""
    return len(path) if path.isascii() else len(spelt(path).encode("utf-16-le", "surrogatepass")) // 2


def _without_dots(text: str) -> str:
    """A path with its `.` and `..` followed; empty if it leads out of the vault or ends in a folder."""
    parts: list[str] = []
    names = text.strip("/").split("/")
    if names[-1] in (".", ".."):
        return ""
    for name in names:
        if name == "..":
            if not parts:
                return ""
            parts.pop()
        elif name not in ("", "."):
            parts.append(name)
    return "/".join(parts)
