"""An uncertain arrival rate: the forecast is a mean, and the true rate scatters around it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, above_zero, poisson_probability, quantities, waits_of
from wfm.erlang.erlang_a import busy_a
from wfm.erlang.outcome import Outcome
from wfm.erlang.quadrature import spread

_DEVIATIONS = 10.0
_TAIL = 60.0


def erlang_a_uncertain(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    load_cv: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
) -> Outcome:
    """Return what agents achieve per contact when the load is gamma distributed; all arguments broadcast.

    Shares and waits are averaged over contacts, so that busy times count more; occupancy is the mean over time.

    Parameters
    ----------
    agents, aht_seconds, acceptable_wait_seconds
        As in `erlang_a`.
    load
        Mean load in erlangs, above 0.
    load_cv
        Standard deviation of the load / its mean, above 0 and at most 1.
    patience_seconds
        Mean patience; infinity for Erlang C, whose service level is 0 where the load reaches the agents.

    Raises
    ------
    SettingsError
        When a number is out of range.

    Notes
    -----
    E[L f(L)] / E[L] is the mean of f under a gamma law of one more shape. Source: S. Steckley, S. Henderson and
    V. Mehrotra (2009), Forecast Errors in Service Systems.

    Examples
    --------
    >>> round(float(erlang_a_uncertain(14, 10, 0.1, 180).service_level()), 4)
    0.8558
    """
    n, a, cv, h, t, p = np.broadcast_arrays(
        *quantities(
            agents=agents,
            load=load,
            load_cv=load_cv,
            aht_seconds=aht_seconds,
            acceptable_wait_seconds=acceptable_wait_seconds,
        ),
        waits_of(patience_seconds=patience_seconds),
    )
    above_zero(load=a, aht_seconds=h, load_cv=cv)
    if not (cv <= 1).all():
        raise SettingsError(messages.NOT_A_SHARE.fill(name="load_cv"))
    found = _mean(*(values.ravel() for values in (n, a, cv, h, p, t)))
    return found.mapped(lambda values: values.reshape(a.shape)[()])


def _mean(n: FloatArray, a: FloatArray, cv: FloatArray, h: FloatArray, p: FloatArray, t: FloatArray) -> Outcome:
    shape = 1 / cv**2
    middle, reach = shape + 1, _DEVIATIONS * np.sqrt(shape + 1)
    begin, end = np.maximum(middle - reach, 0.0), middle + reach + _TAIL
    full = np.clip(n * shape / a, begin, end)
    halves = [spread(full, begin), spread(full, end)]
    z, weights = (np.concatenate([half[part] for half in halves], axis=1) for part in (0, 1))

    def per_node(values: FloatArray) -> FloatArray:
        return np.repeat(values, z.shape[1])

    weights = weights * poisson_probability(per_node(shape), z.ravel()).reshape(z.shape)
    weights /= weights.sum(axis=1, keepdims=True)
    wait = per_node(t)
    each = busy_a(per_node(n), (z * (a / shape)[:, None]).ravel(), per_node(h), per_node(p), wait, wait)
    means = {f.name: (weights * getattr(each, f.name).reshape(z.shape)).sum(axis=1) for f in fields(Outcome)}
    means["occupancy"] = np.where(n > 0, a * means["answered"] / np.where(n > 0, n, 1.0), 0.0)
    return Outcome(**means)
