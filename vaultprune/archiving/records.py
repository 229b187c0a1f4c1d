"""What the journal remembers, as values and as JSON: a unit is one note's move with the link rewrites it needs."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from vaultprune.archiving.paths import Seen, digest, note_parts
from vaultprune.errors import VaultpruneError
from vaultprune.model import Move, NotePath, Span
from vaultprune.moving import span_from_json, span_to_json

SCHEMA = 1
State = Literal["pending", "done", "aborted"]
_ID = re.compile(r"([0-9]{1,9})-([0-9a-f]{8})-([0-9]{4,6})")
_SHA = re.compile(r"[0-9a-f]{64}")
_DEVICE = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Image:
    """A file as it was at one moment: its bytes lie in the journal under their digest."""

    sha256: str
    size: int
    mode: int
    uid: int
    gid: int
    mtime_ns: int
    attributes: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One file rewritten: where it lies at that moment, before and after. Spans count in the bytes before."""

    path: NotePath
    before: Image
    after: str
    after_size: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The intent to move one note, as it was made durable before the first change. It is never altered.

    `together` are the notes of its row, itself among them, if there are others that have to move with it.
    """

    id: str
    kind: Literal["archive", "return"]
    plan: str
    at: datetime
    device: str
    move: Move
    image: Image
    dev: int
    ino: int
    folders: tuple[str, ...]
    edits: tuple[Edit, ...]
    together: tuple[NotePath, ...] = ()

    @property
    def batch(self) -> str:
        """The run that it was part of."""
        return self.id.rsplit("-", 1)[0]

    @property
    def order(self) -> tuple[int, int]:
        """Sorts units as they happened."""
        found = _ID.fullmatch(self.id)
        return (int(found[1]), int(found[3])) if found else (0, 0)

    @property
    def own_edit(self) -> Edit | None:
        """The rewrite of the moved note itself, if it has one."""
        return next((edit for edit in self.edits if edit.path == self.move.target), None)

    @property
    def images(self) -> frozenset[str]:
        """The digests of all bytes that this unit needs kept."""
        both = {digest for edit in self.edits for digest in (edit.before.sha256, edit.after)}
        return frozenset(both | {self.image.sha256})


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit, what became of it, and what there is to tell. `undone`: a later unit took it back.

    `apart`: its row could not be made whole again, and was let go.
    """

    unit: Unit
    state: State
    remarks: tuple[str, ...] = ()
    wrote: tuple[tuple[NotePath, str], ...] = field(default=())
    undone: bool = False
    apart: bool = False


class Damaged(VaultpruneError):
    """A file of the journal is not what was written."""

    exit_code = 4


def is_unit_id(name: str) -> bool:
    """Whether this can be the name of a unit."""
    return _ID.fullmatch(name) is not None


def is_device(name: str) -> bool:
    """Whether this can be the name of a device."""
    return _DEVICE.fullmatch(name) is not None


def image_of(seen: Seen) -> Image:
    """What was seen, without the bytes."""
    return Image(seen.sha256, seen.size, seen.mode, seen.uid, seen.gid, seen.mtime_ns, seen.attributes)


def unit_to_json(unit: Unit) -> bytes:
    """A unit as one JSON document in ASCII that carries a digest of itself."""
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "unit": unit.id,
        "kind": unit.kind,
        "plan": unit.plan,
        "at": unit.at.isoformat(),
        "device": unit.device,
        "from": unit.move.source,
        "to": unit.move.target,
        "undoes": unit.move.undoes,
        "note": _image(unit.image),
        "dev": unit.dev,
        "ino": unit.ino,
        "folders": list(unit.folders),
        "rewrites": [_edit(edit) for edit in unit.edits],
        "together": list(unit.together),
    }
    body = json.dumps(said)
    return json.dumps({"unit": said, "sha256": digest(body.encode())}).encode() + b"\n"


def unit_from_json(data: bytes, name: str) -> Unit:
    """The unit again; `Damaged` if a byte of it changed, or it names a path that nobody may change."""
    try:
        whole = json.loads(data)
        said = whole["unit"]
        if digest(json.dumps(said).encode()) != whole["sha256"] or said["unit"] != name:
            raise ValueError("not as it was written")
        if said["schema"] != SCHEMA:
            raise ValueError("of another version")
        image = _to_image(said["note"])
        move = Move(NotePath(said["from"]), NotePath(said["to"]), image.sha256, image.size, said["undoes"])
        unit = Unit(
            said["unit"],
            said["kind"],
            said["plan"],
            datetime.fromisoformat(said["at"]),
            said["device"],
            move,
            image,
            said["dev"],
            said["ino"],
            tuple(said["folders"]),
            tuple(_to_edit(edit) for edit in said["rewrites"]),
            tuple(NotePath(str(path)) for path in said.get("together", ())),  # older records have none
        )
        for path in (move.source, move.target, *unit.folders, *(edit.path for edit in unit.edits)):
            note_parts(path)
        if not all(_SHA.fullmatch(sha) for sha in unit.images):
            raise ValueError("not a digest")
        if not _DEVICE.fullmatch(unit.device) or (move.undoes and not is_unit_id(move.undoes)):
            raise ValueError("not a name of ours")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, VaultpruneError) as error:
        raise Damaged(f"the journal's record {name} is damaged ({error}); nothing is done with it.") from None
    return unit


def _image(image: Image) -> dict[str, Any]:
    return {
        "sha256": image.sha256,
        "bytes": image.size,
        "mode": image.mode,
        "uid": image.uid,
        "gid": image.gid,
        "mtime_ns": image.mtime_ns,
        "attributes": {name: base64.b64encode(value).decode() for name, value in image.attributes},
    }


def _to_image(said: dict[str, Any]) -> Image:
    attributes = tuple((name, base64.b64decode(value)) for name, value in said["attributes"].items())
    return Image(said["sha256"], said["bytes"], said["mode"], said["uid"], said["gid"], said["mtime_ns"], attributes)


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "path": edit.path,
        "before": _image(edit.before),
        "after": {"sha256": edit.after, "bytes": edit.after_size},
        "spans": [span_to_json(span) for span in edit.spans],
    }


def _to_edit(said: dict[str, Any]) -> Edit:
    return Edit(
        NotePath(said["path"]),
        _to_image(said["before"]),
        said["after"]["sha256"],
        said["after"]["bytes"],
        tuple(span_from_json(span) for span in said["spans"]),
    )
