"""Lines of text in, a page for the terminal out: wrapped, indented, bold where that repeats what the words say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from vaultprune.model import NotePath
from vaultprune.words import GLUE, MONTHS, quoted, safe, shortened, width, wrapped

LineOf: TypeAlias = Callable[[NotePath, int], "str | None"]
"""The text of one line of a note, or None if it cannot be had; asked for the links that are shown."""

Command: TypeAlias = tuple[str, ...]
"""The words of a command line, each as a shell takes it."""

UNCHANGED = "Nothing has been changed."

_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_PLAIN = re.compile(r"[A-Za-z0-9_./~+=:,@-]{1,4096}")
NARROW, WIDE = 40, 100
"""Columns: a terminal that is narrower or wider than this is written for as if it were not."""


@dataclass(frozen=True, slots=True)
class View:
    """How a document is to be shown: nothing here changes what it says, only how much of it and in which shape.

    `limit` is how many entries a list shows, None for the report's own choice. `named` is what was typed to name
    the vault, if it had to be named: then the commands that a report ends with name it too. `waiting` are lines about
    what waits for the reader, said before anything else; there are none where nothing does.
    """

    columns: int = 80
    colour: bool = False
    limit: int | None = None
    named: str | None = None
    waiting: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The columns that are written in."""
        return max(NARROW, min(WIDE, self.columns))

    def shown(self, usual: int) -> int:
        """How many entries of a list are shown, if `usual` are where nothing else was asked for."""
        return usual if self.limit is None else self.limit


@dataclass(slots=True)
class Page:
    """The lines of one document, put down one after another."""

    view: View
    lines: list[str] = field(default_factory=list)

    def say(self, text: str, first: str = "", rest: str | None = None) -> None:
        """A paragraph, wrapped."""
        text = _DATE.sub(rf"\1{GLUE}\2{GLUE}\3", text)
        self.lines += wrapped(text, self.view.width, first, first if rest is None else rest)

    def heading(self, text: str) -> None:
        """A line in bold, cut in the middle if it is too long."""
        self.lines.append(self.bold(shortened(text, self.view.width)))

    def gap(self) -> None:
        """One empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def labelled(self, rows: Sequence[tuple[str, str]], prefix: str = "", gap: int = 1) -> None:
        """Rows of a label and a text, the texts below one another."""
        column = max((width(label) for label, _ in rows), default=0) + len(prefix) + gap
        if column > self.view.width // 2:
            column = len(prefix) + 2
        for label, text in rows:
            if width(prefix + label) < column:
                start = prefix + label + " " * (column - width(prefix + label))
                self.lines += wrapped(text, self.view.width, start, " " * column)
            else:
                self.say(label, prefix)
                self.say(text, " " * column)

    def commands(self, rows: Sequence[tuple[str, Command]], column: int = 0) -> None:
        """What to do next: a command on one line, or broken so that it can be pasted all the same."""
        column = max(column, *(width(label) + 1 for label, _ in rows))
        if all(column + width(" ".join(command)) <= self.view.width for _, command in rows):
            self.lines += [label.ljust(column) + self.bold(" ".join(command)) for label, command in rows]
            return
        for label, command in rows:
            self.lines.append(label)
            self.lines += ["  " + self.bold(line) for line in _broken(command, self.view.width - 2)]

    def ended(self, then: Sequence[tuple[str, Command]], changed: str) -> str:
        """The whole page, with what to do next and, as its last line, whether anything was changed."""
        self.gap()
        if then:
            self.commands(then)
            self.gap()
        if changed:
            self.say(changed)
        return self.text()

    def bold(self, text: str) -> str:
        """`text` in bold, where the terminal is one that can."""
        return f"\x1b[1m{text}\x1b[0m" if self.view.colour else text

    def text(self) -> str:
        """The page, with a line feed at its end."""
        return "\n".join(self.lines) + "\n"


def _broken(command: Command, columns: int) -> list[str]:
    r"""A command on as many lines as it needs, each but the last ending in ` \`, as a shell wants it."""
    lines, line = [], ""
    for part in command:
        if line and width(f"{line} {part}") > columns - 2:
            lines.append(line + " \\")
            line = "  " + part
        else:
            line = f"{line} {part}" if line else part
    return [*lines, line]


def command(view: View, *words: str, note: str | None = None) -> Command:
    """A command that can be pasted as it stands, with the note and the vault it is about."""
    vault = () if view.named is None else (f"--vault {as_argument(view.named)}",)
    about = () if note is None else (quoted(note),)
    return ("vaultprune", *words[:1], *about, *words[1:], *vault)


def inline(command: Command) -> str:
    """A command within a sentence, not to be broken."""
    return GLUE.join(word.replace(" ", GLUE) for word in command)


def as_argument(path: str) -> str:
    """A path as a shell takes it; a leading `~` must stay outside quotes, and so must plain names."""
    return path if _PLAIN.fullmatch(path) else quoted(path)


def can_be_pasted(name: str, view: View) -> bool:
    """Whether a name can stand in a command: nothing in it had to be escaped, and it fits."""
    return safe(name) == name and width(quoted(name)) <= view.width - 4
