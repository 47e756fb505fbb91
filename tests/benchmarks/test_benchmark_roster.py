"""`python -m benchmarks roster`: what it prints, what it writes, and that others judge its rosters alike."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import roster
from benchmarks.__main__ import main
from benchmarks.cases import contact_centre, curtois
from benchmarks.cases.made import made
from benchmarks.peers import monolithic
from wfm.domain.answer import Solved
from wfm.domain.settings import Solve
from wfm.roster.model import Count
from wfm.roster.solve import post
from wfm.roster.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfm.domain.plan import Plan
    from wfm.roster.book import RuleBook

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("WFM_SHARED_DATA", ROOT.parent / "shared" / "data"))
BENCH = DATA.parent / "bench"
SMALL, TINY = "mixed-6-1", "uniform-3-1"
FIELDS = {
    "instance",
    "objective",
    "bound",
    "gap",
    "seconds",
    "wall_seconds",
    "import_seconds",
    "peak_rss_mb",
    "status",
    "hard_violations",
    "versions",
    "trace",
}


def shared(path: Path) -> Path:
    """Return a file of the shared folder; skip loudly without it."""
    if not path.exists():
        pytest.skip(f"shared data not present: {path.name}")
    return path


@cache
def instance(agents: int, *options: str) -> Any:
    """Return an instance of the shared generator."""
    command = [sys.executable, str(shared(BENCH / "contact_centre.py")), str(agents), "7", *options]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@cache
def judge() -> Callable[[Any, Sequence[tuple[str, ...]]], dict[str, Any]]:
    """Return the shared judge."""
    spec = importlib.util.spec_from_file_location("judge", shared(BENCH / "judge.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[Any, Sequence[tuple[str, ...]]], dict[str, Any]] = module.judge
    return found


@pytest.mark.parametrize(("name", "seconds", "peer"), [(SMALL, 2, None), (TINY, 60, "monolithic")])
def test_one_json_object(
    name: str, seconds: int, peer: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints one JSON object with every figure, and writes a roster without hard violations."""
    out = tmp_path / "roster.csv"
    words = ["roster", "--made", name, "--seconds", str(seconds), "--out", str(out)]
    words += ["--peer", peer] if peer else []
    assert main(words) == 0
    result = json.loads(capsys.readouterr().out)
    assert result.keys() >= FIELDS
    assert result["hard_violations"] == 0
    assert result["bound"] <= result["objective"]
    with out.open(newline="", encoding="utf-8") as file:
        header, *rows = map(tuple, csv.reader(file))
    assert header == ("agent", "day", "shift", "skill")
    assert made(name).audit(rows) == ([], result["objective"])


def test_a_roster_that_breaks_rules_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When an audit rejects the roster, nothing is written and the command ends with 1."""
    solves = importlib.import_module("wfm.roster.solve")
    honest = solves.solve

    def everybody_always(plan: Plan, book: RuleBook, *given: object, **named: object) -> Any:
        found = honest(plan, book, *given, **named)
        case = made(SMALL)
        code = next(iter(plan.templates))
        rows = [(a.agent_id, str(d), code, a.skills[0]) for a in plan.agents for d in range(len(plan.days))]
        return type(found)(**{**vars(found), "roster": case.roster(rows)})

    monkeypatch.setattr(solves, "solve", everybody_always)
    out = tmp_path / "roster.csv"
    result = roster.run(made=SMALL, seconds=1, out=out)
    assert result["exit_code"] == 1
    assert result["status"] == "rejected"
    assert result["hard_violations"] > 0
    assert not out.exists()


def test_without_a_roster_the_status_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Agents who cannot reach their least minutes give an answer of their own, with the conflict and exit code 3."""
    text = made(SMALL).instance
    text["agents"][0]["unavailable_days"] = list(range(28))
    monkeypatch.setattr(roster.Task, "load", lambda _: contact_centre.case_of(text))
    result = roster.run(made=SMALL, seconds=2)
    assert result["status"] == "infeasible"
    assert result["exit_code"] == 3
    assert result["conflict"]
    assert result["objective"] is None


def test_several_seeds() -> None:
    """Several seeds run in processes of their own and give median, worst and best."""
    result = roster.run(made=TINY, seconds=60, seeds=2, seed=4, peer="monolithic", trace=False)
    assert result["seeds"] == [4, 5]
    assert [run["seed"] for run in result["runs"]] == [4, 5]
    assert result["best"] <= result["median"] <= result["worst"]
    assert result["exit_code"] == 0


def test_gap_to_best_known(tmp_path: Path) -> None:
    """With a table of best known objectives the distance to it is a share."""
    best = tmp_path / "best.csv"
    best.write_text(f"instance,upper_bound\n{TINY},1\nother,\n", encoding="utf-8")
    result = roster.run(made=TINY, seconds=60, peer="monolithic", best=best)
    assert result["best_known"] == 1
    assert result["gap_to_best_known"] == result["objective"] - 1


def test_every_instance_file_is_read() -> None:
    """Every Curtois and Qu instance at hand is read whole, and its rows are posted."""
    for path in sorted(shared(DATA / "curtois").glob("*.txt")):
        case = curtois.load(path)
        assert case.name == path.stem
        model = post(case.plan, case.book)
        assert len(model.lines) == len(case.instance.staff)
        rows = (len(count.required) for count in model.counts if isinstance(count, Count))
        assert sum(rows) >= len(case.instance.cover)


def test_first_instance_of_curtois() -> None:
    """The smallest instance is solved to its known optimum of 607 by the plain model, bound included."""
    case = curtois.load(shared(DATA / "curtois" / "Instance1.txt")).with_solve(Solve(budget="120"))
    answer = monolithic.solve(case.plan, case.book)
    assert isinstance(answer, Solved)
    assert answer.objective == answer.bound == 607
    assert case.audit(case.rows(answer.roster)) == ([], 607)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_judge_says_the_same_of_any_roster(data: st.DataObject) -> None:
    """The shared judge, our audit and the product's check agree on broken rosters of a generated centre."""
    text = instance(6)
    case = contact_centre.case_of(text)
    codes = [shift["code"] for shift in text["shifts"]]
    chance = data.draw(st.sampled_from([0.3, 0.6, 0.9]))
    rng = data.draw(st.randoms(use_true_random=False))
    rows = [
        (person["id"], str(day), rng.choice(codes), rng.choice(text["skills"]))
        for person in text["agents"]
        for day in range(text["days"])
        if rng.random() < chance
    ]
    said, audit = judge()(text, rows), case.audit(rows)
    assert said["objective"] == audit.objective
    assert bool(said["hard"]) == bool(audit.hard) == bool(verify(case.roster(rows), case.plan, case.book))


@pytest.mark.parametrize("options", [("--days", "14"), ("--uniform", "--days", "14")], ids=["mixed", "uniform"])
def test_the_judge_accepts_what_is_solved(options: tuple[str, ...], tmp_path: Path) -> None:
    """A solved roster of a generated centre has the same objective for the shared judge, without hard violations."""
    file, out = tmp_path / "instance.json", tmp_path / "roster.csv"
    file.write_text(json.dumps(instance(8, *options)), encoding="utf-8")
    result = roster.run(instance=file, seconds=3, out=out)
    command = [sys.executable, str(shared(BENCH / "judge.py")), str(file), str(out)]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    assert (said["hard"], said["objective"]) == (0, result["objective"])
