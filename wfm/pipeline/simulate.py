"""The roster in `out/` and the requirement, played contact by contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wfm import export
from wfm.domain.errors import ManifestError
from wfm.pipeline.load import published
from wfm.pipeline.simulate_messages import NOBODY_WAITS
from wfm.pipeline.simulate_tables import beside
from wfm.pipeline.simulated import required_team, rows_of, simulable, slowed, stream_of, teams_of
from wfm.pipeline.write import SIMULATION, write_out
from wfm.simulation import Routing, Team, exponential, lognormal, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from wfm.domain.text import Locale
    from wfm.pipeline.load import Published
    from wfm.simulation import Law, Simulated, Stream

REPLICATIONS = 200
Mode = Literal["rostered", "longest_wait", "priority", "skill_order"]
"""Whom agents serve: the queue they are rostered on, or every queue for which they have the skill, by a rule of
`wfm.simulation.Routing`; `priority` is the order of the queues in `plan.toml`."""


@dataclass(frozen=True)
class Scored:
    """What the simulation says of a roster.

    Attributes
    ----------
    intervals
        The columns of `simulation.csv`.
    days, queues
        The same per queue and date, and per queue.
    left_out
        Queues that are not simulated, since their contacts are deferred.
    """

    intervals: pd.DataFrame
    days: pd.DataFrame
    queues: pd.DataFrame
    left_out: tuple[str, ...]
    replications: int
    seed: int


def simulate_folder(
    folder: Path,
    *,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    mode: Mode = "rostered",
    handle_cv: float | None = None,
    locale: Locale | None = None,
    progress: Callable[[float], None] | None = None,
) -> Scored:
    """Return the score of the roster in `out/` and of the requirement, after writing `simulation.csv`.

    Parameters
    ----------
    replications
        How often the period is simulated.
    seed
        Of the contacts; that of the folder when None.
    handle_cv
        Standard deviation / mean of handle times, which are then lognormal; exponential when None.
    progress
        Called with the share that is done.

    Raises
    ------
    InputErrors
        With every problem of every file of the folder.
    ManifestError
        When `out/` holds no roster, is not as it was written, was made from other inputs, or no queue can be simulated.
    SettingsError
        When a number is out of its range.
    """
    base = published(folder, locale=locale)
    names = simulable(base.plan.settings)
    if not names:
        raise ManifestError(NOBODY_WAITS.fill(folder=folder))
    seed = base.plan.settings.solve.seed if seed is None else seed
    law = exponential(1.0) if handle_cv is None else lognormal(1.0, handle_cv)
    house = _House(base, names, law, replications, seed)
    tell = progress or _silent
    roster = house.roster(mode if len(names) > 1 else "rostered", lambda share: tell(share / 2))
    required = house.requirement(lambda share: tell((1 + share) / 2))
    left_out = tuple(name for name in base.plan.settings.queues if name not in names)
    scored = Scored(*beside(base.plan, names, roster, required), left_out, replications, seed)
    write_out(
        folder, base.known.inputs, lambda out: export.write_csv(scored.intervals, out / SIMULATION), over=base.facts
    )
    return scored


def _silent(_: float) -> None:
    return


@dataclass(frozen=True)
class _House:
    """A published roster with what is simulated, how often and with which contacts."""

    base: Published
    names: Sequence[str]
    law: Law
    replications: int
    seed: int

    @property
    def seconds(self) -> float:
        """Length of an interval."""
        return self.base.plan.grid.minutes * 60.0

    def stream(self, name: str, slower: float = 1.0) -> Stream:
        """Return the contacts of a queue, each taking so many times longer."""
        rows = rows_of(self.base.known.requirement, name)
        plan = self.base.plan
        return stream_of(
            name, rows.assign(aht_seconds=rows["aht_seconds"] * slower), plan.settings, plan.grid, self.law
        )

    def roster(self, mode: Mode, tell: Callable[[float], None]) -> list[Simulated]:
        """Return what the roster achieves: each queue for itself, or all of them together."""
        plan = self.base.plan
        teams = teams_of(self.base.roster, plan, self.names, shared=mode != "rostered")
        slower = slowed(plan.settings)
        if mode == "rostered":
            own = {name: [t for t in teams if t.skills == (name,)] or [Team((name,), ())] for name in self.names}
            return self._one_by_one(own, slower, tell)
        ranks = {name: k for k, name in enumerate(self.names)}
        routing = Routing(mode, "skill_order", priority=ranks, lines=self._lines(self.names))
        return [self._run([self.stream(name, slower) for name in self.names], teams, routing, tell)]

    def requirement(self, tell: Callable[[float], None]) -> list[Simulated]:
        """Return what exactly the required agents on each queue achieve."""
        table, settings = self.base.known.requirement, self.base.plan.settings
        teams = {name: [required_team(name, rows_of(table, name), settings, self.seconds)] for name in self.names}
        return self._one_by_one(teams, 1.0, tell)

    def _one_by_one(
        self, teams: dict[str, list[Team]], slower: float, tell: Callable[[float], None]
    ) -> list[Simulated]:
        found = []
        for k, name in enumerate(self.names):
            routing = Routing(lines=self._lines([name]))
            part = _part(tell, k, len(self.names))
            found.append(self._run([self.stream(name, slower)], teams[name], routing, part))
        return found

    def _run(
        self, streams: Sequence[Stream], teams: Sequence[Team], routing: Routing, tell: Callable[[float], None]
    ) -> Simulated:
        return simulate(
            streams,
            teams,
            self.seconds,
            replications=self.replications,
            seed=self.seed,
            routing=routing,
            progress=lambda done: tell(done / self.replications),
        )

    def _lines(self, names: Sequence[str]) -> int | None:
        """Return the lines of some queues together; None where one of them has no limit."""
        queues = [self.base.plan.settings.queues[name] for name in names]
        limits = [queue.lines if queue.model == "lines" else None for queue in queues]
        return None if None in limits else sum(limit or 0 for limit in limits)


def _part(tell: Callable[[float], None], k: int, of: int) -> Callable[[float], None]:
    return lambda share: tell((k + share) / of)
