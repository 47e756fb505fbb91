"""Speed of the queueing formulas: a year of half-hours, a million intervals, and a peer in the same run.

With `--cases` every case of a file is computed instead; with `--minimal` the answers of random cases are checked.
"""

from __future__ import annotations

import importlib
import resource
import statistics
import sys
import time
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from math import ceil, exp
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.erlang_cases import compute_file
from wfm.erlang import DEFINITIONS, erlang_a, required_agents, service_level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

YEAR, MILLION = 17_520, 1_000_000
INTERVAL_SECONDS, AHT_SECONDS, LEVEL, WAIT_SECONDS, OCCUPANCY = 1800, 300, 0.8, 20, 0.9
PATIENCE_SECONDS = 120


def run(
    *,
    cases: Path | None = None,
    out: Path | None = None,
    minimal: int | None = None,
    repeats: int = 7,
    sample: int = 40,
    seed: int = 1,
) -> dict[str, Any]:
    """Return the cases of a file, the misses of random cases, or median seconds per task and a peer's beside ours.

    Loads are 5 to 500 erlangs, evenly spread on a logarithmic scale; 80 % within 20 s. Erlang C also keeps an occupancy
    of 0.9; Erlang A has a patience of 120 s.
    """
    if cases is not None:
        return compute_file(cases, out)
    if minimal is not None:
        return {"benchmark": "erlang", "cases": minimal, "misses": misses(minimal, seed)}
    rng = np.random.default_rng(seed)
    loads = np.exp(rng.uniform(np.log(5), np.log(500), MILLION))
    aht = rng.uniform(200, 400, MILLION)
    year = loads[:YEAR] * INTERVAL_SECONDS / AHT_SECONDS
    short, its = loads[:10_000] * INTERVAL_SECONDS / aht[:10_000], aht[:10_000]
    result: dict[str, Any] = {
        "benchmark": "erlang",
        "year_intervals": YEAR,
        "year_seconds": median_seconds(lambda: ours(year, AHT_SECONDS), repeats),
        "year_patience_seconds": {
            name: median_seconds(partial(with_patience, year, definition=name), 3) for name in DEFINITIONS
        },
        "ten_thousand_seconds": median_seconds(lambda: ours(short, its), repeats),
        "million_seconds": median_seconds(lambda: ours(loads * INTERVAL_SECONDS / aht, aht), 3),
        "million_shared_aht_seconds": median_seconds(lambda: ours(loads * INTERVAL_SECONDS / AHT_SECONDS, 300), 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__},
    }
    calls = np.round(year)
    return result | {"erlang_c_peer": against_peer(calls), "erlang_a_peer": against_retimed(calls, sample)}


def ours(calls: Floats, aht: Floats | float) -> npt.NDArray[Any]:
    """Return the agents that we require under Erlang C."""
    return required_agents(
        calls,
        aht,
        INTERVAL_SECONDS,
        service_level=LEVEL,
        acceptable_wait_seconds=WAIT_SECONDS,
        max_occupancy=OCCUPANCY,
    ).agents


def with_patience(calls: Floats, definition: Any = "offered") -> npt.NDArray[Any]:
    """Return the agents that we require under Erlang A."""
    return required_agents(
        calls,
        AHT_SECONDS,
        INTERVAL_SECONDS,
        service_level=LEVEL,
        acceptable_wait_seconds=WAIT_SECONDS,
        patience_seconds=PATIENCE_SECONDS,
        definition=definition,
    ).agents


def misses(count: int, seed: int) -> dict[str, int]:
    """Return how often SL(n) >= target > SL(n-1) fails, for Erlang C and each definition of Erlang A."""
    rng = np.random.default_rng(seed)
    load = np.exp(rng.uniform(np.log(0.01), np.log(2000), count))
    aht, wait, target = rng.uniform(30, 900, count), rng.uniform(0, 120, count), rng.uniform(0.3, 0.999, count)
    patience = np.exp(rng.uniform(np.log(5), np.log(3000), count))
    found = required_agents(load, aht, aht, service_level=target, acceptable_wait_seconds=wait).agents
    few, enough = (service_level(found - less, load, aht, wait) for less in (1, 0))
    result = {"erlang_c": int(((enough < target) | (few >= target)).sum())}
    for name in DEFINITIONS:
        found = required_agents(
            load,
            aht,
            aht,
            service_level=target,
            acceptable_wait_seconds=wait,
            patience_seconds=patience,
            definition=name,
        ).agents
        few, enough = (erlang_a(found - less, load, aht, patience, wait).service_level(name) for less in (1, 0))
        alone = found == 1
        result[name] = int(((enough < target) | ((few >= target) & ~alone)).sum())
    return result


