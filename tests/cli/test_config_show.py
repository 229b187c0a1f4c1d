from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_json import fits
from tests.cli.worlds import Tool, garden

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden")


def test_every_setting_is_shown_with_where_it_was_set(tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULTPRUNE_BUDGET", "5%")
    done = tool("config", "show", vault)
    document = json.loads(tool("config", "show", vault, "--format", "json").out)
    settings = {each["name"]: (each["value"], each["from"]) for each in document["settings"]}

    fits(document, "config")
    assert done.code == 0
    assert 'dates = ["property"]\n    where dates of use are taken from; set in .vaultprune/config.toml\n' in done.out
    assert 'budget = "5%"\n' in done.out
    assert "set in VAULTPRUNE_BUDGET" in done.out
    assert done.out.endswith(UNCHANGED)
    assert settings["budget"] == ("5%", "VAULTPRUNE_BUDGET")
    assert settings["protect_daily"] == (True, None)


def test_config_alone_says_what_it_can_do(tool: Tool, vault: Path) -> None:
    done = tool("config", here=vault)

    assert done.code == 2
    assert "vaultprune config show" in done.err
