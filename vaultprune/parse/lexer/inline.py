"""A text in, the links and tags of its running text out: what is found in one stretch of it, one after the other."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from vaultprune.model import Link, LinkKind
from vaultprune.parse.body import html_tag_links, told
from vaultprune.parse.lexer import events
from vaultprune.parse.lexer.definitions import Definitions
from vaultprune.parse.lexer.layout import Undecided
from vaultprune.syntax import html, markdown_link, math, reference, tag, uri, wikilink

_NO_TAIL = re.compile(r"\([ \t]{0,9}+[^\x00-\x20<]{1,200}+[ \t]{1,9}+[^\x00-\x20\"'(]")
"""What no tail of a link begins with: blanks behind a destination, and no title behind these."""

_BACKTICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")
_EMAIL = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9.\-]+>")
_ONLY_CONTAINERS = re.compile(r"[ \t>*+\-0-9.):^\[\]\w]*\Z")
_FREE = frozenset(tag.SPACE)
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MOST_OPEN = 20

_new_tuple = tuple.__new__  # a named tuple's own constructor takes twice as long


class Inline(ABC):
    """What has been found so far in one text. Raises `Undecided` where only a fuller reading can tell.

    Where blocks begin and end, and what that means for tasks and labels, whoever builds on it has to say.
    """

    # these are what every text begins with; most never have one of their own
    consumed = 0  # behind the last thing that was found
    row = False  # whether the stretch is the cell of a table
    free_end = -1
    _counted_to = 1
    _no_blank_from = _blank = 0
    _tag_end = -1
    _chain = False

    def __init__(self, text: str, defined: Definitions, first_line: int, event: re.Pattern[str]) -> None:
        """`text` begins with a newline of its own, so that the line behind it is `first_line`."""
        self.text = text
        self.defined = defined
        self.event = event
        self.tags: list[str] = []
        self.tasks: list[int] = []  # the lines of those that are one at first sight
        self.links: list[tuple[int, Link]] = []
        self.opened: list[int] = []  # where the brackets stand that are not closed yet; negative behind a `!`
        self._line = first_line
        self._used: set[str] = set()

    # --- what is asked of whoever builds on this ------------------------------------------------------

    @abstractmethod
    def block_end(self, at: int) -> int:
        """Where the paragraph around `at` ends."""

    def _block(self, found: re.Match[str]) -> int:
        """Where reading goes on behind a block that has been found whole."""
        raise Undecided

    def _box(self, at: int, after: int) -> int:
        """The same behind a `[ ]`."""
        return after

    def _footnote(self, at: int, after: int) -> int:
        """The same behind brackets that may be the mark of a footnote."""
        return after

    # --- one stretch ----------------------------------------------------------------------------------

    def stretch(self, start: int, stop: int, end: int) -> int:
        """Reads on from `start` up to `stop`; no paragraph in it goes beyond `end`. Where it got to."""
        text, links = self.text, self.links
        search, count, keep = self.event.finditer, text.count, links.append
        wiki, skipped, block = events.WIKILINK, events.SKIPPED, events.COMMENT
        line, counted = self._line, self._counted_to
        self.opened = []
        consumed = self._no_blank_from = start
        self._blank = start - 1
        while consumed < stop:
            above = None  # what was skipped last
            for found in search(text, consumed, end):
                kind = found.lastindex
                at = found.start()
                if at >= stop:
                    consumed = max(consumed, stop)
                    break
                if kind in skipped:
                    above = found
                    continue
                if above:
                    consumed = above.end()
                    above = None
                if kind == wiki:
                    line += count("\n", counted, at)
                    counted = at
                    path = found[wiki]
                    if text[at - 1] == "!" and at > consumed:
                        keep((at - 1, _new_tuple(Link, (path, "embed", line, path))))
                    else:
                        keep((at, _new_tuple(Link, (path, "wikilink", line, path))))
                    above = found
                    continue
                self.consumed = consumed
                if kind is None:
                    consumed = self._character(at, end)
                elif kind >= block:
                    consumed = self._block(found)
                else:
                    consumed = self._event(kind, found, end)
                if consumed != found.end():
                    break  # what has been read is more than was found, so that the search goes on behind that
            else:
                break
        if counted > self._counted_to:
            self._line, self._counted_to = line, counted
        return max(consumed, stop)

    def _event(self, kind: int, found: re.Match[str], end: int) -> int:
        """Where reading goes on behind something that is whole."""
        at, after = found.span()
        if kind == events.TAG:
            self._tag(at, found[kind])
        elif kind == events.TASK:
            self.tasks.append(at - 2)
        elif kind == events.DESTINATION:
            bang = self._bang(at)
            self._destination(bang, found[kind], at - bang)
        elif kind == events.BOX:
            return self._box(at, after)
        elif kind == events.LABEL:
            if self.text.startswith("^", at + 1) and self.text.startswith(":", after):
                return self._footnote(at, after)
            if self.defined.lines:
                return self._reference(at - self._bang(at), at, after - 1, end)
        else:
            path = wikilink.linkpath(found[kind])
            bang = self._bang(at)
            self.links.append((at - bang, Link(path, "embed" if bang else "wikilink", self.line_of(at), path)))
            return self._tail_of_wikilink(at, after, end)
        return after

    def _character(self, at: int, end: int) -> int:
        """Where reading goes on behind a character that may begin or end something."""
        char = self.text[at]
        if char == "[":
            return self._open(at, end)
        if char == "]":
            return self._close(at, end)
        if char == "`":
            return self._code(at, end)
        if char == "<":
            return self._html(at, end)
        if char == "$":
            return self._math(at, end)
        if char == "\\":
            if self.text[at + 1 : at + 2] not in _ESCAPABLE:
                return at + 1
            self.free_end = at + 2
            return min(at + 2, end)
        return at + 3 if char == "~" else self._uri(at, end)

    # --- links --------------------------------------------------------------------------------------

    def _tail_of_wikilink(self, at: int, after: int, end: int) -> int:
        """Where a wikilink ends; `[[1]](note.md)` may be meant as a Markdown link as well."""
        tail = self._tail(after, end) if self.text.startswith("(", after, end) else None
        if not tail:
            return after
        bang = self._bang(at)
        self._destination(bang, markdown_link.destination(tail), at - bang)
        return tail.end()

    def _bang(self, at: int) -> bool:
        """Whether a `!` stands before `at` that is not part of anything else."""
        return at > self.consumed and self.text[at - 1] == "!"

    def _destination(self, image: bool, written: str, at: int) -> None:
        if written.startswith(("https://", "http://")):
            return
        self._push(at, "image" if image else "markdown", written)

    def _push(self, at: int, kind: LinkKind, written: str) -> None:
        """The link whose destination was `written` so."""
        target = markdown_link.target(written)
        if target:
            self.links.append((at, Link(target.text, kind, self.line_of(at), target.path)))
        elif "://" in written:
            self.add(at, told("uri", uri.target(markdown_link.unescaped(written)), self.line_of(at)))

    def _open(self, at: int, end: int) -> int:
        opened = self.opened
        if opened and self.blank_below(abs(opened[-1]), end) < at:
            opened.clear()
        if len(opened) >= _MOST_OPEN:
            raise Undecided
        opened.append(-at if self._bang(at) else at)
        return self._footnote(at, at + 1) if self.text.startswith("^", at + 1) else at + 1

    def _close(self, at: int, end: int) -> int:
        if not self.opened:
            return at + 1
        start = self.opened.pop()
        image, start = start < 0, abs(start)
        tail = self._tail(at + 1, end) if self.text.startswith("(", at + 1, end) else None
        if not tail:
            return self._reference(start - image, start, at, end) if self.defined.lines else at + 1
        if self.line_end(start, at) < at and self.block_end(start) < at:
            return at + 1
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
        if "\n" in written or (self.row and "\\|" in written):
            raise Undecided
        self._used.add(label)
        self._push(at, "reference", self.defined.destinations[label])
        return after

    def _tail(self, at: int, end: int) -> re.Match[str] | None:
        tail = markdown_link.TAIL.match(self.text, at, end)
        if tail:
            if "\n" in tail[0] or (self.row and "\\|" in tail[0]):
                raise Undecided
        elif ")" not in self.text[at : self.line_end(at, end)] and not self.row and not _NO_TAIL.match(self.text, at):
            raise Undecided  # it may end on a later line, behind the mark of a quote
        return tail

    def _uri(self, at: int, end: int) -> int:
        found = uri.URI.match(self.text, at, end)
        if not found:
            raise Undecided
        self.add(at, told("uri", uri.target(found[0]), self.line_of(at)))
        return found.end()

    def add(self, at: int, links: Iterable[Link]) -> None:
        """Keeps links that are written at `at`."""
        for link in links:
            self.links.append((at, link))

    def add_unused(self) -> None:
        """Keeps what is defined for labels that no link has used."""
        for label, at in self.defined.places.items():
            if label not in self._used:
                target = markdown_link.target(self.defined.destinations[label])
                self.add(at, told("reference", target, self.line_of(at)))

    # --- tags ---------------------------------------------------------------------------------------

    def _tag(self, at: int, written: str) -> None:
        if written[-1] == "_" or (written[-8:].lower() == "obsidian" and events.has_uris(self.event)):
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
        if at == self.free_end:
            return not (left == "|" and text[at - 2] == "\\" and self.row)
        if left in "*_~":
            raise Undecided  # only if it marks emphasis
        if left == "=" and text[at - 2] == "=":
            before = text[at - 3]
            if before in _FREE or before not in ">|:":
                return before in _FREE
            raise Undecided
        if left in ">:" and _ONLY_CONTAINERS.match(text, text.rfind("\n", 0, at) + 1, at):
            raise Undecided
        return False

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
            return close if close >= 0 else at + 1
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
            self.free_end = found.end()
            if text[at + 1] in "aAiI":
                self.add(at, html_tag_links(found[0], self.line_of(at)))
        elif found := html.AUTOLINK.match(text, at, end):
            self.add(at, told("uri", uri.target(found[1]), self.line_of(at)))
        elif found := _EMAIL.match(text, at, end):
            if not found[0].isascii() or set(found[0]) & set("#$`"):
                raise Undecided
        else:
            return at + 1
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
        line_end = self.line_end(after, end)
        found = close(after, line_end)
        if found < 0 and line_end < end and close(after, self.blank_below(line_end, end)) >= 0:
            found = close(after, min(end, self.block_end(at)))
        return found if found >= 0 else after

    # --- places ---------------------------------------------------------------------------------------

    def line_of(self, at: int) -> int:
        """The line of a place in the file."""
        if at < self._counted_to:
            return self._line - self.text.count("\n", at, self._counted_to)
        self._line += self.text.count("\n", self._counted_to, at)
        self._counted_to = at
        return self._line

    def blank_below(self, at: int, end: int) -> int:
        """Where the first blank line at `at` or below begins, or `end`; remembered, for many may ask."""
        if not self._no_blank_from <= at <= self._blank:
            found = _BLANK_LINE.search(self.text, at, end)
            self._no_blank_from, self._blank = at, found.start() if found else end
        return self._blank

    def forget_blanks(self) -> None:
        """Blank lines that have been looked for elsewhere are none here."""
        self._blank = -1

    def line_end(self, at: int, end: int) -> int:
        """Where the line of `at` ends, or `end`."""
        found = self.text.find("\n", at, end)
        return found if found >= 0 else end
