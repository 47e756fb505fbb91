"""`wfm staff FOLDER --skill-sets`: required agents by skill set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from wfm.cli import staff_messages as m

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from wfm.cli.session import Session
    from wfm.pipeline.skill_sets import SkillPlan

SHARES = frozenset({"target", "service_level"})


def skill_sets(here: Session, folder: Path, flexible: float) -> None:
    """Print what each skill set of a folder needs, and write it; `flexible` in percent."""
    from wfm.cli.simulate import shown
    from wfm.pipeline.skill_sets import staff_skill_sets_folder

    with shown(here) as progress:
        found = staff_skill_sets_folder(folder, flexible_share=flexible / 100, locale=here.asked, progress=progress)
    if here.as_json:
        here.give(facts(found))
    else:
        _show(here, folder, found)


def facts(found: SkillPlan) -> dict[str, Any]:
    """Return everything but the intervals, which stand in the file, as plain values."""
    from wfm.cli.show import records

    return {
        "flexible_share": round(found.mix.flexible, 4),
        "recovered": round(found.mix.recovered, 4),
        "ways": records(found.ways),
        "skill_sets": records(found.sets),
        "queues": records(found.queues),
        "left_out": list(found.left_out),
    }


def _show(here: Session, folder: Path, found: SkillPlan) -> None:
    from wfm.pipeline.skill_sets import FILE

    here.tell(m.SKILL_PEOPLE)
    _print(here, found.sets)
    here.tell(m.SKILL_WAYS.fill(flexible=found.mix.flexible, recovered=found.mix.recovered))
    _print(here, found.ways.assign(way=[here.say(m.WAYS[way]) for way in found.ways["way"]]))
    here.tell(m.SKILL_LEVELS)
    _print(here, found.queues)
    if found.left_out:
        here.tell(m.SKILL_LEFT_OUT.fill(queues=", ".join(found.left_out)))
    here.tell(m.SKILL_WRITTEN.fill(path=folder / "out" / FILE))


def _print(here: Session, table: pd.DataFrame) -> None:
    """Print rows, numbers to the right."""
    from wfm.cli.staff import aligned

    heads = [here.say(m.SKILL_COLUMNS[str(name)]) for name in table]
    rows = [[_cell(str(name), value) for name, value in row.items()] for row in table.to_dict("records")]
    for line in aligned([heads, *rows]):
        typer.echo(line)


def _cell(name: str, value: Any) -> str:
    if name in SHARES:
        return f"{value:.1%}"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
