"""Random vaults, random notes set aside: every link that meant a file still means it, and the rest is untouched."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from tests.build import read_tree, write_tree
from tests.plan.random_vaults import world
from tests.plan.worlds import AT, carried_out, differences, garden, meanings, planned, snapshot, taken_back
from vaultprune.config import Config
from vaultprune.graph import build_graph
from vaultprune.model import NotePath, Plan
from vaultprune.reading import read_vault

VAULTS = 5_000 if os.environ.get("VAULTPRUNE_TORTURE") == "1" else 300
ON_DISK = 10
"""One in so many is written to a real folder, moved there, and read again from the disk."""


def test_every_link_means_the_same_file_after_the_plan_and_after_its_undo(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    for seed in range(VAULTS):
        made = world(seed)
        before = meanings(snapshot(made.files))
        plan = planned(made.files, *made.chosen)
        after = carried_out(made.files, plan)

        assert differences(before, meanings(snapshot(after)), plan) == [], f"seed {seed}"
        assert taken_back(after, plan) == made.files, f"seed {seed}"
        assert _outside_the_spans(made.files, after, plan), f"seed {seed}"
        if seed % ON_DISK == 0:
            _on_disk(tmp_path / str(seed), made.files, plan)
            counts["on disk"] += 1
        counts["links"] += sum(map(len, before.values()))
        counts["moves"] += len(plan.moves)
        counts["skipped"] += len(plan.skipped)
        counts["spans"] += sum(len(rewrite.spans) for rewrite in plan.rewrites)
    print(f"\n{VAULTS} random vaults: {dict(counts)}")
    assert counts["spans"] > VAULTS / 3
    assert counts["moves"] > counts["skipped"] * 2


def _outside_the_spans(files: dict[str, bytes], after: dict[str, bytes], plan: Plan) -> bool:
    """Whether every file holds what it held, but for the bytes of the spans."""
    places: dict[str, str] = {move.source: move.target for move in plan.moves}
    spans = {str(rewrite.path): rewrite.spans for rewrite in plan.rewrites}
    for path, data in files.items():
        now = after[places.get(path, path)]
        at = 0
        for span in spans.get(path, ()):
            kept = data[at : span.start]
            if data[span.start : span.end] != span.before or not now.startswith(kept + span.after):
                return False
            now, at = now[len(kept) + len(span.after) :], span.end
        if now != data[at:]:
            return False
    return len(files) == len(after)


def _on_disk(folder: Path, files: dict[str, bytes], plan: Plan) -> None:
    """The same on real folders, by plain file operations, read by the program itself before and after."""
    write_tree(folder, files)
    config = Config(dates=("property",))
    before = build_graph(read_vault(folder, config, AT))
    for rewrite in plan.rewrites:
        data = (folder / rewrite.path).read_bytes()
        for span in reversed(rewrite.spans):
            data = data[: span.start] + span.after + data[span.end :]
        (folder / rewrite.path).write_bytes(data)
    for move in plan.moves:
        (folder / move.target).parent.mkdir(parents=True, exist_ok=True)
        assert not (folder / move.target).exists()
        (folder / move.source).rename(folder / move.target)
    after = build_graph(read_vault(folder, config, AT))
    places = {move.source: move.target for move in plan.moves}
    for source in before.sources:
        now = after.links_of(places.get(source, source))
        for old, new in zip(before.links_of(source), now, strict=True):
            meant = old.ambiguous or (() if old.target is None else (old.target,))
            means = new.ambiguous or (() if new.target is None else (new.target,))
            if meant and old.link.kind not in ("uri", "html"):
                assert set(means) == {places.get(path, path) for path in meant}, (source, old, new)
    assert read_tree(folder) == carried_out(files, plan)


def test_the_same_vault_and_notes_give_the_same_plan() -> None:
    made = world(7)

    assert planned(made.files, *made.chosen) == planned(made.files, *made.chosen)


def test_a_plan_for_one_note_after_another_is_as_good_as_one_for_all() -> None:
    for seed in range(0, 60, 3):
        made = world(seed)
        files = dict(made.files)
        for path in made.chosen:
            plan = planned(files, NotePath(path))
            after = carried_out(files, plan)
            assert differences(meanings(snapshot(files)), meanings(snapshot(after)), plan) == []
            files = after
        garden(files)
