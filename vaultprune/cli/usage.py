"""A complaint of the option parser in, the same in our words out, with the nearest right thing."""

from __future__ import annotations

import typer

from vaultprune.words import safe


def in_our_words(error: typer.TyperException) -> str:
    """What was wrong, and what was nearest: `there is no option "--formt". Did you mean "--format"?`."""
    where = getattr(getattr(error, "ctx", None), "command_path", "vaultprune")
    unknown = getattr(error, "option_name", None)
    if unknown is not None and type(error).__name__ == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = f'Did you mean "{near[0]}"?' if near else f"{where} --help lists them."
        if not unknown.startswith("--"):
            hint = f'A name that begins with "-" goes behind "--". {hint}'
        return f'there is no option "{safe(unknown)}". {hint} Nothing has been read or changed.'
    said = safe(error.format_message()).rstrip(".").replace("'", '"')
    stop = "" if said.endswith(("?", ")")) else "."
    return f"{said[:1].lower()}{said[1:]}{stop} How it is used: {where} --help"
