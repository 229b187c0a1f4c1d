"""What the journals and the archive tell: interrupted runs, notes that a sync program put back, notes needed again."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.doctor.case import Case, Check, Finding
from vaultprune.notes import is_own
from vaultprune.words import count, safe, title

PASTED = 5
"""Notes that a command names at most."""


def _interrupted(case: Case) -> Iterator[Finding]:
    if case.past.pending is not None:
        yield Finding(
            "interrupted",
            f"A run was interrupted at {title(case.past.pending)}, which may be half moved.",
            "Nothing is lost. Until that is put right, no other run changes anything.",
            (case.past.pending,),
            wrong=True,
            command=("recover",),
        )
    if case.half_set_up:
        yield Finding(
            "half-set-up",
            "Setting up was interrupted while Obsidian's settings were being changed.",
            "They are kept in the journal, and put back by the command below.",
            (".obsidian/app.json",),
            wrong=True,
            command=("init", "--undo"),
        )
    yield from _strays(case)
    if case.elsewhere:
        many = len(case.elsewhere)
        run = "A run of another device was" if many == 1 else f"{many:,} runs of other devices were"
        yield Finding(
            "interrupted-elsewhere",
            f"{run} interrupted at {title(case.elsewhere[0])}.",
            "It is put right on that device: vaultprune recover.",
            case.elsewhere,
        )
    if case.busy:
        yield Finding("busy", "Another run is at work in this vault at this moment.", "What is said here may change.")


def _strays(case: Case) -> Iterator[Finding]:
    if case.strays:
        many = len(case.strays)
        files = tuple(dict.fromkeys(title(stray.path) for stray in case.strays if stray.path))
        where = f" in {files[0]}" if len(files) == 1 else ""
        back = any(stray.goes_back for stray in case.strays)
        yield Finding(
            "saved-meanwhile",
            f"What was saved{where} at the very moment at which the program rewrote it lies only in the journal, in "
            f"{count(many, 'file')}.",
            "The command below puts it back where nothing has happened since."
            if back
            else "Compare it with the note, and delete the file in the journal once nothing of it is missing.",
            tuple(stray.place for stray in case.strays),
            wrong=True,
            command=("recover",) if back else (),
        )


def _journal(case: Case) -> Iterator[Finding]:
    if case.damaged:
        yield Finding(
            "journal-damaged",
            f"Of the journal, {count(len(case.damaged), 'record')} cannot be read: {case.damaged[0]}",
            "What the record speaks of cannot be put back by command; the notes themselves are not concerned. A backup "
            "of .vaultprune/journal/ would help.",
            case.damaged,
            wrong=True,
        )


def _returned(case: Case) -> Iterator[Finding]:
    returned = case.needs.returned
    if returned:
        many = len(returned)
        are, lie = ("note is", "It lies") if many == 1 else ("notes are", "They lie")
        it = "it" if many == 1 else "they"
        paths = tuple(aside.old for aside in returned)
        yield Finding(
            "returned",
            f"{many:,} archived {are} back in the old place, with unchanged text. A sync program did that, not you.",
            f"{lie} in the vault twice, and {it} may be suggested again. See to it that every device has synced, then "
            f"set {'it' if many == 1 else 'them'} aside once more; or, if {it} should stay, delete the archived one.",
            paths,
            wrong=True,
            command=("archive",),
            notes=paths[:PASTED],
        )
    replaced = case.needs.replaced
    if replaced:
        has = "note has" if len(replaced) == 1 else "notes have"
        yield Finding(
            "replaced",
            f"{len(replaced):,} archived {has} another note in the old place.",
            "Both are left alone. An archived one cannot come back by command while its name is taken.",
            tuple(aside.old for aside in replaced),
        )


def _needed(case: Case) -> Iterator[Finding]:
    needed = case.needs.needed
    if needed:
        are = "note is" if len(needed) == 1 else "notes are"
        yield Finding(
            "needed-again",
            f"{len(needed):,} archived {are} needed again: linked to anew, asked for, edited or open.",
            names=tuple(each.now for each in needed),
            command=("revive",),
        )


def _archive(case: Case) -> Iterator[Finding]:
    vault, folder = case.vault, safe(case.vault.config.archive_folder.strip("/"))
    bad = {
        "symlink": "is a symlink, which no note is moved through",
        "file": "is a file, so nothing can be set aside in it",
        "elsewhere": "lies on another file system than the vault, where no note can be moved in one step",
    }.get(case.around.archive)
    if bad:
        yield Finding(
            "archive-folder",
            f"The archive folder {folder}/ {bad}.",
            "Name another one in the settings (archive_folder).",
            (vault.config.archive_folder,),
            wrong=True,
        )
    unknown = [
        note.path
        for note in (vault.notes.brief(vault.ids[path]) for path in sorted(vault.archived))
        if not is_own(note) and note.path not in case.past.known
    ]
    if unknown:
        lie = "note lies" if len(unknown) == 1 else "notes lie"
        yield Finding(
            "archive-not-ours",
            f"{len(unknown):,} {lie} in {folder}/ that vaultprune did not put there, as far as the journal goes back.",
            "Links from there keep no other note alive. If that folder is meant for something else, name another one "
            "in the settings (archive_folder).",
            tuple(unknown),
        )
    if vault.archived and vault.snapshot.app.present and not _excluded(case):
        yield Finding(
            "archive-in-sight",
            f"{folder}/ is not among Obsidian's excluded files, so archived notes show up in search and graph.",
            "Setting up offers to add it, and shows the very change first.",
            command=("init",),
        )


def _excluded(case: Case) -> bool:
    wanted = case.vault.config.archive_folder.strip("/").lower()
    return any(each.strip("/").lower() == wanted for each in case.vault.snapshot.app.excluded)


INTERRUPTED = Check("runs", "earlier runs", _interrupted)
JOURNAL = Check("journal", "the journal", _journal)
RETURNED = Check("returned", "what was set aside", _returned)
NEEDED = Check("needed", "what is needed again", _needed)
ARCHIVE = Check("archive", "the archive folder", _archive)
