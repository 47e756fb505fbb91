"""What the roster engine answers: a roster with its proof, the reason why there is none, or that time ran out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from wfm.domain.text import Text

if TYPE_CHECKING:
    from datetime import date

    from wfm.domain.roster import Roster, Violation


def gap(objective: float, bound: float) -> float:
    """Return (objective - bound) / max(1, bound): the proven distance to the best possible roster."""
    return (objective - bound) / max(1.0, bound)


@dataclass(frozen=True, slots=True)
class TracePoint:
    """One step of the search."""

    seconds: float
    """Deterministic seconds since the search started."""
    phase: str
    """`alone`, `bound`, `construct`, `columns`, `dive`, `anneal`, `improve`, `name`, `explain`."""
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
        In units of weight, times `scales`; no better roster than `bound` exists.
    shares
        What each goal and soft rule costs, by kind, in plain units of weight.
    scales
        With `[goals] order`, by kind, what the objective multiplies each share by, so that no later goal outweighs an
        earlier one; empty without an order: the objective is the sum of the shares.
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
    scales: Mapping[str, int] = field(default_factory=dict)
    violations: tuple[Violation, ...] = ()
    trace: tuple[TracePoint, ...] = ()

    @property
    def gap(self) -> float:
        """Proven distance to the best possible roster, as a share of the bound."""
        return gap(self.objective, self.bound)

    @property
    def parts(self) -> Mapping[str, float]:
        """What each goal and soft rule is of the sum of all shares, the largest first; all 0 when nothing costs."""
        whole = sum(self.shares.values()) or 1.0
        falling = sorted(self.shares, key=lambda kind: (-self.shares[kind], kind))
        return {kind: self.shares[kind] / whole for kind in falling}


@dataclass(frozen=True, slots=True)
class Cause:
    """One rule or record that takes part in a conflict."""

    rule: str
    """Kind of the rule; for a record, of the rule that makes it binding."""
    sentence: Text
    agent_id: str | None = None
    """Whose record it is; None for a rule."""
    first_date: date | None = None
    last_date: date | None = None


Unit = Literal["agents", "uncovered_intervals", "exceptions", "leave_days", "pins"]
"""What a way out is paid in."""


@dataclass(frozen=True, slots=True)
class WayOut(Text):
    """A change with which there is a roster, in one sentence that ends with its price; found by solving with it."""

    amount: int
    """The price, in `unit`."""
    unit: Unit
    agent_days: float
    """The price in days of work that are added, missing or moved: what ways out are ordered by."""


@dataclass(frozen=True)
class Infeasible:
    """There is no roster: which rules conflict, for whom.

    Attributes
    ----------
    conflict
        Sentences, one for each conflict; each says everything that takes part in it.
    rules
        Kinds of the rules that take part; dropping any one of them would end the conflict.
    agents
        Ids of agents that have no line of their own; empty when the conflict is between agents.
    causes
        Every rule and record that takes part.
    ways_out
        The cheapest first.
    draft
        The roster that breaks the least, or None; it is never given to payroll.
    """

    conflict: tuple[Text, ...]
    rules: tuple[str, ...]
    agents: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
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
