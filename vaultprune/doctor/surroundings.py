"""What stands around the notes: git, the app, other vaults, what is not on this device, what is installed."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.doctor.case import Case, Check, Finding
from vaultprune.guards import half_there
from vaultprune.words import count, safe


def _half_synced(case: Case) -> Iterator[Finding]:
    guard = half_there(case.vault, case.past)
    if guard is not None:
        yield Finding("half-synced", f"{guard.says[:1].upper()}{guard.says[1:]}.", guard.advice, wrong=True)
    missing = case.around.not_downloaded
    if missing:
        are = "note is" if missing == 1 else "notes are"
        yield Finding(
            "not-downloaded",
            f"{missing:,} {are} not downloaded to this device, and not read.",
            "Links in them are not seen, so other notes may look less linked than they are. Download them first.",
            wrong=True,
        )


def _surroundings(case: Case) -> Iterator[Finding]:
    around = case.around
    if around.outer is not None:
        yield Finding(
            "inner-vault",
            f'This vault lies inside another one, "{safe(around.outer)}", whose links to it are not seen.',
            "Nothing is moved or decided in here. Name the outer one with --vault.",
            wrong=True,
        )
    if around.git_busy:
        yield Finding(
            "git-busy", f"Git is in the middle of {around.git_busy}.", "Finish or abort it first.", wrong=True
        )
    if case.inner:
        many = len(case.inner)
        are = "folder in it is a vault" if many == 1 else "folders in it are vaults"
        yield Finding(
            "vault-inside",
            f"{many:,} {are} of {'its' if many == 1 else 'their'} own.",
            "Its notes are read as part of this one. To judge them apart, leave the folder out (leave_out).",
            case.inner,
        )


def _app(case: Case) -> Iterator[Finding]:
    if case.around.app_running:
        yield Finding("app-running", "Obsidian is open.", "Close it before notes are moved, or let it settle a while.")


def _ledger(case: Case) -> Iterator[Finding]:
    odd = case.vault.snapshot.observed.odd
    if odd:
        yield Finding("ledger-odd", f"{odd.rstrip('.')}.", "It costs memory and nothing else.")


def _libraries(case: Case) -> Iterator[Finding]:
    if not case.quick_yaml:
        unread = count(len(case.vault.notes), "note")
        yield Finding(
            "slow-yaml",
            "PyYAML was installed without libyaml, so properties of an unusual form are read more slowly.",
            f"The answers are the same; of {unread}, the first reading takes longer.",
        )


HALF_SYNCED = Check("whole", "the number of notes", _half_synced)
SURROUNDINGS = Check("around", "git and other vaults", _surroundings)
APP = Check("app", "the app", _app)
LEDGER = Check("ledger", "what earlier runs saw", _ledger)
LIBRARIES = Check("libraries", "what is installed", _libraries)
