"""The roster as a table of agents by days, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from wfm.domain.clock import elapsed_minutes, format_clock
from wfm.domain.roster import State
from wfm.domain.words import leave_text
from wfm.law.nights import NightClass, night_class
from wfm.report import messages as m
from wfm.report import terms
from wfm.report.wording import NOTHING, number

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

    import pandas as pd

    from wfm.domain.agents import Agent
    from wfm.domain.calendar import DayClass
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.domain.shifts import Shift
    from wfm.law.nights import NightMode
    from wfm.report.wording import Words

DAY_FROM, LATE_FROM = 10, 14
"""Hours of the wall clock: shifts that start before the first are early, from the second on late."""
NARROWEST = 31
"""Pixels of a day's column with short shift codes: a month fits a window 1400 pixels wide."""
CHUNK = 50
"""Agents in one table; a browser leaves out the tables that are not on the screen."""
STATE_CLASSES = {
    State.REST: "rest",
    State.STATUTORY_OFF: "statutory",
    State.LEAVE: "leave",
    State.NOT_EMPLOYED: "absent",
}
COLOURS = ("early", "day", "late", "small", "big", "rest", "statutory", "leave", "absent")


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the table: its colour class, what it says, and what it says when pointed at."""

    css: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one day."""

    css: str
    weekday: str
    day: int
    mark: str
    title: str
    on_duty: int
    """Shifts that start on the day."""
    uncovered: str


@dataclass(frozen=True, slots=True)
class Row:
    """One agent."""

    name: str
    title: str
    cells: tuple[Cell, ...]
    totals: tuple[str, ...]
    """Paid hours, rest days, nights, weekend shifts, wishes granted of those asked."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table, in pieces of at most `CHUNK` agents."""

    columns: tuple[Column, ...]
    chunks: tuple[tuple[Row, ...], ...]
    legend: tuple[Cell, ...]
    shifts: tuple[str, ...]
    """What each code means, one sentence per shift template."""
    width: int
    """Pixels of a day's column: wide enough for the longest shift code."""


def day_class_css(day_class: DayClass) -> str:
    """Return the CSS class of a date's column."""
    return f"d-{day_class.value.replace('_', '-')}"


def part_of_day(shift: Shift, plan: Plan, mode: NightMode) -> str:
    """Return the colour class of a shift: `early`, `day` or `late` by its start, `small` or `big` for a night."""
    zone = plan.settings.centre.zone
    night = night_class(shift, zone, mode)
    if night in (NightClass.SMALL, NightClass.BIG):
        return str(night)
    hour = shift.start.astimezone(zone).hour
    return "early" if hour < DAY_FROM else "day" if hour < LATE_FROM else "late"


def build(
    plan: Plan, roster: Roster, counts: pd.DataFrame, uncovered: dict[date, float], mode: NightMode, words: Words
) -> Grid:
    """Return the table of a roster.

    Parameters
    ----------
    counts
        As `wfm.report.fairness.agent_counts` returns it.
    uncovered
        Uncovered agent-hours by date; a date that is left out is printed without a figure.
    """
    by_agent = counts.to_dict("index")
    rows = tuple(_row(plan, roster, agent, by_agent[agent.agent_id], mode, words) for agent in plan.agents)
    return Grid(
        columns=tuple(_column(plan, roster, day, uncovered.get(day), words) for day in plan.days),
        chunks=tuple(rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)),
        legend=tuple(Cell(css, words(terms.LEGEND_SIGN[css]), words(terms.LEGEND[css])) for css in COLOURS),
        shifts=tuple(_template(plan, code, words) for code in plan.templates),
        width=max(NARROWEST, *(10 + 6 * _half_widths(code) for code in plan.templates)),
    )


def _column(plan: Plan, roster: Roster, day: date, uncovered: float | None, words: Words) -> Column:
    known = plan.calendar[day]
    title = [words.day(day), words(terms.DAY_CLASSES[known.day_class]), known.name]
    return Column(
        css=day_class_css(known.day_class),
        weekday=words(terms.WEEKDAY_SIGNS[day.weekday()]),
        day=day.day,
        mark=words(terms.DAY_MARKS[known.day_class]) if known.day_class in terms.DAY_MARKS else "",
        title=" · ".join(part for part in title if part),
        on_duty=sum(1 for agent in plan.agents if (a := roster.assignments.get((agent.agent_id, day))) and a.works),
        uncovered=NOTHING if uncovered is None else number(uncovered),
    )


def _row(
    plan: Plan, roster: Roster, agent: Agent, counts: Mapping[Hashable, Any], mode: NightMode, words: Words
) -> Row:
    details = (agent.agent_id, agent.team, ", ".join(agent.skills))
    return Row(
        name=agent.name or agent.agent_id,
        title=" · ".join(part for part in details if part),
        cells=tuple(_cell(plan, roster.assignments.get((agent.agent_id, day)), mode, words) for day in plan.days),
        totals=(
            number(counts["hours"]),
            str(counts["rest_days"]),
            str(counts["nights"]),
            str(counts["weekends"]),
            wishes_met(counts),
        ),
    )


def _cell(plan: Plan, assignment: Assignment | None, mode: NightMode, words: Words) -> Cell:
    if assignment is None:
        return Cell("absent", "", "")
    if assignment.shift is not None:
        return Cell(part_of_day(assignment.shift, plan, mode), assignment.shift.code, _times(plan, assignment, words))
    css = STATE_CLASSES[assignment.state]
    title = words(terms.LEGEND[css])
    if assignment.leave_type:
        title += f" · {leave_name(assignment.leave_type, words)}"
    return Cell(css, words(terms.LEGEND_SIGN[css]), f"{words.day(assignment.date)} · {title}")


def _half_widths(code: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in code)


def _times(plan: Plan, assignment: Assignment, words: Words) -> str:
    shift = assignment.shift
    assert shift is not None
    zone = plan.settings.centre.zone
    start, end = shift.start.astimezone(zone), shift.end.astimezone(zone)
    later = f"+{(end.date() - shift.date).days}" if end.date() != shift.date else ""
    return " · ".join(
        (
            words.day(shift.date),
            f"{start:%H:%M}–{end:%H:%M}{later}",
            words(m.PAID_HOURS, h=number(shift.paid_minutes / 60)),
            " / ".join(queue_name(plan, queue) for queue in assignment.queues or (NOTHING,)),
        )
    )


def _template(plan: Plan, code: str, words: Words) -> str:
    template = plan.templates[code]
    shift = template.on(plan.days[0], plan.settings.centre.zone)
    breaks = elapsed_minutes(shift.start, shift.end) - shift.paid_minutes
    times = f"{format_clock(template.start)}–{format_clock(template.end)}"
    name = "" if template.name in ("", code) else f" {template.name}"
    return words(m.TEMPLATE, code=code + name, times=times, h=number(shift.paid_minutes / 60), b=breaks)


def wishes_met(counts: Mapping[Hashable, Any]) -> str:
    """Return granted and asked requests of an agent as `2/3`."""
    return f"{counts['granted']}/{counts['asked']}" if counts["asked"] else NOTHING


def queue_name(plan: Plan, queue: str) -> str:
    """Return the queue's name for people: its key when it has none."""
    known = plan.settings.queues.get(queue)
    return (known.name if known else "") or queue


def leave_name(leave_type: str, words: Words) -> str:
    """Return the type of leave in the page's language; a type of the user's own stands as it is."""
    return words(leave_text(leave_type))
