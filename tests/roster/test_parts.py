"""Sites and teams side by side: what falls apart, what adds up, and the same roster whoever runs the parts."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from roster_house import agent, plan, requirement, settings

from benchmarks.cases.made import made as made_case
from wfm.domain.agents import Absence, Pin, Request
from wfm.domain.answer import Infeasible, OutOfTime, Solved, TracePoint
from wfm.domain.roster import TICKS, Assignment, Roster, State
from wfm.domain.text import Text
from wfm.roster import Goal, RuleBook, build_book, score, solve, verify
from wfm.roster.parts import Part, parts, with_budgets
from wfm.roster.solve import solve_part
from wfm.roster.together import merged_bound, merged_trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wfm.domain.answer import Answer
    from wfm.domain.plan import Plan
    from wfm.roster.model import Model

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 14)
QUEUES = ("north", "south", "chat", "nobody")
SKILLS = (("north",), ("south", "chat"), ("north",), ("chat",), (), ("south",), ("north",))
"""North is apart; south and chat share an agent; one agent serves nothing, one queue has nobody."""
OFF = ("rest_days", "month_hours", "unrequested_long_rest")
"""Rules of the preset that an agent without a queue cannot keep."""


def centre(skills: Iterable[tuple[str, ...]] = SKILLS, *, budget: str = "2s", order: Any = (), **rules: Any) -> Plan:
    """Return a plan of two weeks over four queues with leave, wishes, a pin, nights before it and a published day."""
    house = settings(
        FIRST,
        LAST,
        "EDB",
        rules={"preset": "iuni"} | {kind: {"off": True} for kind in OFF} | rules,
        intervals={"minutes": 60},
        queues={queue: {"target": {"service_level": 0.8}} for queue in QUEUES},
        goals={"order": order},
        solve={"budget": budget, "target_gap": 0},
    )
    rng = np.random.default_rng(5)
    need = rng.uniform(0, 1.5, (len(QUEUES), house.grid.size)).round(2)
    people = [agent(n, skills=own) for n, own in enumerate(skills, 1)]
    some: Plan = plan(house, people, statutory=[FIRST], requirement=requirement(house, need.ravel()))
    before = FIRST - timedelta(days=1)
    night = house.shifts[2].on(before, house.centre.zone)
    return replace(
        some,
        absences=(Absence(agent_id="A1", first_date=FIRST, last_date=FIRST + timedelta(days=1)),),
        requests=(
            Request(agent_id="A3", date=FIRST + timedelta(days=5), kind="off", weight=5),
            Request(agent_id="A2", date=FIRST + timedelta(days=3), kind="on", shift_code="D", weight=3),
        ),
        pins=(Pin(agent_id="A6", date=FIRST + timedelta(days=2), shift_code="E"),),
        previous=(
            Assignment("A2", before, State.WORK, night, "south"),
            Assignment("A3", before, State.WORK, night, "chat"),
            Assignment("gone", before, State.WORK, night, "nobody"),
        ),
        published=(Assignment("A4", FIRST + timedelta(days=4), State.REST),),
    )


def texts(answer: Answer) -> list[str]:
    """Return every cell of a roster in words, after its figures and its trace."""
    assert isinstance(answer, Solved)
    figures = [answer.objective, answer.bound, answer.seconds, answer.stopped, answer.shares, answer.trace]
    return [*map(repr, figures), *map(repr, answer.roster)]


def random_roster(made: Plan, rng: np.random.Generator) -> Roster:
    """Return a roster that cares for no rule: any shift on any queue that the agent serves, or none."""
    cells = []
    for person in made.agents:
        for day in made.days:
            code = rng.choice(["", *made.templates])
            queues = made.queues_of(person)
            works = code and queues
            shift = made.shifts[str(code), day] if works else None
            at = Assignment(person.agent_id, day, State.WORK, shift, str(rng.choice(queues))) if works else None
            cells.append(at or made.off(person, day))
    return Roster.of(cells, made.previous)


def cut(roster: Roster, part: Part) -> Roster:
    """Return what a roster says of the agents of a part."""
    return Roster.of([cell for cell in roster if cell.agent_id in part.plan.by_id], part.plan.previous)


def test_agents_and_queues_of_a_part() -> None:
    """Agents go with their queues and have all their records; what ties nothing goes with the first part."""
    made = centre()
    north, south = parts(made, build_book(made.settings))
    assert list(north.plan.settings.queues) == ["north", "nobody"]
    assert list(south.plan.settings.queues) == ["south", "chat"]
    assert [a.agent_id for a in north.plan.agents] == ["A1", "A3", "A5", "A7"]
    assert [a.agent_id for a in south.plan.agents] == ["A2", "A4", "A6"]
    assert len(north.plan.requirement) == len(south.plan.requirement) == 2 * made.grid.size
    assert (len(north.plan.absences), len(north.plan.requests), len(north.plan.pins)) == (1, 1, 0)
    assert (len(south.plan.requests), len(south.plan.pins), len(south.plan.published)) == (1, 1, 1)
    assert [c.agent_id for c in north.plan.previous] == ["A3", "gone"]
    assert [c.agent_id for c in south.plan.previous] == ["A2", "A3"]


def test_a_floor_over_all_queues_joins_them() -> None:
    """A floor without a queue counts agents on all queues, so that nothing falls apart."""
    made = centre(cover_floor={"agents": 1, "window": "09:00-12:00"})
    assert len(parts(made, build_book(made.settings))) == 1


def test_a_floor_of_one_queue_stays_with_it() -> None:
    """A floor on one queue is a rule of the part that has the queue, and of no other."""
    made = centre(cover_floor={"agents": 1, "window": "09:00-12:00", "queue": "chat"})
    north, south = parts(made, build_book(made.settings))
    assert [[r.kind for r in part.book.rules].count("cover_floor") for part in (north, south)] == [0, 1]


def test_a_made_centre_of_teams() -> None:
    """A made centre of teams falls into its teams: each with two queues and about 100 agents, for 31 days."""
    case = made_case("teams-290-1")
    found = parts(case.plan, case.book)
    assert [len(part.plan.agents) for part in found] == [97, 97, 96]
    assert [list(part.plan.settings.queues) for part in found] == [[f"calls0{n}", f"chat0{n}"] for n in range(3)]
    assert len(case.plan.by_id) == 290
    assert sum(len(part.plan.requests) for part in found) == len(case.plan.requests) > 0
    assert len(case.plan.days) == 31


class Togetherness(Goal):
    """A goal of somebody else's, of which nothing is known."""

    kind: ClassVar[str] = "togetherness"
    phrase: ClassVar[Text] = Text(en="togetherness", zh="团结")

    def charge(self, model: Model) -> None:
        """Charge nothing."""

    def score(self, roster: Roster, plan: Plan) -> int:
        """Return how many agents work at all, squared."""
        return TICKS * len({cell.agent_id for cell in roster if cell.works}) ** 2


