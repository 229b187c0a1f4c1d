"""What every link of a vault means, as numbers: what a `LinkGraph` looks things up in, and what can be remembered."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultprune.notes import Rows


class Resolved(NamedTuple):
    """The links of all sources in order: `targets` from `starts[s]` on are those of source s.

    `forward` has the files that each source links to in a way that counts, `backward` the sources that are heard
    to link to each file, `weak` those that only mention it; `missing` counts link paths that nothing answers to.
    Nothing is heard of the `silent` sources. As long as `edges` stays the same, so does who is linked with whom.
    """

    starts: array[int]
    targets: array[int]
    ties: tuple[tuple[int, ...], ...]
    forward: Rows
    backward: Rows
    missing: array[int]
    weak: Mapping[int, Sequence[int]]
    silent: frozenset[int]
    edges: str
