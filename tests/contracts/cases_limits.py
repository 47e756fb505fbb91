"""Setups of the rules about hours, days, nights, weekends and rest in calendar periods and windows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from contract_case import EIGHT, SEVEN, SIX, Case
from roster_house import MONDAY, cell, tokens

from wfm.domain.agents import Balance
from wfm.domain.clock import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.plan import Plan


@dataclass(frozen=True)
class At(Case):
    """A case on other days than the first of June 2026, or whose agent brings something along in `balances.csv`."""

    first: date = MONDAY
    """First day of the period; the line says how many days there are."""
    balance: Mapping[str, float] = field(default_factory=dict)

    def plan(self, kind: str) -> Plan:
        """Return the plan."""
        last = self.first + timedelta(days=len(self.line.split()) - 1)
        tables = {**self.tables, "period": {"first": self.first, "last": last}}
        made = replace(self, tail="", tables=tables).dated(kind)
        (agent,), tail = made.agents, tokens(self.tail)
        before = dates(self.first - timedelta(days=len(tail)), self.first - timedelta(days=1))
        previous = tuple(cell(agent, d, token, made.settings) for d, token in zip(before, tail, strict=True))
        balances = (Balance(agent_id=agent.agent_id, **self.balance),) if self.balance else ()
        return replace(made, previous=previous, balances=balances)

    def dated(self, kind: str) -> Plan:
        """Return the plan without tail and balance."""
        return super().plan(kind)


BERLIN = {"centre": {"name": "House", "timezone": "Europe/Berlin"}}


def limit(
    what: str, per: str, *, least: float | None = None, most: float | None = None, **others: object
) -> dict[str, object]:
    """Return the fields of a work limit."""
    return {"what": what, "per": per, "at_least": least, "at_most": most, **others}


LONG_SHIFT = [
    {"code": "L", "start": "00:00", "end": "24:00"},
    {"code": "D", "start": "09:00", "end": "18:00"},
    {"code": "X", "start": "06:00", "end": "06:00+1"},
]
LONG = {"shifts": LONG_SHIFT}
STRICT = {"nights": {"mode": "strict"}, "shifts": [{"code": "N", "start": "14:00", "end": "23:30"}]}
APART = {
    "shifts": [
        {"code": "D", "start": "08:00", "end": "17:00"},
        {"code": "S", "start": "12:00", "end": "22:00"},
    ]
}
HALF = {"contract": "half"}
FOUR, FIVE = "- - - -", "- - - - -"

CASES: dict[str, tuple[Case, ...]] = {
    "work_limit": (
        Case(SIX, "EDS", fields=limit("hours", "week", most=38)),
        Case(SIX, "EX", fields=limit("hours", "period", least=18, most=36.5)),
        Case("- L - L H - -", "ED", fields=limit("hours", "week", least=32)),
        Case("- L - L H - -", "ED", fields=limit("hours", "week", least=21, leave_credit_hours=3)),
        Case("- L - -", "EDS", agent=HALF, fields=limit("hours", "month", least=150, most=264, pro_rata=True)),
        Case(FOUR, "EDX", fields=limit("hours", "day", least=7.5, most=8)),
        Case(SEVEN, "EX", tail="X E X", fields=limit("hours", "rolling", length=5, most=29)),
        Case(SIX, "DS", tail="D - D D", fields=limit("days", "rolling", length=4, most=3)),
        Case(SEVEN, "D", tail="D - D D", fields=limit("days", "rolling", length=5, least=2)),
        Case(SEVEN, "D", tail="D -", fields=limit("days", "rolling", length=3, least=1, most=2)),
        Case(". - - - - -", "D", fields=limit("days", "rolling", length=4, least=2)),
        Case(SIX, "EDB", fields=limit("shifts", "week", shifts=("E", "B"), most=2)),
        Case(SEVEN, "EB", fields=limit("shifts", "week", shifts=("B",), weekdays=("mon", "sat"), least=1, most=1)),
        Case(SIX, "DSB", fields=limit("nights", "month", most=3)),
        Case(SIX, "DSB", fields=limit("small_nights", "month", most=2)),
        Case(FOUR, "DSB", fields=limit("big_nights", "period", least=1, most=1)),
        Case(FOUR, "", fields=limit("nights", "period", most=1), tables=STRICT),
        Case(EIGHT, "D", fields=limit("weekend_days", "week", most=1)),
        Case(EIGHT, "D", tail="D D", fields=limit("weekends", "rolling", length=14, most=1)),
        Case(SEVEN, "DB", fields=limit("weekends", "period", most=0)),
        At(SIX, "DB", "D - D", limit("weekends", "rolling", length=8, least=1, most=1), first=date(2026, 6, 6)),
        At(EIGHT, "D", "D", limit("weekends", "month", least=1, pro_rata=True), first=date(2026, 5, 31)),
        At("- - -", "EB", fields=limit("weekends", "period", shifts=("B",), most=0), first=date(2026, 6, 5)),
        Case("H - H - H", "DB", fields=limit("statutory_days", "month", most=1)),
        Case(FIVE, "DSB", fields=limit("window", "rolling", window="22:00-06:00", length=3, most=1)),
        Case(FOUR, "ESB", fields=limit("window", "period", window="06:30-08:30", least=1, most=2)),
        Case("- - -", "", fields=limit("window", "day", window="05:00-06:30", most=0), tables=LONG),
        At(SIX, "DB", fields=limit("days", "month", least=4, most=11, pro_rata=True), first=date(2026, 5, 29)),
        Case(". - - - - .", "D", fields=limit("days", "period", least=3, most=5, pro_rata=True)),
        At(SIX, "EDX", fields=limit("hours", "quarter", most=470), balance={"cycle_hours": 441.25}),
        At(SIX, "DB", "B B", limit("nights", "year", most=9), balance={"nights": 7}),
        At(SIX, "DB", "", limit("nights", "quarter", most=13, pro_rata=True), balance={"nights": 7}),
        At(SIX, "DB", "B B", limit("nights", "month", most=2), balance={"nights": 7}),
        At(SIX, "DB", "", limit("nights", "quarter", least=9), first=date(2026, 6, 25), balance={"nights": 7}),
        Case(". - - - - -", "DB", fields=limit("nights", "year", most=2)),
        Case(FOUR, "DB", fields=limit("nights", "year", most=2)),
    ),
    "weekly_rest": (
        Case(SEVEN, "DB"),
        Case(SEVEN, "DS", fields={"hours": 25}, tables=APART),
        Case(SEVEN, "EB", fields={"hours": 31}),
        Case(SEVEN, "XB", fields={"hours": 27}),
        Case(SEVEN, "EB", fields={"hours": 40.5}),
        Case(SEVEN, "SB", tail="B", fields={"hours": 36}),
        Case(SEVEN, "", fields={"hours": 30}, tables={"shifts": LONG_SHIFT[:2]}),
        Case(FIVE, "", tail="X", fields={"hours": 24, "per": "rolling", "days": 3}, tables=LONG),
        Case(SIX, "DB", tail="D B D D", fields={"per": "rolling", "days": 4}),
        Case(FIVE, "DSB", tail="D", fields={"per": "rolling", "days": 3, "hours": 24}),
        Case(SEVEN, "DB", fields={"times": 2}),
        Case(FIVE, "DSB", tail="B", fields={"per": "rolling", "days": 4, "times": 2}),
        Case(SIX, "DB", tail="B -", fields={"per": "rolling", "days": 5, "times": 3, "hours": 20}),
        Case(FIVE, "", fields={"hours": 12, "times": 2, "per": "rolling", "days": 2}, tables=LONG),
        Case(SIX, "DB", tail="D D B", fields={"days": 3, "anchor": date(2026, 6, 2), "hours": 26}),
        Case(". . - - - - -", "D", fields={"times": 3}),
        At(SEVEN, "DB", fields={"hours": 28}, first=date(2026, 10, 19), tables=BERLIN),
        At(SEVEN, "EB", fields={"hours": 31}, first=date(2026, 3, 23), tables=BERLIN),
        At(SEVEN, "DB", fields={"times": 2, "hours": 28}, first=date(2026, 10, 19), tables=BERLIN),
        Case(SEVEN, "DB", fields={"hours": 39, "beyond_hours": 9}),
        Case(EIGHT, "DB", fields={"hours": 40, "beyond_hours": 10}),
        At(EIGHT, "EB", "D B", {"hours": 35, "beyond_hours": 11}, first=date(2026, 6, 5)),
        Case(SIX, "", fields={"hours": 30, "beyond_hours": 24, "per": "rolling", "days": 2}, tables=LONG),
        Case(FIVE, "DB", tail="B", fields={"per": "rolling", "days": 3, "times": 2, "beyond_hours": 8.5}),
    ),
    "mean_hours": (
        Case(SEVEN, "DX", fields={"weeks": 1}),
        Case(SEVEN, "EX", tail="X X X - - - -", fields={"weeks": 2, "hours": 42}),
        Case(EIGHT, "X", tail="D D D D - - - L L X - - X D D -", fields={"weeks": 2, "hours": 40}),
        Case("- L L - - - -", "DX", tail="X L D", fields={"hours": 38.5}),
        Case("- L L - - - -", "DX", tail="X L D", fields={"hours": 38.5, "leave": "counted"}),
        Case(". . - - - - -", "EX", fields={"hours": 30}),
        Case(FOUR, "ESX", fields={"hours": 29}),
        Case("- - H L - -", "ESX", tail="D -", fields={"hours": 30, "weeks": 3}),
    ),
    "hours_cycle": (
        Case(SIX, "ED", fields={"cycle": "month", "overtime_hours": 34.65}),
        Case(SIX, "ED", fields={"cycle": "month", "overtime_hours": 34.6}),
        Case(SIX, "EX", fields={"cycle": "week", "overtime_hours": 0}),
        Case(SEVEN, "DX", fields={"cycle": "week", "basis": "calendar", "overtime_hours": 36}),
        Case("- - H - - .", "ED", fields={"cycle": "month", "basis": "calendar", "overtime_hours": 20}),
        Case(SIX, "EX", agent=HALF, fields={"cycle": "month"}),
        Case(". . - - - -", "EX", fields={"cycle": "quarter"}),
        Case(". - - - - -", "EX", fields={"cycle": "year", "overtime_hours": 10, "work_days": 250}),
        At(SIX, "EX", fields={"cycle": "quarter"}, balance={"cycle_hours": 380.5}),
        At(SIX, "EX", fields={"cycle": "year"}, balance={"cycle_hours": 989.5}),
        At(SIX, "ED", "D D", {"cycle": "month"}, first=date(2026, 5, 29), balance={"cycle_hours": 165}),
        At(
            SIX,
            "ED",
            fields={"cycle": "month", "basis": "calendar", "overtime_hours": 24},
            first=date(2026, 5, 29),
            balance={"cycle_hours": 160.5},
        ),
        At(SIX, "ED", fields={"cycle": "month"}, first=date(2026, 5, 29), balance={"toil_hours": 8}),
        At(FOUR, "ED", "D D D - D E D", {"cycle": "week"}, first=date(2026, 6, 4)),
        At(FOUR, "ED", "D D", {"cycle": "week"}, first=date(2026, 6, 4)),
    ),
    "overtime_limit": (
        Case(SEVEN, "DX", fields={"at_most": 15}),
        Case(SEVEN, "EX", fields={"at_most": 9.5, "week_hours": 38}),
        Case(SIX, "DX", fields={"at_most": 6, "day_hours": None}),
        Case(SIX, "DX", fields={"at_most": 5, "week_hours": None}),
        Case(SEVEN, "DX", tail="X D D X", fields={"at_most": 12}),
        Case("- - H - H - -", "DX", fields={"at_most": 22, "holidays_in_full": True}),
        Case("H - - - - - -", "EX", tail="D", fields={"at_most": 9, "day_hours": None, "holidays_in_full": True}),
        At(SEVEN, "DX", "D D D X D D - D D D", {"at_most": 9}, first=date(2026, 5, 28)),
        At(SEVEN, "DX", "D D D", {"at_most": 11}, first=date(2026, 6, 25)),
        At(SEVEN, "DX", "X X X", {"at_most": 12, "per": "quarter"}, first=date(2026, 6, 25)),
        At(SIX, "DX", "X X - - D D D D", {"at_most": 12, "per": "rolling", "months": 2}, first=date(2026, 6, 5)),
        At(SIX, "DX", "X X - - D D D D", {"at_most": 6, "per": "rolling", "months": 1}, first=date(2026, 6, 5)),
        At(SIX, "DX", fields={"at_most": 360, "per": "year"}, balance={"overtime_hours": 352.25}),
        At(
            SIX, "DX", "X X D", {"at_most": 360, "per": "year"}, first=date(2026, 6, 5), balance={"overtime_hours": 348}
        ),
        At(SIX, "DX", "X", {"at_most": 10, "per": "year"}, first=date(2026, 12, 29), balance={"overtime_hours": 4}),
        At(SIX, "DX", "X X X", {"at_most": 10, "per": "year"}, first=date(2026, 1, 4)),
        Case(". - - - - - -", "DX", fields={"at_most": 9, "per": "year"}),
        Case(FOUR, "DX", fields={"per": "year"}),
    ),
    "weekends_off": (
        Case(EIGHT, "D", fields={"weekends": 4}),
        At(SEVEN, "DB", fields={"weekends": 3, "from_friday_night": True}, first=date(2026, 6, 5)),
        At(EIGHT, "D", "D -", {"weekends": 5}, first=date(2026, 5, 30)),
        Case(SEVEN, "DB", tail="D -", fields={"per": "rolling", "of": 2}),
        Case(SEVEN, "DB", tail="B - - - - - - - - - - D", fields={"weekends": 2, "per": "rolling", "of": 3}),
        At(EIGHT, "D", "- D - - - - - - D -", {"weekends": 2, "per": "rolling", "of": 4}, first=date(2026, 6, 6)),
        Case(EIGHT, "D", fields={"weekends": 0, "whole": True}),
        Case("- - - - - L - - -", "D", fields={"weekends": 0, "whole": True}),
        At(EIGHT, "D", "D", {"weekends": 1, "whole": True, "in_a_row": 1}, first=date(2026, 5, 31)),
        Case(EIGHT, "D", tail="D - - - - - - - D", fields={"weekends": 0, "in_a_row": 2}),
        At(FIVE, "DXB", "", {"weekends": 0, "in_a_row": 0, "from_friday_night": True}, first=date(2026, 6, 4)),
        At(FIVE, "DSB", "", {"weekends": 3, "from_friday_night": True}, first=date(2026, 5, 28)),
        Case(". . . . . . - -", "D", fields={"weekends": 4, "whole": True, "in_a_row": 0}),
    ),
}
"""By kind of the rule."""
