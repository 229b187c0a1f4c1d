"""A chosen note and what is known of its file in, the reason why it stays where it is out, if there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vaultprune.model import Held, NotePath
from vaultprune.protections import PROTECTIONS
from vaultprune.vault import Vault, within

LARGEST = 5 * 1024 * 1024
"""Bytes above which a note is left alone: no note is that long, so it is something else."""

FIRM = frozenset({"unreadable", "symlink", "conflict-copy"})
"""Protections that hold even a protected note that was named: what is wrong there is with the file, not the note."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What only the disk can tell of a file; the defaults are those of an ordinary one."""

    regular: bool = True
    names: int = 1
    same_device: bool = True
    writable: bool = True


@dataclass(frozen=True)
class Reasons:
    """Why a note of this vault may not be moved, or a file not rewritten."""

    vault: Vault
    even_protected: bool = False

    def of_note(self, path: NotePath) -> str:
        """Why a note may not be moved, as far as the vault alone can tell; "" if it may."""
        vault = self.vault
        number = vault.ids.get(path)
        if number is None:
            return "there is no such note in this vault"
        if path in vault.archived or within(path, vault.config.archive_folder):
            return "it is in the archive already"
        if self._sizes.get(path, 0) > LARGEST:
            return f"it is larger than {LARGEST // 1024 // 1024} MiB"
        held = [each for each in self._held.get(number, ()) if each.code in FIRM or not self.even_protected]
        return f"protected: {held[0].says}" if held else ""

    def of_file(self, path: NotePath, on_disk: OnDisk) -> str:
        """Why a file may be neither moved nor rewritten; "" if it may."""
        if path in self._symlinked:
            return "a symlink, or behind one"
        if not on_disk.regular:
            return "no plain file"
        if on_disk.names > 1:
            return "one file under two names (a hard link)"
        if not on_disk.same_device:
            return "on another file system than the archive"
        return "" if on_disk.writable else "not ours to change"

    @cached_property
    def _symlinked(self) -> frozenset[NotePath]:
        return frozenset(file.path for file in self.vault.snapshot.files if file.symlinked)

    @cached_property
    def _sizes(self) -> Mapping[NotePath, int]:
        return {file.path: file.size for file in self.vault.snapshot.files}

    @cached_property
    def _held(self) -> Mapping[int, Sequence[Held]]:
        """The protections of every note that is not archived, judged or not: whoever names a note must hear of them."""
        vault = self.vault
        live = tuple(number for number, note in enumerate(vault.notes) if note.path not in vault.archived)
        everywhere = vault if live == vault.judged else replace(vault, judged=live)
        found: dict[int, list[Held]] = {}
        for protection in PROTECTIONS:
            for number, says in protection.holds(everywhere).items():
                found.setdefault(number, []).append(Held(protection.code, says))
        return found
