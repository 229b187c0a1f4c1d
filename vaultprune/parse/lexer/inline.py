"""A text and its layout in, the links and tags of everything that is not code out: one pass, by one pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from vaultprune.model import Link, LinkKind
from vaultprune.parse.body import html_block_links, html_tag_links, told
from vaultprune.parse.lexer.definitions import Definitions
from vaultprune.parse.lexer.layout import Layout, Undecided
from vaultprune.parse.lexer.tables import cells_of
from vaultprune.syntax import html, markdown_link, math, reference, tag, uri, wikilink

_WIKILINK, _LABEL, _DESTINATION, _TAG, _CODE = 1, 2, 3, 4, 5
_LABEL_TEXT = r"[^\[\]\n`<$\\#:]*+"
_AWAY = r"https://[^\x00-\x20\x7f()\\<]*+"  # leads out of the vault, whatever its entities mean
_EVENTS = (
    rf"\[\[(?!\[)({wikilink.INNER})\]\]"
    # a link whose label and destination hold nothing that needs a closer look; or brackets that are no link
    rf"|\[({_LABEL_TEXT})\](?:\((?!\[\[)({_AWAY}|[^\x00-\x20\x7f()\\<&]*+)(?: \"[^\"\\\n]*+\")?\)|(?!\())"
    rf"|#({tag.CHARACTERS}+)"
    r"|`([^`\n]++)`(?!`)"
    r"|`|<|\[|\]|\$|\\"
)
# every alternative begins with a literal: only then does `re` skip quickly over what lies between
EVENT = re.compile(_EVENTS)
EVENT_OR_URI = re.compile(rf"{_EVENTS}|obsidian://")

_NO_TAIL = re.compile(r"\([ \t]{0,9}+[^\x00-\x20<]{1,200}+[ \t]{1,9}+[^\x00-\x20\"'(]")
"""What no tail of a link begins with: blanks behind a destination, and no title behind these."""

_BACKTICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")
_EMAIL = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9.\-]+>")
_ONLY_CONTAINERS = re.compile(r"[ \t>*+\-0-9.):^\[\]\w]*\Z")
_FREE = frozenset(tag.BEFORE.findall("".join(map(chr, range(0x3001))))) | {"\ufeff"}
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MOST_OPEN = 20


class Inline:
    """What has been found so far in one text. Raises `Undecided` where only a fuller reading can tell."""

    def __init__(
        self, text: str, layout: Layout, defined: Definitions, first_line: int, event: re.Pattern[str]
    ) -> None:
        """`text` begins with a newline of its own, so that the line behind it is `first_line`."""
        self.text = text
        self.layout = layout
        self.defined = defined
        self.event = event
        self.tags: list[str] = []
        self._links: list[tuple[int, Link]] = []
        self._counted_to = 1
        self._line = first_line
        self._consumed = self._no_blank_from = self._blank = 0
        self._tag_end = self._free_end = -1
        self._chain = self._row = False
        self._used: set[str] = set()

    def read(self) -> tuple[Link, ...]:
        """Links by line, then by where they begin; the tags are in `tags`."""
        start = 0
        skipped = self.layout.dead
        if self.defined.lines:
            skipped = tuple(sorted(skipped + self.defined.lines))
        raw = self.layout.raw if self._raw_may_tell() else ()
        for dead, end in skipped:
            if start < dead:
                self._live(start, dead)
            if dead in raw:
                self._add(dead, html_block_links(self.text[dead:end], self._line_of(dead)))
            start = end
        self._live(start, len(self.text))
        for label, at in self.defined.places.items():
            if label not in self._used:
                target = markdown_link.target(self.defined.destinations[label])
                self._add(at, told("reference", target, self._line_of(at)))
        if len(self._links) > 1:
            self._links.sort(key=lambda found: found[0])
            if raw:
                self._links.sort(key=lambda found: found[1].line)
        return tuple([link for _, link in self._links])

    def _raw_may_tell(self) -> bool:
        """Whether raw HTML may name anything: most of it does not, and comments come by the dozen."""
        text = self.text
        if not self.layout.raw:
            return False
        written = self.event is EVENT_OR_URI or ("://" in text and ("&" in text or "\\" in text))
        return written or html.TAG_WITH_TARGET.search(text) is not None

    def _live(self, start: int, end: int) -> None:
        """One stretch between ranges of code: the rows of tables cell by cell, all else as it comes."""
        for row in self.layout.rows:
            if start <= row < end:
                self._segment(start, row)
                start = self._line_end(row, end)
                self._row = True
                for cell, cell_end in cells_of(self.text, row, start):
                    self._free_end = cell
                    self._segment(cell, cell_end)
                self._row = False
        self._segment(start, end)

    def _segment(self, start: int, end: int) -> None:
        """One stretch beyond which no paragraph goes."""
        opened: list[int] = []
        self._consumed = self._no_blank_from = start
        self._blank = start - 1
        after = start
        while after < end:
            for found in self.event.finditer(self.text, after, end):
                after = self._event(found, end, opened)
                self._consumed = after
                if after != found.end():
                    break  # what has been read is more than was found, so that the search goes on behind that
            else:
                return

    def _event(self, found: re.Match[str], end: int, opened: list[int]) -> int:
        """Where reading goes on behind what has been found."""
        kind = found.lastindex
        at, after = found.span()
        if kind is None:
            return self._character(at, end, opened)
        if kind == _TAG:
            self._tag(at, found[_TAG])
        elif kind == _WIKILINK:
            path = found[_WIKILINK]
            if "|" in path or "#" in path:
                path = wikilink.linkpath(path)
            if at > self._consumed and self.text[at - 1] == "!":
                self._links.append((at - 1, Link(path, "embed", self._line_of(at), path)))
            else:
                self._links.append((at, Link(path, "wikilink", self._line_of(at), path)))
            if after < end and self.text[after] == "(":
                return self._tail_of_wikilink(at, after, end)
        elif self.layout.pipes and "|" in found[0]:
            raise Undecided
        elif kind == _DESTINATION:
            if not found[_DESTINATION].startswith("https://"):
                bang = self._bang(at)
                self._destination(bang, found[_DESTINATION], at - bang)
        elif kind == _LABEL and self.defined.lines:
            return self._reference(at - self._bang(at), at, after - 1, end)
        return after

    def _character(self, at: int, end: int, opened: list[int]) -> int:
        """Where reading goes on behind a character that may begin or end something."""
        char = self.text[at]
        if char == "[":
            self._open(at, end, opened)
            return at + 1
        if char == "]":
            return self._close(at, end, opened)
        if char == "`":
            return self._code(at, end)
        if char == "<":
            return self._html(at, end)
        if char == "$":
            return self._math(at, end)
        if char == "\\":
            if self.text[at + 1 : at + 2] not in _ESCAPABLE:
                return at + 1
            self._free_end = at + 2
            return min(at + 2, end)
        return self._uri(at, end)

    # --- links --------------------------------------------------------------------------------------

    def _tail_of_wikilink(self, at: int, after: int, end: int) -> int:
        """Where `[[1]](note.md)` ends, which may be meant as a Markdown link as well."""
        tail = self._tail(after, end)
        if not tail:
            return after
        self._refuse_pipe(after, tail.end())
        bang = self._bang(at)
        self._destination(bang, markdown_link.destination(tail), at - bang)
        return tail.end()

    def _bang(self, at: int) -> bool:
        """Whether a `!` stands before `at` that is not part of anything else."""
        return at > self._consumed and self.text[at - 1] == "!"

    def _destination(self, image: bool, written: str, at: int) -> None:
        if written.startswith(("https://", "http://")):
            return
        self._push(at, "image" if image else "markdown", written)

    def _push(self, at: int, kind: LinkKind, written: str) -> None:
        """The link whose destination was `written` so."""
        target = markdown_link.target(written)
        if target:
            self._links.append((at, Link(target.text, kind, self._line_of(at), target.path)))
        elif "://" in written:
            self._add(at, told("uri", uri.target(markdown_link.unescaped(written)), self._line_of(at)))

    def _open(self, at: int, end: int, opened: list[int]) -> None:
        if opened and self._blank_below(abs(opened[-1]), end) < at:
            opened.clear()
        if len(opened) >= _MOST_OPEN:
            raise Undecided
        opened.append(-at if self._bang(at) else at)

    def _close(self, at: int, end: int, opened: list[int]) -> int:
        if not opened:
            return at + 1
        start = opened.pop()
        image, start = start < 0, abs(start)
        tail = self._tail(at + 1, end) if self.text.startswith("(", at + 1, end) else None
        if not tail:
            return self._reference(start - image, start, at, end) if self.defined.lines else at + 1
        if self._line_end(start, at) < at and self.layout.block_end(start) < at:
            return at + 1
        self._refuse_pipe(start, tail.end())
        self._destination(image, markdown_link.destination(tail), start - image)
        return tail.end()

    def _reference(self, at: int, start: int, close: int, end: int) -> int:
        """Where reading goes on behind `[text][label]`, `[label][]` or `[label]`; `start` and `close` are brackets."""
        text = self.text
        second = reference.LABEL.match(text, close + 1, end)
        label = reference.normalised((second[1] if second else "") or text[start + 1 : close])
        after = second.end() if second else close + 1
        if second and "\n" in second[0]:
            raise Undecided
        if label not in self.defined.places:
            return close + 1
        written = text[start:after]
        if "\n" in written or (self._row and "\\|" in written):
            raise Undecided
        self._refuse_pipe(start, after)
        self._used.add(label)
        self._push(at, "reference", self.defined.destinations[label])
        return after

    def _tail(self, at: int, end: int) -> re.Match[str] | None:
        tail = markdown_link.TAIL.match(self.text, at, end)
        if tail:
            if "\n" in tail[0] or (self._row and "\\|" in tail[0]):
                raise Undecided
        elif ")" not in self.text[at : self._line_end(at, end)] and not self._row and not _NO_TAIL.match(self.text, at):
            raise Undecided  # it may end on a later line, behind the mark of a quote
        return tail

    def _uri(self, at: int, end: int) -> int:
        found = uri.URI.match(self.text, at, end)
        if not found:
            raise Undecided
        self._add(at, told("uri", uri.target(found[0]), self._line_of(at)))
        return found.end()

    def _add(self, at: int, links: Iterable[Link]) -> None:
        for link in links:
            self._links.append((at, link))

    # --- tags ---------------------------------------------------------------------------------------

    def _tag(self, at: int, written: str) -> None:
        if written[-1] == "_" or (written[-8:].lower() == "obsidian" and self.event is EVENT_OR_URI):
            raise Undecided
        name = tag.name(written) if self._may_begin_tag(at) else None
        if name:
            self.tags.append(name)
        self._tag_end = at + 1 + len(written)
        self._chain = name is not None

    def _may_begin_tag(self, at: int) -> bool:
        """Whether what stands left of a `#` lets a tag begin."""
        text = self.text
        left = text[at - 1]
        if left in _FREE:
            return True
        if at == self._tag_end:
            return self._chain
        if at == self._free_end:
            return not (left == "|" and text[at - 2] == "\\" and self._pipe_cuts())
        if left in "*_~":
            raise Undecided  # only if it marks emphasis
        if left == "|":
            return self._pipe_cuts() and not self._row
        if left == "=" and text[at - 2] == "=":
            before = text[at - 3]
            if before in _FREE or before not in ">|:":
                return before in _FREE
            raise Undecided
        if left in ">:" and _ONLY_CONTAINERS.match(text, text.rfind("\n", 0, at) + 1, at):
            raise Undecided
        return False

    def _pipe_cuts(self) -> bool:
        """Whether the text at hand is a row of a table, in which a pipe ends a cell."""
        if self.layout.pipes:
            raise Undecided
        return self._row

    # --- what is skipped ------------------------------------------------------------------------------

    def _code(self, at: int, end: int) -> int:
        run = _BACKTICKS.match(self.text, at, end)
        after = run.end() if run else end
        return self._skipped(at, after, end, lambda start, stop: self._closing_run(start, stop, after - at))

    def _closing_run(self, start: int, stop: int, length: int) -> int:
        """Where the next run of exactly so many backticks ends, -1 without one."""
        for run in _BACKTICKS.finditer(self.text, start, stop):
            if run.end() - run.start() == length:
                return run.end()
        return -1

    def _math(self, at: int, end: int) -> int:
        text = self.text
        if not text.startswith("$$", at, end):
            close = math.end(text, at, end)
            if close < 0:
                return at + 1
            self._refuse_pipe(at, close)
            return close
        after = at + 2
        if text.startswith("$", after, end):
            raise Undecided
        return self._skipped(at, after, end, lambda start, stop: self._found("$$", start, stop))

    def _html(self, at: int, end: int) -> int:
        text = self.text
        if text.startswith("<!--", at, end):
            return self._comment(at, end)
        if text.startswith(("<?", "<!"), at, end):
            raise Undecided
        found = html.INLINE_TAG.match(text, at, end)
        if found:
            if "\n" in found[0]:
                raise Undecided
            self._free_end = found.end()
            if text[at + 1] in "aAiI":
                self._add(at, html_tag_links(found[0], self._line_of(at)))
        elif found := html.AUTOLINK.match(text, at, end):
            self._add(at, told("uri", uri.target(found[1]), self._line_of(at)))
        elif found := _EMAIL.match(text, at, end):
            if not found[0].isascii() or set(found[0]) & set("#$`"):
                raise Undecided
        else:
            return at + 1
        self._refuse_pipe(at, found.end())
        return found.end()

    def _comment(self, at: int, end: int) -> int:
        text = self.text
        for short in ("<!-->", "<!--->"):
            if text.startswith(short, at, end):
                return at + len(short)
        after = self._skipped(at, at + 4, end, lambda start, stop: self._found("-->", start, stop))
        if after == at + 4:
            return at + 1
        if text[after - 4] == "-":
            raise Undecided
        return after

    def _found(self, closing: str, start: int, stop: int) -> int:
        close = self.text.find(closing, start, stop)
        return close + len(closing) if close >= 0 else -1

    def _skipped(self, at: int, after: int, end: int, close: Callable[[int, int], int]) -> int:
        """Where what opens at `at` closes, by `close(start, stop)`; `after`, behind its opening, if it does not."""
        line_end = self._line_end(after, end)
        found = close(after, line_end)
        if found < 0 and line_end < end and close(after, self._blank_below(line_end, end)) >= 0:
            found = close(after, min(end, self.layout.block_end(at)))
        if found < 0:
            return after
        self._refuse_pipe(at, found)
        return found

    # --- places ---------------------------------------------------------------------------------------

    def _line_of(self, at: int) -> int:
        if at < self._counted_to:
            return self._line - self.text.count("\n", at, self._counted_to)
        self._line += self.text.count("\n", self._counted_to, at)
        self._counted_to = at
        return self._line

    def _blank_below(self, at: int, end: int) -> int:
        """Where the first blank line at `at` or below begins, or `end`; remembered, for many may ask."""
        if not self._no_blank_from <= at <= self._blank:
            found = _BLANK_LINE.search(self.text, at, end)
            self._no_blank_from, self._blank = at, found.start() if found else end
        return self._blank

    def _line_end(self, at: int, end: int) -> int:
        found = self.text.find("\n", at, end)
        return found if found >= 0 else end

    def _refuse_pipe(self, start: int, end: int) -> None:
        """Where there are tables, but nobody knows where, a pipe may cut what looks like one thing."""
        if self.layout.pipes and "|" in self.text[start:end]:
            raise Undecided
