"""The app's settings are edited where the entry stands: what is around it stays, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultprune.archiving.excluded import KEY, NotEditable, with_entry, without_entry

ENTRY = "Archive/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, '{\n  "userIgnoreFilters": [\n    "Archive/"\n  ]\n}', id="no file"),
        pytest.param("{}", '{\n  "userIgnoreFilters": [\n    "Archive/"\n  ]\n}', id="an empty object"),
        pytest.param('{"a": 1}', '{"a": 1, "userIgnoreFilters": ["Archive/"]}', id="one line"),
        pytest.param(
            '{\n  "a": 1\n}',
            '{\n  "a": 1,\n  "userIgnoreFilters": [\n    "Archive/"\n  ]\n}',
            id="as the app writes it",
        ),
        pytest.param(
            '{\r\n\t"a": 1\r\n}\r\n',
            '{\r\n\t"a": 1,\r\n\t"userIgnoreFilters": [\r\n\t\t"Archive/"\r\n\t]\r\n}\r\n',
            id="tabs and CRLF",
        ),
        pytest.param(
            '{\n  "userIgnoreFilters": [\n    "x/"\n  ],\n  "b": [1]\n}',
            '{\n  "userIgnoreFilters": [\n    "x/",\n    "Archive/"\n  ],\n  "b": [1]\n}',
            id="a list with an entry",
        ),
        pytest.param('{"userIgnoreFilters": []}', '{"userIgnoreFilters": ["Archive/"]}', id="an empty list"),
        pytest.param('{"userIgnoreFilters": null}', '{"userIgnoreFilters": ["Archive/"]}', id="no list yet"),
        pytest.param('{"userIgnoreFilters":["x"]}', '{"userIgnoreFilters":["x", "Archive/"]}', id="a list in one line"),
        pytest.param(
            '{"userIgnoreFilters":["x"],"userIgnoreFilters":["z"]}',
            '{"userIgnoreFilters":["x"],"userIgnoreFilters":["z", "Archive/"]}',
            id="twice, of which the last counts",
        ),
        pytest.param('{"a": "}\\"]["}', '{"a": "}\\"][", "userIgnoreFilters": ["Archive/"]}', id="brackets in a text"),
        pytest.param(
            '\ufeff{"\u00fc": 1}', '\ufeff{"\u00fc": 1, "userIgnoreFilters": ["Archive/"]}', id="a mark in front"
        ),
    ],
)
def test_the_entry_is_put_in_and_nothing_else_changes(before: str | None, after: str) -> None:
    found = with_entry(None if before is None else before.encode(), ENTRY)

    assert found is not None
    assert found.decode() == after
    assert with_entry(found, ENTRY) is None


@pytest.mark.parametrize("entry", ["Archive/", "Archive", "archive/"])
def test_a_folder_that_is_in_the_list_is_not_put_there_again(entry: str) -> None:
    assert with_entry(json.dumps({KEY: ["x/", entry]}).encode(), ENTRY) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('{"userIgnoreFilters":["x", "Archive/"]}', '{"userIgnoreFilters":["x"]}', id="the last"),
        pytest.param('{"userIgnoreFilters":["Archive/", "x"]}', '{"userIgnoreFilters":["x"]}', id="the first"),
        pytest.param('{"userIgnoreFilters":[\n  "Archive/"\n]}', '{"userIgnoreFilters":[]}', id="the only one"),
        pytest.param('{"userIgnoreFilters":["Archive"]}', None, id="one of another spelling is not ours"),
        pytest.param('{"a": ["Archive/"]}', None, id="another list"),
        pytest.param('{"userIgnoreFilters": null}', None, id="no list"),
    ],
)
def test_the_entry_is_taken_out_and_nothing_else_changes(before: str, after: str | None) -> None:
    assert without_entry(before.encode(), ENTRY) == (None if after is None else after.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"[]",
        b"{",
        b'{"a": 1,}',
        b'{"a": 1} x',
        b"\xff{}",
        b'{"userIgnoreFilters": "x"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
)
def test_what_the_app_does_not_write_is_left_alone(data: bytes) -> None:
    for change in (with_entry, without_entry):
        with pytest.raises(NotEditable):
            change(data, ENTRY)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    members=st.dictionaries(st.text(max_size=6), VALUES, max_size=5),
    entries=st.none() | st.lists(st.text(max_size=6), max_size=3),
    indent=st.sampled_from([None, 0, 2, "\t"]),
    at=st.integers(0, 5),
)
def test_any_settings_keep_all_they_hold_and_get_it_back(
    members: dict[str, object], entries: list[str] | None, indent: int | str | None, at: int
) -> None:
    pairs = [pair for pair in members.items() if pair[0] != KEY]
    if entries is not None:
        pairs.insert(at, (KEY, entries))
    before = json.dumps(dict(pairs), indent=indent).encode()
    after = with_entry(before, ENTRY)

    assert after is not None
    assert json.loads(after) == {**dict(pairs), KEY: [*(entries or []), ENTRY]}
    back = without_entry(after, ENTRY)
    assert back is not None
    assert json.loads(back) == {**dict(pairs), KEY: entries or []}
    if entries:
        assert back == before
