"""The past of a vault is what a copy of its commit would show, and nothing of what came after."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.reading.folders import everything
from tests.reading.repositories import LONG, Repository
from tests.reading.test_git_hostile import canary, partial_copy
from vaultprune.config import Config
from vaultprune.errors import CannotStart
from vaultprune.evidence.sources import YOUNG
from vaultprune.model import HORIZON, NotePath, Past
from vaultprune.reading import read_vault
from vaultprune.reading.git_commands import Git
from vaultprune.reading.git_line import Line
from vaultprune.reading.past import read_past
from vaultprune.reading.past_files import Shelf
from vaultprune.reading.past_moments import BEFORE

START = date(2022, 1, 1)
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
CORPUS = os.environ.get("VAULTPRUNE_CORPUS")
GIT_ONLY = Config(dates=("property", "git", "filename"))


def on(days: int) -> str:
    """A day so many days after the first."""
    return str(START + timedelta(days=days))


def past_of(folder: Path, now: datetime = NOW, windows: int = 8) -> list[Past]:
    return list(read_past(folder, Config(), now, windows))


def long_history(repository: Repository, days: int = 700) -> None:
    """A commit every fifty days: notes come, change, move and go."""
    repository.commit(on(0), {"A.md": LONG, "Deep/B.md": "[[A]]\n" + LONG, ".hidden/H.md": "x", "pic.png": b"\x89PNG"})
    for number in range(1, days // 50 + 1):
        repository.commit(on(50 * number), {"A.md": LONG + f"Version {number}\n", f"N{number}.md": f"[[A]] {number}\n"})
    repository.move(on(days - 20), "Deep/B.md", "Elsewhere/B.md")
    repository.commit(on(days), {"N1.md": None})


def test_the_moments_are_half_a_year_apart_and_have_a_history_behind_them(repository: Repository) -> None:
    long_history(repository)

    days = [past.snapshot.taken_at.date() for past in past_of(repository.root)]

    assert days == [START + timedelta(days=each) for each in (340, 520, 700)]
    assert [past.snapshot.taken_at.strftime("%H:%M:%S") for past in past_of(repository.root)] == ["23:59:59"] * 3


@pytest.mark.parametrize(("windows", "moments"), [(1, 2), (2, 3), (40, 3)])
def test_no_more_moments_than_asked_for(repository: Repository, windows: int, moments: int) -> None:
    long_history(repository)

    assert len(past_of(repository.root, windows=windows)) == moments


def test_what_lies_ahead_of_the_clock_is_left_out(repository: Repository) -> None:
    long_history(repository)
    now = datetime(2023, 2, 20, 9, tzinfo=UTC)

    moments = [past.snapshot.taken_at for past in past_of(repository.root, now)]

    # what is later is left out: the newest commit by then is that of day 400
    assert [each.date() for each in moments] == [date(2022, 8, 9), date(2023, 2, 5)]
    (_, last) = past_of(repository.root, datetime(2023, 2, 5, 15, tzinfo=UTC))
    assert last.snapshot.taken_at == datetime(2023, 2, 5, 15, tzinfo=UTC)


def test_each_moment_shows_the_files_of_its_commit(repository: Repository) -> None:
    long_history(repository)

    first, *_, last = past_of(repository.root)

    new = [f"N{number}.md" for number in range(1, 7)]
    assert [note.path for note in first.snapshot.notes] == ["A.md", "Deep/B.md", *new]
    assert [file.path for file in first.snapshot.files][-1] == "pic.png"
    assert {note.path for note in last.snapshot.notes} >= {"A.md", "Elsewhere/B.md", "N14.md"}
    assert "N1.md" not in {note.path for note in last.snapshot.notes}
    assert first.became == {}
    assert last.became[NotePath("Deep/B.md")] == "Elsewhere/B.md"
    assert "N1.md" not in last.became


def test_a_name_that_another_note_took_over_is_followed(repository: Repository) -> None:
    long_history(repository, 450)
    repository.move(on(460), "A.md", "Old A.md")
    repository.commit(on(480), {"A.md": "Something else altogether, under the old name.\n"})

    *_, last = past_of(repository.root)

    assert last.became[NotePath("A.md")] == "Old A.md"


def test_a_content_is_parsed_once_however_often_it_comes_up(repository: Repository) -> None:
    repository.commit(on(0), {"A.md": LONG, "B.md": "words"})
    blob, other = (repository.git("rev-parse", f"HEAD:{path}") for path in ("A.md", "B.md"))
    shelf = Shelf(Git.here(repository.root), lambda _what, _done, _of: None)

    first = shelf.take({"A.md": blob, "B.md": other})
    second = shelf.take({"A.md": blob, "Moved/B.md": other})

    assert second[0] is first[0]
    assert second[1] == first[1]._replace(path=NotePath("Moved/B.md"))
    assert shelf.take({}) == []


def checked_out(repository: Repository, past: Past, to: Path) -> Path:
    """A copy of the repository as it was at a moment."""
    shutil.rmtree(to, ignore_errors=True)
    commit = Line.of(Git.here(repository.root)).at(past.snapshot.taken_at.timestamp())
    assert commit is not None
    repository.git("worktree", "prune")
    repository.git("clone", "-q", "--no-checkout", str(repository.root), str(to))
    subprocess.run(["git", "-C", str(to), "checkout", "-q", "--detach", commit], check=True, capture_output=True)
    return to


def same(past: Past, folder: Path, *, whole: bool = True) -> None:
    """The past is what is read of a copy of then, but for the times of its files; `whole`: attachments too."""
    seen = read_vault(folder, GIT_ONLY, past.snapshot.taken_at)
    replayed = past.snapshot
    files = [
        [(file.path, file.kind) for file in each.files if whole or file.kind != "attachment"]
        for each in (replayed, seen)
    ]
    assert files[0] == files[1]
    for what in ("notes", "canvases", "bases", "app"):
        assert getattr(replayed, what) == getattr(seen, what), what
    for what in ("changes", "commit_times", "edited_since", "absent", "later"):
        assert getattr(replayed.history, what) == getattr(seen.history, what), what


WORLDS: Mapping[str, Mapping[str, str | bytes | None]] = {
    "canvas and base": {
        "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "A.md", "x": 0}], "edges": []}',
        "All.base": "filters: file.inFolder('Deep')",
    },
    "the app's settings": {
        ".obsidian/app.json": "{}",
        ".obsidian/bookmarks.json": '{"items": [{"type": "file", "path": "A.md"}]}',
        ".obsidian/daily-notes.json": '{"folder": "Days"}',
        ".obsidian/plugins/homepage/data.json": '{"homepages": {"Main": {"value": "A"}}}',
        ".obsidian/community-plugins.json": '["homepage"]',
        ".obsidian/templates.json": "{",
    },
    "odd notes": {
        "Broken.md": "---\na: [\n---\n[[A]]",
        "Bytes.md": b"\xff\xfe\0[[A]]",
        "Ü/語.md": "[[Deep/B]]\r\n",
        "New\nline.md": "[[A]]",
        "UPPER.MD": "[[A]]",
        "Empty.md": "",
        "Same.md": LONG,
    },
}


@pytest.mark.parametrize("world", WORLDS)
def test_a_moment_is_as_a_copy_of_its_commit_would_be_read(repository: Repository, tmp_path: Path, world: str) -> None:
    repository.commit(on(-30), dict(WORLDS[world]))
    long_history(repository)
    repository.commit(on(701), dict.fromkeys(WORLDS[world]))

    for past in past_of(repository.root):
        same(past, checked_out(repository, past, tmp_path / "copy"))


def test_so_it_is_with_branches_and_merges(repository: Repository, tmp_path: Path) -> None:
    long_history(repository, 400)
    repository.git("checkout", "-q", "-b", "phone", when=on(401))
    repository.commit(on(410), {"Phone.md": LONG, "A.md": LONG + "on the phone\n"})
    repository.git("checkout", "-q", "main", when=on(415))
    repository.commit(on(420), {"Desk.md": "[[Phone]]\n" + LONG})
    repository.git("merge", "-q", "--no-edit", "phone", when=on(430))
    for number in range(5):
        repository.commit(on(500 + 50 * number), {"Desk.md": LONG + f"at the desk {number}\n"})

    for past in past_of(repository.root):
        same(past, checked_out(repository, past, tmp_path / "copy"))


def test_nothing_that_is_committed_later_changes_an_earlier_moment(repository: Repository) -> None:
    long_history(repository)
    until = datetime(2023, 12, 2, 12, tzinfo=UTC)
    before = past_of(repository.root, until)

    repository.commit("2024-05-01", {"A.md": "All new.\n", "N2.md": None, ".obsidian/app.json": "{}"})
    repository.move("2024-06-01", "Elsewhere/B.md", "Deep/B.md")
    repository.commit("2024-07-01", {f"Import {number}.md": LONG for number in range(40)})

    assert past_of(repository.root, until) == before


def test_a_vault_within_its_repository_is_read_below_its_folder(repository: Repository) -> None:
    for number in range(15):
        repository.commit(on(50 * number), {"Vault/A.md": LONG + f"{number}\n", "Other.md": LONG + f"{number}\n"})

    past = past_of(repository.root / "Vault")

    assert [[note.path for note in each.snapshot.notes] for each in past] == [["A.md"]] * 3
    assert [len(each.snapshot.history.commit_times) for each in past] == [7, 11, 15]
    assert past[1].became == {"A.md": "A.md"}


def test_before_the_vault_had_its_folder_there_are_no_notes(repository: Repository) -> None:
    long_history(repository, 600)
    repository.move(on(610), "A.md", "Vault/A.md")
    repository.commit(on(650), {"Vault/A.md": LONG + "moved\n"})
    for number in range(9):
        repository.commit(on(700 + 50 * number), {"Vault/A.md": LONG + f"here {number}\n"})

    notes = [len(past.snapshot.notes) for past in past_of(repository.root / "Vault")]

    assert notes == [1, 1]


def test_decisions_and_settings_of_today_count_from_their_day(repository: Repository) -> None:
    long_history(repository)
    decisions = repository.root / ".vaultprune/decisions"
    decisions.mkdir(parents=True)
    (decisions / "d1.jsonl").write_text(
        '{"schema": 1, "at": "2023-01-15T12:00:00+00:00", "what": "keep", "scope": "note", "name": "A.md"}\n'
    )
    (repository.root / ".obsidian").mkdir()
    (repository.root / ".obsidian/templates.json").write_text('{"folder": "Forms"}')
    (repository.root / ".obsidian/bookmarks.json").write_text('{"items": [{"type": "file", "path": "A.md"}]}')

    past = past_of(repository.root)

    assert [len(each.snapshot.decisions) for each in past] == [0, 1, 1]
    assert {each.snapshot.app.template_folders for each in past} == {("Forms",)}
    assert {each.snapshot.app.bookmarks for each in past} == {()}


@pytest.mark.parametrize(
    ("days", "config", "says"),
    [
        pytest.param(None, Config(), "has no git history", id="no repository"),
        pytest.param(-1, Config(), "has no git history", id="no commit"),
        pytest.param(200, Config(), "it spans 200 days, from 1 Jan 2022 to 20 Jul 2022", id="too short"),
        pytest.param(BEFORE + HORIZON - 1, Config(), "first answer on 27 Dec 2022", id="a day too short"),
        pytest.param(700, Config(dates=("property",)), 'the setting "dates" leaves git out', id="git not asked"),
    ],
)
def test_where_there_is_nothing_to_replay_it_says_what_would_help(
    tmp_path: Path, days: int | None, config: Config, says: str
) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    if days is not None:
        repository = Repository(folder)
        if days >= 0:
            repository.commit(on(0), {"A.md": LONG})
            repository.commit(on(days), {"A.md": LONG + "more\n"})

    with pytest.raises(CannotStart) as refused:
        read_past(folder, config, NOW, 8)

    assert says in str(refused.value)
    assert str(refused.value).endswith("Nothing has been changed.")


def test_just_long_enough_is_enough(repository: Repository) -> None:
    repository.commit(on(0), {"A.md": LONG})
    repository.commit(on(BEFORE + HORIZON), {"A.md": LONG + "more\n"})

    assert len(past_of(repository.root)) == 2


def test_no_moment_lies_where_git_is_not_gone_by() -> None:
    assert BEFORE >= YOUNG


def test_copies_without_their_whole_history_are_told_apart(repository: Repository, tmp_path: Path) -> None:
    folder = partial_copy(repository, tmp_path / "partial")
    repository.git("clone", "-q", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))

    with pytest.raises(CannotStart, match="left the contents of its git history on the server"):
        read_past(folder, Config(), NOW, 8)
    with pytest.raises(CannotStart, match="was cut off when it was cloned"):
        read_past(tmp_path / "shallow", Config(), NOW, 8)


def test_replaying_runs_nothing_and_leaves_no_trace(repository: Repository, tmp_path: Path) -> None:
    long_history(repository)
    program, mark = canary(tmp_path)
    repository.commit(on(701), {".gitattributes": "*.md diff=evil filter=evil\n"})
    for name in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "filter.evil.smudge", "gpg.program"):
        repository.git("config", name, str(program))
    repository.git("config", "log.showSignature", "true")
    os.utime(repository.root / "A.md", ns=(1, 1))  # git's index now holds an outdated time, which it likes to renew
    mark.unlink(missing_ok=True)
    before = everything(repository.root)

    assert len(past_of(repository.root)) == 3

    assert not mark.exists()
    assert everything(repository.root) == before


@pytest.mark.parametrize(
    ("times", "moment", "held"),
    [
        pytest.param([10, 20, 30], 25, 1, id="between two"),
        pytest.param([10, 20, 30], 30, 2, id="at the last"),
        pytest.param([10, 20, 30], 5, None, id="before the first"),
        pytest.param([10, 20, 30, 1], 25, 1, id="the newest dated long ago"),
        pytest.param([10, 99, 20, 22, 30], 25, 3, id="one dated far ahead"),
        pytest.param([99, 10, 20, 30], 25, 2, id="the first dated far ahead"),
        pytest.param([10, 30, 20, 40], 25, 0, id="as likely either way: the older"),
    ],
)
def test_a_wrong_clock_does_not_show_the_future(times: list[int], moment: int, held: int | None) -> None:
    line = Line([(str(number), time) for number, time in enumerate(times)], {}, [], [])

    assert line.at(moment) == (None if held is None else str(held))


@pytest.mark.parametrize("name", ["luissimas", "eolas", "aglaia"])
def test_so_it_is_with_real_vaults(name: str, tmp_path: Path) -> None:
    if CORPUS is None or not os.path.isdir(os.path.join(CORPUS, name, ".git")):
        pytest.skip(f"VAULTPRUNE_CORPUS names no folder with the history of {name}")
    source = Path(CORPUS) / name
    to = tmp_path / "copy"
    for past in list(read_past(source, Config(), NOW, 3)):
        shutil.rmtree(to, ignore_errors=True)
        commit = Line.of(Git.here(source)).at(past.snapshot.taken_at.timestamp())
        assert commit is not None
        subprocess.run(["git", "clone", "-q", "--no-checkout", str(source), str(to)], check=True, capture_output=True)
        # a mirror may lack large attachments: what is there is checked out
        subprocess.run(["git", "-C", str(to), "update-ref", "--no-deref", "HEAD", commit], check=True)
        subprocess.run(["git", "-C", str(to), "checkout", "-q", "-f", commit], check=False, capture_output=True)
        same(past, to, whole=False)
