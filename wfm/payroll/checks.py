"""What is wrong with `[pay]` and `pay.csv` before anything is computed or written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wfm.domain.errors import InputError, InputErrors
from wfm.payroll import messages
from wfm.payroll.base import PAY_ELEMENTS, PayElement

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Inputs, Plan
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text

_PHRASES = {
    "missing": messages.A_FIELD,
    "decimal_parsing": messages.A_NUMBER,
    "decimal_type": messages.A_NUMBER,
    "finite_number": messages.A_NUMBER,
    "bool_type": messages.TRUE_FALSE,
    "bool_parsing": messages.TRUE_FALSE,
    "greater_than": messages.MORE_THAN,
    "greater_than_equal": messages.AT_LEAST,
    "literal_error": messages.ONE_OF,
}


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of `[pay]`: an unknown element, an unknown field, a value that cannot be used."""
    unknown = messages.UNKNOWN_ELEMENT.fill(known=", ".join(PAY_ELEMENTS))
    problems = [_at(f"pay.{k}", v, unknown) for k, v in settings.pay.items() if k not in PAY_ELEMENTS]
    for kind, element in PAY_ELEMENTS.items():
        built = _build(element, settings.pay.get(kind, {}))
        if not isinstance(built, PayElement):
            problems.extend(built)
    return problems


def pay_elements(settings: Settings) -> tuple[PayElement, ...]:
    """Return every pay element with the options of `[pay]`, in the order of their kinds.

    Raises
    ------
    InputErrors
        When `check_settings` finds a problem.
    """
    problems = check_settings(settings)
    if problems:
        raise InputErrors(problems)
    return tuple(element.model_validate(settings.pay.get(kind, {})) for kind, element in PAY_ELEMENTS.items())


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
    present = [c for c in columns if c in pay.columns]
    for agent in _employed(known):
        problems.extend(_wage_problems(agent, pay, present, known.settings.centre.currency))
    return problems


def wages(known: Inputs | Plan, pay: pd.DataFrame) -> dict[str, dict[str, Decimal]] | None:
    """Return the columns that pay elements compute with, by agent id; None when no wages are given."""
    if pay.empty:
        return None
    columns = _needed(known.settings)
    return {a.agent_id: {c: Decimal(str(pay.at[a.agent_id, c])) for c in columns} for a in _employed(known)}


def _needed(settings: Settings) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for element in pay_elements(settings) for column in element.needs))


def _employed(known: Inputs | Plan) -> Iterator[Agent]:
    first, last = known.settings.period.first, known.settings.period.last
    for agent in known.agents:
        if (agent.hire_date or first) <= last and (agent.leave_date or last) >= first:
            yield agent


def _wage_problems(agent: Agent, pay: pd.DataFrame, columns: list[str], currency: str) -> Iterator[InputError]:
    rows = int((pay.index == agent.agent_id).sum())
    if rows != 1:
        expected = messages.A_ROW if rows else messages.A_WAGE.fill(agent_id=agent.agent_id)
        yield InputError("pay.csv", None, "agent_id", agent.agent_id, expected)
        return
    for column in columns:
        value = pay.at[agent.agent_id, column]
        if not _is_amount(value):
            expected = messages.AN_AMOUNT.fill(column=column, agent_id=agent.agent_id, currency=currency)
            yield InputError("pay.csv", None, column, value, expected, messages.WRITE_ZERO)


def _is_amount(value: object) -> bool:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0


def _build(element: type[PayElement], options: object) -> PayElement | list[InputError]:
    if not isinstance(options, dict):
        return [_at(f"pay.{element.kind}", options, messages.A_TABLE)]
    try:
        return element.model_validate(options)
    except ValidationError as error:
        return [_problem(element, detail) for detail in error.errors()]


def _problem(element: type[PayElement], detail: Any) -> InputError:
    path = ".".join(["pay", element.kind, *map(str, detail["loc"])])
    value = None if detail["type"] == "missing" else detail["input"]
    if detail["type"] == "extra_forbidden":
        return _at(path, value, messages.UNKNOWN_FIELD.fill(known=", ".join(element.model_fields)))
    phrase = _PHRASES.get(detail["type"], messages.OTHER)
    return _at(path, value, phrase.fill(**{**detail.get("ctx", {}), "detail": detail["msg"]}))


def _at(path: str, value: object, expected: Text) -> InputError:
    return InputError("plan.toml", None, path, value, expected)
