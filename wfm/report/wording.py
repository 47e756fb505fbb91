"""Numbers, dates and messages as the page prints them."""

from __future__ import annotations

import math
from calendar import monthrange
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from wfm.domain.text import Text
from wfm.report import messages as m
from wfm.report import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from wfm.domain.text import Locale

NOTHING = "–"
"""Printed where there is no figure."""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that depends on the language of the page."""

    locale: Locale

    def __call__(self, text: Text, **values: object) -> str:
        """Return the message with its places filled."""
        return (text.fill(**values) if values else text).in_(self.locale)

    def constants(self) -> dict[str, str]:
        """Return every message of the room by the name of its constant, for the template."""
        return {name: value.in_(self.locale) for name, value in vars(m).items() if isinstance(value, Text)}

    def kind(self, kind: str, names: Mapping[str, Text]) -> str:
        """Return the name of a rule, a goal or a pay element; a kind that nobody named stands as it is."""
        text = names.get(kind) or terms.KINDS.get(kind)
        return kind if text is None else text.in_(self.locale)

    def weekday(self, day: date) -> str:
        """Return the short weekday: `Fri`, `周五`."""
        return terms.WEEKDAY_NAMES[day.weekday()].in_(self.locale)

    def day(self, day: date) -> str:
        """Return a date with its weekday: `Fri 1 May`, `5月1日 周五`."""
        if self.locale == "zh":
            return f"{day.month}月{day.day}日 {self.weekday(day)}"
        return f"{self.weekday(day)} {day.day} {terms.MONTHS[day.month - 1].en[:3]}"

    def period(self, first: date, last: date) -> str:
        """Return the month when the dates are a whole one, else both ends."""
        if first.day == 1 and (last.year, last.month) == (first.year, first.month):
            whole = last.day == monthrange(last.year, last.month)[1]
            if whole:
                return f"{first.year}年{first.month}月" if self.locale == "zh" else f"{_month(first)} {first.year}"
        return f"{self._full(first)} – {self._full(last)}"

    def _full(self, day: date) -> str:
        if self.locale == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_month(day)} {day.year}"

    def percent(self, share: float, places: int = 1) -> str:
        """Return a share as a percentage."""
        return number(100 * share, places) + ("%" if self.locale == "zh" else " %")

    def above_best(self, gap: float) -> str:
        """Return a proven gap as a percentage rounded up, so that the printed limit holds too."""
        return self.percent(math.ceil(gap * 1000 - 1e-9) / 1000)


def _month(day: date) -> str:
    return terms.MONTHS[day.month - 1].en


def number(value: float | Decimal, places: int = 1) -> str:
    """Return a number with thousands separators and a fixed number of places, halves away from zero; never `-0.0`.

    Examples
    --------
    >>> number(6912.45), number(-0.0001), number(12, 0)
    ('6,912.5', '0.0', '12')
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded or abs(rounded):,f}"
