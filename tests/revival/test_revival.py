from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.plan.worlds import garden, in_bytes
from vaultprune.model import AppSettings, Move, NotePath, Plan, Rewrite, Span
from vaultprune.moving import plan_id
from vaultprune.revival import Aside, Needs, homeward, needed_again

AT = datetime(2026, 11, 1, tzinfo=UTC)
BOX, IN_ARCHIVE = NotePath("Ideas/Box.md"), NotePath("Archive/Ideas/Box.md")
TEXT = "boxes"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def aside(links: Mapping[str, int] | None) -> Aside:
    counted = None if links is None else {NotePath(path): many for path, many in links.items()}
    return Aside(BOX, IN_ARCHIVE, AT, digest(TEXT.encode()), digest(TEXT.encode()), counted)


def needs(
    files: Mapping[str, str], links: Mapping[str, int] | None = None, own: frozenset[tuple[NotePath, str]] = frozenset()
) -> Needs:
    data = in_bytes({IN_ARCHIVE: TEXT, **files})
    return needed_again(
        garden(data),
        [aside({} if links is None else links)],
        lambda path: digest(data[path]) if path in data else None,
        own,
    )


@pytest.mark.parametrize(
    ("files", "links", "reason"),
    [
        pytest.param({"N.md": "[[Box]]"}, {}, 'linked to anew from "N"', id="a new link"),
        pytest.param({"N.md": "[[Box]] [[Box]]"}, {"N.md": 1}, 'linked to anew from "N"', id="one link more"),
        pytest.param({"N.md": "[[Box]]", "M.md": "[[Box]]"}, {"Gone.md": 1}, 'linked to anew from "N"', id="two"),
        pytest.param({IN_ARCHIVE: "more"}, {}, "edited since it was set aside", id="edited"),
        pytest.param({"a/N.md": "[x](../Ideas/Box.md)"}, {}, 'asked for by an unresolved link in "N"', id="asked for"),
        pytest.param(
            {"a/N.md": "[x](../%49deas/Box.md)"}, {}, 'asked for by an unresolved link in "N"', id="and encoded"
        ),
        pytest.param({"N.canvas": '{"nodes":[{"id":"1","type":"file","file":"Ideas/Box.md"}],"edges":[]}'},
                     {}, 'asked for by an unresolved link in "N.canvas"', id="asked for on a canvas"),
    ],
)  # fmt: skip
def test_it_is_needed(files: Mapping[str, str], links: Mapping[str, int], reason: str) -> None:
    found = needs(files, links)

    assert [needed.reasons for needed in found.needed] == [(reason,)]
    assert (found.needed[0].old, found.needed[0].now) == (BOX, IN_ARCHIVE)
    assert found.needed[0].linked == reason.startswith("linked")


@pytest.mark.parametrize(
    ("files", "links"),
    [
        pytest.param({}, {}, id="nothing at all"),
        pytest.param({"N.md": "[[Box]]"}, {"N.md": 1}, id="the link of old"),
        pytest.param({"N.md": "words"}, {"N.md": 2}, id="links that are gone"),
        pytest.param({"New name.md": "[[Box]]"}, {"Old name.md": 1}, id="a source that was renamed"),
        pytest.param({"Archive/N.md": "[[Box]]"}, {}, id="a link from the archive"),
        pytest.param({"N.md": "`[[Box]]`"}, {}, id="in code"),
        pytest.param({"N.md": "[[Other box]]"}, {}, id="a link to something else"),
        pytest.param({"Archive/N.md": "[x](../Ideas/Box.md)"}, {}, id="asked for from the archive"),
    ],
)
def test_it_is_not_needed(files: Mapping[str, str], links: Mapping[str, int]) -> None:
    assert needs(files, links).needed == ()


def test_what_the_program_wrote_itself_is_no_edit() -> None:
    own = frozenset({(IN_ARCHIVE, digest(b"rewritten"))})

    assert needs({IN_ARCHIVE: "rewritten"}, own=own).needed == ()


def test_back_with_the_same_bytes_is_a_sync_programs_doing_and_with_others_a_persons() -> None:
    same, other = needs({BOX: TEXT, "N.md": "[[Box]]"}), needs({BOX: "other", "N.md": "[[Box]]"})

    assert [each.old for each in same.returned] == [BOX]
    assert [each.old for each in other.replaced] == [BOX]
    assert (same.needed, same.replaced) == ((), ())
    assert (other.needed, other.returned) == ((), ())


