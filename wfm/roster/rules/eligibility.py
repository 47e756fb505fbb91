"""Who may work which shift on which queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.shifts import WEEKDAYS
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.spans import wrong_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster, Violation
    from wfm.roster.model import Model


class Eligibility(Rule):
    """An agent works shifts of his contract, on the weekdays of the template, on a queue whose skill he has.

    Where `[solve] serve` is `interval` he may change queues within a shift, at the start of an interval: then every
    minute on the queues is served exactly once, each queue by a skill that he has.

    Source: the staff list and the shift templates.
    """

    kind: ClassVar[str] = "eligibility"
    phrase: ClassVar[Text] = Text(
        en="an agent works shifts of the contract and serves queues of his or her skills",
        zh="座席只上合同允许的班次、只接具备技能的队列",
    )
    always: ClassVar[bool] = True
    good: ClassVar[tuple[Example, ...]] = (Example("D D -"), Example("E - E", agent={"contract": "early"}))
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D -", agent={"skills": ()}),
        Example("D D -", agent={"contract": "early"}),
    )

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that no shift starts which the contract, the weekday or the skills rule out."""
        codes = model.plan.contract(agent).shifts or model.codes
        allowed = codes if model.plan.queues_of(agent) else ()
        for day in model.days:
            weekday = WEEKDAYS[day.weekday()]
            for shift, works in model.starts(agent, day):
                if shift.code not in allowed or weekday not in model.plan.templates[shift.code].weekdays:
                    model.forbid(agent, works)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Look every worked day up in the contract, the template and the skills; other days serve nothing."""
        for agent in plan.agents:
            for day in plan.days:
                cell = roster.assignments.get((agent.agent_id, day))
                if cell is None:
                    continue
                message = self._why_not(cell, agent, plan) if cell.works else wrong_spans(cell, plan)
                if message is not None:
                    yield self.broken(message, agent, day)

    @staticmethod
    def _why_not(cell: Assignment, agent: Agent, plan: Plan) -> Text | None:
        code = cell.shift.code if cell.shift is not None else None
        if code is None or code not in plan.templates:
            return _UNKNOWN.fill(code=code)
        contract = plan.settings.contracts[agent.contract]
        if contract.shifts and code not in contract.shifts:
            return _CONTRACT.fill(code=code, contract=contract.name)
        if WEEKDAYS[cell.date.isoweekday() - 1] not in plan.templates[code].weekdays:
            return _WEEKDAY.fill(code=code)
        lacking = [q for q in cell.queues or (None,) if q is None or plan.settings.skill_of(q) not in agent.skills]
        if lacking:
            return _SKILL.fill(queue=lacking[0])
        return wrong_spans(cell, plan)


_UNKNOWN = Text(en="unknown shift {code}", zh="未知班次 {code}")
_CONTRACT = Text(en="shift {code} is not part of contract {contract}", zh="合同 {contract} 不含班次 {code}")
_WEEKDAY = Text(en="shift {code} does not run on this weekday", zh="班次 {code} 当天（星期）不开")
_SKILL = Text(en="the agent lacks the skill for queue {queue}", zh="座席不具备队列 {queue} 的技能")
