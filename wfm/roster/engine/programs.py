"""The programs of all agents as plain arrays, and how a line becomes the values of all variables: the inner loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfm.domain.jit import compiled, inlined

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]


class Programs(NamedTuple):
    """The programs of all agents, one after the other; programs that are equal but for costs are stored once.

    Attributes
    ----------
    of
        Program of an agent.
    row_start, term_start, term_var, term_coef, row_low, row_high
        Rows of program p are `row_start[p]` to `row_start[p + 1]`; their terms likewise.
    variables
        Number of variables of each program.
    helper_start, helper, helper_paid, limit_start, limit_row, limit_coef
        Helper variables in the order in which they are settled, and the rows that settle each.
    low, high, cost
        Bounds and costs of an agent's variables, from `first[agent]` on.
    """

    of: Ints
    row_start: Ints
    term_start: Ints
    term_var: Small
    term_coef: Ints
    row_low: Ints
    row_high: Ints
    variables: Ints
    helper_start: Ints
    helper: Small
    helper_paid: Flags
    limit_start: Ints
    limit_row: Ints
    limit_coef: Ints
    first: Ints
    low: Ints
    high: Ints
    cost: Ints
    constant: Ints


NO_LIMIT = 1 << 60
"""Stands for no bound of a row."""


@inlined
def limited(programs: Programs, m: int, others: int, value: int, paid: bool) -> int:
    """Return what is left of a helper's value, or what it takes, once limit `m` on it counts.

    A helper that costs something is as low as its limits allow, one that costs nothing as high.
    """
    row, coef = programs.limit_row[m], programs.limit_coef[m]
    low, high = programs.row_low[row], programs.row_high[row]
    if paid:
        value = max(value, -((others - (low if coef > 0 else high)) // coef))
    else:
        value = min(value, ((high if coef > 0 else low) - others) // coef)
    return value


@inlined
def cell(day: int, template: int, days: int, templates: int) -> int:
    """Return the variable of a template on a day, or of the day off (-1)."""
    return day if template < 0 else days + day * templates + template


@inlined
def lay_out(line: Small, templates: int, values: Ints) -> None:
    """Write a line as the values of its days off and starts, and 0 for all other variables."""
    days = len(line)
    values[:] = 0
    for d in range(days):
        values[cell(d, line[d], days, templates)] = 1


@inlined
def set_helpers(programs: Programs, agent: int, values: Ints) -> None:
    """Set an agent's helper variables to what their limits leave them, in the order in which the rules made them."""
    p = programs.of[agent]
    first = programs.first[agent]
    for n in range(programs.helper_start[p], programs.helper_start[p + 1]):
        h = programs.helper[n]
        paid = programs.helper_paid[n]
        value = 0 if paid else programs.high[first + h]
        for m in range(programs.limit_start[n], programs.limit_start[n + 1]):
            row, others = programs.limit_row[m], 0
            for i in range(programs.term_start[row], programs.term_start[row + 1]):
                if programs.term_var[i] != h:
                    others += programs.term_coef[i] * values[programs.term_var[i]]
            value = limited(programs, m, others, value, paid)
        values[h] = max(0, value)


@compiled
def complete(programs: Programs, agent: int, templates: int, line: Small, values: Ints) -> tuple[int, int]:
    """Return the first row that a line breaks (-1 when none, -2 for a bound) and its cost; fills all its variables.

    A helper that costs nothing is set as high as its rows allow, in the order in which the rules made them; a helper
    that costs something, as low.
    """
    p = programs.of[agent]
    first, number = programs.first[agent], programs.variables[p]
    lay_out(line, templates, values[:number])
    set_helpers(programs, agent, values)
    cost = programs.constant[agent]
    for v in range(number):
        if values[v] < programs.low[first + v] or values[v] > programs.high[first + v]:
            return -2, cost
        cost += programs.cost[first + v] * values[v]
    for row in range(programs.row_start[p], programs.row_start[p + 1]):
        total = 0
        for i in range(programs.term_start[row], programs.term_start[row + 1]):
            total += programs.term_coef[i] * values[programs.term_var[i]]
        if total < programs.row_low[row] or total > programs.row_high[row]:
            return row - programs.row_start[p], cost
    return -1, cost
