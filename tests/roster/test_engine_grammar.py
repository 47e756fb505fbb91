"""What the dynamic program reads in rows, against plain counting over every line there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_forms import (
    CODES,
    Band,
    Barred,
    Convex,
    Excused,
    Form,
    FreePairs,
    LongestRun,
    Paid,
    ShortestRun,
    admitted,
    meaning,
    program,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_house import example_plan

from wfm.roster.base import Example
from wfm.roster.engine.excuses import Pattern
from wfm.roster.engine.grammar import Grammar, Reader
from wfm.roster.engine.lines import pack
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.programs import complete
from wfm.roster.linear import Linear
from wfm.roster.model import HARD, Model
from wfm.roster.rules.weekly_rest import WeeklyRest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.domain.agents import Agent

HOURS = (("E", 420), ("D", 480))
FORMS = {
    "longest run of work": (LongestRun(off=False, most=2), ""),
    "longest run of work after a tail": (LongestRun(off=False, most=3), "DD"),
    "longest run of work in the tail already": (LongestRun(off=False, most=2), "DDD"),
    "longest run of days off": (LongestRun(off=True, most=2), "D"),
    "longest run of days off after a tail": (LongestRun(off=True, most=3), "D--"),
    "shortest run of work": (ShortestRun(off=False, fewest=3), ""),
    "shortest run of work, tail known": (ShortestRun(off=False, fewest=3, known=4), "D-D"),
    "shortest run of work, ended by the horizon": (ShortestRun(off=False, fewest=3, at_end=True), ""),
    "shortest run of work, both ends": (ShortestRun(off=False, fewest=4, known=4, at_end=True), "-DD"),
    "shortest run of days off": (ShortestRun(off=True, fewest=2), ""),
    "shortest run of days off, tail known": (ShortestRun(off=True, fewest=3, known=4), "DD-"),
    "shortest run of days off, ended by the horizon": (ShortestRun(off=True, fewest=2, at_end=True), ""),
    "shortest run of days off, both ends": (ShortestRun(off=True, fewest=4, known=4, at_end=True), "D--"),
    "succession": (Barred(frozenset({"DE"})), ""),
    "succession across the start": (Barred(frozenset({"DE", "DD"})), "D"),
    "succession of equals": (Barred(frozenset({"EE", "DD"})), "E"),
    "few hours, counted up": (Band(HOURS, None, 900), ""),
    "many hours, counted down": (Band(HOURS, 2200, None), ""),
    "hours in a band": (Band(HOURS, 900, 1400), ""),
    "hours exactly": (Band(HOURS, 1380, 1380), ""),
    "rest days": (Band((("-", 1),), 2, 2), ""),
    "part of the days": (Band((("E", 1),), 1, 2, first=2), ""),
    "both signs": (Band((("E", 2), ("D", -1), ("-", 1)), 0, 4), ""),
    "soft hours": (Band(HOURS, 900, 1400, weight=1), ""),
    "soft upper limit": (Band((("D", 1),), None, 1, weight=3), ""),
    "soft lower limit": (Band((("-", 1),), 4, None, weight=2), ""),
    "convex": (Convex("E", 2), ""),
    "free weekends": (FreePairs(((0, 1), (3, 4)), 1), ""),
    "free weekends, the first cut": (FreePairs(((0,), (2, 3)), 1), ""),
    "free weekends, the last cut": (FreePairs(((1, 2), (4,)), 2), ""),
    "free pairs that share a day": (FreePairs(((1, 2), (2, 3)), 1), ""),
    "excused on the left": (Excused(2, (0,)), ""),
    "excused on the right": (Excused(2, (4,)), ""),
    "excused in the middle": (Excused(2, (2,)), ""),
    "excused on both sides": (Excused(2, (0, 4)), ""),
    "excused by no day": (Excused(3, ()), ""),
    "costs of cells": (Paid("-", 2, -70), ""),
}
"""Each form alone, with the days before the period."""


def read(forms: Sequence[Form], days: int = 5, tail: str = "") -> Grammar:
    """Return the grammar of a program of forms."""
    problem = program(forms, days, tail)
    return Reader(problem).read(problem.lines[0])


@pytest.mark.parametrize("name", FORMS)
def test_a_form_alone_is_followed_exactly(name: str) -> None:
    """Each form of row is known, and the tables admit the lines that it admits, at the cost that it asks."""
    form, tail = FORMS[name]
    problem = program([form], 5, tail)
    assert not Reader(problem).read(problem.lines[0]).unknown
    assert pack(problem).exact == (True,)
    assert dict(admitted(problem)) == meaning([form], 5, tail)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_forbids_or_costs_something(name: str) -> None:
    """No form of the table above is empty: some lines are allowed, and not all at the same cost."""
    form, tail = FORMS[name]
    assert len(set(meaning([form], 5, tail).values())) > 1


RUNS = st.builds(LongestRun, st.booleans(), st.integers(1, 4)) | st.builds(
    ShortestRun, st.booleans(), st.integers(2, 4), st.sampled_from([0, 4]), st.booleans()
)
BANDS = st.builds(
    lambda e, d, off, low, width, weight, first, end: Band(
        (("E", e), ("D", d), ("-", off)), low or None, low + width, weight=weight, first=first, end=end
    ),
    st.integers(1, 3),
    st.integers(-1, 4),
    st.sampled_from([0, 0, 1]),
    st.integers(0, 5),
    st.integers(0, 4),
    st.sampled_from([-1, 1, 7]),
    st.integers(0, 2),
    st.sampled_from([None, None, 3, 4]),
)
OTHERS = (
    st.builds(Barred, st.frozensets(st.sampled_from(["EE", "ED", "DE", "DD"]), max_size=3))
    | st.builds(Convex, st.sampled_from(CODES), st.integers(0, 4))
    | st.builds(Paid, st.sampled_from("-ED"), st.integers(0, 4), st.integers(-50, 50))
    | st.builds(Excused, st.integers(2, 3), st.sampled_from([(0,), (1, 4), (3,), (0, 2), (5,)]))
    | st.builds(FreePairs, st.sampled_from([((0, 1), (3, 4)), ((0,), (1, 2), (4,)), ((1, 2), (2, 3))]), st.just(1))
)


@settings(max_examples=60, deadline=None)
@given(
    forms=st.lists(RUNS | BANDS | OTHERS, min_size=1, max_size=5),
    tail=st.text("-ED", max_size=4),
    days=st.integers(5, 6),
)
def test_random_programs_are_followed_as_far_as_they_are_read(forms: list[Form], tail: str, days: int) -> None:
    """The tables admit every line that keeps the rows, never at a higher cost; nothing else when all is followed."""
    problem = program(forms, days, tail)
    if not problem.lines[0].possible:
        assert set(meaning(forms, days, tail).values()) == {None}
        return
    wanted, found = meaning(forms, days, tail), dict(admitted(problem))
    if pack(problem).exact == (True,):
        assert found == wanted
        return
    for line, cost in wanted.items():
        relaxed = found[line]
        assert cost is None or (relaxed is not None and relaxed <= cost)


def test_windows_of_a_longest_run_become_one_pattern_each() -> None:
    """At most 2 days of work in a row: on each day from the third on, a run of 3 may not be reached."""
    assert read([LongestRun(off=False, most=2)]).patterns == [Pattern(False, False, False, d, 3) for d in (2, 3, 4)]


def test_a_tail_shortens_the_first_pattern() -> None:
    """After two days of work at most 3 in a row means: day 1 may not be the second day of work."""
    found = read([LongestRun(off=False, most=3)], tail="DD").patterns
    assert found == [Pattern(False, False, False, d, n) for d, n in ((1, 2), (2, 3), (3, 4), (4, 4))]


def test_a_shortest_run_is_an_exact_length_that_may_not_end() -> None:
    """At least 2 days off in a row, no ends known: on days 2 to 4 no run of just one day off may end."""
    assert read([ShortestRun(off=True, fewest=2)]).patterns == [Pattern(True, True, True, d, 1) for d in (2, 3, 4)]


def test_a_run_that_the_horizon_ends_may_not_be_reached() -> None:
    """Where the last day ends a run, a single day of work on it is forbidden at that exact length."""
    found = read([ShortestRun(off=False, fewest=2, at_end=True)]).patterns
    assert Pattern(True, True, False, 4, 1) in found or Pattern(False, False, True, 4, 1) in found


def test_counters_run_the_shorter_way() -> None:
    """At least 4 of 5 days of work: the one day off is counted; at most 1 day of work: that one is."""
    for low, high in ((4, None), (None, 1)):
        (counter,) = read([Band((("E", 1), ("D", 1)), low, high)]).counters
        assert counter.size == 2
        assert (counter.off.max(), counter.work.max()) == ((1, 0) if high is None else (0, 1))


def test_counters_know_their_unit() -> None:
    """Shifts of 420 and 480 minutes differ by steps of an hour: 960 minutes are 16 steps of 60."""
    (counter,) = read([Band(HOURS, None, 960)]).counters
    assert counter.size == 17
    assert sorted(set(counter.work.ravel().tolist())) == [7, 8]


def test_rows_over_the_same_sum_are_one_counter() -> None:
    """A lower and an upper limit, hard or soft, on one sum make one counter of both rows."""
    found = read([Band(HOURS, 900, 1400), Band(HOURS, 1000, 1300, weight=1)])
    (counter,) = found.counters
    assert len(counter.rows) == 4
    assert counter.cost.max() > 0


@pytest.mark.parametrize("others", [(), (Band((("-", 1),), 1, 2),), (Convex("E", 2),)], ids=["alone", "rests", "wish"])
def test_limits_on_the_way_are_followed_by_one_counter(others: tuple[Form, ...]) -> None:
    """Most hours after two days, after four and after all five are one counter with caps, beside others too."""
    forms = [Band(HOURS, None, 480, end=2), Band(HOURS, None, 1320, end=4), Band(HOURS, None, 1400), *others]
    problem = program(forms, 5)
    counters = Reader(problem).read(problem.lines[0]).counters
    assert [c.caps.tolist() for c in counters if c.caps is not None] == [[8, 8, 22, 22, 23]]
    assert pack(problem).exact == (True,)
    assert dict(admitted(problem)) == meaning(forms, 5)


@pytest.mark.parametrize("weight", [HARD, 2], ids=["must hold", "costs"])
def test_sums_of_single_days_are_costs_of_these_days(weight: int) -> None:
    """Any number of limits on single days is followed without a counter."""
    forms = [Band((*HOURS, ("-", 60)), 100, 450, weight, day, day + 1) for day in range(5)]
    problem = program(forms, 5)
    grammar = Reader(problem).read(problem.lines[0])
    assert (grammar.counters, len(grammar.daily)) == ([], 5)
    assert pack(problem).exact == (True,)
    assert dict(admitted(problem)) == meaning(forms, 5)


def test_two_sums_with_limits_on_the_way_are_too_many() -> None:
    """Where two counters have caps, those of one are left out and the tables are known to allow too much."""
    pairs = (HOURS, (("E", 1), ("D", 3)))
    forms = [Band(value, None, high, end=end) for value in pairs for high, end in ((value[1][1], 2), (10**4, 5))]
    forms += [Band(value, None, 3 * value[1][1]) for value in pairs]
    problem = program(forms, 5)
    assert pack(problem).exact == (False,)
    found = dict(admitted(problem))
    assert all(found[line] is not None for line, cost in meaning(forms, 5).items() if cost is not None)


def test_a_sum_is_counted_although_one_of_its_rows_is_unknown() -> None:
    """A soft limit on a sum is followed where another row lets a free helper stretch the same sum."""
    plan = example_plan(Example("- - - - -"), "none", CODES)
    model, agent = Model(plan), plan.agents[0]
    Band(HOURS, None, 900, weight=1).post(model, agent)
    spare = Linear({model.lines[agent.agent_id].new(high=100): 1})
    model.at_most(agent, model.paid_minutes(agent, model.days) - spare, 1400)
    problem = compile_problem(model)
    grammar = Reader(problem).read(problem.lines[0])
    (counter,) = grammar.counters
    assert counter.cost.max() > 0
    assert len(counter.rows) == len(grammar.unknown) == 1


@pytest.mark.parametrize(
    ("rule", "certain"), [(WeeklyRest(hours=24, times=2), True), (WeeklyRest(hours=17), False)], ids=["twice", "short"]
)
def test_rests_forbid_to_work_on_all_days(rule: WeeklyRest, certain: bool) -> None:
    """A week without a day off is left out where every rest needs one, avoided elsewhere; no lawful line is lost."""
    plan = example_plan(Example("- - - - - - -"), "none", CODES)
    model = Model(plan)
    rule.constrain(model, plan.agents[0])
    problem = compile_problem(model)
    grammar, packed = Reader(problem).read(problem.lines[0]), pack(problem)
    work = [p for p in (grammar.patterns if certain else grammar.hoped) if not p.off]
    assert grammar.unknown
    assert [(p.day, p.length) for p in work] == [(6, 7)]
    values = np.zeros(len(problem.lines[0].low), dtype=np.int64)
    for line, cost in admitted(problem):
        at = np.array([CODES.find(code) for code in line], dtype=np.int32)
        broken, _ = complete(packed.programs, 0, problem.templates, at, values)
        assert broken != -1 or cost is not None


def test_a_flag_that_must_be_raised_is_not_forgotten() -> None:
    """Where the only weekend must be free, its days are closed or the row counts as not followed."""
    forms = [FreePairs(((1, 2),), 1)]
    problem = program(forms, 5)
    assert pack(problem).exact == (False,) or dict(admitted(problem)) == meaning(forms, 5)


def test_a_block_that_a_rationed_helper_excuses_is_hoped_for() -> None:
    """Where a helper stands in another row too, the quick tables avoid its block and the full ones allow it."""
    forms = [Excused(2, (3,), rationed=True)]
    problem = program(forms, 5)
    grammar = Reader(problem).read(problem.lines[0])
    assert Pattern(True, False, False, 2, 2) in grammar.hoped
    assert grammar.unknown
    assert pack(problem).exact == (False,)
    wanted, full, quick = meaning(forms, 5), dict(admitted(problem)), dict(admitted(problem, quick=True))
    allowed = {line for line, cost in wanted.items() if cost is not None}
    assert {line for line, cost in quick.items() if cost is not None} < allowed
    assert allowed < {line for line, cost in full.items() if cost is not None}


@dataclass(frozen=True)
class Gap(Form):
    """At most one early shift in any two days that lie two days apart."""

    def post(self, model: Model, agent: Agent) -> None:
        """Post every such pair."""
        for first, later in zip(model.days, model.days[2:], strict=False):
            pair = [works for d in (first, later) for s, works in model.starts(agent, d) if s.code == "E"]
            model.at_most(agent, Linear.total(pair), 1)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Look at every such pair."""
        del past
        return None if any(a == b == "E" for a, b in zip(line, line[2:], strict=False)) else 0


