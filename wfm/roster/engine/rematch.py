"""Who serves which queue, interval by interval: the inner loops.

Agents with the same choice of queues who are on duty in the same interval are one number, and so are those of them who
serve one queue. One agent more or less is met by the cheapest chain of agents who change their queue. Where everybody
adds equally much and each count is of one queue or of all, numbers that no chain improves are the cheapest there are,
as in every flow of least convex cost; elsewhere they are good ones. All functions take plain arrays and are compiled
where a compiler is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.jit import compiled
from wfm.roster.engine.covers import add, change_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.covers import Covers

    Ints = npt.NDArray[np.int64]


@compiled
def post(covers: Covers, count: Ints, serving: int, sign: int) -> int:
    """Return by how much the cost changed when one more (sign 1) or one less (-1) went on a serving."""
    count[covers.servings.rows + len(covers.servings.slot) + serving] += sign
    return add(covers, count, covers.servings.options + serving, sign)


@compiled
def seek(covers: Covers, count: Ints, duty: int, sign: int, path: Ints) -> tuple[int, int]:
    """Return the least change of the cost with one more (sign 1) or one less (-1) on a duty, and where it ends.

    The chain that does it goes to `path`, shape (3, queues), and is read from its end: at each queue the serving in the
    first row changes by `sign`, the one in the second by the opposite, which leads to the queue before; -1 in the
    second is the beginning.
    """
    s = covers.servings
    number = s.rows + len(s.slot)
    path[:] = -1
    best, last, n = 0, -1, 0
    found = _reach(covers, count, duty, -1, sign, path, 0)
    while n < found:
        queue = path[2, n]
        n += 1
        change = change_of(covers, count, s.options + path[0, queue], sign)
        if last < 0 or change < best:
            best, last = change, queue
        for other in range(s.team[duty, 0], s.team[duty, 1]):
            here = s.at[other, queue]
            if here >= 0 and (sign < 0 or count[number + here] > 0):
                found = _reach(covers, count, other, here, sign, path, found)
    return best, last


@compiled
def _reach(covers: Covers, count: Ints, duty: int, back: int, sign: int, path: Ints, found: int) -> int:
    """Return how many queues are reached once those that agents of a duty can change to, or from, are noted too."""
    s = covers.servings
    number = s.rows + len(s.slot)
    for j in range(s.first[duty], s.first[duty + 1]):
        queue = s.queue[j]
        if path[0, queue] < 0 and (sign > 0 or count[number + j] > 0):
            path[0, queue], path[1, queue], path[2, found] = j, back, queue
            found += 1
    return found


@compiled
def _chain(covers: Covers, count: Ints, queue: int, sign: int, path: Ints) -> int:
    """Return by how much the cost changed when the chain of `seek` that ends at a queue was followed."""
    change = 0
    while queue >= 0:
        change += post(covers, count, path[0, queue], sign)
        back = path[1, queue]
        queue = -1
        if back >= 0:
            change += post(covers, count, back, -sign)
            queue = covers.servings.queue[back]
    return change


@compiled
def settle(covers: Covers, count: Ints, first: int, last: int) -> int:
    """Return by how much the cost changed when agents on the duties from `first` on changed queues where that pays."""
    s = covers.servings
    path = np.empty((3, s.at.shape[1]), dtype=np.int64)
    total, again = 0, True
    while again:
        again = False
        for duty in range(first, last):
            for serving in range(s.first[duty], s.first[duty + 1]):
                if count[s.rows + len(s.slot) + serving] > 0:
                    change = _follow(covers, count, duty, serving, 1, path)
                    total += change
                    again = again or change < 0
    return total


@compiled
def lay(covers: Covers, count: Ints, duty: int, sign: int) -> int:
    """Return by how much the cost changed when one more (sign 1) or one less (-1) went on a duty."""
    s = covers.servings
    count[s.rows + duty] += sign
    path = np.empty((3, s.at.shape[1]), dtype=np.int64)
    _, queue = seek(covers, count, duty, sign, path)
    change = _chain(covers, count, queue, sign, path)
    first, last = s.shift[duty]
    for other in range(first, last):
        serving = s.at[other, queue]
        if s.team[other, 0] == s.team[duty, 0] or serving < 0:
            continue
        if sign < 0 or count[s.rows + len(s.slot) + serving] > 0:
            change += _follow(covers, count, other, serving, sign, path)
    return change


@compiled
def _follow(covers: Covers, count: Ints, duty: int, serving: int, sign: int, path: Ints) -> int:
    """Return by how much the cost changed when one left a serving (sign 1), or came to it (-1), where that pays."""
    change = post(covers, count, serving, -sign)
    least, queue = seek(covers, count, duty, sign, path)
    if change + least >= 0:
        return change + post(covers, count, serving, sign)
    return change + _chain(covers, count, queue, sign, path)


@compiled
def _replace(covers: Covers, count: Ints, begin: int, numbers: Ints) -> int:
    """Return by how much the cost changed when the servings from `begin` on got other numbers."""
    number = covers.servings.rows + len(covers.servings.slot)
    change = 0
    for n in range(len(numbers)):
        for _ in range(count[number + begin + n]):
            change += post(covers, count, begin + n, -1)
    for n in range(len(numbers)):
        for _ in range(numbers[n]):
            change += post(covers, count, begin + n, 1)
    return change


@compiled
def refine(covers: Covers, count: Ints, first: int, last: int) -> int:
    """Return by how much the cost changed when one changed his queue, others of other lengths after him, where it pays.

    Parameters
    ----------
    first, last
        First duty of a slot, and the one after its last.
    """
    s = covers.servings
    number, begin = s.rows + len(s.slot), s.first[first]
    total, again = settle(covers, count, first, last), s.team[first, 1] < last
    while again:
        again = False
        for here in range(begin, s.first[last]):
            duty = s.duty[here]
            for there in range(s.first[duty], s.first[duty + 1]):
                if there == here or count[number + here] == 0:
                    continue
                before = count[number + begin : number + s.first[last]].copy()
                change = post(covers, count, here, -1) + post(covers, count, there, 1)
                change += settle(covers, count, first, s.team[duty, 0])
                change += settle(covers, count, s.team[duty, 1], last)
                if change < 0:
                    total, again = total + change, True
                else:
                    _replace(covers, count, begin, before)
    return total


@compiled
def lay_all(covers: Covers, count: Ints, added: Ints, sign: int) -> None:
    """Add (sign 1) or take away (-1) what a line adds to rows and duties, shape (rows,)."""
    s = covers.servings
    count[: s.rows] += sign * added[: s.rows]
    for duty in range(len(s.slot)):
        for _ in range(added[s.rows + duty]):
            lay(covers, count, duty, sign)


@compiled
def rematch(covers: Covers, count: Ints, first: int, last: int, kept: Ints) -> None:
    """Match agents on the duties from `first` to `last` and queues anew, without raising the cost.

    Parameters
    ----------
    kept
        How many stay on each serving as long as no change pays, shape (servings,).
    """
    s = covers.servings
    number, begin = s.rows + len(s.slot), s.first[first]
    before = count[number + begin : number + s.first[last]].copy()
    change = _replace(covers, count, begin, kept[begin : s.first[last]])
    for duty in range(first, last):
        others = count[s.rows + duty] - kept[s.first[duty] : s.first[duty + 1]].sum()
        count[s.rows + duty] -= others
        for _ in range(others):
            change += lay(covers, count, duty, 1)
    if change + refine(covers, count, first, last) > 0:
        _replace(covers, count, begin, before)
