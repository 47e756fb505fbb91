"""Examples of another simulator (ContactCenters of the University of Montreal) with its published intervals.

Their parameters stand in `doc/examples` of umontreal-simul/contactcenters, beside the results. A figure is met when our
interval of confidence and the published one overlap; `inside` says whether our mean lies in the published one, which
happens to a true mean 95 (or 90) times in 100.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from wfm.simulation import Law, Routing, Stream, Team, draw, estimate, exponential, never, simulate, uniform
from wfm.simulation.crew import crew_of
from wfm.simulation.routing import rules_of
from wfm.simulation.run import play

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from wfm.simulation import Simulated

    Floats = npt.NDArray[np.float64]

REPLICATIONS = 3000
MINUTE, HOUR = 60.0, 3600.0
STRICTLY = 1e-9
"""Their limit of waiting is exclusive."""


class Figure(NamedTuple):
    """What we found for one published figure: sums of one thing over sums of another, per replication."""

    example: str
    name: str
    place: str
    """Text in the published report in front of the figure's interval."""
    part: Floats
    whole: Floats


def measure(folder: Path, seed: int) -> dict[str, Any]:
    """Return every figure beside the published interval."""
    figures = [*mmc(seed), *mmc_with_patience(seed), *one_queue_busy_days(seed), *two_groups(seed), *bilingual(seed)]
    rows = [_compared(folder, figure) for figure in figures]
    return {
        "figures": len(rows),
        "met": sum(r["met"] for r in rows),
        "inside": sum(r["inside"] for r in rows),
        "rows": rows,
    }


def _compared(folder: Path, figure: Figure) -> dict[str, Any]:
    low, high = published(folder / f"{figure.example}.res", figure.place)
    ours = estimate(figure.part, figure.whole)
    return {
        "example": figure.example,
        "figure": figure.name,
        "published": [low, high],
        "ours": [round(float(end), 5) for end in (ours.low, ours.value, ours.high)],
        "inside": bool(low <= ours.value <= high),
        "met": bool(ours.low <= high and low <= ours.high),
    }


def published(report: Path, place: str) -> tuple[float, float]:
    """Return the first interval of confidence behind a text of a report."""
    text = report.read_text("utf-8")
    for word in place.split("|"):
        text = text[text.index(word) + len(word) :]
    found = re.search(r"\(\s*([-\d.E]+),\s*([-\d.E]+)\s*\)", text)
    if found is None:
        raise ValueError(f"{report.name} has no interval behind {place!r}")
    return float(found[1]), float(found[2])


def _day(result: Simulated, name: str) -> Floats:
    total: Floats = getattr(result.tally, name).sum(axis=(1, 2))
    return total


def mmc(seed: int, patience: Law | None = None, example: str = "MMC") -> list[Figure]:
    """Return the figures of one queue: 4.2 contacts a minute of 2 minutes, 12 agents, 8 hours from empty."""
    stream = Stream(
        "a",
        [4.2 * 30] * 16,
        exponential(2 * MINUTE),
        patience or never(),
        acceptable_wait_seconds=20 - STRICTLY,
    )
    team = Team(("a",), (((0.0, 10 * HOUR),),) * 12)
    found = simulate([stream], [team], 30 * MINUTE, replications=REPLICATIONS, seed=seed)
    good, served, one = _day(found, "answered_within"), _day(found, "answered"), np.ones(REPLICATIONS)
    late = _day(found, "abandoned") - _day(found, "abandoned_within")
    waits, busy = _day(found, "answered_wait_seconds") / MINUTE, _day(found, "busy_seconds")
    figures = [
        Figure(example, "in target", "contacts in target", good, one),
        Figure(example, "service level of the answered", "==> Service level", good, served),
        Figure(example, "speed of answer (minutes)", "Speed of answer", waits, served),
        Figure(example, "occupancy", "Occupancy ratio", busy, one * 8 * HOUR * 12),
    ]
    if patience is None:
        return figures
    lost = Figure(example, "abandoned", "having abandoned", _day(found, "abandoned"), one)
    return [*figures, lost, Figure(example, "service level", "level with abandonment", good, served + late)]


def mmc_with_patience(seed: int) -> list[Figure]:
    """Return the figures of the same queue with a mean patience of a minute."""
    return mmc(seed, exponential(MINUTE), "MMCAb")


def one_queue_busy_days(seed: int) -> list[Figure]:
    """Return the figures of 13 hours with their own rates and agents, busy and quiet days, one in ten never waits."""
    agents = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4, 4]
    rates = [100.0, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60, 0]
    patience = Law(lambda rng, n: np.where(rng.random(n) < 0.1, 0.0, rng.standard_exponential(n) * 1000), 900)
    stream = Stream("a", rates, exponential(100), patience, load_cv=10**-0.5, acceptable_wait_seconds=20 - STRICTLY)
    found = simulate([stream], [Team.of_counts(["a"], agents, HOUR)], HOUR, replications=REPLICATIONS, seed=seed)
    expected = np.full(REPLICATIONS, sum(rates))
    good = _day(found, "answered_within") + _day(found, "abandoned_within")
    return [
        Figure("CallCC", "contacts", "arrivals per day", _day(found, "offered"), expected / sum(rates)),
        Figure("CallCC", "wait (seconds)", "waiting time per customer", _day(found, "wait_seconds"), expected),
        Figure("CallCC", "in time", "waiting times < s", good, expected),
        Figure("CallCC", "lost", "calls lost", _day(found, "abandoned"), expected),
    ]


