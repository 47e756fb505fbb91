"""Every premium by the hour, counted again minute by minute over random months."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pay_minutes
import pytest
from pay_minutes import Case, Key, work_of

from wfm.payroll.examples import ZONES, PayExample

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = {
    "JP": [date(2026, 5, 1), date(2026, 11, 1)],
    "TW": [date(2026, 2, 1), date(2026, 10, 1)],
    "US": [date(2026, 3, 1), date(2026, 11, 1), date(2026, 7, 1)],
    "AU": [date(2026, 4, 1), date(2026, 10, 1), date(2026, 1, 1)],
}
"""Months in which clocks change where they do, and others."""
SHARES = {
    "jp_overtime": "1/4",
    "jp_overtime_60": "1/2",
    "jp_legal_day_off": "7/20",
    "jp_night": "1/4",
    "us_overtime": "1/2",
    "tw_overtime_first": "1/3",
    "tw_overtime_next": "2/3",
    "tw_rest_day_first": "1/3",
    "tw_rest_day_next": "2/3",
    "tw_day_off": "1",
    "tw_holiday": "1",
    "au_early_late": "1/4",
    "au_shift": "3/20",
    "au_saturday": "1/4",
    "au_sunday": "1/2",
    "au_sunday_early_late": "3/4",
    "au_public_holiday": "3/2",
    "au_casual": "1/4",
    "au_overtime_first": "1/2",
    "au_overtime_next": "1",
    "au_overtime_sunday": "1",
    "au_overtime_public_holiday": "3/2",
}
Line = tuple[str, date | None, Decimal, Decimal | None]
SEEDS = range(20)
TAGS: tuple[tuple[str, ...], ...] = ((), ("casual",), ("shift",), ("casual", "shift"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def random_month(country: str, seed: int) -> tuple[PayExample, Case]:
    """Return a random month as our example and as plain minutes: shifts from any minute on, by day and by night."""
    rng, zone = Random(seed), ZoneInfo(ZONES[country])
    first = rng.choice(MONTHS[country])
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    left = rng.choice([None, None, first + timedelta(days=rng.randrange(8, 27))])
    tags = TAGS[seed % 4] if country == "AU" else ()
    holidays = {first + timedelta(days=rng.randrange(28)) for _ in range(3)}
    shifts, work, free = {}, [], None
    for n in range(-8, (last - first).days + 1):
        day = first + timedelta(days=n)
        start, length = rng.randrange(1440), rng.randrange(180, 780)
        if seed % 3 == 0:
            start, length = rng.randrange(480, 600), rng.randrange(660, 780)
        pauses = ((rng.randrange(60, 120), rng.randrange(15, 60)),) if rng.random() < 0.7 else ()
        texts = clock(start), clock(start + length)
        made = work_of(day, *texts, zone, pauses)
        if rng.random() < 0.1 or (left and day > left) or (free is not None and made.start < free):
            continue
        free = made.end + timedelta(hours=rng.choice([0, 8, 11]))
        shifts[day] = " ".join(["-".join(texts), *(f"{after}+{minutes}" for after, minutes in pauses)])
        work.append(made)
    example = PayExample(
        first=first,
        last=last,
        shifts=shifts,
        wage={"hourly": "23.45"},
        country=country,
        holidays=holidays,
        agent={"tags": tags, "leave_date": left},
    )
    case = Case(zone, first, last, tuple(work), holidays, left, tags)
    return example, case


def clock(minute: int) -> str:
    """Return minutes after midnight as they are typed."""
    return f"{minute % 1440 // 60:02d}:{minute % 60:02d}" + ("+1" if minute >= 1440 else "")


def paid(example: PayExample, kind: str, **fields: Any) -> Counter[Line]:
    """Return the lines of an element: code, date, hours, amount."""
    made = PayExample(**{**example.__dict__, "fields": fields})
    return Counter((line.element_code, line.date, line.quantity, line.amount) for line in made.lines(kind))


def priced(minutes: Counter[Key]) -> Counter[Line]:
    """Return what counted minutes come to at 23.45 an hour."""
    found = Counter[Line]()
    for (code, day, _), count in minutes.items():
        hours = Fraction(count, 60)
        found[code, day, rounded(hours), rounded(hours * Fraction("23.45") * Fraction(SHARES[code]))] += 1
    return found


def rounded(value: Fraction) -> Decimal:
    """Return a value at two places, halves up."""
    return (Decimal(value.numerator * 1000000 // value.denominator) / 1000000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("seed", SEEDS)
def test_japan(seed: int) -> None:
    """Overtime, legal days off and nights of Japan agree with a count by the minute, with either kind of day off."""
    example, case = random_month("JP", seed)
    weekday = None if seed % 2 else seed % 7
    fields = {} if weekday is None else {"legal_day_off": WEEKDAYS[weekday]}
    assert paid(example, "japan", **fields) == priced(pay_minutes.japan(case, weekday))


@pytest.mark.parametrize("seed", SEEDS)
def test_united_states(seed: int) -> None:
    """Overtime of the United States agrees with a count by the minute, wherever the workweek begins."""
    example, case = random_month("US", seed)
    weekday, at = seed % 7, 0 if seed % 2 else 360
    fields = {"workweek_begins": WEEKDAYS[weekday], "workweek_begins_at": at}
    assert paid(example, "united_states", **fields) == priced(pay_minutes.united_states(case, weekday, at))


@pytest.mark.parametrize("seed", SEEDS)
def test_taiwan(seed: int) -> None:
    """Overtime, rest days, days off and holidays of Taiwan agree with a count by the minute."""
    example, case = random_month("TW", seed)
    assert paid(example, "taiwan") == priced(pay_minutes.taiwan(case))


@pytest.mark.parametrize("seed", SEEDS)
def test_australia(seed: int) -> None:
    """Loadings and overtime of the award agree with a count by the minute, for casual agents and shiftworkers too."""
    example, case = random_month("AU", seed)
    hours = None if seed % 3 else 8
    shiftwork = {"tag": "shift", "ends_after": "19:00", "ends_by": "07:00+1"}
    fields = {"casual_tag": "casual", "shiftwork": shiftwork, "day_hours": hours}
    assert paid(example, "australia", **fields) == priced(pay_minutes.australia(case, hours and hours * 60))


@pytest.mark.parametrize("country", MONTHS)
def test_the_months_have_every_code(country: str) -> None:
    """The random months of a country earn every premium that is counted, so that none agrees by being absent."""
    count: dict[str, Callable[[Case], Counter[Key]]] = {
        "JP": pay_minutes.japan,
        "US": pay_minutes.united_states,
        "TW": pay_minutes.taiwan,
        "AU": lambda case: pay_minutes.australia(case, 480),
    }
    found: set[str] = set()
    for seed in range(6):
        found |= {code for code, _, _ in count[country](random_month(country, seed)[1])}
    assert found == {code for code in SHARES if code.startswith(country.lower())}
