"""The rule book of a folder, for everybody or for one agent, with the origin of every value; and what is odd in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from wfm import law, roster
from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.files import read_settings
from wfm.pipeline import stages
from wfm.pipeline.manual import SHARED, written
from wfm.pipeline.rules import mend
from wfm.roster.messages import BOTH, FROM_DEFAULT, FROM_PRESET, GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wfm.domain.agents import Agent
    from wfm.domain.settings import Settings
    from wfm.roster import Rule, Scope

ALWAYS = Text(en="always in force", zh="始终有效")
ONLY = Text(en="only {who}", zh="仅限{who}")
NOT_FOR = Text(en="not {who}", zh="不含{who}")
NAMED = Text(en="{group} {names}", zh="{group} {names}")
UNKNOWN_AGENT = Text(
    en="there is no agent {agent_id!r} in agents.csv{mend}", zh="agents.csv 中没有座席“{agent_id}”{mend}"
)


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a rule in force."""

    name: str
    value: str
    """As it is written in `plan.toml`; empty for nothing."""
    origin: Text
    """The layer of the book that it comes from."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One rule of a book."""

    kind: str
    hard: bool
    weight: int
    """What a unit beyond the limit costs when it is soft."""
    sentence: Text
    scope: Text | None
    """Whom it binds, in words; None for everybody."""
    source: Text | None
    """The law's article or the company's paragraph; None for what the user wrote without one."""
    values: tuple[Value, ...]

    @property
    def origin(self) -> Text:
        """The layers that made it, other than defaults."""
        layers = [v.origin for v in self.values if v.origin != FROM_DEFAULT] or [ALWAYS]
        return reduce(lambda one, other: BOTH.fill(one=one, other=other), dict.fromkeys(layers))


@dataclass(frozen=True, slots=True)
class Book:
    """The rules and goals of a folder, or those that bind one agent."""

    rules: tuple[InForce, ...]
    goals: Mapping[str, Text]
    """What costs how much, by kind."""


def book_of(folder: Path, agent_id: str | None = None) -> Book:
    """Return the book in force in a folder; with an agent, the rules that bind him.

    Raises
    ------
    InputErrors
        With every problem of `plan.toml`; with an agent, of every file.
    SettingsError
        When nobody has that id.
    """
    if agent_id is None:
        return _book(read_settings(folder, stages.checks()), None)
    inputs = stages.read(folder)
    agents = {agent.agent_id: agent for agent in inputs.agents}
    if agent_id not in agents:
        raise SettingsError(UNKNOWN_AGENT.fill(agent_id=agent_id, mend=mend(agent_id, agents)))
    return _book(inputs.settings, agents[agent_id])


def lint_folder(folder: Path) -> list[Text]:
    """Return every warning about the book of a folder; raises `InputErrors` with every problem of every file."""
    return roster.lint(stages.read(folder).settings)


def _book(settings: Settings, agent: Agent | None) -> Book:
    book, preset = roster.build_book(settings), settings.rules.get("preset")
    sources = {} if preset is None else law.preset_sources(preset)
    ours = FROM_PRESET.fill(name=preset)
    rules = (
        _in_force(rule, origins, sources.get(rule.kind) if set(origins.values()) == {ours} else None)
        for rule, origins in zip(book.rules, book.origins, strict=True)
        if agent is None or rule.binds(agent)
    )
    return Book(tuple(rules), {goal.kind: goal.sentence() for goal in book.goals})


def _in_force(rule: Rule, origins: Mapping[str, Text], source: Text | None) -> InForce:
    own = [name for name in type(rule).model_fields if name not in SHARED]
    shown = [] if type(rule).always else [*own, "hard"] if rule.hard else [*own, "hard", "weight"]
    values = (Value(name, written(getattr(rule, name)), origins.get(name, FROM_DEFAULT)) for name in shown)
    return InForce(
        kind=rule.kind,
        hard=rule.hard,
        weight=rule.weight,
        sentence=rule.sentence(),
        scope=_who(rule),
        source=rule.article or source,
        values=tuple(values),
    )


def _who(rule: Rule) -> Text | None:
    """Return in words whom a rule binds; None for everybody."""
    parts = [ONLY.fill(who=_named(rule.only))] if rule.only != roster.Scope() else []
    parts += [NOT_FOR.fill(who=_named(scope)) for scope in rule.but]
    return _joined(parts)


def _named(scope: Scope) -> Text | None:
    groups = {"team": scope.teams, "contract": scope.contracts, "tag": scope.tags, "agent": scope.agents}
    return _joined(NAMED.fill(group=GROUPS[group], names=", ".join(names)) for group, names in groups.items() if names)


def _joined(parts: Iterable[Text]) -> Text | None:
    found = list(parts)
    return reduce(lambda one, other: BOTH.fill(one=one, other=other), found) if found else None
