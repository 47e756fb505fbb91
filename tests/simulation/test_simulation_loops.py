"""The loops of the simulation against a slow and plain event list, on the same contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from small_centre import Caller, Centre, Headcount, Worker

from wfm.simulation import Contacts, Routing, Stream, Team, draw, exponential, given, lognormal, uniform
from wfm.simulation.counting import by_columns, one_pass
from wfm.simulation.crew import crew_of
from wfm.simulation.line import one_by_one, together
from wfm.simulation.loop import replicate
from wfm.simulation.routing import rules_of
from wfm.simulation.run import play, turns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.simulation.crew import Leaving

SECONDS = 1800.0
LUNCH = Team(("a",), (((0.0, 3000.0), (4800.0, 9000.0)), ((900.0, 5000.0), (5400.0, 10_800.0)), ((0.0, 7200.0),)))


def callers_of(contacts: Contacts, names: Sequence[str], replication: int = 0) -> list[Caller]:
    """Return the contacts of a replication as the oracle wants them, chained to the attempts that follow."""
    lo, hi = contacts.first[replication], contacts.first[replication + 1]
    everybody = [
        Caller(contacts.arrival[i], names[contacts.queue[i]], contacts.handle[i], contacts.patience[i])
        for i in range(lo, hi)
    ]
    for caller, after, delay in zip(everybody, contacts.follows[lo:hi], contacts.delay[lo:hi], strict=True):
        if after >= 0:
            caller.again, caller.again_after = everybody[after], delay
    return everybody


def centre_of(teams: Sequence[Team], **more: Any) -> Centre:
    """Return the oracle's centre with the agents of some teams."""
    return Centre([Worker(list(t.skills), list(spans)) for t in teams for spans in t.spans], **more)


def same(contacts: Contacts, begin: Any, by: Any, callers: list[Caller]) -> None:
    """Assert that each contact met the same agent at the same instant, or nobody."""
    answered = [-1 if c.by is None else c.by for c in callers]
    answered = [-2 if c.turned_away else a for c, a in zip(callers, answered, strict=True)]
    assert by.tolist() == answered
    met = [c.answered_at for c in callers if c.answered_at is not None]
    assert begin[by >= 0].tolist() == met


def test_one_queue_with_shifts_and_breaks() -> None:
    """Contacts meet the same agents at the same instants on all three paths and in the event list."""
    stream = Stream("a", [30.0, 40, 20, 25, 30, 5], lognormal(150, 1.3), exponential(200))
    contacts = draw([stream], SECONDS, 70, 3)
    crew, rules = crew_of([LUNCH]), rules_of(Routing(), ["a"], [LUNCH])
    begin, by = together(contacts, crew)
    again = one_by_one(contacts.arrival, contacts.handle, contacts.patience, contacts.first, contacts.firsts, crew)
    assert (begin == again[0]).all()
    assert (by == again[1]).all()
    for r in range(5):
        part = slice(contacts.first[r], contacts.first[r + 1])
        routed = replicate(contacts.part(r, r + 1), contacts.arrival[part], crew.team, rules, *turns_of(crew))
        assert (routed[1] == by[part]).all()
        assert (routed[0][routed[1] >= 0] == begin[part][by[part] >= 0]).all()
        callers = callers_of(contacts, ["a"], r)
        centre_of([LUNCH]).play(callers)
        same(contacts, begin[part], by[part], callers)


TEAMS = (
    Team(("a",), (((0.0, 9000.0),), ((1800.0, 7000.0), (7500.0, 10_800.0)))),
    Team(("b", "a"), (((0.0, 10_800.0),), ((600.0, 4000.0),))),
    Team(("c", "b", "a"), (((0.0, 5000.0), (5300.0, 10_800.0)), ((0.0, 3600.0),))),
)
STREAMS = (
    Stream("a", [20.0, 30, 25, 20, 30, 10], exponential(180), exponential(100)),
    Stream("b", [10.0, 12, 25, 20, 5, 10], lognormal(240, 0.8), redial_share=0.6, patience=exponential(60)),
    Stream("c", [8.0, 6, 9, 10, 5, 0], uniform(100, 400), uniform(0, 300), redial_share=0.3, redial=uniform(30, 90)),
)


@pytest.mark.parametrize("rule", ["longest_wait", "priority", "skill_order"])
@pytest.mark.parametrize("lines", [None, 8])
def test_three_queues_with_skills_redials_and_lines(rule: Any, lines: int | None) -> None:
    """Routing by longest wait, priority and skill order, redials and a limit of lines agree with the event list."""
    priority = {"a": 2, "b": 1, "c": 2}
    for seed in range(3):
        contacts = draw(STREAMS, SECONDS, 1, seed)
        routing = Routing(contact=rule, priority=priority, lines=lines)
        crew, rules = crew_of(TEAMS), rules_of(routing, ["a", "b", "c"], TEAMS)
        callers = callers_of(contacts, ["a", "b", "c"])
        centre_of(TEAMS, rule=rule, priority=priority, lines=lines or float("inf")).play(callers[: contacts.firsts[0]])
        begin, by = play(contacts, crew, rules)
        assert len(by) > contacts.firsts[0]
        assert contacts.arrival.tolist() == [c.arrival for c in callers]
        same(contacts, begin, by, callers)


