"""A judgement in, its counts out: every note counted once, so that the figures of every report add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from vaultprune.counting import counted
from vaultprune.model import Note
from vaultprune.not_now import GRACE_AGE, GRACE_EDIT, WEEKS, NotNow, long_enough_on
from vaultprune.notes import Notes
from vaultprune.reports.page import View, can_be_pasted, command, inline
from vaultprune.vault import Vault
from vaultprune.words import GLUE, count, day, safe, shortened, title

if TYPE_CHECKING:
    from vaultprune.verdict import Judgement


class Summary(NamedTuple):
    """How many of what. `notes` are those judged: `archive` + `watch` + `keep` + `protected`."""

    notes: int
    orphans: int
    isolated: int
    dead_ends: int
    unresolved: int
    archive: int
    watch: int
    keep: int
    protected: int
    archived: int
    links: int


def summary(judgement: Judgement) -> Summary:
    """The counts of a judgement."""
    of_vault, counts = counted(judgement.vault, judgement.vault.judged), judgement.counts
    return Summary(
        notes=of_vault.notes,
        orphans=of_vault.orphans,
        isolated=of_vault.isolated,
        dead_ends=of_vault.dead_ends,
        unresolved=of_vault.unresolved,
        archive=counts["archive"],
        watch=counts["watch"],
        keep=counts["keep"],
        protected=counts["protected"],
        archived=of_vault.archived,
        links=of_vault.links,
    )


def opening(judgement: Judgement, figures: Summary) -> str:
    """How much was looked at, and how far its dates can be gone by."""
    vault = judgement.vault
    left_out = len(vault.notes) - figures.notes - len(vault.archived)
    notes = count(figures.notes, "note")
    if left_out:
        notes = f"{figures.notes:,} of {count(figures.notes + left_out, 'note')} looked at"
    return f"{notes}, {count(figures.links, 'link')}. {vault.evidence.says}"


def archived_line(judgement: Judgement, figures: Summary) -> str | None:
    """What is said of the notes in the archive folder, if there are any."""
    if not figures.archived:
        return None
    are = "lies" if figures.archived == 1 else "lie"
    keep = "Its links keep" if figures.archived == 1 else "Their links keep"
    folder = safe(judgement.vault.config.archive_folder)
    return f"{count(figures.archived, 'more note')} {are} in {folder}/. {keep} no other note alive."


def of_links(figures: Summary) -> str:
    """What links tell: `71 orphans (40 of them isolated), 120 dead ends, 23 unresolved links` and a full stop."""
    return (
        f"{count(figures.orphans, 'orphan')} ({figures.isolated:,} of them isolated), "
        f"{count(figures.dead_ends, 'dead end')}, {count(figures.unresolved, 'unresolved link')}."
    )


def smaller_budget_line(judgement: Judgement, view: View) -> str | None:
    """That fewer notes are suggested because so many came back, and how to see all, if that is so."""
    budget = judgement.vault.config.budget
    whole = budget.whole(len(judgement.order))
    if whole == judgement.budget:
        return None
    asks = inline(command(view, "report", f"--budget {whole}"))
    are = "is" if judgement.budget == 1 else "are"
    return f"Since so many came back, at most {judgement.budget:,} {are} suggested instead of {whole:,}. All: {asks}"


def patience_line(judgement: Judgement) -> str | None:
    """When the first of the notes that only the ledger dates can be suggested, where nothing is suggested now."""
    brief = [number for number, reason in judgement.not_now.items() if reason == "brief"]
    if not brief or judgement.suggested():
        return None
    are = "is" if len(brief) == 1 else "are"
    first = day(date.fromordinal(min(long_enough_on(judgement.vault, number) for number in brief)))
    return (
        f"{len(brief):,} of the watched {are} not weak for long enough: where only the ledger tells, reports must find "
        f"a note weak in {WEEKS} weeks running; {first} is the first day on which one can be."
    )


def rate_line(judgement: Judgement) -> str | None:
    """What became of notes like the suggested ones, where this vault's history bears a rate."""
    suggested = judgement.suggested()
    if not suggested or not judgement.bears_rate:
        return None
    from vaultprune.verdict import chance

    rate = fsum(chance(judgement.scores[number]) for number in suggested) / len(suggested)
    many = round(100 * rate)
    are = "fewer than 1 is" if many < 1 else "about 1 is" if many == 1 else f"about {many} are"
    return (
        f"Of 100 notes like these, {are} edited or linked to again within half a year. Reading leaves no trace and is "
        "not in this figure."
    )


