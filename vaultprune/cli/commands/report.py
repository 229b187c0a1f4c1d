"""`vaultprune report`: every note's verdict with its reasons, the suggestions first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.ledger import Ledger
    from vaultprune.model import Memory, Snapshot
    from vaultprune.verdict import Judgement

_CHECK = "For scripts"


def report(
    folder: options.Folder = None,
    vault: options.Vault = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    now: options.Now = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    form: options.Format = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    check: Annotated[
        str | None,
        typer.Option(
            "--check",
            metavar="any|new",
            help="Exit with 1 if there are suggestions, or with --baseline such that are not in it.",
            rich_help_panel=_CHECK,
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="FILE", help="The suggestions that --check new knows.", rich_help_panel=_CHECK
        ),
    ] = None,
    save_baseline: Annotated[
        str | None,
        typer.Option("--save-baseline", metavar="FILE", help="Write these suggestions there.", rich_help_panel=_CHECK),
    ] = None,
    version: options.Version = False,
) -> None:
    """Say which notes could be set aside, and why; every other note is counted.

    Scores and weights are log-odds: they add up, and a score of 0 is an even chance that a note is edited or newly
    linked to within 180 days. Nothing in the vault is changed.
    """
    from vaultprune.cli.looking import ledger_of, look, remember_round, what_is_known, with_use
    from vaultprune.cli.output import deliver, place_for, write
    from vaultprune.cli.pages import beside, page
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, Recall, answer, judged_as_read, one_of, read, settings_for
    from vaultprune.cli.weekly.lateness import late, with_lateness
    from vaultprune.cli.when import moment
    from vaultprune.errors import CannotStart
    from vaultprune.reports import REPORTS

    one_of(form, tuple(REPORTS))
    if check is not None:
        one_of(check, ("any", "new"), "--check")
    if (check == "new") != (baseline is not None):
        raise CannotStart("--check new and --baseline FILE belong together. Nothing has been read or changed.")
    place = the_vault(vault, folder, "report")
    to = place_for(output, place.folder)
    new_baseline = place_for(save_baseline, place.folder, "--save-baseline")
    known = None
    if baseline is not None:
        from vaultprune.cli.baseline import new_since, read_baseline

        known = read_baseline(baseline)
    asked = Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)
    observes = now is None and not no_observe

    def weighed(snapshot: Snapshot, config: Config, ledger: Ledger) -> Judgement:
        judgement = judged_as_read(place, with_use(place, config, snapshot, ledger), config)
        if observes and not asked.options():  # what was asked for once says nothing of the weeks
            remember_round(ledger, judgement)
        return judgement

    is_late = late(place) if form in ("text", "html") and now is None else ""

    def for_people(judgement: Judgement) -> str:
        from vaultprune.cli.acting.waiting import with_waiting

        return REPORTS[form](judgement, with_lateness(with_waiting(place, judgement.vault, shape), is_late))

    def made(memory: Memory) -> tuple[str, str, bool]:
        config = settings_for(place, asked)
        screen = Screen(quiet)
        snapshot = read(place, config, moment(now), screen, memory)
        ledger = ledger_of(place, config)
        if observes:
            look(place, ledger, snapshot, screen)
        if form == "text" and check is None and new_baseline is None:

            def text() -> str:
                return for_people(weighed(snapshot, config, ledger))

            around = (beside(place.folder), what_is_known(place, config), is_late)
            # a page that was made without remembering its round must not stand for one that remembers
            what = "report" if observes else "report, only looked at"
            return page(snapshot, config, what, shape, text, around), "", False
        judgement = weighed(snapshot, config, ledger)
        found = bool(judgement.suggested()) if known is None else bool(new_since(known, judgement))
        suggested = ""
        if new_baseline is not None:
            from vaultprune.cli.baseline import as_baseline

            suggested = as_baseline(judgement)
        document = for_people(judgement) if form in ("text", "html") else REPORTS[form](judgement, shape)
        return document, suggested, found

    def shown(answer: tuple[str, str, bool]) -> None:
        deliver(answer[0], to)
        if new_baseline is not None:
            write(new_baseline, answer[1], "--save-baseline")

    _, _, found = answer(place, Recall.asked(no_cache=no_cache, now=now), made, shown)
    if check is not None and found:
        raise typer.Exit(1)
