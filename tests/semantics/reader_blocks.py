"""The blocks of one Markdown text, line by line: text in, the runs of lines that hold Markdown and the open tasks out.

Part of the independent reader: it knows nothing of the package and uses no Markdown library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

BLOCK_TAGS = """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div
    dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe
    legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table
    tbody td tfoot th thead title tr track ul
    """
ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
TAG = rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{ATTRIBUTE})*\s*/?|/[A-Za-z][A-Za-z0-9-]*\s*)>"
ALONE = re.compile(TAG + r"\s*$")
BULLET = re.compile(r"([-+*])(?=[ \t]|$)")
NUMBER = re.compile(r"(\d{1,9})[.)](?=[ \t]|$)")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
TASK = re.compile(r"\[(.)\][ \t]")
DEFINITION = re.compile(
    r"\[(?!\^)(?:[^\[\]\\]|\\.)+\]:\s*(?:<[^<>]*>|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*$"
)


@dataclass
class Run:
    """Consecutive lines that are read together as running Markdown; `cell` is one cell of a table."""

    lines: list[tuple[int, str]]
    cell: bool = False
    definition: bool = False


@dataclass
class Container:
    """A quote, a list item or a footnote; `indent` is how far its further lines stand in."""

    kind: str
    indent: int = 0
    empty: bool = False


@dataclass
class Leaf:
    """The block that takes the next line: a paragraph, or something whose text is not read."""

    kind: str
    end: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)


def lead(text: str, column: int) -> tuple[int, str]:
    """How many columns of white space open `text`, and what follows them."""
    at = column
    for index, letter in enumerate(text):
        if letter == " ":
            at += 1
        elif letter == "\t":
            at += 4 - at % 4
        else:
            return at - column, text[index:]
    return at - column, ""


def html_end(rest: str, in_paragraph: bool) -> str | None:
    """What ends the HTML block that `rest` opens; "" is a blank line; None where it opens none."""
    low = rest.lower()
    if re.match(r"<(script|pre|style|textarea)(\s|>|$)", low):
        return "</"
    for start, end in (("<!--", "-->"), ("<?", "?>"), ("<![cdata[", "]]>")):
        if low.startswith(start):
            return end
    if re.match(r"<![a-z]", low):
        return ">"
    named = re.match(r"</?([a-z][a-z0-9-]*)(\s|/?>|$)", low)
    if named and named[1] in BLOCK_TAGS.split():
        return ""
    if not in_paragraph and ALONE.match(rest):
        return ""
    return None


def html_ends(line: str, end: str) -> bool:
    """Whether `line` is the last of the HTML block."""
    if end == "</":
        return bool(re.search(r"</(script|pre|style|textarea)>", line.lower()))
    return end in line if end else not line.strip()


def cells(row: str) -> list[str]:
    """The cells of a table row; a pipe within `[[ ]]` does not cut, so that the link is kept."""
    row = row.strip()
    found: list[str] = []
    cell = ""
    index = 0
    while index < len(row):
        if row.startswith("\\|", index):
            cell += "|"
            index += 2
            continue
        if row.startswith("[[", index):
            close = row.find("]]", index)
            if close > 0 and "[[" not in row[index + 2 : close]:
                cell += row[index : close + 2].replace("\\|", "|")
                index = close + 2
                continue
        if row[index] == "|":
            found.append(cell)
            cell = ""
        else:
            cell += row[index]
        index += 1
    found.append(cell)
    if found and not found[0].strip() and row.startswith("|"):
        found = found[1:]
    if found and not found[-1].strip() and row.endswith("|"):
        found = found[:-1]
    return found


def is_delimiter(row: str) -> bool:
    """Whether the row is the one of dashes under a table's heading."""
    row = row.strip()
    return "|" in row and "-" in row and all(re.fullmatch(r"\s*:?-+:?\s*", part) for part in row.strip("|").split("|"))


def table_at(lines: list[tuple[int, str]]) -> int | None:
    """Where among the lines the row of dashes of a table stands, if there is one."""
    for at in range(1, len(lines)):
        if is_delimiter(lines[at][1]) and len(cells(lines[at - 1][1])) == len(cells(lines[at][1])):
            return at
    return None


