from __future__ import annotations

import pytest

from vaultprune.model import Link, Note, NotePath, Problem, Properties
from vaultprune.parse import parse_note
from vaultprune.parse.comparing import Compared, Difference, compare, differences

PATH = NotePath("a.md")
TEXT = "---\nstatus: done\n---\n#one\n- [ ] do [[it]]\n"
NOTE = parse_note(PATH, TEXT.encode())


def test_two_readings_of_a_note_are_counted_and_compared() -> None:
    assert compare(PATH, TEXT.encode()) == Compared(notes=1, links=1, tags=1, tasks=1, properties=1)


def test_what_the_quick_reading_declines_is_counted() -> None:
    plain_only = b"x\0y [[a]]\n"  # binary: only searched

    assert compare(PATH, plain_only).declined == 1
    assert compare(PATH, plain_only).links == 1


@pytest.mark.parametrize(
    ("quick", "expected"),
    [
        pytest.param(NOTE, [], id="the same"),
        pytest.param(NOTE._replace(links=()), [(5, "link", "nothing", "wikilink it")], id="a link less"),
        pytest.param(
            NOTE._replace(links=(*NOTE.links, Link("b", "embed", 4, "b"))),
            [(4, "link", "embed b", "nothing")],
            id="a link too many",
        ),
        pytest.param(
            NOTE._replace(links=(Link("it", "wikilink", 6, "it"),)),
            [(6, "link", "wikilink it", "nothing"), (5, "link", "nothing", "wikilink it")],
            id="a link in another line",
        ),
        pytest.param(NOTE._replace(tags=()), [(4, "tag", "nothing", "#one")], id="a tag less"),
        pytest.param(NOTE._replace(open_tasks=()), [(5, "open task", "nothing", "an open task")], id="a task less"),
        pytest.param(
            NOTE._replace(properties=Properties()), [(2, "property", "nothing", "status: 'done'")], id="a property less"
        ),
        pytest.param(NOTE._replace(words=3), [(None, "words", "3", str(NOTE.words))], id="another count of words"),
        pytest.param(
            NOTE._replace(problems=(Problem(PATH, "odd"),)),
            [(None, "problems", str((Problem(PATH, "odd"),)), "()")],
            id="a problem",
        ),
    ],
)
def test_every_difference_is_told_with_its_line(quick: Note, expected: list[tuple[object, ...]]) -> None:
    found = [(each.line, each.what, each.quick, each.full) for each in differences(quick, NOTE, TEXT)]

    assert found == expected


def test_another_order_alone_is_a_difference_too() -> None:
    two = parse_note(PATH, b"#a #b\n")
    (found,) = differences(two._replace(tags=("b", "a")), two, "#a #b\n")

    assert found == Difference(PATH, None, "tags", "('b', 'a')", "('a', 'b')")
