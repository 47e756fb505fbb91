"""What a number of agents achieves, and the ways to count a service level."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.erlang._special import FloatArray

Definition = Literal["offered", "offered_and_short_abandons", "excluding_short_abandons", "answered", "virtual"]
"""How a service level is counted, with T the acceptable wait:

- `offered`: answered within T / all offered;
- `offered_and_short_abandons`: answered or given up within T / all offered;
- `excluding_short_abandons`: answered within T / offered less those who gave up within T, or within the short-call cut;
- `answered`: answered within T / answered;
- `virtual`: the share whom an endlessly patient caller's wait would not exceed T.
"""
DEFINITIONS: tuple[Definition, ...] = get_args(Definition)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of the offered contacts, waits in seconds; every array has the broadcast shape of the arguments."""

    waits: FloatArray
    """Share that does not find a free agent at once."""
    answered: FloatArray
    abandoned: FloatArray
    answered_within: FloatArray
    """Share answered within the acceptable wait."""
    abandoned_within: FloatArray
    """Share that gives up within the acceptable wait."""
    abandoned_short: FloatArray
    """Share that gives up within the short-call cut."""
    virtual_within: FloatArray
    """Share for whom an endlessly patient caller would be answered within the acceptable wait."""
    wait_seconds: FloatArray
    """Mean wait of all contacts that are let in, those who give up included; infinite for an unstable queue."""
    occupancy: FloatArray
    """Share of on-queue time spent on contacts; 0 without agents."""
    blocked: FloatArray
    """Share that finds every line taken."""

    def service_level(self, definition: Definition = "offered") -> FloatArray:
        """Return the service level in one of five definitions; 1 when the definition leaves nobody to count.

        Raises
        ------
        SettingsError
            When the definition is unknown.
        """
        if definition == "virtual":
            return self.virtual_within
        inside, of = self._counted(definition)
        return np.where(of > 0, np.minimum(inside / np.where(of > 0, of, 1.0), 1.0), np.where(inside > 0, 1.0, 0.0))[()]

    def _counted(self, definition: Definition) -> tuple[FloatArray, FloatArray]:
        one = np.ones_like(self.answered)
        match definition:
            case "offered":
                return self.answered_within, one
            case "offered_and_short_abandons":
                return self.answered_within + self.abandoned_within, one
            case "excluding_short_abandons":
                return self.answered_within, one - self.abandoned_short
            case "answered":
                return self.answered_within, self.answered
        raise SettingsError(messages.NO_DEFINITION.fill(value=definition, known=", ".join(DEFINITIONS)))

    def mapped(self, change: Callable[[FloatArray], FloatArray]) -> Outcome:
        """Return the outcome with a function applied to every array."""
        return Outcome(*(change(getattr(self, field.name)) for field in fields(self)))


def choose(condition: npt.NDArray[np.bool_], this: Outcome, other: Outcome) -> Outcome:
    """Return one outcome where a condition holds and another elsewhere."""
    return Outcome(*(np.where(condition, getattr(this, f.name), getattr(other, f.name)) for f in fields(Outcome)))


def without_contacts(shape: tuple[int, ...]) -> Outcome:
    """Return the outcome of a queue without load: everything there might be is answered at once."""
    none, every = np.zeros(shape), np.ones(shape)
    return Outcome(none, every, none, every, none, none, every, none, none, none)


def service_level_of_counts(
    answered: float,
    abandoned: float,
    answered_within: float,
    abandoned_within: float,
    definition: Definition = "offered",
) -> float:
    """Return a service level from counted contacts; 1 when nobody counts.

    `abandoned_within` counts those who gave up within the acceptable wait; with a short-call cut, give those within the
    cut and the definition `excluding_short_abandons`.

    Examples
    --------
    >>> [round(service_level_of_counts(1000, 60, 860, 20, name), 3) for name in DEFINITIONS[:4]]
    [0.811, 0.83, 0.827, 0.86]
    """
    offered = answered + abandoned
    inside, of = {
        "offered": (answered_within, offered),
        "offered_and_short_abandons": (answered_within + abandoned_within, offered),
        "excluding_short_abandons": (answered_within, offered - abandoned_within),
        "answered": (answered_within, answered),
    }.get(definition, (np.nan, np.nan))
    if np.isnan(inside):
        raise SettingsError(messages.NO_DEFINITION.fill(value=definition, known=", ".join(DEFINITIONS[:4])))
    return inside / of if of else 1.0
