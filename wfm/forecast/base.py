"""What a forecaster is, and the registry of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from wfm.domain.own_parts import Family, blamed, breach, is_own
from wfm.domain.registry import Registry
from wfm.domain.text import Text
from wfm.forecast import messages
from wfm.forecast.history import by_wall_clock
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.clean import Repair
    from wfm.forecast.history import BoolArray, FloatArray, QueueHistory

ORIGINS_BACK = (7, 14, 28, 42, 56)
"""Days before the end of the history from which forecasts are tried."""
LEAST_DAYS = 42
"""Days of history that a trial needs before it."""
FORECASTER = Family(
    name=Text(en="forecaster", zh="预测模型"),
    instead=Text(en="name another in [forecast] model", zh="在 [forecast] model 中改用其他模型"),
)


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
        return Outlook(self.expected(history, calendar, grid), tried)

    def expected(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return what `predict` does, whose arguments it has.

        Raises
        ------
        PluginError
            When a forecaster that is not ours fails, or gives what is no forecast.
        """
        with blamed(self, FORECASTER):
            found = self.predict(history, calendar, grid)
            return self._sound(found, grid, "predict") if is_own(type(self)) else found

    def foreseen(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> Outlook:
        """Return what `outlook` does; raised is what `expected` raises."""
        with blamed(self, FORECASTER):
            found = self.outlook(history, calendar, grid)
            if not is_own(type(self)):
                return found
            if not isinstance(found, Outlook):
                raise breach(self, FORECASTER, "outlook", messages.GAVE_TYPE.fill(name=type(found).__name__))
            return replace(found, expected=self._sound(found.expected, grid, "outlook"))

    def _sound(self, found: object, grid: Grid, method: str) -> FloatArray:
        try:
            numbers: FloatArray = np.asarray(found, dtype=np.float64)
        except (TypeError, ValueError):
            raise breach(self, FORECASTER, method, messages.GAVE_TYPE.fill(name=type(found).__name__)) from None
        if (said := _unsound(numbers, grid)) is not None:
            raise breach(self, FORECASTER, method, said)
        return numbers

    def _tried(self, history: QueueHistory, calendar: Calendar, back: int) -> Tried:
        origin = history.last - timedelta(days=back)
        grid = history.grid(origin + timedelta(days=1), history.last)
        expected = self.expected(history.until(origin), calendar, grid)
        normal = day_table(history.dates[-back:], calendar).normal
        actual = np.where(history.open[-back:] & normal[:, None], history.counts[-back:], np.nan)
        return Tried(actual, by_wall_clock(expected, grid.starts, grid.minutes, grid.first, grid.last))


def _unsound(expected: FloatArray, grid: Grid) -> Text | None:
    """Return what is wrong with expected contacts; None when nothing is."""
    if expected.shape != (grid.size,):
        return messages.GAVE_SHAPE.fill(shape=expected.shape, size=grid.size)
    wrong: tuple[tuple[Text, BoolArray], ...] = (
        (messages.GAVE_NAN, ~np.isfinite(expected)),
        (messages.GAVE_LESS, np.asarray(expected < 0)),
        (messages.GAVE_CLOSED, (expected != 0) & ~grid.open),
    )
    for said, where in wrong:
        if where.any():
            return said.fill(at=f"{grid.starts[int(np.argmax(where))]:%Y-%m-%d %H:%M}")
    return None


FORECASTERS: Registry[Forecaster] = Registry(Forecaster, "wfm.forecast.models", "wfm.forecasters")  # type: ignore[type-abstract]
"""Every forecaster by kind."""
