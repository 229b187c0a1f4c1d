from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user
from vaultprune.archiving import device_id, record_decision
from vaultprune.errors import CannotStart
from vaultprune.model import Decision


def test_a_device_gets_a_short_name_and_keeps_it(tmp_path: Path) -> None:
    name = device_id(tmp_path / "data")

    assert re.fullmatch("[0-9a-f]{12}", name)
    assert device_id(tmp_path / "data") == name
    assert [place.name for place in (tmp_path / "data").iterdir()] == ["device"]


def test_two_devices_have_two_names(tmp_path: Path) -> None:
    assert device_id(tmp_path / "a") != device_id(tmp_path / "b")


@pytest.mark.parametrize("damaged", [b"", b"\0" * 13, b"ABC", b"../../x", b"caf\xe9", b"0" * 40])
def test_a_damaged_name_is_made_anew(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "device").write_bytes(damaged)

    name = device_id(tmp_path)

    assert re.fullmatch("[0-9a-f]{12}", name)
    assert device_id(tmp_path) == name


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with as_an_ordinary_user() as folder:
        (folder / "data").mkdir(mode=0o500)

        with pytest.raises(CannotStart, match="cannot be given a name: Permission denied"):
            device_id(folder / "data")


def test_the_name_is_kept_outside_the_vault_and_made_on_the_first_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    vault = tmp_path / "vault"
    vault.mkdir()
    assert not list(tmp_path.rglob("device"))

    record_decision(vault, Decision(datetime(2026, 11, 20, tzinfo=UTC), "keep", "note", "a.md"))

    [place] = tmp_path.rglob("device")
    assert vault not in place.parents
    assert [file.stem for file in vault.rglob("*.jsonl")] == [place.read_text().strip()]
