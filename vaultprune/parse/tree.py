"""What a block of properties is made of, whoever read it: a tree whose every value knows its line."""

from __future__ import annotations

import math
import re
from typing import NamedTuple, TypeAlias

from vaultprune.model import Scalar

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,30}\.[0-9]{0,30}|\.[0-9]{1,30}|[0-9]{1,30}(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Unreadable(ValueError):
    """A block that cannot or should not be read; `line` counts from 1 within the block."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


class Leaf(NamedTuple):
    """One value: as it is meant, and as it was written."""

    value: Scalar
    written: str
    line: int


class Items(NamedTuple):
    """A list; `flow` if it was written in brackets."""

    items: tuple[Node, ...]
    line: int
    flow: bool = False


class Mapping(NamedTuple):
    """Keys and values in file order; a key that was given twice is there twice."""

    pairs: tuple[tuple[str, Node], ...]
    line: int


Node: TypeAlias = "Leaf | Items | Mapping"


def plain_value(written: str) -> Scalar:
    """What an unquoted value means. Leading zeros and very long numbers stay text: nothing of them is lost."""
    if written in _NULLS:
        return None
    if written in _BOOLEANS:
        return _BOOLEANS[written]
    if written[0] not in "+-.0123456789":
        return written
    if _INT.fullmatch(written):
        return int(written)
    if _FLOAT.fullmatch(written):
        number = float(written)
        return number if math.isfinite(number) else written
    return written
