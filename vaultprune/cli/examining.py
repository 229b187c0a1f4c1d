"""A vault that was read in, everything that `doctor` looks at out: the journals, the disk, other programs."""

from __future__ import annotations

from vaultprune.archiving import busy, damaged, half_set_up, known_device
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.places import Place
from vaultprune.cli.when import seconds_now
from vaultprune.doctor import Case
from vaultprune.errors import VaultpruneError
from vaultprune.guards import Past
from vaultprune.model import NotePath, Stray
from vaultprune.notes import Files
from vaultprune.parse.libraries import has_quick_yaml
from vaultprune.reading.neighbours import inner_vaults, synced_by
from vaultprune.reading.surroundings import surroundings
from vaultprune.revival import Needs
from vaultprune.vault import Vault


def the_case(place: Place, vault: Vault) -> Case:
    """How things stand in and around a vault. Nothing is written."""
    folder, journals = place.folder, Journals(place.folder)
    half = False
    past, needs, elsewhere, strays = Past(), Needs(), tuple[NotePath, ...](), tuple[Stray, ...]()
    try:
        odd, half = damaged(folder), half_set_up(folder)
        past, needs, elsewhere = journals.past(), journals.needs(vault), _elsewhere(journals)
        strays = journals.strays
    except VaultpruneError as error:
        odd = (str(error),)
    return Case(
        vault=vault,
        past=past,
        around=surroundings(folder, vault.config.archive_folder, vault.snapshot, seconds_now()),
        needs=needs,
        elsewhere=elsewhere,
        damaged=odd,
        busy=busy(folder),
        inner=inner_vaults(folder, Files.of(vault.snapshot.files).paths),
        synced_by=synced_by(folder),
        quick_yaml=has_quick_yaml(),
        half_set_up=half,
        strays=strays,
    )


def _elsewhere(journals: Journals) -> tuple[NotePath, ...]:
    """The notes at which runs of other devices were interrupted, as far as their journals came here."""
    own = known_device()
    return tuple(
        entry.unit.move.source
        for batch in journals.batches
        for entry in batch.entries
        if entry.state == "pending" and batch.device != own
    )
