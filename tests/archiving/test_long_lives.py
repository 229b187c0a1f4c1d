"""A vault that lives: notes set aside and put back, people and sync programs at work, and the power going off between.

Every word that anybody typed is unique, so that it can be told where it is: in the vault, always, unless its own
typist deleted it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.worlds import AT, DEVICE, FULL, fresh, kept, say, sha, state, texts
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.history import batches, own_writes
from vaultprune.archiving.plan_form import make_plan, plan_from_json, plan_to_json
from vaultprune.archiving.recovery import pending, recover
from vaultprune.archiving.returning import plan_return
from vaultprune.errors import CannotStart
from vaultprune.model import Move, NotePath, Plan, Rewrite, Span
from vaultprune.moving import Places

NAMES = ("a/One.md", "a/Two.md", "b/Three.md", "Four.md", "b/Hub.md")
WORD = re.compile(rb"<w[0-9]+>")
COUNTS = {"steps": 0, "crashes": 0, "lives": 0}


def plan_for(vault: Path, chosen: list[str]) -> Plan:
    """Set these notes aside, and rewrite every link `[[path]]` to one of them."""
    found = texts(state(vault))
    places = Places(found)
    moves = []
    spans: dict[str, list[Span]] = {}
    for source in chosen:
        target = places.place(NotePath(source), AT.date())
        moves.append(Move(NotePath(source), target, sha(found[source]), len(found[source])))
        old, new = f"[[{source}]]".encode(), f"[[{target}]]".encode()
        for path, data in found.items():
            for hit in re.finditer(re.escape(old), data):
                span = Span(hit.start() + 2, hit.end() - 2, old[2:-2], new[2:-2], (NotePath(source),))
                spans.setdefault(path, []).append(span)
    rewrites = [Rewrite(NotePath(path), sha(found[path]), tuple(items)) for path, items in spans.items()]
    return make_plan(moves, rewrites)


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.context = fresh()
        self.vault = self.context.__enter__()
        self.words: set[bytes] = set()
        self.number = 0
        COUNTS["lives"] += 1

    def teardown(self) -> None:
        self.context.__exit__(None, None, None)

    def word(self) -> bytes:
        self.number += 1
        word = b"<w%d>" % self.number
        self.words.add(word)
        return word

    def write(self, path: str, data: bytes) -> None:
        place = self.vault / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def notes(self, archived: bool) -> list[str]:
        return sorted(path for path in texts(state(self.vault)) if path.startswith("Archive/") == archived)

    @initialize()
    def begin(self) -> None:
        for path in NAMES:
            links = b" ".join(b"[[%s]]" % other.encode() for other in NAMES if other != path)
            self.write(path, self.word() + b" " + links + b"\r\n" + self.word())

    # --- the tool ---------------------------------------------------------------------------------

    def carry(self, plan: Plan, crash: int | None, forward: bool) -> None:
        assert plan_from_json(plan_to_json(plan)) == plan
        if crash is None:
            run = carry_out(self.vault, plan, AT, device=DEVICE)
            assert len(run.outcomes) == len(plan.moves)
            assert not run.pending
            for outcome in run.outcomes:
                assert (self.vault / outcome.move.target).exists() == (outcome.what == "done") or outcome.why
            return
        try:
            carry_out(self.vault, plan, AT, device=DEVICE, disk=StoppingDisk(self.vault, crash))
        except Stop:
            COUNTS["crashes"] += 1
            self.forward = forward
        else:
            return

    @precondition(lambda self: not pending(self.vault, DEVICE))
    @rule(data=st.data(), crash=st.none() | st.integers(40, 110) | st.integers(40, 200), forward=st.booleans())
    def archive(self, data: st.DataObject, crash: int | None, forward: bool) -> None:
        here = self.notes(archived=False)
        if here:
            chosen = data.draw(st.lists(st.sampled_from(here), min_size=1, max_size=3, unique=True))
            self.carry(plan_for(self.vault, chosen), crash, forward)

    @precondition(lambda self: not pending(self.vault, DEVICE))
    @rule(data=st.data(), crash=st.none() | st.integers(40, 110) | st.integers(40, 200), forward=st.booleans())
    def undo(self, data: st.DataObject, crash: int | None, forward: bool) -> None:
        known = [batch.id for batch in batches(self.vault) if batch.standing]
        if known:
            self.carry(plan_return(self.vault, batch=data.draw(st.sampled_from(known))), crash, forward)

    @precondition(lambda self: not pending(self.vault, DEVICE))
    @rule(data=st.data(), crash=st.none() | st.integers(40, 90), forward=st.booleans())
    def restore(self, data: st.DataObject, crash: int | None, forward: bool) -> None:
        there = self.notes(archived=True)
        if there:
            note = data.draw(st.sampled_from(there))
            try:
                plan = plan_return(self.vault, notes=[note])
            except CannotStart:
                return  # not ours: a sync copy, or what a person put there
            self.carry(plan, crash, forward)

    @precondition(lambda self: not pending(self.vault, DEVICE))
    @rule(data=st.data())
    def archive_and_undo_is_nothing(self, data: st.DataObject) -> None:
        here = self.notes(archived=False)
        if not here:
            return
        before = state(self.vault)
        plan = plan_for(self.vault, data.draw(st.lists(st.sampled_from(here), min_size=1, max_size=3, unique=True)))
        run = carry_out(self.vault, plan, AT, device=DEVICE)
        if run.count("done") == len(plan.moves):
            back = carry_out(self.vault, plan_return(self.vault, batch=run.batch), AT, device=DEVICE)
            assert back.count("done") == len(plan.moves)
            after = state(self.vault)
            # an archive folder that the tool made and somebody emptied may go
            gone = {path for path in before if path.startswith("Archive/") and before[path] is None}
            assert after == {path: found for path, found in before.items() if path not in gone or path in after}

    @precondition(lambda self: pending(self.vault, DEVICE) != ())
    @rule(stop=st.none() | st.integers(8, 40))
    def put_right(self, stop: int | None) -> None:
        if stop is not None:
            try:
                recover(self.vault, forward=self.forward, device=DEVICE, disk=StoppingDisk(self.vault, stop))
            except Stop:
                COUNTS["crashes"] += 1
        recover(self.vault, forward=self.forward, device=DEVICE)
        then = state(self.vault)
        assert recover(self.vault, device=DEVICE) == ()
        assert state(self.vault) == then

    # --- people and programs ------------------------------------------------------------------------

    @rule(data=st.data(), where=st.sampled_from(["before", "after", "between"]), anew=st.booleans())
    def type(self, data: st.DataObject, where: str, anew: bool) -> None:
        path = data.draw(st.sampled_from(sorted(texts(state(self.vault)))))
        old = (self.vault / path).read_bytes()
        word = self.word() + b"\n"
        if where == "between":
            old = old.replace(b"]] ", b"]] " + word, 1) if b"]] " in old else old + word
        else:
            old = word + old if where == "before" else old + word
        if anew:  # as an editor does that saves by renaming
            beside = self.vault / f"{path}~"
            beside.write_bytes(old)
            beside.rename(self.vault / path)
        else:
            (self.vault / path).write_bytes(old)

    @rule(data=st.data(), link=st.sampled_from(NAMES))
    def link(self, data: st.DataObject, link: str) -> None:
        path = data.draw(st.sampled_from(sorted(texts(state(self.vault)))))
        old = (self.vault / path).read_bytes()
        (self.vault / path).write_bytes(old + b"[[%s]]\n" % link.encode())

    @rule(path=st.sampled_from(NAMES))
    def write_again_at_an_old_place(self, path: str) -> None:
        if not (self.vault / path).exists():
            self.write(path, self.word() + b" [[b/Hub.md]] anew")

    @rule(data=st.data())
    def sync_brings_a_copy_back(self, data: st.DataObject) -> None:
        units = [entry.unit for batch in batches(self.vault) for entry in batch.entries]
        if units:
            move = data.draw(st.sampled_from(units)).move
            there, home = self.vault / move.target, self.vault / move.source
            if there.exists() and not home.exists():
                home.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, home)

    @precondition(lambda self: not pending(self.vault, DEVICE))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        path = self.vault / data.draw(st.sampled_from(sorted(texts(state(self.vault)))))
        gone = set(WORD.findall(path.read_bytes()))
        path.unlink()
        left = b"".join(texts(state(self.vault)).values())
        self.words -= {word for word in gone if word not in left}
        if not texts(state(self.vault)):
            self.write("Four.md", self.word())

    @rule(data=st.data())
    def tidy_up_an_empty_folder(self, data: st.DataObject) -> None:
        folders = [path for path, found in state(self.vault).items() if found is None]
        empty = [path for path in folders if not any((self.vault / path).iterdir())]
        if empty:
            (self.vault / data.draw(st.sampled_from(empty))).rmdir()

    # --- what always holds --------------------------------------------------------------------------

    @invariant()
    def no_word_is_lost(self) -> None:
        COUNTS["steps"] += 1
        if pending(self.vault, DEVICE):
            found = b"".join(kept(self.vault))
        else:
            found = b"".join(texts(state(self.vault)).values())
        lost = {word for word in self.words if word not in found}
        assert not lost

    @invariant()
    def what_the_tool_wrote_is_known(self) -> None:
        """Whoever goes by times can tell every write of the tool from a person's."""
        known = own_writes(self.vault)
        for entry in (entry for batch in batches(self.vault) for entry in batch.entries if entry.state == "done"):
            assert all((edit.path, edit.after) in known for edit in entry.unit.edits)


def test_in_a_long_life_no_word_is_ever_lost() -> None:
    COUNTS.update(steps=0, crashes=0, lives=0)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=500 if FULL else 100,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not FULL,
            database=None,
        ),
    )
    say("long lives: {lives} vaults, {steps} steps, {crashes} crashes among them, 0 words lost".format(**COUNTS))
    assert COUNTS["crashes"] > 10
