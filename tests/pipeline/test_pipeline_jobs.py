"""Teams in processes of their own, from a folder or from what was read."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

import wfm
from wfm.domain.roster import Roster
from wfm.pipeline.jobs import processes
from wfm.pipeline.plan import plan_folder
from wfm.pipeline.roster import roster_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def teams(folder: Path) -> Path:
    """Return the small folder with a second queue that only two of its agents serve."""
    toml, history, agents = (folder / name for name in ("plan.toml", "history.csv", "agents.csv"))
    text = toml.read_text("utf-8").replace("[contracts.full]", TARGET + "\n[contracts.full]")
    toml.write_text(text, encoding="utf-8")
    head, *rows = history.read_text("utf-8").splitlines()
    assert all("sales" in row for row in rows)
    history.write_text("\n".join([head, *rows, *(row.replace("sales", "chat") for row in rows)]) + "\n", "utf-8")
    text = agents.read_text("utf-8")
    agents.write_text(text.replace("A1,Agent 1,red,full,sales", "A1,Agent 1,red,full,chat"), encoding="utf-8")
    return folder


TARGET = "[queues.chat]\ntarget = { service_level = 0.80, acceptable_wait_seconds = 20 }\n"


def test_one_job_needs_no_process() -> None:
    """With one job there is no executor."""
    with processes(1) as executor:
        assert executor is None


def test_processes_leave_ctrl_c_alone() -> None:
    """Ctrl-C does not reach the processes of the parts."""
    with processes(2) as executor:
        assert executor is not None
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_a_folder_of_two_teams(teams: Path) -> None:
    """Two processes make the roster that the parts make here with the same budgets; it passes the audit."""
    result = plan_folder(teams, jobs=2)
    assert isinstance(result.answer, wfm.Solved)
    assert result.answer.trace[-1].objective == pytest.approx(result.answer.objective)
    book = wfm.build_book(result.plan.settings)
    assert not [v for v in wfm.verify(result.answer.roster, result.plan, book) if v.severity == "hard"]
    alone = wfm.solve(result.plan, book, jobs=2)
    assert isinstance(alone, wfm.Solved)
    assert list(alone.roster) == list(result.answer.roster)


def test_roster_only(teams: Path) -> None:
    """`roster_folder` takes jobs too."""
    assert isinstance(roster_folder(teams, jobs=2).answer, wfm.Solved)


def test_an_executor_of_the_callers(teams: Path) -> None:
    """`wfm.plan_inputs` runs the parts in whatever executor it is handed."""
    inputs = wfm.read_folder(teams)
    with ThreadPoolExecutor(2) as executor:
        answer = wfm.plan_inputs(inputs, executor=executor).answer
    plain = wfm.plan_inputs(inputs).answer
    assert isinstance(answer, wfm.Solved)
    assert isinstance(plain, wfm.Solved)
    assert isinstance(answer.roster, Roster)
    assert list(answer.roster) == list(plain.roster)
