"""The sources and what became of them in, how far the dates of the whole vault can be gone by out, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from vaultprune.evidence.clock import clock_of
from vaultprune.evidence.sources import YOUNG, Sources
from vaultprune.evidence.use import ENOUGH
from vaultprune.evidence.watched import WATCHED
from vaultprune.model import DateSource, Evidence, Use
from vaultprune.words import count, day, listed

FEWEST = 10
"""Suggestions want at least one note in so many whose date is trusted."""

PAUSE_TOLD = 90
"""Days for which a long pause is told after its end."""

ORDER: tuple[DateSource, ...] = ("git", "property", "ledger", "mtime", "filename")
SOURCES: dict[DateSource, str] = {
    "git": "git",
    "property": "properties",
    "mtime": "file times",
    "filename": "file names",
    "ledger": "the ledger",
}
ELSEWHERE = {
    "no git history here": "this folder has no git history; run it on the one that has",
    "git is not installed": "git is not installed here; with it the history of this folder could be read",
    "this copy's git history is shallow: it was cut off when it was cloned": (
        "this copy's git history was cut off when it was cloned; git fetch --unshallow brings the rest"
    ),
    "its git history is one single commit": (
        "its git history is one single commit; run it on the folder where the history is"
    ),
}
"""What to do about a history that is absent, by the reason given; other reasons are told as they are."""


def standing(sources: Sources, uses: Sequence[Use]) -> Evidence:
    """How far the dates can be gone by: the source of most trusted dates, for how many notes, since when.

    `observed_days` is the span of the evidence in days: from the first commit, or from the oldest day that is
    trusted if the dates come from elsewhere, up to now. It abstains where fewer than a tenth of the notes
    have a date that is trusted; a git history of less than half a year counts for nothing there, since nearly all
    that it saw is in its grace or an import. Only notes outside the archive folder are counted.
    """
    judged = [use for use, counts in zip(uses, sources.judged, strict=True) if counts]
    trusted = [use for use in judged if use.trusted]
    by_source: Counter[DateSource] = Counter(use.last_used_from for use in trusted if use.last_used_from)
    main = next((source for source in ORDER if by_source and by_source[source] == max(by_source.values())), None)
    lasting = len(trusted) - (by_source["git"] if sources.git_is_young else 0)
    abstains = FEWEST * lasting < len(judged)
    since = _since(sources, trusted, main)
    return Evidence(
        dates=main,
        says=(
            _says_nothing(sources, judged)
            if abstains
            else _says(sources, len(judged) + sources.own_here, by_source) + _pause(sources, uses)
        )
        + _later(sources),
        trusted_notes=len(trusted),
        observed_days=sources.today - since if since is not None else 0,
        since=date.fromordinal(since) if since is not None else None,
        abstains=abstains,
        helps=_helps(sources) if abstains else (),
        has_log=bool(sources.logs),
    )


def _since(sources: Sources, trusted: Sequence[Use], main: DateSource | None) -> int | None:
    if main == "git":
        return sources.git_since
    if main == "ledger":
        return min(sources.observed.looks, default=None)
    return min((use.last_used for use in trusted if use.last_used_from == main and use.last_used), default=None)


def _says(sources: Sources, notes: int, by_source: Counter[DateSource]) -> str:
    if not notes:
        return "There are no notes to judge."
    trusted = by_source.total()
    named = sorted(
        (source for source in ORDER if by_source[source] and FEWEST * by_source[source] >= trusted),
        key=lambda source: -by_source[source],
    )
    parts = []
    for source in named:
        whence = SOURCES[source]
        since = {"git": sources.git_since, "ledger": min(sources.observed.looks, default=None)}.get(source)
        if since is not None:
            whence += f", since {day(since)}" + ("," if len(named) > 1 else "")
        parts.append(whence)
    says = f"Dates from {listed(parts)}".replace(",,", ",").rstrip(",")
    if trusted == notes:
        return f"{says}, trusted for {'all ' if notes > 1 else ''}{count(notes, 'note')}."
    others = notes - trusted
    return (
        f"{says}, trusted for {count(trusted, 'note')}; the other {others:,} "
        f"{'is' if others == 1 else 'are'} not suggested for now."
    )


def _pause(sources: Sources, uses: Sequence[Use]) -> str:
    """That a long pause of the whole vault, one that lasts or is over since lately, ages no note."""
    found = clock_of(uses, sources.today).pause(PAUSE_TOLD)
    if found is None:
        return ""
    last, next_one = found
    when = f"since {day(last)}" if next_one == sources.today else f"between {day(last)} and {day(next_one)}"
    return f" No edit is known {when}; by this vault's own clock that time does not count."


def _says_nothing(sources: Sources, judged: Sequence[Use]) -> str:
    reasons: list[str] = []
    if sources.git_is_young and sources.git_since is not None:
        reasons.append(f"git goes back no further than {day(sources.git_since)}")
    elif imported := _imports(sources):
        reasons.append(imported)
    if sources.times.reset:
        reasons.append(str(sources.times.reset))
    elif 2 * sources.times.later > len(judged):
        reasons.append(f"{sources.times.later:,} of {len(judged):,} file times are later than {day(sources.today)}")
    if sources.properties.reset is not None:
        reasons.append(
            f"{count(sources.properties.reset_notes, 'note')} had {day(sources.properties.reset)} written into their "
            "properties at once"
        )
    if not reasons:
        trusted = sum(use.trusted for use in judged)
        reasons.append(f"{trusted:,} of {count(len(judged), 'note')} have one that can be trusted")
    return f"The dates say nothing: {'; '.join(reasons)}."


def _imports(sources: Sources) -> str | None:
    """`600 of 812 notes came into git at once, on 3 May 2026`, where that is more than half of them."""
    found = _imported(sources)
    if found is None:
        return None
    when, number = found
    return f"{number:,} of {count(sum(sources.judged), 'note')} came into git at once, on {day(when)}"


def _imported(sources: Sources) -> tuple[int, int] | None:
    """The day on which more than half of the notes came into git at once, and how many."""
    born = Counter(log.born for log in sources.logs.values() if log.imported)
    for when, number in born.most_common(1):
        if when is not None and 2 * number > sum(sources.judged):
            return when, number
    return None


def _later(sources: Sources) -> str:
    """What was left out because it lies ahead."""
    left_out = [
        count(number, *what)
        for number, *what in (
            (sources.history.later, "commit"),
            (sources.times.later, "file time"),
            (sources.properties.later, "date in properties", "dates in properties"),
            (sources.names_later, "date in file names", "dates in file names"),
        )
        if number
    ]
    return f" Left out as later than {day(sources.today)}: {listed(left_out)}." if left_out else ""


def _helps(sources: Sources) -> tuple[tuple[str, str], ...]:
    """What would change it, the best first, each with what is true of this vault."""
    return (("history", _history_help(sources)), ("dates", _dates_help(sources)), ("patience", _patience(sources)))


def _history_help(sources: Sources) -> str:
    if "git" not in sources.asked:
        return 'git is left out by the setting "dates"'
    if sources.history.absent is not None:
        return ELSEWHERE.get(sources.history.absent, sources.history.absent)
    if sources.git_since is not None:
        return f"its git history begins on {day(sources.git_since)}; run it on one that goes further back"
    return "its git history knows none of these notes"


def _dates_help(sources: Sources) -> str:
    if "property" not in sources.asked:
        return 'properties are left out by the setting "dates"'
    carrying = sources.properties.carrying
    some = f"no more than {count(carrying, 'note')} {'carries' if carrying == 1 else 'carry'}" if carrying else ""
    looked_for = ", ".join(sources.modified_keys[:2])
    return f"{some or 'no note carries'} a date property (looked for: {looked_for}, ...); name yours in the config"


def _patience(sources: Sources) -> str:
    """When it will be enough without any doing: as soon as the first of what gathers by itself is old enough."""
    first = min(sources.observed.looks, default=None)
    if "ledger" not in sources.asked:
        watched = sources.today + WATCHED, "every note that you edit from today on gets a date that can be trusted"
    elif first is None or first >= sources.today:
        watched = sources.today + WATCHED, "from today each run remembers what changed"
    else:
        watched = max(sources.today, first + WATCHED), f"the runs since {day(first)} remember what changed"
    waits = [watched]
    if sources.git_is_young and sources.git_since is not None:
        waits.append((sources.git_since + YOUNG, "git goes on by itself"))
    imported = _imported(sources)
    if imported is not None and imported[0] + ENOUGH > sources.today:
        waits.append((imported[0] + ENOUGH, "what lies unchanged since the import is quiet by then"))
    when, why = min(waits)
    return f"{why}; about {day(when)} that will be enough"
