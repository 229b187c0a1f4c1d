"""A vault in, the text of its first settings file out: nothing is in force but a name, all else stands as a comment.

What the owner might want is what the vault shows: the statuses in use, where daily notes go, properties that hold days.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from vaultprune.config import Config, says_of, settings
from vaultprune.vault import Vault
from vaultprune.words import count, safe, wrapped

MOST = 8
"""Values that are shown of those that were seen."""
WIDTH = 78
"""Columns of a line, so that it fits a terminal with a margin."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|\Z)")
_LOOKED_AT = 50


def config_text(vault: Vault, name: str) -> str:
    """The file. Each line that is a setting can be put in force by taking its `# ` away."""
    lines = [
        *_comment("Settings of vaultprune for this vault. A line with # in front is not in force."),
        *_comment("What is in force, and whence: vaultprune config show"),
        "",
        *_comment("A name for this vault, by which this machine knows it again when its folder is moved or renamed."),
        f"id = {json.dumps(name)}",
    ]
    defaults = settings(Config())
    seen = {"protect": list(_statuses(vault)), "modified_keys": list(_days(vault))}
    for setting, value in defaults.items():
        if setting in ("id", "created_keys", "only_in"):
            continue
        lines += ["", *_comment(f"{says_of(setting)[:1].upper()}{says_of(setting)[1:]}.")]
        if setting == "protect_daily":
            lines += [line for where in _daily(vault) for line in _comment(f"Seen here: {where}")]
        named = [f"{each} ({count(many, 'note')})" for each, many in seen.get(setting, ())]
        if setting == "modified_keys":  # of a day that is seen, only its owner knows what it is the day of
            holding = [f"Seen here, holding days: {', '.join(named)}."] if named else []
            lines += _comment(" ".join(["What stands here is added to the usual names.", *holding]))
            value = []
        elif named:
            lines += _comment(f"Seen here: {', '.join(named)}.")
            value = [each for each, _ in seen[setting]]
        lines.append(f"# {setting} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    return wrapped(text, WIDTH, "# ", "# ")


def _statuses(vault: Vault) -> Iterator[tuple[str, int]]:
    """The statuses in use, as a property or as a tag below #status, the most frequent first."""
    notes, found = vault.notes, Counter[str]()
    for number in notes.having("status".__eq__):
        found.update({text.strip().lower() for text in notes.properties_of(number).texts("status")})
    for row in notes.tags:
        found.update({tag.lower().removeprefix("status/") for tag in row if tag.lower().startswith("status/")})
    plain = [(each, many) for each, many in found.most_common() if each and safe(each) == each and len(each) <= 40]
    yield from sorted(plain, key=lambda item: (-item[1], item[0]))[:MOST]


def _daily(vault: Vault) -> Iterator[str]:
    """Where dated notes go, by the app's settings."""
    for dated in vault.snapshot.app.dated if vault.snapshot.app.present else ():
        where = f"{safe(dated.folder)}/" if dated.folder else "the top of the vault"
        yield f"{dated.period} notes in {where}, called {safe(dated.format)}."


def _days(vault: Vault) -> Iterator[tuple[str, int]]:
    """Properties whose values are days, and that are none of the usual names of such."""
    known = {key.lower() for key in (*vault.config.modified_keys, *vault.config.created_keys)}
    found = []
    for key in sorted(vault.notes.property_names - known):
        if safe(key) != key or not key.strip():
            continue
        having = vault.notes.having(key.__eq__)
        values = [vault.notes.properties_of(number).texts(key) for number in having[:_LOOKED_AT]]
        days = sum(len(texts) == 1 and _DAY.match(texts[0]) is not None for texts in values)
        if days and 2 * days > len(values):
            found.append((key, len(having)))
    yield from sorted(found, key=lambda item: (-item[1], item[0]))[:MOST]
