"""Day classes: what kind of day a date is by law, with its name and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from wfm.domain.clock import dates
from wfm.domain.errors import SettingsError
from wfm.domain.holidays_source import PACKAGE, Known, known_holidays
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from wfm.domain.text import Locale


Date = date


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

    date: Date
    day_class: DayClass
    name: str = ""
    """Name of the holiday, without words such as "observed"; empty on ordinary days. Two are joined by `"; "`."""
    source: str = ""
    """Where the class comes from: the law, the package, or the user's file."""
    provisional: bool = False
    """True when the official notice for the year is not known yet."""
    swapped_with: Date | None = None
    """The other day of an exchange: the weekday that a WEEKEND_WORKDAY stands for, and the reverse."""


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

    def is_holiday(self, day: date) -> bool:
        """Return whether the date is off for more than being a weekend: statutory, make-up or adjusted day off."""
        return self.days[day].day_class in (DayClass.STATUTORY, DayClass.MAKEUP_OFF, DayClass.ADJUSTED_OFF)

    def works_like_weekend(self, day: date) -> bool:
        """Return whether most of the country is off: weekend or any holiday, make-up workdays excepted."""
        return self.days[day].day_class not in (DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY)

    def weekday_of(self, day: date) -> int | None:
        """Return the weekday (Monday 0) whose demand the date has: on a make-up workday that of the day it replaces.

        None on a make-up workday whose exchange is not known: take the mean of Monday to Friday.
        """
        known = self.days[day]
        if known.day_class is not DayClass.WEEKEND_WORKDAY:
            return day.weekday()
        return known.swapped_with.weekday() if known.swapped_with else None


_WITH_NOTICES = "CN"
"""The country whose exchanged days a yearly notice announces."""
_CHINA_LAW = (
    (date(2025, 1, 1), Text(en="State Council Order 795 (2024)", zh="《全国年节及纪念日放假办法》国务院令第795号")),
    (date(2014, 1, 1), Text(en="State Council Order 644 (2013)", zh="《全国年节及纪念日放假办法》国务院令第644号")),
    (date(2008, 1, 1), Text(en="State Council Order 513 (2007)", zh="《全国年节及纪念日放假办法》国务院令第513号")),
    (date(2000, 1, 1), Text(en="State Council Order 270 (1999)", zh="《全国年节及纪念日放假办法》国务院令第270号")),
    (
        date.min,
        Text(en="Government Administration Council Order of 1949", zh="政务院1949年《全国年节及纪念日放假办法》"),
    ),
)
_NOTICE = Text(en="State Council notice for {year}", zh="国务院办公厅{year}年部分节假日安排通知")
_NO_NOTICE = Text(en="{law}; no notice for {year} yet", zh="{law}；{year}年放假安排尚未公布")
_USER = Text(en="user calendar", zh="用户日历")
_BAD_OVERRIDE = Text(
    en="calendar override {row}: expected a date and one of the classes {classes}",
    zh="日历覆盖项 {row}：应为日期及以下类别之一：{classes}",
)


def build_calendar(
    country: str,
    first: date,
    last: date,
    *,
    subdivision: str | None = None,
    locale: Locale = "zh",
    overrides: pd.DataFrame | None = None,
) -> Calendar:
    """Return every date from `first` to `last` with its class.

    China: the statutory list of the law in force on the date, substitute days and exchanged days of the State Council's
    notices; every day of a year without a notice is provisional. Elsewhere: public holidays are STATUTORY, observed
    substitutes MAKEUP_OFF.

    Parameters
    ----------
    country
        ISO 3166 code.
    overrides
        Rows `date, class, name, source` that win over what the package knows; a later row wins over an earlier one.

    Raises
    ------
    SettingsError
        When the country or subdivision is unknown, or an override has no date or class.
    """
    span = dates(first, last)
    if not span:
        return Calendar()
    known = known_holidays(country, subdivision, span, locale)
    days = {d: _classified(d, known, locale) for d in span}
    days.update((day.date, day) for day in _override_days(overrides, locale) if day.date in days)
    return Calendar(days)


def _classified(day: date, known: Known, locale: Locale) -> Day:
    day_class, name, other = _class_of(day, known)
    awaited = known.country == _WITH_NOTICES and day.year > (known.last_notice or 0)
    source = "" if day_class in (DayClass.WORKDAY, DayClass.WEEKEND) else _source(day, day_class, known, locale)
    return Day(day, day_class, name, source, awaited or day in known.estimated, other)


def _class_of(day: date, known: Known) -> tuple[DayClass, str, date | None]:
    if day in known.moved:
        worked = next((w for w, off in known.exchanges.items() if off == day), None)
        return DayClass.ADJUSTED_OFF, known.moved[day] or _nearest_name(day, known.statutory), worked
    if day in known.statutory:
        return DayClass.STATUTORY, known.statutory[day], None
    if day in known.substitutes:
        return DayClass.MAKEUP_OFF, known.substitutes[day], None
    if day in known.exchanges:
        return DayClass.WEEKEND_WORKDAY, "", known.exchanges[day]
    return (DayClass.WEEKEND if day in known.weekend else DayClass.WORKDAY), "", None


def _nearest_name(day: date, names: Mapping[date, str]) -> str:
    return names[min(names, key=lambda other: (abs((other - day).days), other))] if names else ""


def statutory_law(country: str, day: date) -> Text:
    """Return what says which dates are statutory around a date: China's order then in force, elsewhere the package."""
    if country != _WITH_NOTICES:
        return Text(en=f"{PACKAGE}: {country}", zh=f"{PACKAGE}: {country}")
    return next(text for since, text in _CHINA_LAW if since <= day)


def _source(day: date, day_class: DayClass, known: Known, locale: Locale) -> str:
    law = statutory_law(known.country, day)
    if known.country != _WITH_NOTICES:
        return law.in_(locale)
    year = known.exchanges.get(day, day).year
    if year > (known.last_notice or 0):
        return _NO_NOTICE.fill(law=law, year=year).in_(locale)
    if day_class is DayClass.STATUTORY:
        return law.in_(locale)
    notice = _NOTICE.fill(year=year).in_(locale)
    return f"{law.in_(locale)}; {notice}" if day_class is DayClass.MAKEUP_OFF else notice


def _override_days(rows: pd.DataFrame | None, locale: Locale) -> Iterator[Day]:
    for row in [] if rows is None else rows.to_dict("records"):
        try:
            day, day_class = _as_date(row["date"]), DayClass(str(row["class"]).strip().lower())
        except (KeyError, ValueError) as error:
            classes = ", ".join(DayClass)
            raise SettingsError(_BAD_OVERRIDE.fill(row=row, classes=classes)) from error
        yield Day(day, day_class, _text(row.get("name")), _text(row.get("source")) or _USER.in_(locale))


def _as_date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
