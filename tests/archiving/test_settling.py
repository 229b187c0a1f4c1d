"""The recovery table, row by row: what lies on disk, and what becomes of it, back and forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.worlds import AT, DEVICE, World, link, sha, state, texts
from vaultprune.archiving import carry_out, known_device, pending, recover
from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.records import Damaged
from vaultprune.errors import Refused

N, HUB, NEW = "a/N.md", "Hub.md", "Archive/a/N.md"
OLD_HUB, NEW_HUB = b"[[a/N]]\n", b"[[Archive/a/N]]\n"
ONE = World({N: b"words\n", HUB: OLD_HUB}, ((N, NEW),), (link(HUB, "a/N", "Archive/a/N", N),))


@dataclass
class Row:
    """What stands at the old place, the new place and in the hub; and what shall, back and forward."""

    old: bytes | None
    new: bytes | None
    hub: bytes | None
    back: tuple[bytes | None, bytes | None, bytes]
    forward: tuple[bytes | None, bytes | None, bytes]


H, E = b"words\n", b""
HOME = (H, None, OLD_HUB)
AWAY = (None, H, NEW_HUB)
ROWS = {
    "not moved": Row(H, None, OLD_HUB, HOME, AWAY),
    "a name reserved": Row(H, E, OLD_HUB, HOME, AWAY),
    "moved": Row(None, H, OLD_HUB, HOME, AWAY),
    "moved and linked": Row(None, H, NEW_HUB, HOME, AWAY),
    "both names": Row(H, H, OLD_HUB, HOME, AWAY),
    "no name": Row(None, None, OLD_HUB, HOME, AWAY),
    "no name but a reservation": Row(None, E, OLD_HUB, HOME, AWAY),
    "edited after it moved": Row(None, b"words!", OLD_HUB, (None, b"words!", NEW_HUB), (None, b"words!", NEW_HUB)),
    "edited before it moved": Row(b"words!", None, OLD_HUB, (b"words!", None, OLD_HUB), (b"words!", None, OLD_HUB)),
    "edited, name reserved": Row(b"words!", E, OLD_HUB, (b"words!", None, OLD_HUB), (b"words!", None, OLD_HUB)),
    "old place taken again": Row(b"other", H, OLD_HUB, (b"other", H, NEW_HUB), (b"other", H, NEW_HUB)),
    "new place taken": Row(H, b"other", OLD_HUB, (H, b"other", OLD_HUB), (H, b"other", OLD_HUB)),
    "both are others": Row(b"one", b"two", OLD_HUB, (b"one", b"two", OLD_HUB), (b"one", b"two", OLD_HUB)),
    "hub gone": Row(None, H, None, HOME, AWAY),
    "hub emptied": Row(None, H, E, HOME, AWAY),
    "hub edited before": Row(
        H, None, b"new [[a/N]]\n", (H, None, b"new [[a/N]]\n"), (None, H, b"new [[Archive/a/N]]\n")
    ),
    "hub edited after": Row(
        None, H, b"new [[Archive/a/N]]\n", (H, None, b"new [[a/N]]\n"), (None, H, b"new [[Archive/a/N]]\n")
    ),
    "hub about something else": Row(None, H, b"new", (H, None, b"new"), (None, H, b"new")),
}


def interrupted(vault: Path) -> Path:
    """A vault with one unit whose intent is durable, and nothing else done yet."""
    ONE.build(vault)

    class AtTheMove(StoppingDisk):
        def before(self, call: str) -> None:
            if call == "move":
                raise Stop

    with pytest.raises(Stop):
        carry_out(vault, ONE.plan(), AT, device=DEVICE, disk=AtTheMove(vault, 10**9))
    assert len(pending(vault, DEVICE)) == 1
    return vault


def put(vault: Path, path: str, data: bytes | None) -> None:
    place = vault / path
    if data is None:
        place.unlink(missing_ok=True)
    elif not place.exists() or place.read_bytes() != data:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


@pytest.mark.parametrize("forward", [False, True], ids=["back", "forward"])
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_from_whatever_lies_on_disk_it_is_put_right(tmp_path: Path, row: Row, forward: bool) -> None:
    vault = interrupted(tmp_path)
    if row.old is None and row.new == H:
        (vault / "Archive/a").mkdir(parents=True, exist_ok=True)
        (vault / N).rename(vault / NEW)
    for path, data in ((N, row.old), (NEW, row.new), (HUB, row.hub)):
        put(vault, path, data)

    recover(vault, forward=forward, device=DEVICE)

    old, new, hub = row.forward if forward else row.back
    wanted = {path: data for path, data in ((N, old), (NEW, new), (HUB, hub)) if data is not None}
    assert texts(state(vault)) == wanted
    assert pending(vault, DEVICE) == ()
    assert recover(vault, device=DEVICE) == ()
    assert recover(vault, forward=True, device=DEVICE) == ()
    assert texts(state(vault)) == wanted
    swapped = [place.read_bytes() for place in vault.joinpath(*JOURNAL).glob("*/swap/*")]
    everything = {
        *wanted.values(),
        *swapped,
        *(place.read_bytes() for place in vault.joinpath(*JOURNAL).glob("*/blobs/*")),
    }
    assert {data for data in (row.old, row.new, row.hub) if data} <= everything


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("edited after it moved", "Archive/a/N.md was edited after it had moved, and stays there"),
        ("old place taken again", "there is a new a/N.md; the note stays in Archive/a/N.md, too"),
        ("new place taken", "Archive/a/N.md is another file by now; the note stays where it was"),
        ("both are others", "a/N.md and Archive/a/N.md were both edited; both stay"),
        ("no name", "a/N.md was written anew from the journal"),
        ("hub edited after", "Hub.md was edited; its links were put right and nothing else"),
        ("hub about something else", "Hub.md was edited and was left alone"),
    ],
)
def test_what_a_person_did_in_between_is_told(tmp_path: Path, row: str, says: str) -> None:
    vault = interrupted(tmp_path)
    if ROWS[row].old is None and ROWS[row].new == H:
        (vault / "Archive/a").mkdir(parents=True, exist_ok=True)
        (vault / N).rename(vault / NEW)
    for path, data in ((N, ROWS[row].old), (NEW, ROWS[row].new), (HUB, ROWS[row].hub)):
        put(vault, path, data)

    [settled] = recover(vault, device=DEVICE)

    assert settled.remarks == (says,)


def test_while_a_run_is_interrupted_no_other_begins(tmp_path: Path) -> None:
    vault = interrupted(tmp_path)

    with pytest.raises(Refused, match=r"interrupted at a/N.md: vaultprune recover\. Nothing has been changed"):
        carry_out(vault, ONE.plan(), AT, device=DEVICE)


def test_another_devices_interrupted_run_is_left_to_it(tmp_path: Path) -> None:
    vault = interrupted(tmp_path)

    assert pending(vault, "feedbeef") == ()
    assert recover(vault, device="feedbeef") == ()
    assert len(pending(vault, DEVICE)) == 1


def test_who_only_looks_gets_no_name(tmp_path: Path) -> None:
    assert known_device(tmp_path / "data") is None
    assert list(tmp_path.iterdir()) == []


def spoilt(vault: Path, change: Callable[[bytes], bytes]) -> None:
    [intent] = vault.joinpath(*JOURNAL).glob("*/units/*.intent")
    intent.write_bytes(change(intent.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data.replace(b"Archive/a", b"Archive/b"), id="another path"),
        pytest.param(lambda data: data[:-20], id="cut off"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: bytes(len(data)), id="zeros"),
        pytest.param(lambda data: b"[" * 10**5, id="a bomb"),
    ],
)
def test_a_damaged_record_is_named_and_nothing_is_done_with_it(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    vault = interrupted(tmp_path)
    spoilt(vault, change)
    before = state(vault)

    with pytest.raises(Damaged, match="is damaged"):
        recover(vault, device=DEVICE)

    assert state(vault) == before


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param('"to": "Archive/a/N.md"', '"to": "../../evil.md"', id="to"),
        pytest.param('"from": "a/N.md"', '"from": "/etc/passwd"', id="from"),
        pytest.param('"path": "Hub.md"', '"path": ".obsidian/app.json"', id="a file to rewrite"),
        pytest.param('"folders": ["Archive"', '"folders": [".."', id="a folder"),
        pytest.param('"device": "0123abcd"', '"device": "../../.."', id="a device"),
    ],
)
def test_a_record_that_leads_out_of_the_vault_is_not_followed(tmp_path: Path, here: str, there: str) -> None:
    """Whole and with the right digest, but written by somebody else."""
    vault = interrupted(tmp_path)
    [intent] = vault.joinpath(*JOURNAL).glob("*/units/*.intent")
    text = intent.read_text()
    evil = text.replace(here, there)
    body = evil[evil.index('{"schema"') : evil.rindex(', "sha256"')]
    intent.write_text(evil.replace(text[text.rindex('"sha256": "') :], f'"sha256": "{sha(body.encode())}"}}\n'))

    with pytest.raises(Damaged, match=r"may be changed|not a name of ours"):
        recover(vault, forward=True, device=DEVICE)


def test_bytes_that_rotted_in_the_journal_are_not_used(tmp_path: Path) -> None:
    vault = interrupted(tmp_path)
    (vault / N).unlink()
    blob = next(place for place in vault.joinpath(*JOURNAL).glob("*/blobs/*") if place.read_bytes() == H)
    blob.write_bytes(b"w0rds\n")

    with pytest.raises(Damaged, match="has lost the bytes"):
        recover(vault, device=DEVICE)

    assert texts(state(vault)) == {HUB: OLD_HUB}
