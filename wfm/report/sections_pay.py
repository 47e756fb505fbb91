"""Pay totals and pay lines, worded for the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.report import messages as m
from wfm.report import pay, terms
from wfm.report.wording import NOTHING, number

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wfm.report.page import Page

Section = dict[str, Any]
MOST_LINES = 1000
"""Pay lines shown one by one; all of them are in `payroll.csv`."""


def pay_section(page: Page, payroll: pd.DataFrame, timesheet: pd.DataFrame) -> Section:
    """Return totals by element and by date, the pay lines, and the sums of the timesheet."""
    words = page.words
    elements = pay.totals(payroll, ["element_code", "unit", "currency"]) if len(payroll) else ()
    dated = payroll.dropna(subset=["date"])
    dates = pay.totals(dated, ["date", "element_code", "unit", "currency", "rule_id"]) if len(dated) else ()
    more = len(payroll) - MOST_LINES
    sums = pay.column_totals(timesheet, list(terms.TIMESHEET_HEADS))
    return {
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
        "amount": NOTHING if pd.isna(amount) or amount == "" else number(amount, 2),
        "reason": row["reason"],
    }


def _by(page: Page, rule_id: str) -> str:
    return page.words(terms.PAID_BY[rule_id]) if rule_id in terms.PAID_BY else rule_id


def _unit(page: Page, unit: str) -> str:
    return page.words(terms.UNITS[unit]) if unit in terms.UNITS else unit


def _day(page: Page, value: Any) -> str:
    if value is None or pd.isna(value) or value == "":
        return NOTHING
    return page.words.day(pd.Timestamp(value).date())
