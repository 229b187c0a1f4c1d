"""The settings in force in, each with its value, what it is about and where it was set out; as a page and as data."""

from __future__ import annotations

import json

from vaultprune.config import Config, says_of, settings
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.page import UNCHANGED, Page, View
from vaultprune.words import safe


def settings_text(config: Config, vault: str, view: View) -> str:
    """Every setting as it could stand in the file, which is TOML."""
    page = Page(view)
    page.heading(f"{safe(vault)}, every setting in force")
    page.gap()
    for name, value in settings(config).items():
        written = f"{name} = {as_toml(value)}" if value is not None else f"{name} is not set"
        page.say(safe(written), "", "  ")
        whence = config.origins.get(name)
        page.say(f"{says_of(name)}; {'the default' if whence is None else f'set in {safe(whence)}'}", "    ")
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def settings_json(config: Config, vault: str) -> str:
    """The same for programs; `from` is null for a default."""
    rows = [
        {"name": name, "value": value, "from": config.origins.get(name), "says": says_of(name)}
        for name, value in settings(config).items()
    ]
    return as_json({"schema": SCHEMA, "vault": vault, "settings": rows})


def as_toml(value: object) -> str:
    """A value as TOML writes it: texts, numbers, truths and lists look there as they do in JSON."""
    return json.dumps(value, ensure_ascii=False)
