"""`vaultprune links`: the index of the vault, as Obsidian resolves its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.model import Memory


def links(
    folder: options.Folder = None,
    vault: options.Vault = None,
    now: options.Now = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    form: options.LinksFormat = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Show notes, tags, aliases and links, and which of them are unresolved or ambiguous.

    Nothing in the vault is changed.
    """
    from vaultprune.cli.output import deliver, place_for
    from vaultprune.cli.pages import page
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Recall, answer, one_of, read_without_git
    from vaultprune.cli.when import moment
    from vaultprune.reports import LINK_REPORTS

    one_of(form, tuple(LINK_REPORTS))
    place = the_vault(vault, folder, "links")
    to = place_for(output, place.folder)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)

    def made(memory: Memory) -> str:
        snapshot, config = read_without_git(place, moment(now), Screen(quiet), memory)

        def document() -> str:
            from vaultprune.vault import open_index

            return LINK_REPORTS[form](open_index(snapshot, config), shape)

        return page(snapshot, config, "links", shape, document) if form == "text" else document()

    answer(place, Recall.asked(no_cache=no_cache, now=now), made, lambda document: deliver(document, to))
