"""What people type in `scenarios.toml`: what could be different, for `wfm whatif`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from wfm.domain.settings import Shrinkage, Target

Factor = Annotated[float, Field(ge=0, le=100)]


def _kind(value: object) -> str:
    return "by_queue" if isinstance(value, dict) else "all"


Factors = Annotated[Annotated[Factor, Tag("all")] | Annotated[dict[str, Factor], Tag("by_queue")], Discriminator(_kind)]
"""One factor, or one by queue."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Scenario(_Table):
    """`[scenarios.NAME]`: one change, or several together, against the plan as it stands."""

    name: str = ""
    """Name for people; the key when empty."""
    volume: Factors = 1.0
    """Contacts times this: of every queue, or by queue."""
    aht: Factors = 1.0
    """Handle time times this: of every queue, or by queue."""
    target: Target | None = None
    """Service target of every queue in place of its own; a merged queue needs one when its parts differ."""
    targets: dict[str, Target] = Field(default_factory=dict)
    """Service targets by queue, merged ones included; they win over `target`."""
    shrinkage: Shrinkage | None = None
    """In place of the plan's."""
    merge: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """New queue by name, and the queues that it takes in: regional centres that become one."""
    hour_cost: float | None = Field(default=None, ge=0)
    """Cost of a paid hour in place of the file's."""


class Scenarios(_Table):
    """The whole `scenarios.toml`."""

    hour_cost: float | None = Field(default=None, ge=0)
    """Cost of a paid hour in the centre's currency; None leaves costs out."""
    hours_per_agent: float | None = Field(default=None, gt=0)
    """Paid hours of a full-time agent in the period, for head counts; None takes 8 h for each work day of the calendar.
    """
    scenarios: dict[str, Scenario] = Field(min_length=1)
