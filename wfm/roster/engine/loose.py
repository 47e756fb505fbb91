"""Prices of the rows that the tables of the dynamic program do not follow: the inner loops.

`learn` guides proposals, in steps of fixed length; `steer` climbs to better bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from wfm.domain.jit import compiled, inlined
from wfm.roster.engine.programs import NO_LIMIT

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.programs import Programs

    Floats = npt.NDArray[np.floating[Any]]
    Ints = npt.NDArray[np.int64]


class Loose(NamedTuple):
    """Rows that tables do not follow: they have prices instead, learnt from the lines that come out.

    Attributes
    ----------
    start, row
        Rows of an agent's program that are loose, from `start[agent]` on.
    unit
        What all coefficients of the row over starts and days off are multiples of.
    most
        Highest price of each in ticks per unit: what its helper costs, or `STEEP` when it must hold.
    price
        Present price in whole parts of a tick: above 0 when the row is to be lower, below 0 when it is to be higher.
    mean, scale
        Running means of how far lines are beyond the limit that a steered price is about, and of its square.
    work, off
        What the prices, and rows about one day, add to starts and days off, shapes (agents, days, templates) and
        (agents, days).
    """

    start: Ints
    row: Ints
    unit: Ints
    most: Floats
    price: Floats
    mean: Floats
    scale: Floats
    work: Floats
    off: Floats


STEEP = 1e6
"""Highest price in ticks of a unit of a loose row that must hold."""
STEERED = 300.0
"""Price in ticks of a unit that a change of the price of a row that must hold is measured by."""
PARTS = 64
"""Parts of a tick in which steered prices are counted, so that sums of them stay exact."""
MEMORY, SCALE_MEMORY = 0.9, 0.99
"""How much of the running means is kept at each step towards better prices."""


@inlined
def standing(loose: Loose, programs: Programs, agent: int, n: int, values: Ints) -> tuple[int, int, int]:
    """Return the sum of a loose row over the starts and days off of a line, and its limits, all in units."""
    days, templates = loose.work.shape[1:]
    row, unit = programs.row_start[programs.of[agent]] + loose.row[n], loose.unit[n]
    total = 0
    for i in range(programs.term_start[row], programs.term_start[row + 1]):
        if programs.term_var[i] < days * (1 + templates):
            total += programs.term_coef[i] * values[programs.term_var[i]]
    return total // unit, -(-programs.row_low[row] // unit), programs.row_high[row] // unit


@inlined
def reprice(loose: Loose, programs: Programs, agent: int, n: int, after: float) -> None:
    """Give a loose row another price."""
    days, templates = loose.work.shape[1:]
    row, change = programs.row_start[programs.of[agent]] + loose.row[n], after - loose.price[n]
    loose.price[n] = after
    if change != 0:
        for i in range(programs.term_start[row], programs.term_start[row + 1]):
            v, by = programs.term_var[i], change * (programs.term_coef[i] // loose.unit[n])
            if v < days:
                loose.off[agent, v] += by
            elif v < days * (1 + templates):
                loose.work[agent, (v - days) // templates, (v - days) % templates] += by


@compiled
def learn(loose: Loose, programs: Programs, agent: int, values: Ints) -> None:
    """Raise the prices of an agent's loose rows that a line breaks, or pays for, and lower those of the others."""
    for n in range(loose.start[agent], loose.start[agent + 1]):
        total, low, high = standing(loose, programs, agent, n, values)
        before, step = loose.price[n], loose.most[n]
        if step >= STEEP:
            step = max(STEERED * loose.unit[n], abs(before))
        if total > high:
            after = before + 0.3 * step
        elif total < low:
            after = before - 0.3 * step
        else:
            after = np.sign(before) * max(0.0, abs(before) - 0.15 * step)
        reprice(loose, programs, agent, n, np.rint(min(max(after, -loose.most[n]), loose.most[n])))


@compiled
def steer(loose: Loose, programs: Programs, agent: int, values: Ints, pace: float) -> None:
    """Move the prices of an agent's loose rows to where the bound of his best line, which is given, is higher.

    `pace` is the length of a change, as a share of the highest price.
    """
    for n in range(loose.start[agent], loose.start[agent + 1]):
        total, low, high = standing(loose, programs, agent, n, values)
        before, most = loose.price[n], loose.most[n]
        beyond = total - high if before > 0 else total - low if before < 0 else max(total - high, min(total - low, 0))
        loose.mean[n] = MEMORY * loose.mean[n] + (1 - MEMORY) * beyond
        loose.scale[n] = SCALE_MEMORY * loose.scale[n] + (1 - SCALE_MEMORY) * beyond**2
        change = pace * min(most, STEERED) * loose.mean[n] / (np.sqrt(loose.scale[n]) + 0.1)
        floor = 0.0 if before > 0 or low < -NO_LIMIT // PARTS else -most
        ceiling = 0.0 if before < 0 or high > NO_LIMIT // PARTS else most
        reprice(loose, programs, agent, n, np.rint(PARTS * min(max(before + change, floor), ceiling)) / PARTS)


@compiled
def rent(loose: Loose, programs: Programs, agent: int) -> float:
    """Return what an agent's loose rows cost at their prices where they are just kept, in ticks."""
    start, total = programs.row_start[programs.of[agent]], 0.0
    for n in range(loose.start[agent], loose.start[agent + 1]):
        row, unit, price = start + loose.row[n], loose.unit[n], loose.price[n]
        if price > 0:
            total += price * (programs.row_high[row] // unit)
        elif price < 0:
            total -= price * (-programs.row_low[row] // unit)
    return total
