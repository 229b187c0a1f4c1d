"""Random vaults in which names collide all the time, with links of every style in every place, from a seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random

FOLDERS = (
    "",
    "",
    "a",
    "A",
    "b",
    "a/b",
    "b/a",
    "Archive",
    "Archive/a",
    "Archive/b",
    "x/Archive/a",
    "ä (1)",
    "R&D, it's",
)
STEMS = ("n", "n", "m", "N", "o", "v1.2", "Café", "a b", "100%", "say 'x'", "n(1)", "日本", "i.png")
ENDINGS = (".md", ".md", ".md", ".md", ".png", ".canvas", ".MD", ".md.md")
TAILS = ("", "", "", "#h", "#^b", "#a#b", "# h")
SHOWN = ("", "", "|x", "|a|b", "| ")
TITLES = ("", "", ' "T"', " 'T'")


@dataclass(frozen=True)
class World:
    files: dict[str, bytes]
    chosen: tuple[str, ...]


def world(seed: int) -> World:
    """A vault and some of its notes."""
    random = Random(seed)
    paths = _paths(random)
    files = {path: _contents(random, path, paths) for path in paths}
    live = [path for path in paths if not path.startswith("Archive/") or random.random() < 0.1]
    notes = sorted(path for path in live if path.lower().endswith(".md"))
    chosen = random.sample(notes, min(len(notes), random.choice((1, 1, 2, 3, 5, 9))))
    return World(files, tuple(chosen))


def _paths(random: Random) -> list[str]:
    found: dict[str, str] = {}
    for _ in range(random.randint(3, 14)):
        folder = random.choice(FOLDERS)
        name = random.choice(STEMS) + random.choice(ENDINGS)
        path = f"{folder}/{name}" if folder else name
        found.setdefault(path, path)
    found.setdefault("top.md", "top.md")
    return list(found)


def _contents(random: Random, path: str, paths: list[str]) -> bytes:
    if path.endswith(".canvas"):
        return _canvas(random, path, paths)
    if not path.lower().endswith(".md"):
        return b"\x89PNG"
    lines = [_line(random, path, paths) for _ in range(random.randint(0, 6))]
    text = "\n".join(lines)
    if random.random() < 0.3:
        text = "---\n" + "".join(_property(random, path, paths) for _ in range(random.randint(0, 3))) + "---\n" + text
    if random.random() < 0.2:
        text = text.replace("\n", "\r\n")
    data = text.encode()
    if random.random() < 0.1:
        data = b"\xef\xbb\xbf" + data
    return data + b"\n\xff\xfe [[n]]" if random.random() < 0.1 else data


def _path_text(random: Random, source: str, paths: list[str]) -> str:
    """A link's path to some file, in one of the ways in which people write them."""
    target = random.choice(paths)
    if random.random() < 0.6 and target.lower().endswith(".md"):
        target = target[:-3]
    folder = source.rpartition("/")[0]
    parts = target.split("/")
    style = random.randint(0, 8)
    if style <= 1:
        return parts[-1]
    if style == 2:
        return "/".join(parts[-2:])
    if style == 3:
        return "/" + target
    if style == 4:
        return "./" + target if not folder else "../" * (folder.count("/") + 1) + target
    if style == 5 and folder and target.startswith(folder + "/"):
        return random.choice(("./", "")) + target[len(folder) + 1 :]
    if style == 6:
        return random.choice((target.upper(), "nowhere", "../nowhere", target.replace("/", "//"), " " + target + " "))
    return target


def _encoded(random: Random, text: str) -> str:
    text = text.replace("%", "%25") if random.random() < 0.7 else text
    text = text.replace(" ", "%20")
    if random.random() < 0.3:
        text = "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in text)
    return text


def _wikilink(random: Random, source: str, paths: list[str], *, table: bool = False) -> str:
    shown = random.choice(SHOWN)
    if table:
        shown = shown.replace("|", "\\|")
    embed = random.choice(("", "", "!"))
    return f"{embed}[[{_path_text(random, source, paths)}{random.choice(TAILS)}{shown}]]"


def _destination(random: Random, source: str, paths: list[str]) -> str:
    text = _path_text(random, source, paths)
    tail = random.choice(TAILS)
    return f"<{text}{tail}>" if random.random() < 0.3 else _encoded(random, text + tail.replace(" ", ""))


def _link(random: Random, source: str, paths: list[str]) -> str:
    if random.random() < 0.6:
        return _wikilink(random, source, paths)
    label = random.choice(("t", "", "![i](i.png)", "a b"))
    return f"{random.choice(('', '!'))}[{label}]({_destination(random, source, paths)}{random.choice(TITLES)})"


def _line(random: Random, source: str, paths: list[str]) -> str:
    link = _link(random, source, paths)
    kind = random.randint(0, 12)
    if kind == 0:
        return f"```\n{link}\n```\n{link}"
    if kind == 1:
        return f"`{link}` {link} <!-- {link} -->"
    if kind == 2:
        cell = _wikilink(random, source, paths, table=True)
        return f"\n| a | b |\n| - | - |\n| {cell} | {link if '|' not in link else ''} |\n"
    if kind == 3:
        return f"%%\n{link}\n%%"
    if kind == 4:
        return f"\n[r] and [t][r]\n\n[r]: {_destination(random, source, paths)}{random.choice(TITLES)}\n"
    if kind == 5:
        return f"> [!note] {link}\n> - [ ] {_link(random, source, paths)}\n"
    if kind == 6:
        return f"# {link} #tag"
    if kind == 7:
        return f'<a href="{_path_text(random, source, paths)}">x</a> obsidian://open?file={_encoded(random, "a/n")}'
    if kind == 8:
        return f"- {link}\n    - {_link(random, source, paths)} ${link}$"
    return f"words {link} more {_link(random, source, paths)}"


def _property(random: Random, source: str, paths: list[str]) -> str:
    link = _link(random, source, paths) if random.random() < 0.4 else _wikilink(random, source, paths)
    key = random.choice(("up", "down", "aliases", "a.b"))
    if random.random() < 0.3:
        link = f"see {link} there"
    double = '"' + link.replace("\\", "\\\\").replace('"', '\\"') + '"'
    single = "'" + link.replace("'", "''") + "'"
    value = random.choice((double, single, f"\n  - {double}\n  - {single}", f"[{double}, x]", link, f"|\n  {link}"))
    return f"{key}: {value}\n"


def _canvas(random: Random, source: str, paths: list[str]) -> bytes:
    nodes: list[dict[str, object]] = []
    for _ in range(random.randint(0, 4)):
        if random.random() < 0.5:
            nodes.append({"type": "file", "file": random.choice(paths), "subpath": "#h"})
        else:
            text = "\n".join(_line(random, source, paths) for _ in range(random.randint(1, 2)))
            nodes.append({"type": "text", "text": text})
    written = json.dumps({"nodes": nodes}, ensure_ascii=random.random() < 0.5, indent=random.choice((None, "\t")))
    return (written.replace("/", "\\/") if random.random() < 0.2 else written).encode()
