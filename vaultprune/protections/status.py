"""A chosen status holds a note: a property, or a tag, and whatever nests below it."""

from __future__ import annotations

from vaultprune.config import Config
from vaultprune.model import Note
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault
from vaultprune.words import listed, safe


def _below(text: str, wanted: str) -> bool:
    """Whether `text` is `wanted` or nests below it, segment by segment from the left."""
    return text == wanted or text.startswith(wanted + "/")


def _spelt(text: str) -> str:
    return text.strip().strip("#/").lower()


def status_of(note: Note, wanted: str) -> str | None:
    """How the note carries the status `wanted`, in words, or None."""
    target = _spelt(wanted)
    if not target:
        return None
    for value in note.properties.texts("status"):
        if _below(_spelt(value), target):
            return f"status {safe(value.strip())}"
    for tag in note.tags:
        spelt = _spelt(tag)
        if _below(spelt, "status/" + target) or _below(spelt, target):
            return f"tag #{safe(tag)}"
    return None


def _holds(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for number in vault.judged if vault.config.protect else ():
        note = vault.notes.brief(number)
        for wanted in vault.config.protect:
            says = status_of(note, wanted)
            if says is not None:
                held[number] = says
                break
    return held


def _counted_as(config: Config) -> str:
    return f"status {listed([safe(status) for status in config.protect], 'or')}"


STATUS = Protection("status", _holds, _counted_as)
