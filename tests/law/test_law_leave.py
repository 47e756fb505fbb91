"""Annual leave by law."""

from datetime import date

import pytest

from wfm.domain.errors import SettingsError
from wfm.law.leave import annual_leave_days, leave_countries


def test_steps_of_china() -> None:
    """Each step begins with the whole year it names, and carries its source."""
    days = {years: int(annual_leave_days("CN", years, date(2026, 5, 1)).value) for years in (0, 1, 9, 10, 19, 20, 40)}
    assert days == {0: 0, 1: 5, 9: 5, 10: 10, 19: 10, 20: 15, 40: 15}
    assert "article 3" in annual_leave_days("CN", 1, date(2026, 5, 1)).source.en


def test_no_law_is_told() -> None:
    """A country or a date without a recorded law is refused by name."""
    with pytest.raises(SettingsError, match="country 'XX'; there is one for: CN"):
        annual_leave_days("XX", 1, date(2026, 5, 1))
    with pytest.raises(SettingsError, match="not known on 2007-12-31; it is known from 2008-01-01"):
        annual_leave_days("CN", 1, date(2007, 12, 31))
    assert leave_countries() == ("CN",)
