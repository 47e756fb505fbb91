"""What is wrong with the leave that `leave.csv` calls approved, found before anything is planned."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.calendar import Calendar, build_calendar
from wfm.domain.errors import InputError, InputErrors
from wfm.domain.leave import LeaveType
from wfm.files import leave_lines
from wfm.law.leave import annual_leave_days, leave_countries
from wfm.pipeline import leave_messages as m
from wfm.records.allowance import balance_account, year_account
from wfm.records.leave import (
    Terms,
    approver_objection,
    leave_days,
    long_leave_objections,
    needed_rank,
    rank_of,
    run_around,
    whole_years,
)
from wfm.records.leave_messages import RANK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.agents import Absence, Agent, Balance
    from wfm.domain.plan import Inputs
    from wfm.domain.text import Text
    from wfm.records.allowance import Account
    from wfm.records.leave import Objection, Rank
    from wfm.roster import Rule, RuleBook

LONG_LEAVE = "long_leave"
"""Kind of the rule whose fields are the terms of a long leave."""


@dataclass(frozen=True)
class Judge:
    """Judges leave by the rule book, the settings and the balances of a folder."""

    inputs: Inputs
    book: RuleBook

    def about_length(
        self, absence: Absence, agent: Agent, others: Sequence[Absence], off: Collection[date] = ()
    ) -> Iterator[Objection]:
        """Yield what the rules of long leave have against a leave beside other approved leave and days off."""
        rule = self.rule_for(agent)
        run = run_around(absence, {*leave_days(others), *off})
        if rule is not None and not self._is_exempt(agent, run):
            yield from long_leave_objections(absence, agent, others, off, _terms(rule))

    def about_allowance(self, absence: Absence, agent: Agent, others: Sequence[Absence]) -> Iterator[Objection]:
        """Yield that too few days are left for a leave beside other approved leave."""
        account = self.account(absence, agent, others)
        short = account.objection(absence.type) if account else None
        if short is not None:
            yield short

    def rank_needed(self, absence: Absence, agent: Agent, run: Collection[date]) -> Rank:
        """Return the lowest rank that may approve a leave which is part of a run of days off."""
        rule = self.rule_for(agent)
        if rule is None or self._is_exempt(agent, run):
            return "unknown"
        return needed_rank(absence, run, _terms(rule))

    def approver(self, absence: Absence, agent: Agent, run: Collection[date], by: str) -> Objection | None:
        """Return what stands against an approver of a leave."""
        found = rank_of(by, self.inputs.settings.leave, self.inputs.agents)
        return approver_objection(found, self.rank_needed(absence, agent, run), len(run))

    def account(self, absence: Absence, agent: Agent, others: Sequence[Absence]) -> Account | None:
        """Return what the agent has left for a leave; None when its kind has no limit."""
        kind = self.inputs.settings.leave.types.get(absence.type, LeaveType())
        balance, first = self._balances.get(agent.agent_id), self.inputs.settings.period.first
        calendar = self._calendar if kind.counts == "work" else Calendar()
        by_balance = balance_account(absence, kind, others, balance, first, calendar)
        return by_balance or year_account(absence, kind, others, self._by_law(absence, agent), calendar)

    def _by_law(self, absence: Absence, agent: Agent) -> float | None:
        """Return the least days a year by law, counting the years with this employer; None when they are not known."""
        country = self.inputs.settings.centre.country
        if agent.hire_date is None or country not in leave_countries():
            return None
        years = whole_years(agent.hire_date, absence.first_date)
        return float(annual_leave_days(country, years, absence.first_date).value)

    def rule_for(self, agent: Agent) -> Rule | None:
        """Return the rule about long leave that binds an agent."""
        return next((r for r in self.book.rules if r.kind == LONG_LEAVE and r.binds(agent)), None)

    def _is_exempt(self, agent: Agent, run: Collection[date]) -> bool:
        mine = [e for e in self.inputs.exemptions if (e.agent_id, e.rule) == (agent.agent_id, LONG_LEAVE)]
        return all(any(e.first_date <= day <= e.last_date for e in mine) for day in run)

    @cached_property
    def _balances(self) -> Mapping[str, Balance]:
        return {b.agent_id: b for b in self.inputs.balances}

    @cached_property
    def _calendar(self) -> Calendar:
        """Every date of the years in which there is leave."""
        days = [d for a in self.inputs.absences for d in (a.first_date, a.last_date)]
        days += [self.inputs.settings.period.first, self.inputs.settings.period.last]
        centre = self.inputs.settings.centre
        return build_calendar(
            centre.country,
            date(min(days).year, 1, 1),
            date(max(days).year, 12, 31),
            subdivision=centre.subdivision,
            locale=centre.locale,
            overrides=self.inputs.calendar_overrides,
        )


def _terms(rule: Rule) -> Terms:
    return Terms(**{f.name: getattr(rule, f.name) for f in fields(Terms)})


def audited(inputs: Inputs, folder: Path | None = None) -> Inputs:
    """Return the inputs with notes on approved leave that breaks a rule or an allowance, as far as it is not over yet.

    Parameters
    ----------
    folder
        Where the inputs were read; None when they were given as tables.

    Raises
    ------
    InputErrors
        When a long leave has no approver, or one whose rank is too low.
    """
    judge = Judge(inputs, roster.build_book(inputs.settings))
    approved = [a for a in inputs.absences if a.status == "approved"]
    ranks = {name: rank_of(name, inputs.settings.leave, inputs.agents) for name in {a.approver for a in approved}}
    mine: dict[str, list[Absence]] = {}
    for absence in approved:
        mine.setdefault(absence.agent_id, []).append(absence)
    problems: list[InputError] = []
    notes: list[Text] = []
    names: set[str] = set()
    people = {a.agent_id: a for a in inputs.agents}
    for absence in (a for a in approved if a.last_date >= inputs.settings.period.first):
        agent = people[absence.agent_id]
        own = [a for a in mine[agent.agent_id] if a is not absence]
        notes += _notes(judge, absence, agent, own)
        run = run_around(absence, leave_days(own))
        needed = judge.rank_needed(absence, agent, run)
        if absence.approver.strip() and ranks[absence.approver] == "unknown" != needed:
            names.add(absence.approver)
        elif judge.approver(absence, agent, run, absence.approver) is not None:
            problems.append(_no_approval(inputs, folder, absence, len(run), needed))
    if problems:
        raise InputErrors(problems)
    if names:
        notes.append(m.UNKNOWN_RANK.fill(names=", ".join(sorted(names))))
    return replace(inputs, notes=(*inputs.notes, *notes)) if notes else inputs


def _notes(judge: Judge, absence: Absence, agent: Agent, own: Sequence[Absence]) -> Iterator[Text]:
    """Yield what stands against an approved leave beside the leave before it, once for leave without a gap."""
    before = [a for a in own if a.first_date < absence.first_date]
    goes_on = run_around(absence, leave_days(own))[-1] > absence.last_date
    found = [] if goes_on else list(judge.about_length(absence, agent, before))
    for objection in (*found, *judge.about_allowance(absence, agent, before)):
        span = {"agent": agent.agent_id, "first": absence.first_date, "last": absence.last_date}
        yield m.DOUBTFUL_LEAVE.fill(objection=objection.message, **span)


def _no_approval(inputs: Inputs, folder: Path | None, absence: Absence, length: int, needed: Rank) -> InputError:
    at = next(n for n, a in enumerate(inputs.absences) if a is absence)
    expected = m.NEEDS_APPROVER.fill(rank=RANK[needed], count=length, agent=absence.agent_id, first=absence.first_date)
    file, line = ("leave", at + 1) if folder is None else ("leave.csv", leave_lines(folder / "leave.csv")[at])
    return InputError(file, line, "approver", absence.approver or None, expected)
