"""A round of cards becomes a note of tasks, and any ticks in it become exactly those answers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import TODAY, at, filler, note, vault
from vaultprune.graph import FileIndex, unreachable_by_link
from vaultprune.model import Decision, Note, NotePath
from vaultprune.parse import parse_note
from vaultprune.review.answers import ARCHIVE, KEEP, UNDECIDED, Answer, snooze
from vaultprune.review.boxes import boxes
from vaultprune.review.cards import Card, cards
from vaultprune.review.checklist import PROPERTY, checklist, on_the_list
from vaultprune.review.identity import identity
from vaultprune.review.meant import Finder
from vaultprune.review.spelling import link_to
from vaultprune.review.ticked import ticked
from vaultprune.verdict import Judgement, judge

REVIEW = NotePath("Review.md")
QUIET = NotePath("Ideas/Quiet.md")


def sha256(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


def judged(*notes: Note, decided: tuple[Decision, ...] = ()) -> Judgement:
    return judge(vault(*notes, *filler(40), decisions=decided))


def dealt(judgement: Judgement) -> tuple[Card, ...]:
    """The cards of a judgement, as if each file held its own path."""
    return cards(judgement, lambda path: path.encode("utf-8", "surrogatepass"), lambda _path, _line: None)


def written(*notes: Note, decided: tuple[Decision, ...] = ()) -> str:
    judgement = judged(*notes, decided=decided)
    return checklist(judgement, on_the_list(judgement, dealt(judgement)), REVIEW)


def test_the_note_says_when_how_many_why_and_what_happens() -> None:
    quiet = [note(f"Quiet/Q{number}", edited=f"20{10 + number}-01-01") for number in range(9)]

    text = written(*quiet)

    ids = re.compile(r"\^vp-[a-z2-7]{20}")
    assert ids.sub("^vp-ID", text[: text.index("- [ ] [[Q1")]).replace("\n\n", "\n") == (
        f'---\n{PROPERTY}: "{text[24:32]}"\n---\n'
        "# Review of Garden, Fri 20 Nov 2026\n"
        "4 of about 12 quiet notes, the clearest first. Dates from properties, trusted for all 49 notes.\n"
        "Tick a note to have it set aside, or one of the two boxes below it. Nothing happens before you run "
        "`vaultprune apply`: it shows what it would do, and asks. What is set aside moves, whole, and comes back with "
        "`vaultprune undo`. What is not ticked comes back another time.\n"
        "- [ ] [[Q0]], in Quiet/ - Not edited since 1 Jan 2010; no other note links here. ^vp-ID\n"
        "    - what speaks for keeping it: one of 9 notes in Quiet/\n"
        "    - [ ] keep it ^vp-ID-k\n"
        "    - [ ] ask again in 6 months ^vp-ID-s\n"
    )
    assert len(ids.findall(text)) == 3 * 4


def test_what_speaks_against_it_stands_below_the_note() -> None:
    text = written(note(QUIET, edited="2020-01-01"), note("F00 reader", links=["Quiet"], edited="2020-01-01"))

    assert "    - what speaks for keeping it: it is alone in Ideas/; linked from 1 place\n" in text


def test_what_waits_anyway_and_what_cannot_be_read_is_not_asked() -> None:
    decided = Decision(at(TODAY) - timedelta(days=1), "archive", "note", QUIET)
    judgement = judged(note(QUIET, edited="2009-01-01"), note("Other", edited="2010-01-01"), decided=(decided,))
    [quiet, other] = dealt(judgement)

    assert on_the_list(judgement, [quiet, other]) == (other,)
    assert on_the_list(judgement, [replace(quiet, decided=None), replace(other, file_digest=None)]) == (
        replace(quiet, decided=None),
    )


def test_where_nothing_is_left_it_says_how_to_go_on() -> None:
    text = checklist(judged(), (), REVIEW)

    assert text.startswith(f'---\n{PROPERTY}: "')
    assert "Nothing waits for you here." in text
    assert "`vaultprune undo`" in text
    assert "- [ ]" not in text


@pytest.mark.parametrize(
    ("path", "others", "link"),
    [
        pytest.param("Quiet.md", [], "[[Quiet]]", id="at the top"),
        pytest.param("Ideas/Quiet.md", [], "[[Quiet]]", id="by its name"),
        pytest.param(
            "Ideas/Quiet.md", ["Other/Quiet.md"], "[[Ideas/Quiet|Quiet]]", id="by its path, where two have the name"
        ),
        pytest.param("Ideas/Quiet.md", ["Quiet.md"], "[[Ideas/Quiet|Quiet]]", id="by its path, with one at the top"),
        pytest.param(
            "a/Quiet.md",
            ["longer/Quiet.md"],
            "[[a/Quiet|Quiet]]",
            id="by its path, though the name would do today",
        ),
        pytest.param("Ideas/snake_case.md", [], "[[snake_case]]", id="with underscores"),
        pytest.param("100% done.md", [], "[100\\% done](100%25%20done.md)", id="with a percent sign"),
        pytest.param("a (b).md", [], "[[a (b)]]", id="with round brackets"),
        pytest.param("In `code`.md", [], "[In \\`code\\`](In%20%60code%60.md)", id="with backticks"),
        pytest.param("C#/Quiet.md", [], "[[Quiet]]", id="in a folder that no path can name"),
        pytest.param("C#/Quiet.md", ["Quiet.md"], "Quiet", id="there, with a namesake: no link at all"),
        pytest.param("[a]/Quiet.md", [], "[[Quiet]]", id="in a folder with brackets"),
        pytest.param("a#b.md", [], "a\\#b", id="a name that no link can mean"),
        pytest.param("a|b.md", [], "[a\\|b](a%7Cb.md)", id="with a pipe"),
        pytest.param("a$b, c.md", [], "[a\\$b, c](a$b,%20c.md)", id="with a dollar"),
        pytest.param("Ideas/Über.md", [], "[[Über]]", id="with an umlaut"),
        pytest.param("a\u202eb.md", [], "[a\\\\u202eb](a%E2%80%AEb.md)", id="with a mark that turns the line round"),
        pytest.param(" a.md", [], "[ a](%20a.md)", id="with a blank before it"),
        pytest.param("v1.2.md", [], "[[v1.2]]", id="with a dot"),
    ],
)
def test_a_link_is_written_so_that_it_means_the_note(path: str, others: list[str], link: str) -> None:
    assert link_to(NotePath(path), REVIEW, FileIndex(map(NotePath, [path, *others]))) == link


NAMES = st.text(st.sampled_from("abc #^[]|\\`$%~=<>{}!*_-()\u202e\n'\"é&;:x."), min_size=1, max_size=12)
ANSWERS = st.sampled_from([UNDECIDED, ARCHIVE, KEEP, snooze(6)])


_SPOKEN_OTHERWISE = frozenset("/\\&:")
"""What a link cannot always hold, so that there may be none."""


def _path(parts: list[str]) -> NotePath | None:
    path = "/".join(parts)
    usual = all(part.strip(". ") and not part.startswith(".") for part in parts) and "Review" not in path
    return NotePath(f"{path}.md") if usual else None


PATHS = st.lists(NAMES, min_size=1, max_size=2).map(_path).filter(lambda path: path is not None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(st.tuples(PATHS, NAMES, ANSWERS), min_size=1, max_size=4, unique_by=lambda each: str(each[0]).lower()))
def test_any_ticks_become_exactly_those_answers_whatever_the_names(
    wanted: list[tuple[NotePath, str, Answer]],
) -> None:
    judgement = judged(*(note(path, edited="2010-01-01") for path, _, _ in wanted))
    [like, *_] = dealt(judged(note(QUIET, edited="2009-01-01")))
    every = [
        replace(like, path=path, says=f"Not edited; linked from {says}.", against=(says,), file_digest=sha256(path),
                body_digest=note(path).body_digest)
        for path, says, _ in wanted
    ]  # fmt: skip

    text = checklist(judgement, every, REVIEW)
    lines = text.split("\n")
    tasks = [place for place, line in enumerate(lines) if "- [ ] " in line and "^vp-" in line]
    assert len(tasks) == 3 * len(every)
    for number, (_, _, answer) in enumerate(wanted):
        if answer != UNDECIDED:
            place = tasks[3 * number + [ARCHIVE, KEEP, snooze(6)].index(answer)]
            lines[place] = lines[place].replace("- [ ] ", "- [x] ", 1)
    finder = Finder(judgement.vault, sha256)
    found = ticked(boxes("\n".join(lines).encode("utf-8", "surrogatepass")), [], finder.find)

    assert found.answers == {path: answer for path, _, answer in wanted if answer != UNDECIDED}
    assert found.remarks == ()
    read = parse_note(REVIEW, text.encode("utf-8", "surrogatepass"))
    assert len(read.open_tasks) == 3 * len(every)
    assert (read.tags, read.queries) == ((), ())
    index = judgement.vault.graph.index
    means = [index.resolve(link.path, REVIEW) for link in read.links]
    assert all(len(each) == 1 for each in means)
    assert {path for each in means for path in each} <= {card.path for card in every}
    for card in every:
        if not unreachable_by_link(card.path) and _SPOKEN_OTHERWISE.isdisjoint(card.path):
            assert (card.path,) in means


ACCIDENTS = ["drop", "twice", "up", "in", "tick", "cut", "letter", "join"]
CHANGES = st.lists(
    st.tuples(st.sampled_from(ACCIDENTS), st.integers(0, 80), st.integers(0, 200)),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_whatever_becomes_of_its_lines_only_what_is_ticked_is_set_aside(changes: list[tuple[str, int, int]]) -> None:
    judgement = judged(*(note(f"Quiet/Q{number}", edited=f"20{10 + number}-01-01") for number in range(5)))
    lines = checklist(judgement, dealt(judgement), REVIEW).split("\n")
    for what, which, further in changes:
        place = which % len(lines)
        line = lines[place]
        match what:
            case "drop" if len(lines) > 1:
                del lines[place]
            case "twice":
                lines.insert(further % len(lines), line)
            case "up":
                lines.insert(further % len(lines), lines.pop(place))
            case "in":
                lines[place] = "  " * (further % 5) + line
            case "tick":
                lines[place] = line.replace("[ ]", f"[{'xX->?'[further % 5]}]", 1)
            case "cut":
                lines[place] = line[: further % (len(line) + 1)]
            case "letter" if line:
                here = further % len(line)
                lines[place] = line[:here] + "xyz 27[]^-"[further % 10] + line[here + 1 :]
            case "join":
                lines[place] = line + " " + lines[further % len(lines)]
    found = boxes("\n".join(lines).encode())

    said = ticked(found, [], Finder(judgement.vault, sha256).find)

    for path, answer in said.answers.items():
        about = identity(path, note(path).body_digest, sha256(path))
        # by its place, or, where a letter of that was changed, by what stands in it, as a renamed note is
        ticks = {
            box.part
            for box in found.found
            if box.is_ticked and (box.about.place == about.place or box.about == said.states.get(path))
        }
        assert ticks
        if answer == ARCHIVE:
            assert ticks == {"note"}
            assert all(box.mark in "xX" for box in found.found if box.about == said.states[path] and box.part == "note")
