"""Outages and spikes: found, replaced, listed; ordinary noise is left alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from forecast_house import calendar, contacts, history, settings

from wfm.domain.clock import dates
from wfm.forecast.clean import Repair, cleaned
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray

CN = settings()
FIRST, LAST = date(2026, 3, 2), date(2026, 5, 31)


def repaired(
    spoil: dict[tuple[int, int, int], float], day_contacts: float = 4800
) -> tuple[FloatArray, tuple[Repair, ...]]:
    """Return counts and repairs after some cells of a made history were multiplied."""
    past = history(CN, contacts(CN, FIRST, LAST, day_contacts))
    counts = past.counts.copy()
    for (day, first, end), factor in spoil.items():
        counts[day, first:end] *= factor
    table = day_table(dates(FIRST, LAST), calendar(CN, FIRST, LAST))
    return cleaned(counts, past.dates, table, past.open)


def test_a_clean_history_stays() -> None:
    """Thirteen weeks of Poisson contacts need no repair."""
    counts, found = repaired({})
    assert found == ()
    assert (counts == history(CN, contacts(CN, FIRST, LAST, 4800)).counts).all()


def test_an_outage_is_replaced_and_listed() -> None:
    """Two and a half hours without contacts become what the day would have brought, within 15 percent."""
    (counts, found), truth = repaired({(44, 20, 25): 0.0}), repaired({})[0]
    (repair,) = found
    assert (repair.day, repair.first, repair.end, repair.reason) == (date(2026, 4, 15), 20, 25, "outage")
    assert repair.recorded == 0
    assert repair.learnt is not None
    assert abs(counts[44, 20:25].sum() / truth[44, 20:25].sum() - 1) < 0.15
    assert (np.delete(counts, 44, axis=0) == np.delete(truth, 44, axis=0)).all()


def test_a_spike_is_replaced() -> None:
    """Two hours of threefold contacts are a spike."""
    _, found = repaired({(50, 28, 32): 3.0})
    assert [(repair.first, repair.end, repair.reason) for repair in found] == [(28, 32, "spike")]


def test_a_busy_day_is_no_spike() -> None:
    """A whole day of nearly double volume is a day, not an error."""
    assert repaired({(51, 0, 48): 1.9})[1] == ()


def test_a_day_recorded_twice_is_halved() -> None:
    """A day of double volume with nothing but even numbers was recorded twice: half of each is learnt, and listed."""
    (counts, found), truth = repaired({(51, 0, 48): 2.0}), repaired({})[0]
    (repair,) = found
    assert (repair.day, repair.first, repair.end, repair.reason) == (date(2026, 4, 22), 0, 48, "doubled_day")
    assert repair.learnt == repair.recorded / 2
    assert (counts == truth).all()


def test_even_numbers_alone_prove_nothing() -> None:
    """Where every day has even numbers only, as on a queue of pairs, a busy day is a busy day."""
    pairs = {(day, 0, 48): 2.0 for day in range(91) if day != 51}
    assert repaired({**pairs, (51, 0, 48): 4.0})[1] == ()


def test_one_odd_interval_is_noise() -> None:
    """A single interval is never repaired."""
    assert repaired({(51, 24, 25): 3.0})[1] == ()


def test_three_empty_days_are_unknown() -> None:
    """An outage of three days is not learnt, and said so; empty days at the end may be the end of a queue."""
    counts, found = repaired({(day, 0, 48): 0.0 for day in (43, 44, 45)})
    assert [repair.reason for repair in found] == ["empty_day"] * 3
    assert np.isnan(counts[43:46]).all()
    assert repaired({(day, 0, 48): 0.0 for day in range(88, 91)})[1] == ()


def test_holidays_and_the_days_beside_them_are_left_alone() -> None:
    """No contacts on Labour Day and the evening before it are not an outage."""
    assert repaired({(60, 0, 48): 0.0, (59, 30, 40): 0.0})[1] == ()


def test_quiet_queues_are_not_judged() -> None:
    """Where a handful is expected nothing can be told from chance."""
    assert repaired({(44, 20, 25): 0.0}, day_contacts=100)[1] == ()


def test_what_comes_back_every_day_is_no_outage() -> None:
    """Half-hours that are empty on eight days in a row, or on four Mondays in a row, are learnt as they came."""
    counts, found = repaired({(day, 20, 24): 0.0 for day in range(40, 48)})
    assert found == ()
    assert counts[40:48, 20:24].sum() == 0
    _, found = repaired({(day, 20, 24): 0.0 for day in (7, 14, 21, 28)})
    assert found == ()


def test_common_empty_days_are_demand() -> None:
    """One empty day among ordinary ones is unknown; where every other day is empty they are all learnt as they came."""
    counts, found = repaired({(30, 0, 48): 0.0})
    assert [repair.reason for repair in found] == ["empty_day"]
    counts, found = repaired({(day, 0, 48): 0.0 for day in range(1, 90, 2)})
    assert found == ()
    assert not np.isnan(counts).any()
