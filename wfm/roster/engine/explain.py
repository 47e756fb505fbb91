"""Why there is no roster: which agent has no line and by which rules, or which rules keep a floor from being met.

Rules are dropped one at a time and put back when their absence makes the rest possible; what remains is a conflict in
which every rule takes part.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.answer import Infeasible
from wfm.domain.text import Text
from wfm.roster.engine.alone import Oracle
from wfm.roster.engine.bound import relaxed_cost
from wfm.roster.engine.problem import compile_line, compile_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfm.domain.roster import Roster, Violation
    from wfm.roster.base import Rule
    from wfm.roster.book import RuleBook
    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.model import Count, Line, Model

TOLERANCE = 1.0
"""Ticks of floor cost that count as none in a linear relaxation."""


def explain_agents(model: Model, book: RuleBook, agents: Sequence[str]) -> Infeasible:
    """Return why each of these agents has no line of his own."""
    sentences, rules = [], []
    for agent_id in agents:
        line = model.lines[agent_id]
        kinds = smallest(_owners(book, line), partial(_has_line, model, line))
        rules += [k for k in kinds if k not in rules]
        sentences.append(_ALONE.fill(agent=agent_id, rules=_join(_rules(book, kinds))))
    return Infeasible(conflict=tuple(sentences), rules=tuple(rules), agents=tuple(agents))


def explain_floors(model: Model, book: RuleBook, draft: Roster, broken: Sequence[Violation]) -> Infeasible | None:
    """Return which rules together keep the floors from being met; None when that cannot be proven."""
    floors = [c for c in model.counts if c.owner in {v.rule for v in broken}]
    if not floors or not _floors_impossible(model, floors, frozenset()):
        return None
    owners = sorted({row.owner for line in model.lines.values() for row in line.rows if row.owner})
    kinds = smallest(owners, lambda dropped: not _floors_impossible(model, floors, dropped))
    names = [*kinds, *dict.fromkeys(v.rule for v in broken)]
    return Infeasible(
        conflict=((_TOGETHER if kinds else _FLOOR).fill(agents=len(model.lines), rules=_join(_rules(book, names))),),
        rules=tuple(names),
        draft=draft,
        violations=tuple(broken),
    )


def smallest(kinds: Sequence[str], possible_without: Callable[[frozenset[str]], bool]) -> list[str]:
    """Return the kinds that remain when every kind whose absence does not make it possible is dropped.

    Parameters
    ----------
    possible_without
        Whether it becomes possible without the given kinds.
    """
    dropped: set[str] = set()
    for kind in kinds:
        if not possible_without(frozenset({*dropped, kind})):
            dropped.add(kind)
    return [k for k in kinds if k not in dropped]


def _has_line(model: Model, line: Line, dropped: frozenset[str]) -> bool:
    problem = compile_problem(model, [compile_line(line, dropped)])
    return Oracle(problem, 0).possible()


def _floors_impossible(model: Model, floors: Sequence[Count], dropped: frozenset[str]) -> bool:
    lines = [_without_cost(compile_line(line, dropped)) for line in model.lines.values()]
    return relaxed_cost(compile_problem(model, lines, counts=floors)) > TOLERANCE


def _without_cost(program: LineProgram) -> LineProgram:
    return replace(program, cost=np.zeros_like(program.cost), constant=0)


def _owners(book: RuleBook, line: Line) -> list[str]:
    """Return the kinds of hard rules with rows on a line, policy before facts: facts are the last to be dropped."""
    posted = {row.owner for row in line.rows}
    policy_first = sorted(book.rules, key=lambda rule: type(rule).always)
    return list(dict.fromkeys(r.kind for r in policy_first if r.hard and r.kind in posted))


def _rules(book: RuleBook, kinds: Sequence[str]) -> list[Rule]:
    return [next(r for r in book.rules if r.kind == kind) for kind in kinds]


def _join(rules: Sequence[Rule]) -> Text:
    said = [rule.sentence() for rule in rules]
    return Text(en="; ".join(s.en for s in said), zh="；".join(s.zh for s in said))


_ALONE = Text(
    en="agent {agent} has no possible month: these rules and records exclude each other: {rules}",
    zh="座席 {agent} 无法排出本期班表，以下规则与记录互相冲突：{rules}",
)
_TOGETHER = Text(
    en="{agents} agents cannot meet the floor: these rules exclude each other: {rules}",
    zh="{agents} 名座席无法满足最低在线人数，以下规则互相冲突：{rules}",
)
_FLOOR = Text(
    en="{agents} agents cannot meet the floor, whatever the other rules: {rules}",
    zh="无论其他规则如何，{agents} 名座席都无法满足最低在线人数：{rules}",
)
