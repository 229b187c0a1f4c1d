"""What running text is searched for: one pattern of everything that may matter in it, told apart by its groups."""

from __future__ import annotations

import re
from functools import cache

from vaultprune.syntax import tag, wikilink

(
    WIKILINK,
    ODD_WIKILINK,
    TASK,
    BOX,
    AWAY,
    DESTINATION,
    PLAIN,
    LABEL,
    TAG,
    CODE,
    ADDRESS,
    HTML,
    MATH,
    COMMENT,
    FENCE,
) = range(1, 16)
"""Which group holds what is found; none of them if it is a character that may begin or end something."""

SKIPPED = frozenset({AWAY, PLAIN, CODE, ADDRESS, HTML, MATH})
"""What is whole and means nothing."""

_WIKILINK = rf"\[\[([^\[\]\n|#\\]++)(?:(?:\\?\||#)[^\[\]\n]*+)?\]\](?!\()|\[\[(?!\[)({wikilink.INNER})\]\]"
"""The group of the first holds the note's name; nothing more can belong to it."""

_TASK = r"|\[ (?<=\n[-*+] \[ )()\](?=[ \t\n]|\Z)|\[ ()\](?=[ \t\n]|\Z)"
"""At the margin, and anywhere else."""

_LABEL_TEXT = r"[^\[\]\n`<$\\#:]*+"
_AWAY = r"https://[^\x00-\x20\x7f()\\<]*+"  # leads out of the vault, whatever its entities mean
_LINK = rf"\((?:({_AWAY})|(?!\[\[)([^\x00-\x20\x7f()\\<&]*+))(?: \"[^\"\\\n]*+\")?\)"
"""One whose label and destination hold nothing that needs a closer look."""

_TAG = rf"|#({tag.CHARACTERS}+)"
_SPAN = r"`[^`\n]++`(?!`)"
_CODE = rf"|{_SPAN}(?:[^`\n\[\]<$\\#~:]*+{_SPAN})*+()"
"""With the code that follows on its line, as long as nothing else may begin in between."""

_ADDRESS = r"|<https?://()[^<>\x00-\x20]*+>"
_ATTRIBUTES = r"(?: [A-Za-z]++=(?:\"[^\"<>\n]*+\"|'[^'<>\n]*+'))*+"
_NAME = r"[A-Za-z][A-Za-z0-9\-]*+"
_HTML = (
    r"|<(?:(?:(?<=[^\n \t>]<)|(?<=[A-Za-z] <)|(?<=[^0-9][.)] <))"
    rf"(?:(?![aAiI]){_NAME}{_ATTRIBUTES} ?/?>|/{_NAME} ?>)(?!#)|(?<=\n<)span{_ATTRIBUTES}>(?=[^\s#]))()"
)
"""A tag that names nothing, where no block begins with it."""

_MATH = r"|\$(?!\$)(?:(?!\s)[^$\\\n]++(?<!\s)\$(?![0-9$])|(?=\s|[^$\\\n]++(?:[$\n]|\Z)))()"
"""Mathematics between single dollars, or a dollar that begins none."""

_CHARACTERS = r"|`|<|\[|\]|\$|\\"
_URI = r"|obsidian://"

_NOT_INDENTED = r"(?=\n(?! {4}| {0,3}\t)|\Z)"
_ONE_COMMENT = rf"(?!-?>)(?:[^\-&\\]++|-(?!->))*+-->[ \t]*+{_NOT_INDENTED}"
_COMMENT = rf"|<!--(?<=\n<!--)(){_ONE_COMMENT}(?:\n++<!--{_ONE_COMMENT})*+"
_FENCE = rf"|```(?<=\n```)(?!`)([^`\n]*+)\n(?:(?! {{0,3}}```)[^\n]*+\n)*+ {{0,3}}```++[ \t]*+{_NOT_INDENTED}"
"""Comments and code at the margin, if all is as simple as it looks."""

# every alternative begins with a literal: only then does `re` skip quickly over what lies between
_UNDEFINED = rf"{_WIKILINK}{_TASK}|\[{_LABEL_TEXT}\](?:{_LINK}|(?![(:])()|(?=:)()){_TAG}{_CODE}{_ADDRESS}{_HTML}{_MATH}"
_DEFINED = rf"{_WIKILINK}{_TASK}|\[{_LABEL_TEXT}\](?:{_LINK}|(?!)()|(?!\()()){_TAG}{_CODE}{_ADDRESS}{_HTML}{_MATH}"
_AT_MARGIN = rf"{_COMMENT}{_FENCE}{_CHARACTERS}|~~~"
_AT_MARGIN_WITH_URIS = rf"|<(?!)(){_FENCE}{_CHARACTERS}|~~~{_URI}"
"""Comments may name a URI as well."""


@cache  # each takes a millisecond to make, and few vaults need them all
def in_text(*, uris: bool) -> re.Pattern[str]:
    """For a text whose blocks are known; `uris` of the app are searched for only where there are any."""
    return re.compile(_DEFINED + _CHARACTERS + (_URI if uris else ""))


@cache
def at_once(*, defined: bool, uris: bool) -> re.Pattern[str]:
    """For a text whose blocks are noticed as they come; whether it has labels is known."""
    return re.compile((_DEFINED if defined else _UNDEFINED) + (_AT_MARGIN_WITH_URIS if uris else _AT_MARGIN))


def has_uris(event: re.Pattern[str]) -> bool:
    """Whether a pattern is one of those that find the URIs of the app."""
    return event.pattern.endswith(_URI)
