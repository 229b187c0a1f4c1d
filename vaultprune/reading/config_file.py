"""A vault and the environment in, the settings in force out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from vaultprune.config import Config, from_environment, from_toml
from vaultprune.errors import CannotStart
from vaultprune.reading.disk import cause, read_bytes

CONFIG_FILE = ".vaultprune/config.toml"
_LONGEST = 1024 * 1024


def read_config(vault: Path, environment: Mapping[str, str]) -> Config:
    """The defaults, with the vault's own config over them and the environment over that.

    No config file means the defaults. Raises `CannotStart` for one that cannot be read or does not fit: settings
    may be all that protects a note, so going on without them is out of the question.
    """
    try:
        # people keep their settings in one place and link to it, so a symlink is followed here
        data, size = read_bytes(os.path.join(vault, CONFIG_FILE), _LONGEST, follow=True)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        return from_environment(Config(), environment)
    except NotADirectoryError:
        own = CONFIG_FILE.rpartition("/")[0]
        raise CannotStart(f"{own} is a file, not a folder. Nothing has been read or changed.") from None
    except OSError as error:
        raise _cannot(f"cannot be read: {cause(error)}") from None
    except UnicodeDecodeError as error:
        raise _cannot(f"not UTF-8 text (byte {error.start + 1})") from None
    if size > len(data):
        raise _cannot("longer than 1 MiB, which no settings are")
    return from_environment(from_toml(Config(), text, CONFIG_FILE), environment)


def _cannot(why: str) -> CannotStart:
    return CannotStart(f"{CONFIG_FILE}: {why}. Nothing has been read or changed.")
