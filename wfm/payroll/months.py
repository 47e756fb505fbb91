"""The months that a roster is paid in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm import law
from wfm.domain.errors import SettingsError
from wfm.payroll.attendance import Attendance
from wfm.payroll.base import WorkMonth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    import pandas as pd

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster

Checked = dict["date", tuple[int, int]]


def work_months(
    roster: Roster,
    plan: Plan,
    wages: Mapping[str, Mapping[str, Decimal]] | None = None,
    *,
    worked: pd.DataFrame | None = None,
    quality: pd.DataFrame | None = None,
) -> Iterator[WorkMonth]:
    """Yield every calendar month of the period for every agent employed in it, agents in the order of the plan.

    The roster's tail is not in it: its shifts were paid with the month in which they started.

    Parameters
    ----------
    wages
        Columns of `pay.csv` by agent id; None when none were given.
    worked
        Attendance (`Inputs.worked`); None or empty when none was given.
    quality
        Contacts checked (`Inputs.quality`); None or empty when none was given.
    """
    by_month: dict[date, list[date]] = {}
    for day in plan.days:
        by_month.setdefault(day.replace(day=1), []).append(day)
    laws = {first: law_of(plan, first) for first in by_month}
    attendance, checked, tails = Attendance.of(worked), _checked(quality), _tails(roster)
    for agent in plan.agents:
        rostered = [roster.assignments[agent.agent_id, d] for d in plan.days]
        tail = tails.get(agent.agent_id, [])
        paid = rostered if attendance.until is None else [attendance.in_place_of(a, plan) for a in rostered]
        for first, days in by_month.items():
            employed = tuple(a for a in rostered if days[0] <= a.date <= days[-1] and agent.employed(a.date))
            if employed:
                yield WorkMonth(
                    agent=agent,
                    first=first,
                    assignments=employed,
                    plan=plan,
                    law=laws[first],
                    wage=None if wages is None else wages[agent.agent_id],
                    known=(*tail, *paid),
                    scheduled=(*tail, *rostered),
                    checked=None if checked is None else checked.get(agent.agent_id, {}),
                    until=attendance.until,
                )


def law_of(plan: Plan, day: date) -> Mapping[str, law.Parameter] | None:
    """Return the pay parameters of the centre's country on a date; None where none are recorded."""
    try:
        return law.pay_parameters(plan.settings.centre.country, day)
    except SettingsError:
        return None


def _tails(roster: Roster) -> dict[str, list[Assignment]]:
    """Return the days before the period by agent, in order."""
    found: dict[str, list[Assignment]] = {}
    for cell in sorted(roster.tail.values(), key=lambda a: a.date):
        found.setdefault(cell.agent_id, []).append(cell)
    return found


def _checked(quality: pd.DataFrame | None) -> dict[str, Checked] | None:
    """Return the contacts checked and failed of each agent by date; None when no checks were given."""
    if quality is None or quality.empty:
        return None
    found: dict[str, Checked] = {}
    for agent_id, day, checked, failed in zip(
        *(quality[c].tolist() for c in ("agent_id", "date", "checked", "failed")), strict=True
    ):
        found.setdefault(agent_id, {})[day] = int(checked), int(failed)
    return found
