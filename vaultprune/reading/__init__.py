"""The only door that reads a vault: its notes, the app's settings, git's memory and the decisions of its owner."""

from vaultprune.reading.config_file import read_config
from vaultprune.reading.decisions import read_decisions
from vaultprune.reading.places import find_vault, known_vaults, outer_vault
from vaultprune.reading.vault import Progress, read_vault

__all__ = [
    "Progress",
    "find_vault",
    "known_vaults",
    "outer_vault",
    "read_config",
    "read_decisions",
    "read_vault",
]
