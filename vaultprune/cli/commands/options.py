"""The options that several commands share, each with its line of help."""

from __future__ import annotations

from typing import Annotated

import typer

_VAULT, _JUDGED, _OUTPUT = "The vault", "What is judged, and how", "How it is shown"


def _version(asked: bool) -> None:
    if asked:
        from vaultprune import __version__

        typer.echo(f"vaultprune {__version__}")
        raise typer.Exit


Vault = Annotated[
    str | None,
    typer.Option(
        "--vault", metavar="PATH", help="The vault's folder; else the nearest one upward.", rich_help_panel=_VAULT
    ),
]
Folder = Annotated[
    str | None,
    typer.Argument(metavar="[VAULT]", help="The vault's folder; else the nearest one upward.", show_default=False),
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now", metavar="WHEN", help="Set the clock, e.g. 2026-06-01 for the end of that day.", rich_help_panel=_JUDGED
    ),
]
In = Annotated[
    str | None,
    typer.Option(
        "--in", metavar="FOLDER", help="Only the notes there; links are read everywhere.", rich_help_panel=_JUDGED
    ),
]
Except = Annotated[
    list[str] | None,
    typer.Option("--except", metavar="GLOB", help="Not the notes that fit; may be repeated.", rich_help_panel=_JUDGED),
]
BudgetOption = Annotated[
    str | None,
    typer.Option("--budget", metavar="N|P%", help="How many notes to suggest at most.", rich_help_panel=_JUDGED),
]
Protect = Annotated[
    list[str] | None,
    typer.Option(
        "--protect",
        metavar="STATUS",
        help="Never suggest notes of this status; may be repeated, and adds to the config.",
        rich_help_panel=_JUDGED,
    ),
]
Rule = Annotated[
    str | None,
    typer.Option("--rule", metavar="balanced|plain", help="The retention rule.", rich_help_panel=_JUDGED),
]
MinConfidence = Annotated[
    str | None,
    typer.Option(
        "--min-confidence", metavar="0..1", help="Suggest nothing less sure than this.", rich_help_panel=_JUDGED
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Read everything anew, and remember nothing.", rich_help_panel=_JUDGED)
]
NoObserve = Annotated[
    bool,
    typer.Option("--no-observe", help="Remember nothing of what this run sees.", rich_help_panel=_JUDGED),
]
Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json, markdown, html or csv.", rich_help_panel=_OUTPUT)
]
LinksFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json or csv.", rich_help_panel=_OUTPUT)
]
BacktestFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json, html or csv.", rich_help_panel=_OUTPUT)
]
ExplainFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text or json.", rich_help_panel=_OUTPUT)
]
Output = Annotated[
    str | None,
    typer.Option("--output", metavar="FILE", help="Write it there, outside the vault.", rich_help_panel=_OUTPUT),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=0, help="How many entries a list shows.", rich_help_panel=_OUTPUT),
]
ReviewLimit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        help="How many notes to ask about that you have not decided on yet.",
        rich_help_panel=_OUTPUT,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no warnings.", rich_help_panel=_OUTPUT)]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No bold on a terminal; NO_COLOR does the same.", rich_help_panel=_OUTPUT)
]
Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.", rich_help_panel=_OUTPUT)
]
