"""Results as tables for people, or as one JSON object."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from wfm.cli import messages as m
from wfm.cli.explain import conflict_lines
from wfm.domain.answer import Solved
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from wfm.cli.session import Session
    from wfm.domain.roster import Violation
    from wfm.pipeline.check import Audit
    from wfm.pipeline.result import PlanResult
    from wfm.pipeline.stages import Demand

LONGEST = 100
"""Violations printed for people; the rest is counted."""
LONG = frozenset(
    {"message", "phrase", "phrase_in_force", "source", "origin", "meaning", "counts", "exchange", "files", "personal"}
)
"""Columns that wrap."""
FORMATS = {
    **dict.fromkeys(("wape", "bias", "floor", "service_level", "occupancy", "part", "coverage", "pinball"), ".1%"),
    **dict.fromkeys(("relmae", "relmae_analyst"), ".2f"),
    "odds": ".0%",
}
"""How numbers of some columns are printed; the others have one place."""


def show_table(here: Session, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows under named columns, numbers to the right; as JSON when asked."""
    rows = list(rows)
    if here.as_json:
        here.give({"rows": rows})
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=not LONG.isdisjoint(columns))
    for name in columns:
        numeric = all(isinstance(row[name], int | float | None) for row in rows)
        widest = max((cell_len(_cell(here, name, row[name])) for row in rows), default=0)
        kept, rest = (None, 1) if name in LONG else (widest, None)
        head = here.say(m.COLUMNS[name])
        table.add_column(head, justify="right" if numeric else "left", min_width=kept, ratio=rest, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(here, name, row[name]) for name in columns))
    Console().print(table, crop=False)


def _cell(here: Session, name: str, value: object) -> str:
    match value:
        case None:
            return "-"
        case float():
            return format(value, FORMATS.get(name, ",.1f"))
        case int():
            return f"{value:,}"
        case str() if name in m.VALUES:
            return here.say(m.VALUES[name].get(value) or Text(en=value, zh=value))
        case _:
            return str(value)


def show_result(here: Session, folder: Path, result: PlanResult) -> None:
    """Print the summary of a planned period, what was noted, and where the files are."""
    from wfm.pipeline.facts import facts_of

    if here.as_json:
        here.give(facts_of(result))
        return
    _tell_notes(here, result.notes)
    for line in conflict_lines(here, folder, result):
        typer.echo(line, err=True)
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in summary(here, result).items():
        table.add_row(here.say(m.SUMMARY[name]), value)
    Console().print(table, crop=False)
    if parts := shares(here, result):
        show_table(here, parts, ("goal", "cost", "part", "counts"))
    if result.worth_writing:
        _show_files(folder, here)
    else:
        here.tell(m.UNCHANGED.fill(folder=folder / "out"))


def summary(here: Session, result: PlanResult) -> dict[str, str]:
    """Return the lines of the summary in order, by their names in `messages.SUMMARY`."""
    first, last = result.plan.days[0], result.plan.days[-1]
    rows = {"status": here.say(m.STATUS[result.status]), "period": f"{first} – {last}"}
    if (k := result.kpis) is not None:
        rows |= {
            "agents": f"{k.agents:,}",
            "shifts": f"{k.shifts:,}",
            "required": f"{k.required_hours:,.1f}",
            "cover": f"{k.cover_hours:,.1f}",
            "paid": f"{k.paid_hours:,.1f}",
            "uncovered": f"{k.uncovered_hours:,.1f} ({k.uncovered_share:.1%})",
            "surplus": f"{k.surplus_hours:,.1f}",
            "hard": f"{k.hard:,}",
            "soft": f"{k.soft:,}",
        }
    if isinstance(result.answer, Solved):
        rows |= {
            "objective": f"{result.answer.objective:,.1f}",
            "bound": f"{result.answer.bound:,.1f}",
            "gap": f"{result.answer.gap:.2%}",
            "seconds": f"{result.answer.wall_seconds:,.1f}",
        }
    return rows


def shares(here: Session, result: PlanResult) -> list[dict[str, Any]]:
    """Return what each goal and soft rule costs, the largest first; nothing without a roster."""
    from wfm.report.terms import KINDS

    if not isinstance(result.answer, Solved):
        return []
    return [
        {
            "goal": here.say(KINDS[kind]) if kind in KINDS else kind,
            "cost": result.answer.shares[kind],
            "part": part,
            "counts": here.say(result.prices[kind]),
        }
        for kind, part in result.answer.parts.items()
    ]


