"""Queues chosen by the interval: the best there is, never counted twice, and told exactly."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from ortools.sat.python import cp_model
from two_peaks import AFTERNOON, BOTH, MONDAY, MORNING, changes, cover_only, least_cost, peaks, served, shared

from wfm.domain.agents import Pin
from wfm.domain.answer import Infeasible, Solved
from wfm.domain.cover import cover
from wfm.domain.roster import TICKS, Roster, Served
from wfm.domain.roster import State as DayState
from wfm.roster import score, solve, verify
from wfm.roster.book import RuleBook
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.state import State, choose
from wfm.roster.rules.cover_floor import CoverFloor
from wfm.roster.rules.pinned import Pinned
from wfm.roster.solve import post

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment
    from wfm.roster.engine.problem import Problem


ROOT = Path(__file__).parents[2]
PLAIN = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests" / "oracles")!r}]
from two_peaks import BOTH, MORNING, cover_only, peaks
from wfm.roster import solve
from wfm.roster.engine import search
search.LEAST_RUIN = 0.002
known = peaks((BOTH, MORNING, BOTH), days=2, codes="ES", budget="0.1s")
answer = solve(known, cover_only(known))
print(answer.objective, answer.bound, answer.seconds, *answer.roster, sep="\\n")
"""
"""Prints a roster with half intervals, found in a process of its own."""


def solved(known: Plan, book: RuleBook | None = None) -> Solved:
    """Return the answer of `solve`, which must be a roster."""
    answer = solve(known, book or cover_only(known))
    assert isinstance(answer, Solved)
    return answer


@pytest.mark.parametrize(
    "known",
    [
        peaks((BOTH, BOTH, AFTERNOON)),
        peaks((BOTH, BOTH, MORNING, AFTERNOON), codes="EX"),
        peaks((BOTH, MORNING), days=2),
        peaks((BOTH, ("b", "c"), ("c",)), queues="abc", need=np.random.default_rng(1).uniform(0, 1.5, (3, 24))),
        peaks((BOTH, BOTH, BOTH), codes="ES"),
    ],
    ids=["peaks", "long shifts", "two days", "three queues", "half intervals"],
)
def test_the_best_of_all_rosters(known: Plan) -> None:
    """On tiny plans the roster costs as little as the best of all shifts and all choices of queues."""
    found, least = solved(known), least_cost(known)
    assert found.objective == pytest.approx(least, abs=1e-6)
    assert found.bound <= least + 1e-6


def test_it_is_never_worse_than_by_the_shift() -> None:
    """Two-skilled agents meet peaks that lie apart at less than the bound of any roster by the shift."""
    by_interval = solved(peaks())
    by_shift = solved(served(peaks(), "shift"))
    assert by_interval.objective < by_shift.bound <= by_shift.objective
    assert sum(changes(cell.serving) for cell in by_interval.roster) > 0
    assert not any(cell.serving for cell in by_shift.roster)


def test_a_quarter_of_two_skilled_agents_is_most_of_the_gain() -> None:
    """Where peaks lie apart a second skill gains nothing by the shift; by the interval a few have most of the gain."""
    by_shift = {share: solved(served(shared(share), "shift")).objective for share in (0.0, 1.0)}
    by_interval = {share: solved(shared(share)) for share in (0.0, 0.25, 1.0)}
    assert all(found.objective == found.bound for found in by_interval.values())
    assert by_shift[0.0] == by_shift[1.0] == by_interval[0.0].objective == 471.5
    assert (by_interval[0.25].objective, by_interval[1.0].objective) == (336.5, 317.5)


def test_without_a_compiler_the_roster_is_the_same() -> None:
    """The inner loops as plain Python serve the same queues at the same times."""
    found = []
    for plain in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", PLAIN],
            env={**os.environ, "NUMBA_DISABLE_JIT": plain},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        found.append(done.stdout)
    assert found[0] == found[1]
    assert "Served" in found[0]


def test_the_same_run_gives_the_same_roster() -> None:
    """Two runs of the same plan serve the same queues at the same times."""
    one, other = (list(solved(peaks(days=3, budget="1s")).roster) for _ in range(2))
    assert one == other


def test_the_objective_is_what_the_roster_costs() -> None:
    """The objective of the search, that of the answer and the score of the roster are one number."""
    known = peaks(days=3, budget="1s")
    found = solved(known)
    assert found.objective == sum(score(found.roster, known, cover_only(known)).values())
    assert found.objective == found.trace[-1].objective


def test_a_queue_is_kept_where_changing_gains_nothing() -> None:
    """An agent changes his queue once when the need moves once from one queue to the other."""
    hour = np.arange(24)
    known = peaks((BOTH,), codes="X", need=[hour < 14, hour >= 14])
    (cell,) = solved(known).roster
    assert [span.queue for span in cell.serving] == ["a", "a", "b"]
    assert changes(cell.serving) == 1
    assert cell.queue == "b"


