"""A vault on disk that is changed at random, and two ways to look at it: with what is remembered, and without."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path

from tests.build import write_tree
from vaultprune.cli.pages import page
from vaultprune.config import Config
from vaultprune.model import FORGETFUL, Memory
from vaultprune.reading import read_vault
from vaultprune.reports import EXPLANATIONS, LINK_REPORTS, REPORTS, STATUS
from vaultprune.reports.page import View
from vaultprune.state import Store
from vaultprune.vault import open_vault
from vaultprune.verdict import judge

LATER = timedelta(hours=1)
"""How much later than the last change a look is taken: nothing is then so new that it must be read again."""

PLAIN = Config(dates=("property", "filename", "mtime"))
VIEW = View(columns=80, colour=False, limit=None, named=None)

SMALL: dict[str, str | bytes] = {
    "Home.md": "[[Ideas]] [[deep/Old|old]] ![[pic.png]]\n",
    "Ideas.md": "---\ntags: [seed, status/done]\naliases: Thoughts\nmodified: 2024-03-01\n---\n[[Home]] #x\n- [ ] do\n",
    "deep/Old.md": "[[Ideas]] [[nowhere]] [b](../Home.md)\n",
    "deep/Ideas.md": "---\nup: '[[Home]]'\nn: [1, 2.5, true, null, [a]]\n---\n```dataview\nlist from #seed\n```\n",
    "2023-04-05.md": "[[Old]] [[Ideas]]\n",
    "broken.md": b"---\na: [\n---\n\xff\xfe",
    "map.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "deep/Old.md"}], "edges": []}',
    "list.base": "filters: file.inFolder('deep')",
    "pic.png": b"\x89PNG",
    ".obsidian/app.json": "{}",
    ".obsidian/bookmarks.json": '{"items": [{"type": "file", "path": "Home.md"}]}',
}


def small(folder: Path) -> Path:
    """A vault with a little of everything."""
    return write_tree(folder / "Garden", SMALL)


def now() -> datetime:
    return datetime.now().astimezone()


def looked_at(vault: Path, memory: Memory, config: Config = PLAIN, taken_at: datetime | None = None) -> tuple[str, ...]:
    """Every document that a run could give."""
    snapshot = read_vault(vault, config, taken_at or now() + LATER, memory=memory)
    judgement = judge(open_vault(snapshot, config))
    pages = [REPORTS["json"](judgement, VIEW), LINK_REPORTS["json"](judgement.vault, VIEW)]
    pages.append(page(snapshot, config, "report", VIEW, lambda: REPORTS["text"](judgement, VIEW)))
    pages.append(page(snapshot, config, "status", VIEW, lambda: STATUS(judgement, VIEW)))
    pages.append(page(snapshot, config, "links", VIEW, lambda: LINK_REPORTS["text"](judgement.vault, VIEW)))
    pages.append(repr(list(snapshot.notes)))
    if judgement.words:
        number = min(judgement.words)
        pages.append(EXPLANATIONS["json"](judgement, number, lambda _path, _line: None, VIEW))
    return tuple(pages)


def same_with_and_without(vault: Path, folder: Path, config: Config = PLAIN, taken_at: datetime | None = None) -> Store:
    """Look twice, with memory and without, and remember; both must have seen the same."""
    taken_at = taken_at or now() + LATER
    store = Store(vault, folder=folder)
    remembered = looked_at(vault, store, config, taken_at)
    assert remembered == looked_at(vault, FORGETFUL, config, taken_at)
    store.save()
    return store


WORDS = ("Ideas", "Home", "deep/Old", "nowhere", "Neu", "x/Home", "pic.png", "a", "b", "É", "2023-04-05")


class Gardener:
    """Someone who changes a vault at random; the same seed, the same changes."""

    def __init__(self, vault: Path, seed: int) -> None:
        self.vault, self.random = vault, random.Random(seed)

    def text(self) -> str:
        links = " ".join(f"[[{self.random.choice(WORDS)}]]" for _ in range(self.random.randrange(4)))
        tags = " ".join(f"#{self.random.choice('abc')}" for _ in range(self.random.randrange(2)))
        task = "\n- [ ] do it" if self.random.random() < 0.2 else ""
        state = self.random.choice(
            ("", "", "", "n: 1\n", "n: true\n", "n: 1.0\n", "n: [1, [true]]\n", "vaultprune-x: 1\n")
        )
        head = f"---\n{state}modified: 20{self.random.randrange(18, 26)}-0{self.random.randrange(1, 9)}-11\n---\n"
        return (head if self.random.random() < 0.5 else "") + f"{links} {tags} words{task}{self.more()}\n"

    def more(self) -> str:
        """Something that a note seldom holds."""
        return self.random.choice(
            ("", "", "", "", "\n```dataview\nlist from #a\n```", "\n[[#Here]] <a href='Home'>x</a>")
        )

    def notes(self) -> list[Path]:
        return sorted(path for path in self.vault.rglob("*.md") if path.relative_to(self.vault).parts[0] != ".git")

    def one(self) -> Path:
        return self.random.choice(self.notes())

    def place(self, ending: str = ".md") -> Path:
        folder = self.random.choice(("", "", "deep", "x", "x/y", "Archive"))
        name = self.random.choice(("a", "b", "c", "Ideas", "Home", "Neu", "É", "2024-05-06"))
        place = self.vault / folder / f"{name}{ending}"
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def change(self) -> None:
        """One change, or none."""
        ways = (
            *(self.edit, self.edit, self.edit, self.add, self.add, self.move, self.delete, self.touch, self.attach),
            *(self.edit_unseen, self.canvas, self.base, self.app, self.decide, self.link_away),
        )
        self.random.choice(ways)()
        time.sleep(0.005)  # longer than the file system's own clock ticks

    def edit(self) -> None:
        self.one().write_text(self.text(), encoding="utf-8")

    def edit_unseen(self) -> None:
        """An edit that keeps size and modified time, as some programs make them."""
        place = self.one()
        known, text = place.stat(), place.read_bytes()
        place.write_bytes(text.replace(b"a", b"b") if b"a" in text else text)
        os.utime(place, ns=(known.st_atime_ns, known.st_mtime_ns))

    def add(self) -> None:
        self.place().write_text(self.text(), encoding="utf-8")

    def move(self) -> None:
        self.one().rename(self.place())

    def delete(self) -> None:
        if len(self.notes()) > 3:
            self.one().unlink()

    def touch(self) -> None:
        when = self.random.randrange(1_400_000_000, 1_750_000_000)
        os.utime(self.one(), (when, when))

    def attach(self) -> None:
        place = self.place(self.random.choice((".png", ".pdf", ".md.txt")))
        place.unlink() if place.exists() else place.write_bytes(b"x")

    def canvas(self) -> None:
        node = {"id": "1", "type": "file", "file": self.random.choice(WORDS) + ".md"}
        self.place(".canvas").write_text(f'{{"nodes": [{node}], "edges": []}}'.replace("'", '"'), encoding="utf-8")

    def base(self) -> None:
        self.place(".base").write_text(f"filters: file.hasTag('{self.random.choice('abc')}')", encoding="utf-8")

    def app(self) -> None:
        path = self.random.choice(WORDS) + ".md"
        (self.vault / ".obsidian/bookmarks.json").write_text(
            f'{{"items": [{{"type": "file", "path": "{path}"}}]}}', encoding="utf-8"
        )

    def decide(self) -> None:
        folder = self.vault / ".vaultprune/decisions"
        folder.mkdir(parents=True, exist_ok=True)
        path = self.one().relative_to(self.vault).as_posix()
        about = f'"what": "keep", "scope": "note", "name": "{path}"'
        said = f'{{"schema": 1, "at": "2025-01-01T10:00:00+00:00", {about}}}\n'
        with (folder / "d1.jsonl").open("a", encoding="utf-8") as file:
            file.write(said)

    def link_away(self) -> None:
        """A note reached through a symbolic link, or its target changed."""
        outside = write_tree(self.vault.parent / "outside", {"there.md": self.text()}) / "there.md"
        place = self.vault / "linked.md"
        if not place.is_symlink():
            place.symlink_to(outside)


def git(folder: Path, *words: str, when: str = "2025-11-19T12:00:00+00:00") -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    times = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), when)
    subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, env={**os.environ, **times}
    )


def copied(folder: Path, to: Path) -> Path:
    """A copy of a folder with its times."""
    return Path(shutil.copytree(folder, to, symlinks=True))
