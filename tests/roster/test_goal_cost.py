"""What paid hours cost, each figure counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from roster_brute import Judge
from roster_house import agent, plan, settings, worked

from wfm.domain.agents import Request
from wfm.domain.answer import Solved
from wfm.domain.calendar import build_calendar
from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.roster import TICKS
from wfm.roster import build_book, check_settings, solve
from wfm.roster.goals.cost import Cost

if TYPE_CHECKING:
    from wfm.domain.plan import Plan

THURSDAY = date(2026, 4, 30)
HOLIDAYS = (date(2026, 5, 1),)
"""Friday is a statutory holiday; Saturday and Sunday are the weekend."""


def made(cost: int = 1, codes: str = "EDSB", **premiums: Any) -> Plan:
    """Return a plan of one agent from Thursday to Sunday, under standard hours when nothing else is said."""
    goals = {"cost": cost, "premiums": {"hours_system": "standard", **premiums}, "under": 0, "over": 0, "fairness": 0}
    solving = {"budget": "2s", "target_gap": 0}
    return plan(settings(THURSDAY, date(2026, 5, 3), codes, goals=goals, solve=solving), [agent()], HOLIDAYS)


def cost(here: Plan, *line: str | None) -> float:
    """Return the cost of a line in units of weight, after asking both sides of the goal."""
    goal, roster = Cost(here.settings), worked(here, [line])
    assert Judge(here, goals=[goal]).cost(roster) == goal.score(roster, here)
    return goal.score(roster, here) / TICKS


@pytest.mark.parametrize(
    ("line", "units"),
    [
        (("E", None, None, None), 7),
        ((None, "E", None, None), 7 * 3),
        ((None, None, "D", None), 8 * 2),
        (("B", None, None, None), 1 + 7 * 3),
        ((None, "B", None, None), 3 + 7 * 2),
        (("E", "E", "E", "E"), 7 * (1 + 3 + 2 + 2)),
        ((None, None, None, None), 0),
    ],
)
def test_hours_cost_what_the_law_says(line: tuple[str | None, ...], units: float) -> None:
    """Standard hours: 300 % on a statutory holiday, 200 % on the weekend, split at midnight; unpaid meals are free."""
    assert cost(made(), *line) == units
    assert cost(made(cost=4), *line) == 4 * units


def test_comprehensive_hours_know_no_rest_day() -> None:
    """Under comprehensive hours a weekend hour is an ordinary one, a statutory holiday still costs three."""
    assert cost(made(hours_system="comprehensive"), "E", "E", "E", "E") == 7 * (1 + 3 + 1 + 1)


def test_own_multipliers_replace_the_laws() -> None:
    """A multiplier of one's own is used in place of the law's, and without any law."""
    assert cost(made(statutory="2.5"), None, "E", None, None) == 7 * 2.5
    assert cost(made(hours_system=None, statutory=1, rest_day=1), "E", "E", "E", "E") == 4 * 7


def test_premiums_add_up() -> None:
    """A small night adds its quarter to the ordinary and to the holiday hour; a big night adds its own."""
    nights = made(cost=4, small_night="1.25", big_night="1.5")
    assert cost(nights, "S", None, None, None) == 4 * 7.5 * 1.25
    assert cost(nights, None, "S", None, None) == 4 * 7.5 * 3.25
    assert cost(nights, "B", None, None, None) == 4 * (1.5 + 7 * 3.5)


def test_a_shift_costs_whole_ticks() -> None:
    """450 minutes at 1.37 are 3082.5 ticks, which is rounded once for the shift."""
    assert cost(made(small_night="1.37"), "S", None, None, None) * TICKS == 3082


def test_a_make_up_workday_is_ordinary() -> None:
    """In China's calendar of 2026 Saturday 9 May is worked for a day off before: its hours cost one."""
    day = date(2026, 5, 9)
    goals = {"cost": 1, "premiums": {"hours_system": "standard"}}
    here = plan(settings(day, day, "E", goals=goals), [agent()])
    assert cost(here, "E") == 14
    assert cost(replace(here, calendar=build_calendar("CN", day, date(2026, 5, 10))), "E") == 7


def test_a_night_of_nine_hours() -> None:
    """In the night in which the clock goes back nine hours are paid, all on rest days, from 23:00 to 07:00."""
    berlin = {"name": "House", "timezone": "Europe/Berlin", "country": "DE"}
    goals = {"cost": 1, "premiums": {"statutory": 3, "rest_day": 2}}
    saturday = date(2026, 10, 24)
    here = plan(settings(saturday, saturday, "B", goals=goals, centre=berlin), [agent()])
    assert cost(here, "B") == 9 * 2


def test_hours_without_weight_need_no_law() -> None:
    """With weight 0 nothing is charged, no law is asked for, and every roster costs 0."""
    berlin = {"name": "House", "timezone": "Europe/Berlin", "country": "DE"}
    here = plan(settings(THURSDAY, THURSDAY, "E", centre=berlin), [agent()])
    assert cost(here, "E") == 0
    assert check_settings(here.settings) == []


@pytest.mark.parametrize(
    ("country", "premiums", "english", "chinese"),
    [
        ("DE", {}, "no multipliers of the law are recorded for DE (recorded: CN); 1 charges", "写 1 表示不加成"),
        ("JP", {"hours_system": "standard"}, "no multipliers of the law are recorded for JP", "法定倍数"),
        ("DE", {"hours_system": "standard", "rest_day": 2}, "statutory and rest_day", "statutory 和 rest_day"),
        ("CN", {}, 'hours_system = "standard" or "comprehensive"', "综合计算工时制"),
        ("CN", {"rest_day": 2}, "or both statutory and rest_day", "或同时给出"),
    ],
)
def test_undecided_multipliers_are_refused(country: str, premiums: Any, english: str, chinese: str) -> None:
    """Where neither the law nor the settings decide a multiplier, the settings are refused: nothing is assumed."""
    centre = {"name": "House", "country": country}
    here = settings(THURSDAY, THURSDAY, "E", centre=centre, goals={"cost": 1, "premiums": premiums})
    (found,) = check_settings(here)
    assert (found.column, found.value) == ("goals.premiums", None)
    assert english in found.message.en
    assert chinese in found.message.zh
    with pytest.raises(InputErrors):
        build_book(here)
    with pytest.raises(SettingsError):
        Cost(here).score(worked(plan(here, [agent()]), [["E"]]), plan(here, [agent()]))


def test_dear_hours_are_avoided() -> None:
    """A wish worth 20 is met where the day costs 7 or 14, and not on the holiday, where it would cost 21."""
    here = made(codes="E")
    days = [date.fromordinal(THURSDAY.toordinal() + n) for n in range(4)]
    wishes = tuple(Request(agent_id="A1", date=day, kind="on", weight=20) for day in days)
    here = replace(here, requests=wishes)
    found = solve(here, build_book(here.settings))
    assert isinstance(found, Solved)
    assert [found.roster.works("A1", day) for day in days] == [True, False, True, True]
    assert {kind: cost for kind, cost in found.shares.items() if cost} == {"cost": 35, "requests": 20}
