"""A verdict in, one sentence out that its reader can check by opening the note."""

from __future__ import annotations

from vaultprune.signals.links import newest_source
from vaultprune.vault import Vault
from vaultprune.verdict import Verdict
from vaultprune.words import age, count, day, name

FEW_WORDS = 20
"""Up to so many words, their number is told."""
LONG_QUIET = 180
"""Days after which the source of a link is told as quiet, without its name."""


def sentence(vault: Vault, verdict: Verdict) -> str:
    """What was seen, as in `Not edited for 38 months; its one backlink is from a note quiet since 14 Mar 2024.`."""
    template = next((reason.says for reason in verdict.reasons if reason.code == "template"), None)
    query = next((reason.says for reason in verdict.reasons if reason.code == "query"), None)
    parts = [_quiet(vault, verdict), template, _links(vault, verdict), query]
    said = "; ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}."


def _quiet(vault: Vault, verdict: Verdict) -> str:
    """What stands in the note, and how long it has stood so."""
    words, quiet = verdict.note.words, vault.quiet_days(verdict.number)
    used = vault.last_used(verdict.number)
    if used is None or quiet is None:
        since = "no date to go by"
    elif quiet <= 90:
        since = f"edited on {day(used)}"
    elif verdict.backlinks and words > FEW_WORDS:
        since = f"not edited for {age(quiet)}"
    else:
        since = f"not edited since {day(used)}"
    if not words:
        return f"empty since {day(used)}" if used is not None else f"empty, {since}"
    return f"{count(words, 'word')}, {since}" if words <= FEW_WORDS else since


def _links(vault: Vault, verdict: Verdict) -> str:
    """Who links here, and how quiet they are."""
    if not verdict.backlinks:
        return "no other note links here"
    newest = newest_source(vault, verdict.number)
    which = (
        "its one backlink is" if verdict.backlinks == 1 else f"the liveliest of its {verdict.backlinks:,} backlinks is"
    )
    if newest is None:
        sources = vault.graph.backlink_ids(verdict.number)
        if all(source >= len(vault.notes) for source in sources):
            return (
                f"{count(verdict.backlinks, 'canvas', 'canvases')} link here"
                if len(sources) > 1
                else "a canvas links here"
            )
        return f"it has {count(verdict.backlinks, 'backlink')}"
    source, written = newest
    quiet = max(0, vault.today - written)
    if quiet > LONG_QUIET:
        return f"{which} from a note quiet since {day(written)}"
    return (
        f"{which} from {name(vault.notes.paths[source])}, written to {age(quiet)} ago"
        if quiet
        else (f"{which} from {name(vault.notes.paths[source])}, written to on this day")
    )
