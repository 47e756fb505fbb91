"""What one more shift on a holiday costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pay_house import plan, roster, wages

from wfm.domain.agents import Absence, Agent
from wfm.payroll import one_more_shift

MAY = date(2026, 5, 1), date(2026, 5, 31)
STAFF = tuple(Agent(agent_id=f"A{n}", contract="full") for n in range(4))
PAY = wages({"A0": [6000, 0], "A1": [5220, 0], "A2": [6960, 0], "A3": [8700, 0]})


def test_price_is_the_holiday_pay_of_those_who_are_off() -> None:
    """Eight hours on 1 May cost three times eight hourly wages of whoever is off: least, median and most of them."""
    known = plan(*MAY, *STAFF)
    found = one_more_shift(roster(known, {MAY[0]: "D8"}, "A0"), known, PAY)
    first = found.set_index("date").loc[MAY[0]]
    assert (first["shift_code"], first["paid_hours"], first["agents"]) == ("D8", Decimal("8.00"), 3)
    assert [first[name] for name in ("low", "middle", "high")] == [
        Decimal("720.00"),
        Decimal("960.00"),
        Decimal("1200.00"),
    ]


def test_agents_on_leave_are_not_asked() -> None:
    """Somebody on leave could not work, and a day on which nobody is off has no row."""
    away = tuple(Absence(agent_id=a.agent_id, first_date=MAY[0], last_date=MAY[0]) for a in STAFF)
    known = plan(*MAY, *STAFF, absences=away)
    found = one_more_shift(roster(known, {}), known, PAY)
    assert found["date"].tolist() == [date(2026, 5, 2)]


def test_nothing_without_wages() -> None:
    """Without wages there is no price."""
    known = plan(*MAY, *STAFF)
    assert one_more_shift(roster(known, {}), known, wages({})).empty
