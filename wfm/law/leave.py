"""Leave that the law gives, by country, date and years of work."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.law.pay import Parameter

if TYPE_CHECKING:
    from datetime import date

UNKNOWN_COUNTRY = Text(
    en="no law on annual leave for country {country!r}; there is one for: {known}",
    zh="没有国家“{country}”的年休假法规数据；现有：{known}",
)
TOO_EARLY = Text(
    en="the law on annual leave of {country} is not known on {day}; it is known from {first}",
    zh="没有 {country} 在 {day} 的年休假法规数据；最早为 {first}",
)


@lru_cache(maxsize=4096)
def annual_leave_days(country: str, years: int, on: date) -> Parameter:
    """Return the days of paid annual leave a year that the law in force on a date gives after whole years of work.

    Raises
    ------
    SettingsError
        When no law is recorded for the country or the date.

    Examples
    --------
    >>> from datetime import date
    >>> [int(annual_leave_days("CN", years, date(2026, 5, 1)).value) for years in (0, 1, 9, 10, 20)]
    [0, 5, 5, 10, 15]
    """
    if country not in leave_countries():
        raise SettingsError(UNKNOWN_COUNTRY.fill(country=country, known=", ".join(leave_countries())))
    text = (files("wfm.law") / f"leave_{country.lower()}.toml").read_text(encoding="utf-8")
    dated = sorted(tomllib.loads(text)["annual"], key=lambda entry: entry["effective_from"])
    in_force = [entry for entry in dated if entry["effective_from"] <= on]
    if not in_force:
        raise SettingsError(TOO_EARLY.fill(country=country, day=on, first=dated[0]["effective_from"]))
    law = in_force[-1]
    days = max((step["days"] for step in law["steps"] if step["years"] <= years), default=0)
    return Parameter(Decimal(days), "days", law["effective_from"], Text(**law["source"]))


def leave_countries() -> tuple[str, ...]:
    """Return the ISO 3166 codes of the countries whose law on annual leave is recorded, sorted."""
    names = (f.name for f in files("wfm.law").iterdir())
    return tuple(sorted(n[6:-5].upper() for n in names if n.startswith("leave_") and n.endswith(".toml")))
