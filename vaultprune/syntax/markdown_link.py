"""`[text](destination "title")` in, the note or file it names out; an image is the same behind a `!`."""

from __future__ import annotations

import re

from vaultprune.syntax.target import SCHEME, Target, decode_uri

_PLAIN = r"[^\x00-\x20\x7f()\\]++|\\[^\x00-\x20\x7f]"
_NESTED_ONCE = rf"{_PLAIN}|\((?:{_PLAIN})*\)"
_NESTED = rf"{_PLAIN}|\((?:{_NESTED_ONCE})*\)"
_TITLE = r'"(?:[^"\\]++|\\[\s\S])*"|' + r"'(?:[^'\\]++|\\[\s\S])*'|" + r"\((?:[^()\\]++|\\[\s\S])*\)"

TAIL = re.compile(
    rf"\([ \t\n]*+(?:<((?:[^<>\\\n]++|\\[^\n])*)>|((?!<|\[\[)(?:{_NESTED})*))(?:[ \t\n]++(?:{_TITLE}))?[ \t\n]*+\)"
)
"""What stands behind `[text]`: the destination in group 1 (with angle brackets) or 2 (without).

A wikilink in parentheses is no destination.
"""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def destination(tail: re.Match[str]) -> str:
    """The destination of a matched `TAIL`, as written, without angle brackets and title."""
    angled: str | None = tail[1]
    return angled if angled is not None else str(tail[2])


def unescaped(written: str) -> str:
    """`written` with its backslash escapes and entities undone."""
    if "\\" in written:
        written = _ESCAPED.sub(r"\1", written)
    if "&" in written and _ENTITY.search(written):
        import html  # only a few destinations hold an entity

        written = _ENTITY.sub(lambda found: html.unescape(found[0]), written)
    return written


def target(written: str) -> Target | None:
    """What a destination names inside the vault; None if it is empty or leads elsewhere.

    Reserved sequences such as `%23` stay as written, as the app leaves them.
    """
    plain = unescaped(written) if "\\" in written or "&" in written else written
    if not plain or SCHEME.match(plain):
        return None
    return Target(written.partition("#")[0], decode_uri(plain.partition("#")[0]))
