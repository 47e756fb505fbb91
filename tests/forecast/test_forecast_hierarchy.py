"""Queues of one group agree with their sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, history, inputs, settings

from wfm.forecast import look_ahead
from wfm.forecast.base import Outlook, Tried
from wfm.forecast.hierarchy import reconciled, summed
from wfm.forecast.models.analyst_mean import AnalystMean

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs

FIRST, LAST = date(2026, 1, 5), date(2026, 4, 30)
TARGET = {"target": {"service_level": 0.8}, "aht_seconds": 200}
RNG = np.random.default_rng(2)


def world(group: str | None) -> Inputs:
    """Return two queues that take contacts from each other by turns while their sum stays."""
    known = settings(queues={name: {**TARGET, "group": group} for name in ("sales", "service")})
    offered = contacts(known, FIRST, LAST, 9600)
    days = np.array([(d - FIRST).days for d in pd.DatetimeIndex(offered.index).date])
    part = np.clip(0.5 + 0.15 * np.repeat(RNG.normal(size=30), 7)[days % 210], 0.1, 0.9)
    base = inputs(known, offered)
    frames = [
        pd.DataFrame({"offered": (offered * p).round(), "aht_seconds": np.nan, "spread": False})
        for p in (part, 1 - part)
    ]
    table = pd.concat(frames, keys=["sales", "service"], names=["queue", "interval_start"])
    return replace(base, history=table)


def test_the_sum_of_the_queues_comes_nearer_to_the_groups_own_forecast() -> None:
    """A steady sum beside restless queues: reconciled, their sum is nearer to the truth of 9,600 on a plain day."""
    days = calendar(settings(), FIRST, LAST)
    sums = []
    for group in (None, "all"):
        given = world(group)
        found = look_ahead(given, days, given.settings.grid).table["offered"]
        assert (found >= 0).all()
        plain = np.asarray(pd.DatetimeIndex(found.index.get_level_values("interval_start")).day) == 13
        sums.append(float(found[plain].sum()))
    assert abs(sums[1] - 9600) <= abs(sums[0] - 9600) + 25


def test_who_is_less_certain_moves_more() -> None:
    """A day short by 100 goes nearly all to the queue whose past errors were large; closed days stay 0."""
    known = settings()
    past = history(known, contacts(known, FIRST, LAST, 4800))
    grid = known.grid
    day = np.full((28, 48), 100.0)

    def tried(error: float) -> tuple[Tried, ...]:
        return tuple(Tried(day * RNG.normal(1, error, (28, 1)), day) for _ in range(5))

    expected = np.where(np.asarray(grid.starts.day) == 10, 0.0, 90.0)
    outlooks = {"sure": Outlook(expected, tried(0.02)), "unsure": Outlook(expected, tried(0.3))}
    found = reconciled(outlooks, {"sure": past, "unsure": past}, AnalystMean(), calendar(known, FIRST, LAST), grid)
    moved = {queue: float(np.abs(one.expected - expected).sum()) for queue, one in found.items()}
    assert moved["unsure"] > 10 * moved["sure"]
    assert (found["unsure"].expected[expected == 0] == 0).all()
    assert (found["unsure"].expected >= 0).all()


def test_sums_need_every_queue() -> None:
    """The sum covers the common days, and is unknown where one queue is."""
    known = settings()
    one = history(known, contacts(known, FIRST, LAST))
    other = history(known, contacts(known, date(2026, 2, 2), date(2026, 3, 1)))
    both = summed([one, other])
    assert (both.first, both.last) == (date(2026, 2, 2), date(2026, 3, 1))
    assert both.counts[0] == pytest.approx(one.counts[28] + other.counts[0])
