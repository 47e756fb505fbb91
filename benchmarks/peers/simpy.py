"""simpy: one queue with patience, written as its documentation suggests, on the contacts that we drew."""

from __future__ import annotations

import importlib
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

    from wfm.simulation import Contacts


def name() -> str | None:
    """Return its name and version; None when it is not installed."""
    try:
        return f"simpy {version('simpy')}"
    except PackageNotFoundError:
        return None


def measure(contacts: Contacts, agents: int) -> tuple[float, int]:
    """Return the seconds that all replications take, and how many contacts are answered."""
    simpy: Any = importlib.import_module("simpy")
    begin, answered = time.process_time(), 0
    for r in range(contacts.replications):
        part = slice(contacts.first[r], contacts.first[r] + contacts.firsts[r])
        rows = list(
            zip(*(c[part].tolist() for c in (contacts.arrival, contacts.handle, contacts.patience)), strict=True)
        )
        answered += _replication(simpy, rows, agents)
    return time.process_time() - begin, answered


def _replication(simpy: Any, rows: list[tuple[float, float, float]], agents: int) -> int:
    centre = simpy.Environment()
    staff = simpy.Resource(centre, capacity=agents)
    answered = [0]

    def caller(handle: float, patience: float) -> Generator[Any, Any, None]:
        with staff.request() as turn:
            got = yield turn | centre.timeout(patience)
            if turn in got:
                answered[0] += 1
                yield centre.timeout(handle)

    def source() -> Generator[Any, Any, None]:
        for arrival, handle, patience in rows:
            yield centre.timeout(arrival - centre.now)
            centre.process(caller(handle, patience))

    centre.process(source())
    centre.run()
    return answered[0]
