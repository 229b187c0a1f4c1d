"""What is remembered of a vault outside it: kept in the user's own folders, and never needed to be right."""

from vaultprune.state.kept_notes import dump_column, load_column
from vaultprune.state.packing import Damaged
from vaultprune.state.store import Store, cache_file, remove

__all__ = ["Damaged", "Store", "cache_file", "dump_column", "load_column", "remove"]
