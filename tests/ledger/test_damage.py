"""Whatever became of the ledger costs what it knew, and nothing else: it is said, set aside, and begun anew."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.ledger.worlds import PLAIN, World, at, day, text
from vaultprune.ledger import CannotKeep, Ledger
from vaultprune.model import NotePath
from vaultprune.reading import read_vault

NOTES = 60


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, {f"n{n}.md": text(n, f"[[n{n + 1}]]") for n in range(NOTES)})
    world.look(0)
    world.write({"n1.md": text("edited")})
    world.look(10)
    world.ledger().remember_round(day(10), [NotePath("n2.md")], [NotePath("n3.md")])
    return world


def goes_on(world: World, *, forgets: bool | None = None) -> None:
    """What is told is true, and from the next look on all is remembered again."""
    before = world.recall(20)
    if before.absent is None:
        for path, seen in before.notes.items():
            assert seen.edits == (((day(0), day(10)),) if path == "n1.md" else ())
            assert seen.same_since == (day(10) if path == "n1.md" else day(0))
    held = {path.name: path.read_bytes() for path in world.home.iterdir() if path.is_file() and not path.is_symlink()}
    noticed = world.look(20)
    if noticed.first and forgets is not False:
        assert noticed.odd is not None
        assert noticed.odd == world.recall(21).odd
        (aside,) = world.ledger().aside()
        assert aside.name in noticed.odd
        if aside.is_file() and not aside.is_symlink():
            assert aside.read_bytes() in held.values()
    assert forgets is None or noticed.first == forgets
    world.write({"n5.md": text("later")})
    world.look(30)
    assert world.seen("n5.md", 30).edits == ((day(20), day(30)),)
    assert len(world.recall(30).notes) == NOTES


def test_a_ledger_that_is_deleted_is_begun_anew(world: World) -> None:
    shutil.rmtree(world.home)

    assert world.recall(20).absent is not None
    assert world.look(20).first
    assert world.recall(20).odd is None


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bits(world: World, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(world.file().read_bytes())
    for _ in range(chance.choice((1, 1, 3, 40))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    world.file().write_bytes(data)

    goes_on(world)


@pytest.mark.parametrize("seed", range(25))
def test_cut_off(world: World, seed: int) -> None:
    os.truncate(world.file(), random.Random(seed).randrange(1, world.file().stat().st_size - 4096))

    goes_on(world, forgets=True)


@pytest.mark.parametrize("seed", range(15))
def test_pieces_mixed_up(world: World, seed: int) -> None:
    chance, data = random.Random(seed), world.file().read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    one, other = chance.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    world.file().write_bytes(b"".join(pages))

    goes_on(world)


def _sql(*statements: str) -> Callable[[Path], None]:
    def run(file: Path) -> None:
        connection = sqlite3.connect(file)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return run


def _instead(*statements: str) -> Callable[[Path], None]:
    def run(file: Path) -> None:
        file.unlink()
        _sql(*statements)(file)

    return run


def _zeros(first: int, last: int) -> Callable[[Path], None]:
    """Pages from the first up to the last are lost, as on a disk that forgot them."""

    def run(file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[first * 4096 : last * 4096] = bytes((last - first) * 4096)
        file.write_bytes(data)

    return run


def _folder(file: Path) -> None:
    file.unlink()
    write_tree(file, {"x": "y"})


def _loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b"garbage" * 5000), id="garbage"),
        pytest.param(lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000), id="the head alone"),
        pytest.param(_sql("UPDATE parts SET data = x'00'"), id="no rows in it"),
        pytest.param(_sql("UPDATE parts SET data = 7, sum = 'y'"), id="other types"),
        pytest.param(_sql("UPDATE parts SET data = NULL"), id="nothing in it"),
        pytest.param(_sql("UPDATE parts SET sum = sum + 1 WHERE kind = 'note'"), id="other checksums"),
        pytest.param(_sql("UPDATE parts SET sum = sum + 1 WHERE kind = 'round'"), id="another checksum of a week"),
        pytest.param(_sql("UPDATE parts SET number = number + 1000 WHERE kind = 'note'"), id="other numbers"),
        pytest.param(_sql("DELETE FROM parts WHERE kind = 'note' AND number = 1"), id="most notes missing"),
        pytest.param(_sql("DELETE FROM parts WHERE kind = 'note' AND number = 2"), id="what was seen later missing"),
        pytest.param(_sql("DELETE FROM parts WHERE kind = 'about'"), id="nothing says whose it is"),
        pytest.param(_sql("DROP TABLE parts"), id="no table"),
        pytest.param(_instead("CREATE TABLE parts (x INTEGER)"), id="a foreign table of that name"),
        pytest.param(_instead("CREATE TABLE cookies (x INTEGER)"), id="another program's"),
        pytest.param(
            _instead(
                "PRAGMA user_version = 2", "CREATE VIEW parts AS SELECT 'about' kind, 0 number, x'00' data, 0 sum"
            ),
            id="a view of that name",
        ),
        pytest.param(_sql("DELETE FROM parts"), id="nothing in the table"),
        *(pytest.param(_zeros(page, page + 1), id=f"zeros in page {page}") for page in range(4)),
        pytest.param(_zeros(0, 5), id="all zeros"),
        pytest.param(
            _sql("PRAGMA writable_schema = 1", "UPDATE sqlite_master SET sql = CAST(x'43cb54' AS TEXT)"),
            id="what SQLite cannot even name",
        ),
        pytest.param(_folder, id="a folder in its place"),
        pytest.param(_loop, id="a link to itself"),
        pytest.param(_pipe, id="a pipe"),
    ],
)
def test_what_it_can_be_instead(world: World, damage: Callable[[Path], None]) -> None:
    damage(world.file())

    goes_on(world, forgets=True)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(_instead("VACUUM"), id="a database with nothing in it"),
    ],
)
def test_an_empty_file_is_a_ledger_that_nobody_has_written_yet(world: World, damage: Callable[[Path], None]) -> None:
    damage(world.file())

    goes_on(world, forgets=False) if not world.look(15).first else None
    assert world.ledger().aside() == ()


def test_a_ledger_that_was_made_for_another_vault_is_not_believed(world: World, tmp_path: Path) -> None:
    other = World(tmp_path / "other", {"n1.md": text("edited")})
    other.look(0)
    shutil.copyfile(world.file(), other.file())

    assert other.recall(20).absent is not None
    noticed = other.look(20)

    assert noticed.odd is not None
    assert noticed.odd.startswith("The ledger of this vault was another vault's and was begun anew")
    assert (noticed.first, other.recall(20).odd) == (True, noticed.odd)
    assert other.recall(200).odd is None  # by then it is of no importance any more


def test_one_that_a_newer_version_wrote_is_left_alone(world: World) -> None:
    _sql("PRAGMA user_version = 99")(world.file())
    before = read_tree(world.home)

    assert world.recall(20).absent == "its ledger cannot be read: a newer vaultprune wrote it"
    with pytest.raises(CannotKeep, match="a newer vaultprune wrote it"):
        world.look(20)
    assert read_tree(world.home) == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("a")})
    world.home.write_text("a file where the folder should be")

    assert world.recall(0).absent is not None
    with pytest.raises(CannotKeep):
        world.look(0)


def test_a_ledger_that_may_only_be_read_is_read(world: World) -> None:
    if os.geteuid() == 0:
        connection = sqlite3.connect(world.file())
        connection.execute("BEGIN EXCLUSIVE")  # for root nothing is read-only, but a lock holds
        try:
            ledger = world.ledger()
            assert ledger.recall(world.snapshot(20)).absent == "its ledger cannot be read: database is locked"
        finally:
            connection.close()
        return
    world.file().chmod(0o400)
    world.home.chmod(0o500)
    assert len(world.recall(20).notes) == NOTES
    with pytest.raises(CannotKeep):
        world.look(20)


def test_what_a_crash_left_half_written_is_undone(world: World, tmp_path: Path) -> None:
    """A process that dies in the midst of writing leaves a journal, by which the next one puts the file right."""
    known = world.recall(20).notes
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 2')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        'c.execute("UPDATE parts SET data = zeroblob(3000), sum = 0")\n'
        "os._exit(9)\n"
    )
    import subprocess
    import sys

    subprocess.run([sys.executable, "-c", code, str(world.file())], check=False)
    assert Path(f"{world.file()}-journal").stat().st_size > 0

    assert world.recall(20).notes == known
    assert world.look(20).first is False


def test_several_that_were_set_aside_all_stay(world: World) -> None:
    for number in range(3):
        world.file().write_bytes(b"garbage %d" % number * 1000)
        world.look(20 + number)

    assert [path.read_bytes()[:9] for path in world.ledger().aside()] == [b"garbage 0", b"garbage 1", b"garbage 2"]


# --- whose it is --------------------------------------------------------------------------------------------


def test_an_id_is_known_wherever_the_vault_lies(world: World, tmp_path: Path) -> None:
    """The vault gets an id after its ledger was begun; then it moves."""

    def ledger(vault: Path) -> Ledger:
        return Ledger(vault, "my garden", folder=world.home)

    first = ledger(world.vault)
    first.observe(world.snapshot(20))
    assert first.place.name.startswith("my-garden-")
    moved = world.vault.rename(tmp_path / "Elsewhere")

    known = ledger(moved).recall(read_vault(moved, PLAIN, at(30)))
    assert known.notes[NotePath("n1.md")].edits == ((day(0), day(10)),)


def test_a_copy_with_the_same_id_has_a_ledger_of_its_own(world: World, tmp_path: Path) -> None:
    original = Ledger(world.vault, "x", folder=world.home)
    original.observe(world.snapshot(20))
    copy = world.copied(tmp_path / "Copy")
    (copy / "n7.md").write_text("other words, written elsewhere")

    Ledger(copy, "x", folder=world.home).observe(read_vault(copy, PLAIN, at(21)))

    assert Ledger(copy, "x", folder=world.home).place != original.place
    assert world.ledger().recall(world.snapshot(22)).absent is not None
    known = Ledger(world.vault, "x", folder=world.home).recall(world.snapshot(22))
    assert known.notes[NotePath("n7.md")].edits == ()


def test_to_forget_a_note_takes_out_all_that_is_kept_of_it(world: World) -> None:
    world.write({"secret garden.md": text("s")})
    world.open("secret garden.md", recent=["secret garden.md"])
    world.look(20)
    world.ledger().remember_round(day(20), [NotePath("secret garden.md")], [NotePath("secret garden.md")])
    world.remove("secret garden.md")
    assert b"secret garden" in world.file().read_bytes()
    assert world.ledger().knows(NotePath("secret garden.md")) is True

    assert world.ledger().forget(NotePath("secret garden.md")) is True

    assert b"secret garden" not in world.file().read_bytes()
    assert world.ledger().knows(NotePath("secret garden.md")) is False
    assert world.ledger().forget(NotePath("secret garden.md")) is False
    assert world.seen("n1.md", 21).edits == ((day(0), day(10)),)


def test_to_forget_a_name_of_old_takes_out_the_note_that_had_it(world: World) -> None:
    world.move("n1.md", "n one.md")
    world.look(20)

    assert world.ledger().forget(NotePath("n1.md")) is True
    assert world.ledger().knows(NotePath("n one.md")) is False
    assert world.look(21).new == 1


def test_to_forget_where_nothing_is_kept_makes_no_file(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("a")})

    assert world.ledger().knows(NotePath("a.md")) is False
    assert world.ledger().forget(NotePath("a.md")) is False
    assert not world.home.exists()
