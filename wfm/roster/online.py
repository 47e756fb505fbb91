"""Agents on the queues in a daily window: what the rules about their number have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.cover import cover
from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.windows import Window, in_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class OnlineRule(Rule):
    """A limit to the number of agents on the queues in every interval of a daily window."""

    side: ClassVar[int]
    """1 when more than `agents` are too many, -1 when fewer are too few."""
    while_closed: ClassVar[bool]
    """Whether intervals count in which the centre is closed."""
    said: ClassVar[Text]
    """What is said of a day on which intervals are on the wrong side."""

    window: Window = "00:00-24:00"
    """Daily wall-clock span; it may cross midnight."""
    agents: int
    """The limit."""
    queue: str | None = None
    """One queue; None counts all together."""

    def sentence(self) -> Text:
        """Return the phrase with the queue in words."""
        queue = _ALL if self.queue is None else _ONE.fill(name=self.queue)
        return self.phrase.fill(agents=self.agents, window=self.window, queue=queue)

    def queues(self, model: Model) -> tuple[str, ...]:
        """Return the queues on which agents count."""
        return model.queue_names if self.queue is None else (self.queue,)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the agents on the queues in every interval of the window; one violation a day."""
        crew = self.crew(plan)
        counted = cover(roster if crew is None else roster.of_agents(crew), plan)["cover"]
        online = counted.groupby("interval_start").sum() if self.queue is None else counted.xs(self.queue)
        wrong: dict[date, list[tuple[float, str]]] = {}
        for at, number, is_open in zip(online.index, online, plan.grid.open, strict=True):
            away = self.side * (number - self.agents)
            if away > 1e-6 and (is_open or self.while_closed) and in_window(self.window, at, plan.grid.minutes):
                wrong.setdefault(at.date(), []).append((away, f"{at:%H:%M}"))
        for day, found in wrong.items():
            farthest = self.agents + self.side * max(n for n, _ in found)
            said = self.said.fill(n=len(found), first=found[0][1], number=f"{farthest:g}", agents=self.agents)
            agent_minutes = sum(round(n * plan.grid.minutes) for n, _ in found)
            yield self.broken(said, None, day, amount=agent_minutes, per=plan.grid.minutes)


_ALL = Text(en="the queues", zh="各队列合计")
_ONE = Text(en="queue {name}", zh="队列 {name} ")
