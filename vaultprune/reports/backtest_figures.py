"""A backtest in, its counts in words out: the same sentences for the terminal and the page."""

from __future__ import annotations

from collections import Counter

from vaultprune.backtest import FEWEST_DAYS, Backtest, Suggestion, Window, apart
from vaultprune.model import HORIZON
from vaultprune.words import count, day, listed, name, safe, shortened

READING = "Reading leaves no trace and is in none of these figures."
LONGEST = 60
"""Columns for a name within a sentence."""


def heading(backtest: Backtest) -> str:
    """`Garden, replayed from its git history`."""
    how = "replayed from its git history" if backtest.source == "git" else "as this machine saw it"
    return f"{safe(backtest.name)}, {how}"


def opening(backtest: Backtest) -> str:
    """What was done: which days were looked at, and from what."""
    windows = backtest.windows
    if backtest.source == "ledger":
        weeks = listed([day(window.at.date()) for window in windows])
        since = f"Watched since {day(backtest.since)}. " if backtest.since else ""
        which = "week" if len(windows) == 1 else "weeks"
        return (
            f"{since}These are the suggestions of the {which} up to {weeks} on which nothing was decided, and what "
            f"later looks saw become of them within {HORIZON} days. An edit that may have fallen into that time counts."
        )
    since = f"Committed from {day(backtest.since)} to {day(backtest.until)}. " if backtest.since else ""
    if len(windows) == 1:
        days = f"It was looked at as it stood on {day(windows[0].at.date())}"
    else:
        first, last = day(windows[0].at.date()), day(windows[-1].at.date())
        days = f"It was looked at as it stood on {len(windows)} days, half a year apart, from {first} to {last}"
    return (
        f"{since}{days}, from nothing but what had been committed by then; and then at what became of its notes within "
        f"the {HORIZON} days that followed."
    )


def left_out(backtest: Backtest) -> str | None:
    """Which of the days tell nothing, and why."""
    idle = len(backtest.windows) - len(backtest.counted)
    if not idle:
        return None
    what = "1 of these days is" if idle == 1 else f"{idle} of these days are"
    return (
        f"{what} not counted: you edited something on fewer than {FEWEST_DAYS} days of the half-year that followed, "
        "and where nobody writes nothing is needed."
    )


def rows(backtest: Backtest) -> list[tuple[str, str]]:
    """Who chose, and how many of these notes were needed again, as pairs of a label and a text."""
    of, needed = len(backtest.suggestions), backtest.needed
    were = "was" if needed.suggested == 1 else "were"
    found = [(f"Of {of:,} suggested", f"{needed.suggested:,.0f} {were} edited or newly linked to within half a year")]
    if needed.oldest is not None:
        found.append((f"of the {of:,} oldest", about(needed.oldest)))
    if needed.orphans is not None:
        found.append((f"of {of:,} without backlinks", f"{about(needed.orphans)}, the oldest of them taken first"))
    found.append((f"of {of:,} taken at random", about(needed.random)))
    return found


def different_notes(backtest: Backtest) -> str | None:
    """That a note may have been suggested on several of the days, where one was."""
    notes = len({each.path for each in backtest.suggestions})
    of = len(backtest.suggestions)
    return None if notes == of else f"The {of:,} are {count(notes, 'note')}: some came up on several of the days."


def how_sure(backtest: Backtest) -> str:
    """How far the counts can be gone by: the interval, and whether the oldest notes, or chance, fared differently."""
    needed, of = backtest.needed, len(backtest.suggestions)
    ours = backtest.interval(needed.suggested)
    other, others_are = (needed.random, "chance") if needed.oldest is None else (needed.oldest, "the oldest notes")
    says = (
        f"From a count such as {needed.suggested:,.0f} of {of:,} the true rate may lie between "
        f"{ours.low * 100:.0f} and {ours.high * 100:.0f} in 100 (Wilson's interval, 95 %)."
    )
    difference = apart(ours, backtest.interval(other))
    if difference.high < 0:
        follows = f"That is fewer than {others_are} would have met, and by more than luck explains."
    elif difference.low > 0:
        follows = f"That is more than {others_are} would have met, and by more than luck explains."
    else:
        follows = f"Whether that is better or worse than going by {others_are}, so few cannot tell."
    return f"{says} {follows}"


def stated(backtest: Backtest) -> str | None:
    """What the chances stated for the suggestions let expect."""
    told = backtest.stated
    if told is None:
        return None
    of = len(backtest.suggestions)
    return f"By the chances stated for them then, {about(told)} of the {of:,} were to be expected."


def others(backtest: Backtest) -> str | None:
    """How many of the suggested notes their owner removed, which is no regret and no merit."""
    fates = Counter(each.fate for each in backtest.suggestions)
    says = []
    if fates["gone"]:
        says.append(f"deleted {fates['gone']:,}")
    if fates["set-aside"]:
        says.append(f"moved {fates['set-aside']:,} to the archive")
    return f"Of the others you yourself {listed(says)} within the half-year." if says else None


def of_window(window: Window) -> str:
    """One of the days in a line."""
    notes = count(window.notes, "note")
    many = len(window.suggestions)
    if not window.counts:
        edited = f"edited on {count(window.active_days, 'day')}" if window.active_days else "nothing was edited"
        return f"{notes}; {edited} in the half-year after it: not counted"
    if not many:
        why = "its dates could not be gone by" if window.abstains else "no weak note was out of its grace"
        return f"{notes}, nothing suggested: {why}"
    needed = window.needed
    says = f"{notes}, {many:,} suggested, {needed.suggested:,.0f} needed again; "
    if needed.oldest is not None:
        says += f"of the oldest {about(needed.oldest)}, "
    if needed.orphans is not None:
        says += f"without backlinks {about(needed.orphans)}, "
    return f"{says}at random {about(needed.random)}"


def what_became(window: Window, suggestion: Suggestion) -> str:
    """Why a note counts as needed again: when it was suggested, and what was done with it then."""
    quiet = "" if suggestion.last_used is None else f", when it had not been edited since {day(suggestion.last_used)}"
    done = []
    if suggestion.edited is not None:
        found = "found " if suggestion.rank is None else ""  # a look tells when it saw an edit, not when it was made
        done.append(f"{found}edited on {day(suggestion.edited)}")
    if suggestion.linked is not None:
        done.append(f"newly linked to on {day(suggestion.linked)}")
    moved = ""
    if suggestion.now is not None and suggestion.now != suggestion.path:
        renamed = name(suggestion.now) != name(suggestion.path)
        moved = f"; by then it was called {shortened(name(suggestion.now), LONGEST)}" if renamed else "; moved by then"
    return f"Suggested on {day(window.at.date())}{quiet}; {listed(done)}{moved}."


def needed_again(backtest: Backtest) -> list[tuple[Window, Suggestion]]:
    """Every suggestion that was needed again, with its day."""
    return [(window, each) for window in backtest.counted for each in window.suggestions if each.needed]


def about(number: float) -> str:
    """A count that may be an expectation: `3`, `about 3`, `fewer than 1`."""
    if abs(number - round(number)) < 0.005:
        return f"{round(number):,}"
    return "fewer than 1" if number < 0.5 else f"about {round(number):,}"
