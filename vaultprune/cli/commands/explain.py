"""`vaultprune explain NOTE`: one note in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.model import Memory
    from vaultprune.verdict import Judgement


def explain(
    note: Annotated[
        list[str],
        typer.Argument(
            metavar="[VAULT] NOTE",
            help="The note: its path in the vault or from here, or its name as in a wikilink.",
            show_default=False,
        ),
    ],
    vault: options.Vault = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    now: options.Now = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    form: options.ExplainFormat = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Tell all about one note: what was seen, who links to it, what protects it, what would change the verdict.

    Weights are log-odds and add up to the score. Kept and protected notes have their page as well. Nothing in the
    vault is changed.
    """
    from vaultprune.cli.lines import lines_of
    from vaultprune.cli.names import the_note
    from vaultprune.cli.output import deliver, place_for
    from vaultprune.cli.places import below, split, the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, Recall, answer, judged, one_of
    from vaultprune.cli.when import moment
    from vaultprune.errors import CannotStart
    from vaultprune.reports import EXPLANATIONS
    from vaultprune.reports.page import command

    one_of(form, tuple(EXPLANATIONS))
    folder, names = split(note) if vault is None else (None, tuple(note))
    place = the_vault(vault, folder, "explain NOTE")
    if len(names) != 1:
        raise CannotStart(f"explain takes one note, not {len(names)}; quote a name with spaces. Nothing has been read.")
    to = place_for(output, place.folder)
    asked = Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)

    def made(memory: Memory) -> str:
        judgement = judged(place, asked, moment(now), Screen(quiet), memory)
        found = the_note(
            names[0],
            judgement.vault.notes,
            below(place.folder),
            lambda path: " ".join(command(shape, "explain", note=path)),
        )
        number = judgement.vault.ids[found.path]
        _must_be_judged(judgement, number)
        return EXPLANATIONS[form](judgement, number, lines_of(place.folder, judgement.vault.snapshot), shape)

    answer(place, Recall.asked(no_cache=no_cache, now=now), made, lambda document: deliver(document, to))


def _must_be_judged(judgement: Judgement, number: int) -> None:
    """A note that gets no verdict has nothing to be explained; why it gets none is said instead."""
    from vaultprune.errors import CannotStart
    from vaultprune.words import safe, title

    if number in judgement.words:
        return
    vault = judgement.vault
    path = vault.notes.paths[number]
    if path in vault.archived:
        why = f"lies in {safe(vault.config.archive_folder)}/, and notes there get no verdict"
    else:
        left_out = vault.config.origins.get("leave_out") or vault.config.origins.get("only_in") or "the settings"
        why = f"is left out by {left_out}, so it gets no verdict"
    raise CannotStart(f'"{title(path)}" {why}. Nothing has been changed.')
