"""A plan in, a page that a person can read out: what moves, what is rewritten, what stays, what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vaultprune.model import NotePath, Plan, Rewrite, Span
from vaultprune.moving import key
from vaultprune.plan.changes import NEVER_REWRITTEN, Moved
from vaultprune.vault import Vault
from vaultprune.words import count, safe, shortened, weekday, width, wrapped

SHOWN = 3
NEWLINE = b"\n"
UNCHANGED = "Nothing has been changed."


def plan_text(
    plan: Plan,
    vault: Vault,
    contents: Callable[[NotePath], bytes | None],
    *,
    columns: int = 80,
    limit: int | None = None,
    remarks: Sequence[str] = (),
    then: Sequence[str] = (),
    changed: str = UNCHANGED,
) -> str:
    """The plan on a terminal. `limit` is how many entries each list shows.

    `remarks` are paragraphs about how things stand, such as that the app is open; `then` are lines with the next
    step; `changed` is the last line.
    """
    page = _Page(columns, limit if limit is not None else SHOWN)
    at = vault.snapshot.taken_at
    page.say(f"Plan {plan.id} for {safe(vault.snapshot.name)}, {weekday(at.date())} {at:%H:%M}")
    page.gap()
    _moves(page, plan, vault)
    _rewrites(page, plan, vault, contents)
    _left(page, plan)
    for remark in remarks:
        page.say(remark)
        page.gap()
    if then:
        page.lines += then
        page.gap()
    page.say(changed)
    return "\n".join(page.lines) + "\n"


class _Page:
    """Lines put down one after another."""

    def __init__(self, columns: int, limit: int) -> None:
        self.columns, self.limit = columns, limit
        self.lines: list[str] = []

    def say(self, text: str, first: str = "", rest: str = "") -> None:
        self.lines += wrapped(text, self.columns, first, rest)

    def gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def some(self, entries: Sequence[Sequence[str]]) -> None:
        """The first entries of a list, each of one or more lines, and how many more there are."""
        for entry in entries[: self.limit]:
            self.lines += entry
        if len(entries) > self.limit:
            self.lines.append(f"  ... and {len(entries) - self.limit:,} more: --limit {len(entries)}")


def _moves(page: _Page, plan: Plan, vault: Vault) -> None:
    if not plan.moves:
        page.say("No note moves.")
        page.gap()
        return
    folder = vault.config.archive_folder.strip("/")
    many = len(plan.moves)
    keeping = "keeping its folder, name and dates" if many == 1 else "keeping their folders, names and dates"
    page.say(f"{count(many, 'note')} {'moves' if many == 1 else 'move'} below {safe(folder)}/, {keeping}:")
    entries = []
    for move in plan.moves:
        lines = [f"  {shortened(safe(move.source), page.columns - 2)}"]
        if key(move.target) != key(f"{folder}/{move.source}"):
            lines.append(f"  -> {shortened(safe(move.target), page.columns - 5)}, as its place there is taken")
        entries.append(lines)
    page.some(entries)
    if plan.together:
        some = sum(map(len, plan.together))
        which = f"{some:,} of them" if len(plan.together) == 1 else f"Of them {len(plan.together):,} groups"
        page.say(f"{which} belong together, all or none: between them, a link would lead elsewhere.")
    page.gap()


def _rewrites(page: _Page, plan: Plan, vault: Vault, contents: Callable[[NotePath], bytes | None]) -> None:
    many = sum(len(rewrite.spans) for rewrite in plan.rewrites)
    if many:
        them = "it would no longer lead where it does" if many == 1 else "they would no longer lead where they do"
        where = "" if len(plan.rewrites) == 1 else f" in {len(plan.rewrites):,} files"
        only = "that file" if len(plan.rewrites) == 1 else "those files"
        are = "is" if many == 1 else "are"
        page.say(f"{count(many, 'link')}{where} {are} rewritten, because {them}. Nothing else in {only} changes:")
        page.some([lines for rewrite in plan.rewrites for lines in _links(page, rewrite, contents(rewrite.path))])
    kept, by_name = _kept(plan, vault)
    if kept:
        them = "to it " if len(plan.moves) == 1 else "to them "
        which = "by name alone " if by_name else them if not many else ""
        other = "other " if many and not by_name else ""
        goes = "goes" if kept == 1 else "go"
        page.say(f"{kept:,} {other}{'link' if kept == 1 else 'links'} {which}{goes} on working, unchanged.")
    page.gap()


def _kept(plan: Plan, vault: Vault) -> tuple[int, bool]:
    """How many links to the notes that move stay as they are, and whether all of them name no folder.

    Those in our own notes are left out: nobody wrote them.
    """
    moved = Moved(vault.graph, {move.source: move.target for move in plan.moves})
    changed = {change.position for change in moved.changes()}
    occurrences = vault.graph.occurrences
    staying = set(moved.arriving()) - changed
    links = [occurrences.link(position) for position in staying if occurrences.source(position) not in vault.own]
    kept = [link for link in links if link.kind not in NEVER_REWRITTEN and link.path]
    return len(kept), all("/" not in link.path for link in kept)


def _links(page: _Page, rewrite: Rewrite, data: bytes | None) -> Iterator[list[str]]:
    for span in rewrite.spans:
        path = shortened(safe(rewrite.path), page.columns - 14)
        line = "" if data is None else f", line {data.count(NEWLINE, 0, span.start) + 1:,}"
        before, after = _around(data, span)
        room = page.columns - 5
        yield [
            f"  {path}{line}",
            f"     {shortened(_shown(before + span.before + after), room)}",
            f"  -> {shortened(_shown(before + span.after + after), room)}",
        ]


def _around(data: bytes | None, span: Span) -> tuple[bytes, bytes]:
    """What of the link stands before and behind the bytes that change, as far as it is on the same line."""
    if data is None:
        return b"", b""
    left = data[data.rfind(b"\n", 0, span.start) + 1 : span.start]
    line_end = data.find(b"\n", span.end)
    right = data[span.end : line_end if line_end >= 0 else len(data)]
    if left.endswith(b"[["):
        close = right.find(b"]]")
        return (b"![[" if left.endswith(b"![[") else b"[["), right[: close + 2] if close >= 0 else b""
    opened = left.rfind(b"](")
    if opened >= 0 and left[opened + 2 :].strip(b" <") == b"":
        label = max(0, left.rfind(b"[", 0, opened))
        image = label > 0 and left[label - 1 : label] == b"!"
        close = right.find(b")")
        return left[label - image :], right[: close + 1] if close >= 0 else b""
    return b"", b""


def _shown(text: bytes) -> str:
    return safe(text.decode("utf-8", "surrogateescape"))


def _left(page: _Page, plan: Plan) -> None:
    """What stays where it is, and what is left for a person to look at."""
    if plan.skipped:
        many = len(plan.skipped)
        page.say("1 note stays where it is:" if many == 1 else f"{many:,} notes stay where they are:")
        page.some([_reason(page, safe(skipped.path), skipped.why) for skipped in plan.skipped])
    if plan.warnings:
        page.say("Left alone, for you to look at:")
        page.some([wrapped(warning, page.columns, "  ", "    ") for warning in plan.warnings])
    page.gap()


def _reason(page: _Page, path: str, why: str) -> list[str]:
    line = f"  {path}     {why}"
    if width(line) <= page.columns:
        return [line]
    return [f"  {shortened(path, page.columns - 2)}", *wrapped(why, page.columns, "    ", "    ")]