def problems_line(vault: Vault, named: int = 3) -> str | None:
    """How many files are odd, the first few by name, if there are any."""
    paths = list(dict.fromkeys(problem.path for problem in vault.snapshot.problems))
    if not paths:
        return None
    ought = "it should" if len(paths) == 1 else "they should"
    first = ", ".join(shortened(title(path), 36).replace(" ", GLUE) for path in paths[:named])
    more = f" and {len(paths) - named:,} more" if len(paths) > named else ""
    return f"{count(len(paths), 'file')} could not be read as {ought}: {first}{more}."


def watched_because(judgement: Judgement) -> list[str]:
    """`44 beyond the budget of 10`, `12 edited within the last 90 days`: what holds the watched notes back."""
    return [f"{len(numbers):,}{GLUE}{words}" for words, numbers in held_back(judgement)]


def held_back(judgement: Judgement) -> list[tuple[str, list[int]]]:
    """The watched notes by what holds them back, each group by rank."""
    found: dict[NotNow, list[int]] = defaultdict(list)
    for number in judgement.order:
        if number in judgement.not_now:
            found[judgement.not_now[number]].append(number)
    says: dict[NotNow, str] = {
        "budget": f"beyond the budget of {judgement.budget:,}",
        "edited": f"edited within the last {GRACE_EDIT} days",
        "young": f"not older than {GRACE_AGE} days",
        "resting": "in grace by the vault's own clock",
        "brief": f"not weak for {WEEKS} weeks running yet",
        "passed": "passed over before",
        "unsure": "less sure than you asked for",
        "untrusted": "whose date cannot be trusted",
        "no-evidence": "since no date here can be gone by",
    }
    return [(words, found[reason]) for reason, words in says.items() if reason in found]


def protected_because(judgement: Judgement) -> list[str]:
    """`41 status evergreen or reference`, `38 daily notes`: each note under the first rule that holds it."""
    return [f"{len(numbers):,}{GLUE}{words}" for words, numbers in protected(judgement)]


def protected(judgement: Judgement) -> list[tuple[str, list[int]]]:
    """The protected notes by the first rule that holds each, in path order."""
    from vaultprune.protections import PROTECTIONS  # the heading of an index does without

    first: dict[str, list[int]] = defaultdict(list)
    for number in sorted(judgement.held):  # notes are numbered by path
        first[judgement.held[number][0].code].append(number)
    config = judgement.vault.config
    called = {rule.code: rule.counted_as(config) for rule in PROTECTIONS}
    codes = [*(code for code in called if code in first), *(code for code in first if code not in called)]
    return [(_singular(called.get(code, code), len(first[code])), first[code]) for code in codes]


def _singular(words: str, many: int) -> str:
    """`open tasks`, and `open task` for one of them; phrases that are no plain plural stay as they are."""
    return words.removesuffix("s") if many == 1 and words in _PLURALS else words


_PLURALS = frozenset(
    {"daily notes", "templates", "bookmarks", "open tabs", "open tasks", "drawings", "sync conflicts", "hubs"}
)


def spoken(notes: Sequence[Note], path: str) -> str:
    """A note as in a wikilink: by its name alone where it is the only one of that name, else by its path."""
    whole = path[:-3] if path.lower().endswith(".md") else path
    own = whole.rsplit("/", 1)[-1]
    has_it = path.lower().removesuffix(".md").rsplit("/", 1)[-1] == own.lower()
    return own if has_it and Notes.of(notes).called(own) == 1 else whole


def to_paste(notes: Sequence[Note], path: str, view: View) -> str:
    """A note as it can be pasted into a command, or `NOTE` where its name cannot stand in one."""
    called = spoken(notes, path)
    if called.startswith("-"):  # it would be an option
        called = "/" + path
    return called if can_be_pasted(called, view) else "NOTE"
