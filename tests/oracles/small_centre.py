"""A contact centre played event by event with lists, slowly and plainly: what the simulation must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any


@dataclass
class Caller:
    """One contact and what became of it."""

    arrival: float
    queue: str
    handle: float
    patience: float
    answered_at: float | None = None
    by: int | None = None
    turned_away: bool = False
    again_after: float | None = None
    """Seconds after giving up until the caller tries again."""
    again: Caller | None = None


@dataclass
class Worker:
    """One agent: skills in order, spans on the queue."""

    skills: list[str]
    spans: list[tuple[float, float]]
    on: bool = False
    with_caller: bool = False
    idle_since: float = 0.0


@dataclass
class Centre:
    """The rule is `longest_wait`, `priority` (then `priority` by queue) or `skill_order`."""

    workers: list[Worker]
    rule: str = "longest_wait"
    priority: dict[str, int] = field(default_factory=dict)
    lines: float = float("inf")

    def play(self, callers: list[Caller]) -> list[Caller]:
        """Return all callers, those who tried again included, with what became of them."""
        self.waiting: list[Caller] = []
        self.everybody: list[Caller] = []
        self.inside, self.ticket = 0, 0
        self.events: list[tuple[float, int, int, Any]] = []
        for number, worker in enumerate(self.workers):
            for begin, end in worker.spans:
                self.at(end, 0, number)
                self.at(begin, 1, number)
        for caller in callers:
            self.at(caller.arrival, 4, caller)
        while self.events:
            now, kind, _, what = heappop(self.events)
            (self.ends, self.begins, self.finishes, self.gives_up, self.arrives)[kind](now, what)
        return self.everybody

    def at(self, time: float, kind: int, what: Any) -> None:
        """Note an event."""
        self.ticket += 1
        heappush(self.events, (time, kind, self.ticket, what))

    def ends(self, _now: float, number: int) -> None:
        """Let a span end."""
        self.workers[number].on = False

    def begins(self, now: float, number: int) -> None:
        """Let a span begin."""
        self.workers[number].on = True
        self.looks(now, number)

    def finishes(self, now: float, number: int) -> None:
        """Finish a contact."""
        self.inside -= 1
        self.workers[number].with_caller = False
        self.looks(now, number)

    def gives_up(self, now: float, caller: Caller) -> None:
        """Let a caller whose patience is over leave the line."""
        if not any(c is caller for c in self.waiting):
            return
        self.waiting = [c for c in self.waiting if c is not caller]
        self.inside -= 1
        if caller.again is not None and caller.again_after is not None:
            caller.again.arrival = now + caller.again_after
            self.at(caller.again.arrival, 4, caller.again)

    def arrives(self, now: float, caller: Caller) -> None:
        """Let a caller find a free agent, wait, or be turned away."""
        self.everybody.append(caller)
        if self.inside >= self.lines:
            caller.turned_away = True
            return
        self.inside += 1
        free = [
            (len(w.skills), w.idle_since, n)
            for n, w in enumerate(self.workers)
            if w.on and not w.with_caller and caller.queue in w.skills
        ]
        if free:
            self.serve(now, min(free)[2], caller)
        else:
            self.waiting.append(caller)
            if caller.patience < float("inf"):
                self.at(now + caller.patience, 3, caller)

    def looks(self, now: float, number: int) -> None:
        """Let an agent who is on and free take a caller, or rest."""
        worker = self.workers[number]
        if not worker.on or worker.with_caller:
            return
        mine = [c for c in self.waiting if c.queue in worker.skills]
        if not mine:
            worker.idle_since = now
            return
        caller = min(mine, key=lambda c: (self.rank(worker, c.queue), c.arrival))
        self.waiting = [c for c in self.waiting if c is not caller]
        self.serve(now, number, caller)

    def rank(self, worker: Worker, queue: str) -> int:
        """Return how a worker ranks a queue."""
        if self.rule == "priority":
            return self.priority.get(queue, 0)
        return worker.skills.index(queue) if self.rule == "skill_order" else 0

    def serve(self, now: float, number: int, caller: Caller) -> None:
        """Let an agent begin with a caller."""
        self.workers[number].with_caller = True
        caller.answered_at, caller.by = now, number
        self.at(now + caller.handle, 2, number)


@dataclass
class Headcount(Centre):
    """A centre where only the number of a team counts: at the end of a span, its first free worker leaves."""

    numbers: dict[int, int] = field(default_factory=dict)

    def ends(self, _now: float, number: int) -> None:
        """Want one worker fewer."""
        self.change(number, -1)

    def begins(self, now: float, number: int) -> None:
        """Want one worker more, who comes unless one stays who should have left."""
        team = self.change(number, 1)
        if sum(w.on for w in team) < self.wanted(team):
            comes = next(w for w in team if not w.on)
            comes.on = True
            self.looks(now, next(n for n, w in enumerate(self.workers) if w is comes))

    def finishes(self, now: float, number: int) -> None:
        """Finish a contact; who is too many goes before he looks for another."""
        team = self.team(number)
        if sum(w.on for w in team) > self.wanted(team):
            self.workers[number].on = False
        super().finishes(now, number)

    def change(self, number: int, step: int) -> list[Worker]:
        """Return the team of a worker after its number has changed and those who idle and are too many have left."""
        team = self.team(number)
        self.numbers[id(team[0])] = self.wanted(team) + step
        idle = sorted((w for w in team if w.on and not w.with_caller), key=lambda w: w.idle_since)
        for worker in idle[: max(sum(w.on for w in team) - self.wanted(team), 0)]:
            worker.on = False
        return team

    def team(self, number: int) -> list[Worker]:
        """Return the workers with the skills of one."""
        return [w for w in self.workers if w.skills == self.workers[number].skills]

    def wanted(self, team: list[Worker]) -> int:
        """Return how many of a team there should be."""
        return int(self.numbers.get(id(team[0]), 0))
