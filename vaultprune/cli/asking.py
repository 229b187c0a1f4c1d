"""A question in, a person's answer out; and what happens where there is nobody to ask, or a guard stands before it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar, TextIO

from vaultprune.cli.output import show
from vaultprune.errors import CannotStart, Refused, VaultpruneError
from vaultprune.guards import Guard
from vaultprune.words import safe

UNCHANGED = "Nothing has been changed."
NOT_UNDERSTOOD = "\ufffd"
"""What was typed, where it was no text."""
_NOBODY = f"there is nobody to ask: run it on a terminal, or with --yes. {UNCHANGED}"


class Stopped(VaultpruneError):
    """Somebody pressed Ctrl-C at a moment at which it is known what was changed; the message says so."""

    exit_code: ClassVar[int] = 130


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to on the command line: `approve` is the id of the plan that guards are to let through."""

    yes: bool = False
    dry_run: bool = False
    approve: str | None = None


def can_ask() -> bool:
    """Whether there is a terminal on which a question is seen, and an answer can be typed."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def line_typed(question: str) -> str | None:
    """The line that somebody types behind a question; None where nobody finishes one, or the terminal went away."""
    try:
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return NOT_UNDERSTOOD
    except OSError:
        return None
    if line.endswith("\n"):
        return line[:-1]
    with suppress(OSError):
        sys.stderr.write("\n")
    return None


def agreed(question: str) -> bool:
    """Ask; anything but yes is no. Ctrl-C is `Stopped`; where nobody finishes an answer, `CannotStart`."""
    try:
        answer = line_typed(f"{question} [y/N] ")
    except KeyboardInterrupt:
        raise Stopped(f"interrupted. {UNCHANGED}") from None
    if answer is None:
        raise CannotStart(_NOBODY)
    return answer.strip().lower() in ("y", "yes")


def let_through(plan: str, guards: Sequence[Guard], consent: Consent, question: str) -> bool:
    """Whether a plan may be carried out. False: a person said no.

    Raises `Refused` where a guard holds it back, or where another plan than this was approved, and `CannotStart` where
    nobody said yes and nobody is there to be asked.
    """
    if consent.approve is not None and consent.approve != plan:
        raise Refused(
            f"stopped, because plan {safe(consent.approve)} was approved, and what would be done now is plan {plan} "
            f"(guard: plan-out-of-date). Look at it again; to let exactly this one through, run the same command with "
            f"--approve {plan}.\n{UNCHANGED}"
        )
    standing = [guard for guard in guards if guard.final or consent.approve is None]
    asking = can_ask() and not consent.yes
    held = [guard for guard in standing if guard.final or not (guard.asks and asking)]
    if held:
        raise Refused(refusal(plan, held))
    if not asking and not consent.yes:
        raise CannotStart(_NOBODY)
    return all(agreed(guard.asks) for guard in standing) and (consent.yes or agreed(question))


def shown_and_agreed(
    form: str, page: str, document: str, plan: str, guards: Sequence[Guard], consent: Consent, question: str
) -> bool:
    """Show what would be done, and whether it may be. As `let_through`; where it raises, programs still get `document`.

    Programs are given one document alone: a person who is asked beside it reads the page on stderr.
    """
    if form == "text":
        show(page)
    elif can_ask() and not consent.yes:
        sys.stderr.write(page)
    try:
        return let_through(plan, guards, consent, question)
    except VaultpruneError:
        if form != "text":
            show(document)
        raise


def refusal(plan: str, held: Sequence[Guard]) -> str:
    """Which guards hold a plan back, what helps, and the one-time approval of exactly this plan."""
    lines = []
    for number, guard in enumerate(held):
        begins = "also" if number else "stopped"
        lines.append(f"{begins}, because {guard.says} (guard: {guard.name}). {guard.advice}".strip())
    if not any(guard.final for guard in held):
        lines.append(
            f"If it is meant all the same, run the same command with --approve {plan}: that lets exactly this plan "
            "through."
        )
    return "\n".join([*lines, UNCHANGED])


@contextmanager
def nothing_begun() -> Iterator[None]:
    """While nothing has been changed yet: Ctrl-C says so."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(f"interrupted. {UNCHANGED}") from None


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