def two_groups(seed: int) -> list[Figure]:
    """Return the figures of three types and two groups, each with its own type and one shared; rates vary together.

    In period 2 there are half the agents: those leave who are free first.
    """
    rates = np.array([[4.2, 5.3, 3.2, 0], [5.1, 4.3, 4.8, 0], [6.3, 5.2, 4.8, 0]]) * 120
    names = ["0", "1", "2"]
    teams = [
        Team.of_counts(["1", "0"], [12, 18, 9, 9], 2 * HOUR, leaving="first_free"),
        Team.of_counts(["2", "1"], [15, 20, 11, 11], 2 * HOUR, leaving="first_free"),
    ]
    rng, runs = np.random.default_rng(seed), []
    for k in range(REPLICATIONS):
        busy = rng.gamma(28.7, 1 / 28.7)
        streams = [
            Stream(
                name,
                rate * busy,
                exponential(MINUTE),
                exponential(MINUTE),
                handle_scale=[1 / 0.5, 1 / 0.6, 1 / 0.4, 1 / 0.4],
                patience_scale=[1 / 0.3, 1 / 0.4, 1 / 0.2, 1 / 0.2],
                acceptable_wait_seconds=20 - STRICTLY,
            )
            for name, rate in zip(names, rates, strict=True)
        ]
        routing = Routing(agent="skill_order")
        day = simulate(streams, teams, 2 * HOUR, replications=1, seed=seed * 10_000_000 + k, routing=routing)
        runs.append(day.tally)
    good, served, lost, soon = (
        np.concatenate([getattr(run, name) for run in runs])
        for name in ("answered_within", "answered", "abandoned", "abandoned_within")
    )
    one, days = np.ones(REPLICATIONS), (1, 2)
    cells = [
        Figure("SimpleMSK", f"in target, type {k}, period {p}", f"Type {k}, period {p}", good[:, k, p], one)
        for k in range(3)
        for p in range(3)
    ]
    total = good.sum(axis=days), (served + lost - soon).sum(axis=days)
    return [
        Figure("SimpleMSK", "served", "served contacts", served.sum(axis=days), one),
        Figure("SimpleMSK", "abandoned", "having abandoned", lost.sum(axis=days), one),
        Figure("SimpleMSK", "service level", "==> Service level", *total),
        *cells,
    ]


def bilingual(seed: int) -> list[Figure]:
    """Return the figures of a week with 7 English, 7 Spanish, 4 bilingual agents, 40 lines and callers who return."""
    weeks = REPLICATIONS // 3
    rate, names = [100.0, *[50.0] * 8, 0.0], ["English", "Spanish"]
    streams = [
        Stream(name, rate, uniform(*handle), exponential(2 * MINUTE), redial_share=0.75, redial=uniform(1200, 1200))
        for name, handle in zip(names, ((180.0, 420.0), (240.0, 360.0)), strict=True)
    ]
    day = (((0.0, 9 * HOUR),),)
    teams = [Team(("English",), day * 7), Team(("Spanish",), day * 7), Team(("English", "Spanish"), day * 4)]
    routing = Routing(agent="any", tie="chance", lines=40)
    crew, rules = crew_of(teams), rules_of(routing, names, teams)
    contacts = draw(streams, HOUR, 5 * weeks, seed)
    waited = _returns_with_same_patience(contacts)
    begin, by = play(contacts, crew, rules)
    came, served = np.isfinite(contacts.arrival), by >= 0
    wait = np.where(served, begin, np.inf) - np.where(came, contacts.arrival, 0.0)
    in_target = served & (wait + waited < MINUTE)
    week = np.repeat(np.arange(5 * weeks) // 5, np.diff(contacts.first))

    def total(which: npt.NDArray[np.bool_], weights: Floats | None = None) -> Floats:
        return np.bincount(week[which], None if weights is None else weights[which], weeks).astype(float)

    one, rows = np.ones(weeks), []
    for q, name in enumerate(names):
        mine = contacts.queue == q
        for what, which, place in (
            ("arrived", came, "arrived contacts"),
            ("served", served, "served contacts"),
            ("in target", in_target, "contacts in target"),
        ):
            rows.append(Figure("Bilingual", f"{what}, {name}", f"{place}|{name}", total(mine & which), one))
    for g, (name, agents) in enumerate((("English-only", 7), ("Spanish-only", 7), ("bilingual", 4))):
        mine = np.zeros(by.size, dtype=bool)
        mine[served] = crew.team[by[served]] == g
        percent = total(mine, contacts.handle) / (45 * HOUR * agents) * 100
        rows.append(Figure("Bilingual", f"occupancy, {name}", f"occupancy ratio|{name}", percent, one))
    return rows


def _returns_with_same_patience(contacts: Any) -> Floats:
    """Return what each attempt waited before; those who return have the patience and the errand they had."""
    waited = np.zeros(contacts.arrival.size)
    offset = np.repeat(contacts.first[:-1], np.diff(contacts.first))
    for i in np.flatnonzero(contacts.follows >= 0):
        after = contacts.follows[i] + offset[i]
        contacts.patience[after], contacts.handle[after] = contacts.patience[i], contacts.handle[i]
        waited[after] = waited[i] + contacts.patience[i]
    return waited
