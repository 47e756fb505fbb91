"""What a forecaster of a user's may not give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from forecast_house import calendar, contacts, grid_of, history, settings

from wfm.domain.errors import PluginError, SettingsError
from wfm.domain.text import Text
from wfm.forecast import FORECASTERS, Forecaster, check_settings
from wfm.forecast.base import Outlook
from wfm.forecast.chosen import made
from wfm.forecast.models.seasonal_naive import SeasonalNaive

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory

KNOWN = settings(intervals={"minutes": 60, "open": "09:00-17:00"})
FIRST = date(2026, 3, 2)
PAST = history(KNOWN, contacts(KNOWN, FIRST, FIRST + timedelta(days=48)))
AHEAD = grid_of(KNOWN, PAST.last + timedelta(days=1), PAST.last + timedelta(days=7))
DAYS = calendar(KNOWN, PAST.first, PAST.last)
ZEROS = np.zeros(AHEAD.size)


class Own(Forecaster):
    """Gives what it was given."""

    kind: ClassVar[str] = "own"
    phrase: ClassVar[Text] = Text(en="own", zh="自有")

    gives: Any = None

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return it; zeros of any size without one."""
        found: FloatArray = np.zeros(grid.size) if self.gives is None else self.gives
        return found


def with_one(place: int, value: float) -> FloatArray:
    """Return zeros with one other value."""
    changed = ZEROS.copy()
    changed[place] = value
    return changed


def test_a_sound_forecast_comes_through() -> None:
    """Numbers that keep the contract are taken, as a list too, and as an array from then on."""
    found = Own(gives=with_one(10, 3.0).tolist()).expected(PAST, DAYS, AHEAD)
    assert isinstance(found, np.ndarray)
    assert found[10] == 3
    assert Own().foreseen(PAST, DAYS, AHEAD).expected.sum() == 0


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        ("many", "a value of the type str, which is no forecast"),
        (ZEROS[:-1], f"an array of the shape ({AHEAD.size - 1},), not one number for each of the {AHEAD.size}"),
        (with_one(10, np.nan), "no finite number for 2026-04-20 10:00"),
        (with_one(10, np.inf), "no finite number for 2026-04-20 10:00"),
        (with_one(9, -0.1), "contacts below 0 for 2026-04-20 09:00"),
        (with_one(8, 0.1), "contacts for 2026-04-20 08:00, when the queue is closed"),
    ],
)
def test_an_unsound_forecast_is_refused(gives: Any, said: str) -> None:
    """Whatever breaks the contract is told with the interval; trials on other days are refused likewise."""
    with pytest.raises(PluginError, match=r"own failed at test_own_forecaster\.py:") as raised:
        Own(gives=gives).expected(PAST, DAYS, AHEAD)
    assert f"predict gave {said}" in raised.value.message.en
    with pytest.raises(PluginError, match="predict gave"):
        Own(gives=gives).foreseen(PAST, DAYS, AHEAD)


@pytest.mark.parametrize(
    ("outlook", "said"),
    [(ZEROS, "outlook gave a value of the type ndarray"), (Outlook(-1 - ZEROS), "outlook gave contacts below 0")],
)
def test_an_outlook_of_its_own_is_watched(monkeypatch: pytest.MonkeyPatch, outlook: object, said: str) -> None:
    """A forecaster that makes its own outlook keeps the contract too."""
    monkeypatch.setattr(Own, "outlook", lambda *_: outlook)
    with pytest.raises(PluginError, match=said):
        Own().foreseen(PAST, DAYS, AHEAD)


def test_ours_is_not_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecaster of ours that fails is a bug of ours."""

    def fail(*_: object) -> FloatArray:
        raise KeyError("ours")

    monkeypatch.setattr(SeasonalNaive, "predict", fail)
    for asked in (SeasonalNaive().expected, SeasonalNaive().foreseen):
        with pytest.raises(KeyError, match="ours"):
            asked(PAST, DAYS, AHEAD)


def test_making_one_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that fails when it is asked for its library is named; a refused option is the user's input."""

    def fail(_: object) -> bool:
        raise KeyError("library")

    monkeypatch.setattr(FORECASTERS, "_found", {**FORECASTERS, "own": Own})
    with pytest.raises(SettingsError, match="one of the options gives"):
        made("own", {"give": 1})
    monkeypatch.setattr(Own, "available", classmethod(fail))
    with pytest.raises(PluginError, match="KeyError: 'library'"):
        check_settings(settings(forecast={"model": "own"}))
