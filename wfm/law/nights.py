"""Night classes of a shift by the time at which it ends (requirements A12 and A13)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wfm.domain.shifts import Shift

NightMode = Literal["extended", "strict"]


class NightClass(StrEnum):
    """Which night allowance a shift earns."""

    NONE = "none"
    SMALL = "small"
    """Small night shift (小夜班)."""
    BIG = "big"
    """Big night shift (大夜班)."""
    UNCLASSIFIED = "unclassified"
    """An end that the company's rule leaves undefined (strict reading only)."""


def night_class_at(end_minute: int, mode: NightMode = "extended") -> NightClass:
    """Return the night class of a shift that ends at a wall-clock minute of the day (0 to 1439; 00:00 is 0).

    `strict` is the company rule to the letter: small for [22:00, 23:00], big for 23:59 and [00:00, 07:59];
    23:01 to 23:58 is undefined. `extended` closes the gaps: big for (23:00, 24:00) and [00:00, 08:00].

    Examples
    --------
    >>> [str(night_class_at(m)) for m in (21 * 60 + 59, 22 * 60, 23 * 60 + 30, 0, 8 * 60, 8 * 60 + 1)]
    ['none', 'small', 'big', 'big', 'big', 'none']
    """
    if 22 * 60 <= end_minute <= 23 * 60:
        return NightClass.SMALL
    if end_minute == 23 * 60 + 59 or end_minute <= 7 * 60 + 59:
        return NightClass.BIG
    if mode == "strict":
        return NightClass.UNCLASSIFIED if 23 * 60 < end_minute < 23 * 60 + 59 else NightClass.NONE
    return NightClass.BIG if end_minute > 23 * 60 or end_minute == 8 * 60 else NightClass.NONE


def night_class(shift: Shift, zone: ZoneInfo, mode: NightMode = "extended") -> NightClass:
    """Return the night class of a dated shift by the wall clock of `zone` at its end, whenever it started.

    Source: requirements A12, A13; both name the end alone, so a shift from 00:00 to 07:59 is a big night.
    """
    end = shift.end.astimezone(zone)
    return night_class_at(end.hour * 60 + end.minute, mode)
