"""Every agent's grammar and program packed into arrays for the inner loops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.grammar import Reader
from wfm.roster.engine.kernel import FAR, Own, Tables
from wfm.roster.engine.loose import STEEP, Loose
from wfm.roster.engine.programs import NO_LIMIT, Programs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.counters import Counter
    from wfm.roster.engine.covers import Covers
    from wfm.roster.engine.excuses import Pattern
    from wfm.roster.engine.grammar import Grammar
    from wfm.roster.engine.problem import LineProgram, Problem

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

QUICK, FULL = 256, 2500
"""Most combinations of counter values that the quick and the full tables tell apart."""


@dataclass(frozen=True)
class Packed:
    """What the inner loops need.

    Attributes
    ----------
    quick, full
        Tables with the counters that fit; the full ones without blocks that a helper might excuse, so that their
        answer is a bound.
    loose, priced
        Rows that the quick tables do not follow, and those that the full ones do not.
    room
        Length of the working space for one line.
    exact
        Whether the full tables follow all rows of an agent.
    """

    quick: Tables
    full: Tables
    programs: Programs
    covers: Covers
    own: Own
    loose: Loose
    priced: Loose
    room: int
    exact: tuple[bool, ...]


def pack(problem: Problem) -> Packed:
    """Return the arrays of a problem in which every agent's bounds are possible."""
    grammars, of = _read(problem)
    quick = _tables(problem, grammars, of, QUICK, hopeful=True)
    full = _tables(problem, grammars, of, FULL, hopeful=False)
    cost, off_cost = _own_costs(problem)
    daily = _daily_costs(problem, grammars)
    whole = [not g.unknown and _all_tracked(g.counters, FULL) for g in grammars]
    return Packed(
        quick=quick,
        full=full,
        programs=_programs(problem),
        covers=problem.counts.covers,
        own=Own(cost, off_cost, _served(problem)),
        loose=_loose(problem, grammars, of, QUICK, daily),
        priced=_loose(problem, grammars, of, FULL, daily),
        room=max(_room(problem, quick), _room(problem, full)),
        exact=tuple(whole[n] for n in of.tolist()),
    )


def _read(problem: Problem) -> tuple[list[Grammar], Ints]:
    """Return the different grammars, and which of them each agent has.

    What tells agents apart but not their grammars is hidden from the reader: days that are settled, wishes, queues.
    """
    reader, cells = Reader(problem), problem.days * (1 + problem.templates)
    known: dict[object, int] = {}
    grammars, of = [], []
    for line in problem.lines:
        low, cost = line.low.copy(), line.cost.copy()
        low[:cells] = cost[:cells] = 0
        key = tuple(map(id, line.rows)), low.tobytes(), line.high.tobytes(), cost.tobytes()
        if key not in known:
            known[key] = len(known)
            grammars.append(reader.read(replace(line, low=low, cost=cost)))
        of.append(known[key])
    return grammars, np.array(of, dtype=np.int64)


def _served(problem: Problem) -> npt.NDArray[np.bool_]:
    """Return whether an agent may serve a queue on a day, shape (agents, queues, days)."""
    known: dict[object, npt.NDArray[np.bool_]] = {}
    for line in problem.lines:
        if line.queues not in known:
            table = known[line.queues] = np.zeros((problem.queues, problem.days), dtype=bool)
            for d, queues in enumerate(line.queues):
                table[list(queues), d] = True
    return np.array([known[line.queues] for line in problem.lines])


def _loose(problem: Problem, grammars: Sequence[Grammar], of: Ints, limit: int, daily: tuple[Floats, Floats]) -> Loose:
    """Return the rows over cells that tables of so many combinations do not follow; `daily` are `_daily_costs`."""
    first = np.unique(of, return_index=True)[1].tolist()
    missed = [_missed(problem, problem.lines[a], g, limit) for a, g in zip(first, grammars, strict=True)]
    row, unit, most = np.concatenate([missed[n] for n in of.tolist()]).T
    work, off = daily
    return Loose(
        start=np.concatenate([[0], np.cumsum([len(missed[n]) for n in of.tolist()])]).astype(np.int64),
        row=row.astype(np.int64),
        unit=unit.astype(np.int64),
        most=most,
        price=np.zeros(len(row)),
        mean=np.zeros(len(row)),
        scale=np.zeros(len(row)),
        work=work[of],
        off=off[of],
    )