def test_a_shift_on_one_queue_has_no_spans() -> None:
    """Who serves one queue for the whole shift is told like anybody with one skill."""
    known = peaks((BOTH,), codes="X", need=[[1] * 24, [0] * 24])
    (cell,) = solved(known).roster
    assert (cell.queue, cell.serving) == ("a", ())


def test_nobody_counts_twice() -> None:
    """The cover of all queues together is that of the same shifts with one queue each."""
    known = peaks(days=2)
    found = solved(known).roster
    plain = Roster.of(replace(cell, serving=()) for cell in found)
    both, one = (cover(roster, known)["cover"].groupby("interval_start").sum() for roster in (found, plain))
    assert any(cell.serving for cell in found)
    assert np.allclose(both, one)


def test_a_floor_on_each_queue() -> None:
    """Floors at different hours that one agent meets by changing queues have a roster, and none by the shift."""
    known = peaks((BOTH,), codes="X", budget="1s")
    floors = [
        CoverFloor(agents=1, queue=queue, window=window)
        for queue, window in (("a", "09:00-11:00"), ("b", "15:00-18:00"))
    ]
    book = RuleBook((*cover_only(known).rules, *floors), cover_only(known).goals)
    assert not [v for v in verify(solved(known, book).roster, known, book) if v.severity == "hard"]
    assert isinstance(solve(served(known, "shift"), book), Infeasible)
    too_much = RuleBook((*book.rules, CoverFloor(agents=1, queue="a", window="14:00-16:00")), book.goals)
    assert isinstance(solve(known, too_much), Infeasible)


# Every change of the queues is the cheapest there is


def random_lines(problem: Problem, seed: int) -> State:
    """Return a roster of random shifts."""
    state, random = State(problem), np.random.default_rng(seed)
    for n, line in enumerate(problem.lines):
        values = np.zeros(len(line.low), dtype=np.int64)
        for d, k in enumerate(random.integers(-1, problem.templates, problem.days).tolist()):
            values[d if k < 0 else problem.cell(d, k)] = 1
        places = np.array([day[0] for day in line.queues])
        state.put(n, choose(problem, line, values, places))
    return state


def least_matching(problem: Problem, state: State) -> int:
    """Return the least cost of counts over all choices of queues, by CP-SAT."""
    counts, s = problem.counts, problem.counts.servings
    model, total = cp_model.CpModel(), []
    added: dict[int, list[tuple[int, cp_model.IntVar]]] = {}
    for duty in range(len(s.slot)):
        there = int(state.count[s.rows + duty])
        chosen = {j: model.new_int_var(0, there, "") for j in range(s.first[duty], s.first[duty + 1])}
        model.add(sum(chosen.values()) == there)
        for j, var in chosen.items():
            for row, amount in zip(*counts.of(s.options + j), strict=True):
                added.setdefault(int(row), []).append((int(amount), var))
    fixed = counts.without_servings(state.count)
    for row in range(s.rows):
        level = model.new_int_var(0, counts.table.shape[1] - 1, "")
        cost = model.new_int_var(0, int(counts.table[row].max()), "")
        model.add(level == int(fixed[row]) + sum(amount * var for amount, var in added.get(row, [])))
        model.add_element(level, counts.table[row].tolist(), cost)
        total.append(cost)
    model.minimize(sum(total))
    run = cp_model.CpSolver()
    run.parameters.num_workers = 1
    assert run.solve(model) == cp_model.OPTIMAL
    return round(run.objective_value)


SKILLS = (BOTH, ("b", "c"), ("a", "b", "c"), MORNING, ("c",))


def three_queues(seed: int, codes: str) -> Problem:
    """Return nine agents of five skill sets on two days whose needs are drawn, with some shifts."""
    need = np.random.default_rng(seed).uniform(0, 2.5, (3, 48)).round(2)
    known = peaks([SKILLS[n % 5] for n in range(9)], days=2, codes=codes, queues="abc", need=need)
    return compile_problem(post(known, cover_only(known)))


@pytest.mark.parametrize("seed", range(6))
def test_matching_equals_cp_sat(seed: int) -> None:
    """Where all are on duty for whole intervals, agents and queues are matched as cheaply as CP-SAT can."""
    problem = three_queues(seed, "EDX")
    state = random_lines(problem, seed)
    assert problem.counts.cost(state.count) == least_matching(problem, state)


