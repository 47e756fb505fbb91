"""Festivals that move from year to year, and the weeks around them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import WEEK, calendar, expected, grid_of, history, settings

from wfm.domain.calendar import build_calendar
from wfm.domain.clock import dates
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.forecast.festival import Place
    from wfm.forecast.history import FloatArray

CN = settings()
FIRST = date(2024, 1, 1)


def place(day: date, country: str = "CN", first: date = FIRST) -> Place | None:
    """Return where a date lies beside a moving festival."""
    return day_table((day,), build_calendar(country, first, date(2026, 12, 31))).place[0]


def test_days_are_told_by_their_place_beside_the_festival() -> None:
    """In 2026 the Spring Festival is off from 16 to 23 February, the new year's day being the 17th."""
    assert place(date(2026, 2, 15)) == ("春节", "before", 1)
    assert place(date(2026, 2, 9)) == ("春节", "before", 7)
    assert place(date(2026, 2, 8)) is None
    assert place(date(2026, 2, 16)) == ("春节", "in", -1)
    assert place(date(2026, 2, 17)) == place(date(2024, 2, 10)) == ("春节", "in", 0)
    assert place(date(2026, 2, 24)) == ("春节", "after", 1)
    assert place(date(2026, 3, 2)) == ("春节", "after", 7)
    assert place(date(2026, 3, 3)) is None


def test_only_long_holidays_that_move_have_a_place() -> None:
    """National Day keeps its date, Easter Monday is a single day, and one year alone shows no movement."""
    assert place(date(2026, 10, 2)) is None
    assert place(date(2026, 4, 4), "FR") is None
    assert place(date(2026, 2, 17), first=date(2026, 1, 1)) is None


FELT = {"before": 0.5, "in": 0.2, "after": 1.4}


def truth(first: date, last: date, felt: dict[str, float]) -> pd.Series[float]:
    """Return contacts that know make-up workdays, times a factor before, in and after the Spring Festival."""
    days = dates(first, last)
    table = day_table(days, build_calendar("CN", FIRST, date(2026, 12, 31)))
    makeup = table.weekday @ WEEK / WEEK[[d.weekday() for d in days]]
    factor = makeup * [felt.get(p[1], 1.0) if p else 1.0 for p in table.place]
    rate = expected(grid_of(CN, first, last), 4800)
    return pd.Series(rate.to_numpy() * np.repeat(factor, 48), index=rate.index)


def weeks(felt: dict[str, float]) -> FloatArray:
    """Return forecast over truth from 2 February 2026 on, after two festivals of the past.

    A week of other days, the week before the festival, the festival, the week after it, two weeks of other days.
    """
    last, edges = date(2026, 2, 1), [0, 7, 14, 22, 29]
    ahead = grid_of(CN, last + timedelta(days=1), date(2026, 3, 15))
    rate = truth(FIRST, last, felt)
    offered = pd.Series(np.random.default_rng(6).poisson(rate).astype(float), index=rate.index)
    found = DayProfile().predict(history(CN, offered), calendar(CN, FIRST, date(2026, 3, 15)), ahead)
    came = truth(ahead.first, ahead.last, felt).to_numpy()
    forecast, actual = (np.add.reduceat(rows.reshape(-1, 48).sum(axis=1), edges) for rows in (found, came))
    return np.asarray(forecast / actual)


def test_the_weeks_around_the_festival_are_learnt() -> None:
    """After two festivals the quiet week before, the festival and the busy week after are within 20 % in sum.

    Weeks of other days are within 10 %.
    """
    found = weeks(FELT)
    assert found[[1, 2, 3]] == pytest.approx(np.ones(3), abs=0.2)
    assert found[[0, 4]] == pytest.approx(np.ones(2), abs=0.1)


def test_without_any_effect_nothing_is_invented() -> None:
    """A queue that does not know the festival is forecast within 5 % all around it."""
    assert weeks({}) == pytest.approx(np.ones(5), abs=0.05)