def _missed(problem: Problem, line: LineProgram, grammar: Grammar, limit: int) -> Floats:
    """Return index, unit and highest price of an agent's loose rows, shape (rows, 3).

    A helper that several rows share pays for one of them at a time, so that each has a share of its cost as price.
    """
    cells = problem.days * (1 + problem.templates)
    followed = {at for counter in _tracked(grammar.counters, limit) for at in counter.rows}
    found = []
    for at in sorted({*(at for counter in grammar.counters for at in counter.rows), *grammar.unknown} - followed):
        terms = line.rows[at].terms
        unit = gcd(*(c for v, c in terms if v < cells))
        helpers = [(v, c) for v, c in terms if v >= cells]
        paid = [line.cost[v] / (abs(c) * len(line.helper_rows[v])) for v, c in helpers if line.cost[v] > 0]
        if unit and len(helpers) == len(paid) <= 1:
            found.append((at, unit, np.floor(unit * (paid[0] if paid else STEEP))))
    return np.array(found, dtype=np.float64).reshape(-1, 3)


def _daily_costs(problem: Problem, grammars: Sequence[Grammar]) -> tuple[Floats, Floats]:
    """Return what rows about one day make starts and days off cost, (grammars, days, templates), (grammars, days)."""
    work = np.zeros((len(grammars), problem.days, problem.templates))
    off = np.zeros((len(grammars), problem.days))
    for n, grammar in enumerate(grammars):
        for counter in grammar.daily:
            cost, day = counter.whole_cost, counter.day
            work[n, day] += cost[counter.work[day]]
            off[n, day] += cost[counter.off[day]]
    return np.minimum(work, FAR), np.minimum(off, FAR)


def _room(problem: Problem, tables: Tables) -> int:
    classes, runs, offs, places, _, sets, _ = tables.dim.T
    return int((((problem.days + 1) * (offs + classes * (runs - 1)) + sets + 1) * places).max())


def _own_costs(problem: Problem) -> tuple[Floats, Floats]:
    days, templates = problem.days, problem.templates
    cells = days * (1 + templates)
    low = np.array([line.low[:cells] for line in problem.lines])
    high = np.array([line.high[:cells] for line in problem.lines])
    cost = np.array([line.cost[:cells] for line in problem.lines], dtype=np.float64)
    shape = (len(problem.lines), days, templates)
    must = low[:, days:].reshape(shape) > 0
    pinned = np.asarray(must.max(axis=2))
    shut = (high[:, days:].reshape(shape) == 0) | (low[:, :days] > 0)[:, :, None] | (pinned[:, :, None] & ~must)
    never_off = (high[:, :days] == 0) | pinned
    return np.where(shut, FAR, cost[:, days:].reshape(shape)), np.where(never_off, FAR, cost[:, :days])


@dataclass(frozen=True)
class _Form:
    """The tables of one agent before they are padded."""

    dim: tuple[int, ...]
    group: Ints
    to: Ints
    barred_by: Ints
    shift: Ints
    shift_after: Ints
    shift_off: Ints
    reach: Ints
    member: npt.NDArray[np.bool_]
    inside: Ints
    work_stop: npt.NDArray[np.bool_]
    work_stay: npt.NDArray[np.bool_]
    off_stop: npt.NDArray[np.bool_]
    off_stay: npt.NDArray[np.bool_]
    unused: Ints
    end: Floats


@dataclass(frozen=True)
class _Succession:
    """Classes of templates, and which of them may come before each template.

    Attributes
    ----------
    kind
        Class of each template: templates of a class bar the same followers, shape (templates,).
    before
        Set of classes that may precede a template, shape (days, templates).
    member, inside
        Whether a set has a class; the largest set that it contains, -1 for none.
    """

    kind: Ints
    before: Ints
    member: npt.NDArray[np.bool_]
    inside: Ints


def _tables(problem: Problem, grammars: Sequence[Grammar], of: Ints, limit: int, *, hopeful: bool) -> Tables:
    """Return the padded tables of all agents, of whom agent a has the grammar `of[a]`."""
    successions: dict[object, _Succession] = {}
    forms: list[_Form] = []
    for grammar in grammars:
        key = tuple(grammar.conflict)
        if key not in successions:
            successions[key] = _succession(problem, grammar)
        forms.append(_form(problem, grammar, successions[key], limit, hopeful=hopeful))
    parts = {}
    for name in Tables._fields:
        arrays = [np.asarray(getattr(form, name)) for form in forms]
        shape = np.max([a.shape for a in arrays], axis=0)
        kind = bool if arrays[0].dtype == bool else float if name == "end" else np.int64 if name == "dim" else np.int32
        parts[name] = np.full((len(forms), *shape), FAR if name == "end" else 0, dtype=kind)
        for a, array in enumerate(arrays):
            parts[name][a][tuple(slice(0, n) for n in array.shape)] = array
    return Tables(**{name: part[of] for name, part in parts.items()})


