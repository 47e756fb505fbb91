"""Key figures, fair shares, uncovered spans and pay totals, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from report_house import greedy, page, plan, requirement, settings

from wfm.domain.agents import Agent, Request
from wfm.domain.cover import cover
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.report import cover_by_day, cover_by_queue, kpis
from wfm.report.fairness import BURDENS, agent_counts, wishes
from wfm.report.holes import extra_shift, holes, reason, staff
from wfm.report.pay import column_totals, totals

FIRST = date(2026, 5, 1)


def small(need: float = 1.0, *, agents: int = 1, skills: tuple[str, ...] = ("sales",)) -> tuple[Plan, Roster]:
    """Return a plan of one day with agents on the shift E8 of sales, and a need of the same size all day."""
    base = settings("en").model_dump()
    base["period"] = {"first": FIRST, "last": FIRST}
    bare = Plan(type(settings()).model_validate(base), (), plan("en").calendar, pd.DataFrame())
    people = tuple(Agent(agent_id=f"a{n}", contract="full", skills=skills) for n in range(agents))
    need_of = requirement(bare.grid.starts, 1.0)
    need_of["required_rostered"] = np.where(need_of.index.get_level_values("queue") == "sales", need, 0.0)
    made = replace(bare, agents=people, requirement=need_of)
    shift = made.shifts["E8", FIRST]
    return made, Roster.of(Assignment(a.agent_id, FIRST, State.WORK, shift, "sales") for a in people)


def test_key_figures_of_one_agent_are_the_hours_of_his_shift() -> None:
    """An agent from 08:00 to 17:00 with an hour's meal leaves 16 of 24 required hours uncovered."""
    made, roster = small()
    key = kpis(made, roster, cover(roster, made))
    assert (key.agents, key.shifts, key.paid_hours) == (1, 1, 8.0)
    assert (key.required_hours, key.cover_hours, key.uncovered_hours, key.surplus_hours) == (24.0, 8.0, 16.0, 0.0)
    assert key.uncovered_share == pytest.approx(2 / 3)


def test_hours_by_queue_and_by_day_add_up_to_the_cover_table() -> None:
    """The sums per queue and the sums per day are the same hours."""
    made = plan()
    table = cover(greedy(made), made)
    for by in (cover_by_queue(table, made), cover_by_day(table, made)):
        assert by["uncovered_hours"].sum() == pytest.approx(table["shortfall"].sum() / 2)
        assert by["surplus_hours"].sum() == pytest.approx(table["surplus"].sum() / 2)


def test_fair_shares_add_up_to_what_was_worked() -> None:
    """Every share column adds up to its column: nothing is shared out that nobody worked."""
    made = plan()
    counts = agent_counts(made, greedy(made))
    for name in BURDENS:
        assert counts[f"{name}_share"].sum() == pytest.approx(counts[name].sum())


def test_a_protected_agent_has_no_share_of_the_nights_and_a_part_timer_half_a_share() -> None:
    """Shares follow protection from night work, available days and contract hours."""
    made = plan()
    counts = agent_counts(made, greedy(made))
    protected = [a.agent_id for a in made.agents if a.no_night]
    assert counts.loc[protected, ["small_nights_share", "big_nights_share"]].to_numpy().sum() == 0
    part, full = made.agents[12], made.agents[13]
    assert part.contract == "part"
    share = counts["hours_share"].to_dict()
    assert 2 * share[part.agent_id] == pytest.approx(share[full.agent_id])


def test_counts_per_agent_are_those_of_his_line() -> None:
    """Rest days, nights and hours are counted from the roster alone."""
    made = plan()
    roster = greedy(made)
    counts = agent_counts(made, roster)
    line = [a for a in roster if a.agent_id == "0010"]
    assert counts.at["0010", "rest_days"] == sum(a.state is State.REST for a in line)
    assert counts.at["0010", "nights"] == sum(
        a.shift is not None and a.shift.code in ("L14", "L16", "N22") for a in line
    )
    assert counts.at["0010", "hours"] == pytest.approx(sum(a.shift.paid_minutes for a in line if a.shift) / 60)


@pytest.mark.parametrize(
    ("kind", "code", "granted"), [("off", None, False), ("on", None, True), ("on", "E8", True), ("on", "N22", False)]
)
def test_a_wish_is_granted_when_the_day_is_as_asked(kind: str, code: str | None, granted: bool) -> None:
    """A worked E8 grants a wish to work, or for E8, and no other."""
    made, roster = small()
    asked = Request.model_validate({"agent_id": "a0", "date": FIRST, "kind": kind, "shift_code": code})
    outside = Request(agent_id="a0", date=date(2026, 7, 1), kind="off")
    (wish,) = wishes(replace(made, requests=(asked, outside)), roster)
    assert wish.granted is granted


