"""Linear expressions over the cells of one agent: what rules are written in, instead of a solver's own types."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOTHING: Mapping[int, int] = MappingProxyType({})


class Linear:
    """An integer combination of variables plus a constant; immutable.

    Examples
    --------
    >>> x = Linear({0: 1}); y = Linear({1: 1})
    >>> 2 * x + (1 - y)
    Linear(2*v0 -1*v1 +1)
    """

    __slots__ = ("constant", "terms")

    def __init__(self, terms: Mapping[int, int] = _NOTHING, constant: int = 0) -> None:
        self.terms = terms
        self.constant = constant

    @staticmethod
    def total(parts: Iterable[Linear | int]) -> Linear:
        """Return the sum of many expressions (faster than `sum`)."""
        terms: dict[int, int] = {}
        constant = 0
        for part in parts:
            if isinstance(part, int):
                constant += part
                continue
            constant += part.constant
            for var, coef in part.terms.items():
                terms[var] = terms.get(var, 0) + coef
        return Linear({v: c for v, c in terms.items() if c}, constant)

    def __add__(self, other: Linear | int) -> Linear:
        return Linear.total((self, other))

    __radd__ = __add__

    def __mul__(self, factor: int) -> Linear:
        return Linear({v: c * factor for v, c in self.terms.items()} if factor else {}, self.constant * factor)

    __rmul__ = __mul__

    def __neg__(self) -> Linear:
        return self * -1

    def __sub__(self, other: Linear | int) -> Linear:
        return self + (-other)

    def __rsub__(self, other: Linear | int) -> Linear:
        return -self + other

    def __repr__(self) -> str:
        return f"Linear({' '.join(f'{c:+d}*v{v}' for v, c in sorted(self.terms.items()))} {self.constant:+d})".replace(
            "(+", "("
        )
