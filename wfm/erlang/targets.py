"""Targets of a queue, and which of them a number of agents misses."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, above_zero, quantities
from wfm.erlang.outcome import DEFINITIONS, Definition

if TYPE_CHECKING:
    from wfm.erlang.outcome import Outcome

BINDING = ("service_level", "asa", "abandonment", "occupancy", "min_agents", "empty", "unreachable")
"""What can decide a requirement, in order of precedence.

`empty`: no load and no floor. `unreachable`: everybody within the wait, which no number of agents achieves; the agents
are those from which the service level cannot be told from 1.
"""

TOLERANCE = 1e-12
CEILING_GUARD = 1e-9


@dataclass(frozen=True, slots=True)
class Targets:
    """Equal-length arrays; an absent target is one that is always met."""

    definition: Definition
    """How the service level is counted."""
    level: FloatArray
    """Share to answer within `wait` seconds."""
    wait: FloatArray
    short: FloatArray
    """Short-call cut in seconds."""
    asa: FloatArray
    """Longest mean wait in seconds."""
    abandonment: FloatArray
    """Largest share that gives up."""
    occupancy: FloatArray
    """Highest share of on-queue time spent on contacts."""
    floor: FloatArray
    """Fewest agents."""

    def __getitem__(self, part: slice | npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Targets:
        """Return the targets of some rows."""
        return Targets(self.definition, *(getattr(self, f.name)[part] for f in fields(self)[1:]))

    def missed(self, agents: FloatArray, found: Outcome) -> tuple[npt.NDArray[np.bool_], ...]:
        """Return which targets so many agents miss, in the order of `BINDING`; load needs somebody."""
        return (
            found.service_level(self.definition) < self.level - TOLERANCE,
            found.wait_seconds > self.asa * (1 + TOLERANCE),
            found.abandoned > self.abandonment + TOLERANCE,
            found.occupancy * agents > self.occupancy * agents + CEILING_GUARD,
            (agents < self.floor) | (agents <= 0),
        )


class Goals(TypedDict, total=False):
    """Targets as people give them; see `required_agents`."""

    service_level: npt.ArrayLike | None
    acceptable_wait_seconds: npt.ArrayLike
    asa_seconds: npt.ArrayLike | None
    max_abandonment: npt.ArrayLike | None
    max_occupancy: npt.ArrayLike | None
    min_agents: npt.ArrayLike
    definition: Definition
    short_seconds: npt.ArrayLike | None


def shape_of(goals: Goals) -> tuple[int, ...]:
    """Return the shape that targets broadcast to."""
    return np.broadcast_shapes(
        *(np.asarray(v).shape for v in goals.values() if v is not None and not isinstance(v, str))
    )


def targets_of(
    shape: tuple[int, ...],
    *,
    service_level: npt.ArrayLike | None = None,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    asa_seconds: npt.ArrayLike | None = None,
    max_abandonment: npt.ArrayLike | None = None,
    max_occupancy: npt.ArrayLike | None = None,
    min_agents: npt.ArrayLike = 0,
    definition: Definition = "offered",
    short_seconds: npt.ArrayLike | None = None,
) -> Targets:
    """Return checked targets of one shape, flattened.

    Raises
    ------
    SettingsError
        When a target is out of range, or none is given.
    """
    given = (service_level, asa_seconds, max_abandonment, max_occupancy)
    if all(value is None for value in given):
        raise SettingsError(messages.NO_TARGET)
    level, asa, lost, busiest = (
        np.asarray(default if value is None else value, dtype=np.float64)
        for value, default in zip(given, (TOLERANCE, np.inf, 1.0, 1.0), strict=True)
    )
    _shares(service_level=level, max_occupancy=busiest)
    if not ((lost >= 0) & (lost <= 1)).all():
        raise SettingsError(messages.NOT_A_PART.fill(name="max_abandonment"))
    if asa_seconds is not None:
        above_zero(asa_seconds=asa)
    cut = acceptable_wait_seconds if short_seconds is None else short_seconds
    wait, short, floor = (
        quantities(**{name: value})[0]
        for name, value in (
            ("acceptable_wait_seconds", acceptable_wait_seconds),
            ("short_seconds", cut),
            ("min_agents", min_agents),
        )
    )
    columns = (level, wait, short, asa, lost, busiest, floor)
    if definition not in DEFINITIONS:
        raise SettingsError(messages.NO_DEFINITION.fill(value=definition, known=", ".join(DEFINITIONS)))
    return Targets(definition, *(np.broadcast_to(column, shape).ravel() for column in columns))


def _shares(**values: FloatArray) -> None:
    for name, value in values.items():
        if not ((value > 0) & (value <= 1)).all():
            raise SettingsError(messages.NOT_A_SHARE.fill(name=name))
