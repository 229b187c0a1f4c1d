"""The vault in, the terms of a retention formula out: which evidence adds up, and how much each term counts."""

from vaultprune.signals.company import arrived_with, folder_size, written_with
from vaultprune.signals.dated import dated
from vaultprune.signals.edits import edits
from vaultprune.signals.facts import FACTS
from vaultprune.signals.folder import folder
from vaultprune.signals.links import backlinks, new_links, traffic
from vaultprune.signals.plain import PLAIN_AGE, PLAIN_LINKS
from vaultprune.signals.plain import holds as plain_rule_holds
from vaultprune.signals.recency import recency
from vaultprune.signals.rule import Rule
from vaultprune.signals.signal import Fact, Signal

WITH_LOG = Rule(
    "balanced",
    (
        edits(1.0),
        traffic(0.5, half_life=30),
        new_links(0.3),
        folder(0.4),
        arrived_with(-0.15),
        folder_size(-0.1),
        dated(-1.3),
    ),
    base=-1.4,
    slope=0.85,
    own_rate=0.35,
    pause=-0.2,
)
"""Where an edit log (git) tells on which days a person wrote in each note."""

FROM_SNAPSHOT = Rule(
    "balanced",
    (
        recency(1.0),
        traffic(1 / 3, half_life=90),
        backlinks(0.1),
        folder(0.25),
        written_with(-0.1),
        folder_size(-0.1),
        dated(-0.75),
    ),
    base=-1.6,
    slope=2.0,
    busy=0.3,
)
"""Where there are only the dates and links of one moment."""

PLAIN = Rule("plain", (PLAIN_AGE, PLAIN_LINKS), base=0.0, slope=1.0)
"""No backlinks, and no edit for 180 days: a rule that anyone can check by hand."""


def rule_in_force(name: str, has_log: bool) -> Rule:
    """The rule that a setting names, in the form that the evidence at hand allows."""
    if name == "plain":
        return PLAIN
    return WITH_LOG if has_log else FROM_SNAPSHOT


__all__ = ["FACTS", "FROM_SNAPSHOT", "PLAIN", "WITH_LOG", "Fact", "Rule", "Signal", "plain_rule_holds", "rule_in_force"]
