"""Processes for the parts of a plan."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """Give so many processes, begun when they are needed; None for one job, which needs no other process.

    Ctrl-C is for the process that began them: the others finish what they do.
    """
    if jobs == 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN)) as executor:
        yield executor
