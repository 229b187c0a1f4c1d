"""Notes and files in, the same as columns out, and single ones again when asked for.

A hundred thousand notes as objects are slow to make and large to hold; most questions are about one column.
"""

from vaultprune.notes.builder import NotesBuilder
from vaultprune.notes.columns import Packed, Pairs, Sparse, Texts
from vaultprune.notes.files import Files
from vaultprune.notes.links import COUNTED, KINDS, Links
from vaultprune.notes.notes import COLUMNS, Notes, frozen
from vaultprune.notes.own import OWN_PROPERTY, is_own, own_notes
from vaultprune.notes.rows import Rows, RowsBuilder

__all__ = [
    "COLUMNS",
    "COUNTED",
    "KINDS",
    "OWN_PROPERTY",
    "Files",
    "Links",
    "Notes",
    "NotesBuilder",
    "Packed",
    "Pairs",
    "Rows",
    "RowsBuilder",
    "Sparse",
    "Texts",
    "frozen",
    "is_own",
    "own_notes",
]
