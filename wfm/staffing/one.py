"""One interval answered in one line; imports no pandas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.erlang import Definition, Model
from wfm.staffing import messages
from wfm.staffing.question import Question
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
    """Agents on the queue: the fewest that meet every target, or those given."""
    fractional_agents: float | None
    """Real number of agents at which the binding target is met exactly; None where the model knows whole ones only."""
    scheduled_agents: int
    """Whole agents to schedule so that `agents` are on the queue, shrinkage included."""
    service_level: float
    """Share of contacts answered within the acceptable wait, in the definition of the target."""
    acceptable_wait_seconds: float
    asa_seconds: float
    """Mean wait of all contacts; infinite when the queue grows without end."""
    abandoned: float
    """Share that gives up."""
    occupancy: float
    binding: str
    """The target that one agent less would miss: a name from `wfm.erlang.BINDING`. For given agents the first target
    that they miss, or `met`."""
    flag: str
    """`empty`: no load; `unstable`: the queue grows without end; `unreachable`: no number of agents meets the target;
    else nothing."""
    model: str
    definition: Definition
    explanation: Text


def parse_target(text: str) -> dict[str, float]:
    """Return the target in `"80/20"` (percent / seconds) as keyword arguments of `required_agents`.

    Raises
    ------
    SettingsError
        When the text is no target, or the percentage is not above 0 and at most 100.

    Examples
    --------
    >>> parse_target("80/20")
    {'service_level': 0.8, 'acceptable_wait_seconds': 20.0}
    """
    match = _TARGET.match(text.strip())
    if not match or not 0 < float(match[1]) <= 100:
        raise SettingsError(messages.BAD_TARGET.fill(value=text))
    return {"service_level": float(match[1]) / 100, "acceptable_wait_seconds": float(match[2])}


def question(
    offered: float,
    interval_seconds: float,
    aht_seconds: float,
    target: str | Target = "80/20",
    *,
    model: Model | None = None,
    patience_seconds: float | None = None,
    **more: Any,
) -> Question:
    """Return a question from what people type; arguments as in `staff_one`, further targets by their own names."""
    goals: dict[str, Any] = dict(parse_target(target)) if isinstance(target, str) else target.model_dump()
    goals |= {name: value for name, value in more.items() if value is not None}
    if model is None:
        model = Model() if patience_seconds is None else Model("erlang_a", patience_seconds)
    return Question(offered, interval_seconds, aht_seconds, goals, model)  # type: ignore[arg-type]


def staff_one(
    offered: float,
    interval_seconds: float,
    aht_seconds: float,
    target: str | Target = "80/20",
    *,
    asa_target_seconds: float | None = None,
    max_abandonment: float | None = None,
    max_occupancy: float | None = None,
    min_agents: int | None = None,
    definition: Definition | None = None,
    short_seconds: float | None = None,
    shrinkage: float = 0.0,
    model: Model | None = None,
    patience_seconds: float | None = None,
    agents: int | None = None,
) -> OneAnswer:
    """Return the fewest agents for one interval, or what given agents achieve, with one line of why.

    Parameters
    ----------
    offered
        Contacts in the interval.
    interval_seconds, aht_seconds
        Length of the interval and mean handle time.
    target
        `"80/20"` (80 % within 20 seconds), or a `Target`.
    asa_target_seconds, max_abandonment, max_occupancy, min_agents, definition, short_seconds
        Further targets, and how the service level is counted; each one given stands instead of the one in `target`,
        and each must hold.
    shrinkage
        Share of paid time off the queue, in [0, 1).
    model
        A `Model`; Erlang C when None, Erlang A when a patience is given.
    patience_seconds
        Mean time until a waiting contact gives up.
    agents
        Agents on the queue, to be judged instead of found.

    Raises
    ------
    SettingsError
        When a number is out of its range.

    Examples
    --------
    >>> answer = staff_one(100, 1800, 180)
    >>> answer.agents, round(answer.service_level, 4), answer.binding
    (14, 0.8884, 'service_level')
    >>> staff_one(100, 1800, 180, patience_seconds=120).agents
    12
    """
    asked = question(
        offered,
        interval_seconds,
        aht_seconds,
        target,
        model=model,
        patience_seconds=patience_seconds,
        asa_seconds=asa_target_seconds,
        max_abandonment=max_abandonment,
        max_occupancy=max_occupancy,
        min_agents=min_agents,
        definition=definition,
        short_seconds=short_seconds,
    )
    return answer(asked, shrinkage=shrinkage, agents=agents)


def answer(asked: Question, *, shrinkage: float = 0.0, agents: int | None = None) -> OneAnswer:
    """Return the answer to a question; see `staff_one`."""
    if not 0 <= shrinkage < 1:
        raise SettingsError(messages.BAD_SHRINKAGE.fill(value=shrinkage))
    number, binding = asked.required()
    real = asked.required_real()
    if agents is not None:
        if agents < 0:
            raise SettingsError(messages.NOT_A_QUANTITY.fill(name="agents"))
        number, binding = agents, asked.missed(agents) or "met"
    found = asked.figures(number)
    scheduled = heads(number / (1 - shrinkage))
    wait = float(asked.goals.get("acceptable_wait_seconds", 20.0))  # type: ignore[arg-type]
    return OneAnswer(
        load=asked.load,
        agents=number,
        fractional_agents=real,
        scheduled_agents=scheduled,
        service_level=found.service_level,
        acceptable_wait_seconds=wait,
        asa_seconds=found.asa_seconds,
        abandoned=found.abandoned,
        occupancy=found.occupancy,
        binding=binding,
        flag=flag_of(asked, found.asa_seconds, binding),
        model=asked.model.name,
        definition=asked.definition,
        explanation=_join(
            messages.LOAD.fill(
                offered=asked.offered, aht=asked.aht_seconds, minutes=asked.interval_seconds / 60, load=asked.load
            ),
            *_outcome(asked, number, wait),
            (messages.JUDGED if agents is not None else messages.BINDS).fill(target=messages.TARGETS[binding]),
            *([messages.HEADS.fill(share=shrinkage, heads=scheduled)] if shrinkage else []),
            messages.MODEL.fill(
                model=messages.MODELS[asked.model.name], counted=messages.DEFINITIONS[asked.definition]
            ),
        ),
    )


def flag_of(asked: Question, asa_seconds: float, binding: str) -> str:
    """Return `empty`, `unreachable`, `unstable`, or nothing."""
    if not asked.load:
        return "empty"
    if binding == "unreachable":
        return "unreachable"
    return "unstable" if asa_seconds == float("inf") else ""


def _outcome(asked: Question, agents: int, wait: float) -> list[Text]:
    if not asked.load:
        return [messages.NO_LOAD.fill(agents=agents)]
    said = []
    for number, sentence in ((agents, messages.OUTCOME), (agents - 1, messages.ONE_LESS)):
        if number < 0:
            continue
        found = asked.figures(number)
        if found.asa_seconds == float("inf"):
            said.append(messages.UNSTABLE.fill(agents=number))
            continue
        facts = {"level": found.service_level, "asa": found.asa_seconds, "occupancy": found.occupancy}
        said.append(sentence.fill(agents=number, wait=wait, **facts))
        if found.abandoned:
            said.append(messages.GIVE_UP.fill(share=found.abandoned))
    return said


def _join(*texts: Text) -> Text:
    return Text(en=" ".join(t.en for t in texts), zh="".join(t.zh for t in texts))