COUNTS = (("a",), [4, 6, 2, 5, 1, 3]), (("b", "a"), [3, 1, 4, 0, 3, 2]), (("c", "b", "a"), [3, 3, 1, 2, 2, 0])


def test_where_only_numbers_count_who_is_free_first_leaves() -> None:
    """Teams of changing numbers answer the same contacts at the same instants as the event list that counts heads."""
    teams = [Team.of_counts(skills, counts, SECONDS, leaving="first_free") for skills, counts in COUNTS]
    for seed in range(5):
        contacts = draw(STREAMS, SECONDS, 1, seed)
        rules = rules_of(Routing(), ["a", "b", "c"], teams)
        callers = callers_of(contacts, ["a", "b", "c"])
        centre = Headcount([Worker(list(t.skills), list(spans)) for t in teams for spans in t.spans])
        centre.play(callers[: contacts.firsts[0]])
        begin, by = play(contacts, crew_of(teams), rules)
        assert begin[by >= 0].tolist() == [c.answered_at for c in callers if c.answered_at is not None]
        assert (by >= 0).tolist() == [c.by is not None for c in callers]


def test_numbers_that_stay_are_shifts_that_stay() -> None:
    """As long as a number does not fall, it makes no difference who would leave."""
    stream = Stream("a", [30.0, 40, 50, 60], lognormal(150, 1.3), exponential(200))
    contacts = draw([stream], SECONDS, 5, 3)
    one, other = (Team.of_counts(["a"], [3, 4, 5, 5], SECONDS, leaving=how) for how in ("own_span", "first_free"))
    shifts, numbers = (play(contacts, crew_of([t]), rules_of(Routing(), ["a"], [t])) for t in (one, other))
    assert (shifts[0][shifts[1] >= 0] == numbers[0][numbers[1] >= 0]).all()
    assert ((shifts[1] >= 0) == (numbers[1] >= 0)).all()


def test_one_leaves_at_once_when_one_is_free() -> None:
    """With two agents, one of them busy, the free one leaves; the next contact waits for the other to finish."""
    contacts = given([0.0, 1.0, 20.0], 0, [100.0, 2.0, 10.0])
    leave: tuple[tuple[Leaving, float], ...] = (("own_span", 20.0), ("first_free", 100.0))
    for how, answered in leave:
        team = Team(("a",), (((0.0, 10.0),), ((0.0, 1000.0),)), leaving=how)
        begin, _ = play(contacts, crew_of([team]), rules_of(Routing(), ["a"], [team]))
        assert begin.tolist() == [0.0, 1.0, answered]


def test_the_loop_is_the_same_uncompiled() -> None:
    """Compiled and as plain Python the event loop and the recursion give the same numbers."""
    contacts = draw(STREAMS, SECONDS, 1, 5)
    teams = (TEAMS[0], replace(TEAMS[1], leaving="first_free"), TEAMS[2])
    crew, rules = crew_of(teams), rules_of(Routing(tie="chance", agent="any"), ["a", "b", "c"], teams)
    plain = getattr(replicate, "py_func", replicate)
    turns = turns_of(crew)
    begin, by = replicate(contacts, contacts.arrival.copy(), crew.team, rules, *turns)
    slow = plain(contacts, contacts.arrival.copy(), crew.team, rules, *turns)
    assert (slow[0] == begin).all()
    assert (slow[1] == by).all()


def test_counts_agree() -> None:
    """Counting in columns and contact by contact gives the same numbers."""
    contacts = draw(STREAMS, SECONDS, 3, 6)
    crew, rules = crew_of(TEAMS), rules_of(Routing(lines=9), ["a", "b", "c"], TEAMS)
    begin, by = play(contacts, crew, rules)
    limit, short = np.array([20.0, 30.0, 40.0]), np.array([20.0, 5.0, 0.0])
    rest = (contacts, begin, by, limit, short, crew.team, rules.pace, SECONDS, 6)
    (here, busy), (there, other) = by_columns(*rest), one_pass(*rest)
    assert np.allclose(here, there, rtol=0, atol=1e-9)
    assert np.allclose(busy, other, rtol=0, atol=1e-6)
    assert here[3].sum() > 0


def test_each_free_agent_is_as_likely() -> None:
    """By chance, two teams of one and three free agents share the first contact one to three."""
    teams = (Team(("a",), (((0.0, 1e6),),)), Team(("b", "a"), (((0.0, 1e6),),) * 3))
    rules = rules_of(Routing(agent="any", tie="chance"), ["a", "b"], teams)
    crew = crew_of(teams)
    base = draw([Stream("a", [1.0], exponential(1)), Stream("b", [0.0], exponential(1))], 1e6, 4000, 1)
    begin, by = play(base, crew, rules)
    firsts = base.first[:-1][base.firsts > 0]
    assert (by[firsts] >= 0).all()
    assert (by[firsts] == 0).mean() == pytest.approx(0.25, abs=0.03)