def against_peer(calls: Floats) -> dict[str, Any]:
    """Return the comparison with pyworkforce, taking turns; without it, its algorithm written anew and timed."""
    try:
        erlang = importlib.import_module("pyworkforce.queuing").ErlangC
        name = f"pyworkforce {version('pyworkforce')}"
    except (ImportError, PackageNotFoundError):
        return _turns(calls, ours_c, retimed_c, "pyworkforce is not installed: its published algorithm, written anew")

    def theirs(some: Floats) -> list[int]:
        return [
            erlang(
                transactions=c,
                asa=WAIT_SECONDS / 60,
                aht=AHT_SECONDS / 60,
                interval=INTERVAL_SECONDS // 60,
                shrinkage=0.0,
            ).required_positions(service_level=LEVEL, max_occupancy=OCCUPANCY)["raw_positions"]
            for c in some.tolist()
        ]

    return _turns(calls, ours_c, theirs, name)


def ours_c(calls: Floats) -> npt.NDArray[Any]:
    """Return our agents at the shared handle time."""
    return ours(calls, AHT_SECONDS)


def retimed_c(calls: Floats) -> list[int]:
    """Return agents as pyworkforce 0.5 finds them: one more at a time, the recurrence of 1/B from 1 agent each time."""
    return [_one_c(c * AHT_SECONDS / INTERVAL_SECONDS) for c in calls.tolist()]


def _one_c(load: float) -> int:
    n = round(load + 1)
    while _level_c(load, n) < LEVEL:
        n += 1
    return max(n, ceil(load / OCCUPANCY))


def _level_c(load: float, n: int) -> float:
    inverse = 1.0
    for k in range(1, n + 1):
        inverse = 1 + inverse * k / load
    waits = n / inverse / (n - load * (1 - 1 / inverse))
    return 1 - waits * exp(-(n - load) * WAIT_SECONDS / AHT_SECONDS)


def against_retimed(calls: Floats, sample: int) -> dict[str, Any]:
    """Return the comparison with Erlang A as pyworkforce 0.5.3 publishes it, written anew and timed on a sample.

    That release needs Python 3.12. Its search starts at the load, so it never finds fewer agents than that.
    """
    said = f"the published algorithm of pyworkforce 0.5.3, written anew and timed on {sample} intervals"
    return _turns(calls, with_patience, retimed_a, said, sample)


def retimed_a(calls: Floats) -> list[int]:
    """Return agents from the load up, each judged by the state probabilities and a uniformised chain of a waiter."""
    return [_one_a(c * AHT_SECONDS / INTERVAL_SECONDS) for c in calls.tolist()]


def _one_a(load: float) -> int:
    n = max(1, ceil(load))
    while _level_a(load, n) < LEVEL:
        n += 1
    return n


def _level_a(load: float, n: int) -> float:
    """Return the share answered in time: stationary states, then a uniformised chain for each place in the line."""
    weights, term, total = [1.0], 1.0, 1.0
    while len(weights) <= n or term >= 1e-15 * total:
        k = len(weights)
        total += term
        term *= load / (min(k, n) + max(k - n, 0) * AHT_SECONDS / PATIENCE_SECONDS)
        weights.append(term)
    waiting = sum(weights[n + ahead] * _in_time(n, ahead, len(weights) - n) for ahead in range(len(weights) - n))
    return (sum(weights[:n]) + waiting) / sum(weights)


def _in_time(n: int, ahead: int, places: int) -> float:
    """Return the chance of one with so many ahead to be answered in time: every step moves every place."""
    service, leaving = n / AHT_SECONDS, 1 / PATIENCE_SECONDS
    pace = service + places * leaving
    jumps = pace * WAIT_SECONDS
    here = [0.0] * places
    here[ahead] = 1.0
    chance, served, result = exp(-jumps), 0.0, 0.0
    for step in range(1, int(jumps + 10 * jumps**0.5 + 50) + 1):
        after = [0.0] * places
        for place, share in enumerate(here):
            if share == 0.0:
                continue
            forward = service + place * leaving
            if place:
                after[place - 1] += share * forward / pace
            else:
                served += share * forward / pace
            after[place] += share * (pace - forward - leaving) / pace
        here = after
        chance *= jumps / step
        result += chance * served
    return result


def _turns(
    calls: Floats, mine: Callable[[Floats], Any], other: Callable[[Floats], list[int]], name: str, sample: int = YEAR
) -> dict[str, Any]:
    """Return median seconds per interval of both, A B A B, and how their answers differ; the other sees a sample."""
    seconds: dict[str, list[float]] = {"a": [], "b": []}
    for _ in range(2):
        seconds["a"].append(median_seconds(lambda: mine(calls), 3) / len(calls))
        begin = time.perf_counter()
        answers = other(calls[:sample])
        seconds["b"].append((time.perf_counter() - begin) / len(calls[:sample]))
    here, there = (statistics.median(seconds[side]) for side in "ab")
    differ = np.asarray(mine(calls[:sample])) - np.array(answers)
    return {
        "peer": name,
        "peer_seconds_per_interval": round(there, 8),
        "our_seconds_per_interval": round(here, 9),
        "peer_to_ours": round(there / here, 1),
        "ours_fewer": int((differ < 0).sum()),
        "ours_more": int((differ > 0).sum()),
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
