"""Ways out lead out: each one is applied by hand and solved again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from pydantic import Field
from roster_house import MONDAY, agent, plan, requirement, settings

from wfm.domain.agents import Absence, Pin
from wfm.domain.answer import Infeasible, Solved
from wfm.domain.text import Text
from wfm.roster import RULES, Rule, build_book, solve
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.answer import WayOut
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


def week(agents: int = 4, codes: str = "ED", days: int = 7, **facts: Any) -> Plan:
    """Return a plan from Monday on with some rules (`rules`) and facts; nobody is needed but for floors."""
    tables = {k: facts.pop(k) for k in ("rules",) if k in facts}
    staff = facts.pop("staff", [agent(n) for n in range(1, agents + 1)])
    last = MONDAY + timedelta(days=days - 1)
    house = settings(MONDAY, last, codes, intervals={"minutes": 60}, solve={"budget": "1s"}, **tables)
    return plan(house, staff, requirement=requirement(house), **facts)


def asked(made: Plan) -> Infeasible:
    """Return the doctor's answer, which must be one."""
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Infeasible)
    return answer


def solved(made: Plan) -> bool:
    """Return whether there is a roster."""
    return isinstance(solve(made, build_book(made.settings)), Solved)


def ways(answer: Infeasible, part: str) -> list[WayOut]:
    """Return the ways out whose sentence has a part."""
    return [way for way in answer.ways_out if part in way.en]


def ruled(made: Plan, **rules: Any) -> Plan:
    """Return the plan with other rules."""
    return replace(made, settings=made.settings.model_copy(update={"rules": {**made.settings.rules, **rules}}))


def floor(agents: int, window: str = "09:00-11:00") -> dict[str, Any]:
    """Return the fields of a floor."""
    return {"agents": agents, "window": window}


def test_a_fixed_assignment_given_up() -> None:
    """Without the one fixed assignment that is named there is a roster; its price is one."""
    pins = tuple(Pin(agent_id="A1", date=MONDAY + timedelta(days=n), shift_code="D") for n in range(6))
    made = week(rules={"max_consecutive_days": {"days": 5}}, pins=pins)
    offered = ways(asked(made), "give up the fixed assignment")
    assert len(offered) == 3
    assert {(way.amount, way.unit) for way in offered} == {(1, "pins")}
    for way in offered:
        kept = tuple(pin for pin in pins if str(pin.date) not in way.en)
        assert len(kept) == 5
        assert solved(replace(made, pins=kept))


def test_leave_denied() -> None:
    """Of a leave of five days only the day is denied on which the floor needs the agent."""
    leave = Absence(agent_id="A2", first_date=MONDAY, last_date=MONDAY + timedelta(days=4))
    pins = tuple(Pin(agent_id=a, date=MONDAY + timedelta(days=2)) for a in ("A3", "A4"))
    made = week(rules={"cover_floor": floor(2)}, absences=(leave,), pins=pins)
    (way,) = ways(asked(made), "leave of A2")
    assert (way.amount, way.unit) == (1, "leave_days")
    assert "2026-06-03" in way.en
    parts = (
        leave.model_copy(update={"last_date": MONDAY + timedelta(days=1)}),
        leave.model_copy(update={"first_date": MONDAY + timedelta(days=3)}),
    )
    assert solved(replace(made, absences=parts))


def test_the_fewest_more_agents() -> None:
    """The number of agents that is offered is enough, and one less is not."""
    made = week(5, days=14, rules={"cover_floor": floor(5), "max_consecutive_days": {}, "rest_days": {"days": 8}})
    (way,) = ways(asked(made), "more agent")
    assert way.unit == "agents"
    assert "proven" in way.en
    for number, enough in ((way.amount, True), (way.amount - 1, False)):
        more = tuple(agent(n) for n in range(6, 6 + number))
        assert solved(replace(made, agents=(*made.agents, *more))) is enough


def test_a_limit_moved_for_as_few_agents_as_possible() -> None:
    """One agent less than all have to work a sixth day; the others keep the rule of five."""
    rules = {"cover_floor": floor(3), "max_consecutive_days": {"days": 5, "days_by_exception": 5}}
    made = week(4, days=6, rules=rules, absences=(Absence(agent_id="A4", first_date=MONDAY, last_date=MONDAY),))
    made = replace(
        made, absences=(*made.absences, Absence(agent_id="A4", first_date=MONDAY, last_date=date(2026, 6, 5)))
    )
    (way,) = ways(asked(made), "at most 6 worked days in a row")
    assert (way.amount, way.unit) == (2, "exceptions")
    assert way.en.startswith("for 2 agents")
    assert solved(ruled(made, max_consecutive_days={"days": 6, "days_by_exception": 6}))
    assert not solved(made)


