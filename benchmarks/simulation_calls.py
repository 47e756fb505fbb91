"""A year of calls simulated by others: 4 agents, first come first served; their share answered within a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.simulation import Stream, Team, empirical, given, replay

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.simulation.laws import Floats

DAY = 86_400.0
AGENTS = 4
REPLICATIONS = 40


def measure(folder: Path, seed: int) -> dict[str, Any]:
    """Return the share within 60 s of the same calls with the same handle times, and with handle times drawn anew."""
    calls = pd.read_csv(folder / "simulated_call_centre.csv")
    started, answered, ended = (_clock(calls[name]) for name in ("call_started", "call_answered", "call_ended"))
    day = pd.factorize(calls["date"])[0]
    at, days = day * DAY + started, int(day.max()) + 1
    within = float((calls["wait_length"] <= 60).mean())
    same = _share(at, np.maximum(ended - answered, 0.0), days)
    rng, law = np.random.default_rng(seed), empirical(calls["service_length"])
    drawn = [_share(at, law.draw(rng, len(at)), days) for _ in range(REPLICATIONS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "calls": len(calls),
        "published_within_60s": round(within, 4),
        "same_handle_times": round(same, 4),
        "drawn_handle_times": [round(float(x), 4) for x in (low, np.mean(drawn), high)],
        "inside": bool(low <= within <= high),
    }


def _clock(column: pd.Series[Any]) -> Floats:
    times = pd.to_datetime(column, format="%I:%M:%S %p")
    return np.asarray((times - times.dt.normalize()).dt.total_seconds(), dtype=np.float64)


def _share(at: Floats, handle: Floats, days: int) -> float:
    stream = Stream("a", np.zeros(days), empirical(handle), acceptable_wait_seconds=60)
    counts = replay(given(at, 0, handle), [stream], [Team(("a",), (((0.0, days * DAY),),) * AGENTS)], DAY).tally
    return float(counts.answered_within.sum() / counts.offered.sum())
