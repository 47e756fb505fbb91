"""What a conflict can be made of, piece by piece: each piece has its sentence and can be lifted out of a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from wfm.domain.answer import Cause
from wfm.domain.clock import dates
from wfm.domain.shifts import WEEKDAYS
from wfm.roster.engine.doctor import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Absence, Agent, Contract, Pin
    from wfm.domain.roster import Assignment
    from wfm.domain.shifts import ShiftTemplate
    from wfm.roster.base import Rule
    from wfm.roster.engine.doctor.case import Case

AVAILABILITY, ELIGIBILITY, PINNED = "availability", "eligibility", "pinned"
"""Rules about records: the record is named and lifted, not the rule."""
GHOST = "before:"
"""Prefix of the agent ids under which shifts before the period still count as cover when their line is forgotten."""


class Liftable(Protocol):
    """Something that can be taken out of a case."""

    @staticmethod
    def lift(case: Case, guards: Sequence[Any]) -> Case:
        """Return the case without some objects of this class."""


class Guard(Liftable, Protocol):
    """One rule or record that can take part in a conflict."""

    @property
    def cause(self) -> Cause:
        """What it says."""


@dataclass(frozen=True, eq=False)
class OfRule:
    """A rule of the book."""

    rule: Rule

    @property
    def cause(self) -> Cause:
        """The rule's own sentence."""
        return Cause(self.rule.kind, self.rule.sentence())

    @staticmethod
    def lift(case: Case, guards: Sequence[OfRule]) -> Case:
        """Return the case without the rules."""
        gone = {id(g.rule) for g in guards}
        return replace(case, rules=tuple(r for r in case.rules if id(r) not in gone))


@dataclass(frozen=True, eq=False)
class OfPin:
    """A fixed assignment."""

    pin: Pin

    @property
    def cause(self) -> Cause:
        """Agent, date and shift."""
        pin = self.pin
        said = words.PIN_OFF if pin.shift_code is None else words.PIN
        filled = said.fill(agent=pin.agent_id, date=pin.date, code=pin.shift_code)
        return Cause(PINNED, filled, pin.agent_id, pin.date, pin.date)

    @staticmethod
    def lift(case: Case, guards: Sequence[OfPin]) -> Case:
        """Return the case without the fixed assignments."""
        gone = {id(g.pin) for g in guards}
        return case.known(pins=tuple(p for p in case.plan.pins if id(p) not in gone))


@dataclass(frozen=True, eq=False)
class OfLeave:
    """An approved absence."""

    absence: Absence

    @property
    def cause(self) -> Cause:
        """Agent, type and dates."""
        leave = self.absence
        said = words.LEAVE.fill(
            agent=leave.agent_id, type=leave.type, dates=words.span(leave.first_date, leave.last_date)
        )
        return Cause(AVAILABILITY, said, leave.agent_id, leave.first_date, leave.last_date)

    @staticmethod
    def lift(case: Case, guards: Sequence[OfLeave]) -> Case:
        """Return the case without the absences."""
        gone = {id(g.absence) for g in guards}
        return case.known(absences=tuple(a for a in case.plan.absences if id(a) not in gone))


@dataclass(frozen=True, eq=False)
class DayOfLeave:
    """One day of an approved absence."""

    absence: Absence
    day: date

    @staticmethod
    def lift(case: Case, guards: Sequence[DayOfLeave]) -> Case:
        """Return the case in which the agents are there on these days."""
        denied: dict[int, set[date]] = {}
        for guard in guards:
            denied.setdefault(id(guard.absence), set()).add(guard.day)
        parts = (part for a in case.plan.absences for part in _rest_of(a, denied.get(id(a), set())))
        return case.known(absences=tuple(parts))


def _rest_of(absence: Absence, denied: set[date]) -> Iterator[Absence]:
    """Yield an absence without some of its days, one piece for every run of days that is left."""
    if not denied:
        yield absence
        return
    left = [d for d in dates(absence.first_date, absence.last_date) if d not in denied]
    for _, run in groupby(enumerate(left), lambda pair: pair[1].toordinal() - pair[0]):
        days = [day for _, day in run]
        yield absence.model_copy(update={"first_date": days[0], "last_date": days[-1]})


@dataclass(frozen=True, eq=False)
class OfEmployment:
    """An employment that covers only a part of the period."""

    agent: Agent

    @property
    def cause(self) -> Cause:
        """First and last day."""
        agent = self.agent
        said = words.EMPLOYED.fill(agent=agent.agent_id, dates=words.ends(agent.hire_date, agent.leave_date))
        return Cause(AVAILABILITY, said, agent.agent_id, agent.hire_date, agent.leave_date)

    @staticmethod
    def lift(case: Case, guards: Sequence[OfEmployment]) -> Case:
        """Return the case in which the agents are employed throughout."""
        return _with_agents(case, {g.agent.agent_id for g in guards}, hire_date=None, leave_date=None)


