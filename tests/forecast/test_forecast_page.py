"""The pictures of a forecast."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from wfm.domain.text import LOCALES, Locale
from wfm.pipeline.forecast_pictures import accuracy_page
from wfm.report.forecast_page import LETTER, WIDTH, Bars, Curve, Picture, axis, drawn


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1530), (0, 0.07), (0, 0), (-3, 12), (0, 100), (0, 99.99), (0, 1e7), (2, 2)]
)
def test_axes_are_round_and_hold_every_value(low: float, high: float) -> None:
    """Two to eight round values, equally far apart, from at most the least to at least the largest value."""
    values = axis(low, high)
    assert 2 <= len(values) <= 8
    assert values[0] <= low
    assert values[-1] >= high
    assert np.diff(values) == pytest.approx(np.full(len(values) - 1, values[1] - values[0]))


@pytest.mark.parametrize("name", ["Day of Remembrance and Reconciliation (observed)", "纪念中国人民抗日战争胜利日"])
def test_names_of_special_days_are_whole_and_inside_the_picture(name: str) -> None:
    """The longest name begins right of the edge, and each bar ends with its percentage."""
    shown = drawn(Bars("", [name, "X"], [40.0, 120.0]))
    place = re.search(rf'x="([\d.]+)"[^>]*>{re.escape(name)}<', shown)
    assert place is not None
    width = sum(2 if ord(letter) > 0x2E80 else 1 for letter in name) * LETTER
    assert float(place[1]) - width >= 0
    assert "40 %" in shown
    assert "120 %" in shown
    assert all(float(x) + float(w) <= WIDTH for x, w in re.findall(r'<rect x="([\d.]+)"[^>]*width="([\d.]+)"', shown))


def test_nothing_known_is_drawn_as_nothing() -> None:
    """Lines and bars without a number leave their place empty."""
    nan = float("nan")
    assert "nan" not in drawn(Bars("", ["a", "b"], [nan, nan], [nan, nan]))
    assert "nan" not in drawn(Picture("", (Curve("a", [nan, 1.0, nan, 2.0]),), [(0, "x")]))


@pytest.mark.parametrize("locale", LOCALES)
def test_errors_are_shown_by_horizon_and_kind_of_day(locale: Locale) -> None:
    """Each row of the table is a bar with the least error marked on it, in the reader's language."""
    rows = [
        ("sales", horizon, kind, 0.2, 0.1) for horizon in ("1w", "month", "later") for kind in ("ordinary", "special")
    ]
    page = accuracy_page(pd.DataFrame(rows, columns=["queue", "horizon", "day_class", "wape", "floor"]), locale)
    assert page.count("<rect") == page.count('stroke-width="3"') == 6
    assert ("8 to 28 days ahead, special days" if locale == "en" else "提前 8 至 28 天，特殊日") in page
