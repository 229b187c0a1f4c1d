"""What one weekly run saw and did in, a few lines about it out, or the same as data: no news is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaultprune.guards import Guard
from vaultprune.model import NotePath, Snapshot
from vaultprune.reports.data import as_json, heading, iso
from vaultprune.reports.figures import opening, patience_line, smaller_budget_line, summary
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import Page, View, command, inline
from vaultprune.verdict import Judgement
from vaultprune.words import count, day, title

NOT_CHANGED = "Nothing in the vault has been changed."


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What became of the review note: `written` or left as it is, and the sentence that says so.

    `is_odd`: it is for another reason than ticks that wait; `failed`: it was to be written, and could not be.
    """

    path: NotePath
    written: bool
    says: str = ""
    is_odd: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """One weekly run: the judgement, and how it compares with what earlier weeks suggested.

    `last` is the Monday of the last week before this one of which it is known what its reports suggested, `before` what
    that was and `ever` what all of them did. `looked` says what was seen of the notes since the last look, and
    `noticed` has the same as numbers; both are None where nothing was to be remembered. `waits` is what waits, by name.
    """

    judgement: Judgement
    last: int | None = None
    before: frozenset[NotePath] = frozenset()
    ever: frozenset[NotePath] = frozenset()
    looked: str | None = None
    noticed: Mapping[str, object] | None = None
    waits: Mapping[str, object] | None = None
    note: ReviewNote | None = None
    dry_run: bool = False

    @property
    def suggested(self) -> tuple[NotePath, ...]:
        """The notes that are suggested, the clearest first."""
        paths = self.judgement.vault.notes.paths
        return tuple(paths[number] for number in self.judgement.suggested())

    @property
    def first_time(self) -> tuple[NotePath, ...]:
        """Those that no earlier week suggested."""
        return tuple(path for path in self.suggested if path not in self.ever)

    @property
    def no_longer(self) -> tuple[NotePath, ...]:
        """The notes of the week before that are there, are judged, and are not suggested now."""
        now, vault = frozenset(self.suggested), self.judgement.vault
        judged = (vault.notes.paths[number] for number in vault.judged)
        return tuple(path for path in judged if path in self.before and path not in now)

    @property
    def has_news(self) -> bool:
        """Whether the suggestions are others than the week before."""
        return self.last is None or not self.before.issuperset(self.suggested) or bool(self.no_longer)


def weekly_text(week: Week, view: View) -> str:
    """One line where all is as the week before, else a few."""
    page, vault = Page(view), week.judgement.vault
    note = week.note
    is_odd = note is not None and (note.is_odd or note.failed)
    if not week.has_news and not view.waiting and not vault.evidence.abstains and not is_odd:
        where = f", listed in {_named(note)}" if note and week.suggested else ""
        page.say(f"{title_line(vault)}: {_as_before(week)}{where}. {_last_line(week)}")
        return page.text()
    page.heading(title_line(vault))
    page.say(week.looked or opening(week.judgement, summary(week.judgement)))
    for line in (*view.waiting, smaller_budget_line(week.judgement, view)):
        if line:
            page.say(line)
    listed = note is not None and note.says and (week.suggested or not note.written)
    page.say(f"{_suggestions(week, view)} {note.says}" if note and listed else _suggestions(week, view))
    patience = patience_line(week.judgement)
    if patience:
        page.say(patience)
    page.gap()
    if week.suggested:
        page.commands([("Look at them", command(view, "review"))])
        page.gap()
    page.say(_last_line(week))
    return page.text()


def _named(note: ReviewNote) -> str:
    return f'"{title(note.path)}"'


def _as_before(week: Week) -> str:
    """That the suggestions are those of the week before, and which week that was."""
    today = week.judgement.vault.today
    assert week.last is not None
    lately = today - week.last < 14
    before = "last week" if lately else f"in the week of {day(week.last)}"
    many = len(week.suggested)
    if not many:
        return f"nothing to suggest, as {before}"
    return f"{count(many, 'note')} {'is' if many == 1 else 'are'} suggested, the same as {before}"


def _suggestions(week: Week, view: View) -> str:
    """How many notes are suggested, how many of them for the first time, and how many are not any more."""
    if week.judgement.vault.evidence.abstains:
        asks = inline(command(view, "report"))
        return f"Nothing is suggested, since it cannot be told which notes you work on. What would help: {asks}"
    many, first, gone = len(week.suggested), len(week.first_time), len(week.no_longer)
    if not week.has_news:
        return f"{_capital(_as_before(week))}."
    if not many:
        says = "Nothing is suggested"
    else:
        says = f"{count(many, 'note')} {'is' if many == 1 else 'are'} suggested"
        if week.last is not None and first:
            says += " for the first time" if first == many else f", {first:,} of them for the first time"
    if gone:
        says += f"; {gone:,} of the week before {'is' if gone == 1 else 'are'} not any more"
    return f"{says}."


def _last_line(week: Week) -> str:
    if week.note is not None and week.note.written:
        would = "would be" if week.dry_run else "was"
        return f"Only {_named(week.note)} {would} written; nothing else in the vault has been changed."
    return NOT_CHANGED


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def weekly_json(week: Week, _view: View) -> str:
    """The same for programs; `docs/weekly.schema.json` describes it."""
    figures = summary(week.judgement)
    return as_json(
        {
            **_heading(week.judgement.vault.snapshot, week.dry_run),
            "result": "done",
            "guards": [],
            "seen": week.noticed,
            "abstains": week.judgement.vault.evidence.abstains,
            "summary": {
                "notes": figures.notes,
                "archive": figures.archive,
                "watch": figures.watch,
                "keep": figures.keep,
                "protected": figures.protected,
                "archived": figures.archived,
            },
            "week_before": iso(week.last),
            "suggested": list(week.suggested),
            "first_time": list(week.first_time),
            "no_longer": list(week.no_longer),
            "waiting": week.waits,
            "note": None if week.note is None else _note(week.note),
        }
    )


def _note(note: ReviewNote) -> dict[str, object]:
    return {"path": note.path, "written": note.written, "why_not": None if note.written else note.says or None}


def refused_json(snapshot: Snapshot, guards: Sequence[Guard], dry_run: bool) -> str:
    """That a guard held the run back, for programs: nothing was looked at any further."""
    return as_json(
        {
            **_heading(snapshot, dry_run),
            "result": "refused",
            "guards": [{"name": guard.name, "says": guard.says} for guard in guards],
        }
    )


def _heading(snapshot: Snapshot, dry_run: bool) -> dict[str, object]:
    return {**heading(snapshot), "week": _iso_week(snapshot.taken_at.date()), "dry_run": dry_run}


def _iso_week(when: date) -> str:
    year, week, _ = when.isocalendar()
    return f"{year}-W{week:02}"
