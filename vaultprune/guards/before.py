"""A plan, its vault and how things stand in, every guard that holds the plan back out, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.guards.guard import Around, Guard, Past
from vaultprune.model import NotePath, Plan
from vaultprune.notes import is_own
from vaultprune.plan import guards as guards_of_size
from vaultprune.protections.kinds import CONFLICT
from vaultprune.vault import Vault
from vaultprune.words import count, day, listed, safe, title

SMALLER = 0.8
"""A vault that has less than this share of the notes it had last time looks half there."""
SETTLED = 120.0
"""Seconds after which the app's open tabs count as settled."""


def before_archive(plan: Plan, vault: Vault, around: Around, past: Past, *, by_evidence: bool) -> tuple[Guard, ...]:
    """What holds back a plan that sets notes aside. `by_evidence`: the notes were chosen by the report, not named."""
    return tuple(_before_archive(plan, vault, around, past, by_evidence))


def before_return(plan: Plan, around: Around, past: Past) -> tuple[Guard, ...]:
    """What holds back a plan that brings notes back."""
    found = [*_always(around, past)]
    return tuple(found) if plan.moves else tuple(guard for guard in found if guard.final)


def before_writing(around: Around, past: Past) -> tuple[Guard, ...]:
    """What holds back a change that moves no note."""
    return tuple(_always(around, past))


def before_tidying(past: Past) -> tuple[Guard, ...]:
    """What holds back a change of the journal alone."""
    return tuple(_interrupted(past))


def before_weekly(vault: Vault, around: Around, past: Past) -> tuple[Guard, ...]:
    """What holds back a look that nobody watches: whatever makes a vault look other than it is.

    What waits, an interrupted run for one, is no reason not to look.
    """
    return (*_smaller(vault, past), *_in_the_cloud(around), *_git_at_work(around))


def half_there(vault: Vault, past: Past) -> Guard | None:
    """That a vault has far fewer notes than last time, if it has."""
    return next(_smaller(vault, past), None)


def _before_archive(plan: Plan, vault: Vault, around: Around, past: Past, by_evidence: bool) -> Iterator[Guard]:
    yield from _interrupted(past)
    if by_evidence and vault.evidence.abstains:
        yield Guard(
            "untrusted-evidence",
            "the dates of this vault cannot be gone by, so nobody can tell which notes are quiet",
            "Name the notes yourself, or see what would help: vaultprune report.",
            final=not plan.moves,
        )
    if not plan.moves:
        return
    for guard in guards_of_size(plan, vault):
        advice = "Nobody's approval lets that through." if guard.final else "A smaller plan needs no approval."
        yield Guard(guard.name, guard.says, advice, guard.final)
    yield from _smaller(vault, past)
    yield from _archive_folder(vault, around, past)
    yield from _conflicts(plan, vault)
    yield from _in_the_cloud(around)
    yield from (guard for guard in _always(around, past) if not guard.final)


def _always(around: Around, past: Past) -> Iterator[Guard]:
    yield from _interrupted(past)
    yield from _inside_another(around)
    yield from _git_at_work(around)
    if around.app_running and around.layout_age is not None and around.layout_age < SETTLED:
        yield Guard(
            "app-running",
            "Obsidian is open on this vault",
            "Close it first, or let it settle for two minutes; phones should have finished syncing.",
        )


def _inside_another(around: Around) -> Iterator[Guard]:
    if around.outer is not None:
        yield Guard(
            "inner-vault",
            f'it lies inside another vault, "{safe(around.outer)}", whose links to it are not seen',
            "Name that one with --vault.",
        )


def _git_at_work(around: Around) -> Iterator[Guard]:
    if around.git_busy:
        yield Guard("git-busy", f"git is in the middle of {around.git_busy}", "Finish or abort it first.")


def _in_the_cloud(around: Around) -> Iterator[Guard]:
    if around.not_downloaded:
        are = "note is" if around.not_downloaded == 1 else "notes are"
        yield Guard(
            "cloud-placeholders",
            f"{around.not_downloaded:,} {are} not downloaded to this device, and links in them are not seen",
            "Download them first.",
        )


def _interrupted(past: Past) -> Iterator[Guard]:
    if past.pending is not None:
        yield Guard(
            "pending-recovery",
            f"an earlier run was interrupted at {title(past.pending)}",
            "Put that right first: vaultprune recover.",
            final=True,
        )


def _smaller(vault: Vault, past: Past) -> Iterator[Guard]:
    if past.notes is None or past.day is None or len(vault.notes) >= past.notes * SMALLER:
        return
    yield Guard(
        "smaller-vault",
        f"the vault looks half there: {count(past.notes, 'note')} on {day(past.day)}, {len(vault.notes):,} now",
        "If a sync is still running, wait for it.",
    )


def _archive_folder(vault: Vault, around: Around, past: Past) -> Iterator[Guard]:
    folder = safe(vault.config.archive_folder.strip("/"))
    if around.archive == "symlink":
        yield Guard("archive-symlink", f"{folder}/ is a symlink", "Name another folder in the settings.", final=True)
    elif around.archive == "file":
        yield Guard("archive-file", f"{folder} is a file", "Name another folder in the settings.", final=True)
    elif around.archive == "elsewhere":
        yield Guard(
            "other-file-system",
            f"{folder}/ lies on another file system than the vault, where no note can be moved in one step",
            "Name another folder in the settings.",
            final=True,
        )
    if past.archived_before:
        return
    unknown = [note.path for note in vault.notes if note.path in vault.archived and not is_own(note)]
    unknown = [path for path in unknown if path not in past.known]
    if unknown:
        lie = "a note lies" if len(unknown) == 1 else f"{len(unknown):,} notes lie"
        yield Guard(
            "archive-folder",
            f"{lie} in {folder}/ already that vaultprune did not put there",
            f"If {folder}/ is meant for something else, name another folder in the settings (archive_folder).",
            asks=f"{lie[:1].upper()}{lie[1:]} in {folder}/ already. Use this folder all the same?",
        )


def _conflicts(plan: Plan, vault: Vault) -> Iterator[Guard]:
    """Copies that a sync program could not merge, of what would be moved or rewritten."""
    touched = {*(move.source for move in plan.moves), *(rewrite.path for rewrite in plan.rewrites)}
    found: list[NotePath] = []
    for file in vault.snapshot.files:
        original = CONFLICT.sub("", file.path)
        if original != file.path and (file.path in touched or original in touched):
            found.append(file.path)
    if found:
        shown = listed([title(path) for path in found[:3]] + ([f"{len(found) - 3} more"] if len(found) > 3 else []))
        of = "a copy that a sync program could not merge is" if len(found) == 1 else "unmerged copies are"
        yield Guard("sync-conflict", f"{of} still there: {shown}", "Merge them first.")
