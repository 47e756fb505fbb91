"""Pay parameters by country and date: divisors, multipliers, standard hours of a month."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wfm.domain.calendar import DayClass
from wfm.domain.clock import dates
from wfm.domain.errors import SettingsError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from wfm.domain.calendar import Calendar

UNKNOWN_COUNTRY = Text(
    en="no pay law for country {country!r}; there is one for: {known}",
    zh="没有国家“{country}”的工资法规数据；现有：{known}",
)
TOO_EARLY = Text(
    en="the pay law of {country} is not known on {day}; it is known from {first}",
    zh="没有 {country} 在 {day} 的工资法规数据；最早为 {first}",
)
WORK_DAYS = Text(en="{source}; {count} work days of the month", zh="{source}；当月 {count} 个工作日")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure of the law."""

    value: Decimal
    unit: str
    effective_from: date
    source: Text


def pay_parameters(country: str, on: date) -> Mapping[str, Parameter]:
    """Return every pay parameter of a country in force on a date, by name.

    Raises
    ------
    SettingsError
        When no law is recorded for the country or the date.

    Examples
    --------
    >>> from datetime import date
    >>> parameters = pay_parameters("CN", date(2026, 5, 1))
    >>> parameters["hourly_divisor"].value, parameters["month_hours_mean"].value
    (Decimal('174'), Decimal('165.36'))
    """
    if country not in pay_countries():
        raise SettingsError(UNKNOWN_COUNTRY.fill(country=country, known=", ".join(pay_countries())))
    found = {}
    for name, entries in _figures(country).items():
        dated = sorted(map(_parameter, entries), key=lambda p: p.effective_from)
        in_force = [p for p in dated if p.effective_from <= on]
        if not in_force:
            raise SettingsError(TOO_EARLY.fill(country=country, day=on, first=dated[0].effective_from))
        found[name] = in_force[-1]
    return found


def pay_countries() -> tuple[str, ...]:
    """Return the ISO 3166 codes of the countries whose pay law is recorded, sorted."""
    names = (f.name for f in files("wfm.law").iterdir())
    return tuple(sorted(n[4:-5].upper() for n in names if n.startswith("pay_") and n.endswith(".toml")))


@cache
def _figures(country: str) -> Mapping[str, Any]:
    """Return the file of a country's pay law: dated entries by the name of the figure."""
    return tomllib.loads((files("wfm.law") / f"pay_{country.lower()}.toml").read_text(encoding="utf-8"))


def countries_with(figure: str) -> tuple[str, ...]:
    """Return the countries whose recorded pay law has a figure of that name, on whatever date, sorted.

    Examples
    --------
    >>> countries_with("standard_statutory")
    ('CN',)
    """
    return tuple(country for country in pay_countries() if figure in _figures(country))


def calendar_month_hours(country: str, month: date, calendar: Calendar) -> Parameter:
    """Return the standard hours of the calendar month that holds a date: its work days times the standard day.

    The other basis, the same mean figure every month, is the parameter `month_hours_mean`; regions differ in which one
    they use. Source: 人社部发〔2025〕2号. The calendar must cover the month.

    Raises
    ------
    SettingsError
        When no law is recorded for the country or the date.
    """
    day = pay_parameters(country, month)["day_hours"]
    last = month.replace(day=monthrange(month.year, month.month)[1])
    worked = (DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY)
    count = sum(calendar[d].day_class in worked for d in dates(month.replace(day=1), last))
    return Parameter(day.value * count, "hours", day.effective_from, WORK_DAYS.fill(source=day.source, count=count))


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    return Parameter(Decimal(entry["value"]), entry["unit"], entry["effective_from"], Text(**entry["source"]))