@dataclass(frozen=True, eq=False)
class OfTail:
    """What an agent worked before the period."""

    last: Assignment

    @property
    def cause(self) -> Cause:
        """The last shift."""
        code = self.last.shift.code if self.last.shift is not None else ""
        said = words.TAIL.fill(agent=self.last.agent_id, code=code, date=self.last.date)
        return Cause(AVAILABILITY, said, self.last.agent_id, self.last.date, self.last.date)

    @staticmethod
    def lift(case: Case, guards: Sequence[OfTail]) -> Case:
        """Return the case in which the agents start rested; their last shifts still count as cover."""
        mine = {g.last.agent_id for g in guards}
        kept = (replace(a, agent_id=GHOST + a.agent_id) if a.agent_id in mine else a for a in case.plan.previous)
        return case.known(previous=tuple(kept))


@dataclass(frozen=True, eq=False)
class OfContract:
    """A contract with some of the shifts only."""

    contract: Contract

    @property
    def cause(self) -> Cause:
        """Name and shifts."""
        said = words.CONTRACT.fill(contract=self.contract.name, codes=", ".join(self.contract.shifts))
        return Cause(ELIGIBILITY, said)

    @staticmethod
    def lift(case: Case, guards: Sequence[OfContract]) -> Case:
        """Return the case in which the contracts have every shift."""
        free = {g.contract.name: g.contract.model_copy(update={"shifts": ()}) for g in guards}
        return case.with_settings(contracts={**case.plan.settings.contracts, **free})


@dataclass(frozen=True, eq=False)
class ContractOf:
    """The contract of one agent."""

    agent: Agent

    @staticmethod
    def lift(case: Case, guards: Sequence[ContractOf]) -> Case:
        """Return the case in which the agents may work every shift, other terms of their contracts unchanged."""
        contracts = dict(case.plan.settings.contracts)
        for guard in guards:
            name = f"{guard.agent.contract}+"
            contracts[name] = contracts[guard.agent.contract].model_copy(update={"name": name, "shifts": ()})
            case = _with_agents(case, {guard.agent.agent_id}, contract=name)
        return case.with_settings(contracts=contracts)


@dataclass(frozen=True, eq=False)
class OfWeekdays:
    """A shift that does not start on every weekday."""

    template: ShiftTemplate

    @property
    def cause(self) -> Cause:
        """Shift and weekdays."""
        return Cause(ELIGIBILITY, words.WEEKDAYS.fill(code=self.template.code, days=words.weekdays(self.template)))

    @staticmethod
    def lift(case: Case, guards: Sequence[OfWeekdays]) -> Case:
        """Return the case in which the shifts start on every day."""
        codes = {g.template.code for g in guards}
        shifts = case.plan.settings.shifts
        daily = (t.model_copy(update={"weekdays": WEEKDAYS}) if t.code in codes else t for t in shifts)
        return case.with_settings(shifts=tuple(daily))


@dataclass(frozen=True, eq=False)
class OfSkill:
    """A skill that some agents lack."""

    skill: str
    lacking: tuple[str, ...]
    """Ids of the agents without it."""
    of: int
    """Number of all agents."""

    @property
    def cause(self) -> Cause:
        """Who has it."""
        return Cause(ELIGIBILITY, words.SKILL.fill(skill=self.skill, n=self.of - len(self.lacking), of=self.of))

    @staticmethod
    def lift(case: Case, guards: Sequence[OfSkill]) -> Case:
        """Return the case in which the agents have the skills."""
        for guard in guards:
            for agent in guard.lacking:
                case = _with_agents(case, {agent}, skills=(*case.plan.by_id[agent].skills, guard.skill))
        return case


def _with_agents(case: Case, ids: set[str], **fields: object) -> Case:
    agents = case.plan.agents
    return case.known(agents=tuple(a.model_copy(update=fields) if a.agent_id in ids else a for a in agents))


def lifted(case: Case, what: Iterable[Liftable]) -> Case:
    """Return the case without what is lifted."""
    by_class: dict[type[Liftable], list[Liftable]] = {}
    for one in what:
        by_class.setdefault(type(one), []).append(one)
    for cls, some in by_class.items():
        case = cls.lift(case, some)
    return case


def records(case: Case) -> list[list[Guard]]:
    """Return the records of a case that can take part in a conflict, in groups of one kind."""
    plan = case.plan
    first, last = plan.days[0], plan.days[-1]
    worked = {a.agent_id: a for a in sorted(plan.previous, key=lambda a: a.date) if a.works}
    skills = dict.fromkeys(plan.settings.skill_of(q) for q in plan.settings.queues)
    lacking = {skill: tuple(a.agent_id for a in plan.agents if skill not in a.skills) for skill in skills}
    contracts = {plan.contract(a).name: plan.contract(a) for a in plan.agents}
    return [
        [OfTail(worked[a.agent_id]) for a in plan.agents if a.agent_id in worked],
        [OfEmployment(a) for a in plan.agents if not (a.employed(first) and a.employed(last))],
        [OfWeekdays(t) for t in plan.settings.shifts if len(t.weekdays) < len(WEEKDAYS)],
        [OfSkill(skill, ids, len(plan.agents)) for skill, ids in lacking.items() if ids],
        [OfContract(contract) for contract in contracts.values() if contract.shifts],
        [OfPin(pin) for pin in plan.pins],
        [OfLeave(a) for a in plan.absences if a.status == "approved" and a.first_date <= last and a.last_date >= first],
    ]


def rules(case: Case) -> list[OfRule]:
    """Return the hard rules of a case that stand for themselves."""
    return [OfRule(r) for r in case.rules if r.hard and r.kind not in (AVAILABILITY, ELIGIBILITY, PINNED)]
