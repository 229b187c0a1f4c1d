"""What `keep` was asked for in, decisions made and written down out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from vaultprune.archiving import record_decision
from vaultprune.archiving.decisions import as_line
from vaultprune.cli.looking import with_use
from vaultprune.cli.names import the_note
from vaultprune.cli.output import show
from vaultprune.cli.places import Place, below, refuse_inside_another
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import no_folder, read_without_git
from vaultprune.cli.when import day_after, moment
from vaultprune.errors import CannotStart
from vaultprune.model import Decision, Note, Snapshot
from vaultprune.protections.own_words import concerns, in_force
from vaultprune.reports.decisions import notes_of, recorded_page, standing_page, what_is_kept, withdrawal
from vaultprune.reports.page import View, command
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
        show(standing_page(_read(place, now, screen), shape))
        return
    refuse_inside_another(place.folder)
    until = day_after(now.date(), choice.span) if choice.span else None
    snapshot = _read(place, now, screen)
    decisions = [
        replace(decision, at=now, until=until, because=choice.because)
        for decision in (_withdrawn if choice.forget else _kept)(choice, snapshot, place, shape)
    ]
    if choice.dry_run:
        show("".join(f"{as_line(decision)}\n" for decision in decisions))
        return
    for decision in decisions:
        record_decision(place.folder, decision)
    show(recorded_page(decisions, snapshot, shape))


def _read(place: Place, now: datetime, screen: Screen) -> Snapshot:
    """The vault, with what is known of the names that its notes had before."""
    snapshot, config = read_without_git(place, now, screen)
    return with_use(place, config, snapshot)


def _kept(choice: Choice, snapshot: Snapshot, place: Place, shape: View) -> list[Decision]:
    """A decision for each note, or one for the folder or the tag."""
    at = snapshot.taken_at
    if choice.folder is not None or choice.tag is not None:
        decision = _of_many(choice, at)
        if not notes_of(decision, snapshot):
            raise CannotStart(_no_such(decision, snapshot))
        return [replace(decision, name=_as_on_disk(decision, snapshot))]
    notes = dict.fromkeys(_note(typed, snapshot, place, shape, "keep") for typed in choice.notes)
    return [
        Decision(at, "keep", "note", note.path, body_digest=note.body_digest if note.words else None) for note in notes
    ]


def _of_many(choice: Choice, at: datetime) -> Decision:
    if choice.folder is not None:
        return Decision(at, "keep", "folder", choice.folder.replace("\\", "/").removeprefix("./").strip("/"))
    return Decision(at, "keep", "tag", (choice.tag or "").strip("#/ "))


def _as_on_disk(decision: Decision, snapshot: Snapshot) -> str:
    """A folder in the spelling that its notes have; a tag as typed."""
    if decision.scope == "folder":
        return notes_of(decision, snapshot)[0].path[: len(decision.name)]
    return decision.name


def _withdrawn(choice: Choice, snapshot: Snapshot, place: Place, shape: View) -> list[Decision]:
    """For each decision in force that is meant, one that takes it back."""
    standing = in_force(snapshot.decisions, snapshot.taken_at.date())
    if choice.folder is not None or choice.tag is not None:
        meant = _of_many(choice, snapshot.taken_at)
        found = [each for each in standing if each.scope == meant.scope and each.name.lower() == meant.name.lower()]
        if not found:
            raise CannotStart(f"nothing is decided for {what_is_kept(meant)}. Nothing has been changed.")
    else:
        found = [each for typed in choice.notes for each in _standing_for(typed, standing, snapshot, place, shape)]
    return [Decision(each.at, "forget", each.scope, each.name) for each in dict.fromkeys(found)]


def _standing_for(
    typed: str, standing: tuple[Decision, ...], snapshot: Snapshot, place: Place, shape: View
) -> list[Decision]:
    """The decisions in force on one note; it may be gone by now, and the decision still there."""
    gone = typed.removesuffix(".md").lower()
    by_name = [each for each in standing if each.scope == "note" and each.name.removesuffix(".md").lower() == gone]
    if by_name:
        return by_name
    note = _note(typed, snapshot, place, shape, "keep")
    present = frozenset(each.path.lower() for each in snapshot.notes)
    found = [each for each in standing if concerns(each, note, present, snapshot.observed)]
    single = [each for each in found if each.scope == "note"]
    if single:
        return single
    if found:
        how = " ".join(withdrawal(found[0], snapshot.notes, shape))
        raise CannotStart(f'"{safe(typed)}" is kept with {what_is_kept(found[0])}. To withdraw that: {how}')
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
