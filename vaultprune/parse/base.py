"""The path and bytes of a base in, what its filters name out. A base is never a source of links."""

from __future__ import annotations

from vaultprune.model import Base, NotePath, Problem, Query
from vaultprune.parse import queries, yaml_block
from vaultprune.parse.text import decode
from vaultprune.parse.tree import Unreadable


def read(path: NotePath, data: bytes) -> Base:
    """What a base asks for. One that cannot be read asks for nothing, and says so."""
    decoded = decode(data)
    problems = [Problem(path, decoded.problem)] if decoded.problem else []
    try:
        query = queries.base(yaml_block.read(decoded.text))
    except Unreadable as reason:
        query = Query("base")
        problems.append(Problem(path, str(reason).replace("properties are", "it is"), reason.line))
    return Base(path, query, tuple(problems))
