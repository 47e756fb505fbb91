"""Speed of the Erlang C requirement: a year of half-hours, a million intervals, and a peer in the same run."""

from __future__ import annotations

import importlib
import resource
import statistics
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.erlang import required_agents

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

YEAR, MILLION = 17_520, 1_000_000
INTERVAL_SECONDS, AHT_SECONDS, LEVEL, WAIT_SECONDS, OCCUPANCY = 1800, 300, 0.8, 20, 0.9


def run(*, repeats: int = 7, peer_intervals: int = 4000, seed: int = 1) -> dict[str, Any]:
    """Return median seconds per task, memory, and how many times slower a peer is where one is installed.

    Loads are 5 to 500 erlangs, evenly spread on a logarithmic scale; 80 % within 20 s, occupancy at most 0.9. The peer
    and we take turns (A B A B) on the same `peer_intervals` intervals, and its answers are compared with ours.
    """
    rng = np.random.default_rng(seed)
    loads = np.exp(rng.uniform(np.log(5), np.log(500), MILLION))
    aht = rng.uniform(200, 400, MILLION)
    year = loads[:YEAR] * INTERVAL_SECONDS / AHT_SECONDS
    result: dict[str, Any] = {
        "benchmark": "erlang",
        "year_intervals": YEAR,
        "year_seconds": median_seconds(lambda: ours(year, AHT_SECONDS), repeats),
        "million_seconds": median_seconds(lambda: ours(loads * INTERVAL_SECONDS / aht, aht), 3),
        "million_shared_aht_seconds": median_seconds(lambda: ours(loads * INTERVAL_SECONDS / AHT_SECONDS, 300), 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__},
    }
    return result | against_peer(np.round(year[:peer_intervals]))


def ours(calls: npt.NDArray[np.float64], aht: npt.NDArray[np.float64] | float) -> npt.NDArray[Any]:
    """Return the agents that we require."""
    return required_agents(
        calls,
        aht,
        INTERVAL_SECONDS,
        service_level=LEVEL,
        acceptable_wait_seconds=WAIT_SECONDS,
        max_occupancy=OCCUPANCY,
    ).agents


def against_peer(calls: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Return the comparison with pyworkforce; without it, only that it is absent."""
    try:
        peer = importlib.import_module("pyworkforce.queuing").ErlangC
        installed = version("pyworkforce")
    except (ImportError, PackageNotFoundError):
        return {"pyworkforce": None}

    def theirs() -> list[int]:
        return [
            peer(
                transactions=c,
                asa=WAIT_SECONDS / 60,
                aht=AHT_SECONDS / 60,
                interval=INTERVAL_SECONDS // 60,
                shrinkage=0.0,
            ).required_positions(service_level=LEVEL, max_occupancy=OCCUPANCY)["raw_positions"]
            for c in calls.tolist()
        ]

    seconds: dict[str, list[float]] = {"a": [], "b": []}
    for _ in range(2):
        seconds["a"].append(median_seconds(lambda: ours(calls, AHT_SECONDS), 1))
        seconds["b"].append(median_seconds(theirs, 1))
    mine, other = (statistics.median(seconds[side]) for side in "ab")
    return {
        "pyworkforce": installed,
        "peer_intervals": len(calls),
        "peer_seconds": round(other, 4),
        "our_seconds": round(mine, 6),
        "peer_to_ours": round(other / mine, 1),
        "different_answers": int((ours(calls, AHT_SECONDS) != np.array(theirs())).sum()),
    }


def median_seconds(task: Callable[[], object], repeats: int) -> float:
    """Return the median wall time of a task in seconds, after one run to warm up."""
    task()
    taken = []
    for _ in range(repeats):
        begin = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begin)
    return round(statistics.median(taken), 5)
