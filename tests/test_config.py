"""Settings from a file, the environment and the command line, and what is said of those that do not fit."""

from __future__ import annotations

import json

import pytest

from vaultprune.config import MODIFIED_KEYS, Budget, Config, from_environment, from_toml, settings, with_settings
from vaultprune.errors import CannotStart

FILE = ".vaultprune/config.toml"


def test_a_file_lies_over_the_defaults() -> None:
    config = from_toml(Config(), 'budget = 5\nprotect = ["evergreen"]\nprotect_daily = false\n', FILE)

    assert config.budget == Budget(5, chosen=True)
    assert config.protect == ("evergreen",)
    assert config.protect_daily is False
    assert config.archive_folder == "Archive"
    assert config.origins == {"budget": FILE, "protect": FILE, "protect_daily": FILE}


def test_the_command_line_beats_the_environment_beats_the_file() -> None:
    config = from_toml(Config(), "budget = 5", FILE)
    config = from_environment(config, {"VAULTPRUNE_BUDGET": "7", "HOME": "/home/ada", "VAULTPRUNE_VAULT": "x"})
    assert config.budget.notes == 7
    assert config.origins["budget"] == "VAULTPRUNE_BUDGET"

    assert with_settings(config, {"budget": "9"}, "--budget", lambda _: None).budget.notes == 9


def test_lists_are_added_to_and_choices_replaced() -> None:
    config = from_toml(Config(), 'protect = ["a"]\nmodified_keys = ["last tended"]\ndates = ["git"]', FILE)
    config = with_settings(config, {"protect": ["b", "a"]}, "--protect", lambda _: None)

    assert config.protect == ("a", "b")
    assert config.modified_keys == (*MODIFIED_KEYS, "last tended")
    assert config.dates == ("git",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("a = 1\nprotectt = []", 'there is no setting "a"', id="the first unknown key"),
        pytest.param(
            '\n\nprotectt = ["x"]', 'line 3: there is no setting "protectt". Did you mean "protect"?', id="near"
        ),
        pytest.param("[protectt]\nx = 1", 'line 1: there is no setting "protectt"', id="a table"),
        pytest.param("budget = -1", '"budget" takes a number of notes', id="a negative budget"),
        pytest.param("budget = true", '"budget" takes a number of notes', id="a budget that is no number"),
        pytest.param('budget = "150%"', '"budget" takes a number of notes', id="more than all"),
        pytest.param('rule = "balancedd"', 'Did you mean "balanced"?', id="a misspelt rule"),
        pytest.param('dates = ["mtimes"]', 'Did you mean "mtime"?', id="a misspelt source"),
        pytest.param("dates = []", "at least one source", id="no source"),
        pytest.param("protect = [1]", '"protect" takes a list of texts', id="a list of numbers"),
        pytest.param("protect_daily = 1", '"protect_daily" takes true or false', id="a number for a flag"),
        pytest.param("min_confidence = 2", '"min_confidence" takes a number from 0 to 1', id="out of range"),
        pytest.param(
            'archive_folder = "../out"', '"archive_folder" takes the name of a folder', id="outside the vault"
        ),
        pytest.param('archive_folder = ".hidden"', '"archive_folder" takes the name of a folder', id="hidden"),
        pytest.param("budget = ", "not valid TOML", id="no TOML"),
        pytest.param("a = " + "[" * 5000, "not valid TOML", id="a bomb"),
    ],
)
def test_a_misfit_is_told_in_one_line_with_its_place(text: str, says: str) -> None:
    with pytest.raises(CannotStart) as told:
        from_toml(Config(), text, FILE)

    message = str(told.value)
    assert says in message
    assert message.startswith(FILE)
    assert message.endswith("Nothing has been read or changed.")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("written", "budget"),
    [("10", Budget(10, None, True)), ("5%", Budget(None, 0.05, True)), ("2.5 %", Budget(None, 0.025, True))],
)
def test_a_budget_is_a_number_or_a_share(written: str, budget: Budget) -> None:
    assert with_settings(Config(), {"budget": written}, "--budget", lambda _: None).budget == budget


def test_every_setting_in_force_can_be_told_as_json() -> None:
    told = settings(from_toml(Config(), 'budget = "5%"', FILE))

    assert json.loads(json.dumps(told)) == told
    assert told["budget"] == "5%"
    assert "origins" not in told
