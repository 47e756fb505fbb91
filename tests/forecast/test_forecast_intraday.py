"""The rest of a day from its morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.domain.errors import SettingsError
from wfm.forecast import reforecast
from wfm.forecast.intraday import DayFactor, day_factor, factor_from_trials

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs
    from wfm.forecast.history import BoolArray, FloatArray

RNG = np.random.default_rng(3)
CN = settings()
FIRST, TODAY = date(2026, 1, 5), date(2026, 4, 22)
DAYS = calendar(CN, FIRST, TODAY)
ELEVEN = datetime(2026, 4, 22, 11, 0, tzinfo=CN.centre.zone)


MORNING = np.arange(4) < 2


def made(spread: float, kept: float, days: int = 4000) -> tuple[FloatArray, FloatArray]:
    """Return contacts of days of four intervals, whose afternoon keeps the morning's surprise in part."""
    surprise = RNG.normal(0, spread, (days, 1))
    expected = np.tile([200.0, 200.0, 450.0, 450.0], (days, 1))
    factor = np.where(MORNING, 1 + surprise, 1 + kept * surprise)
    return RNG.poisson(np.maximum(expected * factor, 0)).astype(float), expected


def day(lift: float) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return a morning of 400 contacts expected and what came instead."""
    expected = np.array([200.0, 200.0, 450.0, 450.0])
    return expected * lift, expected, MORNING


def moved(learnt: DayFactor, lift: float) -> float:
    """Return by which share the afternoon is moved after a morning so far above its forecast."""
    _, expected, over = day(lift)
    return float(learnt.rest(*day(lift)) @ (expected * ~over) / expected[~over].sum()) - 1


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_what_lasts_is_learnt(kept: float) -> None:
    """After a morning a tenth above its forecast the afternoon is moved by most of what used to last, never by more."""
    assert 0.8 * kept * 0.094 < moved(day_factor(*made(0.2, kept), MORNING), 1.1) < 1.1 * kept * 0.094


def test_quiet_mornings_are_hardly_believed() -> None:
    """Where days never differ a surplus of a tenth is chance."""
    assert moved(day_factor(*made(0.0, 0.0), MORNING), 1.1) == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(("days", "most"), [(40, 0.35), (1000, 0.1)])
def test_mornings_that_say_nothing_are_carried_over_less_and_less(days: int, most: float) -> None:
    """The more days whose afternoons have nothing to do with their mornings, the less is carried over."""
    assert np.mean([day_factor(*made(0.2, 0.0, days=days), MORNING).carry for _ in range(20)]) < most


def test_how_long_a_surprise_lasts_is_learnt() -> None:
    """Mornings that hold all day move the evening as the noon; those that fade move the noon most."""
    hours = np.tile(np.full(24, 60.0), (200, 1))
    over, spread = np.arange(24) < 11, RNG.normal(0, 0.15, (200, 1))
    fading = np.where(over, 1.0, np.exp2(-(np.arange(24) - 10) / 3))
    all_day = day_factor(RNG.poisson(hours * (1 + spread)).astype(float), hours, over)
    brief = day_factor(RNG.poisson(hours * (1 + spread * fading)).astype(float), hours, over)
    rest = {learnt: learnt.rest(hours[0] * 1.2, hours[0], over) - 1 for learnt in (all_day, brief)}
    assert rest[all_day][23] > 0.8 * rest[all_day][11]
    assert rest[brief][23] < 0.4 * rest[brief][11]


def test_a_freak_day_teaches_no_more_than_an_odd_one() -> None:
    """One day of tenfold contacts among sixty hardly changes what is learnt."""
    actual, expected = made(0.1, 0.8, days=60)
    before = day_factor(actual, expected, MORNING)
    actual[7] *= 10
    after = day_factor(actual, expected, MORNING)
    assert after.variance == pytest.approx(before.variance, rel=0.3)
    assert after.carry == pytest.approx(before.carry, abs=0.2)


def test_the_last_hours_count_most() -> None:
    """A surplus of the last hour moves the rest more than the same surplus at night."""
    expected, over = np.full(48, 20.0), np.arange(48) < 22
    early, late = expected.copy(), expected.copy()
    early[0:2] += 20
    late[20:22] += 20
    learnt = DayFactor(0.02, 0.8, 40)
    assert (learnt.rest(late, expected, over)[22:] > learnt.rest(early, expected, over)[22:]).all()


def test_the_next_hours_move_most() -> None:
    """A busy morning lifts the noon more than the evening, and leaves the morning as it was forecast."""
    expected, over = np.full(48, 20.0), np.arange(48) < 22
    rest = DayFactor(0.02, 0.8, 40).rest(expected * 1.3, expected, over)
    assert (rest[over] == 1).all()
    assert (np.diff(rest[22:]) < 0).all()
    assert rest[-1] > 1


def test_the_update_is_never_the_plain_ratio() -> None:
    """Two contacts where one was expected do not double the day."""
    actual, expected = np.array([2.0, 0]), np.array([1.0, 5])
    assert DayFactor(0.02, 0.8, 40).rest(actual, expected, np.array([True, False]))[1] < 1.05


def test_no_morning_makes_a_rest_below_zero() -> None:
    """After a morning without any of its many contacts nothing less than nothing is expected."""
    expected, over = np.full(48, 500.0), np.arange(48) < 22
    rest = DayFactor(0.5, 1.2, 40).rest(np.zeros(48), expected, over)
    assert (rest >= 0).all()


def test_without_past_days_most_is_carried() -> None:
    """With fewer than 20 days the carry-over is the assumed one; before the day begins nothing is known."""
    assert factor_from_trials((), np.arange(48) < 22).carry == 0.8
    assert day_factor(*made(0.2, 1.0, days=10), MORNING).carry == 0.8
    assert (DayFactor(0.02, 0.8, 40).rest(np.zeros(4), np.ones(4), np.zeros(4, dtype=bool)) == 1).all()


def busy_day(lift: float) -> pd.Series[float]:
    """Return contacts up to 11:00 of a day that runs above its forecast; earlier days differ as much."""
    offered = contacts(CN, FIRST, TODAY, 4800)
    starts = pd.DatetimeIndex(offered.index)
    days = np.array([(d - FIRST).days for d in starts.date])
    offered *= np.clip(np.random.default_rng(3).normal(1, 0.12, days.max() + 1), 0.6, 1.4)[days]
    offered[days == days.max()] = contacts(CN, TODAY, TODAY, 4800).to_numpy() * lift
    morning: pd.Series[float] = offered.round()[starts < pd.Timestamp(ELEVEN)]
    return morning


def test_a_busy_morning_lifts_the_afternoon() -> None:
    """A morning a third above its forecast lifts the rest of the day by a part of that; the morning stays."""
    usual, _ = reforecast(inputs(CN, busy_day(1.0)), DAYS, ELEVEN)
    found, notes = reforecast(inputs(CN, busy_day(1.33)), DAYS, ELEVEN)
    ratio = (found["offered"] / found["planned"]).to_numpy()
    assert (ratio[:22] == 1).all()
    assert (np.diff(ratio[22:]) < 0).all()
    assert 1.1 < ratio[30] < 1.4
    assert 0.85 < (usual["offered"] / usual["planned"]).iloc[30] < 1.15
    assert found["actual"].notna().sum() == 22
    assert "learnt from" in notes[0].en


def handle_times(kept: float) -> Inputs:
    """Return inputs whose handle time runs a tenth off by day, kept in part after noon; today's morning a quarter."""
    rows = inputs(CN, busy_day(1.0), aht_seconds=200.0)
    starts = pd.DatetimeIndex(rows.history.index.get_level_values("interval_start"))
    days = np.array([(d - FIRST).days for d in starts.date])
    surprise = np.random.default_rng(5).normal(0, 0.1, days.max() + 1)[days]
    surprise[days == days.max()] = 0.25
    rows.history["aht_seconds"] = 200 * (1 + np.where(np.asarray(starts.hour) < 11, 1.0, kept) * surprise)
    return rows


