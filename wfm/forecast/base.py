"""What a forecaster is, and the registry of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict

from wfm.domain.registry import Registry
from wfm.domain.text import Text

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory


class Forecaster(BaseModel, ABC):
    """A way to forecast one queue; the fields of a subclass are its options in `[forecast.options]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    """Name in `[forecast] model`."""
    phrase: ClassVar[Text]
    """What it does, in one sentence for planners."""

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


FORECASTERS: Registry[Forecaster] = Registry(Forecaster, "wfm.forecast.models", "wfm.forecasters")  # type: ignore[type-abstract]
"""Every forecaster by kind."""
