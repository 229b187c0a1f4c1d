"""A name below `.obsidian/` in, what the JSON there says out; whatever is wrong with it becomes a problem."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vaultprune.model import NotePath, Problem
from vaultprune.reading.disk import cause, read_bytes

CONFIG_FOLDER = ".obsidian"
_LONGEST = 8 * 1024 * 1024
_SO = "so what it says is not heeded"


@dataclass(slots=True)
class AppFiles:
    """The app's own files of one vault, and what was found wrong with them so far."""

    vault: str
    problems: list[Problem] = field(default_factory=list)

    def mapping(self, name: str, limit: int = _LONGEST) -> Mapping[str, object]:
        """The JSON object in a file; empty if the file is missing, and with a problem if it is anything else."""
        content = self.json(name, limit)
        if isinstance(content, dict):
            return content
        if content is not None:
            self.odd(name, f"not a JSON object, {_SO}")
        return {}

    def json(self, name: str, limit: int = _LONGEST) -> object:
        """What a file holds; None if it is missing, and with a problem if it is empty, broken or too long."""
        try:
            data, size = self.content(name, limit)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.odd(name, f"cannot be read: {cause(error)}, {_SO}")
            return None
        if size > len(data):
            self.odd(name, f"longer than {limit // 1024 // 1024} MiB, {_SO}")
        elif not data.strip():
            self.odd(name, f"empty, {_SO}")
        else:
            try:
                content: object = json.loads(data)
            except (ValueError, RecursionError):
                self.odd(name, f"not valid JSON, {_SO}")
            else:
                if content is not None:
                    return content
                self.odd(name, f"empty, {_SO}")
        return None

    def content(self, name: str, limit: int) -> tuple[bytes, int]:
        """The bytes of a file, no more than `limit`, and how many there are. Raises `OSError` as `open` would."""
        # settings are often shared between vaults by a symlink, so one is followed here
        return read_bytes(os.path.join(self.vault, CONFIG_FOLDER, name), limit, follow=True)

    def plugins(self) -> list[str]:
        """The plugins that have a folder, in order."""
        try:
            listed = os.listdir(os.path.join(self.vault, CONFIG_FOLDER, "plugins"))
        except OSError:
            return []
        return sorted(name for name in listed if not name.startswith("."))

    def odd(self, name: str, what: str) -> None:
        """Note once what is wrong with a file."""
        problem = Problem(NotePath(f"{CONFIG_FOLDER}/{name}"), what)
        if problem not in self.problems:
            self.problems.append(problem)

    def not_as_expected(self, name: str, key: str) -> None:
        """Note that a value is of a type that the app would not write."""
        self.odd(name, f'"{key}" is not what the app writes there, {_SO}')

    # --- values out of a mapping ------------------------------------------------------------------

    def text(self, name: str, said: Mapping[str, object], key: str) -> str:
        """A text, or "" where there is none."""
        value = said.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self.not_as_expected(name, key)
        return ""

    def flag(self, name: str, said: Mapping[str, object], key: str, default: bool) -> bool:
        """A yes or no."""
        value = said.get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.not_as_expected(name, key)
        return default

    def items(self, name: str, said: Mapping[str, object], key: str) -> list[object]:
        """A list, or an empty one."""
        value = said.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self.not_as_expected(name, key)
        return []

    def texts(self, name: str, said: Mapping[str, object], key: str) -> list[str]:
        """The texts of a list; the rest of it is passed over, and told."""
        items = self.items(name, said, key)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            self.not_as_expected(name, key)
        return texts

    def inner(self, name: str, said: Mapping[str, object], key: str) -> Mapping[str, object]:
        """A mapping, or an empty one."""
        value = said.get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        self.not_as_expected(name, key)
        return {}


def every_text(content: object) -> Iterator[str]:
    """Every text that stands as a value anywhere in parsed JSON, in file order; keys are not values."""
    waiting = [content]  # a list and not recursion: the file may be nested as deep as the JSON reader bears
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            waiting.extend(reversed(item.values()))
