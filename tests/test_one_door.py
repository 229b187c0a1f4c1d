"""Only one room can change a vault: nothing outside `archiving` opens a file for writing, moves or removes one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "vaultprune"

DOOR = "archiving"

ALLOWED = {
    "state/store.py": "keeps what is remembered in the user's own cache folder",
    "ledger/store.py": "keeps what was seen in the user's own data folder",
    "ledger/place.py": "renames a file of that folder",
    "schedule/door.py": "writes the files of a schedule where the user's scheduler looks for them",
    "schedule/log.py": "keeps how the weekly runs ended in the user's own data folder",
    "cli/output.py": "writes --output and --save-baseline, where the person said",
}
"""Files outside the door that may write, none of them in a vault, and why."""

# of `os`: whatever makes, moves, removes or alters something on disk
OS_CALLS_TEXT = """
chflags chmod chown copy_file_range fchmod fchown fdopen ftruncate lchflags lchmod lchown link makedirs mkdir
mkfifo mknod posix_fallocate pwrite pwritev remove removedirs removexattr rename renames replace rmdir sendfile
setxattr splice symlink system truncate unlink utime write writev
"""
OS_CALLS = frozenset(OS_CALLS_TEXT.split())
OS_FLAGS = frozenset({"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC", "O_EXCL", "O_TMPFILE"})
# of any object: these names mean a file wherever they stand
METHODS_TEXT = """
chmod hardlink_to lchmod link_to mkdir rename rmdir symlink_to touch unlink write_bytes write_text
"""
METHODS = frozenset(METHODS_TEXT.split())
MODULES = frozenset({"ctypes", "fileinput", "mmap", "shutil", "tempfile"})
HARMLESS = {"shutil": frozenset({"which", "get_terminal_size"})}
WRITING_MODE = re.compile(r"[rbtU]*[wax+][rwaxbtU+]*")


def writes(source: str) -> list[str]:
    """What in a module's text could change something on disk, each with its line."""
    return [f"line {line}: {what}" for line, what in _writes(ast.parse(source))]


def _writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in MODULES and alias.name not in HARMLESS:
                    yield node.lineno, f"import {alias.name}"
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"from {node.module} import {name}") for name in _taken(node))
        elif isinstance(node, ast.Attribute):
            yield from ((node.lineno, what) for what in _attribute(node))
        elif isinstance(node, ast.Constant) and node.value in OS_FLAGS:
            yield node.lineno, f"{node.value!r}"
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, what) for what in _call(node))


def _taken(node: ast.ImportFrom) -> Iterator[str]:
    module = node.module or ""
    for alias in node.names:
        of_os = module in ("os", "posix", "nt") and alias.name in OS_CALLS | OS_FLAGS | {"open", "*"}
        of_others = module.split(".")[0] in MODULES and alias.name not in HARMLESS.get(module, ())
        if of_os or of_others:
            yield alias.name


def _attribute(node: ast.Attribute) -> Iterator[str]:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    if node.attr in OS_FLAGS or node.attr in METHODS or (owner == "os" and node.attr in OS_CALLS):
        yield f"{owner or '...'}.{node.attr}"
    elif owner in HARMLESS and node.attr not in HARMLESS[owner]:
        yield f"{owner}.{node.attr}"


def _call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if name == "replace" and owner is not None and len(node.args) == 1 and not node.keywords:
        yield "a path's replace"  # a text's takes two, a date's takes keywords
    if name == "open" and not (isinstance(owner, ast.Name) and owner.id == "os"):
        # open(file, mode), path.open(mode), gzip.open(file, mode)
        modes = node.args[1:2] if owner is None else node.args[:2]
        modes = modes + [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
        for mode in modes:
            if not isinstance(mode, ast.Constant):
                if owner is None or mode is not node.args[0]:
                    yield "open in a mode that cannot be seen here"
            elif isinstance(mode.value, str) and WRITING_MODE.fullmatch(mode.value):
                yield f"open in mode {mode.value!r}"


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(PACKAGE).as_posix() for file in FILES])
def test_nothing_outside_the_door_can_write(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    if name.startswith(f"{DOOR}/") or name in ALLOWED:
        return
    assert writes(file.read_text(encoding="utf-8")) == []


def test_the_door_itself_is_seen_to_write() -> None:
    assert writes((PACKAGE / DOOR / "files.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "open('a', 'w')",
        "open('a', 'ab')",
        "open('a', 'x')",
        "open('a', 'r+')",
        "open('a', mode='wb')",
        "open('a', mode)",
        "path.open('w')",
        "path.open(mode='a')",
        "io.open('a', 'w')",
        "gzip.open('a', 'wb')",
        "os.open('a', os.O_WRONLY)",
        "os.open('a', os.O_RDWR)",
        "os.open('a', os.O_RDONLY | os.O_CREAT)",
        "flags = getattr(os, 'O_CREAT')",
        "from os import O_WRONLY",
        "from os import open",
        "from os import *",
        "os.rename('a', 'b')",
        "os.replace('a', 'b')",
        "os.remove('a')",
        "os.unlink('a')",
        "os.mkdir('a')",
        "os.makedirs('a')",
        "os.rmdir('a')",
        "os.utime('a')",
        "os.truncate('a', 0)",
        "os.symlink('a', 'b')",
        "os.link('a', 'b')",
        "os.setxattr('a', 'b', b'c')",
        "os.write(1, b'')",
        "move = os.rename",
        "from os import rename",
        "from os import unlink as away",
        "import shutil; shutil.move('a', 'b')",
        "import shutil; shutil.rmtree('a')",
        "from shutil import copy",
        "import tempfile",
        "from tempfile import mkstemp",
        "import mmap",
        "import ctypes",
        "Path('a').write_text('')",
        "Path('a').write_bytes(b'')",
        "Path('a').mkdir()",
        "Path('a').unlink()",
        "Path('a').rename('b')",
        "Path('a').replace('b')",
        "Path('a').touch()",
        "Path('a').chmod(0)",
        "Path('a').symlink_to('b')",
    ],
)
def test_every_way_to_write_is_noticed(source: str) -> None:
    assert writes(source)


@pytest.mark.parametrize(
    "source",
    [
        "open('a')",
        "open('a', 'rb')",
        "open('a', encoding='utf-8')",
        "path.open('r')",
        "path.open()",
        "webbrowser.open(url)",
        "os.open('a', os.O_RDONLY | os.O_NOFOLLOW)",
        "os.read(1, 2)",
        "os.close(1)",
        "text.replace('a', 'b')",
        "text.replace('a', 'b', 1)",
        "moment.replace(tzinfo=None)",
        "dataclasses.replace(note, tags=())",
        "replace(note)",
        "items.remove(1)",
        "stream.write('x')",
        "import shutil; shutil.which('git')",
        "import shutil; shutil.get_terminal_size()",
        "from shutil import which",
        "from os import fsdecode",
        "path.read_text()",
        "path.exists()",
        "os.scandir('a')",
    ],
)
def test_what_only_reads_is_left_alone(source: str) -> None:
    assert writes(source) == []
