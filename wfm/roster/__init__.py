"""From required agents to a roster that breaks no rule.

`solve` searches, `verify` audits any roster independently, `score` recounts its objective; `RULES` and `GOALS` are
what the rule book can name. The engine is loaded only when `solve` is called.
"""

from wfm.roster.base import GOALS, RULES, Example, Goal, Rule, Scope
from wfm.roster.book import Placed, RuleBook, book_for, build_book, check_settings, placed_rules, strangers
from wfm.roster.lint import lint
from wfm.roster.own_rules import rule_kinds
from wfm.roster.solve import solve
from wfm.roster.verify import score, verify

__all__ = [
    "GOALS",
    "RULES",
    "Example",
    "Goal",
    "Placed",
    "Rule",
    "RuleBook",
    "Scope",
    "book_for",
    "build_book",
    "check_settings",
    "lint",
    "placed_rules",
    "rule_kinds",
    "score",
    "solve",
    "strangers",
    "verify",
]
