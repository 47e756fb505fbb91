"""Setups of the rules about people together: ceilings, trainees and mentors."""

from __future__ import annotations

from datetime import date

from contract_case import TWO_QUEUES, Case

PAIR = {"mentor": "A1", "hire_date": date(2026, 5, 28)}

CASES: dict[str, tuple[Case, ...]] = {
    "cover_ceiling": (
        Case("- - -\n- - -", "EB", fields={"agents": 1, "window": "08:00-12:00"}),
        Case("- -\n- -\n- -", "ED", fields={"agents": 2, "window": "10:00-12:00"}),
        Case("- - -\n- - -", "B", tail="B", fields={"agents": 1, "window": "23:15-03:00"}),
        Case("- -\n- -", "ED", fields={"agents": 1, "queue": "mail", "window": "10:00-11:00"}, tables=TWO_QUEUES),
        Case("- - -\n- - -", "DX", fields={"agents": 0, "window": "18:30-20:00"}),
        Case("- -\n- -\n- -", "ED", fields={"agents": 1, "only": {"agents": ["A1", "A3"]}}),
        Case("- - -\n- - -\n- - -", "D", fields={"agents": 2}),
    ),
    "mentor_shift": (
        Case("- - - -\n- - - -", "ED", agent=PAIR),
        Case("- - -\n- - -", "EDB", agent=PAIR, fields={"training_days": 5}),
        Case("- - - - -\n- - - - -", "E", agent=PAIR, fields={"training_days": 1, "mentored_days": 5}),
        Case("- L - .\n- - - -", "ED", agent={"mentor": "A1", "hire_date": None}),
        Case("- L - -\n- - L -", "ED", agent=PAIR),
        Case("- -\n- -\n- -", "ED", agent=PAIR),
        Case("- -\n- -\n- -", "ED", agent=PAIR, fields={"only": {"agents": ["A2"]}}),
        Case("- - -\n- - -", "D", agent={"mentor": "A9", "hire_date": date(2026, 5, 28)}),
    ),
}
"""By kind of the rule."""
