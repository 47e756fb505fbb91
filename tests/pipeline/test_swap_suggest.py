"""Who could take a day, and what a swap is blamed for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest
from swap_house import NOW, contents, house

from wfm.domain.roster import Roster, Violation
from wfm.domain.text import Text
from wfm.pipeline import swap as desk
from wfm.pipeline.swap_effect import added, effect_of
from wfm.pipeline.swap_suggest import suggest_swaps
from wfm.records.swap_terms import exchanged
from wfm.records.swaps import Swap, SwapRefused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a house that nobody may change."""
    return house(tmp_path_factory.mktemp("suggest") / "shop")


def may(day: int) -> date:
    """Return a date of the month."""
    return date(2026, 5, day)


@pytest.mark.parametrize(("agent", "day"), [("A1", 2), ("A1", 9), ("A2", 5), ("A4", 7), ("A6", 13)])
def test_exactly_those_who_can(shop: Path, agent: str, day: int) -> None:
    """Named are exactly the colleagues with whom one of all exchanges of the day, for itself or another, is lawful."""
    table = desk.desk_of(shop, NOW)
    able = set()
    for partner, other in product(table.base.plan.by_id, table.base.plan.days):
        swap = Swap(
            swap_id="",
            proposer=agent,
            proposer_date=may(day),
            partner=partner,
            partner_date=other,
            proposed_at=table.now,
        )
        found = table.base.roster
        for_another = found.works(agent, other) == found.works(partner, may(day)) != found.works(agent, may(day))
        back = found.works(partner, other) == found.works(agent, may(day))
        asked = other == may(day) or (for_another and back)
        if asked and not table.objections(swap) and not effect_of(table.base, swap).hard:
            able.add(partner)
    assert {one.swap.partner for one in suggest_swaps(shop, agent, may(day), now=NOW)} == able


def test_the_best_first(shop: Path) -> None:
    """Suggestions fall in order of new soft violations, fairness and cost, and nothing is written."""
    before = contents(shop)
    found = suggest_swaps(shop, "A5", may(12), now=NOW)
    ranks = [(len(one.soft), one.fairness, one.cost) for one in found]
    assert ranks == sorted(ranks)
    assert len(found) > 1
    assert contents(shop) == before


def test_every_suggestion_can_be_proposed(shop: Path, tmp_path: Path) -> None:
    """What is suggested is accepted when it is proposed, with the soft violations that were announced."""
    found = suggest_swaps(shop, "A2", may(12), now=NOW)
    assert found
    for one in found:
        place = shutil.copytree(shop, tmp_path / one.swap.partner)
        made = desk.propose_swap(place, *_deal(one.swap), now=NOW)
        assert (made.swap.exchange, made.soft) == (one.swap.exchange, one.soft)


def _deal(swap: Swap) -> tuple[str, date, str, date]:
    return swap.proposer, swap.proposer_date, swap.partner, swap.partner_date


@pytest.mark.parametrize(
    ("agent", "day", "pattern"),
    [
        ("A9", 2, "no agent A9"),
        ("A1", 20, "outside the period"),
        ("A5", 5, "on leave"),
        ("A6", 6, r"pins\.csv"),
        ("A4", 12, "not employed"),
    ],
)
def test_a_day_that_cannot_be_given(shop: Path, agent: str, day: int, pattern: str) -> None:
    """The reason is told when the day itself is the obstacle."""
    with pytest.raises(SwapRefused, match=pattern):
        suggest_swaps(shop, agent, may(day), now=NOW)


def test_an_old_violation_is_not_blamed(shop: Path) -> None:
    """Six days in a row that stood in the roster before count against a swap only where it makes them more."""
    table = desk.desk_of(shop, NOW)
    plan = table.base.plan
    shift = plan.shifts["D", may(8)]
    eighth = replace(table.base.roster.assignments["A1", may(7)], date=may(8), shift=shift)
    long = Roster.of([*table.base.roster, eighth])
    assert long.works("A1", may(8))
    cells = {**long.assignments, ("A1", may(3)): replace(eighth, date=may(3), shift=plan.shifts["D", may(3)])}
    base = replace(table.base, roster=Roster(cells))
    assert [(v.rule, v.amount) for v in base.violations if v.severity == "hard"] == [("max_consecutive_days", 3)]
    elsewhere = _swap("A1", 12, "A5", 12)
    assert effect_of(base, elsewhere).hard == ()
    shorter = _swap("A1", 8, "A2", 10)
    assert [v.rule for v in effect_of(base, shorter).hard] == []
    longer = _swap("A6", 9, "A1", 10)
    assert [v.rule for v in effect_of(base, longer).hard] == []
    worse = _swap("A1", 9, "A5", 9)
    assert [(v.rule, v.agent_id) for v in effect_of(base, worse).hard] == [("max_consecutive_days", "A1")]


def _swap(agent: str, day: int, partner: str, other: int) -> Swap:
    return Swap(
        swap_id="",
        proposer=agent,
        proposer_date=may(day),
        partner=partner,
        partner_date=may(other),
        proposed_at=NOW.astimezone(),
    )


def test_what_is_new() -> None:
    """A violation is new unless it lies within an old one of the same rule and agent and is no larger."""

    def broken(first: int, last: int, amount: int, agent: str = "A1", rule: str = "run") -> Violation:
        said = Text(en="run", zh="连续")
        return Violation(rule, "hard", said, agent, may(first), may(last), amount)

    old = [broken(3, 8, 2)]
    assert added(old, old) == []
    assert added(old, [broken(3, 7, 1)]) == []
    for new in (broken(3, 8, 3), broken(3, 9, 2), broken(3, 8, 2, "A2"), broken(3, 8, 2, rule="rest")):
        assert added(old, [new]) == [new]


def test_a_swap_back_is_nothing(shop: Path) -> None:
    """The same exchange twice gives the roster of before, for every pair and date that may be exchanged."""
    base = desk.desk_of(shop, NOW).base
    for other in ("A2", "A5", "A6"):
        for day in base.plan.days:
            swap = _swap("A1", day.day, other, 14)
            twice = exchanged(swap, base.plan, exchanged(swap, base.plan, base.roster))
            assert twice.assignments == base.roster.assignments
