"""A vault whose history is made so that every count of a backtest can be worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.reading.repositories import Repository

FIRST = date(2023, 1, 2)
THEN = date(2023, 12, 31)
"""The day at whose end suggestions are made."""
LAST = THEN + timedelta(days=180)
NOW = datetime(2024, 7, 15, 12, tzinfo=UTC)

ALIVE = tuple(f"Work/Alive {number:02d}.md" for number in range(24))
LINKED = tuple(f"Old/Linked {number}.md" for number in range(4))
LONE = tuple(f"Ideas/Lone {number}.md" for number in range(4))
WORDS = ("river", "stone", "candle", "meadow", "lantern", "harbour", "winter", "garden", "pepper", "violin", "saddle")
"""For changes that have nothing in common."""


def text(name: str, *more: str) -> str:
    """A note's text; what is added to it later is a change of its own kind."""
    return "\n".join([f"All about {name}, told in a few words of its own.", *more]) + "\n"


def alive(number: int, *more: str) -> str:
    """One of a ring of notes that link to each other; the first eight hold the links to the quiet ones."""
    links = [f"Goes on in [[Alive {(number + 1) % 24:02d}]]."]
    if number < 8:
        links.append(f"Compare [[Linked {number % 4}]].")
    return text(f"Alive {number:02d}", *links, *more)


def garden(root: Path, *, vault: str = "") -> Repository:
    """A repository with the vault in its folder `vault`.

    January 2023: four notes that others link to, the oldest here. February: four that nothing links to. Then 24 notes
    that link to each other, all of them edited again in December. After the 31st: one of the four without links is
    edited, one deleted, one archived by hand; two of the four linked ones are edited; the others go on being edited.
    """
    repository = Repository(root)
    repository.git("config", "gc.auto", "0")
    start = f"{vault}/" if vault else ""
    for number, path in enumerate(LINKED):
        repository.commit(str(FIRST + timedelta(days=3 * number)), {start + path: text(path)})
    for number, path in enumerate(LONE):
        repository.commit(str(FIRST + timedelta(days=35 + 3 * number)), {start + path: text(path)})
    for number, path in enumerate(ALIVE):
        repository.commit(str(FIRST + timedelta(days=70 + 2 * number)), {start + path: alive(number)})
    for day in range(6):
        some = {start + ALIVE[number]: alive(number, WORDS[day]) for number in range(day * 4, day * 4 + 4)}
        repository.commit(f"2023-12-{10 + day}", some)
    return repository


def later(repository: Repository, *, vault: str = "") -> None:
    """What the owner did after the 31st of December."""
    start = f"{vault}/" if vault else ""
    repository.commit("2024-02-03", {start + LONE[0]: text(LONE[0], "Taken up again.")})
    repository.commit("2024-02-04", {start + LONE[1]: None})
    repository.move("2024-02-05", start + LONE[2], f"{start}Archive/{LONE[2]}")
    repository.commit("2024-03-01", {start + LINKED[0]: text(LINKED[0], "One more thought.")})
    repository.commit("2024-03-02", {start + LINKED[1]: text(LINKED[1], "And another one.")})
    for month, number in enumerate((10, 11, 12, 13, 14), 2):
        repository.commit(f"2024-0{month}-20", {start + ALIVE[number]: alive(number, WORDS[month], WORDS[month + 4])})
    repository.commit(str(LAST), {start + ALIVE[20]: alive(20, "The last word of these.")})
