"""The vault in, exactly one verdict for every judged note out, with reasons that a person can check."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum

from vaultprune.graph.consequences import if_archived
from vaultprune.model import Consequences, Held, Note, NotePath, Reason, Use, VerdictWord
from vaultprune.not_now import NotNow, confidence, not_now, told
from vaultprune.protections import PROTECTIONS, Protection
from vaultprune.signals import FACTS, Fact, Rule, plain_rule_holds, rule_in_force
from vaultprune.vault import Vault
from vaultprune.words import in_hundred

TRAFFIC_HALF_LIFE = 90.0
"""Days; for the `traffic` that is told of each note, whatever rule is in force."""


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
    notes' ids by rank; `edge` the score of the last of them that is weak. `held` the protections of each protected
    note. `words` and `not_now` go by id.
    """

    vault: Vault
    rule: Rule
    terms: tuple[Sequence[float], ...]
    typical: tuple[float, ...]
    base: float
    scores: Sequence[float]
    order: tuple[int, ...]
    edge: float
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

    @cached_property
    def bears_rate(self) -> bool:
        """Whether the chances can be told as rates: by the balanced rule, on a vault whose history bears one."""
        return bool(self.rule.own_rate) and self.vault.bears_rate

    def suggested(self) -> tuple[int, ...]:
        """The ids of the notes suggested for the archive, the clearest first."""
        return self._suggested

    @cached_property
    def _suggested(self) -> tuple[int, ...]:
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
            why_not_now=told(vault, number, reason) if reason else None,
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
        rate = f" ({in_hundred(chance(base))})" if self.bears_rate else ""
        found = [Reason("base-rate", f"a typical note of this vault{rate}", base)]
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
        if not_now(self.vault, number, self.edge - self.scores[number]) is not None:
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
    terms = tuple(array("d", signal.weigh(vault)) for signal in rule.signals)
    free = [number for number in vault.judged if number not in held]
    # the typical note is the mean of the unprotected ones, or of all where every note is protected
    usual = free or list(vault.judged)
    typical = tuple(
        fsum(map(term.__getitem__, usual)) / len(usual) if usual and signal.centred else 0.0
        for signal, term in zip(rule.signals, terms, strict=True)
    )
    slope = rule.slope
    least = rule.level(vault)
    base = least + slope * fsum(typical)
    scores = array("d", [least + slope * fsum(row) for row in zip(*terms, strict=True)])
    order = tuple(sorted(free, key=scores.__getitem__))  # notes come by path, and so do those of equal scores
    weak = [number for rank, number in enumerate(order, 1) if _is_weak(vault, rule, number, rank, len(order))]
    edge = scores[weak[-1]] if weak else 0.0
    budget = vault.config.budget.of(len(order))
    waiting = _waiting(vault, weak, {number: edge - scores[number] for number in weak}, budget)
    words: dict[int, VerdictWord] = dict.fromkeys(order, "keep")
    words.update((number, "watch" if number in waiting else "archive") for number in weak)
    words.update(dict.fromkeys(held, "protected"))
    return Judgement(vault, rule, terms, typical, base, scores, order, edge, held, words, waiting, budget, tuple(facts))


def _waiting(vault: Vault, weak: Sequence[int], below: Mapping[int, float], budget: int) -> dict[int, NotNow]:
    """What holds each of the weak notes back that is not suggested, by rank."""
    waiting: dict[int, NotNow] = {}
    for number in weak:
        reason = not_now(vault, number, below[number])
        if reason is None and budget > 0:
            budget -= 1
        else:
            waiting[number] = reason or "budget"
    return waiting


def _is_weak(vault: Vault, rule: Rule, number: int, rank: int, of: int) -> bool:
    """Weak: within the lowest quarter by rank; under the plain rule, where the rule holds."""
    return plain_rule_holds(vault, number) if rule.name == "plain" else rank * 4 <= of


def chance(score: float) -> float:
    """1 / (1 + e^-score), without overflow."""
    if score >= 0:
        return 1 / (1 + exp(-score))
    odds = exp(score)
    return odds / (1 + odds)
