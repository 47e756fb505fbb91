"""One interval answered in one line; imports no pandas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.erlang import asa_seconds, occupancy, required_agents, service_level
from wfm.staffing import messages
from wfm.staffing.shrinkage import heads

if TYPE_CHECKING:
    from wfm.domain.settings import Target

_TARGET = re.compile(r"^(\d+(?:\.\d+)?)\s*%?\s*/\s*(\d+(?:\.\d+)?)\s*s?$")


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """How many agents one interval needs, and what they achieve."""

    load: float
    """Erlangs."""
    agents: int
    """Agents on the queue."""
    fractional_agents: float
    """Real number of agents at which the binding target is met exactly."""
    scheduled_agents: int
    """Whole agents to schedule so that `agents` are on the queue, shrinkage included."""
    service_level: float
    """Share of offered contacts answered within the acceptable wait."""
    acceptable_wait_seconds: float
    asa_seconds: float
    """Mean wait of all contacts."""
    occupancy: float
    binding: str
    """The target that one agent less would miss: a name from `wfm.erlang.BINDING`."""
    explanation: Text


def parse_target(text: str) -> dict[str, float]:
    """Return the target in `"80/20"` (percent / seconds) as keyword arguments of `required_agents`.

    Raises
    ------
    SettingsError
        When the text is no target, or the percentage is not above 0 and below 100.

    Examples
    --------
    >>> parse_target("80/20")
    {'service_level': 0.8, 'acceptable_wait_seconds': 20.0}
    """
    match = _TARGET.match(text.strip())
    if not match or not 0 < float(match[1]) < 100:
        raise SettingsError(messages.BAD_TARGET.fill(value=text))
    return {"service_level": float(match[1]) / 100, "acceptable_wait_seconds": float(match[2])}


def staff_one(
    offered: float,
    interval_seconds: float,
    aht_seconds: float,
    target: str | Target = "80/20",
    *,
    asa_target_seconds: float | None = None,
    max_occupancy: float | None = None,
    min_agents: int | None = None,
    shrinkage: float = 0.0,
) -> OneAnswer:
    """Return the fewest agents for one interval under Erlang C, with one line of why.

    Parameters
    ----------
    offered
        Contacts in the interval.
    interval_seconds, aht_seconds
        Length of the interval and mean handle time.
    target
        `"80/20"` (80 % within 20 seconds), or a `Target`.
    asa_target_seconds, max_occupancy, min_agents
        Further targets; each one given stands instead of the one in `target`, and each must hold.
    shrinkage
        Share of paid time off the queue, in [0, 1).

    Raises
    ------
    SettingsError
        When a number is out of its range.

    Examples
    --------
    >>> answer = staff_one(100, 1800, 180)
    >>> answer.agents, round(answer.service_level, 4), answer.binding
    (14, 0.8884, 'service_level')
    """
    if not 0 <= shrinkage < 1:
        raise SettingsError(messages.BAD_SHRINKAGE.fill(value=shrinkage))
    goals: dict[str, Any] = dict(parse_target(target)) if isinstance(target, str) else target.model_dump()
    more = {"asa_seconds": asa_target_seconds, "max_occupancy": max_occupancy, "min_agents": min_agents}
    goals |= {name: value for name, value in more.items() if value is not None}
    wait = goals["acceptable_wait_seconds"]
    found = required_agents(offered, aht_seconds, interval_seconds, **goals)
    real = required_agents(offered, aht_seconds, interval_seconds, **goals, whole=False)
    agents, load = int(found.agents), offered * aht_seconds / interval_seconds
    scheduled = heads(agents / (1 - shrinkage))
    binding = str(found.binding)
    return OneAnswer(
        load=load,
        agents=agents,
        fractional_agents=float(real.agents),
        scheduled_agents=scheduled,
        **_achieved(agents, load, aht_seconds, wait),
        acceptable_wait_seconds=wait,
        binding=binding,
        explanation=_join(
            messages.LOAD.fill(offered=offered, aht=aht_seconds, minutes=interval_seconds / 60, load=load),
            *_outcome(agents, load, aht_seconds, wait),
            messages.BINDS.fill(target=messages.TARGETS[binding]),
            *([messages.HEADS.fill(share=shrinkage, heads=scheduled)] if shrinkage else []),
            messages.MODEL,
        ),
    )


def _achieved(agents: int, load: float, aht: float, wait: float) -> dict[str, float]:
    return {
        "service_level": float(service_level(agents, load, aht, wait)),
        "asa_seconds": float(asa_seconds(agents, load, aht)),
        "occupancy": float(occupancy(agents, load)),
    }


def _outcome(agents: int, load: float, aht: float, wait: float) -> list[Text]:
    if not load:
        return [messages.NO_LOAD.fill(agents=agents)]

    def figures(number: int) -> dict[str, float]:
        reached = _achieved(number, load, aht, wait)
        return {"level": reached["service_level"], "asa": reached["asa_seconds"], "occupancy": reached["occupancy"]}

    fewer = messages.ONE_LESS if agents - 1 > load else messages.UNSTABLE
    return [
        messages.OUTCOME.fill(agents=agents, wait=wait, **figures(agents)),
        fewer.fill(agents=agents - 1, **figures(agents - 1)),
    ]


def _join(*texts: Text) -> Text:
    return Text(en=" ".join(t.en for t in texts), zh="".join(t.zh for t in texts))
