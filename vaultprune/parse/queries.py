"""The text of a query in, the folders and tags that it names literally out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vaultprune.model import Query
from vaultprune.parse.tree import Items, Leaf, Mapping, Node, Unreadable
from vaultprune.syntax import tag

_SOURCE_ENDS = re.compile(r"\b(?:where|sort|group|flatten|limit)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_PAGES = re.compile(r"""\.pages(?:Paths)?\(\s{0,9}(?:"([^"\n]{0,1000})"|'([^'\n]{0,1000})'|`([^`\n]{0,1000})`)""")
_FOLDER = re.compile(r'([-!]?)"([^"\n]{1,500})"')
_TAG = re.compile(rf"([-!]?)#({tag.CHARACTERS}+)")
_TASKS_FOLDER = re.compile(r"\b(?:path|folder|root) includes ([^()\n]{1,500})", re.IGNORECASE)
_TASKS_TAG = re.compile(r"\b(?:tags|tag) includes? #?([^()\s]{1,500})", re.IGNORECASE)
_SEARCH = re.compile(r'(-?)\b(path|tag):(?:"([^"\n]{1,500})"|([^\s"()]{1,500}))', re.IGNORECASE)
_CALL = re.compile(
    r"(!?)(?:[\w.]{0,50}\.)?(inFolder|hasTag|taggedWith|startsWith|contains|containsAny)\(([^()\n]{0,1000})\)"
)
_EQUALS = re.compile(r"""\bfile\.folder\s{0,9}==\s{0,9}["']([^"'\n]{1,500})["']""")
_LITERAL = re.compile(r"""["']([^"'\n]{1,500})["']""")


def in_code(info: str, code: str) -> Query | None:
    """What a code block asks for, by its language; None if it is no query or names nothing."""
    language = _language(info)
    reader = _READERS.get(language)
    return reader(language, code) if reader else None


def is_query(info: str) -> bool:
    """Whether a code block with this info is a query."""
    return _language(info) in _READERS


def _language(info: str) -> str:
    words = info.split(None, 1)
    return words[0].lower() if words else ""


def _query(language: str, folders: Iterator[str], tags: Iterator[str]) -> Query | None:
    named = [folder.strip().strip("/") for folder in folders]
    tagged = [name for written in tags if (name := tag.in_property(written))]
    found = Query(language, tuple(dict.fromkeys(filter(None, named))), tuple(dict.fromkeys(tagged)))
    return found if found.folders or found.tags else None


def _sources(language: str, source: str) -> Query | None:
    """`"folder" or #tag`; what is excluded with a minus is not listed."""
    return _query(
        language,
        (found[2] for found in _FOLDER.finditer(source) if not found[1]),
        (found[2] for found in _TAG.finditer(_FOLDER.sub(" ", source)) if not found[1]),
    )


def _dataview(language: str, code: str) -> Query | None:
    start = _FROM.search(code)
    if not start:
        return None
    end = _SOURCE_ENDS.search(code, start.end())
    return _sources(language, code[start.end() : end.start() if end else len(code)])


def _dataviewjs(language: str, code: str) -> Query | None:
    return _sources(language, " ".join(found[1] or found[2] or found[3] or "" for found in _PAGES.finditer(code)))


def _tasks(language: str, code: str) -> Query | None:
    return _query(
        language,
        (found[1] for found in _TASKS_FOLDER.finditer(code) if "{{" not in found[1]),
        (found[1] for found in _TASKS_TAG.finditer(code)),
    )


def _search(language: str, code: str) -> Query | None:
    found = [(match[2].lower(), match[3] or match[4]) for match in _SEARCH.finditer(code) if not match[1]]
    return _query(
        language,
        (value for name, value in found if name == "path"),
        (value for name, value in found if name == "tag"),
    )


def _base_block(language: str, code: str) -> Query | None:
    from vaultprune.parse import yaml_block  # few vaults hold a base in a note

    try:
        query = base(yaml_block.read(code))
    except Unreadable:
        return None
    return query if query.folders or query.tags else None


def base(tree: Node | None) -> Query:
    """What the filters of a base name, in the whole and in its views."""
    filters = list(_filters(tree)) if tree is not None else []
    folders: list[str] = []
    tags: list[str] = []
    for text in filters:
        folders.extend(found[1] for found in _EQUALS.finditer(text))
        for call in _CALL.finditer(text):
            if not call[1]:
                about_tags = call[2] in ("hasTag", "taggedWith") or (".tags" in call[0] and "contains" in call[2])
                about_folders = call[2] == "inFolder" or call[0].startswith(("file.path.", "file.folder."))
                if about_tags or about_folders:
                    (tags if about_tags else folders).extend(found[1] for found in _LITERAL.finditer(call[3]))
    return _query("base", iter(folders), iter(tags)) or Query("base")


def _filters(node: Node) -> Iterator[str]:
    """The texts of all filters that are not negated."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _filters(item)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            if key == "filters":
                yield from _conditions(value)
            elif key == "views":
                yield from _filters(value)


def _conditions(node: Node) -> Iterator[str]:
    if isinstance(node, Leaf):
        yield node.written
    elif isinstance(node, Items):
        for item in node.items:
            yield from _conditions(item)
    else:
        for key, value in node.pairs:
            if key != "not":
                yield from _conditions(value)


_READERS: dict[str, Callable[[str, str], Query | None]] = {
    "dataview": _dataview,
    "dataviewjs": _dataviewjs,
    "tasks": _tasks,
    "query": _search,
    "base": _base_block,
}
