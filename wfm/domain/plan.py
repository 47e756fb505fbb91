"""What is known before the roster is made: the inputs as read, and the plan the roster is solved against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.clock import dates
from wfm.domain.roster import Assignment, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.agents import Absence, Agent, Balance, Contract, Exemption, Pin, Request
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.settings import Settings
    from wfm.domain.shifts import Shift, ShiftTemplate
    from wfm.domain.text import Text


@dataclass(frozen=True)
class Inputs:
    """A planning folder, read and validated: every reference resolves, every row is meaningful.

    Attributes
    ----------
    history
        Indexed by (`queue`, `interval_start`), zone-aware, at the planning interval; columns `offered` (float),
        `aht_seconds` (float, NaN where unknown) and `spread` (bool: made from a coarser interval).
        A missing interval is a gap, not a zero; a closed interval may be absent.
    previous
        Assignments of the roster before the period.
    published
        Assignments of a roster already published for the period; empty when there is none.
    calendar_overrides
        `date, class, name, source` rows of the user's own calendar.
    events
        `queue, start, end, kind, factor` rows; `start` and `end` zone-aware.
    pay
        Indexed by `agent_id`; numeric columns as text-safe `Decimal` (`base`, `performance`, …).
    worked
        Attendance (`worked.csv`): one row per span of work, `agent_id`, `date` (business date), `start` and `end`
        zone-aware, `unpaid_minutes`; empty when none was given. It does not shape the roster.
    quality
        Contacts checked (`quality.csv`): `agent_id`, `date`, `checked`, `failed`; empty when none was given.
    notes
        What was read but left aside or flagged, for the report (requests outside the period, …).
    hashes
        SHA-256 of every file that was read, by file name.
    """

    settings: Settings
    history: pd.DataFrame
    agents: tuple[Agent, ...]
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    pins: tuple[Pin, ...] = ()
    previous: tuple[Assignment, ...] = ()
    published: tuple[Assignment, ...] = ()
    balances: tuple[Balance, ...] = ()
    calendar_overrides: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    events: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    pay: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    worked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    quality: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    notes: tuple[Text, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Everything a roster is solved and checked against.

    Attributes
    ----------
    requirement
        Indexed by (`queue`, `interval_start`) over the grid; the column `required_rostered` is what the roster
        has to cover, in agents on the queue; 0 where closed.
    published
        Assignments of a roster already published for the period, for the goal `stability`.
    """

    settings: Settings
    agents: tuple[Agent, ...]
    calendar: Calendar
    """Covers the period and the 31 days on either side of it."""
    requirement: pd.DataFrame
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    pins: tuple[Pin, ...] = ()
    previous: tuple[Assignment, ...] = ()
    published: tuple[Assignment, ...] = ()
    balances: tuple[Balance, ...] = ()

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The dates of the period."""
        return dates(self.settings.period.first, self.settings.period.last)

    @cached_property
    def grid(self) -> Grid:
        """The planning grid of the period."""
        return self.settings.grid

    @cached_property
    def templates(self) -> Mapping[str, ShiftTemplate]:
        """Shift templates by code."""
        return {t.code: t for t in self.settings.shifts}

    @cached_property
    def shifts(self) -> Mapping[tuple[str, date], Shift]:
        """Every shift that can start in the period, by (code, date); each is made once."""
        zone = self.settings.centre.zone
        return {(t.code, d): t.on(d, zone) for d in self.days for t in self.settings.shifts}

    @cached_property
    def by_id(self) -> Mapping[str, Agent]:
        """Agents by id."""
        return {a.agent_id: a for a in self.agents}

    @cached_property
    def _leave(self) -> Mapping[tuple[str, date], str]:
        return {
            (a.agent_id, d): a.type
            for a in self.absences
            if a.status == "approved"
            for d in dates(a.first_date, a.last_date)
        }

    @cached_property
    def _exempt(self) -> frozenset[tuple[str, str, date]]:
        return frozenset((e.agent_id, e.rule, d) for e in self.exemptions for d in dates(e.first_date, e.last_date))

    @cached_property
    def _balances(self) -> Mapping[str, Balance]:
        return {b.agent_id: b for b in self.balances}

    def balance(self, agent: Agent) -> Balance | None:
        """Return what the agent brings along from before the period; None when nothing is known."""
        return self._balances.get(agent.agent_id)

    def contract(self, agent: Agent) -> Contract:
        """Return the agent's contract."""
        return self.settings.contracts[agent.contract]

    def leave_type(self, agent_id: str, day: date) -> str | None:
        """Return the type of approved leave on a date; None when there is none."""
        return self._leave.get((agent_id, day))

    def off_state(self, agent: Agent, day: date) -> State:
        """Return the state of a day of the period on which the agent does not work.

        Leave covers every day of its range, statutory holidays included; any other day off on a statutory holiday is
        a state of its own, on top of rest days.
        """
        if not agent.employed(day):
            return State.NOT_EMPLOYED
        if self.leave_type(agent.agent_id, day) is not None:
            return State.LEAVE
        return State.STATUTORY_OFF if self.calendar.is_statutory(day) else State.REST

    def off(self, agent: Agent, day: date) -> Assignment:
        """Return the assignment of a day of the period on which the agent does not work."""
        leave = self.leave_type(agent.agent_id, day)
        return Assignment(agent.agent_id, day, self.off_state(agent, day), leave_type=leave)

    def is_exempt(self, agent_id: str, rule: str, first: date, last: date) -> bool:
        """Return whether a recorded exception from the rule covers every date from `first` to `last`."""
        return all((agent_id, rule, first + timedelta(days=n)) in self._exempt for n in range((last - first).days + 1))

    def employed_days(self, agent: Agent) -> tuple[date, ...]:
        """Return the dates of the period on which the agent is employed."""
        return tuple(d for d in self.days if agent.employed(d))

    def queues_of(self, agent: Agent) -> tuple[str, ...]:
        """Return the queues whose skill the agent has, in the order of the settings."""
        known = self._queues_by_skills
        if agent.skills not in known:
            known[agent.skills] = tuple(q for q in self.settings.queues if self.settings.skill_of(q) in agent.skills)
        return known[agent.skills]

    @cached_property
    def _queues_by_skills(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}
