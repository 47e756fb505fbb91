"""Rosters of any instance: objective, bound, gap and time, checked by the product and by the instance's own audit."""

from __future__ import annotations

import csv
import importlib
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, Any

from benchmarks.origin import machine, versions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.cases.base import Audit, Case
    from wfm.domain.answer import Answer
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.roster.book import RuleBook

CASES = ("benchmarks.cases.curtois", "benchmarks.cases.made")
ENGINE = ("wfm.roster.engine.search", "wfm.roster.engine.explain")
"""What a run needs; loaded before the clock starts."""
MADE = ("uniform-30-1", "mixed-30-1", "mixed-100-1")
"""Our own cases that are measured when no instance is named."""
EXIT_CODES = {"infeasible": 3, "out of time": 4, "rejected": 1, "wrong bound": 1}
HEAD_COUNTS = "pyworkforce"
"""The peer that makes head counts, not rosters."""


@dataclass(frozen=True)
class Task:
    """One instance to solve.

    Attributes
    ----------
    instance
        `--instance`: a JSON file; None when another kind is named.
    curtois
        `--curtois`: a text file.
    made
        `--made`: the name of one of our own cases.
    seconds
        Wall seconds for everything after imports: reading, posting, search, audit.
    peer
        Who solves; None for the product.
    """

    instance: Path | None = None
    curtois: Path | None = None
    made: str | None = None
    seconds: float = 10
    target_gap: float = 0
    peer: str | None = None

    def load(self) -> Case:
        """Return the case."""
        if self.instance is not None:
            from benchmarks.cases import contact_centre

            return contact_centre.load(self.instance)
        if self.curtois is not None:
            from benchmarks.cases import curtois

            return curtois.load(self.curtois)
        from benchmarks.cases.made import made

        return made(self.made or MADE[0])

    def arguments(self) -> list[str]:
        """Return the command line of the task, without seed and output."""
        fields = {name: value for name, value in vars(self).items() if value is not None}
        return [word for name, value in fields.items() for word in (f"--{name.replace('_', '-')}", str(value))]


def _module(name: str) -> Any:
    return importlib.import_module(name)


def run(
    *,
    seed: int = 1,
    seeds: int | None = None,
    out: Path | None = None,
    best: Path | None = None,
    trace: bool = True,
    **task: Any,
) -> dict[str, Any]:
    """Return what solving an instance comes to; `exit_code` says when there is no roster or an audit rejects it.

    Parameters
    ----------
    seed, seeds
        Seed of the search; with `seeds`, that many from `seed` on, each in a process of its own.
    out
        Where the roster is written, never one that an audit rejects.
    best
        CSV with columns `instance` and `upper_bound`: the best known objectives.
    trace
        Whether the steps of the search are part of the result.
    task
        Fields of `Task`.
    """
    is_named = bool(task.keys() & {"instance", "curtois", "made"})
    named = [Task(**task)] if is_named else [Task(made=name, **task) for name in MADE]
    options: dict[str, Any] = {"best": best, "trace": trace}
    if seeds is not None:
        return _together([_seeds(one, range(seed, seed + seeds), **options) for one in named])
    if len(named) > 1:
        return _together([_apart(one, seed, **options) for one in named])
    return _one(named[0], seed, out, **options)


def _together(results: list[dict[str, Any]]) -> dict[str, Any]:
    if len(results) == 1:
        return results[0]
    return {"benchmark": "roster", "results": results, "exit_code": max(r.pop("exit_code", 0) for r in results)}


def _seeds(task: Task, seeds: range, **options: Any) -> dict[str, Any]:
    """Return the median, the worst and the best of several seeds, and each run."""
    runs = [_apart(task, seed, **options) for seed in seeds]
    found = [run["objective"] for run in runs if run["objective"] is not None]
    bounds = [run["bound"] for run in runs if run["bound"] is not None]
    return {
        "instance": runs[0]["instance"],
        "seeds": list(seeds),
        "median": median_low(found) if found else None,
        "worst": max(found, default=None),
        "best": min(found, default=None),
        "bound": max(bounds, default=None),
        "without_roster": len(runs) - len(found),
        "runs": runs,
        "exit_code": max(run.pop("exit_code", 0) for run in runs),
    }


