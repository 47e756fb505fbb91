"""`python -m benchmarks NAME [OPTIONS]` prints one JSON object; without a name, one for each that needs no file."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

ALONE = ("erlang", "exports", "pipeline")
"""Benchmarks that need no file."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all benchmarks; an option left out is not passed on."""
    root = argparse.ArgumentParser(prog="python -m benchmarks", argument_default=argparse.SUPPRESS)
    names = root.add_subparsers(dest="name")

    def add(name: str, about: str) -> argparse.ArgumentParser:
        one = names.add_parser(name, help=about, argument_default=argparse.SUPPRESS)
        one.add_argument("--json", action="store_true", help="print JSON (always the case)")
        return one

    erlang = add("erlang", "speed of the queueing formulas, or every case of a file")
    erlang.add_argument("--cases", type=Path, help="JSON file of cases to compute instead")
    erlang.add_argument("--out", type=Path, help="where the cases are written with what was computed")
    erlang.add_argument("--minimal", type=int, help="so many random cases: is the number of agents the smallest?")
    simulation = add("simulation", "the simulation: speed, formulas, published simulators, call logs")
    parts = ("speed", "erlang", "adjusted", "published", "calls", "technion", "skills")
    simulation.add_argument("--part", choices=parts, help="only this part")
    simulation.add_argument("--replications", type=int, help="replications of the parts that draw contacts (1000)")
    simulation.add_argument("--seed", type=int)
    _add_forecast(add("forecast", "backtest of the forecasters on one series, or on the shared ones"))
    pipeline = add("pipeline", "the whole line on an example")
    pipeline.add_argument("--example")
    pipeline.add_argument("--budget")
    pipeline.add_argument("--seed", type=int)
    exports = add("exports", "every export profile for a month of many agents")
    exports.add_argument("--agents", type=int, help="so many agents (1000)")
    _add_roster(add("roster", "the roster engine on one instance, or on our own cases"))
    books = add("books", "the example under every preset and law pack: docs/rule-prices.md")
    books.add_argument("--seconds", type=float, help="deterministic seconds of search per book (10)")
    _add_all(add("all", "the whole table of the roster engine, then its page: hours, resumable"))
    table = add("table", "docs/benchmarks.md from saved results")
    table.add_argument("--results", type=Path, help="folder of the results")
    table.add_argument("--check", action="store_true", help="write nothing, fail when the page is stale")
    return root


def _add_forecast(forecast: argparse.ArgumentParser) -> None:
    forecast.add_argument("--series", type=Path, help="CSV with interval_start,offered")
    forecast.add_argument("--country", help="ISO 3166 code: whose holidays; without it none are known")
    forecast.add_argument("--interval", help="length of an interval (30min)")
    forecast.add_argument("--models", help="kinds of forecasters, joined by commas")
    forecast.add_argument("--origins", type=int, help="so many origins (12)")
    forecast.add_argument("--first-origin", type=int, help="days of history before the earliest origin")
    other = forecast.add_mutually_exclusive_group()
    other.add_argument("--injected", action="store_true", help="what outages and spikes in the history cost instead")
    other.add_argument("--queues", type=int, help="seconds of a forecast of so many made queues instead")


def _add_roster(roster: argparse.ArgumentParser) -> None:
    which = roster.add_mutually_exclusive_group()
    which.add_argument("--instance", type=Path, help="JSON file of contact_centre.py")
    which.add_argument("--curtois", type=Path, help="text file of Curtois and Qu")
    which.add_argument("--made", help="one of our own: mixed-AGENTS-SEED, uniform-AGENTS-SEED or teams-AGENTS-SEED")
    roster.add_argument("--seconds", type=float, help="wall seconds for everything after imports")
    roster.add_argument("--seed", type=int)
    roster.add_argument("--seeds", type=int, help="so many seeds from --seed on: median, worst, best")
    roster.add_argument("--target-gap", type=float, help="stop at this gap (0: only when proven optimal)")
    roster.add_argument("--out", type=Path, help="where the roster is written")
    roster.add_argument("--best", type=Path, help="CSV with instance,upper_bound: best known objectives")
    roster.add_argument("--peer", choices=("monolithic", "pyworkforce"), help="who solves instead of wfm")
    roster.add_argument("--no-trace", dest="trace", action="store_false", help="leave the steps of the search out")


def _add_all(everything: argparse.ArgumentParser) -> None:
    everything.add_argument("--results", type=Path, help="folder of the results")
    everything.add_argument("--generator", type=Path, help="contact_centre.py")
    everything.add_argument("--only", help="part of the names of the instances to run")
    everything.add_argument("--seeds", type=int, help="seeds 1 to this of every target (3)")
    everything.add_argument("--keep", action="store_true", help="results of other versions count as done")


def measure(name: str, **options: Any) -> dict[str, Any]:
    """Return what one benchmark measured."""
    result: dict[str, Any] = importlib.import_module(f"benchmarks.{name}").run(**options)
    return result


def main(arguments: list[str]) -> int:
    """Run the benchmark that is named, or all that stand alone; return the exit code."""
    options = vars(parser().parse_args(arguments))
    options.pop("json", None)
    name = options.pop("name", None)
    worst = 0
    for chosen in [name] if name else ALONE:
        result = measure(chosen, **options)
        worst = max(worst, result.pop("exit_code", 0))
        print(json.dumps(result, ensure_ascii=False, default=str))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
