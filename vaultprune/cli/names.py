"""What was typed to name a note in, its path out; or the notes that it might mean, ready to paste."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Callable, Iterable, Sequence

from vaultprune.errors import CannotStart
from vaultprune.graph.resolve import lookup_key
from vaultprune.model import Note, NotePath
from vaultprune.words import count, safe

AT_MOST = 5


def the_note(typed: str, notes: Sequence[Note], here: str | None, paste: Callable[[str], str]) -> Note:
    """The one note that is meant: by its vault path, by its path from the current folder, or as in a wikilink.

    `here` is the current folder as a path in the vault, None outside it. Case, Unicode form and `.md` do not
    matter. `/Note` is the vault's own, `./Note` the current folder's. Raises `CannotStart` where several notes are
    meant, all of them listed, or none, with up to five that come close; `paste` makes the command for each.
    """
    by_path = _by_path(typed, notes, here)
    found = by_path or _by_name(_as_link(typed), notes)
    if len(found) == 1:
        return found[0]
    if found:
        root = "/" if by_path else ""  # without it the same two readings would be there again
        says = f'"{safe(typed)}" may mean {count(len(found), "note")}. Name one by its path:'
        raise CannotStart(_choice(says, [root + note.path for note in found], paste))
    near = _nearest(_as_link(typed), notes)
    says = f'there is no note "{safe(typed)}".'
    if not near:
        raise CannotStart(f"{says} Nothing has been changed.")
    raise CannotStart(_choice(f"{says} Did you mean", near, paste))


def _as_link(typed: str) -> str:
    """The link path in `[[path#heading|text]]`; what has no brackets is taken as it stands."""
    text = typed.strip()
    text = text[1:] if text.startswith("![[") else text
    if text.startswith("[[") and text.endswith("]]"):
        return text[2:-2].partition("|")[0].partition("#")[0].strip()
    return typed.strip()


def _key(path: str) -> str:
    return lookup_key(path[:-3] if path.lower().endswith(".md") else path)


def _by_path(typed: str, notes: Sequence[Note], here: str | None) -> list[Note]:
    """The notes whose path in the vault or from the current folder this is; two of them where the readings differ."""
    text = _as_link(typed)
    places = set()
    if not text.startswith(("./", "../")):
        places.add(_key(text.strip("/")))
    if here is not None and not text.startswith("/"):
        places.add(_key(posixpath.normpath(posixpath.join(here, text))))
    # a file of another ending is meant by nobody, but a note may be called "a.md.md"
    places |= {_key(place + ".md.md") for place in list(places) if text.lower().endswith(".md")}
    return _exact_first(text, [note for note in notes if _key(note.path) in places])


def _by_name(text: str, notes: Sequence[Note]) -> list[Note]:
    """The notes that a wikilink of this text could mean: those whose path ends with it."""
    wanted = _key(text.strip("/"))
    if not wanted or text.startswith(("./", "../", "/")):
        return []
    return _exact_first(text, [note for note in notes if ("/" + _key(note.path)).endswith("/" + wanted)])


def _exact_first(text: str, found: list[Note]) -> list[Note]:
    """Of notes that differ in case alone, the one spelt as typed."""
    spelt = [
        note for note in found if note.path in (text, f"{text}.md") or note.path.endswith((f"/{text}", f"/{text}.md"))
    ]
    alike = {_key(note.path) for note in found}
    return spelt if len(alike) == 1 and len(spelt) == 1 else found


def _nearest(text: str, notes: Iterable[Note]) -> list[NotePath]:
    """The notes whose name, path or alias comes closest."""
    known: dict[str, list[NotePath]] = {}
    for note in notes:
        path = _key(note.path)
        for spelling in {path, path.rsplit("/", 1)[-1], *(lookup_key(alias) for alias in note.aliases)}:
            known.setdefault(spelling, []).append(note.path)
    wanted = _key(text)
    close = difflib.get_close_matches(wanted, known, n=AT_MOST, cutoff=0.6)
    if len(wanted) > 2:
        close += sorted((spelling for spelling in known if wanted in spelling), key=len)[:AT_MOST]
    paths = dict.fromkeys(path for spelling in close for path in known[spelling])
    return list(paths)[:AT_MOST]


def _choice(says: str, paths: Sequence[str], paste: Callable[[str], str]) -> str:
    return "\n".join([says, *(f"  {paste(safe(path))}" for path in paths), "Nothing has been changed."])
