"""How likely the planned cover meets the target, given how far contacts may fall from their forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm import staffing

if TYPE_CHECKING:
    from wfm.pipeline.stages import Demand

CHANCES = np.linspace(0.05, 0.95, 19)
"""Quantiles of the rate of contacts for which the requirement is computed."""


def chance_of_target(known: Demand, cover: pd.DataFrame) -> pd.DataFrame:
    """Return per open interval the probability that the cover is enough for the rate of contacts that comes.

    Parameters
    ----------
    cover
        Indexed by (`queue`, `interval_start`); agents on the queue in the column `cover`.

    Returns
    -------
    DataFrame
        Columns `queue, interval_start, required, cover, chance`: 0.75 means that one such interval in four misses its
        target. The chance is known to a twentieth.
    """
    settings, ahead = known.inputs.settings, known.ahead
    if ahead is None:
        raise ValueError("a forecast without its spread says nothing about chances")
    have = cover["cover"].reindex(known.requirement.index).to_numpy(dtype=float)
    enough = np.zeros(len(have))
    for tau in CHANCES:
        need = staffing.requirement(ahead.at(float(tau)), settings, settings.grid)["required_rostered"]
        enough += have + 1e-9 >= need.to_numpy(dtype=float)
    table = pd.DataFrame(
        {"required": known.requirement["required_rostered"], "cover": have, "chance": enough / len(CHANCES)}
    )
    served = (known.requirement["offered"] > 0).to_numpy()
    return table[served].reset_index()
