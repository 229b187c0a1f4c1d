"""Undo and restore after life went on: what comes back, what stays, and what is said of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.archiving.worlds import AT, DEVICE, FULL, TWO, World, fresh, link, say, state, texts
from vaultprune.archiving import carry_out, plan_return
from vaultprune.archiving.spans import applied, found_again, inverse, shifted, unshifted
from vaultprune.errors import CannotStart
from vaultprune.model import NotePath, Span

HUB = World(
    {"a/N.md": b"words\n", "Hub.md": b"one\n[[a/N]] two\n[[a/N|n]]\n[[b/N]]\nend\n", "b/N.md": b"other\n"},
    (("a/N.md", "Archive/a/N.md"),),
    (
        link("Hub.md", "a/N]]", "Archive/a/N]]", "a/N.md"),
        link("Hub.md", "a/N|", "Archive/a/N|", "a/N.md"),
    ),
)


def archived(vault: Path, world: World = HUB) -> str:
    world.build(vault)
    return carry_out(vault, world.plan(), AT, device=DEVICE).batch


@pytest.mark.parametrize(
    ("edit", "becomes"),
    [
        pytest.param(lambda t: b"new\n" + t, b"new\none\n[[a/N]] two\n[[a/N|n]]\n[[b/N]]\nend\n", id="a line above"),
        pytest.param(lambda t: t + b"x", b"one\n[[a/N]] two\n[[a/N|n]]\n[[b/N]]\nend\nx", id="below"),
        pytest.param(
            lambda t: t.replace(b" two", b" 2, twice"), b"one\n[[a/N]] 2, twice\n[[a/N|n]]\n[[b/N]]\nend\n", id="beside"
        ),
        pytest.param(
            lambda t: t.replace(b"\n", b"\r\n"),
            b"one\r\n[[a/N]] two\r\n[[a/N|n]]\r\n[[b/N]]\r\nend\r\n",
            id="line ends",
        ),
        pytest.param(
            lambda t: t.replace(b"[[Archive/a/N]] ", b""), b"one\ntwo\n[[a/N|n]]\n[[b/N]]\nend\n", id="a link deleted"
        ),
        pytest.param(
            lambda t: t + b"[[Archive/a/N]]\n", b"one\n[[a/N]] two\n[[a/N|n]]\n[[b/N]]\nend\n[[a/N]]\n", id="one added"
        ),
        pytest.param(lambda t: b"", b"", id="all deleted"),
        pytest.param(
            lambda t: t + b"Archive/a/N]] in text\n",
            b"one\n[[a/N]] two\n[[a/N|n]]\n[[b/N]]\nend\nArchive/a/N]] in text\n",
            id="the same words in running text",
        ),
    ],
)
def test_after_later_edits_the_links_are_found_again_and_nothing_else_changes(
    tmp_path: Path, edit: object, becomes: bytes
) -> None:
    batch = archived(tmp_path)
    hub = tmp_path / "Hub.md"
    hub.write_bytes(edit(hub.read_bytes()))  # type: ignore[operator]

    carry_out(tmp_path, plan_return(tmp_path, batch=batch), AT, device=DEVICE)

    assert texts(state(tmp_path)) == HUB.files | {"Hub.md": becomes}


def test_a_link_of_the_same_text_that_was_always_there_stays(tmp_path: Path) -> None:
    """`[[b/N]]` was made of `[[N]]`, but another `[[b/N]]` had been typed by hand: only the first goes back."""
    world = replace(
        HUB,
        files={"a/N.md": b"words\n", "Hub.md": b"[[b/N]] by hand\nmid\n[[N]] bare\nend\n", "b/N.md": b"other\n"},
        links=(link("Hub.md", "N]] bare", "b/N]] bare", "a/N.md"),),
    )
    plan = world.plan()
    [rewrite] = plan.rewrites
    short = replace(rewrite.spans[0], end=rewrite.spans[0].start + 1, before=b"N", after=b"b/N")
    world.build(tmp_path)
    batch = carry_out(tmp_path, replace(plan, rewrites=(replace(rewrite, spans=(short,)),)), AT, device=DEVICE).batch
    hub = tmp_path / "Hub.md"
    assert hub.read_bytes() == b"[[b/N]] by hand\nmid\n[[b/N]] bare\nend\n"
    hub.write_bytes(b"new\n" + hub.read_bytes())

    carry_out(tmp_path, plan_return(tmp_path, batch=batch), AT, device=DEVICE)

    assert hub.read_bytes() == b"new\n[[b/N]] by hand\nmid\n[[N]] bare\nend\n"


def test_a_link_that_is_not_found_again_is_told_and_left(tmp_path: Path) -> None:
    batch = archived(tmp_path)
    hub = tmp_path / "Hub.md"
    hub.write_bytes(hub.read_bytes().replace(b"[[Archive/a/N|n]]", b"[[Archive/a/N2|n]]"))

    plan = plan_return(tmp_path, batch=batch)

    assert plan.warnings == ("in Hub.md, 1 link that was rewritten is not found again; nothing else is changed there",)


@pytest.mark.parametrize(
    ("life", "says"),
    [
        pytest.param(
            lambda v: (v / "a/N.md").write_bytes(b"new"), "there is a a/N.md again, with another text", id="taken"
        ),
        pytest.param(
            lambda v: (v / "a/N.md").write_bytes(b"words\n"), "there is a a/N.md again, with the same text", id="copied"
        ),
        pytest.param(
            lambda v: (v / "Archive/a/N.md").rename(v / "a/N.md"), "it is back in its old place", id="moved by hand"
        ),
        pytest.param(
            lambda v: (v / "Archive/a/N.md").unlink(),
            "it is no longer there; its text is kept in .vaultprune/",
            id="gone",
        ),
        pytest.param(
            lambda v: ((v / "Archive/a/N.md").rename(v / "x.md"), (v / "Archive/a/N.md").symlink_to("../../x.md")),
            "it is not a plain file any more",
            id="a symlink",
        ),
    ],
)
def test_what_cannot_come_back_is_told_and_nothing_is_overwritten(tmp_path: Path, life: object, says: str) -> None:
    batch = archived(tmp_path)
    life(tmp_path)  # type: ignore[operator]
    before = state(tmp_path)

    plan = plan_return(tmp_path, batch=batch)
    carry_out(tmp_path, plan, AT, device=DEVICE)

    [skipped] = plan.skipped
    assert skipped.why.startswith(says)
    assert state(tmp_path) == before


def test_a_note_edited_in_the_archive_comes_back_as_it_is_now(tmp_path: Path) -> None:
    batch = archived(tmp_path)
    (tmp_path / "Archive/a/N.md").write_bytes(b"more words\n")

    plan = plan_return(tmp_path, batch=batch)
    carry_out(tmp_path, plan, AT, device=DEVICE)

    assert plan.warnings == ("Archive/a/N.md was edited since; it comes back as it is now",)
    assert texts(state(tmp_path)) == HUB.files | {"a/N.md": b"more words\n"}


def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    archived(tmp_path)
    (tmp_path / "a").rmdir()

    carry_out(tmp_path, plan_return(tmp_path, notes=["a/N.md"]), AT, device=DEVICE)

    assert texts(state(tmp_path)) == HUB.files
    assert "Archive/" not in state(tmp_path)


def test_a_folder_of_the_archive_in_which_something_else_lies_stays(tmp_path: Path) -> None:
    archived(tmp_path)
    (tmp_path / "Archive/About this archive.md").write_bytes(b"about\n")

    carry_out(tmp_path, plan_return(tmp_path, notes=["Archive/a/N.md"]), AT, device=DEVICE)

    assert "Archive/" in state(tmp_path)
    assert "Archive/a/" not in state(tmp_path)


def test_single_notes_come_back_in_any_order(tmp_path: Path) -> None:
    archived(tmp_path, TWO)
    for note in ("a/X.md", "Archive/b/Y.md"):
        carry_out(tmp_path, plan_return(tmp_path, notes=[note, note]), AT, device=DEVICE)

    assert texts(state(tmp_path)) == TWO.files


def test_archived_twice_the_newer_one_comes_back(tmp_path: Path) -> None:
    archived(tmp_path)
    (tmp_path / "a/N.md").write_bytes(b"second\n")
    again = replace(HUB, files=texts(state(tmp_path)), moves=(("a/N.md", "Archive/a (2)/N.md"),), links=())
    carry_out(tmp_path, again.plan(), AT, device=DEVICE)

    carry_out(tmp_path, plan_return(tmp_path, notes=["a/N.md"]), AT, device=DEVICE)

    assert (tmp_path / "a/N.md").read_bytes() == b"second\n"
    assert (tmp_path / "Archive/a/N.md").read_bytes() == b"words\n"
    plan = plan_return(tmp_path, notes=["a/N.md"])
    assert [skipped.why for skipped in plan.skipped] == ["there is a a/N.md again, with another text"]


@pytest.mark.parametrize("name", ["a/Unknown.md", "Archive/a/N.md "])
def test_a_note_that_was_never_set_aside_is_said(tmp_path: Path, name: str) -> None:
    archived(tmp_path)
    with pytest.raises(CannotStart, match="was not set aside by vaultprune"):
        plan_return(tmp_path, notes=[name])
    with pytest.raises(CannotStart, match="no batch 9 is known"):
        plan_return(tmp_path, batch="9")


def test_in_random_edits_every_link_that_is_left_is_found_again() -> None:
    """A note with rewritten links, edited at random around them: the links go back, the edits stay."""
    chance = random.Random(7)
    words = [b"tree", b"[[Other]]", b"\n", b"\r\n", b" ", b"- ", b"\xff", "\u00fc".encode(), b"Archive/a/N", b"]]"]
    rounds = 3000 if FULL else 500
    for _ in range(rounds):
        pieces = [b"".join(chance.choices(words, k=chance.randrange(6))) for _ in range(chance.randrange(2, 6))]
        before = b"[[a/N]]".join(pieces)
        spans = [
            Span(hit.start() + 2, hit.end() - 2, b"a/N", b"Archive/a/N", (NotePath("a/N.md"),))
            for hit in re.finditer(rb"\[\[a/N\]\]", before)
        ]
        after = applied(before, spans)
        assert applied(after, inverse(spans)) == before
        links = after.count(b"[[Archive/a/N]]")
        at = [chance.randrange(len(after) + 1) for _ in range(3)]
        now = after
        for place in sorted(at, reverse=True):
            inside = any(span.start - 2 < place < span.end + 2 for span in inverse(spans))
            if not inside:
                now = now[:place] + chance.choice(words[:6]) + now[place:]
        found, _ = found_again(after, inverse(spans), now)
        assert links >= len(spans)
        assert applied(now, found) == now.replace(b"[[Archive/a/N]]", b"[[a/N]]")
    say(f"spans found again after random edits: {rounds} of {rounds}")


def test_spans_counted_before_and_after_others_are_the_same_places() -> None:
    data = b"aa bb cc dd ee"
    spans = [Span(n, n + 2, data[n : n + 2], b"x" * n, (NotePath("n"),)) for n in (0, 3, 6, 9, 12)]
    first, second = spans[1::2], spans[0::2]

    once = applied(data, first)
    later = shifted(second, first)

    assert applied(once, later) == applied(data, spans)
    assert unshifted(later, first) == tuple(second)


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([(0, 2, b"xx")], id="other bytes there"),
        pytest.param([(5, 9, b"")], id="beyond the end"),
        pytest.param([(0, 0, b"")], id="nothing"),
        pytest.param([(0, 3, b"abc"), (2, 4, b"cd")], id="overlapping"),
        pytest.param([(-1, 1, b"")], id="before the beginning"),
    ],
)
def test_spans_that_do_not_fit_change_nothing(spans: list[tuple[int, int, bytes]]) -> None:
    with pytest.raises(ValueError, match="does not stand where it stood"):
        applied(b"abcd", [Span(start, end, before, b"!", (NotePath("n"),)) for start, end, before in spans])


def test_undo_gives_modes_attributes_and_times_back_also_after_a_restart(tmp_path: Path) -> None:
    with fresh() as vault:
        TWO.build(vault)
        before = state(vault)
        carry_out(vault, TWO.plan(), AT, device=DEVICE)
        carry_out(vault, plan_return(vault, batch="1"), AT, device=DEVICE)
        assert state(vault) == before
