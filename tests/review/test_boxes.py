"""A box is a task with one id of ours behind it, whatever happened to the lines around it."""

from __future__ import annotations

import pytest

from vaultprune.review.boxes import Boxes, boxes
from vaultprune.review.identity import identity

ABOUT = identity("Ideas/Quiet.md", "0123456789abcdef", "ab" * 32)
OTHER = identity("Other.md", "0123456789abcdef", "cd" * 32)
ID = f"^vp-{ABOUT}"
HEAD = '---\nvaultprune-review: "7f3a91c2"\n---\n'


def read(text: str | bytes) -> Boxes:
    return boxes(text if isinstance(text, bytes) else (HEAD + text).encode("utf-8", "surrogateescape"))


def marks(text: str | bytes) -> list[tuple[str, str]]:
    """The part and the mark of each box that is about our note."""
    return [(box.part, box.mark) for box in read(text).found if box.about == ABOUT]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(f"- [ ] [[Quiet]] - quiet {ID}", ("note", " "), id="as it was written"),
        pytest.param(f"- [x] [[Quiet]] - quiet {ID}", ("note", "x"), id="ticked in the app"),
        pytest.param(f"- [X] [[Quiet]] - quiet {ID}", ("note", "X"), id="ticked by hand, in capitals"),
        pytest.param(f"- [-] [[Quiet]] - quiet {ID}", ("note", "-"), id="cancelled"),
        pytest.param(f"- [>] [[Quiet]] - quiet {ID}", ("note", ">"), id="put off"),
        pytest.param(f"    - [x] keep it {ID}-k", ("keep", "x"), id="a smaller box"),
        pytest.param(f"    - [x] ask again in 6 months {ID}-s", ("snooze", "x"), id="the other smaller box"),
        pytest.param(f"\t- [x] keep it {ID}-k", ("keep", "x"), id="indented with a tab"),
        pytest.param(f"- [x] keep it {ID}-k", ("keep", "x"), id="moved out of its note"),
        pytest.param(f"                - [x] {ID}", ("note", "x"), id="moved far in"),
        pytest.param(f"* [x] [[Quiet]] {ID}", ("note", "x"), id="an asterisk"),
        pytest.param(f"+ [x] [[Quiet]] {ID}", ("note", "x"), id="a plus"),
        pytest.param(f"1. [x] [[Quiet]] {ID}", ("note", "x"), id="a number"),
        pytest.param(f"12) [x] [[Quiet]] {ID}", ("note", "x"), id="a number with a bracket"),
        pytest.param(f"> - [x] [[Quiet]] {ID}", ("note", "x"), id="in a quote"),
        pytest.param(f"> [!todo]\n> - [x] [[Quiet]] {ID}", ("note", "x"), id="in a callout"),
        pytest.param(f"- [x] [[Quiet]] {ID} ✅ 2026-11-21", ("note", "x"), id="done, said behind the id"),
        pytest.param(f"- [x] [[Quiet]] ⏫ ✅ 2026-11-21 {ID}", ("note", "x"), id="done, said before the id"),
        pytest.param(f"- [x] [[Quiet]] [completion:: 2026-11-21] {ID}", ("note", "x"), id="with a field"),
        pytest.param(f"- [x] {ID} all words are gone", ("note", "x"), id="words taken out and put behind"),
        pytest.param(f"- [x] [[Other]] {ID}", ("note", "x"), id="the link says otherwise: only the id counts"),
        pytest.param(f"- [x] [[Quiet]] {ID.upper().replace('VP', 'vp')}", ("note", "x"), id="in capitals"),
        pytest.param(f"- [x] [[Quiet]] {ID} {ID}", ("note", "x"), id="the id twice"),
        pytest.param(f"- [x] [[Quiet]] {ID}  ", ("note", "x"), id="blanks at the end"),
        pytest.param(f"- [x] [[Quiet]] {ID}\r\n- more\r\n", ("note", "x"), id="ends of lines as in Windows"),
        pytest.param(f"- [x] [[Quiet]] {ID}\r- more\r", ("note", "x"), id="ends of lines as on an old Mac"),
        pytest.param(f"Some words.\n\n# A heading\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below words of yours"),
        pytest.param(f"```\ncode\n```\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below code"),
        pytest.param(f"~~~~\n~~~\n~~~~\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below a longer fence"),
        pytest.param(f"```a`b\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below what only looks like a fence"),
        pytest.param(f"%%\nmine\n%%\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below a comment"),
        pytest.param(f"%% mine %% and <!-- mine -->\n- [x] [[Quiet]] {ID}", ("note", "x"), id="below two in a line"),
        pytest.param(f"<!--\n%%\n-->\n- [x] [[Quiet]] {ID}", ("note", "x"), id="a comment in a comment"),
        pytest.param(f"- [?] [[Quiet]] {ID}", ("note", "?"), id="a mark of another plugin"),
    ],
)
def test_a_box_is_found(line: str, found: tuple[str, str]) -> None:
    assert marks(line) == [found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty note"),
        pytest.param("- [x] [[Quiet]]", id="no id"),
        pytest.param("- [x] [[Quiet]] ^a1b2c3", id="somebody's own id"),
        pytest.param(f"- [[Quiet]] {ID}", id="no box any more"),
        pytest.param(f"- [] [[Quiet]] {ID}", id="a box without its blank"),
        pytest.param(f"- [xx] [[Quiet]] {ID}", id="two marks in a box"),
        pytest.param(f"- [x][[Quiet]] {ID}", id="no blank behind the box"),
        pytest.param(f"-[x] [[Quiet]] {ID}", id="no blank before the box"),
        pytest.param(f"[x] [[Quiet]] {ID}", id="no list"),
        pytest.param(f"words - [x] [[Quiet]] {ID}", id="a task within a line"),
        pytest.param(f"# - [x] [[Quiet]] {ID}", id="a heading"),
        pytest.param(f"| - [x] [[Quiet]] {ID} |", id="a table"),
        pytest.param(f"- [x] [[Quiet]]\n  {ID}", id="the id in another line"),
        pytest.param(f"- [x] [[Quiet]] {ID[:-1]}", id="a letter of the id lost"),
        pytest.param(f"- [x] [[Quiet]] {ID}a", id="a letter too many"),
        pytest.param(f"- [x] [[Quiet]] {ID}1", id="a figure that no id has"),
        pytest.param(f"- [x] [[Quiet]] {ID}-z", id="a part that we do not know"),
        pytest.param(f"- [x] [[Quiet]] {ID}-ks", id="a part with a letter too many"),
        pytest.param(f"- [x] [[Quiet]] {ID}.", id="a full stop behind the id"),
        pytest.param(f"- [x] [[Quiet{ID}]]", id="within a link"),
        pytest.param(f"- [x] Quiet{ID}", id="no blank before the id"),
        pytest.param(f"- [x] Quiet \\{ID}", id="escaped, as in a name"),
        pytest.param(f"- [x] [[Quiet#{ID}]]", id="a link to the block"),
        pytest.param(f"```\n- [x] [[Quiet]] {ID}\n```", id="in code"),
        pytest.param(f"```\n- [x] [[Quiet]] {ID}", id="in code that never ends"),
        pytest.param(f"````\n```\n- [x] [[Quiet]] {ID}\n````", id="in code with a shorter fence in it"),
        pytest.param(f"~~~\n```\n- [x] [[Quiet]] {ID}\n~~~", id="in code with another fence in it"),
        pytest.param(f"- ```\n- [x] [[Quiet]] {ID}", id="in code that begins in a list"),
        pytest.param(f"%%\n- [x] [[Quiet]] {ID}\n%%", id="in a comment"),
        pytest.param(f"some %% words\n- [x] [[Quiet]] {ID}", id="in a comment that never ends"),
        pytest.param(f"<!--\n- [x] [[Quiet]] {ID}\n-->", id="in a comment as in HTML"),
        pytest.param(f"%% a %% b %%\n- [x] [[Quiet]] {ID}", id="in the second comment of a line"),
        pytest.param(b"\0\0" + f"- [x] [[Quiet]] {ID}".encode(), id="in a file that is no text"),
        pytest.param(f"---\nx: |\n  - [x] [[Quiet]] {ID}\n---\n".encode(), id="in the properties"),
    ],
)
def test_what_is_no_box_of_ours_stays_silent(text: str | bytes) -> None:
    assert read(text) == Boxes()


def test_two_notes_in_a_line_cannot_be_told_apart() -> None:
    text = f"- [x] [[Quiet]] {ID} - [ ] [[Other]] ^vp-{OTHER}\n- [ ] [[Quiet]] {ID} - [ ] ^vp-{OTHER}"

    assert read(text) == Boxes((), (1,))
    assert read(text).ticked == 1


def test_boxes_come_in_the_order_in_which_they_stand() -> None:
    text = f"\n- [x] a {ID}\n    - [ ] b {ID}-k\n- [ ] c ^vp-{OTHER}\n- [x] d {ID}\n"

    assert [(str(box.about) == str(ABOUT), box.part, box.line) for box in read(text).found] == [
        (True, "note", 2),
        (True, "keep", 3),
        (False, "note", 4),
        (True, "note", 5),
    ]
    assert read(text).ticked == 2


def test_a_byte_order_mark_and_bad_bytes_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + HEAD.encode() + b"caf\xe9\r\n" + f"- [x] [[Quiet]] {ID}\r\n".encode()

    assert marks(data) == [("note", "x")]
