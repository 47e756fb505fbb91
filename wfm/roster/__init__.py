"""From required agents to a roster that breaks no rule.

`solve` searches, `verify` audits any roster independently, `score` recounts its objective; `RULES` and `GOALS` are
what the rule book can name. The engine is loaded only when `solve` is called.
"""

from wfm.roster.base import GOALS, RULES, Example, Goal, Rule, Scope
from wfm.roster.book import RuleBook, build_book, check_settings
from wfm.roster.lint import lint
from wfm.roster.solve import solve
from wfm.roster.verify import score, verify

__all__ = [
    "GOALS",
    "RULES",
    "Example",
    "Goal",
    "Rule",
    "RuleBook",
    "Scope",
    "build_book",
    "check_settings",
    "lint",
    "score",
    "solve",
    "verify",
]
