"""Workforce management for contact centres: from a call log to next month's roster.

The names below are the library; each is imported on first use, so `import wfm` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfm.domain.agents import Absence, Agent, Balance, Contract, Exemption, Pin, Request
    from wfm.domain.answer import Answer, Cause, Infeasible, OutOfTime, Solved, TracePoint, WayOut
    from wfm.domain.calendar import Calendar, Day, DayClass, build_calendar
    from wfm.domain.cover import cover
    from wfm.domain.errors import (
        InputError,
        InputErrors,
        ManifestError,
        NotEnoughHistory,
        PluginError,
        SettingsError,
        WfmError,
    )
    from wfm.domain.intervals import Grid, OpeningHours
    from wfm.domain.plan import Inputs, Plan
    from wfm.domain.roster import Assignment, Roster, State, Violation
    from wfm.domain.settings import Settings, Target
    from wfm.domain.shifts import Break, Shift, ShiftTemplate
    from wfm.domain.text import Text
    from wfm.erlang import asa_seconds, erlang_b, erlang_c, occupancy, required_agents, service_level
    from wfm.export import EXPORTS, ExportFormat
    from wfm.files import from_frames, read_folder, read_roster
    from wfm.forecast import FORECASTERS, Forecaster, backtest
    from wfm.payroll import PAY_ELEMENTS, PayElement
    from wfm.pipeline.plan import plan, plan_folder, plan_inputs
    from wfm.pipeline.result import PlanResult
    from wfm.pipeline.stages import Demand, demand
    from wfm.roster import GOALS, RULES, Example, Goal, Rule, RuleBook, Scope, build_book, lint, score, solve, verify
    from wfm.simulation import Routing, Simulated, Stream, Team, simulate
    from wfm.staffing import OneAnswer, staff_one
    from wfm.staffing import requirement as staff

__all__ = [
    "Absence",
    "Agent",
    "Answer",
    "Assignment",
    "Balance",
    "Break",
    "Calendar",
    "Cause",
    "Contract",
    "Day",
    "DayClass",
    "Demand",
    "EXPORTS",
    "Example",
    "Exemption",
    "ExportFormat",
    "FORECASTERS",
    "Forecaster",
    "GOALS",
    "Goal",
    "Grid",
    "Infeasible",
    "InputError",
    "InputErrors",
    "Inputs",
    "ManifestError",
    "NotEnoughHistory",
    "OneAnswer",
    "OpeningHours",
    "OutOfTime",
    "PAY_ELEMENTS",
    "PayElement",
    "Pin",
    "Plan",
    "PlanResult",
    "PluginError",
    "RULES",
    "Request",
    "Roster",
    "Routing",
    "Rule",
    "RuleBook",
    "Scope",
    "Settings",
    "SettingsError",
    "Shift",
    "ShiftTemplate",
    "Simulated",
    "Solved",
    "State",
    "Stream",
    "Target",
    "Team",
    "Text",
    "TracePoint",
    "Violation",
    "WayOut",
    "WfmError",
    "asa_seconds",
    "backtest",
    "build_book",
    "build_calendar",
    "cover",
    "demand",
    "erlang_b",
    "erlang_c",
    "from_frames",
    "lint",
    "occupancy",
    "plan",
    "plan_folder",
    "plan_inputs",
    "read_folder",
    "read_roster",
    "required_agents",
    "score",
    "service_level",
    "simulate",
    "solve",
    "staff",
    "staff_one",
    "verify",
]

_HOMES = {
    "wfm.domain.agents": (
        "Absence",
        "Agent",
        "Balance",
        "Contract",
        "Exemption",
        "Pin",
        "Request",
    ),
    "wfm.domain.answer": (
        "Answer",
        "Cause",
        "Infeasible",
        "OutOfTime",
        "Solved",
        "TracePoint",
        "WayOut",
    ),
    "wfm.domain.calendar": (
        "Calendar",
        "Day",
        "DayClass",
        "build_calendar",
    ),
    "wfm.domain.cover": ("cover",),
    "wfm.domain.errors": (
        "InputError",
        "InputErrors",
        "ManifestError",
        "NotEnoughHistory",
        "PluginError",
        "SettingsError",
        "WfmError",
    ),
    "wfm.domain.intervals": (
        "Grid",
        "OpeningHours",
    ),
    "wfm.domain.plan": (
        "Inputs",
        "Plan",
    ),
    "wfm.domain.roster": (
        "Assignment",
        "Roster",
        "State",
        "Violation",
    ),
    "wfm.domain.settings": (
        "Settings",
        "Target",
    ),
    "wfm.domain.shifts": (
        "Break",
        "Shift",
        "ShiftTemplate",
    ),
    "wfm.domain.text": ("Text",),
    "wfm.erlang": (
        "asa_seconds",
        "erlang_b",
        "erlang_c",
        "occupancy",
        "required_agents",
        "service_level",
    ),
    "wfm.export": (
        "EXPORTS",
        "ExportFormat",
    ),
    "wfm.files": (
        "from_frames",
        "read_folder",
        "read_roster",
    ),
    "wfm.forecast": (
        "FORECASTERS",
        "Forecaster",
        "backtest",
    ),
    "wfm.payroll": (
        "PAY_ELEMENTS",
        "PayElement",
    ),
    "wfm.pipeline.plan": (
        "plan",
        "plan_folder",
        "plan_inputs",
    ),
    "wfm.pipeline.result": ("PlanResult",),
    "wfm.pipeline.stages": (
        "Demand",
        "demand",
    ),
    "wfm.roster": (
        "Example",
        "GOALS",
        "Goal",
        "RULES",
        "Rule",
        "RuleBook",
        "Scope",
        "build_book",
        "lint",
        "score",
        "solve",
        "verify",
    ),
    "wfm.simulation": (
        "Routing",
        "Simulated",
        "Stream",
        "Team",
        "simulate",
    ),
    "wfm.staffing": (
        "OneAnswer",
        "staff",
        "staff_one",
    ),
}
_RENAMED = {"staff": "requirement"}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name, importing its module on first use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), _RENAMED.get(name, name))


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return [*globals(), *__all__]
