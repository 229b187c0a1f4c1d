"""A vault over time in, its figures in words out: the same sentences for the terminal and the page."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.trend import LATELY, Moment, Trend
from vaultprune.words import count, day, listed, safe

EVERY = {1: "Month by month", 3: "Quarter by quarter", 6: "Half-year by half-year", 12: "Year by year"}
NAMED = 3
"""Imports up to so many are told with their days."""
A_FORTNIGHT = 14
FIGURES = (
    ("links", "links"),
    ("orphans", "orphans"),
    ("isolated", "isolated"),
    ("dead ends", "dead_ends"),
    ("unresolved links", "unresolved"),
    ("in the archive", "archived"),
)
"""What tells of one moment: what it is called, and as what it is counted."""


def heading(trend: Trend) -> str:
    """`Garden over time`."""
    return f"{safe(trend.name)} over time"


def opening(trend: Trend) -> str | None:
    """From what it is told, and how far back that reaches."""
    if trend.source is None:
        return None
    looked = f"looked at as it stood on {count(len(trend.moments), 'day')}"
    if trend.source == "ledger":
        return f"As this machine has seen it since {day(trend.since)}; {looked}." if trend.since else None
    last = trend.last.at.date()
    since = f"Committed to git since {day(trend.since)}; " if trend.since else ""
    return f"{since}{looked}." + (f" Nothing has been committed after {day(last)}." if is_idle(trend) else "")


def is_idle(trend: Trend) -> bool:
    """Whether the newest moment lies well before today, since nothing was committed after it."""
    return (trend.taken_at.date() - trend.last.at.date()).days > A_FORTNIGHT


def story(trend: Trend) -> list[str]:
    """What matters most, in a few sentences."""
    says = [_growth(trend), _orphans(trend), _edited(trend), _suggested(trend), _set_aside(trend)]
    return [each for each in says if each]


def _growth(trend: Trend) -> str:
    before, now, flows = trend.first.notes, trend.last.notes, _flows(trend)
    start = f"Since {day(trend.first.at.date())} the vault"
    if is_idle(trend):
        start = f"From {day(trend.first.at.date())} to {day(trend.last.at.date())} the vault"
    if before != now:
        how = f"{start} {'grew' if now > before else 'shrank'} from {before:,} to {count(now, 'note')}"
    else:
        how = f"{start} kept its {count(now, 'note')}" + (" in number" if flows else "")
    return f"{how}: {listed(flows)}." if flows else f"{how}."


def _flows(trend: Trend) -> list[str]:
    """What came and what went; together with the first count they make the last."""
    return [
        f"{number:,} {what}"
        for number, what in (
            (trend.total(lambda change: change.new), "new"),
            (trend.total(lambda change: change.returned), "back from the archive"),
            (trend.total(lambda change: change.gone), "gone"),
            (trend.total(lambda change: change.archived), "moved to the archive"),
        )
        if number
    ]


def _orphans(trend: Trend) -> str | None:
    now = trend.last.counts
    if now is None:
        return None
    many = f"{now.orphans:,}" if now.orphans else "None"
    are = f"{many} {'is an orphan' if now.orphans < 2 else 'are orphans'}"
    known = [moment for moment in trend.moments[:-1] if moment.counts is not None]
    if not known or known[0].counts is None:
        return f"{are} now."
    return f"{are}, {_more(now.orphans - known[0].counts.orphans, _when(trend, known[0]))}."


def _when(trend: Trend, moment: Moment) -> str:
    """How the counts of a moment are dated: `then` stands for the first moment itself."""
    is_first = moment is trend.first and moment.told_on == moment.at.date()
    return "then" if is_first else f"on {day(moment.told_on)}"


def _more(difference: int, than: str) -> str:
    if not difference:
        return f"as many as {than}"
    return f"{abs(difference):,} {'more' if difference > 0 else 'fewer'} than {than}"


def _edited(trend: Trend) -> str | None:
    """How much of the vault was worked on lately, by the newest moment that can tell, and then."""
    now = trend.last
    if now.lately is None or not now.notes:
        return None
    says = f"{now.lately:,} of the {now.notes:,}, {share(now)}, had been made or edited within {LATELY} days"
    known = [moment for moment in trend.moments[:-1] if moment.lately is not None and moment.notes]
    if not known:
        return f"{says}."
    than = "then" if known[0] is trend.first else f"on {day(known[0].at.date())}"
    return f"{says}; {than} it was {share(known[0])}."


def share(moment: Moment) -> str:
    """`20 in 100`: how many of its notes had been edited lately."""
    if moment.lately is None or not moment.notes:
        return "not known"
    return f"{100 * moment.lately / moment.notes:.0f} in 100"


def _suggested(trend: Trend) -> str | None:
    found = trend.suggestions(trend.first, trend.last) if len(trend.moments) > 1 else None
    if not found:
        return None
    return f"This machine's reports suggested {count(found, 'note')} in that time."


def _set_aside(trend: Trend) -> str | None:
    many = trend.set_aside(trend.first, trend.last)
    if len(trend.moments) < 2 or not many:
        return None
    back = trend.of_these_back
    if many == 1:
        return f"1 note was set aside, and {'came back' if back else 'has not come back'}."
    return f"Of {many:,} notes set aside, {f'{back:,} came back' if back else 'none came back'}."


def then_and_now(trend: Trend) -> list[tuple[str, str]]:
    """The figures that tell of one moment, at the first moment that knows them and at the last."""
    now = trend.last.counts
    if now is None:
        return []
    known = [moment for moment in trend.moments[:-1] if moment.counts is not None]
    before = known[0] if known else None
    then = None if before is None else before.counts
    when = "" if before is None else _when(trend, before)
    rows = []
    for called, counted_as in FIGURES:
        is_now = int(getattr(now, counted_as))
        was = None if then is None else int(getattr(then, counted_as))
        if called != "in the archive" or is_now or was:
            rows.append((called, f"{is_now:,} now" if was is None else f"{was:,} {when}, {is_now:,} now"))
    return rows


def steps(trend: Trend) -> str:
    """`Quarter by quarter`, as the moments lie."""
    one, other = (moment.at.date() for moment in trend.moments[-2:])
    return EVERY.get((other.year - one.year) * 12 + other.month - one.month, "Day by day")


def of_moment(trend: Trend, place: int) -> str:
    """One of the days in a line: how many notes, and what was done since the day before it."""
    moment = trend.moments[place]
    says = count(moment.notes, "note")
    if moment.counts is not None:
        when = "" if moment.told_on == moment.at.date() else f" on {day(moment.told_on)}"
        says += f", {count(moment.counts.orphans, 'orphan')}{when}"
    change = moment.since
    if change is not None:
        at_once = f" ({change.at_once:,} at once)" if change.at_once else ""
        done = [
            f"{number:,} {what}"
            for number, what in (
                (change.new, f"new{at_once}"),
                (change.returned, "back from the archive"),
                (change.gone, "gone"),
                (change.archived, "archived"),
                (change.edited, "edited"),
                (change.linked, "linked to"),
            )
            if number
        ]
        done = done or ["nothing new, gone or edited"]
        suggested = trend.suggestions(trend.moments[place - 1], moment)
        says += f"; {', '.join([*done, *([f'{suggested:,} suggested'] if suggested else [])])}"
    return says


def notes_of_caution(trend: Trend) -> list[str]:
    """What is in none of the figures, and what came in at once."""
    found = [(on, notes) for change in trend.changes for on, notes in change.imports]
    says = []
    if 0 < len(found) <= NAMED:
        says.append(f"{listed([f'{notes:,} notes came in at once on {day(on)}' for on, notes in found])}: an import.")
    elif found:
        says.append(f"{sum(notes for _, notes in found):,} notes came in at once, in {len(found):,} imports.")
    moved = trend.total(lambda change: change.moved)
    if moved:
        times = "Once" if moved == 1 else f"{moved:,} times"
        says.append(f"{times} a note was renamed or moved, which makes it neither new nor gone.")
    says.append("An edit is a change of words by a person; what a program did to many notes at once is none.")
    if trend.source == "git":
        says.append("What is not committed is in none of these figures.")
    else:
        says.append("A look dates what it sees by its own day.")
    return says


def missing(trend: Trend) -> list[str]:
    """Where nothing reaches back: what there is today, what is missing, and from when on there will be more."""
    now = trend.last.counts
    says = []
    if now is not None:
        says.append(
            f"{count(now.notes, 'note')} today: {count(now.orphans, 'orphan')} ({now.isolated:,} of them isolated), "
            f"{count(now.dead_ends, 'dead end')}, {count(now.unresolved, 'unresolved link')}."
        )
    seen = f"has seen it only since {day(trend.since)}" if trend.since else "has not seen it yet"
    says.append(f"There is nothing to compare that with: {trend.missing}, and this machine {seen}.")
    return says


def what_helps(trend: Trend) -> Sequence[tuple[str, str]]:
    """What would give an answer, and when."""
    when = f" on {day(trend.ready)}" if trend.ready else ""
    looks = "each report, and each" if trend.since else "from today on each report, and each"
    return [
        ("looks", f"{looks} vaultprune observe, remembers what changed; a first comparison can be made{when}"),
        ("history", "a vault kept in git can be asked about all of its past"),
    ]
