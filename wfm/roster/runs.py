"""Runs of work days and of days off: what the rules about their length have in common."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.text import Text
    from wfm.roster.model import Model

Days = Literal["W", "R", "RL"]
"""Kinds of days: worked, rest, any known day off (`L` is leave or a statutory day off)."""


class RunRule(Rule):
    """A rule about the length of runs; days of which nothing is known, or outside employment, leave a run open."""

    inside: ClassVar[Days]
    """Days that a run is made of."""
    counted: ClassVar[Days]
    """Those of them that count towards the most."""
    around: ClassVar[Days]
    """Days that end a run."""
    too_short: ClassVar[Text]
    too_long: ClassVar[Text]
    up_to: ClassVar[Text]
    """The phrase when there is a most."""

    least: int = Field(default=2, ge=1)
    """Shortest run, in days."""
    most: int | None = Field(default=None, ge=1)
    """Longest run, in days; no limit when not given."""
    at_end: Literal["open", "short"] = "open"
    """Whether a run that reaches the last day of the period may go on after it (`open`), or ends there (`short`)."""

    @field_validator("most")
    @classmethod
    def _not_below_least(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and value < info.data.get("least", 1):
            raise PydanticCustomError("below_least", "a number that is not below the least")
        return value

    def sentence(self) -> Text:
        """Return the phrase, with the most when there is one."""
        return (self.phrase if self.most is None else self.up_to).fill(least=self.least, most=self.most)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for every run that is too short, and every window that is too long, that it is not there."""
        for length in range(1, self.least):
            for end in model.days:
                first, *run, after = dates(end - timedelta(days=length + 1), end)
                ends = self._days(model, agent, [first, after], self.around)
                _not_all(model, agent, [*ends, *self._days(model, agent, run, self.inside)])
            if self.at_end == "short":
                first, *run = dates(model.days[-1] - timedelta(days=length), model.days[-1])
                before = self._days(model, agent, [first], self.around)
                _not_all(model, agent, [*before, *self._days(model, agent, run, self.inside)])
        if self.most is not None:
            for end in model.days:
                window = dates(end - timedelta(days=self.most), end)
                _not_all(model, agent, self._days(model, agent, window, self.counted))

    @staticmethod
    def _days(model: Model, agent: Agent, days: Sequence[date], kind: Days) -> list[Linear]:
        """Return per day 1 when it is of a kind, else 0."""
        if kind == "W":
            return [model.works(agent, d) for d in days]
        if kind == "R":
            return [model.rests(agent, d) for d in days]
        known = [agent.employed(d) and (d >= model.first or model.tail.at(agent.agent_id, d) is not None) for d in days]
        return [model.off(agent, d) if knows else Linear() for d, knows in zip(days, known, strict=True)]

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Write each line as letters and search them for runs of the wrong length."""
        for agent in plan.agents:
            begin, letters = _letters(roster, plan, agent)
            judged = (plan.days[0] - begin).days
            for run in self._short(letters):
                if run.end() >= judged:
                    said = self.too_short.fill(n=len(run[0]), least=self.least)
                    yield self.broken(said, agent, *_span(begin, run))
            for run, over in self._long(letters, judged):
                said = self.too_long.fill(n=len(run[0]), most=self.most)
                yield self.broken(said, agent, *_span(begin, run), amount=over)

    def _short(self, letters: str) -> Iterator[re.Match[str]]:
        if self.least > 1:
            end = "|$" if self.at_end == "short" else ""
            run = f"[{self.inside}]{{1,{self.least - 1}}}"
            yield from re.finditer(f"(?<=[{self.around}]){run}(?=[{self.around}]{end})", letters)

    def _long(self, letters: str, judged: int) -> Iterator[tuple[re.Match[str], int]]:
        """Yield runs with their days too many from the first judged one on."""
        if self.most is not None:
            for run in re.finditer(f"[{self.counted}]{{{self.most + 1},}}", letters):
                over = run.end() - max(judged, run.start() + self.most)
                if over > 0:
                    yield run, over


def _not_all(model: Model, agent: Agent, parts: list[Linear]) -> None:
    """Post that the 0/1 expressions are not all 1; nothing when one of them is 0 for certain."""
    if all(part.terms or part.constant for part in parts):
        model.at_most(agent, Linear.total(parts), len(parts) - 1)


def _letters(roster: Roster, plan: Plan, agent: Agent) -> tuple[date, str]:
    """Return a line as letters, from the first day before the period that is known without a gap, and that day."""
    begin = plan.days[0]
    while roster.at(agent.agent_id, begin - timedelta(days=1)) is not None:
        begin -= timedelta(days=1)
    return begin, "".join(_letter(roster, agent, day) for day in dates(begin, plan.days[-1]))


def _letter(roster: Roster, agent: Agent, day: date) -> str:
    cell = roster.at(agent.agent_id, day)
    if cell is not None and cell.works:
        return "W"
    if cell is None or not agent.employed(day):
        return "?"
    return "R" if cell.state is State.REST else "L"


def _span(begin: date, run: re.Match[str]) -> tuple[date, date]:
    return begin + timedelta(days=run.start()), begin + timedelta(days=run.end() - 1)
