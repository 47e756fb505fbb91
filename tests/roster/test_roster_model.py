"""What rules are written in: linear expressions and the façade over the cells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roster_house import Token, agent, cell, plan, settings

from wfm.domain.agents import Absence
from wfm.domain.roster import TICKS
from wfm.roster.linear import Linear
from wfm.roster.model import HARD, Count, Model, Row

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 3)
LINEAR = st.builds(
    Linear, st.dictionaries(st.integers(0, 3), st.integers(-5, 5).filter(bool), max_size=3), st.integers(-5, 5)
)
VALUES = st.lists(st.integers(-3, 3), min_size=4, max_size=4)


def value(what: Linear, at: list[int]) -> int:
    """Return an expression's value when its variables have the given values."""
    return what.constant + sum(c * at[v] for v, c in what.terms.items())


@given(a=LINEAR, b=LINEAR, factor=st.integers(-4, 4), at=VALUES)
def test_expressions_calculate(a: Linear, b: Linear, factor: int, at: list[int]) -> None:
    """Sums, differences and multiples of expressions have the sums, differences and multiples of their values."""
    x, y = value(a, at), value(b, at)
    assert value(a + b, at) == x + y
    assert value(a - b, at) == x - y
    assert value(3 + a, at) == 3 + x
    assert value(1 - a, at) == 1 - x
    assert value(-a, at) == -x
    assert value(factor * a, at) == factor * x
    assert value(Linear.total([a, 2, b, a]), at) == 2 * x + y + 2


@given(a=LINEAR, b=LINEAR)
def test_expressions_do_not_change(a: Linear, b: Linear) -> None:
    """Arithmetic leaves its operands as they were and keeps no variable with the coefficient 0."""
    before = dict(a.terms), a.constant, dict(b.terms), b.constant
    results = (a + b, a - b, a * 2, a * 0, a - a, -a)
    assert before == (dict(a.terms), a.constant, dict(b.terms), b.constant)
    assert all(c for r in results for c in r.terms.values())


def small() -> Model:
    """Return a model of one agent, three days from Monday, two shifts; he worked the night before."""
    house = settings(FIRST, LAST, "DB")
    sunday = cell(agent(), FIRST - timedelta(days=1), Token("B", "", None), house)
    leave = Absence(agent_id="A1", first_date=LAST, last_date=LAST)
    return Model(plan(house, [agent()], [date(2026, 6, 2)], previous=(sunday,), absences=(leave,)))


def test_a_new_model_knows_only_its_cells() -> None:
    """Each day is off or has one shift: one row a day, owned by no rule."""
    model = small()
    line = model.lines["A1"]
    assert line.rows == [Row("", ((d, 1), (3 + 2 * d, 1), (4 + 2 * d, 1)), 1, 1) for d in range(3)]
    assert line.high == [1] * 9


def test_days_before_the_period_are_constants() -> None:
    """The tail is read as it was; a day of which nothing is known counts as off and as no rest day."""
    model, person = small(), agent()
    sunday, saturday = FIRST - timedelta(days=1), FIRST - timedelta(days=2)
    assert [repr(model.works(person, d)) for d in (sunday, saturday)] == ["Linear( +1)", "Linear( +0)"]
    assert [s.code for s, _ in model.starts(person, sunday)] == ["B"]
    assert model.starts(person, saturday) == []
    assert repr(model.rests(person, saturday)) == "Linear( +0)"


def test_rest_is_neither_holiday_nor_leave() -> None:
    """Only a day that would be a rest day can be one: not a holiday, not leave."""
    model, person = small(), agent()
    assert [sorted(model.rests(person, d).terms) for d in model.days] == [[0], [], []]


def test_paid_minutes_are_read_off_the_shifts() -> None:
    """D and B have 480 paid minutes each."""
    model = small()
    assert dict(model.paid_minutes(agent(), model.days[:1]).terms) == {3: 480, 4: 480}


