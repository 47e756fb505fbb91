"""What a rule and a goal are: one class in one file each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from wfm.domain.own_parts import Family, blamed
from wfm.domain.registry import Registry
from wfm.domain.roster import TICKS, Roster, Violation
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.roster.model import Model


@dataclass(frozen=True, slots=True)
class Example:
    """A small roster that keeps or breaks a rule, one token a day.

    Tokens: a shift code of the example house (`E` 08-16, 7 paid hours; `D` 09-18, 8; `S` 13:30-22:00, 7.5, small
    night; `B` 23-07, 8, big night; `X` 08-20, 11; all but `B` with an unpaid hour after four), `-` rest, `H` statutory
    day off, `L` leave, `.` not employed. `D*` is a shift on a statutory holiday, `DL` one on a day of leave, `D.` one
    outside employment; `D!E` is a shift where `E` is pinned. The first day is Monday 1 June 2026.
    """

    line: str
    """The days of the period; one agent a line."""
    tail: str = ""
    """The days before it."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the rule, where not the default."""
    agent: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the agent, where not the default."""
    exempt: bool = False
    """Whether an exception from the rule is recorded for the whole period."""


class Scope(BaseModel):
    """Some of the agents: those who fit every part that is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    teams: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Words from the column `tags` of the staff list; `no_night` and `no_overtime` stand for its flags."""
    agents: tuple[str, ...] = ()
    """Ids of agents."""

    def holds(self, agent: Agent) -> bool:
        """Return whether an agent is one of them."""
        flags = [name for name in ("no_night", "no_overtime") if getattr(agent, name)]
        return (
            (not self.teams or agent.team in self.teams)
            and (not self.contracts or agent.contract in self.contracts)
            and (not self.tags or not {*agent.tags, *flags}.isdisjoint(self.tags))
            and (not self.agents or agent.agent_id in self.agents)
        )


class Rule(BaseModel, ABC):
    """A rule of the rule book: its fields are its schema, its docstring its manual page.

    `constrain` and `check` are written independently and held equal by a test: the solver admits a roster exactly
    when `check` is silent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    """Name in the rule book."""
    phrase: ClassVar[Text]
    """The rule in one sentence; places are filled from the fields."""
    bounds: ClassVar[tuple[str, ...]] = ()
    """Fields that are limits: the contract test must notice when one is moved by one unit inside `constrain`."""
    good: ClassVar[tuple[Example, ...]] = ()
    bad: ClassVar[tuple[Example, ...]] = ()
    always: ClassVar[bool] = False
    """Whether the rule is in every book: facts about agents rather than policy."""
    caps: ClassVar[tuple[str, ...]] = ()
    """Fields that are upper limits: of two rules that differ in nothing else, the one with the lower is stricter."""
    floors: ClassVar[tuple[str, ...]] = ()
    """Fields that are lower limits."""

    hard: bool = True
    """False makes the rule a wish that costs `weight`."""
    weight: int = Field(default=10, ge=0)
    """What one unit beyond the limit costs when the rule is soft."""
    only: Scope = Scope()
    """Whom the rule binds; everybody when nothing is given."""
    but: tuple[Scope, ...] = ()
    """Whom it does not bind."""
    article: Text | None = None
    """Where the rule stands, in both languages: the law's article or the company's paragraph."""

    @property
    def scoped(self) -> bool:
        """Whether the rule binds some agents only."""
        return self.only != Scope() or bool(self.but)

    def binds(self, agent: Agent) -> bool:
        """Return whether the rule binds an agent."""
        return self.only.holds(agent) and not any(scope.holds(agent) for scope in self.but)

    def bound(self, plan: Plan) -> Plan:
        """Return the plan with no agents but those whom the rule binds."""
        return replace(plan, agents=tuple(a for a in plan.agents if self.binds(a))) if self.scoped else plan

    def crew(self, plan: Plan) -> frozenset[str] | None:
        """Return the ids of the agents whom the rule binds; None for everybody."""
        return frozenset(a.agent_id for a in self.bound(plan).agents) if self.scoped else None

    def audit(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Yield what `check` finds among the agents whom the rule binds, with the article."""
        with blamed(self, RULE):
            everything = list(self.check(roster, self.bound(plan)))
        for found in everything:
            said = found.message if self.article is None else _BY.fill(message=found.message, article=self.article)
            yield replace(found, message=said)

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield everything in a plan without which the rule cannot be told: an unknown shift, a missing balance."""
        yield from ()

    def constrain(self, model: Model, agent: Agent) -> None:  # noqa: B027
        """Post the rule's constraints on the cells of one agent; nothing for a rule about the whole roster."""

    def constrain_roster(self, model: Model) -> None:  # noqa: B027
        """Post the rule's constraints on all agents together; nothing for a rule about single agents."""

    @abstractmethod
    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Yield everything in any roster that breaks the rule, found by plain counting."""

    def sentence(self) -> Text:
        """Return the phrase filled with the fields."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return self.phrase.fill(**{k: f"{v:g}" if isinstance(v, float) else v for k, v in values.items()})

    @classmethod
    def illustration(cls) -> Text:
        """Return the sentence of the rule that the first good example is about; every rule has one."""
        return cls(**cls.good[0].fields).sentence()

    def broken(
        self,
        message: Text,
        agent: Agent | None,
        first: date,
        last: date | None = None,
        *,
        amount: int = 1,
        per: int = 1,
    ) -> Violation:
        """Return a violation of this rule; `amount` beyond the bound, priced per `per` of it when soft."""
        return Violation(
            rule=self.kind,
            severity="hard" if self.hard else "soft",
            message=message,
            agent_id=None if agent is None else agent.agent_id,
            first_date=first,
            last_date=last or first,
            amount=amount,
            cost=0 if self.hard else self.weight * amount * TICKS // per,
        )


class Goal(ABC):
    """Something a good roster has more or less of: a cost on a line, or a convex cost on a count."""

    kind: ClassVar[str]
    phrase: ClassVar[Text]
    counts: ClassVar[Text | None] = None
    """What costs how much, in one sentence; places are filled from `[goals]`. None: the phrase says it."""

    def __init__(self, settings: Settings) -> None:
        self.goals = settings.goals

    @classmethod
    def refuse(cls, settings: Settings) -> Iterator[InputError]:
        """Yield everything in the settings that the goal cannot work with, placed by key path."""
        yield from ()

    def sentence(self) -> Text:
        """Return what costs how much."""
        return (self.counts or self.phrase).fill(**dict(self.goals))

    @abstractmethod
    def charge(self, model: Model) -> None:
        """Add the goal's costs to the model."""

    @abstractmethod
    def score(self, roster: Roster, plan: Plan) -> int:
        """Return what the goal costs in any roster, in ticks and never negative, found by plain counting."""


RULE = Family(
    name=Text(en="rule", zh="规则"),
    instead=Text(en="take the rule out of [rules]", zh="从 [rules] 中去掉该规则"),
)
_BY = Text(en="{message} ({article})", zh="{message}（{article}）")

RULES: Registry[Rule] = Registry(Rule, "wfm.roster.rules", "wfm.rules", ("kind", "phrase", "good"))  # type: ignore[type-abstract]
GOALS: Registry[Goal] = Registry(Goal, "wfm.roster.goals", "wfm.goals")  # type: ignore[type-abstract]
