"""The compiler of the inner loops, where it is installed; without it the same functions run as plain Python."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

njit: Any = None
try:
    import numba

    settings: Any = numba.config
    if not settings.DISABLE_JIT:
        njit = numba.njit
except (ImportError, OSError):
    pass

Function = TypeVar("Function", bound="Callable[..., Any]")
COMPILED = njit is not None
"""Whether the inner loops are compiled."""


_folders: set[Path] = set()
"""Where compiled functions are kept that this process may run."""

index: Any = int if njit is None else numba.uint64
"""Marks a whole number as a place in an array that is never negative, so that loops over it are vectorised."""


def compiled(function: Function) -> Function:
    """Return the function compiled, to run without Python's lock; the function itself where no compiler is."""
    if njit is None:
        return function
    before = settings.CACHE_DIR
    settings.CACHE_DIR = before or str(cache_folder(Path(function.__code__.co_filename).parent))
    _folders.add(Path(settings.CACHE_DIR))
    try:
        fast: Any = njit(cache=True, nogil=True)(function)
    finally:
        settings.CACHE_DIR = before
    return fast  # type: ignore[no-any-return]


def cold() -> bool:
    """Return whether functions of this process are still to be compiled for the first time on this machine."""
    return any(next(folder.rglob("*.nbi"), None) is None for folder in _folders)


@cache
def cache_folder(folder: Path) -> Path:
    """Return where compiled functions of a folder are kept: elsewhere as soon as one of their files has changed.

    The compiler looks only at the file of a function, which may hold code of others and name their types.
    """
    texts = [path.read_bytes() for path in sorted(folder.glob("*.py"))]
    inner = b"".join(text for text in texts if b"wfm.domain.jit" in text)
    return folder / "__pycache__" / hashlib.sha256(inner).hexdigest()[:16]


def inlined(function: Function) -> Function:
    """Return the function compiled into each caller, which spares handing over many arrays at every call."""
    if njit is None:
        return function
    fast: Any = njit(inline="always")(function)
    return fast  # type: ignore[no-any-return]
