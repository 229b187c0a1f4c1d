"""A snapshot in, what is known of each note's use out, and how far that can be gone by."""

from vaultprune.evidence.clock import Clock, clock_of
from vaultprune.evidence.edits import local_day, note_logs
from vaultprune.evidence.weigh import weigh_evidence

__all__ = ["Clock", "clock_of", "local_day", "note_logs", "weigh_evidence"]
