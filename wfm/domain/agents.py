"""Agents, contracts, and what is known about an agent's days before the roster is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Typed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Contract(_Typed):
    """Hours and limits shared by agents: `[contracts.NAME]` in `plan.toml`."""

    name: str
    hours_share: float = Field(default=1.0, gt=0, le=1)
    """Share of full-time hours: scales the hours target of the month."""
    shifts: tuple[str, ...] = ()
    """Shift codes this contract may work; empty means all."""


class Agent(_Typed):
    """One person of the centre, as in `agents.csv`."""

    agent_id: str = Field(min_length=1)
    name: str = ""
    team: str = ""
    contract: str = Field(min_length=1)
    skills: tuple[str, ...] = ()
    hire_date: date | None = None
    """First day of employment; None means before the period."""
    leave_date: date | None = None
    """Last day of employment; None means after the period."""
    no_night: bool = False
    """Protected from night work (a flag, never a reason)."""
    no_overtime: bool = False
    """Protected from overtime (a flag, never a reason)."""
    mentor: str | None = None
    """Agent id of the mentor."""
    tags: tuple[str, ...] = ()
    """Words that rules can ask for: `senior`, `supervisor`, …"""

    def employed(self, day: date) -> bool:
        """Return whether the agent is employed on that date."""
        return (self.hire_date is None or self.hire_date <= day) and (self.leave_date is None or day <= self.leave_date)


def in_class(agents: Iterable[Agent], days: int) -> tuple[Absence, ...]:
    """Return the training of everybody with a hire date: approved leave on so many days from it on.

    Examples
    --------
    >>> from datetime import date
    >>> in_class([Agent(agent_id="A1", contract="full", hire_date=date(2026, 5, 4))], 3)[0].last_date
    datetime.date(2026, 5, 6)
    """
    return tuple(
        Absence(
            agent_id=agent.agent_id,
            first_date=agent.hire_date,
            last_date=agent.hire_date + timedelta(days=days - 1),
            type="training",
        )
        for agent in agents
        if agent.hire_date is not None and days > 0
    )


class Absence(_Typed):
    """Approved leave or another unavailability: every day of the range, both ends included."""

    agent_id: str
    first_date: date
    last_date: date
    type: str = "annual"
    """Leave type: annual, sick, marriage, toil, training, …"""
    status: Literal["approved", "requested", "rejected"] = "approved"
    """Only approved leave binds the roster."""
    approver: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Absence:
        if self.last_date < self.first_date:
            raise ValueError("last_date is before first_date")
        return self


class Request(_Typed):
    """A wish for one day: to be off, or to work (a given shift)."""

    agent_id: str
    date: date
    kind: Literal["off", "on"]
    shift_code: str | None = None
    """For `on`: the wished shift; None means any shift."""
    weight: int = Field(default=1, ge=1)
    """How much the wish counts against other wishes."""


class Exemption(_Typed):
    """A recorded exception from one rule (`exceptions.csv`), for instance the 7-day run."""

    agent_id: str
    rule: str
    """Kind of the rule."""
    first_date: date
    last_date: date
    reason: str = ""


class Pin(_Typed):
    """A fixed assignment (`pins.csv`): the roster must keep it."""

    agent_id: str
    date: date
    shift_code: str | None = None
    """The shift to work; None pins the day off."""
    queue: str | None = None
    """The queue to serve; None leaves it open."""


class Balance(_Typed):
    """What an agent brings along from before the period (`balances.csv`)."""

    agent_id: str
    cycle_hours: float = Field(default=0, ge=0)
    """Paid hours since the hours cycle began (month, quarter, year), up to the day before the period."""
    overtime_hours: float = Field(default=0, ge=0)
    """Overtime of the calendar year so far."""
    toil_hours: float = 0
    """Time off in lieu that is left."""
    nights: int = Field(default=0, ge=0)
    """Night shifts since the hours cycle began."""
    leave_days: dict[str, float] = Field(default_factory=dict)
    """Days of leave that are left, by type: one column `leave_TYPE` each."""
