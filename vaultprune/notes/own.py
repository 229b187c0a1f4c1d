"""Notes in, those among them out that the program itself wrote: a report, a review, what the archive is."""

from __future__ import annotations

from vaultprune.model import Note
from vaultprune.notes.notes import Notes

OWN_PROPERTY = "vaultprune-"
"""Notes that the program writes carry a property that begins like this."""


def is_own(note: Note) -> bool:
    """Whether the program itself wrote this note."""
    return any(key.lower().startswith(OWN_PROPERTY) for key, _ in note.properties)


def own_notes(notes: Notes) -> frozenset[int]:
    """The places of the notes that the program itself wrote."""
    return frozenset(notes.having(lambda name: name.startswith(OWN_PROPERTY)))
