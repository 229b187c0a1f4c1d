"""An index in, what links to what in few words out: counts, then what a note-taker may want to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vaultprune.counting import link_count
from vaultprune.model import NotePath
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, Page, View
from vaultprune.vault import Index
from vaultprune.words import count, name, safe, shortened, title

SHOWN = 10


def links_text(index: Index, view: View) -> str:
    """The index on a terminal. Links are those that Obsidian counts; orphans and dead ends leave the archive out."""
    page = Page(view)
    page.heading(title_line(index))
    page.say(_counts(index))
    for part in (_unresolved, _ambiguous, _orphans, _dead_ends, _problems):
        part(page, index)
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _counts(index: Index) -> str:
    tags = {tag.lower() for tag in index.notes.tags.used()}
    aliases = len(index.notes.aliases.rows.items)
    canvases = index.snapshot.canvases
    parts = [
        count(len(index.notes), "note"),
        *([count(len(canvases), "canvas", "canvases")] if canvases else []),
        count(link_count(index), "link"),
        count(len(tags), "tag"),
        count(aliases, "alias", "aliases"),
    ]
    lie = "lies" if len(index.archived) == 1 else "lie"
    archived = f" {len(index.archived):,} of the notes {lie} in {safe(index.config.archive_folder)}/."
    return f"{', '.join(parts)}.{archived if index.archived else ''}"


def _list(page: Page, title_: str, items: Sequence[str]) -> None:
    """A heading and the first of its items, each on a line."""
    if not items:
        return
    page.gap()
    page.heading(title_)
    shown = items[: page.view.shown(SHOWN)]
    for item in shown:
        page.say(item, "  ", "     ")
    if len(shown) < len(items):
        page.lines.append(f"  ... and {len(items) - len(shown):,} more: --limit {len(items)}")


def _unresolved(page: Page, index: Index) -> None:
    found = sorted(index.graph.unresolved(), key=lambda each: (-each.occurrences, each.text))
    items = []
    for each in found:
        where = ", ".join(shortened(name(source), 40) for source in each.sources[:2])
        more = f" and {len(each.sources) - 2:,} more" if len(each.sources) > 2 else ""
        times = "" if each.occurrences == 1 else f"{each.occurrences:,} times, "
        items.append(f"{shortened(safe(each.text), page.view.width - 12)}, {times}in {where}{more}")
    _list(page, f"{count(len(items), 'unresolved link')} (no file answers to {_them(items)})", items)


def _ambiguous(page: Page, index: Index) -> None:
    places: defaultdict[tuple[str, tuple[NotePath, ...]], list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for source, found in index.graph.ambiguous():
        text = first.setdefault(found.link.path.lower(), found.link.text)
        places[text, found.ambiguous].append(f"{shortened(name(source), 40)}, line {found.link.line}")
    items: list[str] = []
    for (text, meant), where in places.items():
        more = f" and {len(where) - 1:,} more" if len(where) > 1 else ""
        first_meant = [title(path) for path in meant[:3]]
        may = " or ".join([*first_meant, *([f"{len(meant) - 3:,} more"] if len(meant) > 3 else [])])
        items.append(f"{shortened(safe(text), 60)} in {where[0]}{more}: {may}")
    _list(page, f"{count(len(items), 'ambiguous link')} ({_they(items)} may mean several files)", items)


def _orphans(page: Page, index: Index) -> None:
    paths = [path for path in index.notes.paths if path not in index.archived and index.graph.is_orphan(path)]
    isolated = sum(index.graph.is_dead_end(path) for path in paths)
    _list(
        page,
        f"{count(len(paths), 'orphan')}, {isolated:,} isolated (no other note links to {_them(paths)})",
        _titles(page, paths),
    )


def _dead_ends(page: Page, index: Index) -> None:
    paths = [path for path in index.notes.paths if path not in index.archived and index.graph.is_dead_end(path)]
    _list(
        page,
        f"{count(len(paths), 'dead end')} ({_they(paths)} {'links' if len(paths) == 1 else 'link'} to nothing)",
        _titles(page, paths),
    )


def _them(items: Sequence[str]) -> str:
    return "it" if len(items) == 1 else "them"


def _they(items: Sequence[str]) -> str:
    return "it" if len(items) == 1 else "they"


def _titles(page: Page, paths: Sequence[NotePath]) -> list[str]:
    return [shortened(title(path), page.view.width - 2) for path in paths]


def _problems(page: Page, index: Index) -> None:
    items = [
        f"{title(problem.path)}{'' if problem.line is None else f', line {problem.line}'}: {safe(problem.what)}"
        for problem in index.snapshot.problems
    ]
    many = len({problem.path for problem in index.snapshot.problems})
    ought = "it should" if many == 1 else "they should"
    _list(page, f"{count(many, 'file')} could not be read as {ought}", items)
