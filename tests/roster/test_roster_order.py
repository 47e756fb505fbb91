"""The order of goals is exact: no later goal outweighs the least of an earlier one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from roster_brute import Judge, every_roster
from roster_house import Token, agent, cell, plan, requirement
from roster_house import settings as house

from wfm.domain.agents import Request
from wfm.domain.answer import Solved
from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.roster import TICKS
from wfm.roster import RuleBook, build_book, check_settings, score, solve
from wfm.roster.model import Model
from wfm.roster.order import LARGEST, Level, ceiling, factors, scales, smallest_step
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.plan import Plan

FRIDAY = date(2026, 6, 5)
SEARCH = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOFT: dict[str, Any] = {
    "max_consecutive_days": {"days": 1, "days_by_exception": 1, "hard": False, "weight": 3},
    "month_hours": {"hours": 160, "tolerance_hours": 1, "hard": False, "weight": 4},
    "cover_floor": {"agents": 1, "window": "10:00-12:00", "hard": False, "weight": 2},
    "rest_between_shifts": {},
}
LEVELS = st.lists(st.builds(Level, st.just(()), st.integers(1, 300), st.integers(0, 10**7)), min_size=1, max_size=4)
KINDS = ("cover", "requests", "fairness", "stability", "cost", "max_consecutive_days", "month_hours", "cover_floor")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of two agents on a Friday and a Saturday, two shifts, with wishes and a published roster."""
    names = ("under", "over", "requests", "fairness", "stability", "cost")
    weights: dict[str, Any] = {name: draw(st.integers(0, 9)) for name in names}
    weights["premiums"] = {"hours_system": "standard", "big_night": draw(st.sampled_from(["1", "1.37"]))}
    weights["order"] = draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True))
    made = house(
        FRIDAY,
        FRIDAY + timedelta(days=1),
        draw(st.sampled_from(["EB", "DX", "SB"])),
        goals=weights,
        intervals={"minutes": 60},
        rules=SOFT,
        solve={"target_gap": 0, "budget": "1s"},
    )
    days = st.integers(0, 1).map(lambda n: FRIDAY + timedelta(days=n))
    ids = st.sampled_from(["A1", "A2"])
    wishes = st.builds(Request, agent_id=ids, date=days, kind=st.sampled_from(["off", "on"]), weight=st.integers(1, 3))
    some = draw(st.lists(st.integers(0, 250).map(lambda n: n / 100), min_size=1, max_size=5))
    people = [agent(1), agent(2, no_night=draw(st.booleans()))]
    before = Token(draw(st.sampled_from("B-")), "", None)
    published = [cell(p, d, Token(draw(st.sampled_from("EBDX-")), "", None), made) for p in people for d in (FRIDAY,)]
    return plan(
        made,
        people,
        [FRIDAY + timedelta(days=1)],
        requirement=requirement(made, (some * made.grid.size)[: made.grid.size]),
        requests=tuple(draw(st.lists(wishes, max_size=4))),
        published=tuple(published),
        previous=tuple(cell(p, FRIDAY - timedelta(days=1), before, made) for p in people),
    )


def countable(made: Plan, book: RuleBook) -> Mapping[str, int]:
    """Return the factors of a plan; a plan whose totals are too large is not looked at."""
    try:
        return scales(made, book)
    except SettingsError:
        reject()


@SEARCH
@given(made=plans())
def test_the_order_is_exact(made: Plan) -> None:
    """Of all rosters the cheapest by the scaled sum is the best level by level; no cost is above its ceiling."""
    book = build_book(made.settings)
    costs = [{k: round(v * TICKS) for k, v in score(r, made, book).items()} for r in every_roster(made)]
    for kind in book.priced:
        model = Model(made)
        book.only([kind]).post(model)
        found = [cost[kind] for cost in costs]
        assert 0 <= min(found) <= max(found) <= ceiling(model), kind
        assert all((one - found[0]) % smallest_step(model) == 0 for one in found), kind

    factor, order = countable(made, book), made.settings.goals.order
    assert set(factor) == (set(book.priced) if order else set())
    scaled = [sum(v * factor.get(kind, 1) for kind, v in cost.items()) for cost in costs]
    levels = [(*(c[k] for k in order), sum(v for k, v in c.items() if k not in order)) for c in costs]
    best = min(scaled)
    assert {level for level, total in zip(levels, scaled, strict=True) if total == best} == {min(levels)}
    assert max(scaled) <= LARGEST


@given(levels=LEVELS)
def test_a_step_outweighs_all_that_is_later(levels: list[Level]) -> None:
    """One step of a level, or `order_step` units when that is more, costs more than all later levels can."""
    named = [Level((str(n),), level.step, level.ceiling) for n, level in enumerate(levels)]
    for least in (0, 1, 7):
        factor, total = factors(named, least)
        scaled = [factor[level.kinds[0]] * level.ceiling for level in named]
        assert total == sum(scaled)
        assert factor[named[-1].kinds[0]] == 1
        for n, level in enumerate(named):
            outweighed = factor[str(n)] * max(level.step, least * TICKS) > sum(scaled[n + 1 :])
            assert outweighed or not level.ceiling


@settings(max_examples=8, deadline=None)
@given(made=plans(), pick=st.integers(0, 80))
def test_the_model_is_scaled_as_it_says(made: Plan, pick: int) -> None:
    """What the solver's program makes of a roster is the sum of its shares times their factors."""
    book = build_book(made.settings)
    soft = RuleBook(tuple(r for r in book.rules if not r.hard), book.goals)
    every = list(every_roster(made))
    roster = every[pick % len(every)]
    factor = countable(made, soft)
    total = sum(round(v * TICKS) * factor.get(kind, 1) for kind, v in score(roster, made, soft).items())
    assert Judge(made, soft.rules, soft.goals).cost(roster) == total


