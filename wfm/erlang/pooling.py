"""Pooling: the agents that equal centres save by answering each other's contacts."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.erlang.required import required_agents


@dataclass(frozen=True, slots=True)
class Pooling:
    """Agents of equal centres, each for itself and all together."""

    separate: int
    pooled: int

    @property
    def saved(self) -> int:
        """Agents that one pool does without."""
        return self.separate - self.pooled


def pooling(
    load_each: float, centres: int, aht_seconds: float, service_level: float, acceptable_wait_seconds: float = 20.0
) -> Pooling:
    """Return the agents for equal centres and for one pool of them, under Erlang C.

    `load_each` is in erlangs; the service level is a share of offered contacts.

    Examples
    --------
    >>> pooling(10, 2, 300, 0.8), pooling(10, 2, 300, 0.8).saved
    (Pooling(separate=28, pooled=25), 3)
    """
    each, together = required_agents(
        [load_each, load_each * centres],
        aht_seconds,
        aht_seconds,
        service_level=service_level,
        acceptable_wait_seconds=acceptable_wait_seconds,
    ).agents.tolist()
    return Pooling(int(each) * centres, int(together))
