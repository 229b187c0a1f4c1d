"""The vault in, exactly one verdict for every judged note out, with reasons that a person can check."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum, log
from typing import Literal

from vaultprune.graph import if_archived
from vaultprune.model import Consequences, Held, Note, NotePath, Reason, Use, VerdictWord
from vaultprune.protections import PROTECTIONS, Protection
from vaultprune.signals import FACTS, Fact, Rule, plain_rule_holds, rule_in_force
from vaultprune.vault import Vault
from vaultprune.words import in_hundred

GRACE_EDIT = 90
"""Days after a human edit within which a note is not suggested."""
GRACE_AGE = 60
"""Days after its creation within which a note is not suggested."""
TRAFFIC_HALF_LIFE = 90.0
"""Days; for the `traffic` that is told of each note, whatever rule is in force."""

NotNow = Literal["no-evidence", "untrusted", "young", "edited", "unsure", "budget"]

NOT_NOW: Mapping[NotNow, str] = {
    "no-evidence": "the dates of this vault cannot be gone by",
    "untrusted": "its date cannot be trusted",
    "young": f"not older than {GRACE_AGE} days",
    "edited": f"edited within the last {GRACE_EDIT} days",
    "unsure": "less sure than you asked for",
    "budget": "beyond the budget",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one note, and why.

    `rank` counts from 1, the weakest first, over all unprotected notes; None where protected. `score` is the
    sum of the reasons' weights, in log-odds; `retention` is 1 / (1 + e^-score). `traffic` is what the
    backlinks are worth. `would_be` is what a protected note would be without its protections, else the word itself.
    """

    number: int
    note: Note
    word: VerdictWord
    rank: int | None
    score: float
    retention: float
    confidence: float
    use: Use
    backlinks: int
    outgoing: int
    traffic: float
    orphan: bool
    isolated: bool
    dead_end: bool
    reasons: tuple[Reason, ...]
    protections: tuple[Held, ...]
    why_not_now: str | None
    would_be: VerdictWord

    @property
    def path(self) -> NotePath:
        """The note's path."""
        return self.note.path


@dataclass(frozen=True)
class Judgement:
    """One verdict for every judged note. The numbers are there at once; a verdict's words are made when asked for.

    `terms` holds, for each signal of the rule, one value per note of the vault, `typical` that of the typical
    note, `base` the score of the typical note; `order` the unprotected
    notes' ids by rank; `held` the protections of each protected note. `words` and `not_now` go by id.
    """

    vault: Vault
    rule: Rule
    terms: tuple[Sequence[float], ...]
    typical: tuple[float, ...]
    base: float
    scores: Mapping[int, float]
    order: tuple[int, ...]
    held: Mapping[int, tuple[Held, ...]]
    words: Mapping[int, VerdictWord]
    not_now: Mapping[int, NotNow]
    budget: int
    facts: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Verdict]:
        """Every verdict, by rank, the protected ones last by path."""
        for number in self.order:
            yield self.of(number)
        for number in sorted(self.held, key=lambda held: self.vault.notes.paths[held]):
            yield self.of(number)

    @cached_property
    def ranks(self) -> Mapping[int, int]:
        """The rank of each unprotected note, from 1."""
        return {number: rank for rank, number in enumerate(self.order, 1)}

    @cached_property
    def counts(self) -> Mapping[VerdictWord, int]:
        """How many notes got each verdict."""
        return Counter(self.words.values())

    @cached_property
    def traffic(self) -> Sequence[float]:
        """What each note's backlinks are worth, by id."""
        return self.vault.traffic(TRAFFIC_HALF_LIFE)

    def suggested(self) -> tuple[int, ...]:
        """The ids of the notes suggested for the archive, the clearest first."""
        return tuple(number for number in self.order if self.words[number] == "archive")

    def of(self, number: int) -> Verdict:
        """The verdict on one judged note, in full."""
        vault, graph, note = self.vault, self.vault.graph, self.vault.notes[number]
        score = self.scores[number]
        word = self.words[number]
        reason = self.not_now.get(number)
        return Verdict(
            number=number,
            note=note,
            word=word,
            rank=self.ranks.get(number),
            score=score,
            retention=chance(score),
            confidence=confidence(vault, number),
            use=vault.uses[number],
            backlinks=len(graph.backlink_ids(number)),
            outgoing=graph.outgoing(note.path),
            traffic=self.traffic[number],
            orphan=graph.is_orphan(note.path),
            isolated=graph.is_isolated(note.path),
            dead_end=graph.is_dead_end(note.path),
            reasons=self._reasons(number),
            protections=self.held.get(number, ()),
            why_not_now=NOT_NOW[reason] if reason else None,
            would_be=self._without_protection(number) if word == "protected" else word,
        )

    def consequences(self, number: int) -> Consequences:
        """What setting the note aside would do to the others."""
        return if_archived(self.vault.graph, self.vault.notes.paths[number], self.vault.config.archive_folder)

    def _weights(self, number: int) -> list[float]:
        slope = self.rule.slope
        return [slope * (term[number] - usual) for term, usual in zip(self.terms, self.typical, strict=True)]

    def _reasons(self, number: int) -> tuple[Reason, ...]:
        base = self.base
        found = [Reason("base-rate", f"a typical note of this vault ({in_hundred(chance(base))})", base)]
        for signal, weight in zip(self.rule.signals, self._weights(number), strict=True):
            says = signal.say(self.vault, number)
            if says is not None or weight:
                found.append(Reason(signal.code, says or signal.code, weight))
        for fact in self.facts:
            told = fact.say(self.vault, number)
            if told is not None:
                found.append(Reason(fact.code, told))
        return tuple(found)

    def _without_protection(self, number: int) -> VerdictWord:
        """What the note would be if it alone were not protected and the others stayed as they are."""
        key = (self.scores[number], self.vault.notes.paths[number])
        place = bisect_left(self.order, key, key=lambda other: (self.scores[other], self.vault.notes.paths[other]))
        if not _is_weak(self.vault, self.rule, number, place + 1, len(self.order) + 1):
            return "keep"
        if _not_now(self.vault, number) is not None:
            return "watch"
        before = sum(self.words[other] == "archive" for other in self.order[:place])
        return "archive" if before < self.budget else "watch"


