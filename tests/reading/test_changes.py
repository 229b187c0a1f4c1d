"""What sort of change lies between two versions of a note."""

from __future__ import annotations

import pytest

from vaultprune.reading.changes import difference, first_version

PLAIN = "---\ntags: a\n---\nSee [[Alpha]] and [this](Beta.md).\n\n- [ ] buy bread\n"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        pytest.param(PLAIN, PLAIN.replace("bread", "bread and salt"), "body", id="words added"),
        pytest.param(PLAIN, PLAIN.replace("buy bread", ""), "body", id="words taken away"),
        pytest.param(PLAIN, PLAIN.replace("[ ]", "[x]"), "body", id="a task ticked"),
        pytest.param(PLAIN, PLAIN.replace("[ ]", "[-]"), "body", id="a task cancelled"),
        pytest.param("one\ntwo\n", "two\none\n", "body", id="lines in another order"),
        pytest.param("one two\n", "two one\n", "body", id="words in another order"),
        pytest.param("done\n", "done 🎉\n", "body", id="an emoji"),
        pytest.param("見る\n", "見た\n", "body", id="a script without blanks"),
        pytest.param(PLAIN, PLAIN + "[[Gamma]]\n", "body", id="a link added"),
        pytest.param("see Alpha\n", "see [[Alpha]]\n", "body", id="a word made a link"),
        pytest.param("[[A|shown]]\n", "[[A|told]]\n", "body", id="a link's display text"),
        pytest.param("[x](http://a.org)\n", "[x](http://b.org)\n", "body", id="an address on the web"),
        pytest.param("---\na: 1\n---\nx\n", "---\na: 2\n---\ny\n", "body", id="words outweigh properties"),
        pytest.param(PLAIN, PLAIN.replace("[[Alpha]]", "[[Omega]]"), "links", id="a wikilink after a rename"),
        pytest.param(PLAIN, PLAIN.replace("[[Alpha]]", "[[sub/Alpha|Alpha]]"), "links", id="a name made ambiguous"),
        pytest.param(PLAIN, PLAIN.replace("Beta.md", "sub/Gamma%20(1).md"), "links", id="a Markdown link's target"),
        pytest.param(PLAIN, PLAIN.replace("tags: a", "tags: b"), "properties", id="a property's value"),
        pytest.param("x\n", "---\ntags: b\n---\nx\n", "properties", id="a block of properties added"),
        pytest.param(PLAIN, PLAIN.replace("\n", "\r\n"), "format", id="line endings"),
        pytest.param("a  b\n", "a b", "format", id="blanks and the last line end"),
        pytest.param("* a\n**b**\n", "- a\n__b__\n", "format", id="another spelling of Markdown"),
        pytest.param("| a | b |\n|--|--|\n", "| a   | b |\n| --- | - |\n", "format", id="a table aligned"),
        pytest.param("\ufeffa\n", "a\n", "format", id="a byte order mark"),
        pytest.param("---\nnever closed\n", "---\nnever closed at all\n", "body", id="properties without an end"),
    ],
)
def test_the_strongest_sort_of_change_is_told(old: str, new: str, kind: str) -> None:
    assert difference(old.encode(), new.encode()).kind == kind


def test_what_cannot_be_had_is_taken_for_words_and_gets_no_signature() -> None:
    assert difference(None, b"x") == ("body", 0, ())
    assert difference(b"x", None) == ("body", 0, ())


def test_equal_replacements_share_a_signature_however_often_they_were_made() -> None:
    once = difference(b"an old way\n", b"a new way\n")
    often = difference(b"an old, an old\nmore\nan old\n", b"a new, a new\nmore\na new\n")
    other = difference(b"an old way\n", b"a newer way\n")

    assert once.signature == often.signature != 0
    assert other.signature != once.signature


def test_a_heading_with_each_notes_own_name_is_one_and_the_same_change() -> None:
    first = difference(b"text\n", b"# Alpha rules\ntext\n", "a/Alpha rules.md")
    second = difference(b"other\n", b"# Beta\nother\n", "Beta.md")

    assert first.signature == second.signature


def test_a_footer_of_dates_taken_out_is_one_change_and_dates_written_are_many() -> None:
    taken = [difference(f"x\n\ncreated: {day}\n".encode(), b"x\n").signature for day in ("2021-03-31", "2019-01-02")]
    written = [difference(b"x\n", f"x\n\nweighed {kilos}\n".encode()).signature for kilos in (71, 72)]

    assert taken[0] == taken[1]
    assert written[0] != written[1]


def test_signatures_are_the_same_on_every_machine() -> None:
    assert difference(b"a\n", b"b\n").signature == 6032278102983363503


def test_a_long_note_of_brackets_takes_no_time() -> None:
    for attack in ("[[", "](", "]((", "[[a|", "[[[[]]", "](()"):
        long = attack * (100_000 // len(attack))
        assert difference(b"x\n", long.encode()).kind in ("body", "links")


@pytest.mark.parametrize(
    ("old", "new", "gained"),
    [
        pytest.param("a\n", "a [[Beta]] b\n", ("beta",), id="a wikilink"),
        pytest.param("a\n", "a [b](sub/My%20Note.md)\n", ("my note",), id="a Markdown link"),
        pytest.param("a\n", "a ![[x/Beta#h|shown]]\n", ("beta",), id="by path, with heading and display text"),
        pytest.param("see [[Beta]]\n", "do see [[Beta]]\n", (), id="one that was there"),
        pytest.param("see [[Beta]]\n", "do see\n", (), id="one that was taken out"),
        pytest.param("a\n", "a [b](https://example.org/x.md)\n", (), id="one that leads away"),
        pytest.param("a\n", "a [[#own heading]] b\n", (), id="one to the note itself"),
    ],
)
def test_links_gained_are_told(old: str, new: str, gained: tuple[str, ...]) -> None:
    assert difference(old.encode(), new.encode()).gained == gained


def test_a_note_begins_with_its_links() -> None:
    assert first_version(b"---\nup: '[[Hub]]'\n---\n[[A]] [[B]] [[a]]\n").gained == ("a", "b")
    assert first_version(None).gained == ()
