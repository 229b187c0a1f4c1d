"""What running text is searched for: one pattern of everything that may matter in it, told apart by its groups."""

from __future__ import annotations

import re

from vaultprune.syntax import tag, wikilink

WIKILINK, LABEL, AWAY, DESTINATION, TAG, CODE, COMMENT, FENCE = range(1, 9)
"""Which group holds what is found; none of them if it is a character that may begin or end something."""

SKIPPED = frozenset({AWAY, CODE})

_LABEL_TEXT = r"[^\[\]\n`<$\\#:]*+"
_AWAY = r"https://[^\x00-\x20\x7f()\\<]*+"  # leads out of the vault, whatever its entities mean
_TEXT = (
    rf"\[\[(?!\[)({wikilink.INNER})\]\]"
    # a link whose label and destination hold nothing that needs a closer look; or brackets that are no link
    rf"|\[({_LABEL_TEXT})\](?:\((?:({_AWAY})|(?!\[\[)([^\x00-\x20\x7f()\\<&]*+))(?: \"[^\"\\\n]*+\")?\)|(?!\())"
    rf"|#({tag.CHARACTERS}+)"
    r"|`([^`\n]++)`(?!`)"
)
_CHARACTERS = r"|`|<|\[|\]|\$|\\"
_URI = r"|obsidian://"

_NOT_INDENTED = r"(?=\n(?! {4}| {0,3}\t)|\Z)"
_COMMENT = rf"|<!--(?<=\n<!--)((?!-?>))(?:[^\-&\\]++|-(?!->))*+-->[ \t]*+{_NOT_INDENTED}"
_FENCE = rf"|```(?<=\n```)(?!`)([^`\n]*+)\n(?:(?! {{0,3}}```)[^\n]*+\n)*+ {{0,3}}```++[ \t]*+{_NOT_INDENTED}"
"""Comments and code at the margin, if all is as simple as it looks."""

# every alternative begins with a literal: only then does `re` skip quickly over what lies between
IN_TEXT = re.compile(_TEXT + _CHARACTERS)
IN_TEXT_WITH_URIS = re.compile(_TEXT + _CHARACTERS + _URI)
AT_ONCE = re.compile(_TEXT + _COMMENT + _FENCE + _CHARACTERS + "|~~~")
AT_ONCE_WITH_URIS = re.compile(_TEXT + r"|<(?!)()" + _FENCE + _CHARACTERS + "|~~~" + _URI)
WITH_URIS = frozenset({IN_TEXT_WITH_URIS, AT_ONCE_WITH_URIS})
