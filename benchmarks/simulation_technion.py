"""A month of a bank's call log: patience and handle times estimated, its days simulated, compared with what happened.

The log does not say when agents were there. Two guesses: from the first to the last call of the day (`signed_on`), and
the same without the gaps of an agent in which somebody was waiting all the time (`available`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.simulation import (
    Stream,
    Team,
    empirical,
    exponential,
    handle_law,
    kaplan_meier,
    mean_patience,
    patience_law,
    simulate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wfm.simulation import Law
    from wfm.simulation.crew import Spans
    from wfm.simulation.laws import Floats

INTERVAL = 1800.0
DAY = 86_400.0
REPLICATIONS = 100
SHORTEST_GAP = 60.0
"""Seconds off the phone that may be a break."""
AT = (10, 30, 60, 120, 300)


def measure(folder: Path, seed: int) -> dict[str, Any]:
    """Return the estimates, and per guess what the simulation says of the month's long days."""
    log = read(folder / "data_anonymous_bank_february.txt")
    waits, lost = log["q_time"].to_numpy(float), log["lost"].to_numpy()
    served = log.loc[~log["lost"] & (log["ser_time"] > 0), "ser_time"].to_numpy(float)
    curve, handle = kaplan_meier(waits, lost), handle_law(served)
    patient = mean_patience(waits, lost)
    laws = {
        "exponential": (exponential(handle.mean), exponential(patient)),
        "measured": (empirical(served), patience_law(waits, lost)),
    }
    days = [part for _, part in log.groupby("date") if len(part) > 1000]
    return {
        "calls": len(log),
        "handle_mean_seconds": round(handle.mean, 1),
        "handle_cv": round(float(served.std() / served.mean()), 2),
        "mean_patience_seconds": round(patient, 1),
        "would_wait_longer": {
            t: round(float(curve.share[np.searchsorted(curve.seconds, t, "right") - 1]), 3) for t in AT
        },
        "days": len(days),
        "happened": _happened(days),
        "simulated": {
            guess: {name: _simulated(days, guess, *law, seed) for name, law in laws.items()}
            for guess in ("signed_on", "available")
        },
    }


def read(path: Path) -> pd.DataFrame:
    """Return the calls that reached the queue or an agent, times in seconds after midnight; phantom calls are none."""
    log = pd.read_csv(path, sep="\t")
    log = log[log["outcome"] != "PHANTOM"].copy()
    for name in ("vru_exit", "q_start", "q_exit", "ser_start", "ser_exit"):
        hour, minute, second = (log[name].str.split(":").str[k].astype(int) for k in range(3))
        log[name] = hour * 3600 + minute * 60 + second
    log["lost"] = log["outcome"] == "HANG"
    return log


def _happened(days: list[pd.DataFrame]) -> dict[str, float]:
    month = pd.concat(days)
    return {
        "abandoned": round(float(month["lost"].mean()), 4),
        "mean_wait_seconds": round(float(month["q_time"].mean()), 1),
        "answered_within_20s": round(float((~month["lost"] & (month["q_time"] <= 20)).mean()), 4),
    }


def _simulated(days: list[pd.DataFrame], guess: str, handle: Law, patience: Law, seed: int) -> dict[str, Any]:
    """Return the month's figures, and the mean distance of the days' abandonment to what happened."""
    sums, misses = np.zeros(4), []
    for k, day in enumerate(days):
        offered = np.histogram(day["vru_exit"], np.arange(0, DAY + 1, INTERVAL))[0]
        stream = Stream("a", offered.astype(float), handle, patience)
        counts = simulate(
            [stream], [Team(("a",), tuple(_agents(day, guess)))], INTERVAL, replications=REPLICATIONS, seed=seed + k
        ).tally
        columns = (counts.offered, counts.abandoned, counts.wait_seconds, counts.answered_within)
        found = np.array([column.sum() for column in columns]) / REPLICATIONS
        sums += found
        misses.append(abs(found[1] / found[0] - day["lost"].mean()))
    return {
        "abandoned": round(float(sums[1] / sums[0]), 4),
        "mean_wait_seconds": round(float(sums[2] / sums[0]), 1),
        "answered_within_20s": round(float(sums[3] / sums[0]), 4),
        "mean_miss_of_a_day": round(float(np.mean(misses)), 4),
    }


def _agents(day: pd.DataFrame, guess: str) -> Iterator[Spans]:
    """Return when each agent of a day was there."""
    calls = day[~day["lost"] & (day["ser_time"] > 0) & (day["server"] != "NO_SERVER")]
    waiting = _waiting(day)
    for _, mine in calls.groupby("server"):
        begin, end = (np.sort(mine[name].to_numpy(float)) for name in ("ser_start", "ser_exit"))
        cuts = (
            [] if guess == "signed_on" else [k for k in range(len(begin) - 1) if _away(waiting, end[k], begin[k + 1])]
        )
        edges = [begin[0], *(t for k in cuts for t in (end[k], begin[k + 1])), end[-1]]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        yield tuple((float(a), float(b)) for a, b in pairs if b > a)


def _waiting(day: pd.DataFrame) -> Floats:
    """Return how many callers wait in each second of a day."""
    queued = day[day["q_time"] > 0]
    change = np.zeros(int(DAY) + 1)
    np.add.at(change, queued["q_start"].clip(0, DAY).to_numpy(int), 1)
    np.add.at(change, queued["q_exit"].clip(0, DAY).to_numpy(int), -1)
    return np.cumsum(change)


def _away(waiting: Floats, begin: float, end: float) -> bool:
    """Return whether somebody waited for most of the time between two calls of an agent."""
    return end - begin >= SHORTEST_GAP and bool((waiting[int(begin) : int(end)] > 0).mean() > 0.5)
