"""One rule for all agents who share its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wfm.roster.base import Scope
from wfm.roster.rules.work_limit import WorkLimit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Limits = TypeVar("Limits")


def by_limits(limits: Mapping[str, Limits]) -> Iterator[tuple[Limits, Scope]]:
    """Yield each of the limits once, with the agents who have it; everybody when there is no other.

    Parameters
    ----------
    limits
        By agent id; they must be hashable.
    """
    agents: dict[Limits, list[str]] = {}
    for agent_id, limit in limits.items():
        agents.setdefault(limit, []).append(agent_id)
    for limit, ids in agents.items():
        yield limit, Scope() if len(agents) == 1 else Scope(agents=tuple(ids))


def paid_minutes(fewest: int, most: int, only: Scope) -> WorkLimit:
    """Return that the paid minutes of the period lie in a band; leave lowers nothing."""
    hours = {"at_least": fewest / 60, "at_most": most / 60, "leave_credit_hours": 0}
    return WorkLimit.model_validate({"what": "hours", "per": "period", "only": only, **hours})
