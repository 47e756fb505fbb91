"""The pictures of a forecast: history, what is ahead with its bounds, profiles, special days; and of past errors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.text import Text
from wfm.forecast import QueueHistory
from wfm.forecast.ahead import queue_history, queue_rows
from wfm.forecast.effects import special_day_effects
from wfm.report.forecast_page import HUES, Bars, Curve, Picture, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.text import Locale
    from wfm.pipeline.stages import Demand

SHOWN_DAYS = 182
"""Days of history in the first picture."""
PAST = Text(
    en="{queue}: contacts a day; circles were repaired, shaded days are events",
    zh="{queue}：日话务量；圆圈为已修正，底色为事件日",
)
AHEAD = Text(en="{queue}: days ahead, nine in ten fall in the band", zh="{queue}：未来各日，九成落在色带内")
PROFILE = Text(en="{queue}: an ordinary day by weekday, contacts per interval", zh="{queue}：各星期普通日的时段话务量")
SPECIAL = Text(
    en="{queue}: special days, percent of an ordinary day of that weekday", zh="{queue}：特殊日相对同星期普通日的百分比"
)
ERRORS = Text(
    en="{queue}: WAPE of forecasts that came due; the red mark is the least that chance allows",
    zh="{queue}：到期预测的 WAPE；红线为随机波动下的最小误差",
)
TITLE = Text(en="Forecast", zh="话务预测")
ACCURACY_TITLE = Text(en="Accuracy of past forecasts", zh="历史预测准确度")
CAME, EXPECTED = Text(en="came", zh="实际"), Text(en="expected", zh="预测")
HORIZONS = {
    "1w": Text(en="up to 7 days ahead", zh="提前 7 天以内"),
    "month": Text(en="8 to 28 days ahead", zh="提前 8 至 28 天"),
    "later": Text(en="more than 28 days ahead", zh="提前 28 天以上"),
}
DAY_CLASSES = {"ordinary": Text(en="ordinary days", zh="普通日"), "special": Text(en="special days", zh="特殊日")}
CASE = Text(en="{horizon}, {days}", zh="{horizon}，{days}")
WEEKDAYS = Text(en="Mon Tue Wed Thu Fri Sat Sun", zh="周一 周二 周三 周四 周五 周六 周日")


def forecast_page(known: Demand, locale: Locale) -> str:
    """Return the pictures of every queue's forecast as HTML."""
    shown = [picture for queue in known.inputs.settings.queues for picture in _of_queue(queue, known, locale)]
    return page(TITLE, shown, locale)


def accuracy_page(table: pd.DataFrame, locale: Locale) -> str:
    """Return the errors of past forecasts beside the least that chance allows, as HTML."""
    shown = []
    for queue, rows in table.groupby("queue", sort=False):
        cases = zip(rows["horizon"], rows["day_class"], strict=True)
        names = [CASE.fill(horizon=HORIZONS[horizon], days=DAY_CLASSES[days]).in_(locale) for horizon, days in cases]
        shown.append(
            Bars(ERRORS.fill(queue=queue).in_(locale), names, list(rows["wape"] * 100), list(rows["floor"] * 100))
        )
    return page(ACCURACY_TITLE, shown, locale)


def _of_queue(queue: str, known: Demand, locale: Locale) -> Iterator[Picture | Bars]:
    inputs, grid = known.inputs, known.inputs.settings.grid
    if queue not in inputs.history.index.get_level_values("queue"):
        yield from _days_ahead(queue, known, locale)
        return
    shown = _name(queue, known)
    rows = queue_rows(inputs.history, queue)
    history = queue_history(rows, inputs, known.calendar, queue, grid.first, least=1)
    recorded = rows.loc[rows.index < grid.starts[0], "offered"].astype(float)
    came = QueueHistory.of(recorded, grid.minutes, history.zone, history.opening)
    days, totals = came.dates[-SHOWN_DAYS:], came.counts[-SHOWN_DAYS:]
    sums = np.where(np.isnan(totals).all(axis=1), np.nan, np.nansum(totals, axis=1))
    marks, shaded = _marks(queue, known, days)
    curve = (Curve(CAME.in_(locale), list(sums)),)
    yield Picture(PAST.fill(queue=shown).in_(locale), curve, _ticks(days), marks=marks, shaded=shaded)
    yield from _days_ahead(queue, known, locale)
    ordinary, special = special_day_effects(history, known.calendar)
    weekdays = WEEKDAYS.in_(locale).split()
    profiles = [Curve(name, list(row), hue) for name, row, hue in zip(weekdays, ordinary, HUES, strict=True)]
    per_hour = 60 // grid.minutes
    hours = [(hour * per_hour, f"{hour:02d}:00") for hour in range(0, 24, 3)]
    yield Picture(PROFILE.fill(queue=shown).in_(locale), profiles, hours)
    if special:
        names, effects = zip(*special, strict=True)
        yield Bars(SPECIAL.fill(queue=shown).in_(locale), names, effects)


def _days_ahead(queue: str, known: Demand, locale: Locale) -> Iterator[Picture]:
    if known.ahead is not None:
        rows = known.ahead.totals
        rows = rows[(rows["queue"] == queue) & (rows["unit"] == "day")]
        band = (list(rows["low"]), list(rows["high"]))
        curve = (Curve(EXPECTED.in_(locale), list(rows["offered"])),)
        title = AHEAD.fill(queue=_name(queue, known)).in_(locale)
        yield Picture(title, curve, _ticks(list(rows["first"]), 7), band)


def _name(queue: str, known: Demand) -> str:
    """Return the name of a queue for people."""
    return known.inputs.settings.queues[queue].name or queue


def _marks(queue: str, known: Demand, days: Sequence[object]) -> tuple[list[int], list[tuple[int, int]]]:
    place = {day: n for n, day in enumerate(days)}
    repairs = known.ahead.repairs if known.ahead is not None else pd.DataFrame(columns=["queue", "date"])
    marks = [place[day] for day in repairs.loc[repairs["queue"] == queue, "date"] if day in place]
    shaded = []
    for event in known.inputs.events.to_dict("records"):
        if event["queue"] in (queue, "*"):
            last = (event["end"] - timedelta(seconds=1)).date()
            touched = [n for day, n in place.items() if event["start"].date() <= day <= last]
            shaded += [(touched[0], touched[-1])] if touched else []
    return sorted(set(marks)), shaded


def _ticks(days: Sequence[object], step: int = 28) -> list[tuple[int, str]]:
    return [(n, f"{day:%m-%d}") for n, day in enumerate(days) if n % step == 0]
