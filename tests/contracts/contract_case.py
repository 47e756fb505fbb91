"""One setup of a contract test, and what several setups share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from roster_house import example_plan

from wfm.roster.base import Example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.plan import Plan


@dataclass(frozen=True)
class Case:
    """A rule on a small plan.

    The line of the example says how many days there are and of what kind; what is worked on them is left open.
    """

    line: str
    """What kind of days there are."""
    codes: str = "EDB"
    """Shifts that can be worked."""
    tail: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    agent: Mapping[str, Any] = field(default_factory=dict)
    exempt: tuple[int, ...] = ()
    """Days, from 0, that an exception covers; negative ones are in the tail."""
    tables: Mapping[str, Any] = field(default_factory=dict)
    """Tables of the settings."""
    whole: bool = False
    """Whether the exception covers the whole period."""

    def plan(self, kind: str) -> Plan:
        """Return the plan."""
        example = Example(self.line, tail=self.tail, agent=self.agent, exempt=self.whole)
        return example_plan(example, kind, self.codes, self.exempt, **self.tables)


TWO_QUEUES = {
    "queues": {
        "calls": {"target": {"service_level": 0.8}},
        "mail": {"target": {"service_level": 0.8}},
    }
}
SIX, SEVEN, EIGHT = ("- " * n for n in (6, 7, 8))
"""Days of which nothing is said."""
