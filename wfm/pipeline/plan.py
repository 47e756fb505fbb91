"""From calls to a roster with its pay, from a folder or from tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wfm import roster
from wfm.files import from_frames, ready
from wfm.pipeline import stages
from wfm.pipeline.jobs import processes
from wfm.pipeline.leave_audit import audited
from wfm.pipeline.result import PlanResult, result_of, whole
from wfm.pipeline.write import write_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from threading import Event
    from typing import Any

    import pandas as pd

    from wfm.domain.agents import Absence, Agent, Balance, Exemption, Pin, Request
    from wfm.domain.answer import Progress
    from wfm.domain.plan import Inputs
    from wfm.domain.roster import Assignment
    from wfm.domain.settings import Settings
    from wfm.domain.text import Locale


def plan_folder(
    folder: Path | str,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    budget: str | None = None,
    seed: int | None = None,
    locale: Locale | None = None,
    jobs: int = 1,
) -> PlanResult:
    """Return the planned period of a folder, and write it to the folder's `out/`.

    Parameters
    ----------
    folder
        A planning folder: `plan.toml`, `history.csv`, `agents.csv` and what else there is.
    progress
        Called whenever the search got better.
    stop
        Set it to end the search with the best roster so far.
    budget
        Search effort such as `"60s"`; None keeps the folder's.
    seed
        Seed of the search; None keeps the folder's.
    locale
        Language of the files; None keeps the folder's.
    jobs
        Sites and teams that share nothing are solved so many at a time, in processes of their own.

    Raises
    ------
    InputErrors
        With every problem of every file; `out/` stays as it was.
    PluginError
        When a part of the user's fails: before the search `out/` stays as it was, after it the roster is written.
    """
    folder = Path(folder)
    inputs = stages.read(folder, budget=budget, seed=seed, locale=locale)
    ready(folder)
    with processes(jobs) as executor:
        result = plan_inputs(inputs, progress=progress, stop=stop, executor=executor, jobs=jobs)
    if result.worth_writing:
        write_plan(folder, result)
    return result


def plan(
    settings: Settings | Mapping[str, Any],
    history: pd.DataFrame,
    agents: pd.DataFrame | Sequence[Agent],
    *,
    requests: pd.DataFrame | Sequence[Request] | None = None,
    leave: pd.DataFrame | Sequence[Absence] | None = None,
    pins: pd.DataFrame | Sequence[Pin] | None = None,
    exceptions: pd.DataFrame | Sequence[Exemption] | None = None,
    events: pd.DataFrame | None = None,
    calendar: pd.DataFrame | None = None,
    previous_roster: pd.DataFrame | None = None,
    published_roster: pd.DataFrame | Iterable[Assignment] | None = None,
    pay: pd.DataFrame | None = None,
    balances: pd.DataFrame | Sequence[Balance] | None = None,
    worked: pd.DataFrame | None = None,
    quality: pd.DataFrame | None = None,
    progress: Progress | None = None,
    stop: Event | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> PlanResult:
    """Return the planned period of tables and objects; nothing is written.

    The tables have the columns of the files of a planning folder, and are checked the same way. `published_roster` is
    the roster already published for the same period, for instance the `roster` of an earlier result.

    Sites and teams that share nothing are solved apart: in `executor`, a `concurrent.futures.Executor` of threads, of
    processes or of a cluster, and `jobs` says how many can run at a time (see `wfm.solve`).

    Raises
    ------
    InputErrors
        With every problem of every table; the file of a problem is the argument's name.
    """
    inputs = from_frames(
        settings,
        history,
        agents,
        requests=requests,
        leave=leave,
        pins=pins,
        exceptions=exceptions,
        events=events,
        calendar=calendar,
        previous_roster=previous_roster,
        published_roster=published_roster,
        pay=pay,
        balances=balances,
        worked=worked,
        quality=quality,
        checks=stages.checks(),
        rule_kinds=roster.rule_kinds,
        people_checks=(roster.strangers,),
    )
    return whole(plan_inputs(audited(inputs), progress=progress, stop=stop, executor=executor, jobs=jobs))


def plan_inputs(
    inputs: Inputs,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> PlanResult:
    """Return the planned period of validated inputs; nothing is written.

    `executor` and `jobs` are those of `plan`.

    Raises
    ------
    NotEnoughHistory
        When a queue cannot be forecast.
    InputErrors
        When wages are given, but not for everybody.
    """
    known = stages.demand(inputs, progress)
    asked = stages.plan_of(known)
    stages.refuse_missing_pay(asked, inputs)
    book = roster.book_for(asked)
    answer = roster.solve(asked, book, progress=progress, stop=stop, executor=executor, jobs=jobs)
    return result_of(known, asked, answer, book, jobs)
