"""A random source and the names of a vault in; the text of its notes out, in every form that a note is written in.

How often the hard shapes occur (code fences inside lists and quotes, code by indentation, HTML, math) lies within what
six public vaults have: a fence in a list or a quote in 0 to 5 % of the notes of most, indented code in 0 to 10 %.
"""

from __future__ import annotations

import os
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from random import Random

from note_words import CALLOUTS, FOREIGN, LANGUAGES, SITES, STATUSES, TAGS, WORDS


@dataclass(frozen=True, slots=True)
class Life:
    """When a note was begun and last edited, in seconds since 1970, UTC."""

    created: int
    modified: int


@dataclass(frozen=True, slots=True)
class Page:
    """One note to be written: its path without `.md`, its links as paths, the size aimed at.

    A link that starts with `?` is one to a note that does not exist.
    """

    path: str
    links: Sequence[str]
    size: int
    life: Life
    with_properties: bool


@dataclass(slots=True)
class Counts:
    """How often the rarer shapes were written."""

    with_properties: int = 0
    invalid_yaml: int = 0
    links: int = 0
    fence_in_list: int = 0
    fence_in_quote: int = 0
    indented_code: int = 0


@dataclass(slots=True)
class Prose:
    """Writes notes for one vault. `names` are the paths of all its notes, `twins` the base names that occur twice."""

    random: Random
    names: Sequence[str]
    twins: frozenset[str]
    attachments: int
    counts: Counts = field(default_factory=Counts)
    _sentences: list[str] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _source: str = ""
    _blocks: tuple[Callable[[], str], ...] = ()
    _weights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        self._sentences = [self._new_sentence() for _ in range(12_000)]
        blocks: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.46, self._paragraph),
            (0.12, self._heading),
            (0.20, self._list),
            (0.07, self._quote),
            (0.045, self._fence),
            (0.025, self._table),
            (0.012, self._math),
            (0.008, self._comment),
            (0.008, self._html),
            (0.0025, self._indented),
            (0.012, self._references),
            (0.006, self._query),
            (0.008, self._footnote),
            (0.02, self._rule),
        )
        self._blocks = tuple(block for _, block in blocks)
        self._weights = tuple(accumulate(weight for weight, _ in blocks))

    def write(self, page: Page) -> str:
        """The whole text of a note; every one of its links stands in it."""
        chance = self.random.random
        self._links, self._source = list(page.links), page.path
        self.counts.links += len(page.links)
        head = self._properties(page) if page.with_properties else ""
        parts = [f"# {page.path.rpartition('/')[2]}"] if chance() < 0.6 else []
        written = len(head) + sum(map(len, parts))
        total = self._weights[-1]
        while written < page.size:
            block = self._blocks[bisect(self._weights, chance() * total)]()
            parts.append(block)
            written += len(block) + 2 if block.isascii() else len(block.encode()) + 2
        if self.attachments and chance() < 0.08:
            parts.append(f"![[image {self._below(self.attachments)}.png{self._one(('', '|300', '|100x80'))}]]")
        if self._links:
            parts.append("\n".join(f"- {self._link()}" for _ in range(len(self._links))))
        if chance() < 0.03:
            parts.append(f"{self._sentence()} ^{self._below(16**6):06x}")
        return head + "\n\n".join(parts) + ("\n" if chance() < 0.9 else "")

    # --- small pieces ---------------------------------------------------------------------------------

    def _below(self, limit: int) -> int:
        return int(self.random.random() * limit)

    def _one(self, choices: Sequence[str]) -> str:
        return choices[int(self.random.random() * len(choices))]

    def _words(self, number: int) -> str:
        return " ".join(self.random.choices(WORDS, k=number))

    def _sentence(self) -> str:
        return self._sentences[int(self.random.random() * len(self._sentences))]

    def _new_sentence(self) -> str:
        chance = self.random.random
        words = self.random.choices(WORDS, k=5 + self._below(16))
        decorations: tuple[tuple[float, Callable[[str], str]], ...] = (
            (0.10, lambda word: self._one(FOREIGN)),
            (0.08, lambda word: f"**{word}**"),
            (0.05, lambda word: f"*{word}*"),
            (0.02, lambda word: f"=={word}=="),
            (0.01, lambda word: f"~~{word}~~"),
            (0.03, lambda word: f"{self._below(200)} ({word})"),
            (0.02, lambda word: f"{word} — that is, {word}s"),
        )
        for share, decorate in decorations:
            if chance() < share:
                place = self._below(len(words))
                words[place] = decorate(words[place])
        text = " ".join(words)
        return text[0].upper() + text[1:] + self._one((".", ".", ".", "?", "!"))

    def _decoy(self) -> str:
        """What would be a link and a tag, were it not in code, a comment or math."""
        return f"[[{self._one(self.names).rpartition('/')[2]}]] #decoy"

    # --- links ----------------------------------------------------------------------------------------

    def _link(self, *, in_table: bool = False) -> str:
        """The next link of the note in one of its forms, or an empty text if none is left."""
        if not self._links:
            return ""
        target = self._links.pop()
        if target.startswith("?"):
            return self._wikilink(target[1:], in_table)
        return self._markdown_link(target) if self.random.random() < 0.14 else self._wikilink(target, in_table)

    def _wikilink(self, target: str, in_table: bool) -> str:
        chance = self.random.random
        name = target.rpartition("/")[2]
        text = target if (name in self.twins and chance() < 0.8) or chance() < 0.1 else name
        if chance() < 0.03:
            text = text.lower() if chance() < 0.6 else text.upper()
        if chance() < 0.02:
            text += ".md"
        part = chance()
        if part < 0.07:
            text += f"#{self._words(2).title()}" + (f"#{self._words(1).title()}" if part < 0.01 else "")
        elif part < 0.09:
            text += f"#^{self._below(16**6):06x}"
        if chance() < 0.22:
            text += ("\\|" if in_table else "|") + self._words(1 + self._below(3))
        return f"{'!' if chance() < 0.05 else ''}[[{text}]]"

    def _markdown_link(self, target: str) -> str:
        chance = self.random.random
        path = target + ".md"
        if chance() < 0.5:
            path = os.path.relpath(path, os.path.dirname(self._source) or ".")
        if chance() < 0.1:
            path = path.removesuffix(".md")
        if chance() < 0.08:
            path += f"#{self._words(1)}"
        shown = f"**{self._words(1)}**" if chance() < 0.05 else self._words(2)
        title = f' "{self._words(2)}"' if chance() < 0.08 else ""
        if "(" in path or chance() < 0.2:
            return f"[{shown}](<{path}>{title})"
        escaped = path.replace("%", "%25").replace(" ", "%20")
        return f"{'!' if chance() < 0.03 else ''}[{shown}]({escaped}{title})"

    # --- properties -----------------------------------------------------------------------------------

    def _properties(self, page: Page) -> str:
        chance, words = self.random.random, self._words
        self.counts.with_properties += 1
        lines = [*self._tag_property(), *self._date_properties(page.life)]
        if chance() < 0.3:
            lines += ["aliases:", *(f"  - {words(2).title()} {self._below(9999)}" for _ in range(1 + self._below(2)))]
        if chance() < 0.25:
            lines.append(f"status: {self._one(STATUSES)}")
        if chance() < 0.3:
            lines.append(f'title: "{words(3).capitalize()}: {words(2)}"')
        if chance() < 0.15:
            lines.append(f"publish: {self._one(('true', 'false'))}")
        if chance() < 0.12:
            lines.append(f"rating: {self._below(50) / 10}")
        if chance() < 0.1:
            lines += ["source:", f"  name: {words(2)}", f"  url: {self._one(SITES)}{words(1)}", "  seen: [1, 2, 3]"]
        if chance() < 0.06:
            lines += ["meta: {kind: web, checked: true}", "cssclasses:", "  - wide"]
        if chance() < 0.05:
            lines += [f"summary: {self._one(('|', '>-'))}", f"  {self._sentence()}", f"  {self._sentence()}"]
        if chance() < 0.05:
            lines += ["author:", "# a comment", f"city: {self._one(FOREIGN)}"]
        if self._links and chance() < 0.15:
            lines.append(f'up: "[[{self._links.pop().lstrip("?").rpartition("/")[2]}]]"')
        if len(self._links) > 1 and chance() < 0.1:
            lines += ["related:", *(f'  - "[[{self._links.pop().lstrip("?")}]]"' for _ in range(2))]
        if chance() < 0.02:
            lines.append(f'context: "see {self._decoy()} for more"')
        if chance() < 0.005:
            self.counts.invalid_yaml += 1
            lines.append(
                self._one(("by: @someone", "name: a: b: c", "list: [open", "  - **bold** start", "\tkey: tab"))
            )
        if all(line[:1].isalpha() for line in lines):
            self.random.shuffle(lines)
        return "\n".join(["---", *lines, "---", ""])

    def _tag_property(self) -> list[str]:
        form = self.random.random()
        tags = self.random.sample(TAGS, 1 + self._below(4))
        if form < 0.35:
            return [f"tags: [{', '.join(tags)}]"]
        if form < 0.8:
            return ["tags:", *(f"  - {tag}" for tag in tags)]
        return [f"tags: {tags[0]}"] if form < 0.85 else []

    def _date_properties(self, life: Life) -> list[str]:
        lines = []
        for share, names, moment in (
            (0.6, ("created", "created", "date created", "date"), life.created),
            (0.45, ("modified", "updated", "last modified"), life.modified),
        ):
            if self.random.random() < share:
                when = datetime.fromtimestamp(moment, UTC)
                forms = (
                    when.strftime("%Y-%m-%d"),
                    when.strftime("%Y-%m-%dT%H:%M:%S"),
                    when.strftime('"%Y-%m-%d %H:%M"'),
                )
                lines.append(f"{self._one(names)}: {forms[bisect((0.6, 0.85), self.random.random())]}")
        return lines

    # --- blocks ---------------------------------------------------------------------------------------

    def _paragraph(self) -> str:
        chance = self.random.random
        sentences = [self._sentence() for _ in range(1 + self._below(6))]
        for _ in range(min(len(self._links), (0, 0, 1, 1, 2, 3)[self._below(6)])):
            place = self._below(len(sentences))
            sentences[place] = f"{sentences[place][:-1]} {self._link()}."
        additions: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.12, lambda: f" #{self._one(TAGS)}"),
            (0.12, lambda: f" Use `{self._words(1)}` or `{self._words(2)}`."),
            (0.01, lambda: f" ``not a ` {self._decoy()}``"),
            (0.02, lambda: f" With $x_{{{self._below(9)}}} = y^2$ in it."),
            (0.008, lambda: f" It costs ${self._below(90)} or $7 in all."),
            (0.006, lambda: " \\[\\[escaped]] and \\#escaped too."),
            (0.06, lambda: f" See [{self._words(2)}]({self._one(SITES)}{self._words(1)}?q={self._below(99)}#part)."),
            (0.03, lambda: f" {self._one(SITES)}{self._words(1)}"),
            (0.015, lambda: f' <span class="small">{self._words(2)}</span>'),
            (0.008, lambda: f"<br>{self._sentence()}"),
            (0.01, lambda: f" %%aside: {self._sentence()}%%"),
            (0.004, lambda: f" <!-- {self._decoy()} -->"),
            (0.02, lambda: f" {self._words(1)}:: {self._words(2)}"),
            (0.012, lambda: f" As said.[^{1 + self._below(3)}]"),
            (0.004, lambda: f" [app](obsidian://open?vault=Garden&file={self._words(1)})"),
            (0.003, lambda: f' <a href="{self._words(1)}.md">{self._words(1)}</a>'),
        )
        for share, addition in additions:
            if chance() < share:
                place = self._below(len(sentences))
                sentences[place] += addition()
        return ("\n" if chance() < 0.15 else " ").join(sentences)

    def _heading(self) -> str:
        link = f" {self._link()}" if self._links and self.random.random() < 0.05 else ""
        return f"{'#' * (1 + self._below(4))} {self._words(2 + self._below(4)).capitalize()}{link}"

    def _list(self) -> str:
        chance = self.random.random
        task = chance() < 0.2
        bullet = "1. " if chance() < 0.12 else "* " if chance() < 0.1 else "- "
        step = "\t" if chance() < 0.3 else " " * max(2, len(bullet))
        depth, lines = 0, []
        for _ in range(2 + self._below(8)):
            box = f"[{self._one((' ', ' ', 'x', 'x', '-'))}] " if task else ""
            text = self._sentence() if chance() < 0.6 else self._words(2 + self._below(5))
            if self._links and chance() < 0.35:
                text += f" {self._link()}"
            if chance() < 0.04:
                text += f" #{self._one(TAGS)}"
            lines.append(f"{step * depth}{bullet}{box}{text}")
            depth = max(0, min(3, depth + (0, 0, 0, 1, -1, -2)[self._below(6)]))
        if chance() < 0.012:
            self.counts.fence_in_list += 1
            lines += [f"{' ' * len(bullet)}{line}" for line in self._code_lines("```")]
        return "\n".join(lines)

    def _quote(self) -> str:
        chance = self.random.random
        lines = []
        if chance() < 0.6:
            lines.append(f"[!{self._one(CALLOUTS)}]{self._one(('', '', '-', '+'))} {self._words(3).capitalize()}")
        lines += [self._sentence() for _ in range(1 + self._below(3))]
        if self._links:
            lines[-1] += f" {self._link()}"
        if chance() < 0.033:
            self.counts.fence_in_quote += 1
            lines += self._code_lines("```")
        if chance() < 0.1:
            lines += ["", f"- {self._sentence()}", f"- {self._words(3)}"]
        return "\n".join(f"> {line}" if line else ">" for line in lines)

    def _code_lines(self, fence: str) -> list[str]:
        chance = self.random.random
        lines = [fence + self._one(LANGUAGES)]
        for _ in range(2 + self._below(10)):
            form = chance()
            word, other = self._one(WORDS), self._one(WORDS)
            if form < 0.06:
                lines.append(f"x = {self._decoy()}")
            elif form < 0.2:
                lines.append(f"# {word} {other}")
            else:
                lines.append(f"{self._one(('', '    '))}{word}_{other}({self._below(99)}, [{other}])")
        return [*lines, fence]

    def _fence(self) -> str:
        return "\n".join(self._code_lines("```" if self.random.random() < 0.9 else "~~~~"))

    def _table(self) -> str:
        columns = 2 + self._below(3)
        rows = [f"| {' | '.join(self.random.choices(WORDS, k=columns))} |", "|" + " --- |" * columns]
        for _ in range(2 + self._below(6)):
            cells = self.random.choices(WORDS, k=columns)
            cells[0] = self._link(in_table=True) or cells[0]
            rows.append(f"| {' | '.join(cells)} |")
        return "\n".join(rows)

    def _math(self) -> str:
        return f"$$\n\\sum_{{i=0}}^{{{self._below(9)}}} a_{{i}} + [[0, 1]] #x\n$$"

    def _comment(self) -> str:
        if self.random.random() < 0.5:
            return f"%%\n{self._sentence()} {self._link()}\n%%"
        return f"<!-- {self._words(4)}\n{self._decoy()} -->"

    def _html(self) -> str:
        if self.random.random() < 0.5:
            return f'<div class="box">\n{self._words(4)} {self._decoy()}\n</div>'
        return f"<details>\n<summary>{self._words(2)}</summary>\n\n{self._sentence()} {self._link()}\n\n</details>"

    def _indented(self) -> str:
        self.counts.indented_code += 1
        return "\n".join(f"    {self._words(3)} {self._decoy()}" for _ in range(1 + self._below(3)))

    def _references(self) -> str:
        word = self._words(1)
        target = self._one(self.names).replace(" ", "%20")
        return f"{self._sentence()} See [that note][{word}].\n\n[{word}]: {target}.md"

    def _query(self) -> str:
        tag = self._one(TAGS)
        if self.random.random() < 0.3:
            return f"```tasks\nnot done\ntags include #{tag}\n```"
        return f"```dataview\nLIST FROM #{tag}\nSORT file.mtime DESC\n```"

    def _footnote(self) -> str:
        return f"{self._sentence()}[^{self._below(99)}]\n\n[^{1 + self._below(3)}]: {self._sentence()} {self._link()}"

    def _rule(self) -> str:
        return "---"