def test_intervals_accepted_below_a_floor() -> None:
    """The uncovered hours that are offered are what is missing when the floor is a wish."""
    made = week(3, rules={"cover_floor": floor(4)})
    (way,) = ways(asked(made), "accept")
    assert (way.amount, way.unit) == (2 * 7, "uncovered_intervals")
    assert "14 uncovered hours on 2026-06-01 – 2026-06-07" in way.en
    wish = ruled(made, cover_floor={**floor(4), "hard": False, "weight": 1000})
    found = solve(wish, build_book(wish.settings))
    assert isinstance(found, Solved)
    assert found.shares["cover_floor"] == 1000 * way.amount


def test_training_for_a_skill() -> None:
    """As many agents are trained as the floor of a queue needs, and no more."""
    queues = {name: {"target": {"service_level": 0.8}} for name in ("calls", "mail")}
    house = settings(MONDAY, MONDAY, "ED", queues=queues, rules={"cover_floor": {**floor(3), "queue": "mail"}})
    staff = [agent(1, skills=("calls", "mail")), *(agent(n) for n in range(2, 7))]
    answer = asked(plan(house, staff))
    (way,) = ways(answer, "train")
    assert way.amount == 2
    assert {"eligibility", "cover_floor"} == set(answer.rules)
    assert "1 of 6 agents have the skill mail" in answer.conflict[0].en


def test_a_contract_opened() -> None:
    """An agent whose contract has early shifts only is let work the others."""
    staff = [agent(1, contract="early"), agent(2, contract="early"), agent(3)]
    made = week(staff=staff, rules={"cover_floor": floor(2, "16:00-17:00")})
    (way,) = ways(asked(made), "outside the contract")
    assert way.amount == 1
    assert solved(replace(made, agents=(agent(1), *staff[1:])))


class MostNights(Rule):
    """At most so many shifts that start after 22:00.

    Source: a user of the library.
    """

    kind: ClassVar[str] = "most_nights"
    phrase: ClassVar[Text] = Text(en="at most {shifts} night shifts", zh="夜班最多 {shifts} 个")
    bounds: ClassVar[tuple[str, ...]] = ("shifts",)

    shifts: int = Field(default=1, ge=0)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the limit on the starts of night shifts."""
        nights = [works for day in model.days for shift, works in model.starts(agent, day) if shift.code == "B"]
        model.at_most(agent, Linear.total(nights), self.shifts)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count night shifts."""
        for person in plan.agents:
            mine = [c for c in roster if c.agent_id == person.agent_id and c.shift is not None and c.shift.code == "B"]
            if len(mine) > self.shifts:
                yield self.broken(
                    Text(en="too many nights", zh="夜班过多"), person, plan.days[0], amount=len(mine) - self.shifts
                )


@pytest.fixture
def own_rule() -> Iterator[None]:
    """Register the rule of a user for one test."""
    RULES.add(MostNights)
    yield
    RULES._found.pop("most_nights")  # type: ignore[union-attr]  # noqa: SLF001


@pytest.mark.usefixtures("own_rule")
def test_a_rule_of_a_user_is_named_and_relaxed() -> None:
    """A rule that the doctor has never seen is named in a conflict, and its limit is moved by the least that helps."""
    rules = {"cover_floor": floor(1, "23:00-24:00"), "most_nights": {"shifts": 1}, "rest_between_shifts": {}}
    made = week(3, codes="DB", rules=rules)
    answer = asked(made)
    assert set(answer.rules) == {"most_nights", "cover_floor"}
    (way,) = ways(answer, "at most 3 night shifts, instead of: at most 1 night shifts")
    assert way.unit == "exceptions"
    assert solved(ruled(made, most_nights={"shifts": 3}))
    assert not solved(ruled(made, most_nights={"shifts": 2}))


def test_conflicts_apart_are_numbered() -> None:
    """Two conflicts are told apart by number, in their sentences and in their ways out, in both languages."""
    pins = (Pin(agent_id="A1", date=MONDAY, shift_code="D"),)
    leave = tuple(
        Absence(agent_id=a, first_date=day, last_date=day)
        for a, day in (("A1", MONDAY), ("A2", date(2026, 6, 4)), ("A3", date(2026, 6, 4)))
    )
    answer = asked(week(rules={"cover_floor": floor(3)}, pins=pins, absences=leave))
    assert [text.en.split(":")[0] for text in answer.conflict] == ["conflict 1", "conflict 2"]
    assert [text.zh.split("：")[0] for text in answer.conflict] == ["冲突 1", "冲突 2"]
    assert {way.en[:10] for way in answer.ways_out} == {"conflict 1", "conflict 2"}
    assert answer.agents == ("A1",)


def test_both_languages_are_filled() -> None:
    """No sentence keeps an open place, and the Chinese ones are Chinese."""
    made = week(3, rules={"cover_floor": floor(4), "max_consecutive_days": {}})
    answer = asked(made)
    for text in (*answer.conflict, *answer.ways_out):
        assert "{" not in text.en + text.zh
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
