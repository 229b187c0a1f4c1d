"""Which of the chosen notes move, where to, and why the others stay."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.plan.worlds import Files, carried_out, differences, garden, in_bytes, meanings, planned, snapshot
from vaultprune.config import Config
from vaultprune.model import AppSettings, NotePath, Skipped
from vaultprune.plan import OnDisk, make_plan

PLAIN: Files = in_bytes({"a.md": "one [[b]]", "dir/b.md": "two", "dir/c.md": "three", "i.png": "", "x.canvas": "{}"})


MARK = "(archived 2026-11-20)"


def why(files: Files, path: str, **how: object) -> str:
    """Why a note stays; "" if it moves."""
    plan = planned(files, path, **how)  # type: ignore[arg-type]
    assert len(plan.moves) + len(plan.skipped) == 1
    return plan.skipped[0].why if plan.skipped else ""


def test_a_note_moves_to_the_same_path_below_the_archive() -> None:
    plan = planned(PLAIN, "dir/b.md", "a.md")

    assert [(move.source, move.target) for move in plan.moves] == [
        ("dir/b.md", "Archive/dir/b.md"),
        ("a.md", "Archive/a.md"),
    ]
    assert plan.moves[0].sha256 == hashlib.sha256(b"two").hexdigest()
    assert (plan.moves[0].size, plan.moves[0].undoes) == (3, "")
    assert (plan.rewrites, plan.skipped, plan.together) == ((), (), ())


def test_the_archive_folder_is_the_one_in_the_settings() -> None:
    vault = garden(PLAIN, config=Config(archive_folder="Old/Notes"))

    assert planned(PLAIN, "a.md", vault=vault).moves[0].target == "Old/Notes/a.md"


def test_a_note_chosen_twice_moves_once() -> None:
    assert len(planned(PLAIN, "a.md", "a.md").moves) == 1


def test_no_note_chosen_is_an_empty_plan() -> None:
    plan = planned(PLAIN)

    assert (plan.moves, plan.rewrites, plan.skipped, plan.warnings) == ((), (), (), ())


@pytest.mark.parametrize(
    ("taken", "path", "target"),
    [
        pytest.param("Archive/dir/b.md", "dir/b.md", f"Archive/dir {MARK}/b.md", id="taken"),
        pytest.param("Archive/dir/B.MD", "dir/b.md", f"Archive/dir {MARK}/b.md", id="in another case"),
        pytest.param("archive/DIR/b.md", "dir/b.md", f"archive/DIR {MARK}/b.md", id="folder in another case"),
        pytest.param("archive/z.md", "dir/b.md", "archive/dir/b.md", id="the archive in another case"),
        pytest.param("Archive/dir", "dir/b.md", f"Archive/dir {MARK}/b.md", id="a file instead of the folder"),
        pytest.param("Archive/a.md/x.md", "a.md", f"Archive/{MARK}/a.md", id="a folder of that name"),
        pytest.param("Archive/a.md", "a.md", f"Archive/{MARK}/a.md", id="from the top of the vault"),
        pytest.param("Archive/e\u0301/b.md", "\u00e9/b.md", f"Archive/e\u0301 {MARK}/b.md", id="decomposed"),
        pytest.param("Archive/Straße/b.md", "STRASSE/b.md", f"Archive/Straße {MARK}/b.md", id="sharp s"),
    ],
)
def test_a_place_that_is_taken_changes_the_folder_and_never_the_name(taken: str, path: str, target: str) -> None:
    assert planned({taken: b"", path: b""}, path).moves[0].target == target


def test_a_place_taken_more_than_once_is_counted() -> None:
    files = dict.fromkeys(("n/b.md", "Archive/n/b.md", f"Archive/n {MARK}/b.md"), b"")

    assert planned(files, "n/b.md").moves[0].target == "Archive/n (archived 2026-11-20 2)/b.md"


def test_two_notes_that_some_system_takes_for_one_get_two_places() -> None:
    targets = [move.target for move in planned({"n/b.md": b"", "N/B.md": b""}, "n/b.md", "N/B.md").moves]

    assert targets == ["Archive/n/b.md", "Archive/n (archived 2026-11-20)/B.md"]


def test_the_day_is_that_of_the_snapshot() -> None:
    files = {"n/b.md": b"", "Archive/n/b.md": b""}
    vault = garden(files)
    later = replace(vault, snapshot=replace(vault.snapshot, taken_at=datetime(2027, 1, 2, tzinfo=UTC)))

    assert planned(files, "n/b.md", vault=later).moves[0].target == "Archive/n (archived 2027-01-02)/b.md"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param("none.md", "there is no such note in this vault", id="no such note"),
        pytest.param("i.png", "there is no such note in this vault", id="an attachment"),
        pytest.param("x.canvas", "there is no such note in this vault", id="a canvas"),
        pytest.param("../a.md", "there is no such note in this vault", id="a path out of the vault"),
    ],
)
def test_only_notes_of_the_vault_move(path: str, says: str) -> None:
    assert why(PLAIN, path) == says


def test_a_note_in_the_archive_stays_there() -> None:
    assert why({"Archive/a.md": b""}, "Archive/a.md") == "it is in the archive already"


def test_a_protected_note_moves_only_if_that_was_said() -> None:
    files = in_bytes({"a.md": "---\nvaultprune: keep\n---\n", "b.md": ""})

    assert why(files, "a.md", even_protected=False).startswith("protected: ")
    assert why(files, "a.md", even_protected=True) == ""
    assert why(files, "b.md", even_protected=False) == ""


def test_a_note_that_was_left_out_of_the_report_is_protected_all_the_same() -> None:
    files = in_bytes({"a.md": "---\nvaultprune: keep\n---\n", "b.md": ""})
    vault = garden(files, config=Config(dates=("property",), leave_out=("a.md",)))

    assert why(files, "a.md", vault=vault, even_protected=False).startswith("protected: ")


def test_a_symlinked_note_stays_even_if_named() -> None:
    assert "symbolic link" in why(PLAIN, "a.md", vault=garden(PLAIN, symlinked=["a.md"]))


@pytest.mark.parametrize(
    "copy",
    [
        "a.sync-conflict-20261119-120000-ABCDEF.md",
        "a (conflicted copy 2026-11-19).md",
        "a (Conflicted copy phone 202611191200).md",
    ],
)
def test_both_sides_of_a_sync_conflict_stay_even_if_named(copy: str) -> None:
    files = in_bytes({"a.md": "x", copy: "y", "b.md": ""})

    assert "unmerged copy" in why(files, "a.md")
    assert "could not merge" in why(files, copy)
    assert why(files, "b.md") == ""


def test_a_note_that_could_not_be_read_stays_even_if_named() -> None:
    vault = garden(PLAIN)
    notes = tuple(note._replace(unreadable="not here") if note.path == "a.md" else note for note in vault.notes)
    vault = replace(vault, snapshot=replace(vault.snapshot, notes=notes))

    assert "could not be read: not here" in why(PLAIN, "a.md", vault=vault)


def test_a_very_large_note_stays() -> None:
    largest = 5 * 1024 * 1024

    assert why({"a.md": b"x" * largest}, "a.md") == ""
    assert why({"a.md": b"x" * (largest + 1)}, "a.md") == "it is larger than 5 MiB"


@pytest.mark.parametrize(
    ("now", "says"),
    [
        pytest.param(b"one [[b]] and more", "it is not as it was when the vault was read", id="edited"),
        pytest.param(b"one [[c]]", "it is not as it was when the vault was read", id="link changed"),
        pytest.param(None, "it is not to be read any more", id="gone"),
    ],
)
def test_a_note_that_changed_since_the_vault_was_read_stays(now: bytes | None, says: str) -> None:
    vault = garden(PLAIN)
    plan = make_plan(vault, [NotePath("a.md")], lambda path: now if path == "a.md" else PLAIN[path])

    assert plan.skipped == (Skipped(NotePath("a.md"), says),)


def test_a_note_edited_after_somebody_decided_stays() -> None:
    decided = {NotePath("a.md"): hashlib.sha256(PLAIN["a.md"]).hexdigest()}

    assert why(PLAIN, "a.md", decided=decided) == ""
    assert why(PLAIN, "a.md", decided=dict.fromkeys(decided, "0" * 64)) == "it was edited after you decided"


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        pytest.param(OnDisk(), "", id="ordinary"),
        pytest.param(OnDisk(regular=False), "it is no plain file", id="a pipe"),
        pytest.param(OnDisk(names=2), "it is one file under two names (a hard link)", id="hard link"),
        pytest.param(OnDisk(same_device=False), "it is on another file system than the archive", id="elsewhere"),
        pytest.param(OnDisk(writable=False), "it is not ours to change", id="read-only"),
    ],
)
def test_what_the_disk_tells_can_keep_a_note_where_it_is(seen: OnDisk, says: str) -> None:
    assert why(PLAIN, "a.md", on_disk=lambda path: seen) == says


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param("d/" * 120 + "n.md", "", id="deep"),
        pytest.param("d/" * 2000 + "n.md", "its path in the archive would be longer than 4,000 bytes", id="too deep"),
        pytest.param("é" * 126 + ".md", "", id="255 bytes"),
        pytest.param("é" * 127 + ".md", "a name in its path in the archive would be longer than 255 bytes", id="257"),
    ],
)
def test_a_path_that_would_be_too_long_names_the_limit(path: str, says: str) -> None:
    assert why({path: b""}, path) == says


def test_a_folder_that_gets_too_long_by_its_mark_is_not_made() -> None:
    folder = "d" * 240

    assert "255 bytes" in why({f"{folder}/n.md": b"", f"Archive/{folder}/n.md": b""}, f"{folder}/n.md")


# --- links that cannot be kept right ----------------------------------------------------------------


LINKED: Files = in_bytes({"u.md": "x\n[[/dir/n]]", "dir/n.md": "", "o.md": "[[/dir/m]]", "dir/m.md": ""})


def test_only_the_note_whose_link_cannot_be_kept_right_stays() -> None:
    vault = garden(LINKED, symlinked=["u.md"])
    plan = planned(LINKED, "dir/n.md", "dir/m.md", vault=vault)

    assert [move.source for move in plan.moves] == ["dir/m.md"]
    assert plan.skipped == (
        Skipped(NotePath("dir/n.md"), "u.md, whose links would change, is a symlink, or behind one"),
    )
    assert [rewrite.path for rewrite in plan.rewrites] == ["o.md"]


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        pytest.param(OnDisk(names=2), "u.md, whose links would change, is one file under two names", id="hard link"),
        pytest.param(OnDisk(writable=False), "u.md, whose links would change, is not ours", id="read-only"),
    ],
)
def test_a_file_that_may_not_be_rewritten_keeps_the_note_where_it_is(seen: OnDisk, says: str) -> None:
    found = why(LINKED, "dir/n.md", on_disk=lambda path: seen if path == "u.md" else OnDisk())

    assert found.startswith(says)


def test_a_linking_file_that_changed_since_keeps_the_note_where_it_is() -> None:
    plan = make_plan(
        garden(LINKED), [NotePath("dir/n.md")], lambda path: b"[[/dir/n]]" if path == "u.md" else LINKED[path]
    )

    assert [skipped.why for skipped in plan.skipped] == [
        "u.md, whose links would change, is not as it was when the vault was read"
    ]


@pytest.mark.parametrize(
    ("files", "path", "says"),
    [
        pytest.param(
            {"u.md": b"[[n]]", "a/n.md": b"", "b/n.md": b""},
            "a/n.md",
            "a link in u.md, line 1, may mean this note or another",
            id="tied",
        ),
        pytest.param(
            {"u.md": b"\0 [[/dir/n]]", "dir/n.md": b""},
            "dir/n.md",
            "u.md, whose links would change, could only be read in part",
            id="not a text file",
        ),
        pytest.param(
            {"u.md": "\ufeff[[/dir/n]]".encode("utf-16-le"), "dir/n.md": b""},
            "dir/n.md",
            "the links in u.md, line 1, could not be rewritten exactly",
            id="UTF-16",
        ),
        pytest.param(
            {"u.md": b'---\nup: "[[/d\\u00fc/n]]"\n---\n', "d\u00fc/n.md": b""},
            "d\u00fc/n.md",
            "the links in u.md, line 2, could not be rewritten exactly",
            id="spelt in an unusual way",
        ),
        pytest.param(
            {"u.md": b"> [t](\n> /dir/n.md 'T')\n\n| a |\n|-|\n| [t](/e\\|f/n.md) |", "e|f/n.md": b""},
            "e|f/n.md",
            "the links in u.md, line 6, could not be rewritten exactly",
            id="a pipe in a table",
        ),
        pytest.param(
            {"u.md": b"[[n]]", "a]]b/n.md": b"", "Archive/a]]b/n.md": b""},
            "a]]b/n.md",
            "the links in u.md could not be rewritten exactly",
            id="a folder that no wikilink can name",
        ),
        pytest.param(
            {"u.md": b"---\nup: see [[n]]\n---\n", "a: b/n.md": b"", "Archive/a: b/n.md": b""},
            "a: b/n.md",
            "the links in u.md could not be rewritten exactly",
            id="a folder that would end the property",
        ),
        pytest.param(
            {"dir/n.md": b"[[./o|x]]", "dir/o.md": b"", "dir/z.md": b"", "Archive/dir/n.md": b""},
            "dir/n.md",
            "",
            id="nothing the matter",
        ),
    ],
)
def test_nothing_is_guessed(files: Files, path: str, says: str) -> None:
    assert why(files, path) == says


def test_a_link_across_lines_is_found_all_the_same() -> None:
    files = {"u.md": b"> [t](\n> /dir/n.md 'T')\n", "dir/n.md": b""}

    assert carried_out(files, planned(files, "dir/n.md"))["u.md"] == b"> [t](\n> /Archive/dir/n.md 'T')\n"


def test_what_follows_from_a_note_that_stays_is_planned_anew() -> None:
    files = in_bytes(
        {"a/s.md": "[t](../b/t.md) [[z]]", "b/t.md": "", "k/z.md": "", "u.md": "[[/b/t]]", "o.md": "x"}
    )  # t stays because u cannot be rewritten; so the link of s, which moves, has to reach up to it
    plan = planned(files, "a/s.md", "b/t.md", vault=garden(files, symlinked=["u.md"]))

    assert [move.source for move in plan.moves] == ["a/s.md"]
    assert carried_out(files, plan)["Archive/a/s.md"] == b"[t](../../b/t.md) [[z]]"


# --- what goes together -------------------------------------------------------------------------------


def test_a_rewritten_link_names_the_fewest_moves_that_make_it_necessary() -> None:
    files = in_bytes({"a/s.md": "[[/b/t]] [t](../top.md)", "b/t.md": "", "c/o.md": "", "top.md": ""})
    spans = planned(files, "c/o.md", "a/s.md", "b/t.md").rewrites[0].spans

    assert [span.because for span in spans] == [("b/t.md",), ("a/s.md",)]


def test_notes_that_link_to_each_other_by_relative_paths_go_together_in_one_row() -> None:
    files = in_bytes({"a/s.md": "[t](../b/t.md)", "b/t.md": "", "c/o.md": "[[s]]"})
    plan = planned(files, "a/s.md", "c/o.md", "b/t.md")

    assert plan.together == (("a/s.md", "b/t.md"),)
    assert [move.source for move in plan.moves] == ["a/s.md", "b/t.md", "c/o.md"]
    assert plan.rewrites == ()


def test_links_by_name_hold_nothing_together() -> None:
    files = in_bytes({"a/s.md": "[[t]] [[b/t|x]]", "b/t.md": "[[a/s]]"})

    assert planned(files, "a/s.md", "b/t.md").together == ()


def test_a_run_may_stop_between_any_two_groups() -> None:
    files = in_bytes(
        {"a/s.md": "[t](../b/t.md) [[n]]", "b/t.md": "", "a/n.md": "", "zz/n.md": "", "u.md": "[[/b/t]] [[n]]"}
    )
    plan = planned(files, "a/s.md", "zz/n.md", "b/t.md", "a/n.md")
    before = meanings(snapshot(files))

    for number in range(len(plan.moves)):
        done = {move.source for move in plan.moves[:number]}
        if all(not done & set(group) or done >= set(group) for group in plan.together):
            spans = tuple(
                replace(each, spans=tuple(span for span in each.spans if done.issuperset(span.because)))
                for each in plan.rewrites
            )
            part = replace(plan, moves=plan.moves[:number], rewrites=spans)
            assert differences(before, meanings(snapshot(carried_out(files, part))), part) == []


def test_the_app_settings_do_not_matter_to_what_moves() -> None:
    vault = garden(PLAIN, app=AppSettings(present=True, bookmarks=("a.md",)))

    assert planned(PLAIN, "a.md", vault=vault).moves == planned(PLAIN, "a.md").moves
