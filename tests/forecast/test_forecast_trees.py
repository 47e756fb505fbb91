"""What the boosted trees look at; forecasts themselves need LightGBM and are tested with all other models."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from forecast_house import calendar, contacts, grid_of, history, settings

from wfm.domain.clock import dates
from wfm.forecast import FORECASTERS
from wfm.forecast.models.boosted_trees import Seen, features, seen_of
from wfm.forecast.special import day_table
from wfm.forecast.totals import known_totals

FR = settings(country="FR")
"""In a zone whose clock never changes: an hour that is skipped is filled by the share that it has on all days."""
FIRST, LAST = date(2024, 1, 1), date(2026, 4, 26)
ORIGIN = 600
"""Position of the last day that an origin knows."""


def seen(*, spoilt: bool) -> Seen:
    """Return a history of 28 months; a spoilt one has tenfold contacts after the origin."""
    past = history(FR, contacts(FR, FIRST, LAST))
    counts = past.counts.copy()
    counts[ORIGIN + 1 :] *= 10 if spoilt else 1
    days = (*past.dates, *dates(LAST + timedelta(days=1), LAST + timedelta(days=28)))
    table = day_table(days, calendar(FR, FIRST, LAST))
    return seen_of(counts, known_totals(counts, past.open, table[: past.days]), days, table)


def test_trees_learn_nothing_later_than_the_origin() -> None:
    """What is seen from an origin does not change with what comes after it, one to forty days ahead."""
    ahead = np.arange(1, 41)
    before, after = (features(seen(spoilt=spoilt), np.full(40, ORIGIN), ORIGIN + ahead) for spoilt in (False, True))
    np.testing.assert_array_equal(before[0], after[0])
    np.testing.assert_array_equal(before[1], after[1])


def test_the_mean_that_trees_correct_is_near_the_truth() -> None:
    """The mean of a steady queue is within five percent of what was expected in sum."""
    whole = seen(spoilt=False)
    _, base = features(whole, np.full(28, whole.known - 1), whole.known + np.arange(28))
    assert base.sum() == pytest.approx(4 * 480 * 6.0, rel=0.05)


def test_trees_follow_growth() -> None:
    """A queue that triples evenly over a year is forecast within ten percent: trees correct a level, no history."""
    kind = FORECASTERS["boosted_trees"]
    if not kind.available():
        pytest.skip(f"{kind.library} is not installed")
    offered = contacts(FR, date(2025, 1, 6), date(2026, 2, 1), 4800)
    offered *= np.linspace(1, 3, len(offered))
    past = history(FR, offered[: -28 * 48])
    ahead = grid_of(FR, past.last + timedelta(days=1), past.last + timedelta(days=28))
    found = kind().predict(past, calendar(FR, past.first, past.last), ahead)
    assert found.sum() == pytest.approx(offered[-28 * 48 :].sum(), rel=0.1)
