"""Erlang X: some of those who give up dial again, and some of those who were answered call back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, quantities, waits_of
from wfm.erlang.bisect import root
from wfm.erlang.erlang_a import erlang_a

if TYPE_CHECKING:
    from wfm.erlang.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Redials:
    """A queue with redials.

    Attributes
    ----------
    load
        Offered load in erlangs, every attempt counted.
    attempts_per_caller
        Attempts for each first attempt.
    never_served
        Share of the callers who give up for good.
    outcome
        What happens to an attempt.
    """

    load: FloatArray
    attempts_per_caller: FloatArray
    never_served: FloatArray
    outcome: Outcome


def erlang_x(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike,
    redial_share: npt.ArrayLike,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    *,
    reconnect_share: npt.ArrayLike = 0.0,
) -> Redials:
    """Return what agents achieve when a share of those who give up redials at once; all arguments broadcast.

    Parameters
    ----------
    agents, aht_seconds, patience_seconds, acceptable_wait_seconds
        As in `erlang_a`.
    load
        Load in erlangs of the first attempts.
    redial_share
        Share of those who give up that redials, below 1.
    reconnect_share
        Share of those answered that calls again about the same thing, below 1.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number, or a share reaches 1.

    Notes
    -----
    The total is the root of `first_attempts`(total) = load; attempts are taken as one Poisson stream. Source: S. Ding,
    G. Koole and R. van der Mei (2013), A Method for Estimation of Redial and Reconnect Probabilities in Call Centers.

    Examples
    --------
    >>> found = erlang_x(10, 10, 180, 120, 0.5)
    >>> round(float(found.attempts_per_caller), 4), round(float(found.outcome.abandoned), 4)
    (1.0991, 0.1804)
    """
    n, a, r, q = quantities(agents=agents, load=load, redial_share=redial_share, reconnect_share=reconnect_share)
    _below_one(redial_share=r, reconnect_share=q)
    shape = np.broadcast_shapes(a.shape, np.shape(aht_seconds), np.shape(patience_seconds))
    n, a, r, q = (np.broadcast_to(values, shape) for values in (n, a, r, q))
    total = root(
        lambda tried: first_attempts(n, tried, aht_seconds, patience_seconds, r, reconnect_share=q) - a,
        a,
        a / (1 - np.maximum(r, q)),
    )
    found = erlang_a(n, total, aht_seconds, patience_seconds, acceptable_wait_seconds)
    tries = np.where(a > 0, total / np.where(a > 0, a, 1.0), 1.0)
    return Redials(total[()], tries[()], (1 - r) * tries * found.abandoned, found)


def first_attempts(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike,
    redial_share: npt.ArrayLike,
    *,
    reconnect_share: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Return the load in erlangs of the first attempts in a recorded load: recorded attempts overstate demand.

    Arguments as in `erlang_x`, but `load` counts every attempt, and `agents` were there when it was recorded.

    Examples
    --------
    >>> round(float(first_attempts(10, 10.99142, 180, 120, 0.5)), 3)
    10.0
    """
    waits_of(patience_seconds=patience_seconds)
    a, r, q = quantities(load=load, redial_share=redial_share, reconnect_share=reconnect_share)
    found = erlang_a(agents, a, aht_seconds, patience_seconds)
    return a * (1 - r * found.abandoned - q * found.answered)


def _below_one(**shares: FloatArray) -> None:
    for name, share in shares.items():
        if not (share < 1).all():
            raise SettingsError(messages.SHARE_BELOW_ONE.fill(name=name))
