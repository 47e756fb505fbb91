"""What the roster engine answers: a roster with its proof, the reason why there is none, or that time ran out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.text import Text


def gap(objective: float, bound: float) -> float:
    """Return (objective - bound) / max(1, bound): the proven distance to the best possible roster."""
    return (objective - bound) / max(1.0, bound)


@dataclass(frozen=True, slots=True)
class TracePoint:
    """One step of the search."""

    seconds: float
    """Deterministic seconds since the search started."""
    phase: str
    """`alone`, `bound`, `construct`, `improve`, `name`."""
    objective: float | None
    """Best objective so far; None before the first roster."""
    bound: float | None
    """Best proven lower bound so far; None before the first."""


Progress = Callable[[TracePoint], None]
"""Called by the engine whenever something got better."""

Stopped = Literal["optimal", "target", "budget", "interrupted", "wall_limit"]
"""Why a search ended: proven optimal, gap reached, work budget used, Ctrl-C, wall limit."""


@dataclass(frozen=True)
class Solved:
    """A roster that breaks no hard rule.

    Attributes
    ----------
    objective, bound
        In units of weight; no better roster than `bound` exists.
    shares
        What each goal and soft rule adds to the objective, by kind.
    violations
        Soft rules that are not kept, with their cost; never a hard one.
    """

    roster: Roster
    objective: float
    bound: float
    stopped: Stopped
    seconds: float
    """Deterministic seconds of search."""
    wall_seconds: float
    shares: Mapping[str, float] = field(default_factory=dict)
    violations: tuple[Violation, ...] = ()
    trace: tuple[TracePoint, ...] = ()

    @property
    def gap(self) -> float:
        """Proven distance to the best possible roster, as a share of the bound."""
        return gap(self.objective, self.bound)


@dataclass(frozen=True)
class Infeasible:
    """There is no roster: which rules conflict, for whom.

    Attributes
    ----------
    conflict
        Sentences; each names a rule, an absence, a pin or a need that takes part.
    rules
        Kinds of the rules that take part; dropping any one of them would make a roster possible.
    agents
        Ids of agents that have no line of their own; empty when the conflict is between agents.
    draft
        The roster that breaks the least, or None; it is never given to payroll.
    """

    conflict: tuple[Text, ...]
    rules: tuple[str, ...]
    agents: tuple[str, ...] = ()
    ways_out: tuple[Text, ...] = ()
    draft: Roster | None = None
    violations: tuple[Violation, ...] = ()
    """What the draft breaks."""


@dataclass(frozen=True)
class OutOfTime:
    """The search ended before a roster without hard violations was found."""

    bound: float | None
    draft: Roster | None
    violations: tuple[Violation, ...] = ()
    """What the draft breaks."""
    interrupted: bool = False


Answer = Solved | Infeasible | OutOfTime
