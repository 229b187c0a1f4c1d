"""What programs that sync a vault leave in it: copies that they could not merge, and each other."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.doctor.case import Case, Check, Finding
from vaultprune.notes import Files
from vaultprune.protections.kinds import CONFLICT
from vaultprune.words import listed, safe


def _conflicts(case: Case) -> Iterator[Finding]:
    found = tuple(path for path in Files.of(case.vault.snapshot.files).paths if CONFLICT.search(path))
    if found:
        are = "file is a copy" if len(found) == 1 else "files are copies"
        yield Finding(
            "sync-conflict",
            f"{len(found):,} {are} that a sync program could not merge.",
            "Each holds words of yours that may stand nowhere else: compare it with the note of that name, then delete "
            "it. Until then neither of the two is suggested or moved.",
            found,
            wrong=True,
        )


def _syncing(case: Case) -> Iterator[Finding]:
    if len(case.synced_by) > 1:
        yield Finding(
            "synced-twice",
            f"More than one program seems to sync this folder: {listed([safe(name) for name in case.synced_by])}.",
            "Two of them undo each other's moves: notes that were set aside come back. One is enough.",
        )


CONFLICTS = Check("conflicts", "copies made by sync", _conflicts)
SYNCING = Check("syncing", "sync programs", _syncing)
