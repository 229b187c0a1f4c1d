"""Small vaults for breaking things: what stands in them, what shall happen, and what they must look like then."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.plan_form import make_plan
from vaultprune.model import Move, NotePath, Plan, Rewrite, Span

AT = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
DEVICE = "0123abcd"
OLD = 1_500_000_000_123_456_789
FULL = os.environ.get("VAULTPRUNE_TORTURE") == "1"
"""Whether to run the full counts, as `make torture` does, and not the share that fits an ordinary run."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A file as it lies there, all that an undo has to give back."""

    data: bytes
    mode: int
    attributes: tuple[tuple[str, bytes], ...]
    mtime_ns: int


State = dict[str, Fact | None]
"""Path -> file; a folder is None under its path with a slash."""


@dataclass(frozen=True, slots=True)
class Relink:
    """One link that changes: the text that stands in `path`, the text that will, and the moves it is due to."""

    path: str
    before: bytes
    after: bytes
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    files: dict[str, bytes]
    moves: tuple[tuple[str, str], ...]
    links: tuple[Relink, ...]
    together: tuple[tuple[str, ...], ...] = ()

    def build(self, vault: Path) -> Path:
        """Write it, every file with a mode, a time and an attribute that it can be known by."""
        for number, (path, data) in enumerate(self.files.items()):
            place = vault / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            place.chmod(0o640 if number % 2 else 0o604)
            with suppress(OSError):
                os.setxattr(place, "user.colour", str(number).encode())
            os.utime(place, ns=(OLD + number, OLD + number))
        return vault

    def plan(self) -> Plan:
        """The plan for all of it."""
        moves = [
            Move(NotePath(source), NotePath(target), sha(self.files[source]), len(self.files[source]))
            for source, target in self.moves
        ]
        rewrites = []
        for path in dict.fromkeys(link.path for link in self.links):
            data = self.files[path]
            spans = tuple(
                Span(at, at + len(link.before), link.before, link.after, tuple(map(NotePath, link.because)))
                for link in self.links
                if link.path == path
                for at in (data.index(link.before),)
            )
            rewrites.append(Rewrite(NotePath(path), sha(data), spans))
        return make_plan(moves, rewrites, together=[list(map(NotePath, row)) for row in self.together])

    def whole(self, done: set[str]) -> bool:
        """Whether of what belongs together all was set aside, or none."""
        return all(done.issuperset(row) or done.isdisjoint(row) for row in self.together)

    def after(self, done: Iterable[str]) -> dict[str, bytes]:
        """What must stand where, once just these notes have been set aside."""
        done = set(done)
        found = dict(self.files)
        for link in self.links:
            if done.issuperset(link.because):
                found[link.path] = found[link.path].replace(link.before, link.after, 1)
        targets = dict(self.moves)
        return {targets[path] if path in done else path: data for path, data in found.items()}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def link(path: str, before: str, after: str, *because: str) -> Relink:
    return Relink(path, before.encode(), after.encode(), because)


FOUR = World(
    {
        "Ideas/One.md": b"# One\r\nsee [two](Two.md#x) and [[Deep/er/Three|3]]\r\n",
        "Ideas/Two.md": b"\xef\xbb\xbftwo [[Ideas/One]]\xff, no end",
        "Deep/er/Three.md": b"three\n",
        "Inbox/Empty.md": b"",
        "Map.md": b"- [[Ideas/One|1]]\n- ![[Deep/er/Three#h]]\n- [[Ideas/One plus]]\n",
        "Board.canvas": b'{"nodes":[{"file":"Ideas/One.md"},{"file":"Deep/er/Three.md"}]}',
        "Ideas/One plus.md": b"not one\n",
    },
    (
        ("Ideas/One.md", "Archive/Ideas/One.md"),
        ("Inbox/Empty.md", "Archive/Inbox/Empty.md"),
        ("Ideas/Two.md", "Archive/Ideas/Two.md"),
        ("Deep/er/Three.md", "Archive/Deep/er/Three.md"),
    ),
    (
        link("Map.md", "Ideas/One", "Archive/Ideas/One", "Ideas/One.md"),
        link("Map.md", "Deep/er/Three", "Archive/Deep/er/Three", "Deep/er/Three.md"),
        link("Board.canvas", "Ideas/One.md", "Archive/Ideas/One.md", "Ideas/One.md"),
        link("Board.canvas", "Deep/er/Three.md", "Archive/Deep/er/Three.md", "Deep/er/Three.md"),
        link("Ideas/Two.md", "Ideas/One", "Archive/Ideas/One", "Ideas/One.md"),
        link("Ideas/One.md", "Two.md", "./Two.md", "Ideas/Two.md"),
        link("Ideas/One.md", "Deep/er/Three", "Archive/Deep/er/Three", "Deep/er/Three.md"),
        link("Ideas/Two.md", "two ", "TWO ", "Ideas/Two.md"),
    ),
)
"""Four notes: one that links to the others, one that links back and to itself, one empty, one in deep folders."""

