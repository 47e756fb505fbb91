"""Night classes by the end of a shift (requirements A12, A13)."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from wfm.domain.clock import parse_clock
from wfm.domain.shifts import ShiftTemplate
from wfm.law.nights import night_class

VECTORS = [
    ("21:59", "none", "none"),
    ("22:00", "small", "small"),
    ("23:00", "small", "small"),
    ("23:30", "big", "unclassified"),
    ("23:59", "big", "big"),
    ("24:00", "big", "big"),
    ("07:59+1", "big", "big"),
    ("08:00+1", "big", "none"),
    ("08:01+1", "none", "none"),
]


@pytest.mark.parametrize(("end", "extended", "strict"), VECTORS)
def test_vectors(end: str, extended: str, strict: str) -> None:
    """The class goes by the end of the shift, in the extended and in the strict reading."""
    zone = ZoneInfo("Asia/Shanghai")
    start = parse_clock(end) - 8 * 60
    shift = ShiftTemplate(code="N", start=start % 1440, end=start % 1440 + 8 * 60).on(date(2026, 5, 6), zone)
    assert night_class(shift, zone) == extended
    assert night_class(shift, zone, "strict") == strict


def test_a_shift_after_midnight_is_a_night_too() -> None:
    """A shift from 00:00 to 07:59 of one date is a big night: the rule names the end alone."""
    zone = ZoneInfo("Asia/Shanghai")
    shift = ShiftTemplate.model_validate({"code": "N", "start": "00:00", "end": "07:59"}).on(date(2026, 5, 6), zone)
    assert night_class(shift, zone) == "big"


def test_the_wall_clock_decides() -> None:
    """A night shift over the end of summer time is classed by the wall clock at its end."""
    zone = ZoneInfo("Europe/Berlin")
    shift = ShiftTemplate.model_validate({"code": "N", "start": "22:00", "end": "07:00+1"}).on(date(2026, 10, 24), zone)
    assert shift.paid_minutes == 600
    assert night_class(shift, zone) == "big"