class Blocks:
    """Reads a text line by line; afterwards `runs` and `open_tasks` hold what was found."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.lines = text.split("\n")
        self.first_line = first_line
        self.runs: list[Run] = []
        self.open_tasks: list[int] = []
        self.containers: list[Container] = []
        self.leaf: Leaf | None = None
        self.comment = False
        for index, line in enumerate(self.lines):
            self.index = index
            self.line(line, first_line + index)
        self.close()

    def close(self) -> None:
        """End the open block; a paragraph goes to the runs, in cells where it is a table."""
        leaf, self.leaf = self.leaf, None
        if leaf is None or leaf.kind != "paragraph":
            return
        lines = leaf.lines
        while lines and DEFINITION.match(lines[0][1]):
            self.runs.append(Run([lines[0]], definition=True))
            lines = lines[1:]
        at = table_at(lines)
        if at is not None:
            for number, row in [lines[at - 1], *lines[at + 1 :]]:
                self.runs.extend(Run([(number, cell.strip())], cell=True) for cell in cells(row))
            lines = lines[: at - 1]
        if lines:
            self.runs.append(Run(lines))

    def later(self, mark: str, containers: list[Container]) -> bool:
        """Whether any further line within these containers holds the mark."""
        for line in self.lines[self.index + 1 :]:
            matched, rest, _ = self.match(line, containers)
            if matched < len(containers):
                return False
            if mark in rest:
                return True
        return False

    def match(self, text: str, containers: list[Container]) -> tuple[int, str, int]:
        """How many of the containers go on in this line, what is left of it, and the column where that starts."""
        column = 0
        for count, container in enumerate(containers):
            width, rest = lead(text, column)
            if container.kind == "quote":
                if width > 3 or not rest.startswith(">"):
                    return count, text, column
                text, column = self.behind_quote(rest, column + width)
            elif not rest:
                if container.empty:
                    return count, text, column
                text = ""
            elif width >= container.indent:
                text, column = " " * (width - container.indent) + rest, column + container.indent
            else:
                return count, text, column
        return len(containers), text, column

    @staticmethod
    def behind_quote(rest: str, column: int) -> tuple[str, int]:
        """What follows `>` and at most one column of white space."""
        column += 1
        width, after = lead(rest[1:], column)
        return (" " * (width - 1) + after, column + 1) if width else (after, column)

    def line(self, text: str, number: int) -> None:
        """Take one line."""
        matched, text, column = self.match(text, self.containers)
        for container in self.containers[:matched]:
            container.empty = False
        whole = matched == len(self.containers)
        if self.leaf and self.leaf.kind != "paragraph":
            if whole and self.feed(text, number):
                return
            if not whole:
                self.close()
        opened = False
        while True:
            width, rest = lead(text, column)
            paragraph = self.leaf if self.leaf and self.leaf.kind == "paragraph" else None
            direct = paragraph is not None and whole and not opened
            if not rest or (width >= 4):
                break
            step = self.container(rest, width, column, direct, number, matched if not opened else None)
            if step is None:
                if self.opaque(rest, width, paragraph is not None and not opened, matched if not opened else None):
                    return
                break
            text, column = step
            opened = True
        self.text(text, column, number, matched, opened)

    def text(self, text: str, column: int, number: int, matched: int, opened: bool) -> None:
        """Take the line as a heading, a rule, code by indentation, or a line of a paragraph."""
        width, rest = lead(text, column)
        whole = opened or matched == len(self.containers)
        paragraph = self.leaf if self.leaf and self.leaf.kind == "paragraph" else None
        if not rest:
            self.close()
            if not opened:
                del self.containers[matched:]
            return
        if width >= 4 and paragraph and table_at(paragraph.lines) is not None:
            self.close()
            paragraph = None
        if width >= 4 and not paragraph:
            if not opened:
                del self.containers[matched:]
            return
        heading = width < 4 and re.match(r"#{1,6}([ \t]|$)", rest)
        rule = width < 4 and re.match(r"([-*_])[ \t]*(\1[ \t]*){2,}$", rest)
        underline = width < 4 and whole and paragraph and re.match(r"(=+|-+)[ \t]*$", rest)
        if underline:
            self.close()
        elif heading or rule:
            self.close()
            if not opened:
                del self.containers[matched:]
            if heading:
                self.runs.append(Run([(number, rest)]))
        elif paragraph:
            paragraph.lines.append((number, rest))
            self.comments(rest)
        else:
            if not opened:
                del self.containers[matched:]
            self.leaf = Leaf("paragraph", lines=[(number, rest)])
            self.comments(rest)

    def comments(self, rest: str) -> None:
        """Keep track of block comments between lines with `%%`, in which tasks are no tasks."""
        if self.comment:
            self.comment = "%%" not in rest
        elif rest.startswith("%%") and rest.count("%%") == 1:
            self.comment = any("%%" in line for line in self.lines[self.index + 1 :])

    def feed(self, text: str, number: int) -> bool:
        """Give the line to the open block that is not read; False where that block ended before this line."""
        leaf = self.leaf
        assert leaf is not None
        if leaf.kind == "fence":
            width, rest = lead(text, 0)
            if width < 4 and len(rest.rstrip()) >= len(leaf.end) and set(rest.rstrip()) == {leaf.end[0]}:
                self.leaf = None
        elif leaf.kind == "math":
            if "$$" in text:
                after = text[text.index("$$") + 2 :].strip()
                self.leaf = None
                if after:
                    self.runs.append(Run([(number, after)]))
        elif html_ends(text, leaf.end):
            self.leaf = None
        return True

    def opaque(self, rest: str, width: int, in_paragraph: bool, matched: int | None) -> bool:
        """Open a fence, an HTML block or a block of math, if this line does."""
        leaf: Leaf | None = None
        fence = re.match(r"(`{3,}|~{3,})(.*)$", rest)
        html = html_end(rest, in_paragraph) if rest.startswith("<") else None
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            leaf = Leaf("fence", end=fence[1])
        elif html is not None:
            leaf = Leaf("html", end=html)
        elif rest.startswith("$$") and "$$" not in rest[2:] and self.later("$$", self.containers[:matched]):
            leaf = Leaf("math")
        if leaf is None:
            return False
        self.close()
        if matched is not None:
            del self.containers[matched:]
        done = leaf.kind == "html" and leaf.end != "" and html_ends(rest, leaf.end)
        self.leaf = None if done else leaf
        return True

    def container(
        self, rest: str, width: int, column: int, direct: bool, number: int, matched: int | None
    ) -> tuple[str, int] | None:
        """Open a quote, a list item or a footnote, if the rest of the line does; what is left of the line then."""
        bullet, numbered = BULLET.match(rest), NUMBER.match(rest)
        new: Container
        after: tuple[str, int]
        footnote = FOOTNOTE.match(rest)
        if rest.startswith(">"):
            new, after = Container("quote"), self.behind_quote(rest, column + width)
        elif footnote:
            new, after = (
                Container("footnote", 4),
                (rest[footnote.end() :].lstrip(" \t"), column + width + footnote.end()),
            )
        elif (bullet or numbered) and not re.match(r"([-*_])[ \t]*(\1[ \t]*){2,}$", rest):
            if direct and bullet and re.match(r"-[ \t]*$", rest):
                return None
            end = (bullet or numbered).end()  # type: ignore[union-attr]
            start = column + width + end
            gap, content = lead(rest[end:], start)
            if direct and (not content or (numbered and int(numbered[1]) != 1)):
                return None
            used = gap if content and gap < 5 else 1
            new = Container("item", width + end + used, empty=not content)
            after = (" " * (gap - used) + content if content else "", start + used)
            task = TASK.match(content) if gap < 5 else None
            if task and task[1] == " " and not self.comment:
                self.open_tasks.append(number)
        else:
            return None
        self.close()
        if matched is not None:
            del self.containers[matched:]
        self.containers.append(new)
        return after
