"""The archive's folder in, the one note that says what lies there out, for whoever finds it in ten years."""

from __future__ import annotations


def about_text(folder: str) -> str:
    """The note `About this archive`. It carries a property by which the program knows it for its own."""
    return f"""---
vaultprune-about: archive
---
# About this archive

The notes in this folder were set aside by vaultprune, because they had been quiet for a long time or because somebody
chose them. Nothing was deleted and no text was edited. Each note lies below the same folders as before: what was
`Ideas/Boxes.md` is `{folder}/Ideas/Boxes.md` now. Links to it go on working.

## Bringing a note back

- With the program: `vaultprune restore "Boxes"` brings one note back, `vaultprune undo` all of the last run.
- Without it: move the note to where it was, that is, take `{folder}/` off its path. In Obsidian, drag it there, and
  links that name its folder follow. If a folder carries a day, as in `Ideas (archived 2026-11-20)`, leave that off.

The record of what was moved, and the bytes of every file from before, lie in `.vaultprune/journal/`. This note itself
is of no use to the program: change it or take it away as you like.
"""
