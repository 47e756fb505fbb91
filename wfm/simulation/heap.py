"""A heap of events in two arrays: times, and codes that put events of one instant in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.jit import compiled

if TYPE_CHECKING:
    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints


@compiled
def push(due: Floats, code: Ints, size: int, time: float, event: int) -> int:
    """Return the size of the heap after an event was put into it."""
    k = size
    while k > 0:
        parent = (k - 1) >> 1
        if due[parent] < time or (due[parent] == time and code[parent] <= event):
            break
        due[k], code[k] = due[parent], code[parent]
        k = parent
    due[k], code[k] = time, event
    return size + 1


@compiled
def pop(due: Floats, code: Ints, size: int) -> int:
    """Return the size of the heap after its first event was taken out."""
    last = size - 1
    time, event = due[last], code[last]
    k, child = 0, 1
    while child < last:
        other = child + 1
        if other < last and (due[other] < due[child] or (due[other] == due[child] and code[other] < code[child])):
            child = other
        if time < due[child] or (time == due[child] and event <= code[child]):
            break
        due[k], code[k] = due[child], code[child]
        k, child = child, 2 * child + 1
    due[k], code[k] = time, event
    return last