def test_an_unknown_goal_ties_everybody() -> None:
    """A goal that may look across agents keeps the plan in one piece."""
    made = centre()
    book = build_book(made.settings)
    more = RuleBook(book.rules, (*book.goals, Togetherness(made.settings)))
    assert len(parts(made, more)) == 1


@pytest.mark.parametrize("order", [(), ("requests",)])
def test_costs_of_parts_add_up(order: tuple[str, ...]) -> None:
    """For any roster each share of the objective is the sum of those of the parts, and so are violations."""
    made = centre(order=order, cover_floor={"agents": 2, "window": "09:00-12:00", "queue": "north", "hard": False})
    book = build_book(made.settings)
    found = parts(made, book)
    assert all(part.scales == found[0].scales for part in found)
    rng = np.random.default_rng(1)
    for _ in range(20):
        roster = random_roster(made, rng)
        shares = score(roster, made, book)
        split = [score(cut(roster, part), part.plan, part.book) for part in found]
        for kind, share in shares.items():
            assert share == pytest.approx(sum(one.get(kind, 0) for one in split), abs=1e-9), kind
        assert shares["fairness"] > 0
        whole = sorted(map(repr, verify(roster, made, book)))
        assert whole == sorted(repr(v) for p in found for v in verify(cut(roster, p), p.plan, p.book))


@pytest.fixture(scope="module")
def alone() -> Answer:
    """Return the answer for the plan without an executor."""
    made = centre()
    return solve(made, build_book(made.settings))


def test_the_roster_of_the_parts_is_one_of_the_whole(alone: Answer) -> None:
    """The roster put together keeps all rules of the whole plan, its score is the objective, and its bound holds."""
    made = centre()
    book = build_book(made.settings)
    assert isinstance(alone, Solved)
    assert [(c.agent_id, c.date) for c in alone.roster] == [(a.agent_id, d) for a in made.agents for d in made.days]
    assert not [v for v in verify(alone.roster, made, book) if v.severity == "hard"]
    assert sum(score(alone.roster, made, book).values()) == pytest.approx(alone.objective)
    assert alone.shares == score(alone.roster, made, book)
    assert 0 < alone.bound <= alone.objective
    assert alone.trace[-1].objective == pytest.approx(alone.objective)
    assert alone.trace[-1].bound == pytest.approx(alone.bound)


