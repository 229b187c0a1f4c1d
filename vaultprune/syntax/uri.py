"""`obsidian://open?vault=V&file=F` in, the note it opens out."""

from __future__ import annotations

import re

from vaultprune.syntax.target import Target, decode_component

_CHARACTER = r"[^\s<>()\[\]{}\"`|\\^]"
URI = re.compile(rf"obsidian://(?:{_CHARACTER}++|\({_CHARACTER}*+\))*", re.IGNORECASE)
"""A URI of the app as it stands in running text; a closing parenthesis belongs to it only if it was opened in it."""

_PARAMETERS = ("file", "filepath", "path")


def target(uri: str) -> Target | None:
    """The note that a URI of the app opens; None if it is no such URI or names none."""
    scheme, _, rest = uri.partition("://")
    if scheme.lower() != "obsidian":
        return None
    rest = rest.partition("#")[0]
    action, _, query = rest.partition("?")
    if action.startswith("/"):
        written = action
    elif action.lower().startswith("vault/"):
        written = action[len("vault/") :].partition("/")[2]
    else:
        values = dict(pair.partition("=")[::2] for pair in reversed(query.split("&")))
        written = next((values[name] for name in _PARAMETERS if values.get(name)), "")
    path = decode_component(written).partition("#")[0]
    return Target(written, path) if path else None
