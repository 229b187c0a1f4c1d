"""A block of properties in, its tree out: python-frontmatter, held to the way in which Obsidian reads a block."""

from __future__ import annotations

from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from vaultprune.parse import yaml_block
from vaultprune.parse.tree import Items, Leaf, Mapping, Node


class ObsidianHandler(YAMLHandler):  # type: ignore[misc, unused-ignore]
    """Splits at the very first line and the next three dashes; loads through the guard.

    The handler it comes from allows blank lines above the block, four dashes, dates and `yes`.
    """

    def split(self, text: str) -> tuple[str, str]:
        """The block and the rest. `text` is what `properties.split` cut out, between dashes again."""
        return text.removeprefix("---\n").removesuffix("---"), ""

    def load(self, fm: str, **_: object) -> Any:
        """The tree of a block, under a name of its own: the library asks for a mapping."""
        return {"tree": yaml_block.read(fm)}


_HANDLER = ObsidianHandler()


def load(block: str) -> Node | None:
    """The tree of a block, None if it is empty. Raises `tree.Unreadable`."""
    metadata, _ = frontmatter.parse(f"---\n{block}---", handler=_HANDLER)
    tree = metadata["tree"]
    return tree if isinstance(tree, (Mapping, Items, Leaf)) else None