def _succession(problem: Problem, grammar: Grammar) -> _Succession:
    days, templates = problem.days, problem.templates
    clash = np.zeros((days, templates, templates), dtype=bool)
    for day, before, after in grammar.conflict:
        clash[np.ix_([day], before, after)] = True
    patterns: dict[bytes, int] = {}
    kind = np.array([patterns.setdefault(clash[:, t].tobytes(), len(patterns)) for t in range(templates)])
    first = [int(np.flatnonzero(kind == k)[0]) for k in range(len(patterns))]
    allowed = ~clash[:, first, :]
    sets, inverse = np.unique(allowed.transpose(0, 2, 1).reshape(-1, len(first)), axis=0, return_inverse=True)
    order = np.argsort(sets.sum(axis=1), kind="stable")
    rank = np.argsort(order, kind="stable")
    sets = sets[order]
    inside = [max((m for m in range(n) if not (sets[m] & ~sets[n]).any()), default=-1) for n in range(len(sets))]
    return _Succession(kind, rank[inverse.reshape(-1)].reshape(days, templates), sets, np.array(inside))


def _form(problem: Problem, grammar: Grammar, succession: _Succession, limit: int, *, hopeful: bool) -> _Form:
    days, templates = problem.days, problem.templates
    patterns = [*grammar.patterns, *(grammar.hoped if hopeful else [])]
    runs, work_stop, work_stay = _runs(days, [p for p in patterns if not p.off])
    offs, off_stop, off_stay = _runs(days, [p for p in patterns if p.off])
    counters = _tracked(grammar.counters, limit)
    on, after, off = (np.zeros(shape, dtype=np.int64) for shape in ((days, templates), (days, templates), days))
    reach = np.zeros(days + 1, dtype=np.int64)
    unused, end = np.zeros(1, dtype=bool), np.zeros(1)
    for counter in reversed(counters):
        stride = len(end)
        on += stride * counter.work
        after += stride * (counter.work + counter.after_off[:, None])
        off += stride * counter.off
        most = np.maximum(counter.work.max(axis=1) + counter.after_off, counter.off)
        padding = int(most.max()) if counter is not counters[0] else 0
        value = np.arange(counter.size + padding)
        limit_by_day = counter.high if counter.caps is None or counter is not counters[0] else counter.caps
        reach[1:] += stride * np.minimum(np.cumsum(most), limit_by_day)
        last = np.full(len(value), FAR)
        last[: counter.size] = counter.whole_cost[: counter.size]
        end = np.minimum((last[:, None] + end[None, :]).ravel(), FAR)
        unused = ((value >= counter.size)[:, None] | unused[None, :]).ravel()
    kind = np.broadcast_to(succession.kind, (days, templates))
    mixed = np.stack([kind, succession.before, on, after], axis=-1).reshape(-1, 4)
    width = mixed.max(axis=0) + 1
    code = ((mixed[:, 0] * width[1] + mixed[:, 1]) * width[2] + mixed[:, 2]) * width[3] + mixed[:, 3]
    _, chosen, group = np.unique(code, return_index=True, return_inverse=True)
    holes = np.flatnonzero(unused)
    classes, sets = succession.member.shape[1], len(succession.member)
    return _Form(
        dim=(classes, runs, offs, len(end), len(chosen), sets, len(holes)),
        group=group.reshape(days, templates),
        to=mixed[chosen, 0],
        barred_by=mixed[chosen, 1],
        shift=mixed[chosen, 2],
        shift_after=mixed[chosen, 3],
        shift_off=off,
        reach=reach,
        member=succession.member,
        inside=succession.inside,
        work_stop=work_stop,
        work_stay=work_stay,
        off_stop=off_stop,
        off_stay=off_stay,
        unused=holes,
        end=end,
    )


def _tracked(counters: Sequence[Counter], limit: int) -> list[Counter]:
    """Return the counters that fit, one with caps first and the largest last: what must hold is taken first.

    Caps hold for the first alone: no other ends the places in use before a day.
    """
    chosen: list[Counter] = []
    product = 1
    for counter in sorted(counters, key=lambda c: (not c.hard, -c.size if c.hard else c.size)):
        if product * counter.size <= limit:
            chosen.append(counter)
            product *= counter.size
    return sorted(chosen, key=lambda c: (c.caps is None, c.size))


