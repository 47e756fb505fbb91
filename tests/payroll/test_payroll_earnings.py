"""Timesheet, payroll and notes made together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from pay_house import attendance, plan, roster, wages

from wfm.domain.errors import InputErrors
from wfm.payroll import earnings, notes, payroll, timesheet

SPAN = date(2026, 6, 29), date(2026, 8, 2)
SHIFTS = {date(2026, 7, day): "D11" for day in (1, 2, 3, 4, 5, 6, 8)}


@pytest.mark.parametrize("regime", ["standard", "comprehensive"])
def test_together_is_one_by_one(regime: str) -> None:
    """What is made together is what is made one by one, over three months and with attendance."""
    known = plan(*SPAN, tables={"hours": {"regime": regime, "approval": "1"}})
    work, pay = roster(known, SHIFTS), wages({"007": [Decimal(4000), Decimal(2000)]})
    worked = attendance(
        *((d, datetime(2026, 7, d.day, 1, tzinfo=UTC), datetime(2026, 7, d.day, 14, tzinfo=UTC)) for d in SHIFTS)
    )
    found = earnings(work, known, pay, worked)
    assert found.notes == notes(work, known, pay, worked)
    assert len(found.timesheet) == 3
    assert len(found.payroll) > 0
    pd.testing.assert_frame_equal(found.timesheet, timesheet(work, known, worked))
    pd.testing.assert_frame_equal(found.payroll, payroll(work, known, pay, worked))


def test_a_missing_wage() -> None:
    """A wage that is missing stops all three."""
    known = plan(*SPAN)
    with pytest.raises(InputErrors, match="007"):
        earnings(roster(known, SHIFTS), known, wages({"008": [Decimal(1), Decimal(1)]}))
