"""The options that every command shares which moves notes, each with its line of help."""

from __future__ import annotations

from typing import Annotated

import typer

_HOW = "How it is carried out"
FORMATS = ("text", "json")

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show the plan, guards included; change nothing.", rich_help_panel=_HOW)
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.", rich_help_panel=_HOW)]
Approve = Annotated[
    str | None,
    typer.Option("--approve", metavar="PLAN-ID", help="Let exactly this plan through, once.", rich_help_panel=_HOW),
]
Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text or json.", rich_help_panel="How it is shown")
]
