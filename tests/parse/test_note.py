"""What is told of a note as a whole: how many words it has, and the digest of its text."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultprune.model import NotePath
from vaultprune.parse import parse_note

BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f "
PATH = NotePath("n.md")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param(" \n\t\n", 0, id="white space alone"),
        pytest.param("one", 1, id="one word"),
        pytest.param("\n  one -- two,three\n\n\n- four\t#five  \n", 6, id="runs of characters between white space"),
        pytest.param("été 日本語 📚 naïve", 4, id="other alphabets"),
        pytest.param("10\u00a0000 km\u3000à\u00a0\u00a0pied", 5, id="no-break and ideographic spaces part words"),
        pytest.param("---\nproperty: two words\n---\nthree four\n", 2, id="properties aside"),
        pytest.param("\ufeffone\r\ntwo\rthree\r\n", 3, id="a byte order mark and the line ends of Windows"),
        pytest.param("\u00a0\u2003\n", 0, id="white space that is not ASCII"),
    ],
)
def test_the_words_of_a_note(text: str, words: int) -> None:
    assert parse_note(PATH, text.encode()).words == words


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(st.sampled_from(f"{BLANKS}ab-é日📅\u00a0"), max_size=40))
def test_words_are_what_white_space_parts(text: str) -> None:
    assert parse_note(PATH, f"x\n{text}".encode()).words == 1 + len(text.split())


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.sampled_from(["", "---\na: é\n---\n", "---\r\na: b\r\n---\r\n", "\ufeff", "\ufeff---\na: b\n...\n"]),
    st.text(st.sampled_from(f"{BLANKS}ab#é日📅\u00a0\u0085\u2028\u3000\u200a\u200b"), max_size=12),
)
def test_the_digest_is_that_of_the_text_without_outer_white_space(above: str, text: str) -> None:
    below = text.replace("\r\n", "\n").replace("\r", "\n").strip()

    assert parse_note(PATH, f"{above}{text}".encode()).body_digest == hashlib.sha256(below.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\xffb\r\n", "a\ufffdb", id="not UTF-8"),
        pytest.param(b"\0a b ", "\ufffda b", id="NUL bytes"),
        pytest.param("é ".encode("utf-16"), "é", id="UTF-16"),
    ],
)
def test_the_digest_of_odd_bytes_is_that_of_the_text_they_are_read_as(data: bytes, text: str) -> None:
    assert parse_note(PATH, data).body_digest == hashlib.sha256(text.encode()).hexdigest()[:16]
