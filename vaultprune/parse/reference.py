"""The text below the properties in, what it holds out: the full reading, by way of markdown-it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.token import Token

from vaultprune.model import Link, LinkKind, Query
from vaultprune.parse import block_rules, inline_rules, plain, queries
from vaultprune.parse.body import OPEN_TASK, Body, html_block_links, html_tag_links, outside_comments, told
from vaultprune.syntax import markdown_link, reference, uri
from vaultprune.syntax.target import Target

LONGEST_BLOCK = 100_000
MOST_BRACKETS = 2_000
"""Above these one paragraph is only searched: finding pairs of brackets takes the square of their number."""

_CODE = frozenset({"fence", "code_block", "html_block", "math_block"})
_TASKS = frozenset({"list_item_open", "table_open"})
_MARKS = frozenset({"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"})


class _Reader(MarkdownIt):
    """markdown-it with our rules. Destinations are neither changed nor refused."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": 1_000_000})
        self.enable(["table", "strikethrough"])
        self.disable("reference")
        stops_text: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
        block = self.block.ruler
        block.before("table", "depth", block_rules.depth_rule)
        block.at("table", block_rules.table_rule, {"alt": ["paragraph", "reference"]})
        block.before("fence", "math_block", block_rules.math_rule, stops_text)
        block.before("reference", "footnote", block_rules.footnote_rule, {"alt": ["paragraph", "reference"]})
        for rule in list(block.__rules__):
            function = rule.fn
            if rule.name in ("blockquote", "list", "footnote"):
                function = block_rules.remembering(function, quote=rule.name == "blockquote")
            if "paragraph" in rule.alt:
                block.at(rule.name, block_rules.unless_lazy(function), {"alt": rule.alt})
        block.at("lheading", block_rules.underlined_rule)
        block.at("paragraph", block_rules.paragraph_rule)
        inline = self.inline.ruler
        inline.before("link", "wikilink", inline_rules.wikilink_rule)
        inline.at("link", inline_rules.link_rule)
        inline.disable("image")
        inline.at("autolink", inline_rules.autolink_rule)
        inline.at("html_inline", inline_rules.html_rule)
        inline.before("escape", "uri", inline_rules.uri_rule)
        inline.before("escape", "math", inline_rules.math_rule)
        inline.before("escape", "tag", inline_rules.tag_rule)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """The destination as written."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """The text as written."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """No destination is refused."""
        return True


_READER = _Reader()


def read(text: str, first_line: int) -> Body:
    """What a body holds. Never raises; a body nested too deeply is only searched for links, and says so."""
    try:
        tokens: list[Token] = []
        _READER.block.parse(text, _READER, {"bases": []}, tokens)
        return _Walk(text, first_line, tokens).body()
    except (RecursionError, block_rules.TooDeep):
        return plain.read(text, first_line, "nested too deeply to read in full; its links were only looked for")


@dataclass(slots=True)
class _Walk:
    """One pass over the block tokens of a body, gathering as it goes."""

    text: str
    first_line: int
    tokens: Sequence[Token]
    links: list[Link] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    tasks: list[int] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    env: dict[str, Any] = field(default_factory=lambda: {"definitions": {}, "used": set()})

    def body(self) -> Body:
        defined = self._definitions()
        for number, token in enumerate(self.tokens):
            line = token.map[0] if token.map else 0
            if token.type == "inline":
                self._inline(token.content, line)
            elif token.type == "html_block":
                self.links.extend(html_block_links(token.content, line + self.first_line))
            elif token.type == "fence":
                query = queries.in_code(token.info, token.content)
                self.queries.extend([query] if query else [])
            elif token.type in _TASKS and self._is_open_task(number):
                self.tasks.append(line + self.first_line)
        for label, line in defined.items():
            if label not in self.env["used"]:
                target = markdown_link.target(self.env["definitions"][label])
                self._add("reference", target, line)
        self.links.sort(key=lambda link: link.line)
        return Body(tuple(self.links), tuple(self.tags), self._tasks_outside_comments(), tuple(self.queries))

    def _definitions(self) -> dict[str, int]:
        """The line of every label that is defined; the definitions are taken out of the paragraphs' texts."""
        lines: dict[str, int] = {}
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.type != "paragraph_open" or not token.content.startswith("[") or "]:" not in token.content:
                continue
            found, end = reference.definitions(token.content)
            for at, label, destination in found:
                if label not in lines:
                    lines[label] = (token.map or [0])[0] + token.content.count("\n", 0, at)
                    self.env["definitions"][label] = destination
            token.content = "\n" * token.content.count("\n", 0, end) + token.content[end:]
        return lines

    def _is_open_task(self, number: int) -> bool:
        item, *inner = self.tokens[number : number + 3]
        if item.type == "table_open":
            return bool(item.meta.get("open_task"))
        return (
            len(inner) == 2  # a heading, where a further item has just been begun below it: `-` underlines
            and (inner[0].type == "paragraph_open" or (inner[0].type == "heading_open" and inner[0].markup in "-="))
            and inner[1].map is not None
            and item.map is not None
            and inner[1].map[0] == item.map[0]
            and OPEN_TASK.match(inner[1].content) is not None
        )

    def _tasks_outside_comments(self) -> tuple[int, ...]:
        if not self.tasks or "%%" not in self.text:
            return tuple(self.tasks)
        code = {line for token in self.tokens if token.type in _CODE and token.map for line in range(*token.map)}
        lines = ((number, line) for number, line in enumerate(self.text.split("\n"), self.first_line) if "%%" in line)
        marked = ((number, line) for number, line in lines if number - self.first_line not in code)
        return tuple(outside_comments(self.tasks, marked))

    def _inline(self, content: str, line: int) -> None:
        if len(content) > LONGEST_BLOCK or content.count("[") > MOST_BRACKETS:
            searched = plain.read(content, line + self.first_line)
            self.links.extend(searched.links)
            self.tags.extend(searched.tags)
            return
        tokens: list[Token] = []
        _READER.inline.parse(content, _READER, self.env, tokens)
        for token in tokens:
            at = token.meta.get("at", 0) if token.meta else 0
            if token.type == "link":
                self._add(token.meta["kind"], token.meta["target"], line + content.count("\n", 0, at))
            elif token.type == "html_inline":
                self.links.extend(html_tag_links(token.content, line + self.first_line + content.count("\n", 0, at)))
            elif token.type == "link_open":
                target = uri.target(str(token.attrs.get("href", "")))
                self._add("uri", target, line + content.count("\n", 0, at))
        self.tags.extend(_tags(tokens))

    def _add(self, kind: LinkKind, target: Target | None, line: int) -> None:
        self.links.extend(told(kind, target, line + self.first_line))


def _tags(tokens: Sequence[Token]) -> Iterator[str]:
    """The tags that count: free on their left, or behind a tag, an escape, an emphasis mark or an HTML tag."""
    before = False
    for token in tokens:
        if token.type == "tag":
            counts = token.meta["left"] == "free" or (token.meta["left"] == "before" and before)
            name = token.meta["name"] if counts else None
            if name:
                yield name
            before = name is not None
        elif token.type != "text" or token.content:
            before = (
                token.type in _MARKS
                or (token.type == "text_special" and token.info == "escape" and token.content != token.markup)
                or (token.type == "html_inline" and not token.content.startswith("<!"))
            )
