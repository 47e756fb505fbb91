"""What is learnt from: contacts, day totals and the kinds of days, up to an origin and beyond it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from wfm.forecast.history import FloatArray
    from wfm.forecast.special import DayTable


@dataclass(frozen=True, slots=True)
class Learning:
    """The known days of a queue, followed by the days to forecast.

    Attributes
    ----------
    counts
        Contacts per known day and interval, shape (days, intervals of a day); NaN where unknown.
    totals
        Contacts per known day, shape (days,); NaN where unknown.
    days
        Dates of the known days, then those ahead.
    table
        Special-day table of `days`.
    """

    counts: FloatArray
    totals: FloatArray
    days: tuple[date, ...]
    table: DayTable

    @property
    def known(self) -> int:
        """Number of known days."""
        return len(self.totals)

    @property
    def past(self) -> DayTable:
        """The table of the known days."""
        return self.table[: self.known]

    @property
    def future(self) -> DayTable:
        """The table of the days ahead."""
        return self.table[self.known :]

    @property
    def age(self) -> FloatArray:
        """Days from each known day to the last one."""
        return np.arange(self.known - 1, -1, -1, dtype=float)

    @property
    def ahead(self) -> FloatArray:
        """Days from the last known day to each day ahead."""
        last = self.days[self.known - 1]
        return np.array([(d - last).days for d in self.days[self.known :]], dtype=float)

    def before(self, back: int) -> Learning:
        """Return the same seen so many days before the end, the rest of the known days being ahead."""
        start = self.known - back
        end = slice(0, self.known)
        return replace(
            self,
            counts=self.counts[:start],
            totals=self.totals[:start],
            days=self.days[: self.known],
            table=self.table[end],
        )
