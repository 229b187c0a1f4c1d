"""The files of a vault in, their columns out: what is asked of all files is asked of a column."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import cast, overload

from vaultprune.model import File, FileKind, NotePath


class Files(Sequence[File]):
    """The files of a vault in path order, each made when it is asked for; what is asked of all of them is a column."""

    def __init__(
        self,
        paths: Sequence[str],
        kinds: Sequence[FileKind],
        sizes: array[int],
        written: array[int],
        symlinked: Sequence[bool],
    ) -> None:
        self.paths = cast("Sequence[NotePath]", paths)
        self.kinds, self.sizes, self.written, self.symlinked = kinds, sizes, written, symlinked

    @classmethod
    def of(cls, files: Sequence[File]) -> Files:
        """These files."""
        if isinstance(files, Files):
            return files
        return cls(
            [file.path for file in files],
            [file.kind for file in files],
            array("q", [file.size for file in files]),
            array("q", [file.mtime_ns for file in files]),
            [file.symlinked for file in files],
        )

    def linked(self) -> frozenset[NotePath]:
        """The paths of those that are reached through a symbolic link."""
        return frozenset(path for path, linked in zip(self.paths, self.symlinked, strict=True) if linked)

    def written_of(self, paths: Sequence[NotePath]) -> list[int | None]:
        """When each of these was written last; None for what is no file of the vault."""
        known = dict(zip(self.paths, self.written, strict=True))
        return [known.get(path) for path in paths]

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> File: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[File, ...]: ...
    def __getitem__(self, place: int | slice) -> File | tuple[File, ...]:
        if isinstance(place, slice):
            return tuple([self[number] for number in range(*place.indices(len(self)))])
        linked = self.symlinked[place]
        return File(self.paths[place], self.kinds[place], self.sizes[place], self.written[place], linked)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == each for one, each in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
