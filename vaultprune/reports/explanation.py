"""One verdict in, all there is to say about it out: a value that the page for people and the JSON both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vaultprune.model import LinkKind, NotePath
from vaultprune.not_now import GRACE_EDIT, SAYS
from vaultprune.reports.figures import spoken
from vaultprune.signals.links import newest_source
from vaultprune.verdict import Judgement, Verdict
from vaultprune.words import count, day, listed, name, ordinal, safe


@dataclass(frozen=True, slots=True)
class Backlink:
    """One link to the note: where it stands, and the words around it."""

    path: NotePath
    line: int
    kind: LinkKind
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One note in full. `place` is where it stands among the others; the lists are sentences or parts of them."""

    verdict: Verdict
    place: str
    not_now: str | None
    backlinks: tuple[Backlink, ...]
    looked_for: tuple[str, ...]
    could_not_tell: str | None
    if_archived: tuple[str, ...]
    would_keep: tuple[str, ...]
    would_weaken: tuple[str, ...]
    bears_rate: bool


def explanation(judgement: Judgement, number: int) -> Explanation:
    """Everything about the verdict on one judged note."""
    verdict = judgement.of(number)
    graph = judgement.vault.graph
    return Explanation(
        verdict=verdict,
        place=_place(judgement, verdict),
        not_now=_not_now(judgement, verdict),
        backlinks=tuple(
            Backlink(source, link.line, link.kind, link.text)
            for source, link in graph.backlink_occurrences(verdict.path)
        ),
        looked_for=_looked_for(judgement),
        could_not_tell=_could_not_tell(judgement),
        if_archived=_if_archived(judgement, verdict),
        would_keep=_would_keep(judgement, verdict),
        would_weaken=_would_weaken(judgement, verdict),
        bears_rate=judgement.bears_rate,
    )


def _place(judgement: Judgement, verdict: Verdict) -> str:
    """`suggested, 3rd of 10`."""
    if verdict.word == "protected" or verdict.rank is None:
        return "protected"
    if verdict.word == "archive":
        suggested = judgement.suggested()
        return f"suggested, {ordinal(suggested.index(verdict.number) + 1)} of {len(suggested):,}"
    word = "watched" if verdict.word == "watch" else "kept"
    return f"{word}, rank {verdict.rank:,} of {len(judgement.order):,}"


def _not_now(judgement: Judgement, verdict: Verdict) -> str | None:
    if verdict.why_not_now is None:
        return None
    beyond = verdict.why_not_now == SAYS["budget"]
    return f"beyond the budget of {judgement.budget:,}" if beyond else verdict.why_not_now


def _looked_for(judgement: Judgement) -> tuple[str, ...]:
    """The protections that a note-taker would ask about, in their words."""
    config = judgement.vault.config
    status = (f"status {listed([safe(each) for each in config.protect], 'or')}",) if config.protect else ()
    return (
        *status,
        "a keep of yours",
        "a bookmark",
        "an open tab",
        "an open task",
        "a name that is a date",
        "a template",
        "a bridge or a hub",
    )


def _could_not_tell(judgement: Judgement) -> str | None:
    """What no reading of the files can settle: whether a query lists the note."""
    languages = Counter(query.language for _, query in judgement.vault.queries)
    if not languages:
        return None
    if len(languages) == 1:
        [(language, many)] = languages.items()
        whose = f"your {safe(language)} query" if many == 1 else f"one of your {many:,} {safe(language)} queries"
        return f"whether {whose} lists it"
    kinds = listed([f"{many:,} {safe(language)}" for language, many in languages.items()])
    return f"whether one of your {sum(languages.values()):,} queries ({kinds}) lists it"


def _if_archived(judgement: Judgement, verdict: Verdict) -> tuple[str, ...]:
    """What setting the note aside would do to the others, as sentences."""
    after = judgement.consequences(verdict.number)
    sources = judgement.vault.graph.backlinks(verdict.path)
    said = []
    if after.unresolved_in:
        where = _first(after.unresolved_in)
        if after.rewrites:
            are = "is" if after.rewrites == 1 else "are"
            said.append(f"{count(after.rewrites, 'link')} {are} rewritten to go on working, in {where}")
        else:
            said.append(f"what points to it from {where} is of a kind that is not rewritten")
    unmoved = [source for source in sources if source not in after.unresolved_in]
    if len(unmoved) == 1:
        said.append(f"the link in {_first(unmoved)} goes on working, unchanged")
    elif unmoved:
        said.append(f"the links in {_first(unmoved)} go on working, unchanged")
    become = "becomes an orphan" if len(after.orphans) == 1 else "become orphans"
    said.append(f"{_first(after.orphans)} {become}" if after.orphans else "no other note becomes an orphan")
    return tuple(said)


def _first(paths: Sequence[NotePath]) -> str:
    """`A`, `A and B`, `A, B, C and 4 more`."""
    names = [name(path) for path in paths[:3]]
    return f"{', '.join(names)} and {len(paths) - 3:,} more" if len(paths) > 3 else listed(names)


def _would_keep(judgement: Judgement, verdict: Verdict) -> tuple[str, ...]:
    """What the owner could do to have a weak note kept."""
    if verdict.would_be not in ("archive", "watch"):
        return ()
    protect = judgement.vault.config.protect
    named = f"status {listed([safe(each) for each in protect], 'or')} in its properties"
    return (
        "any edit to its text",
        "a link from a note that you edit",
        named if protect else "vaultprune: keep in its properties",
    )


def _would_weaken(judgement: Judgement, verdict: Verdict) -> tuple[str, ...]:
    """What could make a kept note weak; never before its grace is over."""
    if verdict.would_be != "keep":
        return ()
    vault = judgement.vault
    quiet, said = vault.quiet_days(verdict.number), []
    if verdict.use.last_used is not None and quiet is not None and quiet <= GRACE_EDIT:
        until = day(verdict.use.last_used + GRACE_EDIT)
        said.append(f"no edit to its text; until {until} it is not suggested in any case")
    else:
        said.append("more time without an edit to its text")
    newest = newest_source(vault, verdict.number)
    if newest is not None:
        liveliest = safe(spoken(vault.notes, vault.notes.paths[newest[0]]))
        said.append(f"silence in the notes that link here, {liveliest} first of all")
    elif verdict.backlinks:
        said.append("the loss of its backlinks")
    return tuple(said)
