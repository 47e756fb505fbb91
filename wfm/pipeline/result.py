"""What planning a folder or a few tables comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from wfm import payroll, report, roster
from wfm.domain.answer import Infeasible, OutOfTime, Solved
from wfm.domain.cover import cover
from wfm.domain.errors import PluginError
from wfm.export import roster_table
from wfm.pipeline import messages
from wfm.pipeline.stages import Demand
from wfm.pipeline.version import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from wfm.domain.answer import Answer
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.domain.text import Text
    from wfm.report import Kpis
    from wfm.roster import RuleBook

Status = Literal["solved", "interrupted", "infeasible", "out_of_time"]


@dataclass(frozen=True)
class PlanResult(Demand):
    """A planned period, from demand to pay.

    Attributes
    ----------
    plan
        What the roster was solved against.
    answer
        `Solved`, `Infeasible` or `OutOfTime`.
    violations
        What the independent check found in the roster or in the draft: never a hard one in a roster.
    cover
        Indexed by (`queue`, `interval_start`); of the roster or the draft, None when there is neither.
    kpis
        Key figures of the roster or the draft, None when there is neither.
    timesheet, payroll
        Of the roster; None for a draft, which is never paid.
    notes
        What was read but left aside, or flagged on the way.
    prices
        What costs how much, in one sentence per goal and soft rule, by kind.
    jobs
        How many parts could be solved at a time: the budget was shared out accordingly.
    unpaid
        Why there is no pay though there is a roster: a pay element of the user's failed after the search.
    """

    plan: Plan
    answer: Answer
    violations: tuple[Violation, ...] = ()
    cover: pd.DataFrame | None = None
    kpis: Kpis | None = None
    timesheet: pd.DataFrame | None = None
    payroll: pd.DataFrame | None = None
    notes: tuple[Text, ...] = ()
    prices: Mapping[str, Text] = field(default_factory=dict)
    jobs: int = 1
    unpaid: PluginError | None = None

    @property
    def roster(self) -> Roster | None:
        """The roster that breaks no hard rule; None when there is none."""
        return self.answer.roster if isinstance(self.answer, Solved) else None

    @property
    def draft(self) -> Roster | None:
        """The roster that breaks the least, where there is no valid one; None when there is one, or no draft either."""
        return None if isinstance(self.answer, Solved) else self.answer.draft

    @property
    def status(self) -> Status:
        """How the search ended, in one word."""
        match self.answer:
            case Solved(stopped="interrupted"):
                return "interrupted"
            case Solved():
                return "solved"
            case Infeasible():
                return "infeasible"
            case OutOfTime():
                return "out_of_time"

    @property
    def worth_writing(self) -> bool:
        """Whether `out/` should be replaced: not when the search was given up, or timed out, with nothing to show."""
        match self.answer:
            case OutOfTime() as late:
                return late.draft is not None and not late.interrupted
            case _:
                return True

    @cached_property
    def version(self) -> str:
        """Name of the roster or the draft: equal rosters have equal names, others do not."""
        return version_of(self.roster or self.draft or (), self.plan.settings.period.first)

    @cached_property
    def roster_table(self) -> pd.DataFrame | None:
        """One row per agent and day of the roster, or of the draft; None when there is neither."""
        if self.roster is not None:
            return roster_table(self.roster, self.plan, self.version)
        return roster_table(self.draft, self.plan, self.version, "draft") if self.draft else None


def result_of(known: Demand, plan: Plan, answer: Answer, book: RuleBook, jobs: int = 1) -> PlanResult:
    """Return everything that follows from an answer: the audit, cover, key figures, hours and pay."""
    inputs = known.inputs
    paid = answer.roster if isinstance(answer, Solved) else None
    shown = answer.roster if isinstance(answer, Solved) else answer.draft
    violations = _violations(answer, plan, book)
    unpaid: PluginError | None = None
    try:
        earned = payroll.earnings(paid, plan, inputs.pay, inputs.worked, inputs.quality) if paid else None
    except PluginError as error:
        earned, unpaid = None, error
    counted = cover(shown, plan) if shown else None
    return PlanResult(
        inputs=inputs,
        calendar=known.calendar,
        forecast=known.forecast,
        requirement=known.requirement,
        ahead=known.ahead,
        demand_notes=known.demand_notes,
        plan=plan,
        answer=answer,
        violations=violations,
        cover=counted,
        kpis=report.kpis(plan, shown, counted, violations) if shown and counted is not None else None,
        timesheet=earned.timesheet if earned else None,
        payroll=earned.payroll if earned else None,
        notes=(*_notes(known, plan, paid), *(earned.notes if earned else ()), *_about_order(plan, answer)),
        prices=book.prices(),
        jobs=jobs,
        unpaid=unpaid,
    )


def whole(result: PlanResult) -> PlanResult:
    """Return a result that lacks no pay; raises the `PluginError` of the pay element that failed, if one did."""
    if result.unpaid is not None:
        raise result.unpaid
    return result


def _violations(answer: Answer, plan: Plan, book: RuleBook) -> tuple[Violation, ...]:
    """Return what the audit finds: a roster was audited when it was made or read, a draft for its hard rules only."""
    if not isinstance(answer, Solved):
        return roster.verify(answer.draft, plan, book) if answer.draft else ()
    broken = [v.message.en for v in answer.violations if v.severity == "hard"]
    if broken:
        raise AssertionError(f"the engine gave a roster that the audit refuses: {'; '.join(broken[:5])}")
    return answer.violations


def _notes(known: Demand, plan: Plan, paid: Roster | None) -> tuple[Text, ...]:
    inputs = known.inputs
    about_days = _about_calendar(plan, inputs.calendar_overrides)
    about_shifts = _about_closed(plan, paid) if paid else ()
    about_rules = roster.lint(plan.settings)
    about_people = _about_skills(plan)
    return (*inputs.notes, *about_rules, *about_days, *known.demand_notes, *about_people, *about_shifts)


def _about_skills(plan: Plan) -> Iterator[Text]:
    """Yield a note about each queue whose skill nobody has."""
    known = {skill for agent in plan.agents for skill in agent.skills}
    for queue in plan.settings.queues:
        skill = plan.settings.skill_of(queue)
        if skill not in known:
            yield messages.NOBODY_SKILLED.fill(skill=skill, queue=queue)


def _about_order(plan: Plan, answer: Answer) -> tuple[Text, ...]:
    """Return a note about the factors that put the goals in order, and so are in objective and bound."""
    scales = answer.scales if isinstance(answer, Solved) else {}
    factors = [f"{kind} x {scales[kind]:,}" for kind in plan.settings.goals.order if kind in scales]
    return (messages.IN_ORDER.fill(factors=", ".join(factors)),) if factors else ()


def _about_closed(plan: Plan, roster: Roster) -> tuple[Text, ...]:
    """Return a note about shifts that lie wholly outside opening hours: rules on days off can force them."""
    closed = {key for key, shift in plan.shifts.items() if not _ever_open(plan, shift)}
    idle = sorted(cell.date for cell in roster if cell.shift is not None and (cell.shift.code, cell.date) in closed)
    return (messages.CLOSED_SHIFTS.fill(n=len(idle), first=idle[0]),) if idle else ()


def _ever_open(plan: Plan, shift: Shift) -> bool:
    first, last = plan.grid.share(shift.start, shift.end).span
    return bool(plan.grid.open[first:last].any())


def _about_calendar(plan: Plan, own: pd.DataFrame) -> tuple[Text, ...]:
    """Return a note about the years whose holidays nobody has announced, neither the country nor the user."""
    announced = {day.year for day in own["date"]} if len(own) else set()
    years = {day.year for day in plan.days if plan.calendar[day].provisional} - announced
    return (messages.NO_NOTICE.fill(years=", ".join(map(str, sorted(years)))),) if years else ()
