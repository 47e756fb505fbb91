"""The output folder: written beside the old one and swapped in whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def ready(folder: Path) -> None:
    """Do nothing where `folder/out` can be written: asked before a long search, not after it.

    Raises
    ------
    OSError
        When the folder may not be written, or a file stands in the place of `out`.
    """
    out = folder / "out"
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(out))
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Return an empty folder to write into, which becomes `folder/out` when the block ends without an exception.

    A run that is killed at any moment leaves the old `out` whole or the new one whole: the two are exchanged in one
    step where the system can (Linux), else renamed one after the other, which `recover` repairs. On an exception the
    new files are removed and `out` is untouched.
    """
    recover(folder)
    ready(folder)
    new = folder / "out.tmp"
    _remove(new)
    new.mkdir()
    try:
        yield new
        _sync(new)
        _swap(new, folder / "out", folder / "out.old")
    finally:
        _remove(new)


def recover(folder: Path) -> None:
    """Put `folder/out` back when a run was killed between two renames; remove what it left behind."""
    out, old = folder / "out", folder / "out.old"
    if old.exists() and not out.exists():
        old.rename(out)
    _remove(old)


def _swap(new: Path, out: Path, old: Path) -> None:
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        out.rename(old)
        new.rename(out)
        _remove(old)
    _sync_folder(out.parent)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; return False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
