"""Setups of the rules about patterns: cycles, weeks, runs and what may follow what."""

from __future__ import annotations

from datetime import date

from contract_case import EIGHT, SEVEN, SIX, Case

MONDAY = date(2026, 6, 1)
CROSSING = [
    {"code": "E", "start": "08:00", "end": "16:00"},
    {"code": "F", "start": "08:00", "end": "18:00"},
    {"code": "D", "start": "09:30", "end": "18:00"},
]
"""Two shifts with one start, and one that starts 90 minutes later."""
TURNS = {"pattern": ["D", "-", "-"], "anchor": MONDAY, "step": 2}

CASES: dict[str, tuple[Case, ...]] = {
    "big_small_weeks": (
        Case(EIGHT, "DE", fields={"anchor_monday": MONDAY}),
        Case("- - H L - - H -", "D", fields={"anchor_monday": date(2026, 5, 25)}),
        Case(SEVEN, "D", fields={"anchor_monday": date(2027, 1, 4), "big_means": "five_days"}),
        Case(". - - - - H H .", "D", fields={"anchor_monday": MONDAY, "big_means": "five_days"}),
        Case("- L - - - L L", "D", tail="D D", fields={"anchor_monday": MONDAY}),
    ),
    "cycle": (
        Case(SIX, "EDB", fields={"pattern": ["D", "*", "-", "?"], "anchor": date(2026, 6, 3)}),
        Case("- H - L H -", "ED", fields={"pattern": ["D", "*", "-"], "anchor": MONDAY, "holidays": "free"}),
        Case("- H - L H .", "ED", fields={"pattern": ["D", "*", "-"], "anchor": date(2025, 12, 28)}),
        Case("- -\n- -\n- -", "D", fields=TURNS | {"offset_by": "agent", "order": ["A3", "A1", "A2"]}),
        Case(SIX, "D", agent={"team": "C"}, fields=TURNS | {"offset_by": "team", "order": ["A", "B", "C"]}),
        Case("- -\n- -", "D", agent={"team": "A"}, fields=TURNS | {"offset_by": "agent", "order": ["A2"], "step": 0}),
        Case(SIX, "EDB", fields={"pattern": ["Z", "-"], "anchor": MONDAY}),
    ),
    "forward_rotation": (
        Case(SIX, "EDB"),
        Case("- - - - -", "EDSB", fields={"earlier_minutes": 60}),
        Case("- - - - -", "EDSB", tail="B", fields={"earlier_minutes": 300, "across_rest": True}),
        Case(SIX, "EDS", tail="S - -", fields={"across_rest": True}),
        Case("- - L - H -", "EDB", tail="S", fields={"earlier_minutes": 269, "across_rest": True}),
        Case(". - - - .", "EDSX", fields={"earlier_minutes": 330, "across_rest": True}),
        Case("- - - -", "", fields={"earlier_minutes": 89}, tables={"shifts": CROSSING}),
        Case("- - - -", "", fields={"earlier_minutes": 90, "across_rest": True}, tables={"shifts": CROSSING}),
    ),
    "rest_run": (
        Case(EIGHT, "D"),
        Case(SIX, "EDB", fields={"least": 3, "at_end": "short"}),
        Case(SEVEN, "D", tail="D - - D -", fields={"least": 3, "most": 4}),
        Case("- - L H - - - -", "D", tail="D", fields={"least": 2, "most": 2}),
        Case(". - - - L - - .", "D", fields={"least": 3, "most": 3, "at_end": "short"}),
        Case(SEVEN, "D", tail="- -", fields={"least": 1, "most": 3}),
        Case(SEVEN, "D", tail=". L -", fields={"least": 4}),
        Case("L L - - - - H H -", "D", fields={"least": 2, "most": 2}),
    ),
    "same_shift": (
        Case(SIX, "EDB"),
        Case("- - - - -", "EDSX", fields={"spread_minutes": 60}),
        Case("- - - -", "EDSX", tail="S -", fields={"spread_minutes": 270}),
        Case("- - - - -", "EDX", tail="E D", fields={}),
        Case("- - - - - - - -", "ED", tail="- -", fields={"spread_minutes": 0}),
        Case(SIX, "EDS", tail="S", fields={"within": "run"}),
        Case("- - - - -", "EDSX", tail="E", fields={"within": "run", "spread_minutes": 60}),
        Case("- - - - -", "", fields={"spread_minutes": 89}, tables={"shifts": CROSSING}),
        Case("- L - H .", "", fields={"within": "run", "spread_minutes": 0}, tables={"shifts": CROSSING}),
    ),
    "succession": (
        Case(SIX, "EDB", fields={"after": ["B"], "not_next": ["E", "D"]}),
        Case("- - - - -", "EDSB", tail="S B", fields={"after": ["B", "S"], "not_next": ["E"], "days_between": 1}),
        Case(SIX, "EDB", tail="B - -", fields={"after": ["B", "D"], "not_next": ["E", "D"], "days_between": 2}),
        Case("- L H - .", "ED", fields={"after": ["D"], "not_next": ["D"]}),
    ),
    "work_run": (
        Case(EIGHT, "D"),
        Case(SIX, "EDB", fields={"least": 3, "at_end": "short"}),
        Case(SEVEN, "D", tail="- D D - D", fields={"least": 3, "most": 4}),
        Case("- - L - H - - -", "D", tail="-", fields={"least": 2, "most": 2}),
        Case(". - - - L - - .", "D", tail="D", fields={"least": 3, "most": 3, "at_end": "short"}),
        Case(SEVEN, "D", tail="D D", fields={"least": 1, "most": 3}),
        Case(SEVEN, "D", tail=". L D", fields={"least": 4}),
    ),
}
"""By kind of the rule."""
