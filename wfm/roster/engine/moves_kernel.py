"""The inner loop of small moves: some days of one agent or of two change, when that does not cost too much.

Counts, sums of rows and helper variables follow every change, so that a move costs what it touches and no more. All
functions take plain arrays and are compiled where a compiler is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfm.domain.jit import compiled, inlined
from wfm.roster.engine.covers import add
from wfm.roster.engine.kernel import LOST
from wfm.roster.engine.programs import cell, complete, limited

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wfm.roster.engine.covers import Covers
    from wfm.roster.engine.kernel import Own
    from wfm.roster.engine.programs import Programs

    Floats = npt.NDArray[np.floating[Any]]
    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]

LONGEST = 14
"""Most days that one move changes for an agent."""
DRAWS = 7
"""Random numbers that a move takes."""
DAY, SWAP, SPAN, PAIR, TURN, CROSS = range(6)
"""Moves: another shift on a day; two agents change places on days in a row; one shift on days in a row; two days of
an agent; days in a row turned by one; two agents change places on two days."""


class Uses(NamedTuple):
    """The rows that each variable of a program is in.

    Variable v of program p is entry `first[p] + v`; its rows, counted from the program's first, and coefficients are
    `start[entry]` to `start[entry + 1]`.
    """

    first: Ints
    start: Ints
    row: Small
    coef: Ints


class Held(NamedTuple):
    """A roster with everything that follows from it.

    Attributes
    ----------
    line, queue
        Template and queue per day, -1 when off, shapes (agents, days).
    counts
        Shape (rows,).
    cost, paid
        Of each agent: what his line costs, and the part of it that is helper variables.
    value
        Variables of all agents, one after the other.
    total, first
        Sums of all agents' rows; those of an agent begin at `first[agent]`.
    """

    line: Small
    queue: Small
    counts: Ints
    cost: Ints
    paid: Ints
    value: Ints
    total: Ints
    first: Ints


class Edits(NamedTuple):
    """Days of one agent or of two that a move changes, and what they were."""

    agent: Small
    day: Small
    template: Small
    queue: Small
    old_template: Small
    old_queue: Small


@compiled
def hold(programs: Programs, held: Held, templates: int, agents: Ints) -> None:
    """Work out what follows from the lines of some agents."""
    cells = held.line.shape[1] * (1 + templates)
    for agent in agents:
        p = programs.of[agent]
        start, until = programs.row_start[p], programs.row_start[p + 1]
        value = held.value[programs.first[agent] : programs.first[agent] + programs.variables[p]]
        _, held.cost[agent] = complete(programs, agent, templates, held.line[agent], value)
        paid = 0
        for v in range(cells, len(value)):
            paid += programs.cost[programs.first[agent] + v] * value[v]
        held.paid[agent] = paid
        for row in range(start, until):
            total = 0
            for i in range(programs.term_start[row], programs.term_start[row + 1]):
                total += programs.term_coef[i] * value[programs.term_var[i]]
            held.total[held.first[agent] + row - start] = total


@inlined
def option_of(template: int, queue: int, day: int, days: int, templates: int) -> int:
    """Return the option of a template on a queue; -1 when it is a day off."""
    return -1 if template < 0 else (queue * days + day) * templates + template


@inlined
def mirrored(edits: Edits, n: int, number: int) -> bool:
    """Return whether an edit and the next one only change places, which no count sees."""
    m = n + 1
    return (
        m < number
        and edits.day[n] == edits.day[m]
        and edits.template[n] == edits.old_template[m]
        and edits.template[m] == edits.old_template[n]
        and edits.queue[n] == edits.old_queue[m]
        and edits.queue[m] == edits.old_queue[n]
    )


@inlined
def recount(covers: Covers, held: Held, edits: Edits, number: int, templates: int, sign: int) -> int:
    """Return by how much the cost of the counts changes when edits are made (sign 1) or undone (-1)."""
    days = held.line.shape[1]
    change, n = 0, 0
    while n < number:
        if mirrored(edits, n, number):
            n += 2
            continue
        old = option_of(edits.old_template[n], edits.old_queue[n], edits.day[n], days, templates)
        new = option_of(edits.template[n], edits.queue[n], edits.day[n], days, templates)
        if old >= 0:
            change += add(covers, held.counts, old, -sign)
        if new >= 0:
            change += add(covers, held.counts, new, sign)
        n += 1
    return change


@inlined
def move_variable(programs: Programs, uses: Uses, held: Held, agent: int, var: int, by: int) -> None:
    """Change a variable, and the sums of the rows that it is in."""
    at, base = uses.first[programs.of[agent]] + var, held.first[agent]
    held.value[programs.first[agent] + var] += by
    for i in range(uses.start[at], uses.start[at + 1]):
        held.total[base + uses.row[i]] += by * uses.coef[i]


@inlined
def keeps_rows(programs: Programs, uses: Uses, held: Held, agent: int, var: int) -> bool:
    """Return whether all rows that a variable is in are kept."""
    p = programs.of[agent]
    at, base, first = uses.first[p] + var, held.first[agent], programs.row_start[p]
    good = True
    for i in range(uses.start[at], uses.start[at + 1]):
        row = uses.row[i]
        total = held.total[base + row]
        if total < programs.row_low[first + row] or total > programs.row_high[first + row]:
            good = False
            break
    return good


@inlined
def move_days(programs: Programs, uses: Uses, held: Held, edits: Edits, number: int, templates: int, sign: int) -> None:
    """Make edits of lines (sign 1) or undo them (-1)."""
    days = held.line.shape[1]
    for n in range(number):
        agent, d = edits.agent[n], edits.day[n]
        new, old = edits.template[n], edits.old_template[n]
        if new != old:
            move_variable(programs, uses, held, agent, cell(d, old, days, templates), -sign)
            move_variable(programs, uses, held, agent, cell(d, new, days, templates), sign)
        held.line[agent, d] = new if sign > 0 else old
        held.queue[agent, d] = edits.queue[n] if sign > 0 else edits.old_queue[n]


@inlined
def settle(programs: Programs, uses: Uses, held: Held, agent: int) -> int:
    """Return by how much an agent's cost changes when his helper variables are set as `complete` sets them."""
    p = programs.of[agent]
    first, base = programs.first[agent], held.first[agent] - programs.row_start[p]
    change = 0
    for n in range(programs.helper_start[p], programs.helper_start[p + 1]):
        h = programs.helper[n]
        now, paid = held.value[first + h], programs.helper_paid[n]
        value = 0 if paid else programs.high[first + h]
        for m in range(programs.limit_start[n], programs.limit_start[n + 1]):
            others = held.total[base + programs.limit_row[m]] - programs.limit_coef[m] * now
            value = limited(programs, m, others, value, paid)
        value = max(0, value)
        if value != now:
            move_variable(programs, uses, held, agent, h, value - now)
            change += (value - now) * programs.cost[first + h]
    return change


