"""vaultprune: says which notes of an Obsidian-style vault could be set aside, and why."""

__version__ = "0.1.0"
