"""The contract of every rule on longer rosters with everything that can happen to an agent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_brute import Judge, picture
from roster_cases import CASES
from roster_house import CLOCKS, Token, agent, cell, requirement, worked
from roster_house import plan as make_plan
from roster_house import settings as make_settings

from wfm.domain.agents import Absence, Exemption, Pin, Request
from wfm.domain.clock import dates
from wfm.domain.roster import Roster
from wfm.roster import GOALS, RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.domain.plan import Plan

SEARCH = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
START = date(2026, 5, 20)


@st.composite
def plans(draw: st.DrawFn, kind: str) -> Plan:
    """Draw a plan of one agent: 10 to 31 days across a month end, a tail, leave, holidays, exceptions, flags."""
    length = draw(st.integers(10, 31))
    first = START + timedelta(days=draw(st.integers(0, 25)))
    last = first + timedelta(days=length - 1)
    codes = draw(st.lists(st.sampled_from(sorted(CLOCKS)), min_size=1, max_size=4, unique=True))
    zone = draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]))
    house = make_settings(first, last, codes, centre={"name": "House", "timezone": zone})
    day = st.integers(-10, length - 1).map(lambda n: first + timedelta(days=n))
    person = agent(
        no_night=draw(st.booleans()),
        no_overtime=draw(st.booleans()),
        contract=draw(st.sampled_from(["full", "full", "half"])),
        hire_date=draw(st.none() | day),
    )
    tail = draw(st.lists(st.sampled_from([*codes, "-"]), max_size=9))
    before = dates(first - timedelta(days=len(tail)), first - timedelta(days=1))
    span = st.tuples(day, st.integers(0, 9)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))
    return make_plan(
        house,
        [person],
        draw(st.sets(day, max_size=3)),
        absences=tuple(Absence(agent_id="A1", first_date=a, last_date=b) for a, b in draw(st.lists(span, max_size=2))),
        exemptions=tuple(
            Exemption(agent_id="A1", rule=kind, first_date=a, last_date=b) for a, b in draw(st.lists(span, max_size=2))
        ),
        pins=tuple(
            Pin(agent_id="A1", date=d, shift_code=draw(st.sampled_from([None, *codes])))
            for d in draw(st.sets(day, max_size=2))
        ),
        previous=tuple(cell(person, d, Token(code, "", None), house) for d, code in zip(before, tail, strict=True)),
    )


def line_near(draw: Callable[..., Any], judge: Judge) -> list[int]:
    """Draw a line that the solver admits, or any line, with up to three days changed."""
    plan = judge.plan
    size = len(plan.days) * (1 + len(plan.templates))
    prices = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    some = judge.some_line(0, prices) if draw(st.booleans()) else None
    option = st.integers(-1, len(plan.templates) - 1)
    line = list(some) if some else draw(st.lists(option, min_size=len(plan.days), max_size=len(plan.days)))
    for at in draw(st.sets(st.integers(0, len(line) - 1), max_size=3)):
        line[at] = draw(option)
    return line


@pytest.mark.parametrize("kind", sorted(RULES))
@SEARCH
@given(data=st.data())
def test_admitted_means_silent_on_long_rosters(kind: str, data: st.DataObject) -> None:
    """On any roster of a month, the solver admits exactly when `check` is silent, and soft costs are equal."""
    fields = dict(data.draw(st.sampled_from(CASES[kind])).fields)
    if "queue" in fields:
        fields["queue"] = "calls"
    plan = data.draw(plans(kind))
    rule = RULES[kind](**fields)
    judge = Judge(plan, [rule])
    codes = list(plan.templates)
    line = line_near(data.draw, judge)
    roster = worked(plan, [[None if k < 0 else codes[k] for k in line]])
    found = list(rule.audit(roster, plan))
    assert (judge.cost(roster) is not None) is (not found), (picture(roster, plan), found)
    if not rule.always:
        soft = RULES[kind](**{**fields, "hard": False, "weight": 3})
        counted = sum(v.cost for v in soft.audit(roster, plan))
        assert Judge(plan, [soft]).cost(roster) == counted, picture(roster, plan)


@st.composite
def shared_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of three agents and two queues with a requirement, wishes, a holiday, a tail, a published roster."""
    length, minutes = draw(st.integers(1, 7)), draw(st.sampled_from([20, 30, 60]))
    first = START + timedelta(days=draw(st.integers(0, 14)))
    last = first + timedelta(days=length - 1)
    codes = draw(st.lists(st.sampled_from(sorted(CLOCKS)), min_size=1, max_size=4, unique=True))
    target = {"target": {"service_level": 0.8}}
    names = ("under", "over", "requests", "fairness", "stability", "cost")
    weights: dict[str, Any] = {name: draw(st.integers(0, 12)) for name in names}
    times = st.decimals(1, 4, places=2)
    weights["premiums"] = {
        "hours_system": draw(st.sampled_from(["standard", "comprehensive"])),
        "rest_day": draw(st.none() | times),
        "small_night": draw(times),
        "big_night": draw(times),
    }
    house = make_settings(
        first,
        last,
        codes,
        queues={"calls": target, "mail": target},
        intervals={"minutes": minutes},
        centre={"name": "House", "timezone": draw(st.sampled_from(["Asia/Shanghai", "Asia/Kolkata"]))},
        goals=weights,
        nights={"mode": draw(st.sampled_from(["extended", "strict"]))},
    )
    people = [
        agent(n, skills=draw(st.sampled_from([("calls",), ("calls", "mail")])), no_night=draw(st.booleans()))
        for n in (1, 2, 3)
    ]
    some = draw(st.lists(st.floats(0, 3), min_size=1, max_size=7))
    size = 2 * house.grid.size
    days = st.integers(-1, length).map(lambda n: first + timedelta(days=n))
    wishes = st.builds(
        Request,
        agent_id=st.sampled_from(["A1", "A2", "A9"]),
        date=days,
        kind=st.sampled_from(["off", "on"]),
        shift_code=st.none() | st.sampled_from(sorted(CLOCKS)),
        weight=st.integers(1, 4),
    )
    yesterday = first - timedelta(days=1)
    known = st.tuples(st.sampled_from([*people, agent(9)]), days, st.sampled_from([*sorted(CLOCKS), "-", "L"]))
    published = draw(st.lists(known, max_size=9, unique_by=lambda c: (c[0].agent_id, c[1])))
    return make_plan(
        house,
        people,
        [first + timedelta(days=draw(st.integers(0, length)))],
        published=tuple(cell(person, day, Token(code, "", None), house) for person, day, code in published),
        requirement=requirement(house, (some * size)[:size]),
        requests=tuple(draw(st.lists(wishes, max_size=5))),
        previous=tuple(cell(p, yesterday, Token(draw(st.sampled_from("B-")), "", None), house) for p in people),
    )


@pytest.mark.parametrize("kind", sorted(GOALS))
@SEARCH
@given(data=st.data())
def test_charge_is_score(kind: str, data: st.DataObject) -> None:
    """What a goal charges the solver for a roster is its score of it, to the tick."""
    plan = data.draw(shared_plans())
    goal = GOALS[kind](plan.settings)
    option = st.none() | st.sampled_from(list(plan.templates))
    length = len(plan.days)
    lines: list[Any] = [data.draw(st.lists(option, min_size=length, max_size=length)) for _ in plan.agents]
    calls, mail = worked(plan, lines), worked(plan, lines, "mail")
    able = {a.agent_id for a in plan.agents if "mail" in a.skills}
    roster = Roster.of([*calls, *(c for c in mail if c.agent_id in able and c.date.day % 2)], plan.previous)
    assert Judge(plan, goals=[goal]).cost(roster) == goal.score(roster, plan)
