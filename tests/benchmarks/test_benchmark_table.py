"""The page of the benchmarks and the run behind it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import all as everything
from benchmarks import table
from benchmarks.origin import versions
from benchmarks.targets import TARGETS, Target

if TYPE_CHECKING:
    from pathlib import Path


def result(instance: str, seconds: int, objective: float | None, bound: float, **more: Any) -> dict[str, Any]:
    """Return a saved result."""
    gap = None if objective is None else (objective - bound) / max(1, bound)
    return {
        "instance": instance,
        "asked_seconds": seconds,
        "solver": "wfm",
        "seed": 1,
        "status": "budget",
        "objective": objective,
        "bound": bound,
        "gap": gap,
        "wall_seconds": seconds,
        "peak_rss_mb": 300,
        "machine": {"cores": 2, "processor": "P", "load_before": 0.1, "load_after": 0.2},
        "versions": {"python": "3"},
        **more,
    }


def test_the_page_is_what_the_results_say() -> None:
    """`docs/benchmarks.md` is what the saved results say today."""
    assert table.PAGE.read_text("utf-8") == table.page_of(table.load(table.RESULTS))


def test_nothing_measured_is_said() -> None:
    """Without results every target is listed as not measured."""
    page = table.page_of([])
    assert page.count("| not measured |") == len(TARGETS)


def test_the_median_decides() -> None:
    """A target is reached when more than half of the runs reach it; a run without a roster reaches nothing."""
    target = Target("cc100h-1", 60, "gap", 0.01)
    good, bad = result("cc100h-1", 60, 1005, 1000), result("cc100h-1", 60, 1020, 1000)
    assert table.reached(target, [good, bad, good])
    assert not table.reached(target, [good, bad, bad])
    assert not table.reached(target, [good, result("cc100h-1", 60, None, 1000)])
    assert not table.reached(target, [])


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target("x", 1, "gap", 0.1), True),
        (Target("x", 1, "gap", 0.09), False),
        (Target("x", 1, "objective", 110), True),
        (Target("x", 1, "objective", 109), False),
        (Target("x", 1, "bound", 0.1), True),
        (Target("x", 1, "bound"), False),
        (Target("x", 1, "optimal"), False),
        (Target("x", 1, "feasible"), True),
    ],
    ids=lambda value: value.asked() if isinstance(value, Target) else "",
)
def test_what_meets_a_target(target: Target, met: bool) -> None:
    """Each kind of target looks at its own figure: 110 with a bound of 100, 105 being the best known."""
    assert target.met(result("x", 1, 110, 100, best_known=105)) is met


def test_misses_are_listed() -> None:
    """The page names every target missed, every peer that is ahead, every wrong bound and every rejected roster."""
    page = table.page_of(
        [
            result("cc100h-1", 60, 18000, 17000),
            result("cc100h-1", 60, 17500, 16000, solver="monolithic"),
            result("Instance5", 60, 1143, 1144, best_known=1143),
            result("Instance7", 60, 1060, 1050, best_known=1056, status="rejected"),
            result("cc1000h-1", 60, 176000, 175118, peak_rss_mb=3000, wall_seconds=64),
        ]
    )
    misses = page.partition("## Misses")[2]
    assert "cc100h-1, 60 s: asked gap at most 1.0%; objective 18000" in misses
    assert "18000 is not below Timefold 1.24.0 (quoted), 17665" in misses
    assert "18000 is not below plain CP-SAT, 17500" in misses
    assert "the bound 1144 is above the best known 1143" in misses
    assert "Instance7, 60 s, wfm, seed 1: rejected" in misses
    assert "cc1000h-1, 60 s, wfm, seed 1: 3000 MB" in misses
    assert "cc1000h-1, 60 s, wfm, seed 1: took 64.0 s" in misses
    assert "Instance5, 60 s: " not in misses


def test_an_optimum_need_not_be_beaten() -> None:
    """Where a peer has the best known objective, reaching it too is no miss; where it is not the best, it is."""
    equal = [result("Instance3", 60, 1003, 990, best_known=1001), result("Instance1", 60, 607, 558, best_known=607)]
    misses = table.page_of(equal).partition("## Misses")[2]
    assert "Instance3, 60 s: 1003 is not below" in misses
    assert "Instance1" not in misses.partition("Not measured")[0]


def test_a_stale_page_fails_the_check(tmp_path: Path) -> None:
    """`--check` writes nothing and fails when the page is not what the results say."""
    page, results = tmp_path / "page.md", tmp_path / "results"
    assert table.run(results, page=page, check=True)["exit_code"] == 1
    assert not page.exists()
    assert table.run(results, page=page)["stale"]
    assert table.run(results, page=page, check=True)["exit_code"] == 0


def test_every_run_has_a_file_of_its_own() -> None:
    """Every target is run with every seed and no two runs share a file."""
    jobs = list(everything.jobs(3))
    assert len({job.file for job in jobs}) == len(jobs)
    for target in TARGETS:
        assert sum((j.instance, j.seconds, j.solver) == (target.instance, target.seconds, "wfm") for j in jobs) == 3


def test_a_run_is_resumed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A result for the same versions is not made again, one for others is, and what cannot be made is skipped."""
    commands: list[list[str]] = []

    def measured(command: list[str], _: object) -> dict[str, Any]:
        commands.append(command)
        return result("", 0, 607, 607, versions=versions())

    monkeypatch.setattr(everything, "_measured", measured)
    monkeypatch.setattr(everything, "DATA", tmp_path)
    results, page = tmp_path / "results", tmp_path / "page.md"
    nothing = everything.run(results, only="Instance1", seeds=2, page=page)
    assert (nothing["made"], nothing["found"]) == (0, 0)
    assert nothing["skipped"] > 0
    (tmp_path / "curtois").mkdir()
    for number in (1, 11, 13, 15, 17):
        (tmp_path / "curtois" / f"Instance{number}.txt").touch()
    first = everything.run(results, only="Instance1", seeds=2, page=page)
    assert (first["made"], first["skipped"]) == (nothing["skipped"], 0)
    assert everything.run(results, only="Instance1", seeds=2, page=page)["found"] == first["made"]
    one = next(results.glob("*.json"))
    one.write_text(json.dumps(json.loads(one.read_text("utf-8")) | {"versions": {}}), encoding="utf-8")
    assert everything.run(results, only="Instance1", seeds=2, page=page)["made"] == 1
