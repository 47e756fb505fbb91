"""The simulation: speed beside a peer, agreement with formulas, with published simulators and with call logs.

Without `--part` everything is measured; parts that need the shared data are skipped, and say so, where it is absent.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers import simpy as peer
from wfm.domain.jit import COMPILED
from wfm.erlang import erlang_a, modified_load, required_agents, targets_of
from wfm.simulation import (
    Routing,
    Stream,
    Team,
    adjusted,
    draw,
    estimate,
    exponential,
    lognormal,
    never,
    scores,
    simulate,
)
from wfm.simulation.counting import by_columns, one_pass
from wfm.simulation.crew import crew_of
from wfm.simulation.line import one_by_one, together
from wfm.simulation.routing import rules_of
from wfm.simulation.run import play

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.simulation import Contacts

HALF_HOUR = 1800.0
ALONE = ("speed", "erlang", "adjusted")
SHARED = {
    "published": "erlang/contactcenters",
    "calls": "simulated_2021",
    "technion": "technion_1999",
    "skills": "usbank_2003",
}


def run(*, part: str | None = None, replications: int = 1000, seed: int = 1) -> dict[str, Any]:
    """Return what was measured, by part."""
    mine: dict[str, Callable[..., Any]] = {"speed": speed, "erlang": against_erlang, "adjusted": against_target}
    result: dict[str, Any] = {"benchmark": "simulation", "compiled": COMPILED}
    for name in [part] if part else [*ALONE, *SHARED]:
        if name in mine:
            result[name] = mine[name](replications=replications, seed=seed)
            continue
        folder = data() / SHARED[name]
        if folder.exists():
            result[name] = import_module(f"benchmarks.simulation_{name}").measure(folder, seed)
        else:
            result[name] = {"status": "skipped", "reason": f"{SHARED[name]} is not in {data()}"}
    versions = {"python": sys.version.split()[0], "numpy": np.__version__}
    return result | {"versions": versions | ({"numba": version("numba")} if COMPILED else {})}


def data() -> Path:
    """Return the folder of measured data: `WFM_SHARED_DATA`, or the one beside the checkout."""
    return Path(os.environ.get("WFM_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")


def speed(*, replications: int, seed: int) -> dict[str, Any]:
    """Return contacts per second in NumPy, compiled and in simpy, taking turns; a day of 8 hours with 12 agents.

    In seconds of the processor, since all run on one core. Every figure but simpy's has the drawing of random numbers
    and the counting in it; simpy gets its contacts. `skills` is the event loop alone, six queues in a chain.
    """
    stream = Stream("calls", [100.0] * 16, exponential(180), exponential(120))
    team = Team.of_counts(["calls"], [12] * 16, HALF_HOUR)
    crew, rules = crew_of([team]), rules_of(Routing(), ["calls"], [team])
    limit, sample = np.array([20.0]), draw([stream], HALF_HOUR, 20, seed)

    def numpy_(contacts: Contacts) -> None:
        by_columns(contacts, *together(contacts, crew), limit, limit, crew.team, rules.pace, HALF_HOUR, 16)

    def numba_(contacts: Contacts) -> None:
        columns = (contacts.arrival, contacts.handle, contacts.patience, contacts.first, contacts.firsts)
        one_pass(contacts, *one_by_one(*columns, crew), limit, limit, crew.team, rules.pace, HALF_HOUR, 16)

    ours = {"numpy": numpy_, "numba": numba_} if COMPILED else {"numpy": numpy_}
    rates: dict[str, list[float]] = {name: [] for name in (*ours, "simpy", "skills")}
    drawn = draw([stream], HALF_HOUR, replications, seed)
    for way in ours.values():
        way(drawn.part(0, 2))
    for _ in range(3):
        for name, way in ours.items():
            begin = time.process_time()
            contacts = draw([stream], HALF_HOUR, replications, seed)
            way(contacts)
            rates[name].append(contacts.arrival.size / (time.process_time() - begin))
        if peer.name():
            rates["simpy"].append(sample.arrival.size / peer.measure(sample, 12)[0])
        rates["skills"].append(_skills(replications // 5, seed))
    found = {name: statistics.median(values) for name, values in rates.items() if values}
    figures: dict[str, Any] = {f"{name}_contacts_per_second": round(rate) for name, rate in found.items()}
    if "simpy" in found:
        figures |= {"peer": peer.name(), **{f"{name}_times_peer": round(found[name] / found["simpy"]) for name in ours}}
    return figures | {"contacts": int(drawn.arrival.size), "replications": replications}


def _skills(replications: int, seed: int) -> float:
    """Return contacts per second of six queues with two-skilled agents in a chain: the event loop."""
    names = [f"q{k}" for k in range(6)]
    streams = [Stream(name, [300.0] * 16, exponential(180), exponential(120)) for name in names]
    teams = [Team.of_counts((names[k], names[k - 1]), [32] * 16, HALF_HOUR) for k in range(6)]
    crew, rules = crew_of(teams), rules_of(Routing(), names, teams)
    contacts = draw(streams, HALF_HOUR, max(replications, 2), seed)
    play(contacts.part(0, 1), crew, rules)
    begin = time.process_time()
    play(contacts, crew, rules)
    return contacts.arrival.size / (time.process_time() - begin)


def against_erlang(*, replications: int, seed: int) -> dict[str, Any]:
    """Return how far 20 settled queues are from Erlang A, in standard errors; 5 hours of warming up do not count."""
    rng, worst, rows = np.random.default_rng(seed), 0.0, []
    for _ in range(20):
        load, aht, patience = np.exp(rng.uniform(np.log(2), np.log(60))), rng.uniform(60, 400), rng.uniform(30, 600)
        agents, wait = int(np.ceil(load + rng.uniform(-0.5, 1.5) * np.sqrt(load))), float(rng.choice([10, 20, 60]))
        stream = Stream(
            "a",
            [load * HALF_HOUR / aht] * 30,
            exponential(aht),
            exponential(patience),
            acceptable_wait_seconds=wait,
        )
        team = Team.of_counts(["a"], [agents] * 30, HALF_HOUR)
        counts = simulate([stream], [team], HALF_HOUR, replications=min(replications, 400), seed=seed).tally
        want = erlang_a(agents, load, aht, patience, wait)
        offered = counts.offered[:, 0, 10:].sum(axis=1)
        misses = {}
        for name, part, exact in (
            ("answered_within", counts.answered_within, want.answered_within),
            ("abandoned", counts.abandoned, want.abandoned),
            ("wait_seconds", counts.wait_seconds, want.wait_seconds),
        ):
            found = estimate(part[:, 0, 10:].sum(axis=1), offered, confidence=0.6827)
            error = float(found.high - found.value)
            misses[name] = round(abs(float(found.value) - float(exact)) / error, 2)
        worst = max(worst, *misses.values())
        rows.append({"agents": agents, "load": round(float(load), 2), "standard_errors": misses})
    return {"cases": len(rows), "worst_standard_errors": worst, "within_3": worst <= 3, "rows": rows}


def against_target(*, replications: int, seed: int) -> list[dict[str, Any]]:
    """Return staffing of a two-peak day adjusted by simulation, judged on fresh contacts; target 80 % within 20 s."""
    at = np.arange(48)
    shape = np.exp(-(((at - 20) / 6) ** 2)) + 0.8 * np.exp(-(((at - 34) / 5) ** 2)) + 0.05
    rows = []
    for volume, aht, patience, cv in (
        (60, 300, None, 1.0),
        (60, 900, None, 1.3),
        (60, 1800, 120, 1.0),
        (300, 600, 180, 1.0),
    ):
        calls, mean = volume * shape, np.inf if patience is None else patience
        people = never() if patience is None else exponential(patience)
        stream = Stream("a", calls, exponential(aht) if cv == 1 else lognormal(aht, cv), people)
        load = modified_load(calls, aht, HALF_HOUR)
        start = required_agents(load * HALF_HOUR / aht, aht, HALF_HOUR, service_level=0.8, patience_seconds=mean).agents
        sipp = required_agents(calls, aht, HALF_HOUR, service_level=0.8, patience_seconds=mean).agents
        begin = time.process_time()
        found = adjusted(stream, start, targets_of((48,), service_level=0.8), HALF_HOUR, seed=seed)
        seconds = time.process_time() - begin
        worst = {
            name: _worst(stream, agents, replications, seed + 1)
            for name, agents in (("sipp", sipp), ("modified_load", start), ("simulated", found.agents))
        }
        rows.append(
            {
                "calls": round(float(calls.sum())),
                "aht_seconds": aht,
                "patience_seconds": patience,
                "handle_cv": cv,
                "seconds": round(seconds, 2),
                "rounds": found.rounds,
                "agent_intervals": {
                    "sipp": int(sipp.sum()),
                    "modified_load": int(start.sum()),
                    "simulated": int(found.agents.sum()),
                },
                "worst_service_level": worst,
            }
        )
    return rows


def _worst(stream: Stream, agents: Any, replications: int, seed: int) -> float:
    team = Team.of_counts([stream.name], agents, HALF_HOUR)
    table = scores(simulate([stream], [team], HALF_HOUR, replications=replications, seed=seed))
    return round(float(table["service_level"].min()), 4)