TWO = World(
    {
        "a/X.md": b"x [y](../b/Y.md)\n",
        "b/Y.md": b"y\n",
        "Hub.md": b"[[a/X]] [[b/Y]]\n",
    },
    (("a/X.md", "Archive/a/X.md"), ("b/Y.md", "Archive/b/Y.md")),
    (
        link("Hub.md", "a/X", "Archive/a/X", "a/X.md"),
        link("Hub.md", "b/Y", "Archive/b/Y", "b/Y.md"),
        link("a/X.md", "../b/Y.md", "../../b/Y.md", "a/X.md"),
    ),
)
"""Two notes and the hub that links to both; one has a relative link of its own."""

BUSY = replace(TWO, files=TWO.files | {"Archive/a/Older.md": b"older\n"})
"""The same, in a vault that has an archive already."""

ROW = World(
    TWO.files | {"c/Z.md": b"[y](../b/Y.md)\n"},
    (("c/Z.md", "Archive/c/Z.md"), *TWO.moves),
    (*TWO.links[:2], link("c/Z.md", "../b", "../../b", "c/Z.md"), link("c/Z.md", "/Y.md", "//Y.md", "b/Y.md")),
    (("a/X.md", "b/Y.md"),),
)
"""Three notes, two of which belong together: the link from one to the other is right as long as both or none move."""


# --- looking ----------------------------------------------------------------------------------------


def state(vault: Path) -> State:
    """Everything in a vault but the tool's own folder."""
    found: State = {}
    for folder, folders, names in os.walk(vault):
        here = Path(folder)
        if here == vault:
            folders[:] = [name for name in folders if name != ".vaultprune"]
        for name in folders:
            found[f"{(here / name).relative_to(vault).as_posix()}/"] = None
        for name in names:
            found[(here / name).relative_to(vault).as_posix()] = fact(here / name)
    return found


def fact(place: Path) -> Fact:
    status = place.stat()
    try:
        attributes = tuple((name, os.getxattr(place, name)) for name in sorted(os.listxattr(place)))
    except OSError:
        attributes = ()
    return Fact(place.read_bytes(), stat.S_IMODE(status.st_mode), attributes, status.st_mtime_ns)


def texts(found: State) -> dict[str, bytes]:
    return {path: fact.data for path, fact in found.items() if fact is not None}


def kept(vault: Path) -> set[bytes]:
    """Every byte string that is in the vault, or in the journal under its own digest."""
    found = {fact.data for fact in state(vault).values() if fact is not None}
    for place in (vault.joinpath(*JOURNAL)).glob("*/blobs/*"):
        data = place.read_bytes()
        if sha(data) == place.name:
            found.add(data)
    return found


def check_as_it_must_be(vault: Path, world: World, before: State, done: Iterable[str], exact: bool = False) -> None:
    """The vault is as it was with just these notes set aside: bytes, modes, attributes, and the times of moved notes.

    `exact`: no folder too many, and times as before of everything that has its bytes from before.
    """
    done = set(done)
    now = state(vault)
    assert texts(now) == world.after(done)
    home = {target: source for source, target in world.moves}
    for path, found in now.items():
        if found is None:
            continue
        was = before[home.get(path, path)]
        assert was is not None
        assert (found.mode, found.attributes) == (was.mode, was.attributes), path
        if found.data == was.data and not path.endswith(".canvas"):
            assert found.mtime_ns == was.mtime_ns, path
        if found.data != was.data:
            assert found.mtime_ns > was.mtime_ns, path
    if exact:
        assert {path for path in now if path.endswith("/")} == {path for path in before if path.endswith("/")}


MEMORY = Path("/dev/shm")
PLACE = MEMORY if os.access(MEMORY, os.W_OK) else None
"""Where vaults are made: in memory where that is possible, since these tests make thousands of them."""


@contextmanager
def fresh() -> Iterator[Path]:
    """An empty folder."""
    folder = Path(tempfile.mkdtemp(prefix="vaultprune-", dir=PLACE))
    try:
        vault = folder / "vault"
        vault.mkdir()
        yield vault
    finally:
        shutil.rmtree(folder)


def say(line: str) -> None:
    """Print a figure past pytest's capturing, so that every run shows what it counted."""
    FIGURES.append(line)


FIGURES: list[str] = []