def test_holes_are_the_shortfall_cut_at_gaps_and_midnight() -> None:
    """The spans before the shift, at the meal and after it are the day's three holes, and hours add up to the table."""
    made, roster = small()
    table = cover(roster, made)
    found = holes(made, table)
    assert [(f"{h.start:%H:%M}", f"{h.end:%H:%M}", h.hours) for h in found] == [
        ("00:00", "08:00", 8.0),
        ("17:00", "00:00", 7.0),
        ("12:00", "13:00", 1.0),
    ]
    whole = plan()
    table = cover(greedy(whole), whole)
    assert sum(h.hours for h in holes(whole, table)) == pytest.approx(table["shortfall"].sum() / 2, abs=0.5)


def test_agents_with_the_skill_are_counted_once_each_by_what_they_do() -> None:
    """The counts of a hole add up to the employed agents with the skill."""
    made = plan()
    roster = greedy(made)
    for hole in holes(made, cover(roster, made))[:10]:
        skill = made.settings.skill_of(hole.queue)
        skilled = [a for a in made.agents if skill in a.skills and a.employed(hole.date)]
        assert sum(staff(made, roster, hole).values()) == len(skilled)


def why(made: Plan, roster: Roster, at: int) -> str:
    """Return the English reason of the hole that starts at an hour."""
    table = cover(roster, made)
    hole = next(h for h in holes(made, table) if h.start.hour == at)
    return reason(made, table, hole, staff(made, roster, hole), extra_shift(made, table, hole)).en


def test_nobody_with_the_skill_is_said_so() -> None:
    """A queue that no agent can serve is uncovered for want of the skill."""
    made, _ = small(skills=("other",))
    nobody = Roster.of([Assignment("a0", FIRST, State.REST)])
    assert "Nobody employed that day has the skill sales" in why(made, nobody, 0)


def test_agents_who_are_off_are_counted_in_the_reason() -> None:
    """With two agents at rest and one at work, the reason names the two."""
    made, roster = small(need=2.0, agents=3)
    cells = [replace(a, state=State.REST, shift=None, queue=None) if a.agent_id != "a0" else a for a in roster]
    assert why(made, Roster.of(cells), 0).startswith("With the skill, but off that day: 2 of 3 agents (2 rest")


def test_agents_on_other_queues_are_counted_with_the_surplus_there() -> None:
    """An agent who serves a queue that needs nobody is named with the hours he is too many there."""
    made, roster = small(skills=("sales", "service"))
    cells = [replace(a, queue="service") for a in roster]
    text = why(made, Roster.of(cells), 0)
    assert text.startswith("With the skill, but on other queues at that time: 1 of 1")
    assert "8.0 surplus hours" in text


def test_everybody_there_is_said_so() -> None:
    """When the whole staff with the skill is on the queue, nobody is left."""
    made, roster = small(need=5.0)
    assert "nobody left" in why(made, roster, 0)


def test_a_shift_that_costs_more_than_it_mends_is_not_called_for() -> None:
    """At equal weights a shift of eight hours does not pay for the one hour of a colleague's meal."""
    made, roster = small()
    need = made.requirement.copy()
    hours = pd.DatetimeIndex(need.index.get_level_values("interval_start")).hour
    need["required_rostered"] = np.where((hours == 12) & (need["required_rostered"] > 0), 1.0, 0.0)
    goals = made.settings.goals.model_copy(update={"under": 1, "over": 1})
    meal = replace(made, requirement=need, settings=made.settings.model_copy(update={"goals": goals}))
    assert why(meal, roster, 12).startswith("One more shift does not pay")


def test_pay_totals_are_exact_and_count_what_is_missing() -> None:
    """Amounts add up in Decimal, and a line without amount is counted, not taken as zero."""
    lines = pd.DataFrame(
        {
            "agent_id": ["1", "1", "2"],
            "element_code": ["holiday", "holiday", "big_night"],
            "quantity": [Decimal("8.00"), Decimal("0.10"), Decimal("3.00")],
            "amount": [Decimal("827.59"), Decimal("0.11"), None],
        },
        dtype=object,
    )
    night, holiday = totals(lines, ["element_code"])
    assert (holiday.amount, holiday.quantity, holiday.agents, holiday.missing) == (
        Decimal("827.70"),
        Decimal("8.10"),
        1,
        0,
    )
    assert (night.amount, night.missing) == (None, 1)


def test_a_column_without_figures_has_no_total() -> None:
    """Overtime that nobody worked out is left out of the sums, not shown as zero."""
    sheet = page().timesheet
    assert sheet is not None
    sums = column_totals(sheet, ["scheduled_h", "ot150_h", "unknown"])
    assert list(sums) == ["scheduled_h"]
