"""The values of this room: what is looked at, a check of one thing about it, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vaultprune.guards import Around, Past
from vaultprune.model import NotePath, Stray
from vaultprune.revival import Needs
from vaultprune.vault import Vault


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the checks look at.

    `elsewhere` are the notes at which runs of other devices were interrupted. `damaged` is what of the journals cannot
    be read, in sentences. `busy`: another run holds the lock at this moment. `inner` are folders that are vaults of
    their own, `synced_by` the programs that seem to sync this folder. `quick_yaml`: properties are read by the quick
    library. `half_set_up`: setting up was interrupted while the app's settings were being changed. `strays` are words
    of a person that lie in a journal alone.
    """

    vault: Vault
    past: Past = field(default_factory=Past)
    around: Around = field(default_factory=Around)
    needs: Needs = field(default_factory=Needs)
    elsewhere: tuple[NotePath, ...] = ()
    damaged: tuple[str, ...] = ()
    busy: bool = False
    inner: tuple[str, ...] = ()
    synced_by: tuple[str, ...] = ()
    quick_yaml: bool = True
    half_set_up: bool = False
    strays: tuple[Stray, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: `says` is what was seen, `so` what follows and what can be done, both in sentences.

    `names` are the files it is about, as on disk. `wrong`: it wants to be put right; else it is good to know.
    `command` are the words behind `vaultprune` of the command that helps, `notes` the notes that it is about.
    """

    code: str
    says: str
    so: str = ""
    names: tuple[str, ...] = ()
    wrong: bool = False
    command: tuple[str, ...] = ()
    notes: tuple[NotePath, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at: what it is called in data and in a sentence, and the look itself."""

    code: str
    called: str
    look: Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, the gravest first, and what was looked at without anything being found."""

    findings: tuple[Finding, ...]
    in_order: tuple[Check, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What wants to be put right."""
        return tuple(finding for finding in self.findings if finding.wrong)

    @property
    def to_know(self) -> tuple[Finding, ...]:
        """The rest."""
        return tuple(finding for finding in self.findings if not finding.wrong)
