"""What the owner said of a note in so many words: a property, a decision, a path in the settings."""

from __future__ import annotations

from datetime import date

from vaultprune.model import Decision, Note, Observed
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault, matches, within
from vaultprune.words import day, safe


def _marked(vault: Vault) -> dict[int, str]:
    judged = frozenset(vault.judged)
    return {
        number: "the property vaultprune: keep"
        for number in vault.notes.having("vaultprune".__eq__)
        if number in judged and any(value.strip().lower() == "keep" for value in _values(vault, number))
    }


def _values(vault: Vault, number: int) -> tuple[str, ...]:
    return vault.notes.properties_of(number).texts("vaultprune")


def in_force(decisions: tuple[Decision, ...], today: date) -> tuple[Decision, ...]:
    """The decisions that hold today: the last word on each note, folder or tag, unless withdrawn or run out."""
    last: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        key = (decision.scope, decision.name.lower())
        last.pop(key, None)
        last[key] = decision
    return tuple(
        decision
        for decision in last.values()
        if decision.what == "keep" and (decision.until is None or today < decision.until)
    )


def concerns(decision: Decision, note: Note, present: frozenset[str], observed: Observed) -> bool:
    """Whether a decision is about this note. One that was renamed is known by what was `observed`, or by its text.

    `present` are the paths of all notes in lower case: by its text a note is known only while no note has the name of
    old. Whoever saw that it had the name when the decision was made knows it in any case.
    """
    if decision.scope == "folder":
        return within(note.path, decision.name)
    if decision.scope == "tag":
        wanted = decision.name.strip("#/").lower()
        return any(tag.lower() == wanted or tag.lower().startswith(wanted + "/") for tag in note.tags)
    if note.path.lower() == decision.name.lower():
        return True
    seen = observed.notes.get(note.path)
    made = decision.at.toordinal()
    if seen is not None and any(
        made <= until and name.lower() == decision.name.lower() for name, until in seen.formerly
    ):
        return True
    return (
        bool(decision.body_digest)
        and note.words > 0
        and note.body_digest == decision.body_digest
        and decision.name.lower() not in present
    )


def _says(decision: Decision) -> str:
    kept = "brought back from the archive" if decision.reason == "restored" else "you keep it"
    if decision.scope == "folder":
        kept = f"you keep the folder {safe(decision.name)}"
    elif decision.scope == "tag":
        kept = f"you keep #{safe(decision.name.strip('#'))}"
    if decision.until is not None:
        kept += f" until {day(decision.until)}"
    return f"{kept}: {safe(decision.because)}" if decision.because else kept


def _decided(vault: Vault) -> dict[int, str]:
    standing = in_force(vault.snapshot.decisions, vault.snapshot.taken_at.date())
    if not standing:
        return {}
    present = frozenset(path.lower() for path in vault.notes.paths)
    held: dict[int, str] = {}
    for number in vault.judged:
        note = vault.notes.brief(number)
        for decision in standing:
            if concerns(decision, note, present, vault.snapshot.observed):
                held[number] = _says(decision)
                break
    return held


def _by_path(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for number in vault.judged:
        for pattern in vault.config.protect_paths:
            if matches(vault.notes.paths[number], pattern):
                held[number] = f"the setting protect_paths names {safe(pattern)}"
                break
    return held


PROPERTY = Protection("property", _marked, lambda _: "marked vaultprune: keep")
DECISION = Protection("decision", _decided, lambda _: "kept by you")
PATH = Protection("path", _by_path, lambda _: "in protected folders")
