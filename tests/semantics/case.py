"""What one case of a rule looks like: a small vault, and how Obsidian reads one note of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

Target = str | tuple[str, ...] | None
Expected = tuple[str, str, Target]
"""Kind, path as written, and where it leads: a file, several that tie, or None."""


@dataclass(frozen=True)
class Symlink:
    """A symbolic link to put in the vault; `to` is relative to the vault folder."""

    to: str


Content = str | bytes | Symlink


@dataclass(frozen=True)
class Case:
    """One part of one rule. `text` is the note `at`; what is None is not asked.

    `sure` is False where nobody measured the app and the expectation is the reading that keeps a note.
    `soft` are (kind, target) pairs of links that are told but make no backlink; at least these are found.
    """

    rule: str
    id: str
    text: str | bytes
    links: tuple[Expected, ...] | None = None
    tags: tuple[str, ...] | None = None
    aliases: tuple[str, ...] | None = None
    open_tasks: tuple[int, ...] | None = None
    soft: tuple[tuple[str, Target], ...] = ()
    notes: tuple[str, ...] | None = None
    backlinks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    orphans: tuple[str, ...] | None = None
    dead_ends: tuple[str, ...] | None = None
    at: str = "Home.md"
    files: dict[str, Content] = field(default_factory=lambda: {"a.md": "", "b.md": ""})
    sure: bool = True

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.id}"

    def write(self, vault: Path) -> None:
        """Put the case's files into a vault folder, which is made."""
        (vault / ".obsidian").mkdir(parents=True)
        for path, content in {**self.files, self.at: self.text}.items():
            file = vault / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Symlink):
                file.symlink_to(vault / content.to)
            else:
                file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def only(*paths: str) -> dict[str, Content]:
    """Empty files of these names."""
    return dict.fromkeys(paths, "")


def to(kind: str, text: str, target: Target | bool = True) -> Expected:
    """A link; unless told otherwise it leads to the note of its own name."""
    if isinstance(target, bool):
        target = text if "." in text.rpartition("/")[2] else f"{text}.md"
    return (kind, text, target)


def wiki(text: str, target: Target | bool = True) -> Expected:
    return to("wikilink", text, target)


def embed(text: str, target: Target | bool = True) -> Expected:
    return to("embed", text, target)


def mark(text: str, target: Target | bool = True) -> Expected:
    return to("markdown", text, target)


def image(text: str, target: Target | bool = True) -> Expected:
    return to("image", text, target)


def prop(text: str, target: Target | bool = True) -> Expected:
    return to("property", text, target)


A = (wiki("a"),)
AB = (wiki("a"), wiki("b"))
NONE: tuple[Expected, ...] = ()