def test_bounds_of_parts_hold_for_the_whole(alone: Answer) -> None:
    """Solved as one piece the same plan costs no less than the parts' bound, nor the parts less than its bound."""
    made = centre()
    book = build_book(made.settings)
    one = solve_part(Part(made, book, {}))
    assert isinstance(alone, Solved)
    assert isinstance(one, Solved)
    assert alone.bound <= one.objective + 1e-6
    assert one.bound <= alone.objective + 1e-6


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_the_executor_does_not_matter(pool: Callable[..., Executor], alone: Answer) -> None:
    """Threads, and processes that begin from nothing, give what the parts give one after the other."""
    made = centre()
    context = {"mp_context": get_context("spawn")} if pool is ProcessPoolExecutor else {}
    with pool(2, **context) as executor:
        answer = solve(made, build_book(made.settings), executor=executor)
    assert texts(answer) == texts(alone)


def test_budgets() -> None:
    """Parts in one place share budget and wall limit by their agents; with a place each, every part has all of it."""
    made = centre([("north",)] * 3 + [("south",)] * 2 + [("chat",)], budget="60s")
    limited = made.settings.solve.model_copy(update={"wall_limit": "2min"})
    made = replace(made, settings=made.settings.model_copy(update={"solve": limited}))
    found = parts(made, build_book(made.settings))

    def limits(jobs: int) -> list[tuple[float, float | None]]:
        solves = [part.plan.settings.solve for part in with_budgets(found, jobs)]
        return [(s.budget_seconds, s.wall_limit_seconds) for s in solves]

    assert limits(1) == [(30, 60), (20, 40), (10, 20)]
    assert limits(2) == [(60, 120), (40, 80), (20, 40)]
    assert limits(3) == limits(8) == [(60, 120)] * 3


def test_a_part_without_a_roster() -> None:
    """When one part has no roster the answer names its conflict, with a draft of everybody and what it breaks."""
    made = centre(
        [("north",), ("south",), ("chat",)], cover_floor={"agents": 2, "window": "09:00-12:00", "queue": "chat"}
    )
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert "cover_floor" in answer.rules
    assert not answer.conflict[0].en.startswith("chat:")
    assert answer.draft is not None
    assert {c.agent_id for c in answer.draft} == {"A1", "A2", "A3"}
    assert answer.violations
    assert any(c.works for c in answer.draft if c.agent_id == "A1")


def test_two_parts_without_a_roster() -> None:
    """When several parts have no roster, each conflict and way out begins with the queues it is about."""
    floors = [{"agents": 2, "window": "09:00-12:00", "queue": queue} for queue in ("south", "chat")]
    made = centre([("north",), ("south",), ("chat",)], cover_floor=floors)
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert [text.zh.split("：")[0] for text in answer.conflict] == ["south", "chat"]
    assert {way.en.split(":")[0] for way in answer.ways_out} <= {"south", "chat"}


def test_stopped_before_it_began() -> None:
    """With the stop event set at once, nothing is solved and the answer says that it was interrupted."""
    made = centre()
    stop = threading.Event()
    stop.set()
    assert solve(made, build_book(made.settings), stop=stop) == OutOfTime(None, None, interrupted=True)


class Idle(Executor):
    """Begins with the first part at once and never with any other."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future: done for the first call, waiting for later ones."""
        future: Future[Any] = Future()
        if not hasattr(self, "first"):
            self.first = future
            future.set_result(fn(*args, **kwargs))
        return future


def test_parts_that_have_not_begun_are_given_up() -> None:
    """When the event is set, what has begun is kept as a draft and what has not is cancelled."""
    made = centre()
    stop = threading.Event()
    told: list[TracePoint] = []

    def progress(point: TracePoint) -> None:
        told.append(point)
        stop.set()

    answer = solve(made, build_book(made.settings), executor=Idle(), stop=stop, progress=progress)
    assert isinstance(answer, OutOfTime)
    assert answer.interrupted
    assert answer.bound == told[-1].bound is not None
    assert answer.draft is not None
    assert {c.agent_id for c in answer.draft if c.works} == {"A1", "A3", "A7"}


class Dying(Executor):
    """A pool whose workers die at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future of a dead worker."""
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("dead"))
        return future


def test_a_dead_worker(alone: Answer) -> None:
    """Parts whose worker died are solved here, with the same roster."""
    made = centre()
    assert texts(solve(made, build_book(made.settings), executor=Dying())) == texts(alone)


def test_merging_of_figures() -> None:
    """Sums are known once every part has a figure; an unknown bound counts as 0."""

    def one(*steps: tuple[float, float | None, float | None]) -> Solved:
        trace = tuple(TracePoint(at, "improve", objective, bound) for at, objective, bound in steps)
        return Solved(Roster.of(()), 0, 0, "budget", 1, 1, trace=trace)

    found = merged_trace([one((0, None, 1), (2, 7, 3)), one((1, 9, 2))])
    assert [(p.seconds, p.objective, p.bound) for p in found] == [(0, None, None), (1, None, 3), (2, 16, 5)]
    assert merged_bound([OutOfTime(None, None), OutOfTime(4, None)]) == 4
    assert merged_bound([OutOfTime(None, None)]) is None
