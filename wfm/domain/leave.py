"""`[leave]`: kinds of leave and who may approve it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class LeaveType(_Table):
    """`[leave.types.NAME]`: one kind of leave."""

    paid: bool = True
    """Whether the days are paid."""
    allowance_days: float | None = Field(default=None, ge=0)
    """Days a calendar year where `balances.csv` says nothing; None is no limit."""
    statutory: bool = False
    """Whether the allowance is at least what the law gives by years of service (see `wfm.law.leave`)."""
    counts: Literal["calendar", "work"] = "calendar"
    """Which days of a leave are taken from the allowance: all, or the country's working days."""


class Leave(_Table):
    """`[leave]`: what is asked of leave."""

    types: dict[str, LeaveType] = Field(default_factory=dict)
    """By the name in `leave.csv`; empty lets every name pass, without a limit."""
    supervisors: tuple[str, ...] = ("supervisor", "direct supervisor", "主管", "直属主管")
    """Approvers that count as supervisors; agents with the tag `supervisor` do too, by id or name."""
    managers: tuple[str, ...] = ("manager", "department manager", "经理", "部门经理")
    """Approvers that count as managers; agents with the tag `manager` do too, by id or name."""