@pytest.mark.parametrize(("kept", "share"), [(1.0, 1.0), (0.0, 0.0)])
def test_long_calls_lift_the_handle_time_as_far_as_they_used_to_last(kept: float, share: float) -> None:
    """A morning of calls a quarter longer lengthens the rest where days stayed so, and not where they did not."""
    found, _ = reforecast(handle_times(kept), DAYS, ELEVEN)
    planned = found["planned_aht_seconds"].to_numpy()
    ratio = found["aht_seconds"].to_numpy() / planned
    assert (ratio[:22] == 1).all()
    assert ratio[30] == pytest.approx(1 + share * (250 / planned[20] - 1), abs=0.06)


def test_the_first_day_of_a_new_queue_is_compared_with_its_own_contacts() -> None:
    """A queue that borrows its forecast is updated by its own morning, not by its sibling's."""
    queues = {name: {"target": {"service_level": 0.8}, "aht_seconds": 200} for name in ("sales", "new")}
    queues["new"] |= {"sibling": "sales", "contacts_per_day": 480}
    known = settings(queues=queues)
    old = inputs(CN, busy_day(1.0)).history
    mine = old.loc[old.index.get_level_values("interval_start") >= pd.Timestamp(TODAY, tz=CN.centre.zone)] / 10
    mine = mine.rename(index={"sales": "new"})
    both = replace(inputs(known, busy_day(1.0)), history=pd.concat([old, mine]))
    found, _ = reforecast(both, DAYS, ELEVEN)
    ratio = (found["offered"] / found["planned"])["new"].iloc[30]
    assert 0.8 < ratio < 1.25


def test_a_day_without_contacts_on_record_is_refused() -> None:
    """Without the morning's rows there is nothing to go by."""
    with pytest.raises(SettingsError, match="2026-04-23"):
        reforecast(inputs(CN, busy_day(1.0)), DAYS, ELEVEN + timedelta(days=1))
