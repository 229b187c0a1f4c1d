"""How long a note has been quiet, in words: shared by the signals that go by dates."""

from __future__ import annotations

from vaultprune.vault import Vault
from vaultprune.words import age, day

SOURCES = {"property": "a property", "git": "git", "ledger": "the ledger", "filename": "its name", "mtime": "file time"}


def quiet_since(vault: Vault, number: int) -> str:
    """`not edited since 2 Sep 2023, 38 months (git)`."""
    use = vault.uses[number]
    quiet = vault.quiet_days(number)
    if use.last_used is None or quiet is None or use.last_used_from is None:
        return f"no date that can be believed: {use.doubt}" if use.doubt else "no date that can be believed"
    source = SOURCES[use.last_used_from]
    if quiet == 0:
        return f"edited on the day of this report ({source})"
    if quiet <= 90:
        return f"edited on {day(use.last_used)}, {age(quiet)} ago ({source})"
    return f"not edited since {day(use.last_used)}, {age(quiet)} ({source})"