def judge(
    vault: Vault,
    *,
    rule: Rule | None = None,
    protections: Sequence[Protection] = PROTECTIONS,
    facts: Sequence[Fact] = FACTS,
) -> Judgement:
    """Weigh every judged note of the vault; `rule` is the one in force by the settings unless another is given."""
    rule = rule or rule_in_force(vault.config.rule, vault.evidence.has_log)
    held: dict[int, tuple[Held, ...]] = {}
    for protection in protections:
        for number, says in protection.holds(vault).items():
            held[number] = (*held.get(number, ()), Held(protection.code, says))
    terms = tuple(signal.weigh(vault) for signal in rule.signals)
    free = [number for number in vault.judged if number not in held]
    # the typical note is the mean of the unprotected ones, or of all where every note is protected
    usual = free or list(vault.judged)
    typical = tuple(
        fsum([term[number] for number in usual]) / len(usual) if usual and signal.centred else 0.0
        for signal, term in zip(rule.signals, terms, strict=True)
    )
    slope = rule.slope
    base = rule.base + slope * fsum(typical) + (rule.own_rate * vault.own_rate if rule.own_rate else 0.0)
    scores = {
        number: fsum((base, *[slope * (term[number] - mean) for term, mean in zip(terms, typical, strict=True)]))
        for number in vault.judged
    }
    order = tuple(sorted(free, key=lambda number: (scores[number], vault.notes.paths[number])))
    words, not_now = _verdicts(vault, rule, order)
    words.update(dict.fromkeys(held, "protected"))
    budget = vault.config.budget.of(len(order))
    return Judgement(vault, rule, terms, typical, base, scores, order, held, words, not_now, budget, tuple(facts))


def _verdicts(vault: Vault, rule: Rule, order: Sequence[int]) -> tuple[dict[int, VerdictWord], dict[int, NotNow]]:
    """The word for every unprotected note, by rank, and for the watched ones what holds them back."""
    words: dict[int, VerdictWord] = {}
    not_now: dict[int, NotNow] = {}
    left = vault.config.budget.of(len(order))
    for rank, number in enumerate(order, 1):
        if not _is_weak(vault, rule, number, rank, len(order)):
            words[number] = "keep"
            continue
        reason = _not_now(vault, number)
        if reason is None and left > 0:
            words[number] = "archive"
            left -= 1
        else:
            words[number] = "watch"
            not_now[number] = reason or "budget"
    return words, not_now


def _is_weak(vault: Vault, rule: Rule, number: int, rank: int, of: int) -> bool:
    """Weak: within the lowest quarter by rank; under the plain rule, where the rule holds."""
    return plain_rule_holds(vault, number) if rule.name == "plain" else rank * 4 <= of


def _not_now(vault: Vault, number: int) -> NotNow | None:
    """What keeps a weak note from being suggested, whatever its rank; the budget apart."""
    use = vault.uses[number]
    if vault.evidence.abstains:
        return "no-evidence"
    if not use.trusted or use.last_used is None:
        return "untrusted"
    if use.created is not None and vault.today - use.created <= GRACE_AGE:
        return "young"
    if vault.today - use.last_used <= GRACE_EDIT:
        return "edited"
    return "unsure" if confidence(vault, number) < vault.config.min_confidence else None


def chance(score: float) -> float:
    """1 / (1 + e^-score), without overflow."""
    if score >= 0:
        return 1 / (1 + exp(-score))
    odds = exp(score)
    return odds / (1 + odds)


QUALITY: Mapping[str, float] = {"git": 0.95, "ledger": 0.95, "property": 0.85, "mtime": 0.6, "filename": 0.5}
"""How far a date from each source can be gone by, 0 to 1: an ordering, published, not a measured rate."""


def confidence(vault: Vault, number: int) -> float:
    """How sure the tool is of its evidence on a note, 0 to 1: where the date comes from, and how long was watched.

    The quality of the source times 1 - 2^(-observed days / 90), in two decimals; 0 where the date is not trusted.
    """
    use = vault.uses[number]
    if not use.trusted or use.last_used_from is None:
        return 0.0
    watched = 1 - exp(-log(2) * vault.evidence.observed_days / 90)
    return round(QUALITY[use.last_used_from] * watched, 2)
