"""`python -m benchmarks NAME [OPTIONS]` prints one JSON object; without a name, one for each that needs no file."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

ALONE = ("erlang", "pipeline")
"""Benchmarks that need no file."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all benchmarks; an option left out is not passed on."""
    root = argparse.ArgumentParser(prog="python -m benchmarks", argument_default=argparse.SUPPRESS)
    names = root.add_subparsers(dest="name")

    def add(name: str, about: str) -> argparse.ArgumentParser:
        one = names.add_parser(name, help=about, argument_default=argparse.SUPPRESS)
        one.add_argument("--json", action="store_true", help="print JSON (always the case)")
        return one

    add("erlang", "speed of the queueing formulas")
    forecast = add("forecast", "backtest of one series")
    forecast.add_argument("--series", type=Path, required=True, help="CSV with interval_start,offered")
    pipeline = add("pipeline", "the whole line on an example")
    pipeline.add_argument("--example")
    pipeline.add_argument("--budget")
    pipeline.add_argument("--seed", type=int)
    return root


def measure(name: str, **options: Any) -> dict[str, Any]:
    """Return what one benchmark measured."""
    result: dict[str, Any] = importlib.import_module(f"benchmarks.{name}").run(**options)
    return result


def main(arguments: list[str]) -> None:
    """Run the benchmark that is named, or all that stand alone."""
    options = vars(parser().parse_args(arguments))
    options.pop("json", None)
    name = options.pop("name", None)
    for chosen in [name] if name else ALONE:
        print(json.dumps(measure(chosen, **options), ensure_ascii=False, default=str))


if __name__ == "__main__":
    main(sys.argv[1:])
