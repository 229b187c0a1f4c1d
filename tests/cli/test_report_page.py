"""The report as a page: all of it, each note once, and nothing that a name in the vault could bring to life."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.build import write_tree
from tests.cli.pages import holds_for_every_page, root, words_of
from tests.cli.worlds import NOW, ROOT, Tool, a_note, garden
from vaultprune.words import safe, title

WICKED = (
    "<script>alert(1)<",
    "a\" onclick='x' b",
    "</summary></details><h1>x",
    "&lt;b&gt; &amp;",
    "]]> <!-- -->",
    "{{x}} ${y} `z`",
    "\u202egpj.\u200b\x1b[31m",
    "語のノート ü e\u0301 👩‍👩‍👧",
    "100%25 #tag?x=1&y=2+3",
    "\x1fglue",
)


def wicked(folder: Path) -> Path:
    """A vault whose notes, folders, properties and own name all try to be markup."""
    names: dict[str, str | bytes] = {}
    for number, name in enumerate(WICKED):
        names[f"Ideas/{name.replace('/', '∕')}.md"] = a_note(f"Nothing {number}", edited=f"2021-0{number % 9 + 1}-02")
        names[f"{name.replace('/', '∕')}/Live.md"] = a_note("[[Alive 01]]", edited="2026-11-01")
        names[f"Tasks/{name.replace('/', '∕')}.md"] = a_note("- [ ] <i>x</i>")
        names[f"Marked/{number}.md"] = a_note(status=f'"{number}<script>"')
    return garden(folder / '<b>"Garden" & more', names)


def page_of(tool: Tool, vault: Path, *options: str) -> str:
    done = tool("report", vault, "--now", NOW, "--format", "html", *options)
    assert (done.code, done.err) == (0, "")
    return done.out


def every_title(page: str) -> Counter[str]:
    """How often each note has an entry; kept notes stand below their folder by name alone."""
    (main,) = root(page).iter("main")
    found: Counter[str] = Counter()
    word = ""
    for element in main:
        if element.tag == "h2":
            word = (element.text or "").rpartition(" ")[2]
        elif element.tag == "ol":
            found.update(entry[0].text or "" for entry in element)
        elif element.tag == "details" and (entries := element.find("ul[@class='all']")) is not None:
            names = [entry[0].text or "" for entry in entries]
            if word == "kept":
                folder = (element.findtext("summary") or "").rpartition(", ")[0]
                names = [name if folder == "At the top of the vault" else f"{folder}/{name}" for name in names]
            found.update(names)
    return found


@pytest.mark.parametrize("world", ["garden", "wicked", "sample"])
def test_every_judged_note_stands_on_it_exactly_once(tool: Tool, tmp_path: Path, world: str) -> None:
    vault = {"garden": garden, "wicked": wicked}[world](tmp_path / "x") if world != "sample" else ROOT / "sample_vault"
    judged = json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)["notes"]

    found = every_title(page_of(tool, vault, "--limit", "1"))

    assert found == Counter(title(note["path"]) for note in judged)
    assert set(found.values()) == {1}


def test_the_page_is_whole_whatever_the_names_are(tool: Tool, tmp_path: Path) -> None:
    page = page_of(tool, wicked(tmp_path))

    holds_for_every_page(page)
    assert root(page).findtext(".//h1") == '<b>"Garden" & more, Fri 20 Nov 2026'
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e]", page)
    assert len(list(root(page).iter("h1"))) == 1


def test_names_that_are_no_text_at_all_are_shown_too(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    with open(os.fsencode(vault) + b"/caf\xe9 <b>.md", "wb") as file:
        file.write(a_note(edited="2021-01-01").encode())

    page = page_of(tool, vault)

    holds_for_every_page(page)
    assert safe("caf\udce9 <b>") in every_title(page)


def test_it_says_what_the_terminal_says(tool: Tool, tmp_path: Path) -> None:
    vault = garden(
        tmp_path / "Garden", {"Open.md": a_note("- [ ] call"), "Archive/Old.md": a_note(), "Bad.md": b"\xff"}
    )
    terminal = " ".join(tool("report", vault, "--now", NOW).out.split())
    page = words_of(root(page_of(tool, vault)))

    for sentence in (
        "1 more note lies in Archive/. Its links keep no other note alive.",
        "notes are suggested for the archive, the clearest first",
        "no other note links here.",
        "1 is protected",
        'vaultprune explain "Quiet 1"',
        "vaultprune review",
        "Nothing has been changed.",
    ):
        assert sentence in terminal
        assert sentence in page
    assert "Bad.md" in page


def test_the_commands_name_the_vault_and_what_waits_is_told(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    (vault / "New.md").write_text("[[Ideas/Quiet 1]] [[Quiet 1]]", encoding="utf-8")

    assert "vaultprune revive" in words_of(root(page_of(tool, vault)))


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param({}, "There is no note to look at here.", id="nothing in it"),
        pytest.param(
            {"A.md": "a"}, "Nothing is suggested, since it cannot be told which notes you work on.", id="no dates"
        ),
        pytest.param({"A.md": a_note(edited="2026-11-01")}, "Nothing to suggest", id="one note, alive"),
    ],
)
def test_where_nothing_is_suggested_there_is_still_a_page(
    tool: Tool, tmp_path: Path, files: dict[str, str | bytes], says: str
) -> None:
    settings: dict[str, str | bytes] = {".obsidian/app.json": "{}", ".vaultprune/config.toml": 'dates = ["property"]\n'}
    page = page_of(tool, write_tree(tmp_path / "Garden", {**settings, **files}))

    holds_for_every_page(page)
    assert says in words_of(root(page))


def test_a_note_can_be_opened_in_the_app(tool: Tool, tmp_path: Path) -> None:
    vault = wicked(tmp_path)
    judged = {note["path"] for note in json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)["notes"]}

    addresses = [link.attrib["href"] for link in root(page_of(tool, vault)).iter("a")]

    asked = [parse_qs(urlsplit(address).query, strict_parsing=True) for address in addresses]
    assert {each["file"][0] for each in asked} == judged
    assert {each["vault"][0] for each in asked} == {vault.name}


def test_where_the_app_does_not_know_the_vault_there_are_no_links(tool: Tool, tmp_path: Path) -> None:
    vault = write_tree(tmp_path / "Plain", {"A.md": a_note(), ".vaultprune/config.toml": 'dates = ["property"]\n'})

    assert list(root(page_of(tool, vault)).iter("a")) == []


def test_thousands_of_notes_make_no_heavy_page(tool: Tool, tmp_path: Path) -> None:
    more: dict[str, str | bytes] = {
        f"Folder {number % 40}/Note {number:04d} about this.md": a_note(
            f"[[Alive {number % 40:02d}]]", edited="2026-10-01"
        )
        for number in range(2000)
    }
    page = page_of(tool, garden(tmp_path / "Garden", more))

    assert len(page) < 400 * 2043  # bytes for each note: ten thousand are a few megabytes
