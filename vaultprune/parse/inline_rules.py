"""Inline rules for markdown-it: where its tokenizer meets the definitions in `syntax`, marked tokens come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as plain_autolink
from markdown_it.rules_inline import html_inline as plain_html

from vaultprune.model import LinkKind
from vaultprune.syntax import markdown_link, math, reference, tag, uri, wikilink
from vaultprune.syntax.target import Target

DEEPEST_LABEL = 30
"""Links within links beyond this depth are text; more is no writing but an attack."""


def wikilink_rule(state: StateInline, silent: bool) -> bool:
    """`[[note]]` and `![[note]]`, before Markdown links have their say."""
    embed = state.src[state.pos] == "!"
    found = wikilink.WIKILINK.match(state.src, state.pos + embed, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, "embed" if embed else "wikilink", wikilink.target(found[1]), state.pos)
    end = found.end()
    tail = markdown_link.TAIL.match(state.src, end, state.posMax)
    if tail:  # `[[1]](note.md)`: read either way it is a link, so it is both
        if not silent:
            _push_destination(state, "image" if embed else "markdown", markdown_link.destination(tail), state.pos)
        end = tail.end()
    state.pos = end
    return True


def link_rule(state: StateInline, silent: bool) -> bool:
    """`[text](destination)`, `![alt](destination)` and `[text][label]`; links within `text` count as well."""
    image = state.src[state.pos] == "!"
    start = state.pos + image
    if start >= state.posMax or state.src[start] != "[":
        return False
    end = _label_end(state, start)
    if end < 0:
        return False
    at = state.pos
    tail = markdown_link.TAIL.match(state.src, end + 1, state.posMax)
    if tail:
        after = tail.end()
        if not silent:
            _push_destination(state, "image" if image else "markdown", markdown_link.destination(tail), at)
    else:
        defined, after = _definition(state, start, end)
        if defined is None:
            return False
        if not silent:
            state.env["used"].add(defined)
            _push_destination(state, "reference", state.env["definitions"][defined], at)
    if not silent:
        limit, state.pos, state.posMax = state.posMax, start + 1, end
        state.push("label_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("label_close", "", -1)
        state.posMax = limit
    state.pos = after
    return True


def _label_end(state: StateInline, start: int) -> int:
    """Where the `]` stands that closes the `[` at `start`; -1 if there is none that could make a link."""
    if state.level >= DEEPEST_LABEL:
        return -1
    if not state.env["definitions"] and state.src.find("](", start, state.posMax) < 0:
        return -1
    return parseLinkLabel(state, start)


def _definition(state: StateInline, start: int, end: int) -> tuple[str | None, int]:
    """The label that `[text][label]`, `[label][]` or `[label]` uses, if it is defined, and where the use ends."""
    definitions = state.env["definitions"]
    if not definitions:
        return None, end
    second = reference.LABEL.match(state.src, end + 1, state.posMax)
    label = reference.normalised((second[1] if second else "") or state.src[start + 1 : end])
    return (label if label in definitions else None), second.end() if second else end + 1


def uri_rule(state: StateInline, silent: bool) -> bool:
    """`obsidian://...` in running text; the text rule stops at its colon."""
    if state.src[state.pos] != ":" or not state.src.startswith("://", state.pos):
        return False
    start = state.pos - len("obsidian")
    found = uri.URI.match(state.src, start, state.posMax) if start >= 0 else None
    if not found:
        return False
    if not silent:
        _push_uri(state, found[0], start)
    state.pos = found.end()
    return True


def math_rule(state: StateInline, silent: bool) -> bool:
    """`$x$` and `$$x$$`, skipped."""
    if state.src[state.pos] != "$":
        return False
    end = math.end(state.src, state.pos, state.posMax)
    if end < 0:  # two dollars that open nothing are not looked at one by one
        end = state.pos + 1
        while end < state.posMax and state.src[end] == "$":
            end += 1
        if not silent:
            state.append_pending(state.src[state.pos : end])
    elif not silent:
        state.push("math", "", 0)
    state.pos = end
    return True


def tag_rule(state: StateInline, silent: bool) -> bool:
    """`#tag`, with what stands left of it: whether that lets it count is known only when emphasis is."""
    if state.src[state.pos] != "#":
        return False
    found = tag.TAG.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    written = found[1]
    if written[-1] == "_" and any(mark.marker == 0x5F and mark.open for mark in state.delimiters):
        written = written.rstrip("_")  # it closes the emphasis in which the tag stands
        if not written:
            return False
    if not silent:
        left = _left_of(state)
        token = state.push("tag", "", 0)
        token.meta = {"left": left, "name": tag.name(written)}
    state.pos += 1 + len(written)
    return True


def _left_of(state: StateInline) -> str:
    """What stands left of the `#` at hand: `free`, `blocked`, or `before` for what the token before it decides."""
    at = state.pos
    if at == 0 or tag.BEFORE.match(state.src, at - 1):
        return "free"
    if state.src.startswith("==", at - 2) and (at == 2 or tag.BEFORE.match(state.src, at - 3)):
        return "free"  # a highlight, which marks as emphasis does
    if state.pending or not state.tokens:
        return "blocked"
    return "before"


def html_rule(state: StateInline, silent: bool) -> bool:
    """Inline HTML, with its place."""
    return _placed(state, silent, plain_html, 1)


def autolink_rule(state: StateInline, silent: bool) -> bool:
    """`<https://...>`: leads out of the vault, unless it is a URI of the app."""
    return _placed(state, silent, plain_autolink, 3)


def _placed(state: StateInline, silent: bool, rule: Callable[[StateInline, bool], bool], back: int) -> bool:
    at = state.pos
    done = rule(state, silent)
    if done and not silent:
        state.tokens[-back].meta = {"at": at}
    return done


def _push(state: StateInline, kind: LinkKind, target: Target, at: int) -> None:
    token: Any = state.push("link", "", 0)
    token.meta = {"kind": kind, "target": target, "at": at}


def _push_destination(state: StateInline, kind: LinkKind, written: str, at: int) -> None:
    target = markdown_link.target(written)
    if target:
        _push(state, kind, target, at)
    else:
        _push_uri(state, markdown_link.unescaped(written), at)


def _push_uri(state: StateInline, written: str, at: int) -> None:
    target = uri.target(written)
    if target:
        _push(state, "uri", target, at)
