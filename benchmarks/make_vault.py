"""A number of notes and a seed in; a realistic vault on disk out, the same one every time.

    python benchmarks/make_vault.py --notes 10000 --seed 1 --out /tmp/10k

The same options give the same bytes and file times on every machine. Sizes of notes are log-normal, sizes of
folders and numbers of backlinks follow power laws; the text of the notes is made in `note_text.py`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

from note_text import Life, Page, Prose
from note_words import FOREIGN, TAGS, WORDS

DAY = 86_400
YEARS = 6
LARGEST = 400_000
TOPICS = (
    "Areas",
    "Books",
    "Courses",
    "Ideas",
    "Maps",
    "People",
    "Projects",
    "Recipes",
    "Sources",
    "Talks",
    "Travel",
    "Work",
    "Writing",
)
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a vault should be like. Shares are of all notes, sizes are in bytes."""

    notes: int
    seed: int = 1
    median: float = 1030
    mean: float = 2750
    properties: float = 0.6
    orphans: float = 0.15
    dangling: float = 0.05
    newest: date = date(2026, 6, 30)


def make_vault(shape: Shape, folder: str) -> dict[str, object]:
    """Write the vault into an empty or missing folder and say what is in it."""
    random = Random(shape.seed)
    names = _names(shape, random)
    lives = [_life(shape, random, name) for name in names]
    links, orphans = _links(shape, random, names)
    twins = Counter(name.rpartition("/")[2].lower() for name in names)
    attachments = shape.notes // 20
    prose = Prose(
        random=random,
        names=names,
        twins=frozenset(base for name in names if twins[(base := name.rpartition("/")[2]).lower()] > 1),
        attachments=attachments,
    )
    for parent in sorted({os.path.dirname(name) for name in names} | {"attachments", "boards", ".obsidian", ".trash"}):
        os.makedirs(os.path.join(folder, parent), exist_ok=True)
    sigma = math.sqrt(2 * math.log(shape.mean / shape.median))
    sizes: list[int] = []
    for name, life, targets in zip(names, lives, links, strict=True):
        wanted = min(LARGEST, int(random.lognormvariate(math.log(shape.median), sigma)))
        with_properties = random.random() < shape.properties
        text = "" if random.random() < 0.005 and not targets else None
        if text is None:
            text = prose.write(Page(name, targets, wanted, life, with_properties))
        data = _encoded(text, random)
        sizes.append(len(data))
        _write(folder, f"{name}.md", data, _file_time(life, random, shape))
    _write_others(shape, random, names, attachments, folder)
    sizes.sort()
    return {
        "notes": len(names),
        "bytes": sum(sizes),
        "median_bytes": sizes[len(sizes) // 2],
        "mean_bytes": round(sum(sizes) / len(sizes)),
        "orphans_by_design": orphans,
        "most_backlinks": max(Counter(target for targets in links for target in targets).values(), default=0),
        "attachments": attachments,
        **asdict(prose.counts),
    }


# --- names and dates ----------------------------------------------------------------------------------


def _names(shape: Shape, random: Random) -> list[str]:
    """The paths of all notes without `.md`: dated ones, templates, and the rest in folders of power-law size."""
    folders = _folders(shape, random)
    weights = list(accumulate(1 / (rank + 1) ** 0.9 for rank in range(len(folders))))
    days = min(shape.notes // 8, YEARS * 330)
    names = [f"Journal/{shape.newest - timedelta(days=int(this * YEARS * 365 / days))}" for this in range(days)]
    names += [f"Templates/{topic} template" for topic in TOPICS[: max(1, min(len(TOPICS), shape.notes // 50))]]
    names = names[: shape.notes]
    taken = {name.lower() for name in names}
    while len(names) < shape.notes:
        parent = folders[bisect(weights, random.random() * weights[-1])]
        base = names[int(random.random() * len(names))].rpartition("/")[2] if random.random() < 0.02 else ""
        name = parent + (base or _base_name(shape, random))
        key = unicodedata.normalize("NFC", name).lower()
        if key not in taken:
            taken.add(key)
            names.append(name)
    return names


def _folders(shape: Shape, random: Random) -> list[str]:
    folders = ["", *(f"{topic}/" for topic in TOPICS)]
    for number in range(int(shape.notes**0.5 / 2)):
        parent = folders[int(len(folders) * random.random() ** 2)]
        word = random.choice(FOREIGN) if random.random() < 0.08 else random.choice(WORDS).title()
        folders.append(f"{parent if parent.count('/') < 5 else ''}{word} {number}/")
    return folders


def _base_name(shape: Shape, random: Random) -> str:
    number = int(random.random() * shape.notes * 3)
    words = random.choices(WORDS, k=1 + int(random.random() * 4))
    form = random.random()
    if form < 0.07:
        name = f"{random.choice(FOREIGN)} {words[0]} {number}"
        return unicodedata.normalize("NFD", name) if random.random() < 0.1 else name
    if form < 0.13:
        return f"{20_200_101 + int(random.random() * 60_000)}{number % 10_000:04d} {words[0]}"
    if form < 0.45:
        return f"{' '.join(words).title()} {number}"
    if form < 0.52:
        return f"{'-'.join(words)}-{number}"
    if form < 0.55:
        return f"{words[0]}_{words[-1]} v{number}.{number % 7}"
    if form < 0.57:
        return f"{words[0].title()} & {words[-1]} ({number}), it's"
    return f"{' '.join(words).capitalize()} {number}"


def _life(shape: Shape, random: Random, name: str) -> Life:
    """Begun within six years; every third note is never edited after its first day, the others more and more rarely."""
    newest = int(datetime.combine(shape.newest, datetime.min.time(), UTC).timestamp())
    if name.startswith("Journal/"):
        created = int(datetime.fromisoformat(f"{name[-10:]}T20:00:00+00:00").timestamp())
    else:
        created = newest - int(random.random() ** 1.3 * YEARS * 365 * DAY)
    if random.random() < 0.35:
        return Life(created, created)
    return Life(created, created + int((newest - created) * random.random() ** 2) if created < newest else created)


def _file_time(life: Life, random: Random, shape: Shape) -> int:
    """The last edit for one half of the notes; for the other the later day on which a copy or a sync stamped many."""
    if random.random() < 0.5:
        return life.modified
    newest = int(datetime.combine(shape.newest, datetime.min.time(), UTC).timestamp())
    step = 90 * DAY
    stamps = range(newest - (newest - life.modified) // step * step, newest + 1, step)
    return stamps[int(random.random() * len(stamps))] if stamps else life.modified


# --- links ----------------------------------------------------------------------------------------------


def _links(shape: Shape, random: Random, names: Sequence[str]) -> tuple[list[list[str]], int]:
    """For every note the paths it links to. Popularity is a power law; orphans by design are never linked to."""
    order = list(range(len(names)))
    random.shuffle(order)
    orphans = frozenset(order[: int(len(names) * shape.orphans)])
    popular = order[len(orphans) :]
    weights = list(accumulate(1 / (rank + 3) ** 0.85 for rank in range(len(popular))))
    links = []
    for number in range(len(names)):
        isolated = number in orphans and random.random() < 0.5
        wanted = 0 if isolated else min(300, int(random.lognormvariate(1.15, 1.1)))
        links.append(
            [
                f"?Missing {random.choice(WORDS)} {int(random.random() * shape.notes)}"
                if random.random() < shape.dangling
                else names[popular[bisect(weights, random.random() * weights[-1])]]
                for _ in range(wanted)
            ]
        )
    return links, len(orphans)


# --- files ----------------------------------------------------------------------------------------------


def _encoded(text: str, random: Random) -> bytes:
    if random.random() < 0.03:
        text = text.replace("\n", "\r\n")
    data = text.encode()
    return b"\xef\xbb\xbf" + data if random.random() < 0.005 else data


def _write(folder: str, path: str, data: bytes, moment: int) -> None:
    whole = os.path.join(folder, path)
    with open(whole, "xb") as file:
        file.write(data)
    os.utime(whole, (moment, moment))


def _write_others(shape: Shape, random: Random, names: Sequence[str], attachments: int, folder: str) -> None:
    """Attachments, canvases, a base, the settings of the app, and a note in its trash."""
    newest = int(datetime.combine(shape.newest, datetime.min.time(), UTC).timestamp())

    def write(path: str, data: bytes | str | dict[str, object] | list[str], moment: int = newest) -> None:
        if isinstance(data, (dict, list)):
            data = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        _write(folder, path, data.encode() if isinstance(data, str) else data, moment)

    def some(number: int) -> list[str]:
        return [f"{random.choice(names)}.md" for _ in range(number)]

    for number in range(attachments):
        write(
            f"attachments/image {number}.png", PNG_HEAD + bytes(56), newest - int(random.random() * YEARS * 365 * DAY)
        )
    for number in range(max(1, shape.notes // 500)):
        nodes: list[dict[str, object]] = [
            {"id": f"{this:016x}", "type": "file", "file": path, "x": this * 300, "y": 0, "width": 250, "height": 200}
            for this, path in enumerate(some(6))
        ]
        linked = random.choice(names).rpartition("/")[2]
        nodes.append({"id": "t", "type": "text", "text": f"See [[{linked}]] #{random.choice(TAGS)}", "x": 0, "y": 300})
        edges = [{"id": "e", "fromNode": nodes[0]["id"], "toNode": nodes[1]["id"]}]
        write(f"boards/Board {number}.canvas", {"nodes": nodes, "edges": edges})
    write(
        "boards/Books.base", 'filters:\n  and:\n    - file.hasTag("book")\nviews:\n  - type: table\n    name: Books\n'
    )
    write(".obsidian/app.json", {"newLinkFormat": "shortest", "alwaysUpdateLinks": True})
    write(".obsidian/daily-notes.json", {"folder": "Journal", "format": "YYYY-MM-DD"})
    write(".obsidian/templates.json", {"folder": "Templates"})
    write(".obsidian/community-plugins.json", ["dataview", "obsidian-tasks-plugin"])
    marked = [{"type": "file", "path": path, "ctime": newest * 1000} for path in some(3)]
    write(".obsidian/bookmarks.json", {"items": marked})
    write(".obsidian/workspace.json", {"lastOpenFiles": some(10)})
    write(".trash/Gone.md", f"[[{names[0]}]]\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a realistic vault, the same one for the same options.")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, help="a folder that is empty or not there yet")
    options = parser.parse_args()
    if options.notes < 1:
        parser.error("a vault has at least one note")
    if os.path.isdir(options.out) and os.listdir(options.out):
        parser.error(f"{options.out} is not empty; nothing was written")
    json.dump(make_vault(Shape(options.notes, options.seed), options.out), sys.stdout)
    print()


if __name__ == "__main__":
    main()
