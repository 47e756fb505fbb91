"""Setups of the rules about leave."""

from __future__ import annotations

from contract_case import EIGHT, SIX, Case

CASES: dict[str, tuple[Case, ...]] = {
    "long_leave": (
        Case("- - L - - - - -", "D", fields={"most_days": 3}),
        Case("- - L - - H - L", "D", fields={"most_days": 4}),
        Case("L - - - - L - -", "D", fields={"most_days": 2}),
        Case("- L - - - -", "EB", fields={"most_days": 1}),
        Case("- - - - - - -", "D", tail="D L - -", fields={"most_days": 5}),
        Case("- - - - - - -", "D", tail="L L", fields={"most_days": 2}),
        Case("- - L - - - .", "DE", fields={"most_days": 2}),
        Case(". - L - - - -", "D", fields={"most_days": 3}),
        Case("- L - - - - -", "D", fields={"most_days": 2}, exempt=(0, 1, 2, 3)),
        Case("- L - - - - -", "D", fields={"most_days": 2}, exempt=(1, 2, 3, 4, 5)),
        Case("- L - - L - -", "D", fields={"most_days": 2, "except_types": ["annual"]}),
        Case(EIGHT, "D", fields={"most_days": 2}),
        Case(SIX + "L", "D"),
    ),
}
"""By kind of the rule."""
