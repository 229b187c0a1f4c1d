"""Columns of numbers and of plain JSON in, their bytes out, and back. Nothing in such bytes can be executed."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

SHAPE = f"{sys.byteorder} {array('I').itemsize} {array('q').itemsize}"
"""How numbers lie in memory here; what was packed elsewhere is not to be unpacked."""


class Damaged(Exception):
    """What was remembered cannot be what was written: it is to be forgotten, and everything read anew."""


def careful(make: Callable[[], T]) -> T:
    """What `make` gives; where it stumbles over what it was given, `Damaged`."""
    try:
        return make()
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, MemoryError) as reason:
        raise Damaged(type(reason).__name__) from reason


def as_json(value: object) -> bytes:
    """A JSON column. Lone surrogates, which some file names hold, stand in it escaped."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def from_json(column: bytes) -> Any:
    """What a JSON column holds."""
    return json.loads(column)


def numbers(kind: str, column: bytes) -> array[int]:
    """A column of whole numbers."""
    found = array(kind)
    found.frombytes(column)
    return found
