"""The whole table: every target with every seed, then the peers, then the page; hours on two cores, resumable.

Each run is a process of its own and leaves one small file; a run whose file exists for the same versions and the same
sources of the engine is not repeated.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import table
from benchmarks.origin import machine, versions
from benchmarks.targets import COLD, COLD_RUN, PEER_SECONDS, TARGETS, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
DATA = Path(os.environ.get("WFM_SHARED_DATA", HERE.parents[1] / "shared" / "data"))
"""Data of others, never part of the product."""
EXAMPLE = "example:"
WARMING = [sys.executable, "-m", "benchmarks", "roster", "--made", "mixed-30-1", "--seconds", "5"]
"""A run that nobody looks at: it fills the compile cache."""


@dataclass(frozen=True)
class Job:
    """One run."""

    instance: str
    seconds: int
    solver: str
    seed: int

    @property
    def file(self) -> str:
        """Name of the file of its result."""
        plain = f"{self.instance}_{self.seconds}s_{self.solver}_{self.seed}"
        return "".join(c if c.isalnum() or c in "_-." else "-" for c in plain) + ".json"


def run(
    results: Path = table.RESULTS,
    *,
    generator: Path | None = None,
    only: str = "",
    seeds: int = 3,
    keep: bool = False,
    page: Path = table.PAGE,
) -> dict[str, Any]:
    """Return how many runs were made, found and skipped, after writing the page.

    Parameters
    ----------
    results
        Folder of the saved results.
    generator
        `contact_centre.py`; looked for beside the shared data when None.
    only
        Part of the names of the instances to run.
    seeds
        Seeds 1 to this of every target.
    keep
        Whether results of other versions count as done.
    """
    results.mkdir(parents=True, exist_ok=True)
    done = dict.fromkeys(("made", "found", "skipped"), 0)
    _measured(WARMING, {})
    with tempfile.TemporaryDirectory() as place:
        shop = _Shop(generator or DATA.parent / "bench" / "contact_centre.py", Path(place))
        for job in jobs(seeds):
            if only in job.instance:
                done[_do(job, results / job.file, shop, keep=keep)] += 1
    table.run(results, page=page)
    return {"benchmark": "all", **done, "results": str(results), "page": str(page)}


def jobs(seeds: int) -> Iterator[Job]:
    """Yield every run: per instance our seeds and the peers in turn."""
    for instance in dict.fromkeys(target.instance for target in TARGETS):
        limits = [target.seconds for target in TARGETS if target.instance == instance]
        if not instance.startswith(EXAMPLE):
            limits = [*dict.fromkeys([*limits, PEER_SECONDS])]
        for seconds in limits:
            yield from (Job(instance, seconds, "wfm", seed) for seed in range(1, seeds + 1))
        if not instance.startswith(EXAMPLE):
            yield Job(instance, PEER_SECONDS, "monolithic", 1)
        if instance.startswith("cc"):
            yield Job(instance, PEER_SECONDS, "pyworkforce", 1)
    yield Job(*COLD_RUN, COLD, 1)


class _Shop:
    """Where the files of instances come from.

    Parameters
    ----------
    generator
        `contact_centre.py`.
    place
        Where the instances that it makes are kept.
    """

    def __init__(self, generator: Path, place: Path) -> None:
        self.generator, self.place = generator, place

    def task(self, name: str) -> list[str]:
        """Return the arguments that name an instance.

        Raises
        ------
        FileNotFoundError
            When what it is made from is absent.
        """
        if name.startswith("Instance"):
            return ["--curtois", self._there(DATA / "curtois" / f"{name}.txt")]
        path = self.place / f"{name}.json"
        if not path.exists():
            self._there(self.generator)
            size, _, seed = name.removeprefix("cc").partition("-")
            command = [sys.executable, str(self.generator), size[:-1], seed]
            command += ["--uniform"] if size.endswith("u") else []
            path.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
        return ["--instance", str(path)]

    @staticmethod
    def _there(path: Path) -> str:
        if not path.exists():
            raise FileNotFoundError(path.name)
        return str(path)


def _do(job: Job, file: Path, shop: _Shop, *, keep: bool) -> str:
    """Make one run unless its result is there; return what happened."""
    if file.exists() and (keep or _fresh(json.loads(file.read_text("utf-8")))):
        return "found"
    try:
        command = command_of(job, shop)
    except FileNotFoundError as error:
        print(f"skipped {job.file}: {error} is absent", file=sys.stderr)
        return "skipped"
    print(job.file, file=sys.stderr)
    with tempfile.TemporaryDirectory() as cold:
        result = _measured(command, {"NUMBA_CACHE_DIR": cold} if job.solver == COLD else {})
    about = {"instance": job.instance, "solver": job.solver, "seed": job.seed, "asked_seconds": job.seconds}
    file.write_text(json.dumps(result | about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return "made"


def _fresh(result: Run) -> bool:
    """Return whether a result was made with what is installed now; peers do not care about the engine.

    A crash is always tried again.
    """
    aside = {} if result["solver"] in ("wfm", COLD) else {"engine": ""}
    same = {**result["versions"], **aside} == {**versions(), **aside}
    return same and result["status"] not in ("crashed", "skipped")


def command_of(job: Job, shop: _Shop) -> list[str]:
    """Return the command line of a run."""
    if job.instance.startswith(EXAMPLE):
        example = job.instance.removeprefix(EXAMPLE)
        words = ["pipeline", "--example", example, "--budget", f"{job.seconds}s", "--seed", str(job.seed)]
        return [sys.executable, "-m", "benchmarks", *words]
    words = ["roster", *shop.task(job.instance), "--seconds", str(job.seconds), "--seed", str(job.seed), "--no-trace"]
    words += ["--peer", job.solver] if job.solver not in ("wfm", COLD) else []
    best = DATA / "curtois" / "best_known.csv"
    words += ["--best", str(best)] if best.exists() else []
    return [sys.executable, "-m", "benchmarks", *words]


def _measured(command: list[str], variables: Mapping[str, str]) -> Run:
    """Return the result of a run; a crash is a result too."""
    load = os.getloadavg()[0]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=HERE.parent, env={**os.environ, **variables}
    )
    known: Run = {"machine": machine(load), "versions": versions()}
    if not done.stdout:
        said = done.stderr.strip().rpartition("\n")[2]
        return known | {"status": "crashed", "objective": None, "bound": None, "said": said}
    result: Run = json.loads(done.stdout)
    return known | result | {"versions": versions()}
