"""Why so many agents: the cushion over the load, and what a little more or less of everything does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.staffing import messages

if TYPE_CHECKING:
    from wfm.domain.text import Text
    from wfm.staffing.question import Figures, Question

_REACH = 5
_SHIFT = 0.10


@dataclass(frozen=True, slots=True)
class Variation:
    """One thing changed."""

    name: str
    """`as_asked`, `one_less`, `one_more`, `offered_down`, `offered_up`, `aht_down`, `aht_up`."""
    said: Text
    agents: int
    """Agents who are there."""
    required: int
    """Agents who would be needed."""
    figures: Figures


@dataclass(frozen=True, slots=True)
class Explained:
    """The parts of a requirement."""

    load: float
    """Erlangs: agents who are always busy."""
    cushion: float
    """Agents above the load; negative where giving up allows fewer."""
    cushion_roots: float
    """The cushion in square roots of the load; 0 without load."""
    variations: tuple[Variation, ...]
    curve: tuple[tuple[int, float], ...]
    """Numbers of agents around the answer, and the service level with each."""


def explain(asked: Question, agents: int) -> Explained:
    """Return what stands behind so many agents, and what one agent or 10 % contacts or handle time change.

    Examples
    --------
    >>> from wfm.staffing.one import question
    >>> found = explain(question(100, 1800, 180), 14)
    >>> found.cushion, round(found.cushion_roots, 2), [v.required for v in found.variations]
    (4.0, 1.26, [14, 14, 14, 12, 15, 12, 15])
    """
    required = asked.required()[0]
    cases = [
        ("as_asked", asked, agents),
        ("one_less", asked, max(agents - 1, 0)),
        ("one_more", asked, agents + 1),
        ("offered_down", asked.times(offered=1 - _SHIFT), agents),
        ("offered_up", asked.times(offered=1 + _SHIFT), agents),
        ("aht_down", asked.times(aht=1 - _SHIFT), agents),
        ("aht_up", asked.times(aht=1 + _SHIFT), agents),
    ]
    around = range(max(min(agents, required) - _REACH, 0), max(agents, required) + _REACH + 1)
    return Explained(
        load=asked.load,
        cushion=agents - asked.load,
        cushion_roots=(agents - asked.load) / asked.load**0.5 if asked.load else 0.0,
        variations=tuple(
            Variation(
                name,
                messages.VARIATIONS[name],
                there,
                required if case is asked else case.required()[0],
                case.figures(there),
            )
            for name, case, there in cases
        ),
        curve=tuple((number, asked.figures(number).service_level) for number in around),
    )
