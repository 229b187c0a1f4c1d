"""Columns of numbers and of plain JSON in, one run of bytes out, and back. Nothing in such bytes can be executed."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

SHAPE = f"{sys.byteorder} {array('I').itemsize} {array('q').itemsize}"
"""How numbers lie in memory here; what was packed elsewhere is not to be unpacked."""


class Damaged(Exception):
    """What was remembered cannot be what was written: it is to be forgotten, and everything read anew."""


def pack(columns: Mapping[str, bytes]) -> bytes:
    """Named columns as one run of bytes."""
    head = json.dumps([[name, len(column)] for name, column in columns.items()]).encode("ascii")
    return b"".join((len(head).to_bytes(8, "big"), head, *columns.values()))


def unpack(data: bytes) -> dict[str, memoryview]:
    """The columns again. Raises `Damaged` unless the lengths add up."""

    def columns() -> dict[str, memoryview]:
        view = memoryview(data)
        at = 8 + int.from_bytes(view[:8], "big")
        found: dict[str, memoryview] = {}
        for name, length in json.loads(bytes(view[8:at])):
            found[name] = view[at : at + length]
            at += length
        if at != len(data):
            raise ValueError("something is missing")
        return found

    return careful(columns)


def careful(make: Callable[[], T]) -> T:
    """What `make` gives; where it stumbles over what it was given, `Damaged`."""
    try:
        return make()
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, MemoryError) as reason:
        raise Damaged(type(reason).__name__) from reason


def as_json(value: object) -> bytes:
    """A JSON column. Lone surrogates, which some file names hold, stand in it escaped."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def from_json(column: memoryview) -> Any:
    """What a JSON column holds."""
    return json.loads(bytes(column))


def numbers(kind: str, column: memoryview) -> array[int]:
    """A column of whole numbers."""
    found = array(kind)
    found.frombytes(column)
    return found
