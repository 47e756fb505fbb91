"""Models by name: one way to ask any of them what agents achieve and how many are needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang.chat import chat
from wfm.erlang.erlang_a import busy_a
from wfm.erlang.lines import erlang_lines
from wfm.erlang.redial import erlang_x
from wfm.erlang.required import Required, required_with, solve
from wfm.erlang.uncertain import erlang_a_uncertain

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from wfm.erlang._special import FloatArray
    from wfm.erlang.outcome import Outcome
    from wfm.erlang.search import Rows
    from wfm.erlang.targets import Targets

ModelName = Literal["erlang_c", "erlang_a", "erlang_b", "erlang_x", "lines", "chat", "uncertain"]
"""`erlang_c`: nobody gives up; `erlang_a`: people do; `erlang_b`: nobody waits; `erlang_x`: some redial; `lines`: few
lines; `chat`: several chats at a time; `uncertain`: the load is a forecast with an error."""
MODEL_NAMES: tuple[ModelName, ...] = get_args(ModelName)


@dataclass(frozen=True, slots=True)
class Model:
    """A model and the facts of the queue that it needs; the others are left alone.

    Attributes
    ----------
    name
        One of `MODEL_NAMES`.
    patience_seconds
        Mean time until a waiting contact gives up; all but `erlang_c` and `erlang_b` use it.
    redial_share
        Share of those who give up that redials: `erlang_x`.
    lines
        Contacts that fit in, waiting ones included: `lines`.
    concurrency
        Handle time with 1, 2, … chats at a time over that with one: `chat`.
    load_cv
        Standard deviation of the load / its mean: `uncertain`.
    """

    name: ModelName = "erlang_c"
    patience_seconds: float = np.inf
    redial_share: float = 0.0
    lines: int = 0
    concurrency: tuple[float, ...] = ()
    load_cv: float = 0.0

    def __post_init__(self) -> None:
        if self.name not in MODEL_NAMES:
            raise SettingsError(messages.NO_MODEL.fill(value=self.name, known=", ".join(MODEL_NAMES)))
        wanted = {"erlang_a": "patience_seconds", "erlang_x": "patience_seconds"} | {
            "lines": "lines",
            "chat": "concurrency",
            "uncertain": "load_cv",
        }
        field = wanted.get(self.name)
        if field and getattr(self, field) in (np.inf, 0, ()):
            raise SettingsError(messages.MODEL_WANTS.fill(model=self.name, field=field))

    @property
    def real_agents(self) -> bool:
        """Whether the model knows real numbers of agents."""
        return self.name not in ("chat", "lines")


def achieved(
    model: Model, agents: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, short: FloatArray
) -> Outcome:
    """Return what agents achieve; equal-length arrays: agents, erlangs, three times in seconds; load above 0."""
    return _ACHIEVED[model.name](model, agents, load, aht, wait, short)


def required_by(
    model: Model, load: npt.ArrayLike, aht_seconds: npt.ArrayLike, goals: Targets, *, whole: bool = True
) -> Required:
    """Return the fewest agents that meet the targets under a model; loads in erlangs and handle times as rows."""
    a, h = (np.asarray(values, dtype=np.float64) for values in (load, aht_seconds))

    def find(rows: Rows) -> tuple[FloatArray, npt.NDArray[np.intp]]:
        part = goals[rows]

        def of(agents: FloatArray, which: Rows) -> Outcome:
            at = rows[which]
            return achieved(model, agents, a[at], h[at], goals.wait[at], goals.short[at])

        return required_with(of, a[rows], part, real=not whole)

    return solve(a, goals, find, a.shape, whole=whole)


def _by_patience(patience: float) -> Callable[..., Outcome]:
    def of(_: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, short: FloatArray) -> Outcome:
        return busy_a(n, load, aht, np.full_like(load, patience), wait, short)

    return of


def _erlang_a(
    model: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, short: FloatArray
) -> Outcome:
    return busy_a(n, load, aht, np.full_like(load, model.patience_seconds), wait, short)


def _erlang_x(
    model: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, short: FloatArray
) -> Outcome:
    total = erlang_x(n, load, aht, model.patience_seconds, model.redial_share, wait).load
    return _erlang_a(model, n, np.asarray(total), aht, wait, short)


def _lines(
    model: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, short: FloatArray
) -> Outcome:
    return erlang_lines(n, model.lines, load, aht, model.patience_seconds, wait, short)


def _chat(model: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, _: FloatArray) -> Outcome:
    """Return the outcome of chats, with time counted in handle times of a chat alone."""
    found = chat(n, load, model.concurrency, wait / aht, model.patience_seconds / aht)
    return replace(found, wait_seconds=found.wait_seconds * aht)


def _uncertain(
    model: Model, n: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, _: FloatArray
) -> Outcome:
    return erlang_a_uncertain(n, load, model.load_cv, aht, model.patience_seconds, wait)


_ACHIEVED: dict[str, Callable[..., Outcome]] = {
    "erlang_c": _by_patience(np.inf),
    "erlang_a": _erlang_a,
    "erlang_b": _by_patience(0.0),
    "erlang_x": _erlang_x,
    "lines": _lines,
    "chat": _chat,
    "uncertain": _uncertain,
}
