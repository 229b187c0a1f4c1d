"""What is written down outlives a power cut, or the person is told that it may not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.reading.folders import write
from vaultprune.archiving import append_line
from vaultprune.errors import CannotStart

PATH = ".vaultprune/decisions/d1.jsonl"


def test_a_line_is_on_disk_when_the_call_returns_and_so_is_all_that_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[str, bytes]] = []
    really = os.fsync

    def watched(handle: int) -> None:
        place = os.path.relpath(os.readlink(f"/proc/self/fd/{handle}"), os.path.realpath(tmp_path))
        flushed.append((place, (tmp_path / PATH).read_bytes() if place == PATH else b""))
        really(handle)

    monkeypatch.setattr(os, "fsync", watched)
    append_line(tmp_path, PATH, "one")

    assert flushed == [(".", b""), (".vaultprune", b""), (PATH, b"one\n"), (".vaultprune/decisions", b"")]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOTTY])
def test_a_file_system_that_cannot_flush_is_put_up_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    append_line(tmp_path, PATH, "one")

    assert (tmp_path / PATH).read_bytes() == b"one\n"


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_flush_that_fails_is_never_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    write(tmp_path, {PATH: "old\n"})
    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(CannotStart, match="cannot be written"):
        append_line(tmp_path, PATH, "one")
