"""One interval as a question: contacts, handle time, targets and a model; imports no pandas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import BINDING, Goals, Model, Outcome, Targets, achieved, required_agents, required_by, targets_of
from wfm.staffing import messages

if TYPE_CHECKING:
    from wfm.erlang import Definition


@dataclass(frozen=True, slots=True)
class Figures:
    """What so many agents achieve in one interval."""

    service_level: float
    """In the definition of the targets."""
    asa_seconds: float
    """Mean wait of all contacts; infinite when the queue grows without end."""
    abandoned: float
    """Share that gives up."""
    occupancy: float
    waits: float
    """Share that does not find a free agent at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """One interval, its targets and a model.

    Attributes
    ----------
    offered
        Contacts in the interval.
    interval_seconds, aht_seconds
        Length of the interval, above 0, and mean handle time.
    goals
        Targets, as `required_agents` takes them.
    """

    offered: float
    interval_seconds: float
    aht_seconds: float
    goals: Goals
    model: Model = field(default_factory=Model)

    def __post_init__(self) -> None:
        for name in ("offered", "aht_seconds"):
            if not (np.isfinite(getattr(self, name)) and getattr(self, name) >= 0):
                raise SettingsError(messages.NOT_A_QUANTITY.fill(name=name))
        if not (np.isfinite(self.interval_seconds) and self.interval_seconds > 0):
            raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name="interval_seconds"))

    @property
    def load(self) -> float:
        """Erlangs."""
        return self.offered * self.aht_seconds / self.interval_seconds

    @property
    def definition(self) -> Definition:
        """How the service level is counted."""
        return self.goals.get("definition", "offered")

    def times(self, *, offered: float = 1.0, aht: float = 1.0) -> Question:
        """Return the same question with contacts and handle time multiplied."""
        return replace(self, offered=self.offered * offered, aht_seconds=self.aht_seconds * aht)

    def required(self) -> tuple[int, str]:
        """Return the fewest agents and what decides."""
        number, binding = self._required(whole=True)
        return int(number), binding

    def required_real(self) -> float | None:
        """Return the real number of agents that meets the targets exactly; None where the model knows whole ones."""
        return self._required(whole=False)[0] if self.model.real_agents else None

    def figures(self, agents: float) -> Figures:
        """Return what so many agents achieve; without load everything there might be is answered at once."""
        if not self.load:
            return Figures(1.0, 0.0, 0.0, 0.0, 0.0)
        found = self._outcome(agents)
        level = found.service_level(self.definition)
        numbers = (level, found.wait_seconds, found.abandoned, found.occupancy, found.waits)
        return Figures(*(float(np.asarray(v).ravel()[0]) for v in numbers))

    def missed(self, agents: float) -> str | None:
        """Return the first target that so many agents miss; None when they meet all."""
        if not self.load:
            return "min_agents" if agents < float(np.asarray(self.goals.get("min_agents", 0))) else None
        missed = self._targets.missed(np.array([float(agents)]), self._outcome(agents))
        return next((name for name, miss in zip(BINDING, missed, strict=False) if miss[0]), None)

    @property
    def _targets(self) -> Targets:
        return targets_of((1,), **self.goals)

    def _outcome(self, agents: float) -> Outcome:
        one, goals = np.ones(1), self._targets
        return achieved(self.model, one * agents, one * self.load, one * self.aht_seconds, goals.wait, goals.short)

    def _required(self, *, whole: bool) -> tuple[float, str]:
        if self.model.name in ("erlang_c", "erlang_a"):
            patience = self.model.patience_seconds if self.model.name == "erlang_a" else np.inf
            found = required_agents(
                [self.offered],
                self.aht_seconds,
                self.interval_seconds,
                patience_seconds=patience,
                whole=whole,
                **self.goals,
            )
        else:
            found = required_by(self.model, [self.load], [self.aht_seconds], self._targets, whole=whole)
        return float(found.agents[0]), str(found.binding[0])
