"""The pictures as plain plotly figures: dictionaries of traces and layout, drawn by `page.js`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.domain.clock import DAY_MINUTES, format_clock
from wfm.report import messages as m
from wfm.report.grid import queue_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.domain.answer import TracePoint
    from wfm.domain.plan import Plan
    from wfm.report.wording import Words

Figure = dict[str, Any]
FONT = '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
INK, QUIET, LINES = "#1f2933", "#5f6c7b", "#e4e7eb"
COVERED, SHORT, SPARE = "#9db4c8", "#d1495b", "#dbe7f0"
SCALE = [[0, "#b2182b"], [0.2, "#ef8a62"], [0.4, "#fddbc7"], [0.5, "#f7f7f7"], [0.7, "#d1e5f0"], [1, "#4393c3"]]
"""From shortfall (red, dark) over balance (white) to surplus (blue): told apart by the colour-blind too."""


def layout(height: int, **more: object) -> Figure:
    """Return the layout that all pictures share."""
    return {
        "height": height,
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 56, "r": 16, "t": 12, "b": 44},
        "hoverlabel": {"font": {"family": FONT, "size": 12}, "bgcolor": "#fff", "bordercolor": QUIET},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        "dragmode": False,
        **more,
    }


def axis(title: str = "", **more: object) -> Figure:
    """Return an axis with thin lines and no zooming."""
    return {
        "title": {"text": title, "font": {"size": 12, "color": QUIET}},
        "gridcolor": LINES,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        **more,
    }


def cover_data(plan: Plan, cover: pd.DataFrame, words: Words) -> Figure:
    """Return what the day chart draws from: per queue required and cover (agents), per day its intervals."""
    starts = plan.grid.starts
    dates = np.asarray(starts.date)
    worst = cover["shortfall"].groupby(level="queue").max().reindex(list(plan.settings.queues))
    queue = str(worst.idxmax())
    short = cover.xs(queue)["shortfall"].groupby(dates).sum()
    return {
        "clock": list(starts.strftime("%H:%M")),
        "days": [
            {"label": words.day(day), "from": int(np.argmax(dates == day)), "to": int((dates <= day).sum())}
            for day in plan.days
        ],
        "queues": [_levels(plan, cover, name) for name in plan.settings.queues],
        "start": {"queue": list(plan.settings.queues).index(queue), "day": int(np.argmax(short.to_numpy()))},
        "hour": 60 // plan.grid.minutes,
        "figure": day_chart(words),
    }


def _levels(plan: Plan, cover: pd.DataFrame, queue: str) -> Figure:
    at = cover.xs(queue)
    return {
        "name": queue_name(plan, queue),
        "required": at["required"].round(2).tolist(),
        "cover": at["cover"].round(2).tolist(),
    }


def day_chart(words: Words) -> Figure:
    """Return the picture of one day without its figures: bars of one interval each, and a stepped line."""
    figures = ((m.REQUIRED, 1), (m.COVER, 2))
    hover = "<br>".join(["%{customdata[0]}", *(f"{words(text)} %{{customdata[{n}]:.2f}}" for text, n in figures)])
    bars = [
        {"type": "bar", "name": words(text), "marker": {"color": colour, "line": {"width": 0}}, "hoverinfo": "skip"}
        for text, colour in ((m.COVERED, COVERED), (m.SHORTFALL, SHORT), (m.SURPLUS, SPARE))
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": words(m.REQUIRED),
        "line": {"shape": "hvh", "color": INK, "width": 2},
        "hovertemplate": hover + "<extra></extra>",
    }
    return {
        "data": [*bars, line],
        "layout": layout(
            320,
            barmode="stack",
            bargap=0,
            hovermode="x",
            xaxis=axis(showgrid=False, ticks="outside", ticklen=6, tickcolor=LINES),
            yaxis=axis(words(m.AXIS_AGENTS), rangemode="tozero"),
        ),
    }


def heat_map(plan: Plan, cover: pd.DataFrame, queue: str, limit: float, words: Words) -> Figure:
    """Return days by time of day: cover less requirement in agents, blank where the queue is closed.

    A wall time that a clock change repeats shows its worse interval; one that it skips stays blank.
    """
    minutes = plan.grid.minutes
    starts = plan.grid.starts
    at = cover.xs(queue)
    frame = pd.DataFrame(
        {
            "day": starts.date,
            "slot": (starts.hour * 60 + starts.minute) // minutes,
            "over": np.where(plan.grid.open, (at["cover"] - at["required"]).to_numpy(), np.nan),
        }
    )
    table = frame.groupby(["day", "slot"])["over"].min().unstack()
    table = table.reindex(index=list(plan.days), columns=range(DAY_MINUTES // minutes))
    per_hour, days = 60 // minutes, [words.day(day) for day in plan.days]
    clock = [format_clock(slot * minutes) for slot in range(DAY_MINUTES // minutes)]
    sign = words(m.HOVER_OVER)
    return {
        "data": [
            {
                "type": "heatmap",
                "z": [[None if np.isnan(v) else round(v, 2) for v in row] for row in table.to_numpy()],
                "customdata": [[[day, time] for time in clock] for day in days],
                "zmin": -limit,
                "zmax": limit,
                "colorscale": SCALE,
                "xgap": 0.5,
                "ygap": 0.5,
                "showscale": True,
                "colorbar": {"thickness": 8, "outlinewidth": 0, "tickformat": "~g", "tickfont": {"size": 10}},
                "hovertemplate": f"%{{customdata[0]}} %{{customdata[1]}}<br>{sign} %{{z:+.2f}}<extra></extra>",
            }
        ],
        "layout": layout(
            60 + 13 * len(days),
            xaxis=axis(
                tickvals=[h * per_hour - 0.5 for h in range(0, 25, 4)],
                ticktext=[f"{h:02d}:00" for h in range(0, 25, 4)],
                showgrid=False,
            ),
            yaxis=axis(
                tickvals=list(range(len(days))),
                ticktext=days,
                autorange="reversed",
                showgrid=False,
                tickfont={"size": 10},
            ),
            margin={"l": 84, "r": 8, "t": 8, "b": 32},
        ),
    }


def heat_limit(cover: pd.DataFrame) -> float:
    """Return the end of the colour scale in agents: it leaves out the most extreme hundredth of the intervals."""
    return max(1.0, float(np.quantile(np.abs(cover["cover"] - cover["required"]), 0.99)))


def trace_chart(trace: Sequence[TracePoint], words: Words) -> Figure:
    """Return objective and bound against deterministic seconds."""
    hover = f"%{{x:.1f}} {words(m.SECONDS)}<br>%{{y:,.1f}}"
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": words(text),
                "x": [round(p.seconds, 3) for p in trace if getattr(p, field) is not None],
                "y": [round(getattr(p, field), 3) for p in trace if getattr(p, field) is not None],
                "line": {"shape": "hv", "color": colour, "width": 2},
                "marker": {"size": 5},
                "hovertemplate": f"{escape(words(text))}<br>{hover}<extra></extra>",
            }
            for text, field, colour in ((m.OBJECTIVE, "objective", "#c2571a"), (m.BOUND, "bound", "#22577a"))
        ],
        "layout": layout(
            300, xaxis=axis(words(m.AXIS_SECONDS), rangemode="tozero"), yaxis=axis(words(m.AXIS_OBJECTIVE))
        ),
    }
