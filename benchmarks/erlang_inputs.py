"""Inputs of the reference cases: numbers that stand as numbers or as text, and laws of patience in words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from wfm.erlang import (
    Definition,
    Patience,
    deterministic,
    exponential,
    gamma_law,
    lognormal,
    mixture,
    uniform,
    weibull,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Facts = dict[str, Any]

LEVELS: dict[str, Definition] = {
    "sl_offered": "offered",
    "sl_offered_plus_ab_within": "offered_and_short_abandons",
    "sl_excl_ab_within": "excluding_short_abandons",
    "sl_answered_only": "answered",
    "sl_virtual": "virtual",
}


class Inputs(dict[str, Any]):
    """The inputs of a case; numbers stand in it as numbers or as text."""

    def number(self, name: str) -> float:
        """Return a number."""
        return float(self[name])

    def patience(self) -> float:
        """Return the patience in seconds; infinity where there is none."""
        value = self.get("patience_s")
        return float("inf") if value is None else float(value)

    def load(self, calls: str = "calls") -> float:
        """Return the load in erlangs, rounded once."""
        return float(Fraction(str(self[calls])) * Fraction(str(self["aht_s"])) / Fraction(str(self["interval_s"])))

    def rate(self, calls: str = "calls") -> float:
        """Return contacts per second, rounded once."""
        return float(Fraction(str(self[calls])) / Fraction(str(self["interval_s"])))


def patience_law(text: str) -> Patience:
    """Return the law that a phrase such as `"uniform 0..240 s"` names."""
    name, said = text.split()[0].strip(":").lower(), {k: float(v) for k, v in _NAMED.findall(text.lower())}
    numbers = [float(v) for v in re.findall(r"\d+(?:\.\d+)?", text.replace("..", " "))]
    order = re.search(r"erlang-?(\d+)", text.lower())
    if order:
        return gamma_law(float(order[1]), said.get("mean", numbers[-1]))
    laws: dict[str, Callable[[], Patience]] = {
        "exponential": lambda: exponential(said.get("mean", numbers[-1])),
        "deterministic": lambda: deterministic(numbers[0]),
        "constant": lambda: deterministic(numbers[0]),
        "uniform": lambda: uniform(numbers[-1]),
        "hyperexponential": lambda: mixture([share / 100 for share in numbers[::2]], numbers[1::2]),
        "weibull": lambda: weibull(said["shape"], said["mean"]),
        "gamma": lambda: gamma_law(said["shape"], said["mean"]),
        "lognormal": lambda: lognormal(said["mean"], said["cv"]),
    }
    if name not in laws:
        raise ValueError(f"no law of patience is called {text!r}")
    return laws[name]()


_NAMED = re.compile(r"(mean|shape|cv)\s*=?\s*(\d+(?:\.\d+)?)")