@inlined
def helpers_keep(programs: Programs, uses: Uses, held: Held, agent: int) -> bool:
    """Return whether an agent's helper variables are within their bounds and their rows are kept."""
    p = programs.of[agent]
    first = programs.first[agent]
    good = True
    for n in range(programs.helper_start[p], programs.helper_start[p + 1]):
        h = programs.helper[n]
        value = held.value[first + h]
        if value < programs.low[first + h] or value > programs.high[first + h]:
            good = False
        if good:
            good = keeps_rows(programs, uses, held, agent, h)
        if not good:
            break
    return good


@inlined
def days_keep(programs: Programs, uses: Uses, held: Held, edits: Edits, number: int, templates: int) -> bool:
    """Return whether all rows that edited days are in are kept."""
    days = held.line.shape[1]
    good = True
    for n in range(2 * number):
        at = n // 2
        template = edits.template[at] if n % 2 else edits.old_template[at]
        good = keeps_rows(programs, uses, held, edits.agent[at], cell(edits.day[at], template, days, templates))
        if not good:
            break
    return good


@inlined
def note(edits: Edits, n: int, agent: int, day: int, template: int, wish: int) -> int:
    """Note that an agent's day becomes a template on a wished queue, or off (-1); returns the number of edits."""
    edits.agent[n], edits.day[n], edits.template[n], edits.queue[n] = agent, day, template, wish
    return n + 1


