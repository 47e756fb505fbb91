"""Rule books that ship with the product."""

from typing import Any

import pytest

from wfm import law
from wfm.domain.errors import SettingsError

FIELDS = {
    "max_consecutive_days": {"days", "days_by_exception"},
    "rest_days": {"days", "mode", "per"},
    "month_hours": {"hours", "tolerance_hours", "leave_credit_hours", "basis", "cap_only", "days_off"},
    "shift_hours": {"min_hours", "max_hours"},
    "rest_between_shifts": {"hours"},
    "night_eligibility": {"window"},
    "overtime_protection": {"hours"},
    "overtime_limit": {"at_most", "per", "day_hours", "week_hours", "holidays_in_full"},
    "unrequested_long_rest": {"days"},
    "cover_floor": {"queue", "window", "agents"},
    "long_leave": {"days", "most_days", "tenure_months", "per_quarter", "most_types", "supervisor_days"},
}


def tables(fields: Any) -> list[dict[str, Any]]:
    """Return the tables of a kind, one or many."""
    return fields if isinstance(fields, list) else [fields]


def test_there_are_four() -> None:
    """Four presets ship with the product."""
    assert law.presets() == ("chat26", "cn-standard", "iuni", "pos24x7")


@pytest.mark.parametrize("name", law.presets())
def test_fields_and_sources(name: str) -> None:
    """Every rule of a preset has known fields only, and a source of its own."""
    rules = law.preset(name)
    sources = law.preset_sources(name)
    assert set(sources) == set(rules)
    assert all(source.en and source.zh for source in sources.values())
    for kind, fields in rules.items():
        for table in tables(fields):
            assert set(table) <= FIELDS[kind] | {"hard", "weight"}, kind
    title = law.preset_title(name)
    assert title.en
    assert title.zh


def test_an_unknown_name_lists_the_known() -> None:
    """An unknown preset is refused with the list of names."""
    with pytest.raises(SettingsError, match="'uini'; write one of: chat26, cn-standard, iuni, pos24x7"):
        law.preset("uini")


def test_a_preset_cannot_be_spoilt() -> None:
    """Changing what `preset` returned does not change the next answer."""
    first = law.preset("iuni")
    first["rest_days"]["days"] = 0
    assert law.preset("iuni")["rest_days"]["days"] == 7


@pytest.mark.parametrize(
    ("name", "hours", "month", "rest", "run"),
    [
        ("iuni", (7, 8, False), ("fixed", 176, 8, False), (7, "exactly", "month"), (5, 7)),
        ("pos24x7", (11, 12, True), ("fixed", 184, 0, True), (7, "at_least", "month"), (5, 5)),
        ("chat26", (8, 8, False), ("work_days", None, 0, False), (4, "exactly", "month"), (6, 6)),
        ("cn-standard", (0, 8, True), (36, True), (1, "at_least", "week"), (6, 6)),
    ],
)
def test_bounds(name: str, hours: Any, month: Any, rest: Any, run: Any) -> None:
    """Each preset has the bounds of its rule book."""
    rules = law.preset(name)
    shift, total = rules["shift_hours"], rules.get("month_hours")
    assert (shift["min_hours"], shift["max_hours"], shift["hard"]) == hours
    if total is None:
        assert tuple(rules["overtime_limit"][k] for k in ("at_most", "hard")) == month
    else:
        assert (total["basis"], total.get("hours"), total["tolerance_hours"], total["hard"]) == month
    assert tuple(rules["rest_days"][k] for k in ("days", "mode", "per")) == rest
    assert tuple(rules["max_consecutive_days"][k] for k in ("days", "days_by_exception")) == run
    assert rules["rest_between_shifts"] == {"hours": 11, "hard": True}


def test_floors_of_the_round_the_clock_desk() -> None:
    """Eight agents by day and two by night, hard, in `pos24x7` alone."""
    floors = law.preset("pos24x7")["cover_floor"]
    assert [(f["window"], f["agents"], f["hard"]) for f in floors] == [
        ("08:00-20:00", 8, True),
        ("20:00-08:00", 2, True),
    ]
    assert all("cover_floor" not in law.preset(n) for n in law.presets() if n != "pos24x7")
