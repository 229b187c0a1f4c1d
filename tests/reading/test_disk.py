from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reading.folders import within_seconds
from vaultprune.reading.disk import cause, read_bytes


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 3_000_000])
def test_a_file_is_read_up_to_the_limit_and_its_real_size_is_told(tmp_path: Path, length: int) -> None:
    place = tmp_path / "a"
    place.write_bytes(os.urandom(length))

    data, size = read_bytes(str(place), 10)

    assert (data, size) == (place.read_bytes()[:10], length)


def test_a_file_that_tells_no_size_is_read_to_its_end() -> None:
    data, size = read_bytes("/proc/self/status", 1 << 20)

    assert data.startswith(b"Name:")
    assert size == len(data) > 100


def test_a_symlink_is_followed_only_on_request(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")

    assert read_bytes(str(tmp_path / "b"), 10, follow=True) == (b"x", 1)
    with pytest.raises(OSError, match="symbolic link"):
        read_bytes(str(tmp_path / "b"), 10)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")

    with within_seconds(10), pytest.raises(OSError, match="not a regular file"):
        read_bytes(str(tmp_path / "a"), 10)


def test_no_handle_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    before = len(os.listdir("/proc/self/fd"))

    for _ in range(50):
        read_bytes(str(tmp_path / "a"), 10)
        with pytest.raises(OSError, match="regular"):
            read_bytes(str(tmp_path), 10)

    assert len(os.listdir("/proc/self/fd")) == before


def test_a_cause_reads_as_the_end_of_a_sentence() -> None:
    assert cause(PermissionError(13, "Permission denied")) == "permission denied"
    assert cause(OSError("odd")) == "odd"