@pytest.mark.parametrize("seed", range(4))
def test_counts_stay_true(seed: int) -> None:
    """Taking lines away and giving them back leaves as many on every duty, all of them serving, at the same cost."""
    problem = three_queues(seed, "EDX")
    s, state = problem.counts.servings, random_lines(problem, seed)
    before, cost = state.count.copy(), state.cost()
    for n in np.random.default_rng(seed).permutation(9)[:4].tolist():
        line = state.lines[n]
        state.put(n, None)
        state.put(n, line)
    duties = slice(s.rows, s.rows + len(s.slot))
    assert (state.count[duties] == before[duties]).all()
    serving = np.bincount(s.duty, state.count[duties.stop :], minlength=len(s.slot))
    assert (serving == state.count[duties]).all()
    assert state.cost() == cost


@pytest.mark.parametrize("seed", range(4))
def test_halves_of_intervals_are_matched_well(seed: int) -> None:
    """With parts of intervals the matching is no better than CP-SAT's, and hardly worse."""
    problem = three_queues(seed, "EDS")
    state = random_lines(problem, seed)
    least = least_matching(problem, state)
    assert least <= problem.counts.cost(state.count) <= 1.02 * least


# What check sees


def planted(cell: Assignment, *spans: tuple[int, int, str]) -> Assignment:
    """Return a day of work with spans in hours after the start of the shift."""
    assert cell.shift is not None
    start = cell.shift.start
    made = tuple(Served(start + timedelta(hours=a), start + timedelta(hours=b), q) for a, b, q in spans)
    return replace(cell, serving=made)


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        (((0, 4, "a"), (5, 8, "b")), None),
        (((0, 2, "a"), (2, 4, "b"), (5, 8, "b")), None),
        (((0, 4, "a"), (3, 4, "b"), (5, 8, "b")), "two queues are served at 11:00"),
        (((0, 4, "a"), (0, 4, "b"), (5, 8, "b")), "two queues are served at 08:00"),
        (((0, 3, "a"), (5, 8, "b")), "does not fit the shift at 08:00"),
        (((0, 4, "a"), (4, 8, "b")), "does not fit the shift at 08:00"),
        (((0, 4, "a"),), "does not fit the shift at 13:00"),
        (((0, 4, "a"), (5, 9, "b")), "does not fit the shift at 13:00"),
        (((0, 4, "a"), (5, 8, "c")), "lacks the skill for queue c"),
        (((0, 1.5, "a"), (1.5, 4, "b"), (5, 8, "b")), "inside an interval"),
    ],
)
def test_planted_faults_are_seen(spans: tuple[tuple[int, int, str], ...], said: str | None) -> None:
    """Check is silent when every minute is served once by a skill, and names what else is served."""
    known = peaks((BOTH,), codes="E", queues="abc", need=np.zeros((3, 24)))
    pin = peaks((BOTH,), codes="E", need=[[1] * 24, [0] * 24])
    (cell,) = solved(pin).roster
    roster = Roster.of([planted(cell, *spans)])
    found = [v.message.en for v in verify(roster, known, cover_only(known)) if v.severity == "hard"]
    assert (found == []) if said is None else (said in found[0])
    one_queue = [v for v in verify(roster, served(known, "shift"), cover_only(known)) if v.severity == "hard"]
    assert one_queue


def test_spans_of_another_day_are_seen() -> None:
    """Spans on a day off are no cover, and hard violations; so is a queue of the roster that no span serves."""
    known = peaks((BOTH,), codes="E", queues="abc", need=np.zeros((3, 24)))
    (cell,) = solved(peaks((BOTH,), codes="E", need=[[1] * 24, [0] * 24])).roster
    worked = planted(cell, (0, 4, "a"), (5, 8, "b"))
    idle = replace(worked, state=DayState.REST, shift=None, queue=None)
    assert not cover(Roster.of([idle]), known)["cover"].any()
    for other, said in ((idle, "a day without a shift"), (replace(worked, queue="c"), "queue c")):
        found = [v.message.en for v in verify(Roster.of([other]), known, cover_only(known)) if v.severity == "hard"]
        assert len(found) == 1
        assert said in found[0]


def test_a_pinned_queue_is_served_throughout() -> None:
    """Who is pinned to a queue serves no other on that day."""
    known = replace(peaks((BOTH,)), pins=(Pin(agent_id="A1", date=MONDAY, shift_code="D", queue="b"),))
    book = RuleBook((*cover_only(known).rules, Pinned()), cover_only(known).goals)
    (cell,) = solved(known, book).roster
    assert (cell.queue, cell.serving) == ("b", ())
    other = Roster.of([planted(replace(cell, queue="b"), (0, 1, "a"), (1, 4, "b"), (5, 9, "b"))])
    assert [v.rule for v in verify(other, known, book)] == ["pinned"]


def test_ticks_are_whole() -> None:
    """The cost of a roster by the interval is a whole number of ticks, as by the shift."""
    known = peaks(days=2, budget="1s")
    assert solved(known).objective * TICKS == pytest.approx(round(solved(known).objective * TICKS), abs=1e-6)
