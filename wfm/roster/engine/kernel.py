"""The inner loops: one agent's best line by dynamic programming, and the price of every start.

All functions take plain arrays and are compiled where a compiler is installed. Costs are whole numbers in floats of 64
bits, or of 32 where whoever asks knows that no sum is too large to be exact; new lines of ruin and recreate are only
proposals, whose cost is worked out again. `FAR` stands for what is not allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from wfm.domain.jit import compiled, index
from wfm.roster.engine.loose import learn, rent, steer
from wfm.roster.engine.programs import complete, lay_out
from wfm.roster.engine.rematch import lay, seek

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.covers import Covers
    from wfm.roster.engine.loose import Loose
    from wfm.roster.engine.programs import Programs

    Floats = npt.NDArray[np.floating[Any]]
    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]

FAR = 2.0**50
"""Cost in ticks of what is not allowed; exact in 32-bit floats too."""
LOST = FAR / 2
"""Costs from here on stand for what is not allowed, whatever was added to it or taken off."""


class Tables(NamedTuple):
    """The grammars of all agents, padded to equal shapes; the first axis is the agent.

    A state of the dynamic program is a node, which is a run of days off or a class of templates with a run of work,
    and a place, which is the values of all counters in one number. Some places are beyond a limit and never used.

    Attributes
    ----------
    dim
        Classes, lengths of runs of work, of days off, places, groups of templates, sets of classes, unused places.
    group
        Group of each template: equal class, equal additions, barred by the same classes; shape (days, templates).
    to, barred_by, shift, shift_after
        Of each group: its class, the set of classes that may precede it, and by how much it moves the place, after a
        day of work and after a day off.
    shift_off, reach
        By how much a day off moves the place, shape (days,); the last place in use before a day, shape (days + 1,).
    member, inside
        Whether a set has a class, shape (sets, classes); the set that it contains as a whole, -1 for none.
    work_stop, work_stay, off_stop, off_stay
        Whether a run of this length may not be ended by this day, or reached on it, shapes (days, lengths).
    unused, end
        Places beyond a limit; cost of the last place.
    """

    dim: Ints
    group: Small
    to: Small
    barred_by: Small
    shift: Small
    shift_after: Small
    shift_off: Small
    reach: Small
    member: Flags
    inside: Small
    work_stop: Flags
    work_stay: Flags
    off_stop: Flags
    off_stay: Flags
    unused: Small
    end: Floats


@compiled
def relax(room: Floats, target: int, source: int, number: int, cost: float) -> None:
    """Lower `number` values from `target` on to those from `source` on plus a cost."""
    into, out = index(target), index(source)
    for n in range(index(max(0, number))):
        value = room[out + n] + cost
        now = room[into + n]
        room[into + n] = value if value < now else now


@compiled
def fill(room: Floats, target: int, number: int) -> None:
    """Set `number` values from `target` on to `FAR`."""
    into = index(target)
    for n in range(index(number)):
        room[into + n] = FAR


@compiled
def solve_line(tables: Tables, agent: int, work: Floats, off: Floats, room: Floats, line: Small) -> tuple[float, int]:
    """Return the least cost of an agent's line by his tables, and the steps it took; the line goes to `line`.

    Parameters
    ----------
    work, off
        Cost of starting a template and of a day off, shapes (days, templates) and (days,).
    room
        Working space.
    line
        Template per day, -1 when off; shape (days,).
    """
    days, templates = work.shape
    classes, runs, offs, places, groups, sets, unused = tables.dim[agent]
    lengths = runs - 1
    nodes = offs + classes * lengths
    spare = (days + 1) * nodes * places
    group, to, barred_by = tables.group[agent], tables.to[agent], tables.barred_by[agent]
    shift, shift_after, shift_off = tables.shift[agent], tables.shift_after[agent], tables.shift_off[agent]
    member, inside = tables.member[agent], tables.inside[agent]
    work_stop, work_stay = tables.work_stop[agent], tables.work_stay[agent]
    off_stop, off_stay = tables.off_stop[agent], tables.off_stay[agent]
    holes, reach = tables.unused[agent], tables.reach[agent]
    cost = np.empty(groups, dtype=work.dtype)
    nothing = np.zeros(1, dtype=work.dtype)
    steps = 0
    alive = np.zeros((days + 1, nodes), dtype=np.bool_)
    alive[0, 0] = True
    set_alive = np.zeros(sets, dtype=np.bool_)
    fill(room, 0, nodes * places)
    room[0] = 0.0
    one_off = min(1, offs - 1)
    for d in range(days):
        number, top = reach[d] + 1, reach[d + 1] + 1
        now = d * nodes * places
        then = now + nodes * places
        fill(room, then, nodes * places)
        cost[:] = FAR
        for t in range(templates):
            if work[d, t] < cost[group[d, t]]:
                cost[group[d, t]] = work[d, t]
        if not work_stay[d, 1]:
            fill(room, spare, number)
            some = False
            for o in range(offs):
                if alive[d, o] and not off_stop[d, o]:
                    some = True
                    relax(room, spare, now + o * places, number, nothing[0])
            for g in range(groups):
                if some and cost[g] < LOST:
                    alive[d + 1, offs + to[g] * lengths] = True
                    move = shift_after[g] if d > 0 else shift[g]
                    into = then + (offs + to[g] * lengths) * places + move
                    relax(room, into, spare, min(number, top - move), cost[g])
                    steps += number
        for r in range(1, min(runs, d + 1)):
            q = min(r + 1, runs - 1)
            if (d > 0 and work_stay[d - 1, r]) or work_stay[d, q]:
                continue
            for n in range(sets):
                into = spare + n * places
                set_alive[n] = inside[n] >= 0 and set_alive[inside[n]]
                fill(room, into, number)
                if set_alive[n]:
                    relax(room, into, spare + inside[n] * places, number, nothing[0])
                for p in range(classes):
                    source = offs + p * lengths + r - 1
                    if alive[d, source] and member[n, p] and (inside[n] < 0 or not member[inside[n], p]):
                        set_alive[n] = True
                        relax(room, into, now + source * places, number, nothing[0])
            for g in range(groups):
                if cost[g] < LOST and set_alive[barred_by[g]]:
                    alive[d + 1, offs + to[g] * lengths + q - 1] = True
                    move = shift[g]
                    into = then + (offs + to[g] * lengths + q - 1) * places + move
                    relax(room, into, spare + barred_by[g] * places, min(number, top - move), cost[g])
                    steps += number
            steps += (classes + sets) * number
        if off[d] < LOST:
            move = shift_off[d]
            until = min(number, top - move)
            for o in range(offs):
                q = min(o + 1, offs - 1)
                if alive[d, o] and not off_stay[d, q]:
                    alive[d + 1, q] = True
                    relax(room, then + q * places + move, now + o * places, until, off[d])
            if not off_stay[d, one_off]:
                for r in range(1, min(runs, d + 1)):
                    if not work_stop[d, r] and not (d > 0 and work_stay[d - 1, r]):
                        for p in range(classes):
                            source = offs + p * lengths + r - 1
                            if alive[d, source]:
                                alive[d + 1, one_off] = True
                                relax(room, then + one_off * places + move, now + source * places, until, off[d])
                                steps += number
        for n in range(nodes):
            if alive[d + 1, n]:
                for u in range(unused):
                    room[then + n * places + holes[u]] = FAR
    table = room[:spare].reshape((days + 1, nodes, places))
    return _trace(tables, agent, work, off, table, alive, line), steps


@compiled
def _trace(tables: Tables, agent: int, work: Floats, off: Floats, table: Floats, alive: Flags, line: Small) -> float:
    """Return the least final cost after writing the line that reaches it."""
    days, templates = work.shape
    classes, runs, offs, places, groups, sets, unused = tables.dim[agent]
    lengths = runs - 1
    group, to, barred_by = tables.group[agent], tables.to[agent], tables.barred_by[agent]
    shift, shift_after, shift_off = tables.shift[agent], tables.shift_after[agent], tables.shift_off[agent]
    end = tables.end[agent]
    best, node, at = LOST, 0, 0
    for n in range(offs + classes * lengths):
        for c in range(tables.reach[agent, days] + 1 if alive[days, n] else 0):
            if end[c] < LOST and table[days, n, c] + end[c] < best:
                best, node, at = table[days, n, c] + end[c], n, c
    if best >= LOST:
        return FAR
    for d in range(days - 1, -1, -1):
        value, now = table[d + 1, node, at], table[d]
        found = False
        if node >= offs:
            kind, length = (node - offs) // lengths, (node - offs) % lengths + 1
            for t in range(templates):
                g = group[d, t]
                if found or work[d, t] >= LOST or to[g] != kind:
                    continue
                before = at - (shift_after[g] if d > 0 else shift[g])
                if length == 1 and before >= 0:
                    for o in range(offs):
                        if (
                            not found
                            and alive[d, o]
                            and not tables.off_stop[agent, d, o]
                            and now[o, before] + work[d, t] == value
                        ):
                            node, found, line[d] = o, True, t
                if found:
                    at = before
                    continue
                before = at - shift[g]
                if before < 0:
                    continue
                for p in range(classes):
                    for r in range(1, min(runs, d + 1)):
                        if found or min(r + 1, runs - 1) != length or not tables.member[agent, barred_by[g], p]:
                            continue
                        source = offs + p * lengths + r - 1
                        if alive[d, source] and now[source, before] + work[d, t] == value:
                            node, found, line[d] = source, True, t
                if found:
                    at = before
        else:
            line[d] = -1
            at -= shift_off[d]
            for o in range(offs):
                if not found and alive[d, o] and min(o + 1, offs - 1) == node and now[o, at] + off[d] == value:
                    node, found = o, True
                    break
            if not found:
                for p in range(classes):
                    for r in range(1, min(runs, d + 1)):
                        source = offs + p * lengths + r - 1
                        if found or not alive[d, source] or tables.work_stop[agent, d, r]:
                            continue
                        if now[source, at] + off[d] == value:
                            node, found = source, True
    return best


@compiled
def price_cells(
    price: Floats, served: Flags, cost: Floats, off_cost: Floats, work: Floats, off: Floats, queue: Small
) -> None:
    """Write what each start and each day off costs an agent, and the queue that is cheapest.

    Parameters
    ----------
    price
        Per option, shape (queues, days, templates).
    served
        Whether the agent may serve a queue on a day, shape (queues, days).
    cost, off_cost
        The agent's own costs, `FAR` where bounds forbid; shapes (days, templates) and (days,).
    """
    queues, days, templates = price.shape
    for d in range(days):
        off[d] = off_cost[d]
        for t in range(templates):
            best, at = FAR, -1
            if cost[d, t] < LOST:
                for q in range(queues):
                    if served[q, d] and price[q, d, t] < best:
                        best, at = price[q, d, t], q
            queue[d, t] = at
            work[d, t] = best + cost[d, t] if at >= 0 else FAR


@compiled
def marginal_cells(
    covers: Covers,
    count: Ints,
    price: Floats,
    pull: float,
    served: Flags,
    cost: Floats,
    noise: Floats,
    work: Floats,
    queue: Small,
) -> None:
    """Write what one more agent on each start changes the objective by, as `price_cells` does for prices.

    `pull` is the share of the proven `price` in it, shape (queues, days, templates); `noise` multiplies the change on
    each day, shape (days,).
    """
    queues, days = served.shape
    templates = cost.shape[1]
    rows = covers.servings.rows
    seen = np.zeros(len(covers.servings.slot), dtype=np.bool_)
    worth: Ints = np.zeros(len(seen), dtype=np.int64)
    path: Ints = np.zeros((3, covers.servings.at.shape[1]), dtype=np.int64)
    for d in range(days):
        for t in range(templates):
            best, at = FAR, -1
            if cost[d, t] < LOST:
                for q in range(queues):
                    if served[q, d]:
                        option = (q * days + d) * templates + t
                        change = 0
                        for i in range(covers.start[option], covers.start[option + 1]):
                            row = covers.row[i]
                            if row < rows:
                                now = count[row]
                                change += covers.table[row, now + covers.amount[i]] - covers.table[row, now]
                                continue
                            if not seen[row - rows]:
                                seen[row - rows] = True
                                worth[row - rows], _ = seek(covers, count, row - rows, 1, path)
                            change += worth[row - rows]
                        mixed = (1.0 - pull) * change + pull * price[q, d, t]
                        if mixed < best:
                            best, at = mixed, q
            queue[d, t] = at
            work[d, t] = np.rint(best * noise[d]) + cost[d, t] if at >= 0 else FAR


@compiled
def add_line(covers: Covers, count: Ints, line: Small, queue: Small, templates: int, sign: int) -> int:
    """Return by how much the cost of the counts changes when a line is added (sign 1) or taken away (-1)."""
    days, rows = len(line), covers.servings.rows
    change = 0
    for d in range(days):
        if line[d] >= 0:
            option = (queue[d] * days + d) * templates + line[d]
            for i in range(covers.start[option], covers.start[option + 1]):
                row = covers.row[i]
                if row >= rows:
                    change += lay(covers, count, row - rows, sign)
                    continue
                now = count[row]
                count[row] = now + sign * covers.amount[i]
                change += covers.table[row, count[row]] - covers.table[row, now]
    return change


class Own(NamedTuple):
    """What every agent brings: costs of starts and days off, and the queues that may be served."""

    cost: Floats
    off_cost: Floats
    served: Flags


@compiled
def propose(
    quick: Tables,
    full: Tables,
    programs: Programs,
    covers: Covers,
    own: Own,
    loose: Loose,
    count: Ints,
    lines: Small,
    queues: Small,
    groups: Ints,
    price: Floats,
    pull: Floats,
    noise: Floats,
    room: Floats,
    new_lines: Small,
    new_queues: Small,
    new_cost: Ints,
) -> int:
    """Return the steps taken to give each group of agents new lines, one agent after the other.

    Each group is answered on its own, as if no other changed.

    Parameters
    ----------
    count, lines, queues
        The roster: shapes (rows,), (agents, days), (agents, days); a line that is not there is all days off.
    groups
        Agents, shape (groups, places).
    price, pull
        Proven price of each option, shape (queues, days, templates), and its share, (groups, places).
    noise
        Factor on the price of a day, shape (groups, places, days).
    new_lines, new_queues, new_cost
        The answers, shapes (groups, places, days) twice and (groups, places); a cost of -1 means none.
    """
    days, templates = own.cost.shape[1], own.cost.shape[2]
    work, off = np.empty((days, templates), dtype=room.dtype), np.empty(days, dtype=room.dtype)
    queue = np.empty((days, templates), dtype=np.int32)
    values = np.zeros(programs.variables.max(), dtype=np.int64)
    steps = 0
    for g in range(groups.shape[0]):
        now = count.copy()
        for place in range(groups.shape[1]):
            agent = groups[g, place]
            add_line(covers, now, lines[agent], queues[agent], templates, -1)
        for place in range(groups.shape[1]):
            agent = groups[g, place]
            line = new_lines[g, place]
            marginal_cells(
                covers, now, price, pull[g, place], own.served[agent], own.cost[agent], noise[g, place], work, queue
            )
            for d in range(days):
                off[d] = own.off_cost[agent, d] + loose.off[agent, d]
                for t in range(templates):
                    work[d, t] += loose.work[agent, d, t]
            new_cost[g, place] = -1
            for attempt in range(2):
                value, spent = solve_line(quick if attempt == 0 else full, agent, work, off, room, line)
                steps += spent
                if value >= LOST:
                    continue
                broken, cost = complete(programs, agent, templates, line, values)
                learn(loose, programs, agent, values)
                if broken == -1:
                    new_cost[g, place] = cost
                    break
            if new_cost[g, place] < 0:
                break
            for d in range(days):
                new_queues[g, place, d] = queue[d, line[d]] if line[d] >= 0 else -1
            add_line(covers, now, line, new_queues[g, place], templates, 1)
    return steps


@compiled
def decide(
    covers: Covers,
    count: Ints,
    lines: Small,
    queues: Small,
    cost: Ints,
    best_lines: Small,
    best_queues: Small,
    total: int,
    best: int,
    groups: Ints,
    new_lines: Small,
    new_queues: Small,
    new_cost: Ints,
    chance: Floats,
    temperature: float,
    templates: int,
) -> tuple[int, int]:
    """Return the objective and the best objective; the roster is changed in place.

    A worse roster is accepted when `chance`, shape (groups,), is below exp(-loss / temperature). The best roster seen
    is kept in `best_lines` and `best_queues`.
    """
    for g in range(groups.shape[0]):
        if new_cost[g, -1] < 0:
            continue
        before = count.copy()
        change = 0
        for place in range(groups.shape[1]):
            agent = groups[g, place]
            change += new_cost[g, place] - cost[agent]
            change += add_line(covers, count, lines[agent], queues[agent], templates, -1)
            change += add_line(covers, count, new_lines[g, place], new_queues[g, place], templates, 1)
        if change > 0 and chance[g] >= np.exp(-change / max(temperature, 1e-9)):
            count[:] = before
            continue
        total += change
        for place in range(groups.shape[1]):
            agent = groups[g, place]
            lines[agent], queues[agent] = new_lines[g, place], new_queues[g, place]
            cost[agent] = new_cost[g, place]
        if total < best:
            best = total
            best_lines[:], best_queues[:] = lines, queues
    return total, best


@compiled
def ask(own: Own, loose: Loose, price: Floats, agent: int, work: Floats, off: Floats, queue: Small) -> None:
    """Write what starts and days off cost an agent at prices of options and of his loose rows (see `price_cells`)."""
    price_cells(price, own.served[agent], own.cost[agent], own.off_cost[agent], work, off, queue)
    off += loose.off[agent]
    work += loose.work[agent]


@compiled
def answer(
    tables: Tables,
    programs: Programs,
    own: Own,
    loose: Loose,
    price: Floats,
    agents: Ints,
    pace: float,
    room: Floats,
    lines: Small,
    queues: Small,
    values: Floats,
) -> int:
    """Return the steps taken to find the best line of each of some agents when every option has a price.

    Rows that the tables do not follow have prices too, which are steered by the line where `pace` is not 0.

    Parameters
    ----------
    price
        Per option, shape (queues, days, templates).
    lines, queues, values
        The answers, written at the agents' places: shapes (agents, days) twice and (agents,).
    """
    days, templates = own.cost.shape[1], own.cost.shape[2]
    work, off = np.empty((days, templates), dtype=room.dtype), np.empty(days, dtype=room.dtype)
    queue = np.empty((days, templates), dtype=np.int32)
    cells = np.zeros(days * (1 + templates), dtype=np.int64)
    steps = 0
    for n in range(len(agents)):
        agent = agents[n]
        ask(own, loose, price, agent, work, off, queue)
        value, spent = solve_line(tables, agent, work, off, room, lines[agent])
        steps += spent
        values[agent] = value
        if value < LOST and loose.start[agent] < loose.start[agent + 1]:
            values[agent] = value - rent(loose, programs, agent)
            if pace > 0:
                lay_out(lines[agent], templates, cells)
                steer(loose, programs, agent, cells, pace)
        for d in range(days):
            queues[agent, d] = queue[d, lines[agent, d]] if lines[agent, d] >= 0 else -1
    return steps


@compiled
def near_lines(
    tables: Tables, agent: int, work: Floats, off: Floats, room: Floats, best: float, slack: float, lines: Small
) -> int:
    """Return how many lines cost at most `slack` more than the best one; they are written to `lines`.

    `room` must hold what `solve_line` left there for the same agent and costs. One more than there is place for says
    that there are more.

    Parameters
    ----------
    lines
        Template per day, -1 when off, shape (most, days).
    """
    days, templates = work.shape
    classes, runs, offs, places, groups, sets, unused = tables.dim[agent]
    lengths = runs - 1
    nodes = offs + classes * lengths
    group, to, barred_by = tables.group[agent], tables.to[agent], tables.barred_by[agent]
    shift, shift_after, shift_off = tables.shift[agent], tables.shift_after[agent], tables.shift_off[agent]
    limit = best + slack
    node: Ints = np.zeros(days + 1, dtype=np.int64)
    at: Ints = np.zeros(days + 1, dtype=np.int64)
    tail, choice = np.zeros(days + 1), np.zeros(days + 1, dtype=np.int64)
    line = np.zeros(days, dtype=np.int32)
    found, most = 0, int(lines.shape[0])
    for n in range(nodes):
        for c in range(tables.reach[agent, days] + 1):
            end = tables.end[agent, c]
            if room[(days * nodes + n) * places + c] + end > limit or end >= LOST:
                continue
            node[days], at[days], tail[days] = n, c, end
            d = days
            choice[d] = 0
            while d <= days:
                if d == 0:
                    if node[0] == 0 and at[0] == 0:
                        if found == most:
                            return most + 1
                        lines[found] = line
                        found += 1
                    d += 1
                    continue
                number = choice[d]
                if number >= (templates + 1) * nodes:
                    d += 1
                    continue
                choice[d] += 1
                t, source = number // nodes - 1, number % nodes
                place = _before(
                    d - 1,
                    t,
                    source,
                    int(node[d]),
                    int(at[d]),
                    offs,
                    runs,
                    templates,
                    group,
                    to,
                    barred_by,
                    shift,
                    shift_after,
                    shift_off,
                    tables.member[agent],
                    tables.work_stop[agent],
                    tables.work_stay[agent],
                    tables.off_stop[agent],
                    tables.off_stay[agent],
                )
                if place < 0:
                    continue
                step = off[d - 1] if t < 0 else work[d - 1, t]
                if step >= LOST or room[((d - 1) * nodes + source) * places + place] + step + tail[d] > limit:
                    continue
                d -= 1
                line[d] = t
                node[d], at[d], tail[d], choice[d] = source, place, tail[d + 1] + step, 0
    return found


@compiled
def _before(
    d: int,
    t: int,
    source: int,
    node: int,
    at: int,
    offs: int,
    runs: int,
    templates: int,
    group: Small,
    to: Small,
    barred_by: Small,
    shift: Small,
    shift_after: Small,
    shift_off: Small,
    member: Flags,
    work_stop: Flags,
    work_stay: Flags,
    off_stop: Flags,
    off_stay: Flags,
) -> int:
    """Return the place that template t (-1: a day off) on day d leads from, given both nodes; -1 when it cannot."""
    lengths = runs - 1
    one_off = min(1, offs - 1)
    if t < 0:
        if source < offs:
            fits = min(source + 1, offs - 1) == node and not off_stay[d, min(source + 1, offs - 1)]
        else:
            fits = node == one_off and not work_stop[d, (source - offs) % lengths + 1] and not off_stay[d, one_off]
        return int(at - shift_off[d]) if fits else -1
    g = group[d, t]
    if node < offs or (node - offs) // lengths != to[g]:
        return -1
    length = (node - offs) % lengths + 1
    if work_stay[d, length]:
        return -1
    if source < offs:
        fits = length == 1 and not off_stop[d, source]
        return int(at - (shift_after[g] if d > 0 else shift[g])) if fits else -1
    kind, before = (source - offs) // lengths, (source - offs) % lengths + 1
    fits = min(before + 1, runs - 1) == length and member[barred_by[g], kind]
    return int(at - shift[g]) if fits else -1


@compiled
def gather(
    tables: Tables,
    own: Own,
    loose: Loose,
    price: Floats,
    agent: int,
    slack: float,
    room: Floats,
    lines: Small,
    queue: Small,
) -> int:
    """Return how many of an agent's lines are within `slack` of his least cost at prices (see `near_lines`).

    `queue` gets the cheapest queue of every start, shape (days, templates).
    """
    days, templates = own.cost.shape[1], own.cost.shape[2]
    work, off = np.empty((days, templates)), np.empty(days)
    line = np.empty(days, dtype=np.int32)
    ask(own, loose, price, agent, work, off, queue)
    best, _ = solve_line(tables, agent, work, off, room, line)
    return near_lines(tables, agent, work, off, room, best, slack, lines)
