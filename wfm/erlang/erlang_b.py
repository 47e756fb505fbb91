"""Erlang B: contacts that find every agent busy are lost; with retries, some of them come back at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, quantities
from wfm.erlang._tails import reciprocal_b
from wfm.erlang.bisect import root, smallest


def erlang_b(agents: npt.ArrayLike, load: npt.ArrayLike) -> FloatArray:
    """Return the share of contacts lost, with real-valued agents and broadcasting.

    Parameters
    ----------
    agents
        Agents or lines, whole or not; 0 loses everything, even at no load.
    load
        Offered load in erlangs.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number.

    Notes
    -----
    Source: A. K. Erlang (1917); for real n the integral 1/B = int_0^inf e^-t (1 + t/a)^n dt.

    Examples
    --------
    >>> round(float(erlang_b(10, 4.4612)), 4)
    0.01
    """
    n, a = quantities(agents=agents, load=load)
    lost = 1 / reciprocal_b(n.ravel(), np.where(a > 0, a, 1.0).ravel()).reshape(a.shape)
    return np.where(a > 0, lost, np.where(n > 0, 0.0, 1.0))[()]


def load_with_retries(agents: npt.ArrayLike, load: npt.ArrayLike, retry_share: npt.ArrayLike) -> FloatArray:
    """Return the load in erlangs, retries included, when a share of the lost contacts tries again at once.

    `retry_share` lies in [0, 1). Source: the extended Erlang B formula a' = a + r a' B(n, a'); its root is unique,
    since the first attempts a'(1 - r B(n, a')) grow with a'.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number, or the share reaches 1.

    Examples
    --------
    >>> round(float(load_with_retries(10, 8, 0.5)), 4)
    8.6578
    """
    n, a, r = quantities(agents=agents, load=load, retry_share=retry_share)
    if not (r < 1).all():
        raise SettingsError(messages.SHARE_BELOW_ONE.fill(name="retry_share"))
    return root(lambda total: total * (1 - r * erlang_b(n, total)) - a, a, a / (1 - r))[()]


def load_for_blocking(agents: npt.ArrayLike, blocking: npt.ArrayLike) -> FloatArray:
    """Return the load in erlangs of which agents or lines lose the given share, above 0 and below 1.

    Raises
    ------
    SettingsError
        When agents are not above 0, or the share is not between 0 and 1.

    Examples
    --------
    >>> round(float(load_for_blocking(15, 0.01)), 3)
    8.108
    """
    n, lost = quantities(agents=agents, blocking=blocking)
    if not ((lost > 0) & (lost < 1)).all():
        raise SettingsError(messages.NOT_BELOW_ONE.fill(name="blocking"))
    if not (n > 0).all():
        raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name="agents"))
    return smallest(lambda load: erlang_b(n, load) >= lost, np.zeros_like(n), n / (1 - lost))[()]