def test_a_note_that_is_no_longer_in_the_archive_is_not_looked_for() -> None:
    data = in_bytes({BOX: TEXT})

    assert needed_again(garden(data), [aside({})], lambda path: digest(data[path]), frozenset()) == Needs()


def test_an_open_tab_speaks_for_notes_that_no_journal_knows_as_well() -> None:
    data = in_bytes({IN_ARCHIVE: TEXT, "Archive/Mine.md": "x"})
    app = AppSettings(present=True, open_notes=("archive/Mine.md", str(IN_ARCHIVE)))
    found = needed_again(garden(data, app=app), [aside({})], lambda path: digest(data[path]), frozenset()).needed

    assert [(needed.now, needed.known, needed.reasons) for needed in found] == [
        (IN_ARCHIVE, True, ("open in a tab",)),
        ("Archive/Mine.md", False, ("open in a tab",)),
    ]


# --- the way home -----------------------------------------------------------------------------------


def back(data: Mapping[str, bytes], *rewrites: Rewrite) -> Plan:
    moves = (Move(IN_ARCHIVE, BOX, digest(data[IN_ARCHIVE]), len(data[IN_ARCHIVE]), "1-00000000-0001"),)
    return homeward(Plan(plan_id(moves, rewrites), moves, rewrites), garden(data), data.get)


def test_links_that_nobody_breaks_are_left_alone() -> None:
    data = in_bytes({IN_ARCHIVE: TEXT, "N.md": "[[Box]] [[Ideas/Box]]"})

    assert back(data).rewrites == ()


def test_a_link_to_the_archive_follows_the_note_home() -> None:
    data = in_bytes({IN_ARCHIVE: TEXT, "N.md": "a [[Archive/Ideas/Box|b]] c"})
    (rewrite,) = back(data).rewrites

    assert (rewrite.path, rewrite.sha256) == ("N.md", digest(data["N.md"]))
    assert [span.before for span in rewrite.spans] == [b"Archive/Ideas/Box"]
    assert rewrite.spans[0].because == (IN_ARCHIVE,)


def test_the_way_of_writing_of_old_wins_and_new_links_go_with_it() -> None:
    text = b"[[Archive/Ideas/Box]] and [[Archive/Ideas/Box|new]]"
    data = {str(IN_ARCHIVE): TEXT.encode(), "N.md": text}
    old = Span(2, 19, b"Archive/Ideas/Box", b"Ideas/Box", (IN_ARCHIVE,))
    plan = back(data, Rewrite(NotePath("N.md"), digest(text), (old,)))
    (rewrite,) = plan.rewrites

    assert rewrite.spans[0] == old
    assert [span.start for span in rewrite.spans] == [2, 28]
    assert plan.id == plan_id(plan.moves, plan.rewrites)


def test_a_way_of_writing_of_old_that_would_lead_elsewhere_is_not_taken() -> None:
    """The link stands in a note that stays in the archive: as it was written, relative to where that one lay."""
    linking = "Archive/Maps/Map.md"
    data = {str(IN_ARCHIVE): TEXT.encode(), linking: b"[box](../Ideas/Box.md)"}
    old = Span(6, 21, b"../Ideas/Box.md", b"./../Ideas/Box.md", (IN_ARCHIVE,))
    (rewrite,) = back(data, Rewrite(NotePath(linking), digest(data[linking]), (old,))).rewrites

    assert [span.after for span in rewrite.spans] == [b"../../Ideas/Box.md"]


def test_notes_that_link_to_each_other_by_relative_paths_come_back_together() -> None:
    data = in_bytes({"Archive/a/s.md": "[t](../b/t.md)", "Archive/b/t.md": "", "Archive/c.md": ""})
    moves = tuple(
        Move(
            NotePath(path), NotePath(path.removeprefix("Archive/")), digest(data[path]), len(data[path]), "1-00000000-1"
        )
        for path in ("Archive/b/t.md", "Archive/c.md", "Archive/a/s.md")
    )
    plan = homeward(Plan(plan_id(moves, ()), moves), garden(data), data.get)

    assert plan.rewrites == ()
    assert plan.together == (("Archive/b/t.md", "Archive/a/s.md"),)
    assert [move.target for move in plan.moves] == ["b/t.md", "a/s.md", "c.md"]
