"""A vault's folder in, what git remembers of its notes out: their changes, and what sort of change each was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from vaultprune.model import Change, History, NotePath
from vaultprune.reading.changes import Difference, difference, first_version
from vaultprune.reading.git_commands import Git, GitFails
from vaultprune.reading.git_follow import COMMIT_FORMAT, Commit, Step, commits_of, follow, times_of
from vaultprune.reading.git_recall import Recall, log_key
from vaultprune.reading.git_state import NO_HISTORY as NO_HISTORY
from vaultprune.reading.git_state import NOT_INSTALLED as NOT_INSTALLED
from vaultprune.reading.git_state import state_of
from vaultprune.reading.git_tree import Contents, differing_from, edited_since, newest_tree, present_names

Progress = Callable[[str, int, int], None]
Steps: TypeAlias = Mapping[NotePath, Sequence[Step]]
Pair: TypeAlias = tuple[str, str]
"""Two contents that follow each other, by their blobs; the first is "" for what a note began with."""
PairOfNote: TypeAlias = tuple[str, str, str]

UNREADABLE = "its git history cannot be read"
SHALLOW = "this copy's git history is shallow: it was cut off when it was cloned"
NO_NOTES = "its git history knows none of these notes"
ALL_LATER = "its git history begins only later"
ONE_COMMIT = "its git history is one single commit"
ONE_BY_THEN = "its git history had one single commit by then"
_RENAME_LIMIT = "-l1000"
_TELL_EVERY = 500


def read_history(
    folder: Path,
    notes: Collection[NotePath],
    contents: Contents,
    taken_at: datetime,
    progress: Progress | None = None,
    recall: Recall | None = None,
) -> History:
    """What git remembers of `notes`, by their present names; commits later than `taken_at` are left out.

    Nothing of the vault is run, written or fetched. Whatever goes wrong makes a history that is `absent`, and
    says why in plain words; nothing is raised. `edited_since` are the notes whose words differ from the newest
    commit: a changed link target or line ending does not count. `later` counts the commits left out. What `recall`
    knows is not asked again.
    """
    try:
        git = Git.here(folder)
    except GitFails:
        return History(absent=NOT_INSTALLED)
    recall = recall or Recall()
    state = state_of(git) if recall.stamp else None
    try:
        prefix = place_in(git)
    except GitFails:
        return History(absent=UNREADABLE if (folder / ".git").exists() else NO_HISTORY)
    if prefix is None:
        return History(absent=SHALLOW)
    try:
        until = taken_at.timestamp()
        return _history(git, prefix, frozenset(notes), contents, until, progress or _silent, recall, state)
    except GitFails:
        return History(absent=UNREADABLE)


def place_in(git: Git) -> str | None:
    """Where the vault lies below the root of its repository ("" or "sub/folder/"); `None` in a shallow copy."""
    answer = git.ask("rev-parse", "--is-shallow-repository", "--show-prefix").decode("utf-8", "surrogateescape")
    shallow, _, prefix = answer.partition("\n")
    return None if shallow == "true" else prefix.removesuffix("\n")


def _history(
    git: Git,
    prefix: str,
    notes: frozenset[NotePath],
    contents: Contents,
    until: float,
    tell: Progress,
    recall: Recall,
    state: str | None,
) -> History:
    try:
        git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitFails:
        return History(absent=NO_HISTORY if _is_unborn(git) else UNREADABLE)
    tree = newest_tree(git, prefix)
    names = present_names(tree, notes, contents)
    committed = {note: tree[path] for path, note in names.items()}
    key = "" if state is None else log_key(state, names, notes)
    known = recall.log(key, until) if key else None
    if known is not None:
        changes, commit_times = known
        differing = recall.differing(key, committed, lambda some: differing_from(git, some, contents, None))
        edited = edited_since(differing, len(committed))
        recall.keep_history(state, key, commit_times, edited)
        return History(changes, commit_times, edited, key=key)
    partial = is_partial(git)
    commits = log_of(git, partial)
    times = times_of(commits)
    owners = {prefix + note: note for note in notes.difference(names.values())}
    owners |= {prefix + path: note for path, note in names.items()}
    every = follow(commits, times, owners)
    local = git.local_objects() if partial else None
    past = recall if key else Recall()

    def look(steps: Steps) -> Mapping[Pair, Difference]:
        found, of_notes = differences(git, steps, local, tell, past.differences())
        past.keep_differences(of_notes)
        return found

    history = history_until(every, times, until, look)
    if history.absent is not None:
        return history
    differing = differing_from(git, committed, contents, local)
    edited = edited_since(differing, len(committed))
    if key and not history.later and not partial:
        recall.keep_log(key, history.changes, history.commit_times)
        recall.keep_differing(key, differing)
        recall.keep_history(state, key, history.commit_times, edited)
    else:
        key = ""
    return replace(history, edited_since=edited, key=key)


def history_until(
    every: Steps, times: Sequence[int], until: float, look: Callable[[Steps], Mapping[Pair, Difference]]
) -> History:
    """What the steps of the notes tell, without those later than `until`; `look` says what sort of change each was."""
    later = len({step.commit for walked in every.values() for step in walked if times[step.commit] > until})
    steps = {
        note: kept
        for note, walked in every.items()
        if (kept := [step for step in walked if times[step.commit] <= until])
    }
    touched = sorted({step.commit for each in steps.values() for step in each}, key=lambda one: (times[one], -one))
    if len(touched) < 2:
        return History(absent=_too_few(bool(touched), bool(later)), later=later)
    places = {number: place for place, number in enumerate(touched)}
    changes = _changes(steps, times, places, look(steps))
    return History(changes, tuple(times[number] for number in touched), later=later)


def _too_few(any_commit: bool, any_later: bool) -> str:
    if any_commit:
        return ONE_BY_THEN if any_later else ONE_COMMIT
    return ALL_LATER if any_later else NO_NOTES


def _is_unborn(git: Git) -> bool:
    """Whether the branch has no commit yet, which is no fault."""
    try:
        name = git.ask("symbolic-ref", "--quiet", "HEAD").strip().decode("utf-8", "surrogateescape")
        return not git.ask("for-each-ref", "--count=1", name)
    except GitFails:
        return False


def is_partial(git: Git) -> bool:
    """Whether contents were left on the server when this copy was made."""
    try:
        return bool(git.ask("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"))
    except GitFails:
        return False


def log_of(git: Git, partial: bool) -> list[Commit]:
    """Every commit that touched a note, newest first.

    Of the whole repository, since a vault may have moved into its folder; only the notes of the vault are followed.
    Merges are left out: what they bring together was changed in the commits before them. Looking for renames
    reads contents, which a partial copy would fetch.
    """
    question = (
        *("log", "--no-merges", "--date-order", f"--format={COMMIT_FORMAT}", "--raw", "-z", "--no-abbrev"),
        *(
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--no-mailmap",
            "--no-show-signature",
            "--no-color",
            "-O/dev/null",
        ),
    )
    where = ("HEAD", "--", ":(top,icase)*.md")
    if not partial:
        try:
            return commits_of(git.ask(*question, "-M", _RENAME_LIMIT, *where))
        except GitFails:
            pass  # once more, without what may have failed
    return commits_of(git.ask(*question, "--no-renames", *where))


def _changes(
    steps: Steps,
    times: Sequence[int],
    places: Mapping[int, int],
    found: Mapping[Pair, Difference],
) -> dict[NotePath, tuple[Change, ...]]:
    changes: dict[NotePath, tuple[Change, ...]] = {}
    for note, walked in steps.items():
        told = []
        for step in walked:
            time, place = times[step.commit], places[step.commit]
            if step.how == "changed":
                told.append(Change(time, place, *found[step.old, step.new]))
            elif step.how == "created":
                told.append(Change(time, place, "created", 0, found[step.old, step.new].gained))
            else:
                told.append(Change(time, place, "moved"))
        changes[note] = tuple(sorted(told, key=lambda change: change.commit))
    return changes


def differences(
    git: Git, steps: Steps, local: frozenset[str] | None, tell: Progress, known: Mapping[PairOfNote, Difference]
) -> tuple[dict[Pair, Difference], dict[PairOfNote, Difference]]:
    """What each note began with, and the difference between every two versions that follow each other.

    By the pair of versions, and again by pair and note for all whose versions are here; what is `known` in that second
    form is not read. `local` are the blobs that are here, where not all are. A note's versions are read oldest
    first, so that nearly every content is read once, and only two are held.
    """
    pairs = {
        (step.old, step.new): note
        for note, walked in steps.items()
        for step in reversed(walked)
        if step.how != "moved" and (local is None or {step.old or step.new, step.new} <= local)
    }
    found = {
        (step.old, step.new): Difference("body") for walked in steps.values() for step in walked if step.how != "moved"
    }
    every = pairs
    for pair, note in every.items():
        if (*pair, note) in known:
            found[pair] = known[*pair, note]
    pairs = {pair: note for pair, note in every.items() if (*pair, note) not in known}
    held = ""
    new: bytes | None = None
    contents = git.contents(_needed(pairs))
    for done, (pair, note) in enumerate(pairs.items()):
        if done % _TELL_EVERY == 0:
            tell("reading git history", done, len(pairs))
        first = not pair[0]
        old = None if first else new if pair[0] == held else next(contents)
        new = next(contents)
        held = pair[1]
        found[pair] = first_version(new) if first else difference(old, new, note)
    tell("reading git history", len(pairs), len(pairs))
    return found, {(*pair, note): found[pair] for pair, note in every.items()}


def _needed(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The blobs to read for these pairs, in order, without those that have just been read."""
    held = ""
    for old, new in pairs:
        if old and old != held:
            yield old
        yield new
        held = new


def _silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody asked for."""
