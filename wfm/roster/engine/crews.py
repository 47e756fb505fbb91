"""Places: what counts tell agents apart by, their crew and the queue or queues that they serve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.model import Count, Tie


@dataclass(frozen=True)
class Crews:
    """Agents told apart by the counts that count only some of them.

    An agent of crew c who serves the queues of set s takes the options of place `c x sets + s`. By the shift every
    queue is a set of its own, and an agent chooses his place; by the interval a set is all queues that agents may
    serve on a day, and which of them they serve is chosen interval by interval.

    Attributes
    ----------
    of
        Crew of each line.
    signs
        By crew, which of the groups its agents belong to.
    sets
        Queues of each set.
    """

    groups: tuple[frozenset[str], ...]
    of: tuple[int, ...]
    signs: tuple[tuple[bool, ...], ...]
    sets: tuple[tuple[int, ...], ...]

    @property
    def number(self) -> int:
        """Number of places."""
        return len(self.signs) * len(self.sets)

    @property
    def choosing(self) -> bool:
        """Whether any place leaves a choice of queues to the interval."""
        return any(len(queues) > 1 for queues in self.sets)

    def parts(self, queues: Sequence[int]) -> bool:
        """Return whether somebody can choose between some queues and others, so that all who serve them may change."""
        return any(not set(mine).isdisjoint(queues) and not set(mine).issubset(queues) for mine in self.sets)

    def served(self, place: int) -> tuple[int, ...]:
        """Return the queues of a place."""
        return self.sets[place % len(self.sets)]

    def places(self, group: frozenset[str] | None, queues: Sequence[int]) -> list[int]:
        """Return the places that can count for a group, None for everybody, on some queues."""
        at = None if group is None else self.groups.index(group)
        crews = [c for c, sign in enumerate(self.signs) if at is None or sign[at]]
        sets = [n for n, mine in enumerate(self.sets) if not set(mine).isdisjoint(queues)]
        return [c * len(self.sets) + n for c in crews for n in sets]

    def placed(self, lines: Sequence[LineProgram]) -> tuple[LineProgram, ...]:
        """Return the lines with places for queues."""
        if len(self.signs) <= 1 and not self.choosing:
            return tuple(lines)
        return tuple(
            replace(line, queues=tuple(self._of_day(crew, queues) for queues in line.queues))
            for line, crew in zip(lines, self.of, strict=True)
        )

    def _of_day(self, crew: int, queues: tuple[int, ...]) -> tuple[int, ...]:
        first = crew * len(self.sets)
        if queues in self.sets:
            return (first + self.sets.index(queues),)
        return tuple(first + self.sets.index((q,)) for q in queues)


def crews(lines: Sequence[LineProgram], wanted: Sequence[Count | Tie], queues: int, *, by_interval: bool) -> Crews:
    """Return who has to be told apart for some counts.

    Parameters
    ----------
    queues
        Number of queues.
    by_interval
        Whether agents choose their queue by the interval, not by the shift.
    """
    groups = tuple(dict.fromkeys(group for count in wanted for group in count.groups))
    signs = [tuple(line.agent_id in group for group in groups) for line in lines]
    distinct = tuple(dict.fromkeys(signs)) or ((),)
    each = [(q,) for q in range(queues)]
    several = sorted({day for line in lines for day in line.queues if len(day) > 1}) if by_interval else []
    return Crews(groups, tuple(distinct.index(sign) for sign in signs), distinct, (*each, *several))
