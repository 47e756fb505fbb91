"""The picture of pay: what each element costs, by the class of the day that earns it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from wfm.report import terms
from wfm.report.charts import axis, layout

if TYPE_CHECKING:
    import pandas as pd

    from wfm.report.charts import Figure
    from wfm.report.page import Page

COLOURS = {
    "statutory": "#b2182b",
    "makeup_off": "#ef8a62",
    "adjusted_off": "#f4a582",
    "weekend": "#8073ac",
    "weekend_workday": "#b8b0d0",
    "workday": "#4393c3",
    "month": "#9aa5b1",
}
"""By class of the day: holidays red, weekends violet, work days blue, what no single day earns grey."""


def pay_chart(page: Page, table: pd.DataFrame) -> Figure:
    """Return one bar per element, stacked by day class; `table` as `classes_of` in `sections_pay` returns it."""
    order = table.sum(axis=1).sort_values().index
    names = [page.words.kind(str(code), page.names) for code in order]
    currency = page.plan.settings.centre.currency
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": label,
            "y": names,
            "x": table[part].reindex(order).astype(float).fillna(0.0).round(2).tolist(),
            "marker": {"color": COLOURS[str(part)]},
            "hovertemplate": f"%{{y}} · {escape(label)}<br>%{{x:,.2f}} {escape(currency)}<extra></extra>",
        }
        for part in table
        for label in (page.words(terms.PAY_CLASSES[str(part)]),)
    ]
    return {
        "data": bars,
        "layout": layout(
            90 + 34 * len(names),
            barmode="stack",
            bargap=0.35,
            xaxis=axis(currency, rangemode="tozero", tickformat=",~s"),
            yaxis=axis(showgrid=False),
            margin={"l": 120, "r": 16, "t": 12, "b": 44},
        ),
    }
