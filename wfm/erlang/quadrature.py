"""Gauss-Legendre nodes on panels that shrink towards one end, for integrands with a kink or a steep start there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.erlang._special import FloatArray

_PANELS, _POINTS = 24, 16


@cache
def graded() -> tuple[FloatArray, FloatArray]:
    """Return nodes in (0, 1) and their weights, dense near 0."""
    edges = np.linspace(0.0, 1.0, _PANELS + 1) ** 3
    at, weight = np.polynomial.legendre.leggauss(_POINTS)
    width = np.diff(edges)[:, None]
    nodes = edges[:-1, None] + width * (at + 1) / 2
    return nodes.ravel(), (width * weight / 2).ravel()


def spread(begin: FloatArray, end: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return nodes between `begin` and `end` and their weights, dense near `begin`; the nodes are a new last axis."""
    nodes, weights = graded()
    width = (end - begin)[..., None]
    return begin[..., None] + width * nodes, np.abs(width) * weights
