"""Few factors of the matrix of days and intervals, each followed per weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray
    from wfm.forecast.learning import Learning

DAYS = 365
"""Latest ordinary days that are looked at."""
FACTORS = 4
FACTOR_HALF_LIFE_DAYS = 120.0
"""Half-life of a day's weight in the factors."""
WEEKDAY_HALF_LIFE_DAYS = 56.0
"""Half-life of a day's weight in its weekday's scores."""
LEVEL_HALF_LIFE_DAYS = 21.0
"""Half-life of a day's weight in what an interval had over what its factors give."""
LEAD_HALF_LIFE_DAYS = 4.0
"""Half-life of a day's weight in how far the latest days run ahead of their weekdays."""
DECAY = 0.9
"""What remains of that lead per day ahead."""


def factor_shares(learn: Learning) -> FloatArray:
    """Return which share of a day's contacts comes when; shape (days ahead, intervals of a day).

    Every row sums to 1, or is all 0 where nothing is known.

    Source: Shen and Huang (2008), singular vectors of the square roots of the counts; the square root makes the noise
    of small and large counts alike. The square of a mean root is too high where counts are small, and few factors miss
    what is new; so each interval is scaled to the contacts it had of late.
    """
    used = np.flatnonzero(learn.past.normal & ~np.isnan(learn.counts).any(axis=1))[-DAYS:]
    if not len(used):
        return np.zeros((len(learn.ahead), learn.counts.shape[1]))
    root, age, weekday = np.sqrt(learn.counts[used] + 0.25), learn.age[used], learn.past.weekday[used]
    weighted = root * _half(age, FACTOR_HALF_LIFE_DAYS)[:, None]
    factors = np.linalg.eigh(root.T @ weighted)[1][:, -FACTORS:].T
    scores = root @ factors.T
    usual = _means(scores, weekday * _half(age, WEEKDAY_HALF_LIFE_DAYS)[:, None])
    lead_weight = _half(age, LEAD_HALF_LIFE_DAYS)
    lead = lead_weight @ (scores - weekday @ usual) / lead_weight.sum()
    expected = learn.future.weekday @ usual + DECAY ** learn.ahead[:, None] * lead
    rows = _squares(expected @ factors) * _scale(learn.counts[used], _squares(weekday @ usual @ factors), age)
    total = rows.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(rows, total, out=np.zeros_like(rows), where=total > 0)
    return shares


def _squares(roots: FloatArray) -> FloatArray:
    squares: FloatArray = np.maximum(roots, 0.0) ** 2
    return squares


def _scale(counts: FloatArray, fitted: FloatArray, age: FloatArray) -> FloatArray:
    """Return each interval's contacts over those its factors give to the same days, the latest days first."""
    weight = _half(age, LEVEL_HALF_LIFE_DAYS)
    given = weight @ fitted
    scale: FloatArray = np.divide(weight @ counts, given, out=np.zeros_like(given), where=given > 0)
    return scale


def _means(scores: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the weighted mean scores of each weekday; that of all days where a weekday has none."""
    total = weight.sum(axis=0)[:, None]
    every = weight.sum(axis=1) @ scores / weight.sum()
    means: FloatArray = np.where(total > 0, weight.T @ scores / np.where(total > 0, total, 1.0), every)
    return means


def _half(age: FloatArray, days: float) -> FloatArray:
    return np.exp2(-age / days)