def test_a_row_with_a_gap_is_counted() -> None:
    """A row over days that are no neighbours is a counter: followed while the tables have room for it."""
    problem = program([Gap()], 5)
    assert dict(admitted(problem)) == meaning([Gap()], 5)


def test_rows_in_no_known_form_are_listed() -> None:
    """A row with two helpers, one that is free of charge, and a flag of three days are known to be unknown."""
    plan = example_plan(Example("- - - - -"), "none", CODES)
    model, agent = Model(plan), plan.agents[0]
    flag = model.flag(agent, *(model.off(agent, day) for day in model.days[:3]))
    model.at_least(agent, flag + model.flag(agent, model.off(agent, model.days[4])), 1)
    problem = compile_problem(model)
    unknown = Reader(problem).read(problem.lines[0]).unknown
    assert ((15, 1), (16, 1)) in [problem.lines[0].rows[at].terms for at in unknown]
    assert pack(problem).exact == (False,)


def test_a_sum_over_nothing_is_no_obstacle() -> None:
    """A limit on shifts that the house does not have asks nothing of anybody."""
    plan = example_plan(Example("- - - - -"), "none", CODES)
    model = Model(plan)
    model.at_most(plan.agents[0], Linear.total([]), 3)
    problem = compile_problem(model)
    assert dict(admitted(problem)) == meaning([], 5)
