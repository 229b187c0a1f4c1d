from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user, within_seconds, write
from vaultprune.config import Config
from vaultprune.errors import CannotStart
from vaultprune.reading import read_config

FILE = ".vaultprune/config.toml"


def test_no_config_means_the_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path, {}) == Config()


def test_the_config_is_laid_over_the_defaults_and_says_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, {FILE: 'archive_folder = "Attic"\nprotect = ["evergreen"]\n'})

    config = read_config(tmp_path, {})

    assert (config.archive_folder, config.protect) == ("Attic", ("evergreen",))
    assert config.origins == {"archive_folder": FILE, "protect": FILE}


def test_the_environment_beats_the_config(tmp_path: Path) -> None:
    write(tmp_path, {FILE: 'archive_folder = "Attic"\nprotect = ["evergreen"]\n'})

    config = read_config(tmp_path, {"VAULTPRUNE_ARCHIVE_FOLDER": "Cellar", "VAULTPRUNE_PROTECT": "reference"})

    assert (config.archive_folder, config.protect) == ("Cellar", ("evergreen", "reference"))


def test_the_environment_counts_without_a_config_too(tmp_path: Path) -> None:
    assert read_config(tmp_path, {"VAULTPRUNE_ARCHIVE_FOLDER": "Cellar"}).archive_folder == "Cellar"


def test_a_byte_order_mark_is_no_part_of_the_config(tmp_path: Path) -> None:
    write(tmp_path, {FILE: b'\xef\xbb\xbfarchive_folder = "Attic"'})

    assert read_config(tmp_path, {}).archive_folder == "Attic"


def test_a_config_may_be_a_symlink(tmp_path: Path) -> None:
    write(tmp_path, {"shared.toml": 'archive_folder = "Attic"', ".vaultprune/x": ""})
    (tmp_path / FILE).symlink_to("../shared.toml")

    assert read_config(tmp_path, {}).archive_folder == "Attic"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b'protect = ["caf\xe9"]', "not UTF-8 text (byte 16)", id="not UTF-8"),
        pytest.param(b"protect = [", "not valid TOML", id="not TOML"),
        pytest.param(
            b"\n\nprotectt = []", 'line 3: there is no setting "protectt". Did you mean "protect"?', id="typo"
        ),
        pytest.param(b"#" * (1024 * 1024 + 1), "longer than 1 MiB", id="endless"),
        pytest.param(b"a\0b = 1", "not valid TOML", id="NUL"),
    ],
)
def test_a_config_that_does_not_fit_ends_the_run_before_it_starts(tmp_path: Path, content: bytes, says: str) -> None:
    write(tmp_path, {FILE: content})

    with pytest.raises(CannotStart) as stopped:
        read_config(tmp_path, {})

    assert str(stopped.value).startswith(FILE)
    assert says in str(stopped.value)
    assert str(stopped.value).endswith("Nothing has been read or changed.")


def test_a_config_that_may_not_be_read_ends_the_run() -> None:
    with as_an_ordinary_user() as folder:
        write(folder, {FILE: "protect = []"})
        (folder / FILE).chmod(0)

        with pytest.raises(CannotStart, match=r"config\.toml: cannot be read: permission denied"):
            read_config(folder, {})


def test_a_config_that_is_no_file_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path, {".vaultprune/x": ""})
    os.mkfifo(tmp_path / FILE)

    with within_seconds(10), pytest.raises(CannotStart, match="not a regular file"):
        read_config(tmp_path, {})
