"""Square-root rules: agents = load + beta sqrt(load), and what beta means for large queues."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._normal import hazard
from wfm.erlang._special import FloatArray, quantities
from wfm.erlang.bisect import smallest

_LARGEST_BETA = 40.0


def halfin_whitt(beta: npt.ArrayLike) -> FloatArray:
    """Return the share that waits in a large queue with load + beta sqrt(load) agents when nobody gives up.

    It is 1 for `beta` <= 0. Source: S. Halfin and W. Whitt (1981): 1 / (1 + beta Phi(beta) / phi(beta)).

    Examples
    --------
    >>> round(float(halfin_whitt(1)), 4)
    0.2234
    """
    value = np.asarray(beta, dtype=np.float64)
    above = np.maximum(value, 0.0)
    return np.where(value > 0, 1 / (1 + above / hazard(-above)), 1.0)[()]


def garnett(beta: npt.ArrayLike, impatience: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the share that waits, and sqrt(agents) times the share of the waiting that gives up, in a large queue.

    Parameters
    ----------
    beta
        Cushion: agents = load + beta sqrt(load); may be negative.
    impatience
        Handle time / patience, above 0.

    Raises
    ------
    SettingsError
        When the impatience is not above 0.

    Notes
    -----
    Source: O. Garnett, A. Mandelbaum and M. Reiman (2002), theorem 4.

    Examples
    --------
    >>> [round(float(v), 4) for v in garnett(0.5, 0.25)]
    [0.4004, 0.2626]
    """
    b, ratio = np.broadcast_arrays(np.asarray(beta, dtype=np.float64), np.asarray(impatience, dtype=np.float64))
    if not (np.isfinite(ratio) & (ratio > 0)).all():
        raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name="impatience"))
    root = np.sqrt(ratio)
    rate = hazard(b / root)
    return 1 / (1 + root * rate / hazard(-b)), root * (rate - b / root)


def square_root_agents(load: npt.ArrayLike, waits: npt.ArrayLike) -> FloatArray:
    """Return the real number of agents with which a share of contacts waits when nobody gives up, by Halfin-Whitt.

    Examples
    --------
    >>> round(float(square_root_agents(100, 0.2)), 1)
    110.6
    """
    a, share = quantities(load=load, waits=waits)
    if not ((share > 0) & (share < 1)).all():
        raise SettingsError(messages.NOT_BELOW_ONE.fill(name="waits"))
    beta = smallest(lambda b: halfin_whitt(b) <= share, np.zeros_like(a), np.full_like(a, _LARGEST_BETA))
    return a + beta * np.sqrt(a)
