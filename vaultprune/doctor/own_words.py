"""What the owner said in, what of it is about nothing out: decisions, and settings that name what is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from vaultprune.config import CREATED_KEYS, MODIFIED_KEYS
from vaultprune.decided import standing
from vaultprune.doctor.case import Case, Check, Finding
from vaultprune.model import Decision
from vaultprune.protections.status import status_of
from vaultprune.vault import matches
from vaultprune.words import count, safe


def _decisions(case: Case) -> Iterator[Finding]:
    idle = [each.decision for each in standing(case.vault.snapshot, case.vault.archived) if not each.paths]
    if idle:
        are = "is about nothing" if len(idle) == 1 else "are about nothing"
        yield Finding(
            "decision-idle",
            f"{count(len(idle), 'decision')} of yours {are} that is there now.",
            "The note, folder or tag may have been renamed and edited since. Decide anew, or withdraw it.",
            tuple(_named(each) for each in idle),
            command=("keep", "--list"),
        )


def _named(decision: Decision) -> str:
    return {"note": decision.name, "folder": f"{decision.name}/", "tag": f"#{decision.name}"}[decision.scope]


def _settings(case: Case) -> Iterator[Finding]:
    """Settings that name what nobody finds: most are a slip of the pen, and then they protect nothing."""
    vault, config = case.vault, case.vault.config
    paths = vault.notes.paths
    briefs = [vault.notes.brief(number) for number in range(len(paths))] if config.protect else []
    seen = sorted({value for note in briefs for value in (*note.properties.texts("status"), *note.tags)})
    for status in config.protect:
        if not any(status_of(note, status) for note in briefs):
            yield _idle(case, "protect", status, "no note has that status", seen)
    for name in ("protect_paths", "leave_out"):
        for pattern in getattr(config, name):
            if not any(matches(path, pattern) for path in paths):
                yield _idle(case, name, pattern, "no note fits it")
    known = {path.lower().removesuffix(".md") for path in paths}
    for index in config.index_notes:
        if index.lower().removesuffix(".md") not in known:
            yield _idle(case, "index_notes", index, "there is no such note", known)
    names = vault.notes.property_names
    for name, usual in (("modified_keys", MODIFIED_KEYS), ("created_keys", CREATED_KEYS)):
        for key in getattr(config, name):
            if key not in usual and key.lower() not in names:
                yield _idle(case, name, key, "no note has such a property", names)
    if config.budget.notes == 0 or config.budget.share == 0:
        yield Finding("setting-budget", "The budget is 0, so no note is ever suggested.", _origin(case, "budget"))


def _idle(case: Case, setting: str, value: str, why: str, known: Iterable[str] = ()) -> Finding:
    near = difflib.get_close_matches(value.lower(), [each for each in known if each != value], n=1)
    hint = f' Did you mean "{safe(near[0])}"?' if near else ""
    return Finding(
        "setting-idle",
        f'The setting {setting} names "{safe(value)}", but {why}.{hint}',
        _origin(case, setting),
        wrong=True,
        command=("config", "show"),
    )


def _origin(case: Case, setting: str) -> str:
    return f"It stands in {safe(case.vault.config.origins.get(setting, 'the defaults'))}."


DECISIONS = Check("decisions", "your decisions", _decisions)
SETTINGS = Check("settings", "the settings", _settings)
