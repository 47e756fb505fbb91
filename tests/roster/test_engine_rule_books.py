"""Which rules of the presets and law packs the dynamic program does not follow: a list that may only become shorter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from engine_plans import plan_of

from benchmarks.books import books
from wfm.domain.agents import Balance
from wfm.roster import book_for
from wfm.roster.engine.grammar import Reader
from wfm.roster.engine.problem import compile_problem
from wfm.roster.solve import post

if TYPE_CHECKING:
    from wfm.roster.engine.problem import Problem

NOT_FOLLOWED = {
    "preset cn-standard": {"overtime_limit"},
    "preset iuni": {"unrequested_long_rest"},
    "law cn-standard": {"overtime_limit"},
    "law eu": {"weekly_rest"},
    "law hk": {"weekly_rest"},
    "law jp-36": {"overtime_limit"},
    "law tw": {"overtime_limit"},
    "law uk": {"weekly_rest"},
}
"""Rules with rows in no known form, by book; CP-SAT prices the lines that break them."""


def problem(rules: dict[str, object]) -> Problem:
    """Return the problem of the small plan under a book."""
    plain = plan_of(days=31)
    known = tuple(Balance(agent_id=a.agent_id, cycle_hours=0, overtime_hours=0, nights=0) for a in plain.agents)
    made = replace(plain, settings=plain.settings.model_copy(update={"rules": rules}), balances=known)
    return compile_problem(post(made, book_for(made)))


@pytest.mark.parametrize(("name", "rules"), [pytest.param(*book, id=book[0]) for book in books()])
def test_no_other_rule_is_unknown_to_the_dynamic_program(name: str, rules: dict[str, object]) -> None:
    """Of every book, the rules with rows that the reader does not know are those of the list above."""
    made = problem(rules)
    reader = Reader(made)
    found = {line.rows[at].owner for line in made.lines for at in reader.read(line).unknown}
    assert found == NOT_FOLLOWED.get(name, set())
