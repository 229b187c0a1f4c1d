"""The lookup of links once more, written straight from the rules: slow, plain, and without any index."""

from __future__ import annotations

from collections.abc import Collection
from unicodedata import normalize

from vaultprune.model import Link, NotePath


def spelling(text: str) -> str:
    text = normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "/")
    return "/".join(part for part in text.split("/") if part)


def canon(text: str) -> str:
    return spelling(text).lower().replace("ς", "σ")


def folder(path: str) -> str:
    return path[: path.rindex("/")] if "/" in path else ""


def meant(files: Collection[NotePath], link: Link, source: NotePath) -> set[NotePath]:
    """The files that a link means, of all files of a vault."""
    if link.kind == "canvas":
        return whole(files, spelling(link.path))
    if link.path == "":
        return {source}
    return one_text(files, link.path, source) or one_text(files, link.path.strip(), source)


def one_text(files: Collection[NotePath], text: str, source: NotePath) -> set[NotePath]:
    parts = [part for part in text.replace("\\", "/").split("/") if part]
    if not parts or parts[-1] in (".", ".."):
        return set()
    if parts[0] in (".", "..") and not text.startswith(("/", "\\")):
        path = followed(f"{folder(source)}/{text}")
        return first(whole(files, path, only_dotted=True), whole(files, path + ".md")) if path else set()
    path = followed(text)
    if not path:
        return set()
    if text.startswith(("/", "\\")):
        return first(whole(files, path, only_dotted=True), whole(files, path + ".md"))
    exact = whole(files, path, only_dotted=True)
    if exact:
        return exact
    as_note = whole(files, path + ".md")
    as_written = nearest(below(files, path), path, source) if "." in path.split("/")[-1] else set()
    return as_note | as_written or nearest(below(files, path + ".md"), path + ".md", source)


def first(*sets: set[NotePath]) -> set[NotePath]:
    return next((found for found in sets if found), set())


def followed(text: str) -> str:
    """The path with `.` and `..` followed, empty if that leads out of the vault."""
    walked: list[str] = []
    for part in spelling(text).split("/"):
        if part == ".." and not walked:
            return ""
        if part == "..":
            walked.pop()
        elif part != ".":
            walked.append(part)
    return "/".join(walked)


def whole(files: Collection[NotePath], path: str, *, only_dotted: bool = False) -> set[NotePath]:
    if only_dotted and "." not in path.split("/")[-1]:
        return set()
    return best_spelt({file for file in files if canon(file) == canon(path)}, path)


def below(files: Collection[NotePath], path: str) -> set[NotePath]:
    return {file for file in files if canon(file).endswith("/" + canon(path)) or canon(file) == canon(path)}


def nearest(files: set[NotePath], path: str, source: NotePath) -> set[NotePath]:
    own = {file for file in files if folder(file) == folder(source)}
    if own or not files:
        return best_spelt(own, path)
    lengths = {file: len(spelling(file).encode("utf-16-le", "surrogatepass")) // 2 for file in files}
    return best_spelt({file for file in files if lengths[file] == min(lengths.values())}, path)


def best_spelt(files: set[NotePath], path: str) -> set[NotePath]:
    """Without the files that another one, the same but for case, beats by being spelt as the link is."""

    def fits(file: NotePath) -> bool:
        return ("/" + spelling(file)).endswith("/" + path)

    return {
        file for file in files if fits(file) or not any(fits(other) and canon(other) == canon(file) for other in files)
    }
