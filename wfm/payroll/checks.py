"""What is wrong with `[pay]` and `pay.csv` before anything is computed or written."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.options import PLAN, built, problem, suggestion
from wfm.domain.own_parts import blamed
from wfm.payroll import messages
from wfm.payroll.base import PAY_ELEMENT, PAY_ELEMENTS
from wfm.payroll.extra_hours import LEGAL_WAGE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    import pandas as pd

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Inputs, Plan
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.payroll.base import PayElement


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of `[pay]`: an unknown element, an unknown field, a value that cannot be used."""
    unknown = messages.UNKNOWN_ELEMENT.fill(known=", ".join(PAY_ELEMENTS))
    problems = [
        problem(f"pay.{kind}", None, unknown, PLAN, suggestion(kind, PAY_ELEMENTS))
        for kind in settings.pay
        if kind not in PAY_ELEMENTS
    ]
    for kind, element in _applied(settings):
        with blamed(element, PAY_ELEMENT):
            made = built(element, settings.pay.get(kind, {}), f"pay.{kind}")
        if isinstance(made, list):
            problems.extend(made)
    return problems


def pay_elements(settings: Settings) -> tuple[PayElement, ...]:
    """Return every pay element that applies, with the options of `[pay]`, in the order of their kinds.

    Raises
    ------
    InputErrors
        When `check_settings` finds a problem.
    """
    problems = check_settings(settings)
    if problems:
        raise InputErrors(problems)
    return tuple(element.model_validate(settings.pay.get(kind, {})) for kind, element in _applied(settings))


def _applied(settings: Settings) -> Iterator[tuple[str, type[PayElement]]]:
    for kind, element in PAY_ELEMENTS.items():
        with blamed(element, PAY_ELEMENT):
            applies = element.applies(settings)
        if applies:
            yield kind, element


def check_pay(known: Inputs | Plan, pay: pd.DataFrame) -> list[InputError]:
    """Return what payroll misses in the wages of the agents employed in the period; nothing when no wages are given.

    `pay` is indexed by `agent_id`. Once wages are given they must be complete: every such agent, every column that a
    pay element computes with, and an amount of 0 or more in each cell.
    """
    if pay.empty:
        return []
    columns = _needed(known.settings)
    absent = [c for c in columns if c not in pay.columns]
    problems = [
        InputError("pay.csv", None, c, None, messages.A_COLUMN.fill(column=c), messages.WRITE_ZERO) for c in absent
    ]
    present = {c: elements for c, elements in columns.items() if c in pay.columns}
    rows, figures, lines = Counter(pay.index), pay.to_dict(), pay.attrs.get("lines", {})
    for agent in _employed(known):
        line = lines.get(agent.agent_id)
        problems.extend(_wage_problems(agent, figures, rows[agent.agent_id], present, line))
    return problems


def wages(known: Inputs | Plan, pay: pd.DataFrame) -> dict[str, dict[str, Decimal]] | None:
    """Return the columns that pay elements compute with, by agent id; None when no wages are given.

    Base and performance are in it wherever they are given: what the law asks for goes by both.
    """
    if pay.empty:
        return None
    columns, figures, found = _needed(known.settings), pay.to_dict(), {}
    for agent in _employed(known):
        row = {c: Decimal(str(figures[c][agent.agent_id])) for c in columns}
        rest = {c: _figure(figures[c][agent.agent_id]) for c in LEGAL_WAGE if c in figures and c not in row}
        found[agent.agent_id] = {**row, **{c: figure for c, figure in rest.items() if figure is not None}}
    return found


def _needed(settings: Settings) -> dict[str, list[PayElement]]:
    """Return the columns of `pay.csv` that are computed with, each with the elements that do."""
    found: dict[str, list[PayElement]] = {}
    for element in pay_elements(settings):
        with blamed(element, PAY_ELEMENT):
            columns = tuple(element.needs)
        for column in columns:
            found.setdefault(column, []).append(element)
    return found


def _employed(known: Inputs | Plan) -> Iterator[Agent]:
    first, last = known.settings.period.first, known.settings.period.last
    for agent in known.agents:
        if (agent.hire_date or first) <= last and (agent.leave_date or last) >= first:
            yield agent


def _wage_problems(
    agent: Agent,
    pay: Mapping[Hashable, Mapping[str, object]],
    rows: int,
    columns: Mapping[str, list[PayElement]],
    line: int | None,
) -> Iterator[InputError]:
    if rows != 1:
        expected = messages.A_ROW if rows else messages.A_WAGE.fill(agent_id=agent.agent_id)
        yield InputError("pay.csv", None, "agent_id", agent.agent_id, expected)
        return
    for column, elements in columns.items():
        value = pay[column][agent.agent_id]
        what = _refused(column, value, elements)
        if what is not None:
            expected = messages.A_FIGURE.fill(column=column, agent_id=agent.agent_id, what=what)
            yield InputError("pay.csv", line, column, value, expected, messages.WRITE_ZERO)


def _refused(column: str, value: object, elements: Iterable[PayElement]) -> Text | None:
    figure = _figure(value)
    if figure is None:
        return messages.A_NUMBER
    for element in elements:
        with blamed(element, PAY_ELEMENT):
            what = element.refuses(column, figure)
        if what is not None:
            return what
    return None


def _figure(value: object) -> Decimal | None:
    """Return a cell as a number; None when it is none."""
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
