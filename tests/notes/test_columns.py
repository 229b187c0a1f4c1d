"""Notes that are put together from stretches of others are the notes that they would be if each had come by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultprune.model import Link, Note, NotePath, Problem, Properties, Query
from vaultprune.notes import COLUMNS, KINDS, Notes, NotesBuilder
from vaultprune.state import dump_column, load_column

texts = st.sampled_from(["", "a", "b", "é", "\ud800", "x\ny", "1"])
values = st.recursive(
    st.one_of(texts, st.sampled_from([None, True, False, 0, 1, 1.0, 0.5, -1])),
    lambda inner: st.lists(inner, max_size=2).map(tuple),
    max_leaves=3,
)
links = st.builds(Link, texts, st.sampled_from(KINDS), st.integers(1, 9), texts)


def few(what: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=3).map(tuple)


notes = st.builds(
    Note,
    path=texts.map(NotePath),
    links=few(links),
    tags=few(texts),
    aliases=few(texts),
    properties=few(st.tuples(texts, values)).map(Properties),  # type: ignore[arg-type]
    words=st.integers(0, 5),
    open_tasks=few(st.integers(1, 9)),
    queries=few(st.builds(Query, texts, few(texts))),
    body_digest=texts,
    problems=few(st.builds(Problem, texts.map(NotePath), texts)),
    unreadable=st.none() | texts,
)


def built(row: list[Note]) -> Notes:
    builder = NotesBuilder()
    for note in row:
        builder.add(note)
    return builder.notes()


def kept(row: Notes) -> Notes:
    """The same as they come out of the memory of an earlier run."""
    columns = {
        name: load_column({part: bytes(data) for part, data in dump_column(row, name).items()}, name, len(row))
        for name in COLUMNS
        if name != "paths"
    }
    return Notes({**columns, "paths": row.paths}.__getitem__)


@given(st.lists(notes, max_size=4))
@settings(max_examples=60, deadline=None)
def test_notes_in_columns_are_the_notes(row: list[Note]) -> None:
    # by their spelling, since 1, 1.0 and true are equal
    assert repr(list(built(row))) == repr(row)
    assert repr(list(kept(built(row)))) == repr(row)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[list[Note], list[Note | tuple[int, int]]]:
    """Some notes, and what comes after: new ones, and stretches of the old ones in order."""
    before = draw(st.lists(notes, max_size=4))
    after: list[Note | tuple[int, int]] = []
    place = 0
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            after.append(draw(notes))
        first = draw(st.integers(place, len(before)))
        place = draw(st.integers(first, len(before)))
        after.append((first, place))
    return before, after


@given(pieces())
@settings(max_examples=60, deadline=None)
def test_stretches_of_other_notes_stay_what_they_were(made: tuple[list[Note], list[Note | tuple[int, int]]]) -> None:
    before, after = made
    builder, expected = NotesBuilder(kept(built(before))), list[Note]()
    for each in after:
        if isinstance(each, Note):
            builder.add(each)
            expected.append(each)
        else:
            builder.take(*each)
            expected += before[slice(*each)]

    assert repr(list(builder.notes())) == repr(expected)


@pytest.mark.parametrize("many", [127, 128, 129, 300])
def test_many_notes_in_columns_are_the_notes_in_their_order(many: int) -> None:
    def note(number: int) -> Note:
        own = f"{number % 7}"
        return Note(
            NotePath(f"{number}.md"),
            links=(Link(own, "wikilink", number, own),) * (number % 3),
            tags=(own,) * (number % 2),
            properties=Properties(((own, number % 2 == 0), (own, number % 2), (own, None))),
            open_tasks=(number,) if number % 5 == 0 else (),
            queries=(Query(own),) if number % 50 == 0 else (),
            body_digest=own,
            unreadable=own if number % 100 == 99 else None,
        )

    row = [note(number) for number in range(many)]
    assert repr(list(built(row))) == repr(row)

    builder = NotesBuilder(built(row))
    for number in range(many):
        builder.add(note(number + many))
    builder.take(1, many)
    builder.add(note(0))
    assert repr(list(builder.notes())) == repr([*map(note, range(many, 2 * many)), *row[1:], note(0)])


def test_what_no_note_says_any_more_does_not_pile_up() -> None:
    def note(number: int) -> Note:
        own = f"only {number}"
        return Note(NotePath("n.md"), (Link(own, "wikilink", 1, own),), (own,), properties=Properties(((own, own),)))

    row = built([note(0), note(1)])
    for number in range(2, 500):
        builder = NotesBuilder(row)
        builder.take(1, 2)
        builder.add(note(number))
        row = builder.notes()

    assert repr(list(row)) == repr([note(498), note(499)])
    for table in (row.links.texts, row.tags.table, row.properties.spelt, row.properties.table):
        assert len(table) < 10


def test_notes_with_a_property_are_found_by_its_name_in_any_case() -> None:
    row = built(
        [Note(NotePath(f"{name}.md"), properties=Properties(((name, 1), ("both", 1)))) for name in ("Up", "down", "UP")]
    )

    assert list(row.having("up".__eq__)) == [0, 2]
    assert list(row.having("both".__eq__)) == [0, 1, 2]
    assert list(row.having("nothing".__eq__)) == []


def test_a_name_is_counted_whatever_its_case_and_folder() -> None:
    paths = ("A.md", "a.md", "b.md", "x/a.md", "x/ba.md", "x/a.md.md")
    row = built([Note(NotePath(path)) for path in paths])

    assert (row.called("a"), row.called("B"), row.called("ba"), row.called("md")) == (3, 1, 1, 0)
    assert list(row.lowered) == ["a.md", "a.md", "b.md", "x/a.md", "x/ba.md", "x/a.md.md"]
    assert list(built([]).lowered) == []