@inlined
def draw_pair(held: Held, edits: Edits, templates: int, a: int, d: int, e: int, draw: Floats) -> int:
    """Note new templates on two days of an agent; returns the number of edits.

    Half of the time the days change places; else a shift moves to a day off, or both days get a drawn one.
    """
    new, other = int((2.0 * draw[4] - 1.0) * templates), int(draw[5] * templates)
    wish, other_wish = -1, -1
    if draw[4] < 0.5:
        new, other = held.line[a, e], held.line[a, d]
        wish, other_wish = held.queue[a, e], held.queue[a, d]
    elif held.line[a, d] >= 0 and held.line[a, e] < 0:
        new, other, other_wish = -1, new, held.queue[a, d]
    note(edits, 0, a, d, new, wish)
    return note(edits, 1, a, e, other, other_wish)


@inlined
def draw_run(held: Held, edits: Edits, kind: int, templates: int, a: int, d: int, last: int, draw: Floats) -> int:
    """Note one template on days in a row from d on, or these days turned by one; returns the number of edits."""
    length = min(2 + int(draw[4] * 4) if kind == SPAN else 3 + int(draw[3] * 8), last - d)
    template = int(draw[3] * (templates + 1)) - 1
    turn = 0 if kind == SPAN else 1 if draw[4] < 0.5 else length - 1
    for i in range(length):
        source = d + (i + turn) % length
        note(edits, i, a, d + i, template if kind == SPAN else held.line[a, source], held.queue[a, source])
    return length


@inlined
def draw_exchange(held: Held, edits: Edits, kind: int, a: int, b: int, d: int, e: int, last: int, draw: Floats) -> int:
    """Note that two agents change places on two days, or on days in a row; returns the number of edits."""
    length = 2 if kind == CROSS else min(1 + int(draw[4] * draw[4] * LONGEST), last - d)
    n = 0
    for i in range(length):
        day = d + i if kind == SWAP else e if i else d
        n = note(edits, n, a, day, held.line[b, day], held.queue[b, day])
        n = note(edits, n, b, day, held.line[a, day], held.queue[a, day])
    return n


@inlined
def draw_move(
    held: Held, edits: Edits, weights: Floats, templates: int, crew: Ints, first: int, last: int, draw: Floats
) -> int:
    """Note the edits of a move of some agents on days from `first` to before `last`; returns their number."""
    kind = 0
    while draw[0] >= weights[kind]:
        kind += 1
    number, days = len(crew), last - first
    at, d = int(draw[1] * number), first + int(draw[2] * days)
    a, b = crew[at], crew[(at + 1 + int(draw[3] * (number - 1))) % number]
    e = first + (d - first + 1 + int((draw[3] if kind == PAIR else draw[4]) * (days - 1))) % days
    n = 0
    if kind == DAY:
        n = note(edits, 0, a, d, int(draw[3] * (templates + 1)) - 1, -1)
    elif kind in (SPAN, TURN):
        n = draw_run(held, edits, kind, templates, a, d, last, draw)
    elif kind == PAIR:
        n = draw_pair(held, edits, templates, a, d, e, draw) if d != e else 0
    elif a != b and (kind == SWAP or d != e):
        n = draw_exchange(held, edits, kind, a, b, d, e, last, draw)
    return n


@inlined
def queue_for(own: Own, agent: int, day: int, wish: int, draw: float) -> int:
    """Return the wished queue if the agent may serve it on a day, else one that he may, drawn; -1 when he may none."""
    served = own.served[agent]
    found = -1
    if wish >= 0 and served[wish, day]:
        found = wish
    else:
        number = 0
        for q in range(served.shape[0]):
            number += served[q, day]
        left = int(draw * number)
        for q in range(served.shape[0]):
            if served[q, day]:
                if left == 0:
                    found = q
                left -= 1
    return found


@inlined
def complete_edits(own: Own, held: Held, edits: Edits, number: int, draw: Floats) -> int:
    """Find the queue of every edit and what it replaces; returns how many edits change something."""
    n = 0
    for m in range(number):
        a, d, template = edits.agent[m], edits.day[m], edits.template[m]
        queue = queue_for(own, a, d, edits.queue[m], draw[5 + m % 2]) if template >= 0 else -1
        if template != held.line[a, d] or queue != held.queue[a, d]:
            edits.agent[n], edits.day[n], edits.template[n], edits.queue[n] = a, d, template, queue
            edits.old_template[n], edits.old_queue[n] = held.line[a, d], held.queue[a, d]
            n += 1
    return n


