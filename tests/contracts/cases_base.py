"""Setups of the rules about single days, hours of a shift and a month, rest and cover."""

from __future__ import annotations

from contract_case import EIGHT, SEVEN, SIX, TWO_QUEUES, Case

WEEKDAYS_ONLY = {
    "shifts": [
        {"code": "E", "start": "08:00", "end": "16:00", "weekdays": ["mon", "wed", "sun"]},
        {"code": "D", "start": "09:00", "end": "18:00"},
    ]
}
LONG_SHIFT = [
    {"code": "L", "start": "00:00", "end": "24:00"},
    {"code": "D", "start": "09:00", "end": "18:00"},
    {"code": "X", "start": "06:00", "end": "06:00+1"},
]

CASES: dict[str, tuple[Case, ...]] = {
    "availability": (Case("- L L - H -"), Case(". - H L -", "EDSB"), Case("- - H - . ."), Case("L H L H - -", "D")),
    "cover_floor": (
        Case("- - -\n- - -", "EB", fields={"agents": 1, "window": "08:00-12:00"}),
        Case("- -\n- -\n- -", "ED", fields={"agents": 2, "window": "10:00-12:00"}),
        Case("- - -\n- - -", "B", tail="B", fields={"agents": 1, "window": "23:15-03:00"}),
        Case("- -\n- -", "ED", fields={"agents": 1, "queue": "mail", "window": "10:00-11:00"}, tables=TWO_QUEUES),
        Case("- -\n- -", "EDX", fields={"agents": 1}, tables={"intervals": {"open": {"mon": "09:30-12:15"}}}),
        Case("- - - - -\n- - - - -", "D", fields={"agents": 1, "window": "14:00-14:10"}),
    ),
    "eligibility": (
        Case(SIX),
        Case(SEVEN, "", tables=WEEKDAYS_ONLY),
        Case("- - - -", "ED", agent={"skills": ("mail",)}, tables=TWO_QUEUES),
        Case("- - - -", "ED", agent={"skills": ()}),
        Case(SIX, agent={"contract": "early"}),
    ),
    "max_consecutive_days": (
        Case(EIGHT, "DB"),
        Case(EIGHT, "D", fields={"days": 3, "days_by_exception": 5}, exempt=(0, 1, 2, 3, 4)),
        Case(EIGHT, "D", fields={"days": 2, "days_by_exception": 4}, exempt=(2, 3, 4, 5, 6, 7)),
        Case(EIGHT, "D", tail="- D D D", fields={"days": 4}),
        Case(SEVEN, "D", tail="D D D D D D", exempt=(-4, -3, -2, -1, 0, 1)),
        Case(SIX, "D", tail="D D D D D D D D D", fields={"days": 3}, whole=True),
        Case(SEVEN, "D", fields={"days": 4, "days_by_exception": 2}, whole=True),
        Case("- - L - H - -", "D", fields={"days": 2, "days_by_exception": 2}),
    ),
    "month_hours": (
        Case(SIX, "ESX", fields={"hours": 120, "tolerance_hours": 4}),
        Case(SIX, "ESX", fields={"hours": 130, "tolerance_hours": 0.5}),
        Case("- L L - H -", "ED", fields={"hours": 160, "leave_credit_hours": 5, "tolerance_hours": 4}),
        Case("- L L L - -", "ED", fields={"hours": 170, "leave_credit_hours": 8, "tolerance_hours": 3}),
        Case("- L H - - -", "ED", fields={"hours": 7.7, "tolerance_hours": 0}),
        Case(SEVEN, "ED", fields={"basis": "work_days", "days_off": 10, "tolerance_hours": 5}),
        Case(SEVEN, "ED", fields={"basis": "work_days", "days_off": 3, "tolerance_hours": 4, "cap_only": True}),
        Case("- - H - - - -", "ED", fields={"basis": "calendar", "tolerance_hours": 2}),
        Case(". . - - - - -", "ED", fields={"hours": 176.1, "tolerance_hours": 2}),
        Case(SEVEN, "ED", agent={"contract": "half"}, fields={"hours": 176, "tolerance_hours": 4}),
        Case(SIX, "EX", fields={"hours": 100, "tolerance_hours": 12.1, "cap_only": True}),
    ),
    "night_eligibility": (
        Case(SIX, "DSB", agent={"no_night": True}),
        Case(SIX, "DSB", agent={"no_night": True}, fields={"window": "21:59-07:00"}),
        Case(SIX, "EDX", agent={"no_night": True}, fields={"window": "18:00-18:01"}),
        Case("- - - -", "EDSB", agent={"no_night": True}, fields={"window": "07:00-23:00"}),
        Case(SIX, "DSB"),
    ),
    "overtime_protection": (
        Case(SIX, "ESX", agent={"no_overtime": True}),
        Case(SIX, "ESX", agent={"no_overtime": True}, fields={"hours": 112}),
        Case(SIX, "ESX", agent={"no_overtime": True}, fields={"hours": 110.25}),
        Case(". - - - L -", "EX", agent={"no_overtime": True}, fields={"hours": 100}),
        Case(SIX, "ED"),
    ),
    "pinned": (
        Case("-!E - -!- - -", "EDB"),
        Case("-!E - -!D -!B - -", "EDB"),
        Case(SIX, "EDB"),
        Case("- -!X - -", "ED"),
        Case("-!E -!- - -", "ED", tables=TWO_QUEUES),
    ),
    "rest_between_shifts": (
        Case(SIX, "ESB"),
        Case(SIX, "DSX", tail="D B"),
        Case("- - - - -", "EDSB", fields={"hours": 10}),
        Case(SIX, "EDX", fields={"hours": 12}),
        Case(SIX, "DB", tail="B", fields={"hours": 48}),
        Case("- - - - -", "", fields={"hours": 30}, tables={"shifts": LONG_SHIFT}),
        Case(SIX, "EB", fields={"hours": 0}),
    ),
    "rest_days": (
        Case(EIGHT, "D"),
        Case(SIX, "DEB"),
        Case("- H - L L - - -", "D", fields={"days": 15}),
        Case("- H L L H L L -", "D"),
        Case("- - - - - . .", "D", fields={"days": 14}),
        Case(SEVEN, "DE", fields={"days": 9, "mode": "at_least"}),
        Case(SEVEN, "DE", fields={"days": 2, "mode": "at_least", "per": "week"}),
        Case("- - - - - - - -", "D", fields={"days": 3, "per": "week"}),
        Case("- L - H - - -", "D", fields={"days": 3, "per": "week"}),
        Case(". - - - - - - -", "D", tail="D D", fields={"days": 1, "per": "week"}),
    ),
    "shift_hours": (
        Case(SIX, "ESX"),
        Case(SIX, "EDX", fields={"min_hours": 8, "max_hours": 10}),
        Case(SIX, "EDX", fields={"min_hours": 7.51, "max_hours": 10.99}),
        Case("- - - - -", "ESDX", fields={"min_hours": 7.5, "max_hours": 7.5}),
    ),
    "unrequested_long_rest": (
        Case(EIGHT, "D"),
        Case(SIX, "DEB"),
        Case("- - L - - - H -", "D"),
        Case("- - - - - - - H", "D", fields={"days": 4}),
        Case(". - - - - L - .", "D", fields={"days": 2}),
        Case("L H - - - - - -", "D", fields={"days": 2}),
        Case("- - - - - - -", "D", tail="- - -"),
    ),
}
"""By kind of the rule."""