def _all_tracked(counters: Sequence[Counter], limit: int) -> bool:
    """Return whether tables of so many combinations follow all counters, with their caps."""
    return len(_tracked(counters, limit)) == len(counters) and sum(c.caps is not None for c in counters) <= 1


def _runs(days: int, patterns: Sequence[Pattern]) -> tuple[int, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return how many lengths to tell apart, and which lengths may not end before, or be reached on, each day."""
    lengths = 2 + max((p.length if p.exact else p.length - 1 for p in patterns), default=0)
    stop, stay = np.zeros((days, lengths), dtype=bool), np.zeros((days, lengths), dtype=bool)
    for p in patterns:
        table = stop if p.ends else stay
        table[p.day, p.length : p.length + 1 if p.exact else lengths] = True
    return lengths, stop, stay


def _programs(problem: Problem) -> Programs:
    """Return all programs as arrays; rows are stored once for agents who share them all."""
    known: dict[object, int] = {}
    packer = _Packer(problem.days * (1 + problem.templates))
    of = []
    for line in problem.lines:
        free = tuple(bool(c > 0) for c in line.cost[packer.cells :])
        key = (tuple(map(id, line.rows)), len(line.low), free)
        if key not in known:
            known[key] = len(known)
            packer.add(line, free)
        of.append(known[key])
    first = np.concatenate([[0], np.cumsum([len(line.low) for line in problem.lines])])
    return packer.done(problem.lines, np.array(of, dtype=np.int64), first.astype(np.int64))


class _Packer:
    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.row_start, self.term_start, self.helper_start, self.limit_start = [0], [0], [0], [0]
        self.var: list[int] = []
        self.coef: list[int] = []
        self.row_low: list[int] = []
        self.row_high: list[int] = []
        self.helper: list[int] = []
        self.paid: list[bool] = []
        self.limit_row: list[int] = []
        self.limit_coef: list[int] = []
        self.variables: list[int] = []

    def add(self, line: LineProgram, paid: Sequence[bool]) -> None:
        base = len(self.row_low)
        for row in line.rows:
            self.var += [v for v, _ in row.terms]
            self.coef += [c for _, c in row.terms]
            self.term_start.append(len(self.var))
            self.row_low.append(-NO_LIMIT if row.low is None else row.low)
            self.row_high.append(NO_LIMIT if row.high is None else row.high)
        self.row_start.append(len(self.row_low))
        self.variables.append(len(line.low))
        for pays in (False, True):
            for n, is_paid in enumerate(paid):
                if is_paid == pays:
                    self._add_helper(line, self.cells + n, base, paid=pays)
        self.helper_start.append(len(self.helper))

    def _add_helper(self, line: LineProgram, helper: int, base: int, *, paid: bool) -> None:
        sign = -1 if paid else 1
        self.helper.append(helper)
        self.paid.append(paid)
        for at in line.helper_rows[helper]:
            row = line.rows[at]
            coef = dict(row.terms)[helper]
            if (row.high if coef * sign > 0 else row.low) is not None:
                self.limit_row.append(base + at)
                self.limit_coef.append(coef)
        self.limit_start.append(len(self.limit_row))

    def done(self, lines: Sequence[LineProgram], of: Ints, first: Ints) -> Programs:
        def ints(values: Sequence[int]) -> Ints:
            return np.array(values, dtype=np.int64)

        return Programs(
            of=of,
            row_start=ints(self.row_start),
            term_start=ints(self.term_start),
            term_var=np.array(self.var, dtype=np.int32),
            term_coef=ints(self.coef),
            row_low=ints(self.row_low),
            row_high=ints(self.row_high),
            variables=ints(self.variables),
            helper_start=ints(self.helper_start),
            helper=np.array(self.helper, dtype=np.int32),
            helper_paid=np.array(self.paid, dtype=bool),
            limit_start=ints(self.limit_start),
            limit_row=ints(self.limit_row),
            limit_coef=ints(self.limit_coef),
            first=first,
            low=np.concatenate([line.low for line in lines]),
            high=np.concatenate([line.high for line in lines]),
            cost=np.concatenate([line.cost for line in lines]),
            constant=ints([line.constant for line in lines]),
        )
