"""Random lives of a vault, looked at now and then: the ledger knows what a simple model of them knows."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ledger.worlds import World, day, text
from vaultprune.model import NotePath, Seen


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


@dataclass
class Life:
    """One note as it is now, and what those who looked could have seen of it."""

    body: str
    status: int = 0
    links: frozenset[str] = frozenset()
    was: tuple[str, int, frozenset[str]] | None = None
    first: int = -1
    since: int = -1
    edits: list[tuple[int, int]] = field(default_factory=list)
    properties: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    path: str | None = None
    gone: int | None = None
    formerly: list[tuple[str, int]] = field(default_factory=list)

    def text(self) -> str:
        return (
            f"---\nstatus: {self.status}\n---\n{self.body} {' '.join(f'[[{name}]]' for name in sorted(self.links))}\n"
        )


class Owner:
    """Someone who lives in the vault. A note is either edited or renamed between two looks, never both."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        self.lives: dict[str, Life] = {}
        self.gone: dict[str, Life] = {}
        self.looks: list[int] = []
        self.names = self.words = 0
        self.renamed: set[str] = set()
        self.old_names: dict[str, str] = {}
        self.shown: tuple[str, ...] = ()
        self.shown_before: tuple[str, ...] = ()
        for _ in range(self.chance.randrange(1, 15)):
            self.create()

    def act(self) -> None:
        ways = [self.create, self.edit, self.edit, self.status, self.touch, self.rename, self.delete, self.delete]
        ways += [self.restore, self.open]
        self.chance.choice(ways)()

    def one(self) -> str | None:
        free = sorted(path for path in self.lives if path not in self.renamed)
        return self.chance.choice(free) if free else None

    def body(self) -> str:
        self.words += 1
        return text(f"number{self.words}", *"w" * self.chance.randrange(5))

    def path(self) -> str:
        self.names += 1
        return f"{self.chance.choice(('', 'x/', 'x/y/', 'Archive/'))}N{self.names}.md"

    def put(self, path: str) -> None:
        self.world.write({path: self.lives[path].text()})

    def create(self) -> None:
        path = self.path()
        self.lives[path] = Life(self.body(), links=self.some_links(path))
        self.put(path)

    def some_links(self, path: str) -> frozenset[str]:
        if path.startswith("Archive/"):
            return frozenset()
        names = [_name(other) for other in sorted(self.lives) if other != path]
        return frozenset(self.chance.sample(names, min(len(names), self.chance.randrange(3))))

    def edit(self) -> None:
        if path := self.one():
            self.lives[path].body, self.lives[path].links = self.body(), self.some_links(path)
            self.put(path)
            self.renamed.add(path)  # not to be renamed before the next look

    def status(self) -> None:
        if path := self.one():
            self.lives[path].status += 1
            self.put(path)

    def touch(self) -> None:
        if path := self.one():
            os.utime(self.world.vault / path, (1_400_000_000, self.chance.randrange(1_400_000_000, 1_600_000_000)))

    def rename(self) -> None:
        if path := self.one():
            to = self.path()
            self.world.move(path, to)
            self.lives[to] = self.lives.pop(path)
            self.renamed.add(to)
            self.old_names[_name(to)] = _name(path)

    def delete(self) -> None:
        if path := self.one():
            self.world.remove(path)
            self.gone[path] = self.lives.pop(path)

    def restore(self) -> None:
        """Bring a note back: as it was, with other words, or under another name."""
        if not self.gone:
            return
        path = self.chance.choice(sorted(self.gone))
        life = self.gone.pop(path)
        to = path
        if self.chance.random() < 0.4:
            life.body = self.body()
        elif life.was is not None and (life.body, life.links) == (life.was[0], life.was[2]):
            to = self.chance.choice((path, self.path()))
            self.old_names[_name(to)] = _name(path)
        self.lives[to] = life
        self.put(to)
        self.renamed.add(to)

    def open(self) -> None:
        self.shown = tuple(self.chance.sample(sorted(self.lives), min(len(self.lives), self.chance.randrange(3))))
        self.world.open(*self.shown)

    def looked(self, now: int) -> None:
        """What the model sees on a day."""
        gained: list[str] = []
        for path, life in self.lives.items():
            state = (life.body, life.status, life.links)
            if life.was is None:
                life.first = life.since = now
                if self.looks and not path.startswith("Archive/"):
                    gained += life.links
            elif (life.body, life.links) != (life.was[0], life.was[2]):
                if not life.edits or life.edits[-1][1] != now:
                    before = [look for look in self.looks if life.gone is None or look < life.gone]
                    life.edits.append((max((life.first, *before[-1:])), now))
                life.since = now
                if not path.startswith("Archive/"):
                    lost = life.was[2] - life.links  # a link that only took the new name of a note is none
                    gained += {name for name in life.links - life.was[2] if self.old_names.get(name) not in lost}
            elif life.status != life.was[1] and now not in life.properties:
                life.properties.append(now)
            if life.path not in (None, path):
                life.formerly.append((str(life.path), now))
            life.was, life.path, life.gone = state, path, None
            if path in self.shown and self.looks and self.shown != self.shown_before and now not in life.opened:
                life.opened.append(now)
        for path, life in self.lives.items():
            life.linked += [now] * gained.count(_name(path))
        for life in self.gone.values():
            life.gone = now if life.gone is None else life.gone
        self.shown_before = self.shown
        self.looks.append(now)
        self.renamed.clear()
        self.old_names.clear()

    def knows(self) -> dict[NotePath, Seen]:
        return {
            NotePath(path): Seen(
                first=day(life.first),
                same_since=day(life.since),
                edits=tuple((day(before), day(by)) for before, by in reversed(life.edits)),
                properties=tuple(map(day, reversed(life.properties))),
                opened=tuple(map(day, reversed(life.opened))),
                linked=tuple(map(day, reversed(life.linked))),
                formerly=tuple((NotePath(old), day(until)) for old, until in reversed(life.formerly)),
            )
            for path, life in self.lives.items()
        }


@pytest.mark.parametrize("seed", range(40))
def test_it_knows_what_a_simple_model_knows(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path)
    owner = Owner(world, seed)
    now = 0
    for _ in range(15):
        now += owner.chance.choice((0, 1, 1, 5, 40))
        for _ in range(owner.chance.randrange(8)):
            owner.act()
        if owner.chance.random() < 0.3:  # whoever only asks is told the same as whoever looks, and changes nothing
            asked = world.recall(now).notes if owner.looks else None
            world.look(now)
            assert asked in (None, world.recall(now).notes)
        else:
            world.look(now)
        owner.looked(now)

        assert world.recall(now).notes == owner.knows()
