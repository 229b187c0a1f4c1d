"""What was decided in, the plan for it as the local page shows it out, and what came of it: as `apply` does it."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from vaultprune.archiving import Run, record_decision
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting.act import do
from vaultprune.cli.acting.apply import Ready, ready, written_anew
from vaultprune.cli.acting.past import Files
from vaultprune.cli.acting.plan import Chosen, Desk, rehearsed, remark_of, stage_of
from vaultprune.cli.asking import UNCHANGED, Consent
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.guards import Guard
from vaultprune.model import Plan
from vaultprune.plan import Entry, Part, plan_title, plan_told
from vaultprune.reports.decisions import besides_line
from vaultprune.reports.outcome_text import OutcomeTold, outcome_told, question, recovery
from vaultprune.reports.page import View, command
from vaultprune.web import PlanPart, PlanShown
from vaultprune.words import count, safe

OTHER_BY_NOW = f"The plan is another by now. Look at it again. {UNCHANGED}"


@dataclass(slots=True)
class Noted(Screen):
    """A screen on which warnings are noted, to be shown on a page; progress is not shown at all."""

    quiet: bool = True
    warnings: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        """One more warning."""
        self.warnings.append(message)


@dataclass
class PlanOnPage:
    """The plan for what was decided, made anew each time that it is looked at."""

    place: Place
    shape: View
    outcome: PlanShown | None = None
    told: OutcomeTold | None = None
    _said: str = ""

    def plan(self) -> PlanShown:
        """What would be carried out now, and what holds it back."""
        said, self._said = self._said, ""
        desk = self._desk()
        found = ready(desk, None)
        chosen, plan = found.chosen, found.chosen.plan
        if not found.waits:
            parts = [
                PlanPart(says) for says in ("Nothing that you decided waits to be carried out.", *found.ticks.remarks)
            ]
            return PlanShown("Nothing waits", tuple(parts), UNCHANGED, said=said)
        files = Files(self.place.folder, chosen.vault.snapshot)
        parts = [_part(part) for part in plan_told(plan, chosen.vault, files.contents)]
        if chosen.besides:
            parts.append(PlanPart(besides_line(chosen.besides)))
        held = [guard for guard in chosen.guards if guard.final or not guard.asks]
        can = bool(plan.moves or chosen.besides) and not held
        return PlanShown(
            plan_title(plan, chosen.vault),
            tuple(parts),
            UNCHANGED,
            id=_known_by(chosen) if can else "",
            button=button(plan),
            asks=tuple((guard.name, guard.asks) for guard in chosen.guards) if can else (),
            held=tuple(remark_of(guard) for guard in chosen.guards),
            commands=self._commands(plan, held),
            said=said,
        )

    def apply(self, plan: str, agreed: Collection[str]) -> bool:
        """Carry the plan known by this out, if it still is the plan and nothing holds it back; whether it was."""
        desk = self._desk()
        found = ready(desk, None)
        chosen = found.chosen
        lets = all(guard.asks and not guard.final and guard.name in agreed for guard in chosen.guards)
        if plan != _known_by(chosen) or not (chosen.plan.moves or chosen.besides) or not lets:
            self._said = OTHER_BY_NOW
            return False
        if chosen.plan.moves:
            rehearsed(desk)
        with heard_later() as heard:
            stopped = self._carry_out(desk, found)
        if heard or stopped:
            signal.raise_signal(signal.SIGINT)  # for the server, which did not hear it
        return True

    def _carry_out(self, desk: Desk, found: Ready) -> bool:
        """The steps of `apply`, their outcome noted instead of printed; whether somebody stopped it."""
        chosen = found.chosen
        for decision in chosen.besides:
            record_decision(self.place.folder, decision)
        run = do(stage_of(desk, chosen), chosen.plan, "archive") if chosen.plan.moves else Run("", ())
        said = [] if run.interrupted else [written_anew(desk, found)]
        self.told = outcome_told(chosen.plan, run.outcomes, "archive")
        self.outcome = self._outcome(chosen, run, self.told, [says for says in (*_warnings(desk), *said) if says])
        return run.interrupted

    def _desk(self) -> Desk:
        return Desk(self.place, Consent(), self.shape, Noted())

    def _commands(self, plan: Plan, held: Sequence[Guard]) -> tuple[tuple[str, str], ...]:
        """How it is let through in the terminal, where a person there has to say so."""
        if not held or not plan.moves or any(guard.final for guard in held):
            return ()
        return (("If it is meant all the same", " ".join(command(self.shape, "apply", f"--approve {plan.id}"))),)

    def _outcome(self, chosen: Chosen, run: Run, told: OutcomeTold, remarks: Sequence[str]) -> PlanShown:
        back = command(self.shape, "undo")
        moved = [(safe(outcome.move.target),) for outcome in run.outcomes if outcome.what == "done"]
        parts = (
            [PlanPart("Here they lie now:" if len(moved) > 1 else "Here it lies now:", tuple(moved))] if moved else []
        )
        if told.left:
            says = "Left where it is:" if len(told.left) == 1 else "Left where they are:"
            parts.append(PlanPart(says, told.left))
        if told.remarks:
            parts.append(PlanPart("To know:", told.remarks))
        if chosen.besides:
            parts.append(PlanPart(besides_line(chosen.besides)))
        parts += [PlanPart(says) for says in remarks]
        next_step: tuple[tuple[str, str], ...] = (("Take it back", " ".join(back)),) if told.done else ()
        if run.pending:
            parts.append(PlanPart("The last one is half done, and nothing is lost."))
            next_step = (("Put it right", " ".join(recovery(back))),)
        changed = "" if told.done or run.pending else "No note was moved." if chosen.besides else UNCHANGED
        return PlanShown(told.summary, tuple(parts), changed, commands=next_step)


def _warnings(desk: Desk) -> Sequence[str]:
    return desk.screen.warnings if isinstance(desk.screen, Noted) else ()


def _known_by(chosen: Chosen) -> str:
    """The plan's id, and what tells the decisions apart that are written down along with it: all of it was shown."""
    besides = "\n".join(f"{each.what} {each.name} {each.until}" for each in chosen.besides)
    more = f"-{hashlib.sha256(besides.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}" if besides else ""
    return f"{chosen.plan.id}{more}"


def button(plan: Plan) -> str:
    """`Set 7 notes aside, rewrite 2 links in 1 note`."""
    if not plan.moves:
        return "Write that down"
    asked = question(plan, "archive").removesuffix("?").replace(" and rewrite", ", rewrite")
    return f"{asked} in {count(len(plan.rewrites), 'file')}" if plan.rewrites else asked


def _part(part: Part) -> PlanPart:
    return PlanPart(part.says, tuple(_lines(part, entry) for entry in part.entries), part.then)


def _lines(part: Part, entry: Entry) -> tuple[str, ...]:
    """An entry, line by line, as it reads without the indentation that a terminal has."""
    if part.what == "moves":
        return (entry.path, *(f"-> {place}{entry.behind}" for place in entry.below))
    if part.what == "links":
        before, after = entry.below
        return (f"{entry.path}{entry.behind}", before, f"-> {after}")
    return (entry.path, *entry.below)
