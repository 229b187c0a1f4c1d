"""A review in, pages in a browser out until somebody is done; the terminal tells where they are, and how it ended."""

from __future__ import annotations

import os
import sys

from vaultprune.cli.asking import UNCHANGED, can_ask
from vaultprune.cli.reviewing.sought import Sought
from vaultprune.cli.screen import tell
from vaultprune.errors import CannotStart
from vaultprune.reports.page import View
from vaultprune.words import listed

LIBRARIES = ("jinja2", "starlette", "uvicorn")
"""What the pages need beyond everything else: the extra `web`."""
WITH_NOW = "the clock was set with --now, and a decision is made at its own time."


def review_on_page(sought: Sought, shape: View, *, port: int, opens: bool | None, looking: str = "") -> None:
    """Serve the pages until somebody is done. `opens`: whether a browser is opened, None for where somebody sits."""
    try:
        from vaultprune.web.serving import listening, serve
    except ModuleNotFoundError as missing:
        wanted = " ".join(LIBRARIES)
        raise CannotStart(
            f"the local page wants {listed(LIBRARIES)}, and {missing.name} is not installed: pip install {wanted}, or "
            f"pipx inject vaultprune {wanted}. review --tty and review --note go without. {UNCHANGED}"
        ) from None
    from vaultprune.cli.reviewing.on_page import OnPage

    with listening(port) as at:
        review = OnPage(sought, shape, looking)

        def begun(address: str, once: str) -> None:
            tell(f"The review is at {address}\nIt stays on this machine. Done, or Ctrl-C here, ends it.\n")
            if _sits_there() if opens is None else opens:
                _open(once)

        serve(review, at, begun)
    tell("\n" + "\n".join(review.farewell()) + "\n")


def _open(address: str) -> None:
    """Have a browser show this, and wait for none: one in the terminal stays until its reader leaves it."""
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _sits_there() -> bool:
    """Whether somebody sits before this machine, at a terminal, with a screen on which a browser can be seen."""
    if not can_ask() or "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
