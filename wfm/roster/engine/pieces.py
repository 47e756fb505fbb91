"""From lines to assignments: who starts what, and who serves which queue when.

Where queues are chosen by the interval, the agents of a duty keep the queue that they served last as long as no change
of queue lowers the cost: intervals are gone through in order, and each begins with the queues of the one before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.roster import Assignment, Roster, Served, State
from wfm.roster.engine.rematch import rematch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from wfm.domain.intervals import Grid
    from wfm.domain.shifts import Shift
    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]
    Cell = tuple[int, int]
    """An agent and a day."""
    Starts = Sequence[Sequence[tuple[int, int] | None]]


def roster_of(problem: Problem, starts: Starts) -> Roster:
    """Return the roster of a problem.

    Parameters
    ----------
    starts
        Per agent and day the index of the template and of the place; None on a day off.
    """
    model = problem.model
    choices = _choices(problem, starts)
    cells = []
    for a, (line, days) in enumerate(zip(problem.lines, starts, strict=True)):
        agent = model.plan.by_id[line.agent_id]
        for d, (day, start) in enumerate(zip(model.days, days, strict=True)):
            if start is None:
                cells.append(model.plan.off(agent, day))
                continue
            shift = model.plan.shifts[model.codes[start[0]], day]
            names = {at: model.queue_names[queue] for at, queue in choices.get((a, d), {}).items()}
            cells.append(_worked(agent.agent_id, shift, problem.queue_name(start[1]), names, model.plan.grid))
    return Roster.of(cells, model.plan.previous)


def _worked(agent_id: str, shift: Shift, queue: str, names: Mapping[int, str], grid: Grid) -> Assignment:
    """Return a day of work; `names` are the queues chosen by interval, `queue` is served where there was no choice."""
    spans = _spans(shift, names, grid) if names else ()
    minutes: Counter[str] = Counter()
    for span in spans:
        minutes[span.queue] += int((span.end - span.start).total_seconds())
    main = max(minutes, key=lambda name: minutes[name]) if minutes else queue
    return Assignment(agent_id, shift.date, State.WORK, shift, main, serving=spans if len(minutes) > 1 else ())


def _spans(shift: Shift, names: Mapping[int, str], grid: Grid) -> tuple[Served, ...]:
    """Return the spans on the queues; where nothing was chosen the queue before goes on."""
    queue, found = names[min(names)], []
    for start, end in shift.on_queue():
        at = start
        while at < end:
            place = (at - grid.start) // timedelta(minutes=grid.minutes)
            until = min(end, grid.start + (place + 1) * timedelta(minutes=grid.minutes))
            queue = names.get(place, queue)
            found.append(Served(at, until, queue))
            at = until
    return _merged(found)


def _merged(spans: Sequence[Served]) -> tuple[Served, ...]:
    """Return the spans with those that follow each other on one queue as one."""
    found: list[Served] = []
    for span in spans:
        if found and found[-1].end == span.start and found[-1].queue == span.queue:
            span = Served(found.pop().start, span.end, span.queue)
        found.append(span)
    return tuple(found)


def _choices(problem: Problem, starts: Starts) -> dict[Cell, dict[int, int]]:
    """Return for every agent and day that leave a choice the queue chosen in each interval."""
    counts, s = problem.counts, problem.counts.servings
    count, on_duty = _counted(problem, starts)
    last: dict[Cell, int] = {}
    found: defaultdict[Cell, dict[int, int]] = defaultdict(dict)
    for at in np.flatnonzero(s.slot_of >= 0).tolist():
        first, after = s.shift[np.searchsorted(s.slot, s.slot_of[at])].tolist()
        kept = np.zeros(len(s.duty), dtype=np.int64)
        for duty in range(first, after):
            stay = [s.at[duty, last[cell]] for cell in on_duty[duty] if cell in last]
            np.add.at(kept, [serving for serving in stay if serving >= 0], 1)
        rematch(counts.covers, count, first, after, kept)
        for duty in range(first, after):
            mine = slice(*s.first[duty : duty + 2].tolist())
            numbers = count[s.rows + len(s.slot) :][mine].tolist()
            places = dict(zip(s.queue[mine].tolist(), numbers, strict=True))
            for cell, queue in _shared(on_duty[duty], places, last):
                last[cell] = found[cell][at] = queue
    return found


def _counted(problem: Problem, starts: Starts) -> tuple[Ints, Mapping[int, list[Cell]]]:
    """Return the counts of all starts together, and who is on each duty."""
    counts, rows_before = problem.counts, problem.counts.servings.rows
    added = np.zeros(len(counts.base), dtype=np.int64)
    on_duty: defaultdict[int, list[Cell]] = defaultdict(list)
    for a, days in enumerate(starts):
        for d, start in enumerate(days):
            if start is not None:
                rows, amounts = counts.of(problem.option(start[1], d, start[0]))
                added[rows] += amounts
                for row in rows[rows >= rows_before].tolist():
                    on_duty[row - rows_before].append((a, d))
    count = counts.base.copy()
    counts.add(count, added, 1)
    return count, on_duty


def _shared(cells: Sequence[Cell], places: dict[int, int], last: Mapping[Cell, int]) -> list[tuple[Cell, int]]:
    """Return who serves which queue: those who can stay where they were, the others where there is place left."""
    found, others = [], []
    for cell in cells:
        queue = last.get(cell, -1)
        if places.get(queue, 0) > 0:
            places[queue] -= 1
            found.append((cell, queue))
        else:
            others.append(cell)
    left = [queue for queue, number in places.items() for _ in range(number)]
    return [*found, *zip(others, left, strict=True)]
