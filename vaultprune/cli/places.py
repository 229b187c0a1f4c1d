"""What was typed to name a vault in, its folder out; or every vault that might have been meant."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vaultprune.errors import CannotStart, Refused
from vaultprune.reports.page import as_argument
from vaultprune.words import safe

VAULT_VARIABLE = "VAULTPRUNE_VAULT"


class Place(NamedTuple):
    """A vault's folder; `named` is what was typed to name it, None if it was found from the current folder."""

    folder: Path
    named: str | None = None


def the_vault(option: str | None, first: str | None, command: str) -> Place:
    """The vault that a command is about: named by option or first argument, else by the environment, else found.

    Raises `CannotStart` for a name that is no folder, and where there is no vault, with those that Obsidian knows.
    """
    if option is not None and first is not None:
        raise CannotStart(
            f'two vaults are named, "{safe(first)}" and "{safe(option)}". Nothing has been read or changed.'
        )
    typed = option if option is not None else first
    if typed is not None:
        return Place(_folder(typed), typed)
    variable = os.environ.get(VAULT_VARIABLE)
    if variable:
        return Place(_folder(variable, f"{VAULT_VARIABLE}: "))
    from vaultprune.reading import find_vault

    found = find_vault(_here())
    if found is None:
        raise CannotStart(_no_vault(command))
    return Place(found)


def split(arguments: Sequence[str], *, alone: bool = False) -> tuple[str | None, tuple[str, ...]]:
    """The vault and the notes among some arguments: the first is the vault if it is a folder and notes follow.

    `alone`: no note needs to follow, since options say what is meant.
    """
    if len(arguments) > (0 if alone else 1) and os.path.isdir(os.path.expanduser(arguments[0])):
        return arguments[0], tuple(arguments[1:])
    return None, tuple(arguments)


def refuse_inside_another(folder: Path) -> None:
    """Writing in a vault inside a larger one is refused: the links from outside are not seen. Raises `Refused`."""
    from vaultprune.reading import outer_vault

    outer = outer_vault(folder)
    if outer is not None:
        raise Refused(
            f'stopped, because "{safe(folder.name)}" lies inside another vault, whose links to it are not seen. '
            f"Name that one: --vault {as_argument(str(outer))}\nNothing has been changed."
        )


def below(vault: Path) -> str | None:
    """The current folder as a path in the vault: "" for the vault's own, None if it lies elsewhere."""
    here, root = os.path.realpath(_here()), os.path.realpath(vault)
    if here == root:
        return ""
    return here[len(root) + 1 :].replace(os.sep, "/") if here.startswith(root + os.sep) else None


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise CannotStart("the current folder is gone. Name the vault with --vault PATH.") from None


def _folder(typed: str, where: str = "") -> Path:
    place = Path(os.path.abspath(os.path.expanduser(typed)))
    if place.is_dir():
        return place
    what = "is a file, not a vault's folder" if place.exists() else "is no folder"
    import difflib

    near = difflib.get_close_matches(place.name, _folders(place.parent), n=1)
    hint = f" Did you mean {as_argument(os.path.join(os.path.dirname(typed), near[0]))}?" if near else ""
    raise CannotStart(f'{where}"{safe(typed)}" {what}.{hint} Nothing has been read or changed.')


def _folders(parent: Path) -> list[str]:
    try:
        with os.scandir(parent) as entries:
            return [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    except OSError:
        return []


def _no_vault(command: str) -> str:
    """That there is no vault here, and how the known ones are named."""
    from vaultprune.reading import known_vaults

    known = known_vaults()[:9]
    says = "there is no vault here: no folder from this one upward holds .obsidian/ or .vaultprune/."
    if not known:
        return f"{says} Name one with --vault PATH. Nothing has been read or changed."
    lines = [f"  vaultprune {command}{' ' if command else ''}--vault {as_argument(str(vault))}" for vault in known]
    return "\n".join([f"{says} Obsidian knows these:", *lines, "Nothing has been read or changed."])
