"""A folder to fill in: a commented `plan.toml` and short files that show their columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.samples._text import comma_separated, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.text import Locale

_HISTORY = date(2026, 4, 27), date(2026, 5, 31)
_OPEN = 9
_CALLS_BY_HOUR = (8, 12, 13, 7, 8, 11, 12, 10, 7)
"""Calls per half-hour on a working day, by hour from 09:00 on."""
_WEEKEND = 0.6
_AHT_SECONDS = (225, 240, 255)
_NAME = Text(en="Agent {n}", zh="座席{n}")
_TEAM = Text(en="Team 1", zh="1组")
_HEADER = {
    "en": ("interval_start", "queue", "offered", "aht_seconds"),
    "zh": ("时段", "队列", "呼入量", "平均处理时长"),
}
_AGENTS = 6


def blank(locale: Locale = "zh") -> dict[str, str]:
    """Return the files of a folder to fill in by name; it can be planned as it stands."""
    agents = [(f"A{n}", _NAME.fill(n=n).in_(locale), _TEAM.in_(locale), "full", "phone") for n in range(1, _AGENTS + 1)]
    return {
        "plan.toml": template(f"blank.{locale}.toml"),
        "history.csv": comma_separated([_HEADER[locale], *_history()]),
        "agents.csv": comma_separated([("agent_id", "name", "team", "contract", "skills"), *agents]),
        "requests.csv": comma_separated(
            [("agent_id", "date", "kind", "shift_code", "weight"), ("A1", date(2026, 6, 8), "off", "", 1)]
        ),
        "leave.csv": comma_separated(
            [
                ("agent_id", "first_date", "last_date", "type", "status", "approver"),
                ("A2", date(2026, 6, 15), date(2026, 6, 16), "annual", "approved", ""),
            ]
        ),
    }


def _history() -> Iterator[tuple[str, str, int, int]]:
    for day in dates(*_HISTORY):
        quiet = _WEEKEND if day.weekday() >= 5 else 1
        for hour, calls in enumerate(_CALLS_BY_HOUR, start=_OPEN):
            for minute in (0, 30):
                aht = _AHT_SECONDS[(day.day + hour) % 3]
                yield f"{day} {hour:02d}:{minute:02d}", "phone", round(calls * quiet), aht
