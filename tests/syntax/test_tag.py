import pytest

from vaultprune.syntax import tag


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("#b", "b", id="TG-1 letters"),
        pytest.param("#ü日本🎉", "ü日本🎉", id="TG-1 any script, emoji"),
        pytest.param("#a-b_c/d", "a-b_c/d", id="TG-1 hyphen, underscore, slash"),
        pytest.param("#a.b", "a", id="TG-1 a full stop ends it"),
        pytest.param("#a\u200db", "a", id="TG-1 general punctuation ends it"),
        pytest.param("#a\u2e3a", "a", id="TG-1 supplemental punctuation ends it"),
        pytest.param("#a\u3000b", "a", id="TG-1 ideographic space ends it"),
        pytest.param("#y1984", "y1984", id="TG-2 a letter among digits"),
        pytest.param("#1990s", "1990s", id="TG-2 a letter behind digits"),
        pytest.param("#2024-01-01", "2024-01-01", id="TG-2 a date, by the letter"),
        pytest.param("#a/", "a", id="TG-6 a slash at the end"),
    ],
)
def test_a_tag_is_named(text: str, name: str) -> None:
    found = tag.TAG.match(text)

    assert found
    assert tag.name(found[1]) == name


@pytest.mark.parametrize("text", ["#1984", "#", "# b", "##", "#.", "#/"])
def test_this_is_no_tag(text: str) -> None:
    found = tag.TAG.match(text)

    assert found is None or tag.name(found[1]) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [("a", "a"), ("#a", "a"), (" a ", "a"), ("2024", None), ("a b", None), ("a,b", None), ("", None), ("#", None)],
)
def test_an_entry_of_the_property(written: str, name: str | None) -> None:
    assert tag.in_property(written) == name
