"""Instances of others as our plans: the product's own audit and the instance's say the same of any roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_brute import Judge

from benchmarks.cases import contact_centre, curtois
from benchmarks.cases.curtois_text import parse
from wfm.domain.roster import TICKS
from wfm.roster import RULES
from wfm.roster.verify import score, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.cases.base import Case

DAYS = 14
TEXT = f"""\
# a small instance
SECTION_HORIZON
{DAYS}

SECTION_SHIFTS
E,480,
L,600,E|L

SECTION_STAFF
A,E=14|L=3,5400,2400,5,2,2,1
B,E=4|L=14,6000,1200,4,3,1,2
C,E=14|L=0,4800,2400,6,1,3,1

SECTION_DAYS_OFF
A,0
B,5

SECTION_SHIFT_ON_REQUESTS
A,2,E,2
B,3,L,3

SECTION_SHIFT_OFF_REQUESTS
C,12,E,1
B,8,E,3

SECTION_COVER
""" + "".join(f"{d},E,{d % 3},100,1\n{d},L,{d % 2},100,1\n" for d in range(DAYS))


def instance() -> dict[str, Any]:
    """Return a small instance in the form of the generator, with every kind of limit."""
    shifts = [
        {"code": "D07", "start_minute": 420, "length_minutes": 480, "paid_minutes": 480, "night": False},
        {"code": "D15", "start_minute": 900, "length_minutes": 480, "paid_minutes": 480, "night": False},
        {"code": "N20", "start_minute": 1200, "length_minutes": 720, "paid_minutes": 660, "night": True},
    ]
    person: dict[str, Any] = {
        "min_paid_minutes": 2400,
        "max_paid_minutes": 4800,
        "max_consecutive_days": 4,
        "max_weekends": 1,
    }
    own = {"max_weekends": 2, "max_consecutive_days": 5}
    return {
        "name": "small",
        "days": DAYS,
        "first_weekday": 2,
        "interval_minutes": 30,
        "min_rest_minutes": 660,
        "shifts": shifts,
        "skills": ["A", "B"],
        "agents": [
            {"id": "a0", "skills": ["A"], "night_ok": True, "unavailable_days": [3], **person},
            {"id": "a1", "skills": ["A", "B"], "night_ok": False, "unavailable_days": [], **person},
            {"id": "a2", "skills": ["B"], "night_ok": True, "unavailable_days": [0, 1], **person, **own},
        ],
        "demand": {s: [[(d + h // 16) % 3 for h in range(48)] for d in range(DAYS)] for s in ("A", "B")},
        "weights": {"under": 10, "over": 1},
        "requests": [
            {"agent": "a0", "day": 4, "shift": None, "kind": "off", "weight": 7},
            {"agent": "a1", "day": 5, "shift": "D15", "kind": "on", "weight": 3},
            {"agent": "a1", "day": 5, "shift": "D07", "kind": "on", "weight": 2},
        ],
    }


CENTRE = contact_centre.case_of(instance())
NURSES = curtois.case_of("nurses", parse(TEXT))


def agreed(case: Case, rows: Sequence[tuple[str, ...]]) -> bool:
    """Return whether a roster is legal, after both audits have said the same of it."""
    roster, audit = case.roster(rows), case.audit(rows)
    found = verify(roster, case.plan, case.book)
    assert bool(found) == bool(audit.hard), (found, audit.hard)
    assert sum(score(roster, case.plan, case.book).values()) == audit.objective
    assert sorted(case.rows(roster)) == sorted(rows)
    return not found


JUDGES = {case.name: [(rule, Judge(case.plan, [rule])) for rule in case.book.rules] for case in (CENTRE, NURSES)}
"""The solver's program of each rule alone, by case."""


