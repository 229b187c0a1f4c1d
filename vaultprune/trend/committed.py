"""A vault at moments of its git history in, oldest first, its figures at each of them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

from vaultprune.config import Config
from vaultprune.counting import counted
from vaultprune.evidence import local_day, note_logs
from vaultprune.model import NotePath, Past
from vaultprune.trend.states import Key, State
from vaultprune.trend.values import Moment, Trend
from vaultprune.vault import Index, judged_notes, open_index


def committed(pasts: Iterable[Past], config: Config, taken_at: datetime) -> Trend:
    """The vault at each of these moments, as it was committed by then.

    A note that was renamed or moved is itself, as far as git can follow it. An edit is one of a person: not what a
    program did to many notes at once, nor an import.
    """
    moments: list[Moment] = []
    before: State | None = None
    name, since = "", None
    for past in pasts:
        index = open_index(past.snapshot, config)
        name = index.snapshot.name
        state = _state(index)
        moments.append(
            Moment(
                at=index.snapshot.taken_at,
                notes=len(state.here),
                counts=counted(index, judged_notes(index)),
                lately=state.lately,
                since=None if before is None else state.change(before, _by_name(past.became)),
            )
        )
        before, since = state, state.known_from
    return Trend(name, taken_at, config, "git", None if since is None else date.fromordinal(since), tuple(moments))


def _by_name(became: Mapping[NotePath, NotePath]) -> Callable[[Key], Key | None]:
    return lambda key: became.get(NotePath(str(key)))


def _state(index: Index) -> State:
    snapshot, paths = index.snapshot, index.notes.paths
    zone = snapshot.taken_at.tzinfo or UTC
    logs = note_logs(snapshot.history, zone)
    times = snapshot.history.commit_times
    today = snapshot.taken_at.toordinal()
    return State(
        day=today,
        here={paths[number]: paths[number] for number in judged_notes(index)},
        aside={path: path for path in index.archived},
        edits={path: log.edits for path, log in logs.items()},
        linked={path: log.linked for path, log in logs.items()},
        imported={path: log.born for path, log in logs.items() if log.imported and log.born is not None},
        known_from=local_day(times[0], zone) if times else today,
    )
