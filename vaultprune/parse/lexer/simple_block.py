"""A block of properties in, its tree out, or None: the quick reading of keys with plain values and lists of them.

What it finds is exactly what `yaml_block` would find; where it cannot be sure of that, it declines.
"""

from __future__ import annotations

import re

from vaultprune.parse.tree import Items, Leaf, Mapping, Node, plain_value

LARGEST = 16 * 1024

# text that means itself: no blank before a `#`, none behind a `:`, nothing that YAML reads as a break or refuses
_NEVER = r"\n\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_INNER = rf"[^:#{_NEVER}]"
_PLAIN = rf"[\w/]{_INNER}*+(?:(?::(?![\n ]|\Z)|(?<! )#){_INNER}*+)*"
_IN_FLOW = rf"[\w/][^:#,\[\]{{}}{_NEVER}]*+"
_DOUBLE = rf"\"([^\\\"{_NEVER}]*+)\""
_SINGLE = rf"'([^'{_NEVER}]*+)'"
_QUOTED = rf"\"[^\\\"{_NEVER}]*+\"|'[^'{_NEVER}]*+'"
_FLOW_ITEM = rf"(?:{_IN_FLOW}|{_QUOTED})"

_LINE = re.compile(
    r"(?:([^\W_][\w\-]{0,60}+(?: [\w\-]{1,60}+){0,9}+):|( {0,60})-)"
    rf"(?: +(?:({_PLAIN})|{_DOUBLE}|{_SINGLE}|\[ *({_FLOW_ITEM}(?:, *{_FLOW_ITEM})*)? *\]))? *(?:\n|\Z)"
    rf"|(?:#[^{_NEVER}]{{0,200}}+)?\n"  # a comment
)
_ITEM = re.compile(rf"({_IN_FLOW})|{_DOUBLE}|{_SINGLE}")


def load(block: str) -> Mapping | None:
    """The tree of a block of simple lines, None if it is not made of such alone."""
    if len(block) > LARGEST:
        return None
    pairs: list[tuple[str, Node]] = []
    items: list[Node] = []
    indent = ""
    line = at = 0
    length = len(block)
    while at < length:
        found = _LINE.match(block, at)
        if not found:
            return None
        at = found.end()
        line += 1
        key, dash, plain, double, single, flow = found.groups()
        if key is None and dash is None:
            continue
        value: Node
        if plain is not None:
            plain = plain.rstrip(" ")
            value = Leaf(plain_value(plain), plain, line)
        elif double is not None or single is not None:
            text = double if double is not None else single
            value = Leaf(text, text, line)
        elif flow is not None or "[" in found[0]:
            value = Items(_flow(flow or "", line), line, True)
        else:
            value = Leaf(None, "", line)
        if key is not None:
            if items:
                pairs[-1] = (pairs[-1][0], Items(tuple(items), line))
                items = []
            pairs.append((key, value))
        else:
            above = pairs[-1][1] if pairs else value
            if not pairs or not isinstance(above, Leaf) or above.written or (items and dash != indent):
                return None
            indent = dash
            items.append(value)
    if items:
        pairs[-1] = (pairs[-1][0], Items(tuple(items), line))
    return Mapping(tuple(pairs), 1) if pairs else None


def _flow(written: str, line: int) -> tuple[Node, ...]:
    items: list[Node] = []
    for found in _ITEM.finditer(written):
        plain, double, single = found.groups()
        if plain is not None:
            plain = plain.rstrip(" ")
            items.append(Leaf(plain_value(plain), plain, line))
        else:
            text = double if double is not None else single
            items.append(Leaf(text, text, line))
    return tuple(items)
