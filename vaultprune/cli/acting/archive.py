"""What `archive` was asked for in, the notes chosen and set aside out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vaultprune.archiving import plan_from_json
from vaultprune.cli.acting.plan import Chosen, Desk, guards_of, planned, set_aside
from vaultprune.cli.asking import UNCHANGED, Consent, nothing_begun
from vaultprune.cli.names import the_note
from vaultprune.cli.output import place_for
from vaultprune.cli.places import Place, below
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, judged, read_without_git
from vaultprune.cli.when import moment
from vaultprune.errors import CannotStart
from vaultprune.guards import Guard, first_by_rank, renewed
from vaultprune.model import FORGETFUL, NotePath, Plan
from vaultprune.reading.disk import cause, read_bytes
from vaultprune.reports.page import Command, View, as_argument, command
from vaultprune.vault import Vault, open_vault
from vaultprune.words import quoted, safe

_LONGEST_PLAN = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of `archive` as typed."""

    names: tuple[str, ...] = ()
    top: int | None = None
    plan: str | None = None
    even_protected: bool = False
    form: str = "text"
    now: str | None = None
    output: str | None = None
    asked: Asked = field(default_factory=Asked)

    def check(self, consent: Consent) -> None:
        """Raise `CannotStart` for what cannot be meant."""
        if sum((bool(self.names), self.top is not None, self.plan is not None)) > 1:
            raise CannotStart(f"it takes notes, or --top N, or --plan FILE: one of them. {UNCHANGED}")
        if self.output is not None and not consent.dry_run:
            raise CannotStart(f"--output goes with --dry-run: it takes the plan. {UNCHANGED}")
        if (self.names or self.plan) and self.asked.options():
            option = self.asked.options()[0][0]
            raise CannotStart(f"{option} chooses among the suggestions, and does not go with named notes. {UNCHANGED}")

    @property
    def by_evidence(self) -> bool:
        """Whether the notes are chosen by what was seen of them, and not by name."""
        return not self.names and self.plan is None

    def again(self, shape: View) -> Command:
        """The command that asks for the same."""
        words = [quoted(safe(name)) for name in self.names]
        if self.top is not None:
            words.append(f"--top {self.top}")
        if self.plan is not None:
            words.append(f"--plan {as_argument(self.plan)}")
        for option, _, value in self.asked.options():
            words += [f"{option} {as_argument(str(one))}" for one in (value if isinstance(value, tuple) else (value,))]
        if self.even_protected:
            words.append("--even-protected")
        return command(shape, "archive", *words)


def archive_notes(place: Place, wanted: Wanted, consent: Consent, shape: View, screen: Screen) -> None:
    """Show the plan, ask, carry it out, tell."""
    wanted.check(consent)
    desk = Desk(place, consent, shape, screen, wanted.form, pretended=wanted.now is not None)
    with nothing_begun():
        desk = replace(desk, to=place_for(wanted.output, place.folder))
        chosen = _chosen(desk, wanted)
    set_aside(desk, chosen, wanted.again(shape))


def _chosen(desk: Desk, wanted: Wanted) -> Chosen:
    at = moment(wanted.now)
    if wanted.by_evidence:
        judgement = judged(desk.place, wanted.asked, at, desk.screen, FORGETFUL)
        vault = judgement.vault
        ids = judgement.suggested() if wanted.top is None else first_by_rank(judgement, wanted.top)
        paths: Sequence[NotePath] = [vault.notes[number].path for number in ids]
    else:
        snapshot, config = read_without_git(desk.place, at, desk.screen)
        vault = open_vault(snapshot, config)
        paths = () if wanted.plan is not None else _named(wanted.names, vault, desk)
    out_of_date: tuple[Guard, ...] = ()
    if wanted.plan is None:
        plan = planned(desk, vault, paths, even_protected=wanted.even_protected)
    else:
        written = _read_plan(wanted.plan)
        sources = {move.source: move.sha256 for move in written.moves}
        again = renewed(written, planned(desk, vault, list(sources), sources, even_protected=wanted.even_protected))
        plan, out_of_date = again.plan, again.guards
    found = guards_of(desk, vault, plan, by_evidence=wanted.by_evidence)
    return Chosen(vault, plan, (*out_of_date, *found))


def _named(names: Sequence[str], vault: Vault, desk: Desk) -> Sequence[NotePath]:
    here = below(desk.place.folder)
    live = [note for note in vault.notes if note.path not in vault.archived]
    archived = [note for note in vault.notes if note.path in vault.archived]

    def paste(path: str) -> str:
        return " ".join(command(desk.shape, "archive", note=path))

    def path_of(typed: str) -> NotePath:
        try:
            return the_note(typed, live, here, paste).path
        except CannotStart as error:
            try:
                return the_note(typed, archived, here, paste).path  # the plan says that it is there already
            except CannotStart:
                raise error from None

    return list(dict.fromkeys(path_of(typed) for typed in names))


def _read_plan(typed: str) -> Plan:
    try:
        data, size = read_bytes(os.path.expanduser(typed), _LONGEST_PLAN, follow=True)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise CannotStart(f'--plan: "{safe(typed)}" cannot be read: {cause(error)}. {UNCHANGED}') from None
    except UnicodeDecodeError:
        raise CannotStart(f'--plan: "{safe(typed)}" is not UTF-8. {UNCHANGED}') from None
    if size > len(data):
        raise CannotStart(f'--plan: "{safe(typed)}" is too long for a plan. {UNCHANGED}')
    return plan_from_json(text)
