"""What a protection is: a reason to keep a note that no evidence outweighs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vaultprune.config import Config
from vaultprune.vault import Vault


@dataclass(frozen=True, slots=True)
class Protection:
    """One rule that holds notes, whatever the evidence says.

    `holds` gives, for each judged note that it holds (by id), the sentence that names why. `counted_as`
    names the rule after a count in the summary: "9 open tasks".
    """

    code: str
    holds: Callable[[Vault], Mapping[int, str]]
    counted_as: Callable[[Config], str]
