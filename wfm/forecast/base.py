"""What a forecaster is, and the registry of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from wfm.domain.registry import Registry
from wfm.domain.text import Text
from wfm.forecast.history import by_wall_clock
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.clean import Repair
    from wfm.forecast.history import FloatArray, QueueHistory

ORIGINS_BACK = (7, 14, 28, 42, 56)
"""Days before the end of the history from which forecasts are tried."""
LEAST_DAYS = 42
"""Days of history that a trial needs before it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What would have been forecast some days before the end of the history, and what came.

    Attributes
    ----------
    actual
        Shape (days, intervals of a day), from the day after the origin on; NaN where unknown, and on special days.
    expected
        Same shape.
    """

    actual: FloatArray
    expected: FloatArray


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast with what can be told about its errors.

    Attributes
    ----------
    expected
        Contacts per interval of the grid; shape (grid.size,).
    tried
        Trials near the end of the history; empty when it is too short.
    repairs
        What was not learnt as it was recorded.
    notes
        The reason of every fallback.
    """

    expected: FloatArray
    tried: tuple[Tried, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Text, ...] = ()


class Forecaster(BaseModel, ABC):
    """A way to forecast one queue; the fields of a subclass are its options in `[forecast.options]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    """Name in `[forecast] model`."""
    phrase: ClassVar[Text]
    """What it does, in one sentence for planners."""
    library: ClassVar[str | None] = None
    """Optional library that it needs."""

    @classmethod
    def available(cls) -> bool:
        """Return whether the library it needs is installed."""
        return cls.library is None or find_spec(cls.library) is not None

    @abstractmethod
    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; at least 0, exactly 0 where closed; shape (grid.size,).

        Parameters
        ----------
        history
            Nothing in it is later than the grid's first date.
        calendar
            Knows every date of the history and of the grid.
        """

    def outlook(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> Outlook:
        """Return the forecast with its trials; arguments as `predict`."""
        backs = [back for back in ORIGINS_BACK if history.days - back >= LEAST_DAYS]
        tried = tuple(self._tried(history, calendar, back) for back in backs)
        return Outlook(self.predict(history, calendar, grid), tried)

    def _tried(self, history: QueueHistory, calendar: Calendar, back: int) -> Tried:
        origin = history.last - timedelta(days=back)
        grid = history.grid(origin + timedelta(days=1), history.last)
        expected = self.predict(history.until(origin), calendar, grid)
        normal = day_table(history.dates[-back:], calendar).normal
        actual = np.where(history.open[-back:] & normal[:, None], history.counts[-back:], np.nan)
        return Tried(actual, by_wall_clock(expected, grid.starts, grid.minutes, grid.first, grid.last))


FORECASTERS: Registry[Forecaster] = Registry(Forecaster, "wfm.forecast.models", "wfm.forecasters")  # type: ignore[type-abstract]
"""Every forecaster by kind."""
