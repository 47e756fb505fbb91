"""Erlang B: contacts that find every agent busy are lost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, quantities, reciprocal_b


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
