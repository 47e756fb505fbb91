"""Conflicts and ways out, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from wfm.cli import messages as m
from wfm.domain.answer import Infeasible, Solved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wfm.cli.session import Session
    from wfm.pipeline.result import PlanResult


def show_explanation(here: Session, folder: Path, result: PlanResult) -> None:
    """Print why there is no roster and what helps, or that there is one."""
    from wfm.pipeline.facts import facts_of
    from wfm.pipeline.write import draft_of

    if here.as_json:
        written = result.draft is not None and result.worth_writing
        here.give({**facts_of(result), "draft": str(draft_of(folder)) if written else None})
        return
    match result.answer:
        case Solved() as found:
            said = m.ROSTER_EXISTS.fill(objective=f"{found.objective:,.1f}", gap=f"{found.gap:.2%}")
            typer.echo(here.say(said))
            return
        case Infeasible():
            pass
        case _:
            typer.echo(here.say(m.UNDECIDED))
    for line in conflict_lines(here, folder, result):
        typer.echo(line)


def conflict_lines(here: Session, folder: Path, result: PlanResult) -> Iterator[str]:
    """Yield what conflicts, the ways out by number, and where the draft is; nothing for a roster."""
    from wfm.pipeline.write import draft_of

    if isinstance(result.answer, Infeasible):
        yield here.say(m.CONFLICT)
        yield from (here.say(m.ITEM.fill(text=text)) for text in result.answer.conflict)
        yield here.say(m.WAYS_OUT if result.answer.ways_out else m.NO_WAY_OUT)
        yield from (here.say(m.NUMBERED.fill(n=n, text=way)) for n, way in enumerate(result.answer.ways_out, 1))
    if result.draft is not None and result.worth_writing:
        broken = Counter(v.rule for v in result.violations if v.severity == "hard")
        rules = ", ".join(f"{rule} {n}" for rule, n in broken.most_common())
        yield here.say(m.DRAFT_WRITTEN.fill(folder=draft_of(folder), n=broken.total(), rules=rules))