def _tell_notes(here: Session, notes: Sequence[Text]) -> None:
    if notes:
        here.tell(m.NOTES)
    for note in notes:
        here.tell(m.ITEM.fill(text=note))


def _tell_demand(here: Session, known: Demand) -> None:
    if not here.as_json:
        _tell_notes(here, (*known.inputs.notes, *known.demand_notes))


def show_written(here: Session, folder: Path, result: PlanResult) -> None:
    """Print what a stage wrote."""
    from wfm.pipeline.facts import facts_of

    if here.as_json:
        here.give(facts_of(result))
    else:
        _tell_notes(here, result.notes)
        _show_files(folder, here)


def _show_files(folder: Path, here: Session) -> None:
    out = (folder / "out").resolve()
    if (out / "report.html").exists():
        typer.echo(here.say(m.PAGE.fill(path=out / "report.html")))
    typer.echo(here.say(m.TABLES.fill(path=out)))
    places = [*sorted(p.name for p in out.glob("*.csv")), *(f"{p.relative_to(out)}/" for p in _tables_below(out))]
    typer.echo(fill("  ".join(places), initial_indent="  ", subsequent_indent="  ", width=78, break_on_hyphens=False))


def _tables_below(out: Path) -> list[Path]:
    return sorted({path.parent for kind in ("*.csv", "totals.json") for path in out.rglob(kind)} - {out})


def show_forecast(here: Session, known: Demand) -> None:
    """Print contacts and handle time per queue, and what was noted about the files and the forecast."""
    _tell_demand(here, known)
    days = len({start.date() for start in known.forecast.index.get_level_values("interval_start")})
    show_table(here, _forecast_rows(known.forecast, days), ("queue", "offered", "per_day", "aht_seconds"))


def _forecast_rows(forecast: pd.DataFrame, days: int) -> Iterable[dict[str, Any]]:
    for queue, part in forecast.groupby(level="queue", sort=False):
        contacts = float(part["offered"].sum())
        work = float((part["offered"] * part["aht_seconds"]).sum())
        aht = work / contacts if contacts else None
        yield {"queue": queue, "offered": contacts, "per_day": contacts / days, "aht_seconds": aht}


def show_requirement(here: Session, known: Demand) -> None:
    """Print required hours and peaks per queue, and what was noted on the way to them."""
    from wfm.staffing import rollup

    _tell_demand(here, known)
    totals = rollup(known.requirement, known.inputs.settings.intervals.minutes)
    totals["peak"] = known.requirement.groupby(level="queue", sort=False)["required_net"].max()
    table = totals.reset_index().rename(columns={"net_hours": "required_hours"})
    table["peak"] = table["peak"].astype(int)
    columns = ["queue", "offered", "required_hours", "rostered_hours", "peak", "service_level", "occupancy"]
    show_table(here, records(table[columns]), columns)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column name."""
    rows = table.to_dict("records")
    return [{str(name): None if value != value else value for name, value in row.items()} for row in rows]


def violation_rows(here: Session, violations: Iterable[Violation]) -> list[dict[str, Any]]:
    """Return violations as rows of text, hard rules first."""
    return [
        {
            "rule": v.rule,
            "severity": v.severity,
            "agent_id": v.agent_id or "",
            "first_date": str(v.first_date or ""),
            "message": here.say(v.message),
        }
        for v in sorted(violations, key=lambda v: v.severity)
    ]


def show_violations(here: Session, violations: Iterable[Violation]) -> None:
    """Print violations, hard rules first; beyond `LONGEST` they are counted."""
    rows = violation_rows(here, violations)
    if rows:
        show_table(here, rows[:LONGEST], tuple(rows[0]))
    if len(rows) > LONGEST:
        here.tell(m.MORE.fill(n=len(rows) - LONGEST))


def show_audit(here: Session, audit: Audit) -> None:
    """Print what is wrong with a roster."""
    if here.as_json:
        rows = violation_rows(here, audit.violations)
        notes = [here.say(note) for note in audit.notes]
        here.give({"hard": len(audit.hard), "violations": rows, "shares": dict(audit.shares), "notes": notes})
        return
    for note in audit.notes:
        here.tell(note)
    show_violations(here, audit.violations)
    hard, every = len(audit.hard), len(audit.violations)
    here.tell(m.FOUND.fill(hard=hard, soft=every - hard) if every else m.CLEAN)
