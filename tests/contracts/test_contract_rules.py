"""The contract of every rule: the solver admits a roster exactly when `check` is silent."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from roster_brute import Judge, picture
from roster_cases import CASES, differences, setups, silent
from roster_house import example_plan, example_roster

from wfm.roster import RULES, Example

if TYPE_CHECKING:
    from wfm.roster.base import Rule

KINDS = sorted(RULES)
EXAMPLES = [
    pytest.param(kind, example, name == "good", id=f"{kind}-{name}-{n}")
    for kind in KINDS
    for name in ("good", "bad")
    for n, example in enumerate(getattr(RULES[kind], name))
]
SETUPS = [pytest.param(kind, n, id=f"{kind}-{n}") for kind in KINDS for n in range(len(setups(kind)))]
SOFT = [p for p in SETUPS if not RULES[str(p.values[0])].always]
"""Facts about agents are never soft."""
BOUNDS = [pytest.param(kind, name, id=f"{kind}-{name}") for kind in KINDS for name in RULES[kind].bounds]
SAMPLE = 50
"""Rosters of a setup whose cost is compared."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_under_contract(kind: str) -> None:
    """Every rule has kept and broken examples, setups of its own, and at least 2,000 small rosters to be judged on."""
    assert RULES[kind].good
    assert RULES[kind].bad
    assert CASES.get(kind), f"no setup for {kind} in tests/contracts/cases_*.py"
    assert sum(len(silent(kind, n)) for n in range(len(setups(kind)))) >= 2000
    verdicts = {verdict for n in range(len(setups(kind))) for _, verdict in silent(kind, n)}
    assert verdicts == {True, False}


@pytest.mark.parametrize("kind", KINDS)
def test_every_limit_is_a_bound(kind: str) -> None:
    """Every numeric field of a rule stands in its `bounds`, except the weight."""
    numbers = {n for n, f in RULES[kind].model_fields.items() if f.annotation in (int, float)} - {"weight"}
    assert set(RULES[kind].bounds) == numbers


@pytest.mark.parametrize(("kind", "example", "kept"), EXAMPLES)
def test_example(kind: str, example: Example, kept: bool) -> None:
    """A kept example is silent and admitted, a broken one is spoken of and refused."""
    rule = RULES[kind](**example.fields)
    plan = example_plan(example, kind)
    roster = example_roster(example, plan)
    assert (not list(rule.audit(roster, plan))) is kept
    assert (Judge(plan, [rule]).cost(roster) is not None) is kept


@pytest.mark.parametrize(("kind", "number"), SETUPS)
def test_admitted_means_silent(kind: str, number: int) -> None:
    """Of all rosters of a small plan, the solver admits exactly those about which `check` is silent."""
    setup = setups(kind)[number]
    found = [
        f"check {'is silent' if verdict else 'speaks'}: {picture(roster, setup.plan)}"
        for roster, verdict in islice(differences(kind, number, setup.rule), 5)
    ]
    assert found == []


@pytest.mark.parametrize(("kind", "bound"), BOUNDS)
@pytest.mark.parametrize("step", [-1, 1], ids=["tighter-or-looser", "looser-or-tighter"])
def test_a_shifted_bound_is_noticed(kind: str, bound: str, step: int) -> None:
    """When `constrain` works with a bound one unit off, some small roster shows it."""
    assert any(
        next(differences(kind, n, rule), None) is not None
        for n in range(len(setups(kind)))
        if (rule := shifted(kind, n, bound, step)) is not None
    )


def shifted(kind: str, number: int, bound: str, step: int) -> Rule | None:
    """Return the rule of a setup with a bound moved; None when the schema forbids it."""
    setup = setups(kind)[number]
    try:
        return setup.with_rule(**{bound: getattr(setup.rule, bound) + step})
    except ValidationError:
        return None


@pytest.mark.parametrize(("kind", "number"), SOFT)
def test_soft_cost_is_the_same(kind: str, number: int) -> None:
    """Made soft, a rule costs the solver in ticks exactly what its violations cost."""
    setup = setups(kind)[number]
    rule = setup.with_rule(hard=False, weight=7)
    judge = Judge(setup.plan, [rule])
    rosters = [roster for roster, _ in silent(kind, number)]
    chosen = random.Random(number).sample(rosters, min(SAMPLE, len(rosters)))
    wrong: list[Any] = []
    for roster in chosen:
        counted = sum(v.cost for v in rule.audit(roster, setup.plan))
        if judge.cost(roster) != counted:
            wrong.append((picture(roster, setup.plan), judge.cost(roster), counted))
    assert wrong == []
