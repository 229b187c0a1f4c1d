"""A snapshot and the settings in, what is known of each note's use out, and how far the whole can be gone by."""

from __future__ import annotations

from vaultprune.config import Config
from vaultprune.evidence.sources import gathered
from vaultprune.evidence.standing import standing
from vaultprune.evidence.use import uses_of
from vaultprune.model import Evidence, Snapshot, Use


def weigh_evidence(snapshot: Snapshot, config: Config) -> tuple[Evidence, tuple[Use, ...]]:
    """What the dates of this vault are worth, and one `Use` for every note of the snapshot, in its order.

    Only the sources that the setting `dates` names are asked. Nothing later than the snapshot is believed.
    The notes in the archive folder get a `Use` too, but how far the dates can be gone by is judged without them.
    """
    sources = gathered(snapshot, config)
    uses = uses_of(sources)
    return standing(sources, uses), uses
