"""Small random vaults in which names collide all the time, so that every rule of the lookup gets its say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from hypothesis import strategies as st

from vaultprune.model import Canvas, File, FileKind, Link, LinkKind, Note, NotePath, Snapshot

FOLDERS = ("", "a", "A", "b", "a/b", "b/a", "ab/c", "Archive", "Archive/a", "x/Archive", "x/Archive/a", "\U0001f600")
STEMS = ("n", "N", "m", "n.md", "n ", "v1.2", "Caf\u00e9", "Cafe\u0301", "\u039f\u03a3", "o\u00a0o", "p.png", "a")
ENDINGS = (".md", ".MD", ".md", ".md", "", ".png", ".canvas")
BEFORE = ("", "", "", "", "./", "../", "../../", "/", "../a/", "./b/", " ", "a/../", "./../b/", "x/")
AFTER = ("", "", "", ".md", ".md", ".MD", " ", "/", ".png", ".canvas", ".md.md")
KINDS: tuple[LinkKind, ...] = ("wikilink", "embed", "markdown", "property", "reference", "uri", "canvas")


def link(text: str, kind: LinkKind = "wikilink", line: int = 1) -> Link:
    return Link(text, kind, line, text)


def world(files: Mapping[str, Iterable[str | Link]]) -> Snapshot:
    """A vault from its files and what they link to; a text stands for a wikilink (in a canvas, a file node)."""

    def kind(path: str) -> FileKind:
        ending = path.lower().rpartition(".")[2]
        return {"md": "note", "canvas": "canvas", "base": "base"}.get(ending, "attachment")  # type: ignore[return-value]

    def linked(path: str) -> tuple[Link, ...]:
        usual: LinkKind = "canvas" if kind(path) == "canvas" else "wikilink"
        return tuple(link(each, usual) if isinstance(each, str) else each for each in files[path])

    ordered = sorted(files)
    return Snapshot(
        name="Garden",
        taken_at=datetime(2026, 11, 20, tzinfo=UTC),
        files=tuple(File(NotePath(path), kind(path), 100, 0) for path in ordered),
        notes=tuple(Note(NotePath(path), linked(path)) for path in ordered if kind(path) == "note"),
        canvases=tuple(Canvas(NotePath(path), linked(path)) for path in ordered if kind(path) == "canvas"),
    )


def sources_of(snapshot: Snapshot) -> dict[NotePath, tuple[Link, ...]]:
    """The links of every note and canvas."""
    return {note.path: note.links for note in snapshot.notes} | {each.path: each.links for each in snapshot.canvases}


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


paths = st.builds(
    _joined, st.sampled_from(FOLDERS), st.builds(str.__add__, st.sampled_from(STEMS), st.sampled_from(ENDINGS))
)
texts = st.one_of(
    st.builds(
        lambda before, path, after: before + path + after,
        st.sampled_from(BEFORE),
        st.builds(_joined, st.sampled_from(("", "", *FOLDERS)), st.sampled_from(STEMS)),
        st.sampled_from(AFTER),
    ),
    st.sampled_from(("", " ", "/", ".", "..", "./", "../", "nowhere", "a\\n", "A//n", "/../n")),
)


links = st.lists(st.builds(link, texts, st.sampled_from(KINDS)), max_size=5).map(tuple)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A vault of notes, canvases and attachments whose links mostly find something."""
    files = draw(st.sets(paths, min_size=1, max_size=14))
    return world({path: draw(links) for path in sorted(files)})
