"""A snapshot in, what is known of each note's use out, and how far that can be gone by."""

from vaultprune.evidence.weigh import weigh_evidence

__all__ = ["weigh_evidence"]
