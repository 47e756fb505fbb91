"""Small plans for the parts of the engine, with leave, wishes, nights and two queues; and every roster's least cost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.domain.agents import Absence, Agent, Request
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.settings import Settings
from wfm.roster import build_book
from wfm.roster.engine.alone import Oracle
from wfm.roster.engine.bound import Prover, Shape
from wfm.roster.engine.construct import as_state, insert_all
from wfm.roster.engine.pricing import Pricer
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.roster.book import RuleBook
    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import State

FIRST = date(2026, 5, 1)
SKILLS = (("a",), ("a", "b"), ("b",))


def settings(days: int = 14, **solve: object) -> Settings:
    """Return settings of two queues, four shifts and the iuni book over the first days of May 2026."""
    meal = [{"after_minutes": 240, "minutes": 60}]
    clocks = {"E": ("07:00", "15:00"), "D": ("09:00", "18:00"), "S": ("13:30", "22:00"), "N": ("22:00", "07:00+1")}
    return Settings.model_validate(
        {
            "centre": {"name": "Test"},
            "period": {"first": FIRST, "last": FIRST + timedelta(days=days - 1)},
            "intervals": {"minutes": 60},
            "queues": {q: {"target": {"service_level": 0.8}} for q in ("a", "b")},
            "contracts": {"full": {}},
            "shifts": [
                {"code": code, "start": start, "end": end, "unpaid_breaks": meal}
                for code, (start, end) in clocks.items()
            ],
            "rules": {"preset": "iuni"},
            "solve": {"budget": "2s", **solve},
        }
    )


def plan_of(agents: int = 8, *, uniform: bool = False, days: int = 14, **solve: Any) -> Plan:
    """Return a small plan with leave and wishes, or one whose agents do not differ."""
    known = settings(days, **solve)
    people = tuple(
        Agent(
            agent_id=f"A{i}",
            contract="full",
            skills=("a",) if uniform else SKILLS[i % 3],
            no_night=not uniform and i % 4 == 0,
        )
        for i in range(agents)
    )
    plain = Plan(known, people, _calendar(days), _requirement(known))
    if uniform:
        return plain
    leave = Absence(agent_id="A1", first_date=FIRST + timedelta(days=4), last_date=FIRST + timedelta(days=6))
    wish = Request(agent_id="A2", date=FIRST + timedelta(days=5), kind="off", weight=5)
    return replace(plain, absences=(leave,), requests=(wish,))


def _calendar(days: int) -> Calendar:
    statutory = {FIRST, FIRST + timedelta(days=1)}
    span = dates(FIRST - timedelta(days=31), FIRST + timedelta(days=days + 31))
    return Calendar({d: Day(d, DayClass.STATUTORY if d in statutory else DayClass.WORKDAY) for d in span})


def _requirement(known: Settings) -> pd.DataFrame:
    need = np.round(np.random.default_rng(3).uniform(0.2, 2.2, known.grid.size), 2)
    frames = [
        pd.DataFrame({"queue": queue, "interval_start": known.grid.starts, "required_rostered": needed})
        for queue, needed in (("a", need), ("b", np.ones(known.grid.size)))
    ]
    return pd.concat(frames).set_index(["queue", "interval_start"])


@dataclass(frozen=True)
class Bench:
    """The parts of the engine around one problem."""

    problem: Problem
    pricer: Pricer
    oracles: tuple[Oracle, ...]

    def prover(self, seed: int = 1) -> Prover:
        """Return a prover that has proven nothing yet."""
        return Prover(self.problem, self.pricer, self.oracles, seed)

    def first(self) -> tuple[State, Prover]:
        """Return the first roster, and a prover that knows the first prices."""
        prover = self.prover()
        ruiner = Ruiner(self.pricer, prover.prove(Shape(self.problem).price), 1)
        insert_all(ruiner, self.oracles, 1)
        return as_state(ruiner), prover

    def random_price(self, seed: int, low: int = -900, high: int = 300) -> np.ndarray:
        """Return whole-numbered prices per unit of count, shape (rows,)."""
        return np.random.default_rng(seed).integers(low, high, len(self.problem.counts.base))


@contextmanager
def bench(plan: Plan, book: RuleBook | None = None) -> Iterator[Bench]:
    """Give the parts of the engine around a plan."""
    problem = compile_problem(post(plan, book or build_book(plan.settings)))
    with ThreadPoolExecutor(2) as pool:
        oracles = tuple(Oracle(problem, agent) for agent in range(len(problem.lines)))
        yield Bench(problem, Pricer(problem, pool), oracles)