def test_hard_rows_have_no_helpers() -> None:
    """A hard bound is one row on the cells, with constants on the other side."""
    model, person = small(), agent()
    with model.posting("some_rule"):
        model.at_most(person, model.works(person, FIRST) + 1, 1)
        model.exactly(person, model.off(person, LAST), 1)
    assert model.lines["A1"].rows[3:] == [Row("some_rule", ((0, -1),), None, -1), Row("some_rule", ((2, 1),), 1, 1)]
    assert len(model.lines["A1"].high) == 9


def test_soft_rows_have_a_slack() -> None:
    """A soft bound has a helper that costs the weight per unit and reaches as far as the expression can."""
    model, person = small(), agent()
    with model.posting("wish", weight=6):
        model.at_least(person, Linear.total(model.off(person, d) for d in model.days), 2)
        model.exactly(person, model.paid_minutes(person, model.days), 600, per=60)
    line = model.lines["A1"]
    assert line.high[9:] == [2, 600, 6 * 480 - 600]
    assert line.cost[9:] == [6 * TICKS, 6 * TICKS // 60, 6 * TICKS // 60]
    assert [(r.owner, r.low, r.high) for r in line.rows[3:]] == [
        ("wish", 2, None),
        ("wish", 600, None),
        ("wish", None, 600),
    ]


def test_a_price_must_be_whole_ticks() -> None:
    """A unit that does not divide the ticks cannot be priced."""
    model, person = small(), agent()
    with model.posting("wish", weight=1), pytest.raises(ValueError, match="per=7"):
        model.at_most(person, model.off(person, FIRST), 0, per=7)


def test_flags_are_tied_hard_in_soft_rules() -> None:
    """A helper that needs others costs nothing and cannot be bought, whatever the weight of the rule."""
    model, person = small(), agent()
    with model.posting("wish", weight=6):
        flag = model.flag(person, model.off(person, FIRST), model.works(person, LAST))
    line = model.lines["A1"]
    assert dict(flag.terms) == {9: 1}
    assert len(line.high) == 10
    assert line.cost[9] == 0
    assert line.rows[3:] == [Row("wish", ((0, 1), (9, -1)), 0, None), Row("wish", ((2, -1), (9, -1)), -1, None)]


def test_posting_ends() -> None:
    """After the rule is done, its owner and weight no longer hold, not even after an error."""
    model, person = small(), agent()
    with pytest.raises(KeyError), model.posting("wish", weight=6):
        raise KeyError
    model.forbid(person, model.off(person, FIRST))
    assert model.lines["A1"].rows[-1] == Row("", ((0, 1),), None, 0)


def test_only_convex_costs_can_be_charged() -> None:
    """A cost that grows more slowly as the count grows is refused: it could not be bounded."""
    model, person = small(), agent()
    count = Linear.total(model.works(person, d) for d in model.days)
    model.charge_convex(person, count, 3, lambda n: n * n)
    with pytest.raises(ValueError, match="convex"):
        model.charge_convex(person, count, 3, lambda n: min(n, 1))


def test_floors_carry_the_weight_of_their_rule() -> None:
    """A floor is hard or has its rule's weight; a requirement is read to the hundredth."""
    model = small()
    need = plan(settings(FIRST, LAST), [agent()]).requirement["required_rostered"].to_numpy(dtype=float)
    with model.posting("floor"):
        model.floor_cover(["calls"], need.astype(int) + 2)
    with model.posting("wish", weight=4):
        model.floor_cover(["calls"], need.astype(int) + 2)
    with model.posting("goal"):
        model.charge_cover("calls", need + 1.006, under=10, over=1)
    assert [(c.owner, c.under, c.over, int(c.required[0])) for c in model.counts if isinstance(c, Count)] == [
        ("floor", HARD, 0, 200),
        ("wish", 4, 0, 200),
        ("goal", 10, 1, 101),
    ]