def _apart(task: Task, seed: int, **options: Any) -> dict[str, Any]:
    """Return the result of a run in a process of its own, so that memory and imports are its own."""
    command = [sys.executable, "-m", "benchmarks", "roster", "--seed", str(seed), *task.arguments()]
    command += ["--best", str(options["best"])] if options["best"] is not None else []
    command += [] if options["trace"] else ["--no-trace"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result | {"exit_code": done.returncode}


def _one(task: Task, seed: int, out: Path | None, *, best: Path | None, trace: bool) -> dict[str, Any]:
    if task.peer == HEAD_COUNTS:
        return dict(_module(f"benchmarks.peers.{HEAD_COUNTS}").measure(task.load(), task.seconds))
    before = time.perf_counter()
    solver = _module(f"benchmarks.peers.{task.peer}" if task.peer is not None else "wfm.roster.solve")
    for name in (*CASES, *(ENGINE if task.peer is None else ())):
        _module(name)
    imported, load = time.perf_counter(), os.getloadavg()[0]
    case, answer = _solved(task, seed, solver.solve, imported)
    wall = time.perf_counter() - imported
    facts = _facts(case, answer, out)
    steps = getattr(answer, "trace", ())
    return {
        "benchmark": "roster",
        "instance": case.name,
        "solver": task.peer or "wfm",
        "seed": seed,
        "asked_seconds": task.seconds,
        **facts,
        **_against(facts["objective"], case.name, best),
        "seconds": getattr(answer, "seconds", None),
        "wall_seconds": round(wall, 3),
        "import_seconds": round(imported - before, 3),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "machine": machine(load),
        "versions": versions(),
        **({"trace": [[s.seconds, s.phase, s.objective, s.bound] for s in steps]} if trace else {}),
        "exit_code": EXIT_CODES.get(facts["status"], 0),
    }


def _solved(task: Task, seed: int, solve: Callable[[Plan, RuleBook], Answer], start: float) -> tuple[Case, Answer]:
    """Return the case and the answer, with whatever reading the case took off the limit."""
    from wfm.domain.settings import Solve

    case = task.load()
    left = max(0.1, task.seconds - (time.perf_counter() - start))
    case = case.with_solve(
        Solve(seed=seed, budget=f"{task.seconds:.3f}", target_gap=task.target_gap, wall_limit=f"{left:.3f}")
    )
    return case, solve(case.plan, case.book)


def _facts(case: Case, answer: Answer, out: Path | None) -> dict[str, Any]:
    """Return what the answer says and what both audits say of it; write the roster when they accept it."""
    from wfm.domain.answer import Infeasible, Solved
    from wfm.roster.verify import verify

    if not isinstance(answer, Solved):
        nothing = dict.fromkeys(("objective", "gap", "hard_violations"))
        if isinstance(answer, Infeasible):
            return {"status": "infeasible", **nothing, "bound": None, "conflict": [text.en for text in answer.conflict]}
        return {"status": "out of time", **nothing, "bound": answer.bound}
    rows = case.rows(answer.roster)
    audit = case.audit(rows)
    hard = [v for v in verify(answer.roster, case.plan, case.book) if v.severity == "hard"]
    accepted = not hard and not audit.hard and audit.objective == answer.objective
    if accepted and out is not None:
        _write(out, case, rows)
    status = "wrong bound" if answer.bound > answer.objective + 1e-6 else answer.stopped
    return {
        "status": status if accepted else "rejected",
        "objective": _whole(answer.objective),
        "bound": _whole(answer.bound),
        "gap": round(answer.gap, 6),
        "hard_violations": len(hard) + len(audit.hard),
        **({} if accepted else _why_rejected(hard, audit)),
    }


def _why_rejected(hard: list[Violation], audit: Audit) -> dict[str, Any]:
    said = [f"{v.agent_id} {v.first_date} {v.rule}: {v.message.en}" for v in hard]
    return {"rejected_by_check": said[:5], "rejected_by_audit": audit.hard[:5], "audited_objective": audit.objective}


def _write(out: Path, case: Case, rows: list[tuple[str, ...]]) -> None:
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([case.header, *rows])


def _against(objective: float | None, name: str, best: Path | None) -> dict[str, Any]:
    """Return the best known objective and the distance to it as a share of it; nothing where none is known."""
    if best is None:
        return {}
    with best.open(newline="", encoding="utf-8-sig") as file:
        known = {row["instance"]: float(row["upper_bound"]) for row in csv.DictReader(file) if row["upper_bound"]}
    if name not in known:
        return {}
    to_best = None if objective is None else round(objective / known[name] - 1, 6)
    return {"best_known": _whole(known[name]), "gap_to_best_known": to_best}


def _whole(value: float) -> float:
    """Return a whole number as an int, any other rounded."""
    return int(value) if value == int(value) else round(value, 6)