@st.composite
def rosters(draw: st.DrawFn, case: Case) -> list[tuple[str, ...]]:
    """Draw a roster by blocks of worked days and days off, so that many are legal or nearly so."""
    rows: list[tuple[str, ...]] = []
    bad = draw(st.booleans())
    codes, queues = list(case.plan.templates), list(case.plan.settings.queues)
    for agent in case.plan.agents:
        allowed = list(case.plan.contract(agent).shifts or codes)
        day = draw(st.integers(0, 3))
        while day < DAYS:
            code = draw(st.sampled_from(codes if bad else allowed))
            queue = draw(st.sampled_from(queues if bad else list(agent.skills)))
            for _ in range(draw(st.integers(1, 4))):
                on_leave = day < DAYS and case.plan.leave_type(agent.agent_id, case.plan.days[day]) is not None
                if day < DAYS and (bad or not on_leave):
                    rows.append((agent.agent_id, str(day), code, queue)[: len(case.header)])
                day += 1
            day += draw(st.integers(1, 3))
    return rows


CASES = pytest.mark.parametrize("case", [CENTRE, NURSES], ids=["centre", "curtois"])


@CASES
@settings(deadline=None)
@given(data=st.data())
def test_both_audits_agree(case: Case, data: st.DataObject) -> None:
    """The product finds a hard violation exactly when the instance's audit does, and the objectives are equal."""
    agreed(case, data.draw(rosters(case)))


@CASES
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_solver_admits_what_check_does(case: Case, data: st.DataObject) -> None:
    """Of every rule of the cases, the solver admits a roster of right skills exactly when its audit is silent."""
    rule, judge = data.draw(st.sampled_from(JUDGES[case.name]))
    roster = case.roster(data.draw(rosters(case)))
    skilled = all(cell.queue in case.plan.by_id[cell.agent_id].skills for cell in roster if cell.works)
    found = list(rule.audit(roster, case.plan))
    assert (judge.cost(roster) is not None) is (skilled and not found), (rule.kind, found)


@CASES
def test_cases_have_no_rules_of_their_own(case: Case) -> None:
    """Everything that binds a roster of an instance is a rule of the product."""
    assert [rule for rule in case.book.rules if RULES.get(rule.kind) is not type(rule)] == []


def test_the_solver_pays_the_objective() -> None:
    """The costs that the solver charges for a roster are the objective."""
    for case in (CENTRE, NURSES):
        agent = case.plan.agents[1]
        rows = [(agent.agent_id, str(d), next(iter(case.plan.templates)), agent.skills[0]) for d in (0, 3, 5, 8, 12)]
        cut = [row[: len(case.header)] for row in rows]
        cost = Judge(case.plan, goals=case.book.goals).cost(case.roster(cut))
        assert cost == case.audit(cut).objective * TICKS


def test_a_legal_roster_of_a_centre() -> None:
    """A roster that keeps every limit is legal for both audits; moved into leave it is not for either."""
    rows = [("a0", str(d), "N20", "A") for d in (0, 1, 2, 5)]
    rows += [("a1", str(d), "D07", "B") for d in (0, 1, 2, 5, 6)]
    rows += [("a2", str(d), "D15", "B") for d in (2, 3, 4, 5, 7)]
    assert agreed(CENTRE, rows)
    assert not agreed(CENTRE, [("a0", "3", "N20", "A") if row[:2] == ("a0", "5") else row for row in rows])


def test_a_legal_roster_of_curtois() -> None:
    """Runs and rests that touch an end of the horizon may be short; inside they may not."""
    rows = [("A", str(d), "E") for d in (1, 2, 3, 8, 9, 13)]
    rows += [("B", str(d), "L") for d in (7, 9, 11)]
    rows += [("C", str(d), "E") for d in (0, 4, 8, 9, 10)]
    assert not agreed(NURSES, rows)
    legal = [row for row in rows if row[0] != "B"] + [("B", str(d), "E") for d in (7, 8, 9)]
    assert agreed(NURSES, legal)
    assert not agreed(NURSES, [row for row in legal if row != ("A", "2", "E")])


def test_cover_weights_must_be_equal() -> None:
    """An instance whose cover rows weigh differently is refused with its name."""
    with pytest.raises(ValueError, match="small: all cover rows must have the same weights"):
        curtois.case_of("small", parse(TEXT.replace("3,E,0,100,1", "3,E,0,50,1")))
