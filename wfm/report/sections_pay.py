"""Pay totals and pay lines, worded for the template."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.calendar import DayClass
from wfm.domain.words import unit_text
from wfm.report import messages as m
from wfm.report import pay, terms
from wfm.report.charts_pay import pay_chart
from wfm.report.wording import NOTHING, number

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wfm.report.page import Page

Section = dict[str, Any]
MONTH = "month"
"""Stands where the class of a day does, for what no single day earns."""
MOST_LINES = 1000
"""Pay lines shown one by one; all of them are in `payroll.csv`."""


def pay_section(page: Page, payroll: pd.DataFrame, timesheet: pd.DataFrame) -> Section:
    """Return totals by element, by day class and by date, the pay lines, and the sums of the timesheet."""
    words = page.words
    elements = pay.totals(payroll, ["element_code", "unit", "currency"]) if len(payroll) else ()
    dated = payroll.dropna(subset=["date"])
    dates = pay.totals(dated, ["date", "element_code", "unit", "currency", "rule_id"]) if len(dated) else ()
    classed = classes_of(page, payroll)
    more = len(payroll) - MOST_LINES
    sums = pay.column_totals(timesheet, list(terms.TIMESHEET_HEADS))
    return {
        "total": _total(page, payroll),
        "classes": _classes(page, classed),
        "chart": pay_chart(page, classed) if len(classed) else None,
        "one_more": _one_more(page),
        "elements": [_line(page, total, total.key) for total in elements],
        "dates": [
            {"day": _day(page, total.key[0]), **_line(page, total, total.key[1:4]), "by": _by(page, total.key[4])}
            for total in dates
        ],
        "missing": any(total.missing for total in elements),
        "lines": [_detail(page, dict(row)) for _, row in payroll.head(MOST_LINES).iterrows()],
        "more": words(m.MORE_ROWS, n=more, file="payroll.csv") if more > 0 else "",
        "timesheet": [
            (words(terms.TIMESHEET_HEADS[name]), number(value, 0 if name.endswith("nights") else 2))
            for name, value in sums.items()
        ],
    }


def classes_of(page: Page, payroll: pd.DataFrame) -> pd.DataFrame:
    """Return amounts by element and class of the day that earns them; `month` for what no single day earns.

    One row per element code, one column per class that occurs, in the order of the classes; other currencies than that
    of the first line are left out.
    """
    known = payroll[payroll["amount"].notna()]
    if known.empty:
        return pd.DataFrame()
    known = known[known["currency"] == known["currency"].iloc[0]]
    lines = zip(known["element_code"], known["date"], strict=True)
    classes = pd.Index([_class_of(page, code, day) for code, day in lines], name="class")
    sums = known["amount"].map(Decimal).groupby([known["element_code"], classes]).sum()
    parts = [str(name) for name in (*DayClass, MONTH) if name in set(classes)]
    return pd.DataFrame({part: sums.xs(part, level="class") for part in parts}).rename_axis("element_code")


def _class_of(page: Page, code: str, day: Any) -> str:
    """Return the class of the day that earns a line; overtime of a cycle of hours is dated, but no day earns it."""
    of_cycle = code.startswith("overtime") and page.plan.settings.hours.in_force == "comprehensive"
    return MONTH if of_cycle or pd.isna(day) else str(page.plan.calendar[pd.Timestamp(day).date()].day_class.value)


def _total(page: Page, payroll: pd.DataFrame) -> list[str]:
    """Return what the period costs, one sentence per currency, the agents' mean beside it."""
    sums = pay.totals(payroll, ["currency"]) if len(payroll) else ()
    agents = max(1, len(page.plan.agents))
    return [
        page.words(m.PAY_TOTAL, amount=number(t.amount, 2), currency=t.key[0], mean=number(t.amount / agents, 2))
        for t in sums
        if t.amount is not None
    ]


def _classes(page: Page, table: pd.DataFrame) -> Section:
    """Return the head and the rows of amounts by element and class, sums at the end of both."""
    if table.empty:
        return {}
    whole = table.sum(axis=1, skipna=True)
    rows = [
        {
            "element": page.words.kind(str(code), page.names),
            "amounts": [_amount(value) for value in table.loc[code]],
            "sum": number(whole[code], 2),
        }
        for code in whole.sort_values(ascending=False).index
    ]
    sums = [number(sum(pay.known(table[name]), Decimal(0)), 2) for name in table]
    heads = [page.words(terms.PAY_CLASSES[str(name)]) for name in table]
    return {"heads": heads, "rows": rows, "sums": sums, "sum": number(whole.sum(), 2)}


def _one_more(page: Page) -> list[Section]:
    """Return what one more shift on each statutory holiday would cost."""
    if page.one_more is None:
        return []
    return [
        {
            "day": _day(page, row["date"]),
            "name": row["name"],
            "shift": row["shift_code"],
            "hours": number(row["paid_hours"], 2),
            "agents": row["agents"],
            **{part: number(row[part], 2) for part in ("low", "middle", "high")},
            "currency": row["currency"],
        }
        for _, row in page.one_more.iterrows()
    ]


def _amount(value: Any) -> str:
    return NOTHING if pd.isna(value) else number(value, 2)


def _line(page: Page, total: pay.PayTotal, key: tuple[str, ...]) -> Section:
    element, unit, currency = key
    return {
        "element": page.words.kind(element, page.names),
        "unit": _unit(page, unit),
        "currency": currency,
        "lines": total.lines,
        "agents": total.agents,
        "quantity": number(total.quantity, 2),
        "amount": NOTHING if total.amount is None else number(total.amount, 2),
    }


def _detail(page: Page, row: dict[Hashable, Any]) -> Section:
    agent = page.plan.by_id.get(str(row["agent_id"]))
    amount = row["amount"]
    return {
        "agent": agent.name if agent is not None and agent.name else str(row["agent_id"]),
        "day": _day(page, row["date"]),
        "element": page.words.kind(str(row["element_code"]), page.names),
        "quantity": number(row["quantity"], 2),
        "unit": _unit(page, str(row["unit"])),
        "amount": NOTHING if amount == "" else _amount(amount),
        "reason": row["reason"],
    }


def _by(page: Page, rule_id: str) -> str:
    how = terms.PAID_BY.get(rule_id.rpartition(".")[2])
    return NOTHING if how is None else page.words(how)


def _unit(page: Page, unit: str) -> str:
    return page.words(unit_text(unit))


def _day(page: Page, value: Any) -> str:
    if value is None or pd.isna(value) or value == "":
        return NOTHING
    return page.words.day(pd.Timestamp(value).date())
