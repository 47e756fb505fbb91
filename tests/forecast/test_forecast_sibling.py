"""A new queue that is forecast like its sibling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings
from pydantic import ValidationError

from wfm.domain.errors import NotEnoughHistory
from wfm.forecast import look_ahead

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs

TARGET = {"target": {"service_level": 0.8}, "aht_seconds": 200}
FIRST, LAST = date(2025, 12, 1), date(2026, 4, 30)


def world(days: int, share: float = 0.2, **new: object) -> Inputs:
    """Return inputs of `sales` and of a queue `fresh` with some days of its own at a share of the contacts."""
    known = settings(queues={"sales": TARGET, "fresh": {**TARGET, "sibling": "sales", **new}})
    base = inputs(known, contacts(known, FIRST, LAST, 4800))
    own = contacts(known, LAST - timedelta(days=days - 1), LAST, 4800 * share) if days else None
    if own is None:
        return base
    rows = pd.DataFrame({"offered": own, "aht_seconds": np.nan, "spread": False})
    rows.index = pd.MultiIndex.from_product([["fresh"], rows.index], names=["queue", "interval_start"])
    return replace(base, history=pd.concat([base.history, rows]))


def ratio(given: Inputs) -> float:
    """Return the forecast contacts of the new queue over those of its sibling."""
    found = look_ahead(given, calendar(given.settings, FIRST, LAST), given.settings.grid)
    sums = found.table["offered"].groupby(level="queue").sum()
    assert any("forecast like sales" in note.en for note in found.notes)
    return float(sums["fresh"] / sums["sales"])


def test_without_a_day_of_its_own_the_users_figure_counts() -> None:
    """A thousand contacts on an ordinary day are a fifth to a quarter of the sibling's mean day."""
    mean_day = contacts(settings(), LAST - timedelta(days=27), LAST, 4800).sum() / 28
    assert ratio(world(0, contacts_per_day=1000)) == pytest.approx(1000 / mean_day, rel=0.01)


def test_own_days_take_over_from_the_figure() -> None:
    """Ten own days at a fifth and a figure of twice that meet in the middle; forty come near the truth."""
    wrong = 2 * 0.2 * contacts(settings(), LAST - timedelta(days=27), LAST, 4800).sum() / 28
    assert ratio(world(10, contacts_per_day=wrong)) == pytest.approx(0.3, rel=0.07)
    assert ratio(world(40, contacts_per_day=wrong)) == pytest.approx(0.2, rel=0.12)


def test_own_days_are_enough() -> None:
    """With five days of its own no figure is needed."""
    assert ratio(world(5)) == pytest.approx(0.2, rel=0.07)


def test_neither_days_nor_a_figure_are_refused() -> None:
    """The message names what to write."""
    with pytest.raises(NotEnoughHistory, match="contacts_per_day"):
        ratio(world(0))


def test_a_sibling_must_have_its_own_history() -> None:
    """A queue cannot borrow from itself, from nobody, or from a borrower."""
    for lender in ("fresh", "nobody"):
        with pytest.raises(ValidationError, match="no other queue"):
            settings(queues={"sales": TARGET, "fresh": {**TARGET, "sibling": lender}})
