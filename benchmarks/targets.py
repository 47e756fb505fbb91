"""What is asked of the roster engine: instances, seconds, and what is to be reached on two idle cores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Run = dict[str, Any]
"""One saved result."""
Kind = Literal["gap", "objective", "optimal", "bound", "feasible"]


@dataclass(frozen=True)
class Target:
    """One line of the table.

    Attributes
    ----------
    instance
        Name of the case; `example:NAME` is an example folder of the product.
    seconds
        Wall seconds for everything after imports.
    kind, value
        What is asked: a proven gap of at most `value`, an objective of at most `value`, the proven optimum, a bound
        within the share `value` of the best known objective, or any roster.
    aim
        Whether no prototype had reached it when it was written down.
    """

    instance: str
    seconds: int
    kind: Kind
    value: float = 0
    aim: bool = False

    def asked(self) -> str:
        """Return what is asked in words."""
        words = {
            "gap": f"gap at most {self.value:.1%}",
            "objective": f"at most {self.value:g}",
            "optimal": "proven optimal",
            "bound": f"bound within {self.value:.1%} of the best known" if self.value else "bound = best known",
            "feasible": "a roster",
        }
        return words[self.kind] + (" †" if self.aim else "")

    def met(self, run: Run) -> bool:
        """Return whether a result reaches it."""
        if run.get("objective") is None:
            return False
        if self.kind == "gap":
            return bool(run["gap"] <= self.value)
        if self.kind == "objective":
            return bool(run["objective"] <= self.value)
        if self.kind == "bound":
            return "best_known" in run and bool(run["bound"] >= (1 - self.value) * run["best_known"])
        return self.kind == "feasible" or run["status"] == "optimal"


GAPS: Mapping[int, tuple[float, float, float]] = {
    100: (0.06, 0.010, 0.005),
    300: (0.06, 0.020, 0.010),
    1000: (0.09, 0.030, 0.018),
}
"""Proven gap by number of agents, after each of `SECONDS`."""
SECONDS = (5, 60, 300)
CENTRE_SEEDS: Mapping[int, tuple[int, ...]] = {100: (1, 2), 300: (1, 2), 1000: (1,)}
"""Seeds of the mixed centres by number of agents: those that Timefold's figures are about."""

TARGETS = (
    *(
        Target(f"cc{agents}h-{seed}", seconds, "gap", gap)
        for agents, gaps in GAPS.items()
        for seed in CENTRE_SEEDS[agents]
        for seconds, gap in zip(SECONDS, gaps, strict=True)
    ),
    Target("cc50u-1", 5, "optimal"),
    Target("cc300u-1", 60, "optimal"),
    Target("cc1000u-1", 300, "optimal", aim=True),
    Target("Instance1", 5, "objective", 607),
    Target("Instance3", 2, "optimal"),
    Target("Instance5", 5, "bound", 0.003),
    Target("Instance5", 60, "objective", 1143),
    Target("Instance5", 300, "objective", 1143),
    Target("Instance7", 5, "bound", 0.003),
    Target("Instance7", 60, "objective", 1060),
    Target("Instance7", 300, "objective", 1056, aim=True),
    Target("Instance9", 60, "objective", 449),
    Target("Instance9", 300, "objective", 442, aim=True),
    Target("Instance11", 5, "bound"),
    Target("Instance11", 60, "objective", 3455),
    Target("Instance11", 300, "objective", 3445, aim=True),
    Target("Instance13", 60, "feasible"),
    Target("Instance13", 300, "objective", 1905, aim=True),
    Target("Instance15", 60, "feasible"),
    Target("Instance15", 300, "objective", 4150, aim=True),
    Target("Instance17", 60, "feasible"),
    Target("Instance17", 300, "objective", 5850, aim=True),
    Target("example:hotline", 60, "gap", 0.005),
    Target("example:pos24x7-40", 60, "gap", 0.005),
)
PEER_SECONDS = 60
"""Wall seconds that the peers get, on every instance of the table."""
MEMORY_MB = 2048
"""What 1,000 agents may take."""
COLD, COLD_RUN = "wfm, cold", ("cc100h-1", 5)
"""The product with an empty compile cache, and the instance and seconds that it is measured on."""
