"""Day classes: what kind of day a date is by law, with its name and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class DayClass(StrEnum):
    """Kind of a date by law; decides pay and the state of a day off."""

    STATUTORY = "statutory"
    """Statutory holiday (法定休假日)."""
    MAKEUP_OFF = "makeup_off"
    """Weekday off in place of a statutory day on a weekend (补假)."""
    ADJUSTED_OFF = "adjusted_off"
    """Weekday off in exchange for a weekend day worked (调休)."""
    WEEKEND = "weekend"
    """Ordinary Saturday or Sunday."""
    WEEKEND_WORKDAY = "weekend_workday"
    """Saturday or Sunday on which the country works (调休上班)."""
    WORKDAY = "workday"
    """Any other day."""


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the calendar."""

    date: date
    day_class: DayClass
    name: str = ""
    """Name of the holiday; empty on ordinary days."""
    source: str = ""
    """Where the class comes from: the law, the package, or the user's file."""
    provisional: bool = False
    """True when the official notice for the year is not known yet."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every date of a span with its class.

    Attributes
    ----------
    days
        The dates that the calendar knows; a date outside raises `KeyError`.
    """

    days: Mapping[date, Day] = field(default_factory=dict)

    def __getitem__(self, day: date) -> Day:
        return self.days[day]

    def is_statutory(self, day: date) -> bool:
        """Return whether the date is a statutory holiday."""
        return self.days[day].day_class is DayClass.STATUTORY

    def works_like_weekend(self, day: date) -> bool:
        """Return whether most of the country is off: weekend or any holiday, make-up workdays excepted."""
        return self.days[day].day_class not in (DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY)
