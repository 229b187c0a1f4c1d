"""What `keep` was asked for in, decisions made and written down out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vaultprune.archiving import record_decision
from vaultprune.archiving.carry_out import heard_later
from vaultprune.archiving.decisions import as_line
from vaultprune.cli.looking import with_use
from vaultprune.cli.names import the_note
from vaultprune.cli.output import show
from vaultprune.cli.places import Place, below, refuse_inside_another
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import no_folder, read_without_git
from vaultprune.cli.when import day_after, moment
from vaultprune.decided import Decided, Standing, standing, waiting
from vaultprune.errors import CannotStart
from vaultprune.model import Decision, Note, NotePath, Snapshot
from vaultprune.notes import Notes
from vaultprune.reports.decisions import recorded_page, standing_page, what_is_decided, withdrawal
from vaultprune.reports.decisions_json import standing_json
from vaultprune.reports.page import View, command
from vaultprune.vault import archived_notes
from vaultprune.words import safe


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of `keep` as typed."""

    notes: tuple[str, ...] = ()
    folder: str | None = None
    tag: str | None = None
    span: str | None = None
    because: str | None = None
    forget: bool = False
    dry_run: bool = False
    show_list: bool = False
    now: str | None = None
    form: str = "text"

    def check(self) -> None:
        """Raise `CannotStart` for what cannot be meant."""
        ways = sum((bool(self.notes), self.folder is not None, self.tag is not None))
        if self.show_list:
            if ways or self.forget or self.span or self.because:
                raise CannotStart("--list stands alone: it shows every decision in force. Nothing has been changed.")
        elif ways != 1:
            which = "Name notes, or one of --in FOLDER and --tag TAG; --list shows what is kept."
            raise CannotStart(f"it is not clear what to keep. {which} Nothing has been changed.")
        elif self.forget and (self.span or self.because):
            raise CannotStart("--forget takes neither --for nor --because. Nothing has been changed.")


def carry_out(place: Place, choice: Choice, shape: View, screen: Screen) -> None:
    """Make the decisions and write them down, or print the lines, or show what is in force."""
    choice.check()
    now = moment(choice.now)
    if choice.show_list:
        snapshot, archived = _read(place, now, screen)
        held = standing(snapshot, archived)
        show(standing_json(held, snapshot) if choice.form == "json" else standing_page(held, snapshot, shape))
        return
    refuse_inside_another(place.folder)
    until = day_after(now.date(), choice.span) if choice.span else None
    snapshot, archived = _read(place, now, screen)
    found = (
        _withdrawn(choice, snapshot, archived, place, shape) if choice.forget else _kept(choice, snapshot, place, shape)
    )
    decisions = [replace(decision, at=now, until=until, because=choice.because) for decision in found]
    written = (*_overruled(decisions, snapshot, archived), *decisions)
    if choice.dry_run:
        show("".join(f"{as_line(decision)}\n" for decision in written))
        return
    with heard_later():  # all of it is written down and told, or nothing
        for decision in written:
            record_decision(place.folder, decision)
        show(recorded_page(decisions, snapshot, shape))


def _overruled(decisions: Sequence[Decision], snapshot: Snapshot, archived: frozenset[NotePath]) -> Iterator[Decision]:
    """For each note that is kept and was to be set aside under the name it had, that it is not to be any more."""
    kept = {decision.name for decision in decisions if decision.what == "keep" and decision.scope == "note"}
    for held in waiting(snapshot, archived):
        if kept.intersection(held.paths) and held.decision.name not in kept:
            yield Decision(snapshot.taken_at, "forget", "note", held.decision.name)


def _read(place: Place, now: datetime, screen: Screen) -> tuple[Snapshot, frozenset[NotePath]]:
    """The vault, with what is known of the names that its notes had before; and what lies in its archive."""
    snapshot, config = read_without_git(place, now, screen)
    return with_use(place, config, snapshot), archived_notes(Notes.of(snapshot.notes), config)


def _kept(choice: Choice, snapshot: Snapshot, place: Place, shape: View) -> list[Decision]:
    """A decision for each note, or one for the folder or the tag."""
    at = snapshot.taken_at
    if choice.folder is not None or choice.tag is not None:
        decision = _of_many(choice, at)
        paths = Decided.of(snapshot).paths(decision)
        if not paths:
            raise CannotStart(_no_such(decision, snapshot))
        as_on_disk = paths[0][: len(decision.name)] if decision.scope == "folder" else decision.name
        return [replace(decision, name=as_on_disk)]
    notes = dict.fromkeys(_note(typed, snapshot, place, shape, "keep") for typed in choice.notes)
    return [
        Decision(at, "keep", "note", note.path, body_digest=note.body_digest if note.words else None) for note in notes
    ]


def _of_many(choice: Choice, at: datetime) -> Decision:
    if choice.folder is not None:
        return Decision(at, "keep", "folder", choice.folder.replace("\\", "/").removeprefix("./").strip("/"))
    return Decision(at, "keep", "tag", (choice.tag or "").strip("#/ "))


def _withdrawn(
    choice: Choice, snapshot: Snapshot, archived: frozenset[NotePath], place: Place, shape: View
) -> list[Decision]:
    """For each decision that counts and is meant, one that takes it back."""
    held = standing(snapshot, archived)
    if choice.folder is not None or choice.tag is not None:
        meant = _of_many(choice, snapshot.taken_at)
        every = [each.decision for each in held]
        found = [each for each in every if each.scope == meant.scope and each.name.lower() == meant.name.lower()]
        if not found:
            raise CannotStart(f"nothing is decided for {what_is_decided(meant)}. Nothing has been changed.")
    else:
        found = [each for typed in choice.notes for each in _standing_for(typed, held, snapshot, place, shape)]
    return [Decision(each.at, "forget", each.scope, each.name) for each in dict.fromkeys(found)]


def _standing_for(
    typed: str, held: Sequence[Standing], snapshot: Snapshot, place: Place, shape: View
) -> list[Decision]:
    """The decisions that count on one note; it may be gone by now, and the decision still there."""
    gone = typed.removesuffix(".md").lower()
    single = [each for each in held if each.decision.scope == "note"]
    by_name = [each for each in single if each.decision.name.removesuffix(".md").lower() == gone]
    if by_name:
        return [each.decision for each in by_name]
    note = _note(typed, snapshot, place, shape, "keep")
    found = [each.decision for each in single if note.path in each.paths]
    if found:
        return found
    among = next((each.decision for each in held if note.path in each.paths), None)
    if among is not None:
        how = " ".join(withdrawal(among, snapshot.notes, shape))
        raise CannotStart(f'"{safe(typed)}" is kept with {what_is_decided(among)}. To withdraw that: {how}')
    raise CannotStart(f'nothing is decided for "{safe(typed)}". Nothing has been changed.')


def _note(typed: str, snapshot: Snapshot, place: Place, shape: View, word: str) -> Note:
    return the_note(typed, snapshot.notes, below(place.folder), lambda path: " ".join(command(shape, word, note=path)))


def _no_such(decision: Decision, snapshot: Snapshot) -> str:
    if decision.scope == "folder":
        return no_folder(snapshot, decision.name, "--in")
    import difflib

    known = {tag.lower(): tag for note in snapshot.notes for tag in note.tags}
    near = difflib.get_close_matches(decision.name.lower(), known, n=1)
    hint = f' Did you mean "{safe(known[near[0]])}"?' if near else ""
    return f'--tag: no note carries "#{safe(decision.name)}".{hint} Nothing has been changed.'
