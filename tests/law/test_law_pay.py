"""Pay parameters by date."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest

from wfm import law
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.errors import SettingsError

CHANGED = {
    date(2026, 5, 1): DayClass.STATUTORY,
    date(2026, 5, 2): DayClass.STATUTORY,
    date(2026, 5, 4): DayClass.MAKEUP_OFF,
    date(2026, 5, 5): DayClass.ADJUSTED_OFF,
    date(2026, 5, 9): DayClass.WEEKEND_WORKDAY,
}


def ordinary(day: date) -> DayClass:
    """Return the class of a date without holidays."""
    return DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY


@pytest.mark.parametrize(("day", "hours"), [(date(2024, 12, 31), "166.64"), (date(2025, 1, 1), "165.36")])
def test_mean_month_changes_with_2025(day: date, hours: str) -> None:
    """The mean month has 166.64 standard hours up to 2024 and 165.36 from 2025."""
    assert law.pay_parameters("CN", day)["month_hours_mean"].value == Decimal(hours)


def test_divisors_agree() -> None:
    """The hourly divisor is the monthly paid days times the standard day: 21.75 x 8 = 174."""
    found = law.pay_parameters("CN", date(2026, 5, 1))
    assert found["monthly_paid_days"].value * found["day_hours"].value == found["hourly_divisor"].value == 174


def test_multipliers_of_both_regimes() -> None:
    """Standard hours pay 3, 2 and 1.5 times; comprehensive hours pay a rest day as normal work."""
    found = law.pay_parameters("CN", date(2026, 5, 1))
    values = {
        regime: [str(found[f"{regime}_{day}"].value) for day in ("statutory", "rest_day", "excess")]
        for regime in ("standard", "comprehensive")
    }
    assert values == {"standard": ["3", "2", "1.5"], "comprehensive": ["3", "1", "1.5"]}


@pytest.mark.parametrize("country", law.pay_countries())
def test_every_parameter_has_its_source(country: str) -> None:
    """Every parameter in force today has a unit, a date and a source in both languages."""
    for parameter in law.pay_parameters(country, date(2026, 5, 1)).values():
        assert parameter.unit
        assert parameter.effective_from <= date(2026, 5, 1)
        assert parameter.source.en
        assert parameter.source.zh


UNITS = {"days", "hours", "o'clock", "share", "thirds", "times"}


@pytest.mark.parametrize("country", law.pay_countries())
def test_units(country: str) -> None:
    """A figure is in one of a few units, so that its reader knows whether it is a whole or what comes on top."""
    assert {p.unit for p in law.pay_parameters(country, date(2026, 5, 1)).values()} <= UNITS


@pytest.mark.parametrize(
    ("country", "pack", "figures"),
    [
        ("JP", "jp-36", {"jp_day_hours": ("day", 8), "jp_week_hours": ("week", 40)}),
        ("TW", "tw", {"tw_day_hours": ("day", 8)}),
        ("US", "us-flsa", {"us_week_hours": ("week", 40)}),
    ],
)
def test_pay_and_packs_agree(country: str, pack: str, figures: dict[str, tuple[str, int]]) -> None:
    """Overtime is paid beyond the hours that the country's law pack names for the roster."""
    text = (files("wfm.law") / "packs" / f"{pack}.toml").read_text("utf-8")
    limits = [p["fields"] for p in tomllib.loads(text)["provision"] if p["rule"] == "work_limit" and not p["hard"]]
    found = law.pay_parameters(country, date(2026, 5, 1))
    for name, (per, hours) in figures.items():
        assert found[name].value == hours
        assert {"what": "hours", "per": per, "at_most": hours} in limits


@pytest.mark.parametrize(("country", "first"), [("JP", "2023-04-01"), ("AU", "2020-07-01"), ("TW", "2018-03-01")])
def test_where_the_law_of_a_country_begins(country: str, first: str) -> None:
    """The day before the first recorded figures is refused with the day from which they are known."""
    day = date.fromisoformat(first)
    assert law.pay_parameters(country, day)
    with pytest.raises(SettingsError, match=f"it is known from {first}"):
        law.pay_parameters(country, day - timedelta(days=1))


def test_unknown_country_is_refused() -> None:
    """A country without recorded pay law is refused with the list of those that have one."""
    with pytest.raises(SettingsError, match="country 'FR'; there is one for: AU, CN, HK, JP, TW, US"):
        law.pay_parameters("FR", date(2026, 5, 1))


def test_date_before_the_law_is_refused() -> None:
    """A date before the earliest recorded law is refused, not answered with a later law."""
    with pytest.raises(SettingsError, match="not known on 2007-12-31; it is known from 2008-01-01"):
        law.pay_parameters("CN", date(2007, 12, 31))


def test_calendar_month_counts_work_days() -> None:
    """May 2026 has 19 work days, make-up workday included: 152 standard hours on the calendar basis."""
    days = dates(date(2026, 5, 1), date(2026, 6, 1) - timedelta(days=1))
    calendar = Calendar({d: Day(d, CHANGED.get(d, ordinary(d))) for d in days})
    assert law.calendar_month_hours("CN", date(2026, 5, 17), calendar).value == 19 * 8
