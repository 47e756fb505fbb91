"""The arrows between the rooms, up to the plan that a roster is solved against."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wfm import export, forecast, payroll, roster, staffing
from wfm.domain.agents import in_class
from wfm.domain.answer import TracePoint
from wfm.domain.calendar import Calendar, build_calendar
from wfm.domain.clock import parse_duration
from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.plan import Inputs, Plan
from wfm.files import read_folder
from wfm.pipeline.leave_audit import audited
from wfm.pipeline.messages import BAD_BUDGET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from wfm.domain.answer import Progress
    from wfm.domain.text import Locale, Text
    from wfm.files import Check
    from wfm.forecast import Ahead

SEAM_DAYS = 31
"""Days of calendar on either side of the period: rules look across the seams."""


@dataclass(frozen=True)
class Demand:
    """What is known before anybody is rostered.

    Attributes
    ----------
    calendar
        From the first day of history, and 31 days beyond the period.
    forecast
        Indexed by (`queue`, `interval_start`); `offered` contacts and `aht_seconds`, and how far contacts may fall
        from it, as `wfm.forecast.Ahead.table` says.
    requirement
        Indexed by (`queue`, `interval_start`); agents needed, and what they would achieve.
    """

    inputs: Inputs
    calendar: Calendar
    forecast: pd.DataFrame
    requirement: pd.DataFrame
    ahead: Ahead | None = field(default=None, kw_only=True)
    """Totals and repairs of the forecast; None where it was read back."""
    demand_notes: tuple[Text, ...] = field(default=(), kw_only=True)
    """What was flagged while forecasting and staffing."""


def checks() -> Sequence[Check]:
    """Return what the rooms check in the settings, so that their problems join the report of all files."""
    return (forecast.check_settings, roster.check_settings, payroll.check_settings, export.check_settings)


def read(folder: Path, *, budget: str | None = None, seed: int | None = None, locale: Locale | None = None) -> Inputs:
    """Return a planning folder, read and validated, with what the caller sets for this run.

    Parameters
    ----------
    budget
        Search effort such as `"60s"`; None keeps the folder's.
    seed
        Seed of the search; None keeps the folder's.
    locale
        Language of files and messages; None keeps the folder's.

    Raises
    ------
    InputErrors
        With every problem of every file.
    SettingsError
        When the budget is no duration.
    """
    people = (roster.strangers,)
    inputs = audited(read_folder(folder, checks(), rule_kinds=roster.rule_kinds, people_checks=people), folder)
    return overridden(inputs, budget=budget, seed=seed, locale=locale)


def overridden(inputs: Inputs, *, budget: str | None, seed: int | None, locale: Locale | None) -> Inputs:
    """Return the inputs with the given settings in place of the folder's; raises `SettingsError` on a bad budget."""
    settings = inputs.settings
    search = {"seed": seed, "budget": budget and _duration(budget)}
    solve = settings.solve.model_copy(update={k: v for k, v in search.items() if v is not None})
    centre = settings.centre.model_copy(update={"locale": locale} if locale else {})
    return replace(inputs, settings=settings.model_copy(update={"solve": solve, "centre": centre}))


def _duration(text: str) -> str:
    try:
        parse_duration(text)
    except ValueError as error:
        raise SettingsError(BAD_BUDGET.fill(value=text)) from error
    return text


def calendar_of(inputs: Inputs) -> Calendar:
    """Return the calendar of the history and the period, with the user's own dates."""
    centre, period = inputs.settings.centre, inputs.settings.period
    return build_calendar(
        centre.country,
        min(_first_day(inputs), period.first - timedelta(days=SEAM_DAYS), date(period.first.year, 1, 1)),
        period.last + timedelta(days=SEAM_DAYS),
        subdivision=centre.subdivision,
        locale=centre.locale,
        overrides=inputs.calendar_overrides,
    )


def _first_day(inputs: Inputs) -> date:
    first: date = inputs.history.index.get_level_values("interval_start").min().date()
    return first


def demand(inputs: Inputs, progress: Progress | None = None) -> Demand:
    """Return the forecast and the required agents.

    Raises
    ------
    NotEnoughHistory
        When a queue cannot be forecast.
    """
    say = progress or _silent
    say(TracePoint(0.0, "forecast", None, None))
    calendar = calendar_of(inputs)
    grid = inputs.settings.grid
    ahead = forecast.look_ahead(inputs, calendar, grid)
    wanted = ahead.at(inputs.settings.forecast.quantile)
    say(TracePoint(0.0, "staff", None, None))
    required = staffing.requirement(wanted, inputs.settings, grid)
    if inputs.settings.staffing.arrivals == "simulated":
        from wfm.pipeline.simulated_staff import by_simulation

        required = by_simulation(required, inputs.settings)
    notes = (*ahead.notes, *staffing.notes(required, inputs.settings))
    return Demand(inputs, calendar, ahead.table, required, ahead=ahead, demand_notes=notes)


def _silent(_: TracePoint) -> None:
    return


def plan_of(known: Demand) -> Plan:
    """Return what the roster is solved and checked against."""
    inputs = known.inputs
    return Plan(
        settings=inputs.settings,
        agents=inputs.agents,
        calendar=known.calendar,
        requirement=known.requirement,
        absences=(*inputs.absences, *in_class(inputs.agents, inputs.settings.new_hires.training_days)),
        requests=inputs.requests,
        exemptions=inputs.exemptions,
        pins=inputs.pins,
        previous=inputs.previous,
        published=inputs.published,
        balances=inputs.balances,
    )


def refuse_missing_pay(plan: Plan, inputs: Inputs) -> None:
    """Raise `InputErrors` when wages are given but somebody's is missing: found before the search, not after it."""
    problems = payroll.check_pay(plan, inputs.pay)
    if problems:
        raise InputErrors(problems)
