"""Erlang A: contacts that find every agent busy wait and give up after an exponential time; B and C are its ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, quantities, waits_of
from wfm.erlang._tails import below
from wfm.erlang.line import Line, outcome
from wfm.erlang.outcome import Outcome, choose, without_contacts

_FAINT = 1e-100
"""Less load, handle time or agents than this is as good as this, and none of them."""


def erlang_a(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    short_seconds: npt.ArrayLike | None = None,
) -> Outcome:
    """Return what real-valued agents achieve when waiting contacts give up; all arguments broadcast.

    Parameters
    ----------
    agents
        Agents on the queue, whole or not.
    load
        Offered load in erlangs, those who give up included; may exceed the agents.
    aht_seconds
        Mean handle time; 0 is no load.
    patience_seconds
        Mean time until a waiting contact gives up: 0 is Erlang B, infinity (`numpy.inf`) Erlang C.
    acceptable_wait_seconds
        Seconds within which a contact should be answered.
    short_seconds
        Short-call cut: who gives up sooner does not count in `excluding_short_abandons`; the acceptable wait when None.

    Raises
    ------
    SettingsError
        When a value is negative, not a number, or infinite (patience may be).

    Notes
    -----
    Source: Palm (1957); Garnett, Mandelbaum and Reiman (2002).

    Examples
    --------
    >>> found = erlang_a(50, 48, 60, 120)
    >>> round(float(found.abandoned), 4), round(float(found.wait_seconds), 2), round(float(found.occupancy), 3)
    (0.0309, 3.71, 0.93)
    """
    patience = waits_of(patience_seconds=patience_seconds)
    n, a, h, t, s, p = np.broadcast_arrays(
        *quantities(
            agents=agents,
            load=load,
            aht_seconds=aht_seconds,
            acceptable_wait_seconds=acceptable_wait_seconds,
            short_seconds=acceptable_wait_seconds if short_seconds is None else short_seconds,
        ),
        patience,
    )
    found = busy_a(*(values.ravel() for values in (n, a, h, p, t, s)))
    return found.mapped(lambda values: values.reshape(a.shape)[()])


def busy_a(
    n: FloatArray, load: FloatArray, aht: FloatArray, patience: FloatArray, wait: FloatArray, short: FloatArray
) -> Outcome:
    """Return what `erlang_a` does, for equal-length arrays that were checked."""
    empty = (load == 0) | (aht == 0)
    a, h = np.where(empty, 1.0, np.maximum(load, _FAINT)), np.where(empty, 1.0, np.maximum(aht, _FAINT))
    number = np.where(n < _FAINT, 0.0, n)
    found = outcome(Line(below(number, a), a / h, number / h, patience), wait, short)
    return choose(empty, without_contacts(a.shape), found) if empty.any() else found