def week(agents: int = 3, **goals: Any) -> Plan:
    """Return a week in which A1 and A2 wish to be off while two of three are needed, and no surplus is liked."""
    made = house(
        date(2026, 6, 1),
        date(2026, 6, 4),
        "E",
        goals=goals,
        intervals={"minutes": 60},
        solve={"target_gap": 0, "budget": "2s"},
    )
    need = [2.0 if 8 <= start.hour < 16 and start.hour != 12 else 0.0 for start in made.grid.starts]
    wishes = [Request(agent_id=f"A{n}", date=day, kind="off") for n in (1, 2) for day in (made.period.first,)]
    people = [agent(n) for n in range(1, agents + 1)]
    return plan(made, people, requirement=requirement(made, need), requests=tuple(wishes))


@pytest.mark.parametrize(
    ("order", "under", "met", "short"),
    [(["cover", "requests"], 1, 1, 0), (["requests", "cover"], 12, 2, 7), ([], 1, 1, 0)],
)
def test_what_comes_first_wins(order: list[str], under: int, met: int, short: int) -> None:
    """With cover first one of two wishes gives way; with wishes first seven agent-hours stay uncovered."""
    made = week(under=under, requests=3, fairness=0, order=order)
    book = build_book(made.settings)
    found = solve(made, book)
    assert isinstance(found, Solved)
    assert found.shares["requests"] == 3 * (2 - met)
    assert found.shares["cover"] == under * short
    assert found.scales == scales(made, book)
    scaled = sum(cost * found.scales.get(kind, 1) for kind, cost in found.shares.items())
    assert found.objective == pytest.approx(scaled)
    assert found.bound <= found.objective
    assert sum(found.parts.values()) == pytest.approx(1)


def test_without_an_order_nothing_is_scaled() -> None:
    """Without an order every factor is 1 and the model is the plain one."""
    made = week()
    book = build_book(made.settings)
    assert scales(made, book) == {}
    plain = Model(made)
    book.post(plain)
    assert [line.cost for line in post(made, book).lines.values()] == [line.cost for line in plain.lines.values()]


def test_factors_that_cannot_be_counted_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An order that would need larger totals than can be counted is an error with the factors and a step that fits."""
    monkeypatch.setattr("wfm.roster.order.LARGEST", 10**8)
    goals = {"cost": 5, "premiums": {"hours_system": "standard"}, "order": ["cover", "requests"]}
    made = week(40, **goals)
    with pytest.raises(
        SettingsError, match=r"cover x 16,\d+, requests x 5,\d+.*1\.0e\+08.*order_step = 100,"
    ) as raised:
        scales(made, build_book(made.settings))
    assert "order 在此无法逐位精确执行" in raised.value.message.zh
    coarse = week(40, **goals, order_step=100)
    assert 1 < scales(coarse, build_book(coarse.settings))["requests"] < 100


@pytest.mark.parametrize(
    ("tables", "column", "english", "chinese"),
    [
        ({"goals": {"order": ["covr"]}}, "goals.order", "Did you mean 'cover'?", "是否想写“cover”？"),
        ({"goals": {"order": ["rest_days"]}, "rules": {"rest_days": {}}}, "goals.order", "one of: cost, cover", "之一"),
        ({"goals": {"order": ["cover"]}, "solve": {"target_gap": 0.01}}, "solve.target_gap", "target_gap = 0", "首要"),
    ],
)
def test_orders_that_are_refused(tables: dict[str, Any], column: str, english: str, chinese: str) -> None:
    """An order names goals and soft rules only, and needs a gap of 0; a hard rule has no cost to put in order."""
    made = house(FRIDAY, FRIDAY, "E", **{"solve": {"target_gap": 0}, **tables})
    (found,) = check_settings(made)
    assert (found.file, found.column) == ("plan.toml", column)
    assert english in found.message.en
    assert chinese in found.message.zh
    with pytest.raises(InputErrors):
        build_book(made)


def test_a_soft_rule_can_stand_in_the_order() -> None:
    """A soft rule named in the order is a level of its own; the rest shares the last one."""
    made = house(FRIDAY, FRIDAY, "E", rules=SOFT, goals={"order": ["month_hours", "cover"]}, solve={"target_gap": 0})
    book = build_book(made)
    factor = scales(plan(made, [agent()]), book)
    assert factor["month_hours"] > factor["cover"] > 1
    assert {factor[kind] for kind in book.priced} == {1, factor["cover"], factor["month_hours"]}


def test_a_hard_floor_outweighs_every_factor() -> None:
    """A floor is kept where nobody else is needed, however much the surplus costs that comes first."""
    here = house(
        date(2026, 6, 1),
        date(2026, 6, 3),
        "E",
        goals={"order": ["cover"], "over": 30, "cost": 2000, "premiums": {"hours_system": "standard"}},
        intervals={"minutes": 60},
        rules={"cover_floor": {"agents": 1, "window": "09:00-11:00"}, "max_consecutive_days": {}},
        solve={"target_gap": 0, "budget": "2s"},
    )
    made = plan(here, [agent(n) for n in (1, 2)])
    book = build_book(made.settings)
    assert scales(made, book)["cover"] > 1000
    found = solve(made, book)
    assert isinstance(found, Solved)
    assert sum(cell.works for cell in found.roster) == 3