@inlined
def cells_change(own: Own, edits: Edits, number: int) -> float:
    """Return by how much edits change the own cost of the days; half of `LOST` or more when one is barred."""
    change = 0.0
    for n in range(number):
        a, d, new, old = edits.agent[n], edits.day[n], edits.template[n], edits.old_template[n]
        change += own.off_cost[a, d] if new < 0 else own.cost[a, d, new]
        change -= own.off_cost[a, d] if old < 0 else own.cost[a, d, old]
        if new >= 0 and edits.queue[n] < 0:
            change += LOST
    return change


@inlined
def charge(own: Own, held: Held, edits: Edits, number: int) -> None:
    """Charge edits that are made to their agents."""
    for n in range(number):
        a, d, new, old = edits.agent[n], edits.day[n], edits.template[n], edits.old_template[n]
        held.cost[a] += int(own.off_cost[a, d] if new < 0 else own.cost[a, d, new])
        held.cost[a] -= int(own.off_cost[a, d] if old < 0 else own.cost[a, d, old])


@inlined
def partner(edits: Edits, number: int) -> int:
    """Return the agent in edits who is not the first one, the first one when there is none."""
    found = edits.agent[0]
    for n in range(1, number):
        if edits.agent[n] != edits.agent[0]:
            found = edits.agent[n]
            break
    return int(found)


@inlined
def rules_keep(programs: Programs, uses: Uses, held: Held, edits: Edits, number: int, templates: int) -> bool:
    """Return whether all rows that edits may have broken are kept."""
    one, other = edits.agent[0], partner(edits, number)
    good = days_keep(programs, uses, held, edits, number, templates)
    if good:
        good = helpers_keep(programs, uses, held, one)
    if good and other != one:
        good = helpers_keep(programs, uses, held, other)
    return good


@inlined
def settle_all(programs: Programs, uses: Uses, held: Held, edits: Edits, number: int) -> int:
    """Return by how much helper variables change the cost when they are set again for the agents of edits."""
    one, other = edits.agent[0], partner(edits, number)
    change = 0
    for agent in (one, other):
        if agent == one or other != one:
            by = settle(programs, uses, held, agent)
            held.paid[agent] += by
            held.cost[agent] += by
            change += by
    return change


@compiled
def wander(
    programs: Programs,
    uses: Uses,
    covers: Covers,
    own: Own,
    held: Held,
    edits: Edits,
    weights: Floats,
    crew: Ints,
    first: int,
    last: int,
    draws: Floats,
    limits: Ints,
    told: Ints,
) -> tuple[int, int]:
    """Return by how much drawn moves have changed the objective, and the days that were tried.

    Parameters
    ----------
    weights
        Cumulated chance of each move.
    crew
        Agents who take part.
    first, last
        Days that may change: from `first` to before `last`.
    draws, limits
        Of each move: its random numbers, shape (moves, `DRAWS`), and how much it may cost.
    told
        Empty, or shape (moves,): then no move is made, and what each would change is written here; 0 when it may not
        be made.
    """
    templates = own.cost.shape[2]
    total, steps = 0, 0
    for move in range(len(draws)):
        number = draw_move(held, edits, weights, templates, crew, first, last, draws[move])
        number = complete_edits(own, held, edits, number, draws[move])
        steps += 1 + number
        cells = cells_change(own, edits, number) if number else LOST
        if cells >= LOST / 2:
            continue
        change = recount(covers, held, edits, number, templates, 1) + int(cells)
        one, other = edits.agent[0], partner(edits, number)
        hope = held.paid[one] + (held.paid[other] if other != one else 0)
        good = change - hope <= limits[move]
        if good:
            move_days(programs, uses, held, edits, number, templates, 1)
            change += settle_all(programs, uses, held, edits, number)
            good = change <= limits[move] and rules_keep(programs, uses, held, edits, number, templates)
            if good and len(told):
                told[move] = change
            if not good or len(told):
                move_days(programs, uses, held, edits, number, templates, -1)
                settle_all(programs, uses, held, edits, number)
        if good and not len(told):
            total += change
            charge(own, held, edits, number)
        else:
            recount(covers, held, edits, number, templates, -1)
    return total, steps
