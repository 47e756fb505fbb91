"""Every premium by the hour, counted again minute by minute over random months."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pay_minutes
import pytest
from pay_minutes import SHARES, Case, Key, work_of

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
BEYOND = ("overtime", "rest_day", "legal_day_off")
"""Parts of the codes of hours beyond the ordinary ones."""
WEEKLY = {"JP": "jp_overtime", "US": "us_overtime", "TW": "tw_rest_day_first", "AU": "au_overtime_first"}
Line = tuple[str, date | None, Decimal, Decimal | None]
SEEDS = range(20)
TAGS: tuple[tuple[str, ...], ...] = ((), ("casual",), ("shift",), ("casual", "shift"), ("shift", "permanent"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def random_month(country: str, seed: int) -> tuple[PayExample, Case]:
    """Return a random month as our example and as plain minutes: shifts from any minute on, by day and by night.

    Of some months the days before are not known, but for the shifts of the last two at most.
    """
    rng, zone = Random(seed), ZoneInfo(ZONES[country])
    first = rng.choice(MONTHS[country])
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    left = rng.choice([None, None, first + timedelta(days=rng.randrange(8, 27))])
    tags = TAGS[seed % 5] if country == "AU" else ()
    holidays = {first + timedelta(days=rng.randrange(28)) for _ in range(3)}
    tail = seed // 3 % 3 != 1
    shifts, work, free = {}, [], None
    for n in range(-8 if tail else -(seed % 3), (last - first).days + 1):
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
    unknown = set() if tail else {first - timedelta(days=n) for n in range(1, 9)} - set(shifts)
    example = PayExample(
        first=first,
        last=last,
        shifts=shifts,
        wage={"hourly": "23.45", "base": "3811"},
        country=country,
        holidays=holidays,
        agent={"tags": tags, "leave_date": left},
        tail=tail,
    )
    case = Case(zone, first, last, tuple(work), holidays, left, tags, unknown)
    return example, case


def clock(minute: int) -> str:
    """Return minutes after midnight as they are typed."""
    return f"{minute % 1440 // 60:02d}:{minute % 60:02d}" + ("+1" if minute >= 1440 else "")


def paid(seed: int, kind: str, country: str, **fields: Any) -> Counter[Line]:
    """Return the lines of an element in a random month: code, date, hours, amount."""
    example = random_month(country, seed)[0]
    pays = {"pays": "whole" if whole(seed) else "premium", "month_hours": 163 if monthly(seed) else None}
    made = replace(example, fields={**pays, **fields})
    return Counter((line.element_code, line.date, line.quantity, line.amount) for line in made.lines(kind))


def whole(seed: int) -> bool:
    """Return whether hours beyond the ordinary ones are paid with the hour itself."""
    return seed // 2 % 2 == 1


def monthly(seed: int) -> bool:
    """Return whether the hourly wage is 3811 a month by 163 h, else 23.45."""
    return seed % 3 == 1


def priced(seed: int, minutes: Counter[Key]) -> Counter[Line]:
    """Return what counted minutes come to."""
    found, wage = Counter[Line](), Fraction(3811, 163) if monthly(seed) else Fraction("23.45")
    for (code, day, _), count in minutes.items():
        hours = Fraction(count, 60)
        itself = whole(seed) and any(part in code for part in BEYOND)
        found[code, day, rounded(hours), rounded(hours * wage * (Fraction(SHARES[code]) + itself))] += 1
    return found


def left_open(country: str, weeks: set[date]) -> Counter[Line]:
    """Return the lines of weeks of which a day is not known."""
    return Counter((WEEKLY[country], last, Decimal(0), None) for last in weeks)


def rounded(value: Fraction) -> Decimal:
    """Return a value at two places, halves up."""
    return (Decimal(value.numerator * 1000000 // value.denominator) / 1000000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("seed", SEEDS)
def test_japan(seed: int) -> None:
    """Overtime, legal days off and nights of Japan agree with a count by the minute, with either kind of day off."""
    case, begins = random_month("JP", seed)[1], seed % 7
    off = None if seed % 2 else seed * 3 % 7
    fields = {"week_begins": WEEKDAYS[begins]} | ({} if off is None else {"legal_day_off": WEEKDAYS[off]})
    expected = priced(seed, pay_minutes.japan(case, off, begins))
    assert paid(seed, "japan", "JP", **fields) == expected + left_open("JP", pay_minutes.open_weeks(case, begins))


@pytest.mark.parametrize("seed", SEEDS)
def test_united_states(seed: int) -> None:
    """Overtime of the United States agrees with a count by the minute, wherever the workweek begins."""
    case, begins, at = random_month("US", seed)[1], seed % 7, 0 if seed % 2 else 360
    fields = {"workweek_begins": WEEKDAYS[begins], "workweek_begins_at": at}
    expected = priced(seed, pay_minutes.united_states(case, begins, at))
    expected += left_open("US", pay_minutes.open_weeks(case, begins, at))
    assert paid(seed, "united_states", "US", **fields) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_taiwan(seed: int) -> None:
    """Overtime, rest days, days off and holidays of Taiwan agree with a count by the minute."""
    case, begins = random_month("TW", seed)[1], seed % 7
    expected = priced(seed, pay_minutes.taiwan(case, begins))
    expected += left_open("TW", pay_minutes.open_weeks(case, begins))
    assert paid(seed, "taiwan", "TW", week_begins=WEEKDAYS[begins]) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_australia(seed: int) -> None:
    """Loadings and overtime of the award agree with a count by the minute, for casual agents and shiftworkers too."""
    case, begins = random_month("AU", seed)[1], seed % 7
    hours = None if seed % 3 else 8
    shiftwork = {"tag": "shift", "ends_after": "19:00", "ends_by": "07:00+1", "permanent_tag": "permanent"}
    fields = {"casual_tag": "casual", "shiftwork": shiftwork, "day_hours": hours, "week_begins": WEEKDAYS[begins]}
    expected = priced(seed, pay_minutes.australia(case, hours and hours * 60, begins))
    assert paid(seed, "australia", "AU", **fields) == expected + left_open("AU", pay_minutes.open_weeks(case, begins))


@pytest.mark.parametrize("country", MONTHS)
def test_the_months_have_every_code(country: str) -> None:
    """The random months of a country earn every premium and leave weeks open, so that none agrees by being absent."""
    count: dict[str, Callable[[Case], Counter[Key]]] = {
        "JP": pay_minutes.japan,
        "US": pay_minutes.united_states,
        "TW": pay_minutes.taiwan,
        "AU": lambda case: pay_minutes.australia(case, 480),
    }
    cases = [random_month(country, seed)[1] for seed in range(6)]
    found = {code for case in cases for code, _, _ in count[country](case)}
    assert any(pay_minutes.open_weeks(case, seed) for seed, case in enumerate(cases))
    assert found == {code for code in SHARES if code.startswith(country.lower())}
