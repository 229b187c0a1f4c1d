"""What the owner said of a note in so many words: a property, a decision, a path in the settings."""

from __future__ import annotations

from vaultprune.decided import Decided, kept
from vaultprune.model import Decision
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault, matches
from vaultprune.words import day, safe


def _marked(vault: Vault) -> dict[int, str]:
    return {
        number: "the property vaultprune: keep"
        for number in vault.notes.having("vaultprune".__eq__)
        if vault.judges(number) and any(value.strip().lower() == "keep" for value in _values(vault, number))
    }


def _values(vault: Vault, number: int) -> tuple[str, ...]:
    return vault.notes.properties_of(number).texts("vaultprune")


def _says(decision: Decision) -> str:
    said = "brought back from the archive" if decision.reason == "restored" else "you keep it"
    if decision.scope == "folder":
        said = f"you keep the folder {safe(decision.name)}"
    elif decision.scope == "tag":
        said = f"you keep #{safe(decision.name.strip('#'))}"
    if decision.until is not None:
        said += f" until {day(decision.until)}"
    return f"{said}: {safe(decision.because)}" if decision.because else said


def _decided(vault: Vault) -> dict[int, str]:
    standing = kept(vault.snapshot.decisions, vault.snapshot.taken_at.date())
    if not standing:
        return {}
    decided, judged = Decided.of(vault.snapshot), frozenset(vault.judged)
    held: dict[int, str] = {}
    for decision in standing:
        for number in decided.about(decision):
            if number in judged:
                held.setdefault(number, _says(decision))
    return held


def _by_path(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for number in vault.judged if vault.config.protect_paths else ():
        for pattern in vault.config.protect_paths:
            if matches(vault.notes.paths[number], pattern):
                held[number] = f"the setting protect_paths names {safe(pattern)}"
                break
    return held


PROPERTY = Protection("property", _marked, lambda _: "marked vaultprune: keep")
DECISION = Protection("decision", _decided, lambda _: "kept by you")
PATH = Protection("path", _by_path, lambda _: "in protected folders")
