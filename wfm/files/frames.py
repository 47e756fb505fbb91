"""DataFrames and objects to inputs, by the same validation as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
import pandas as pd
from pydantic import BaseModel

from wfm.domain.agents import Balance
from wfm.domain.errors import InputError, InputErrors
from wfm.domain.settings import Settings
from wfm.files import messages
from wfm.files.balances import LEFT
from wfm.files.findings import Findings
from wfm.files.reading import NEEDED, Material, read_inputs
from wfm.files.settings_file import Source, build_settings
from wfm.files.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfm.domain.agents import Absence, Agent, Exemption, Pin, Request
    from wfm.domain.plan import Inputs
    from wfm.domain.roster import Assignment
    from wfm.files.settings_file import Check, KindsOf, PeopleCheck


def from_frames(
    settings: Settings | Mapping[str, Any],
    history: pd.DataFrame,
    agents: pd.DataFrame | Sequence[Agent],
    *,
    requests: pd.DataFrame | Sequence[Request] | None = None,
    leave: pd.DataFrame | Sequence[Absence] | None = None,
    pins: pd.DataFrame | Sequence[Pin] | None = None,
    exceptions: pd.DataFrame | Sequence[Exemption] | None = None,
    events: pd.DataFrame | None = None,
    calendar: pd.DataFrame | None = None,
    previous_roster: pd.DataFrame | Sequence[Assignment] | None = None,
    published_roster: pd.DataFrame | Iterable[Assignment] | None = None,
    pay: pd.DataFrame | None = None,
    balances: pd.DataFrame | Sequence[Balance] | None = None,
    worked: pd.DataFrame | None = None,
    quality: pd.DataFrame | None = None,
    checks: Sequence[Check] = (),
    rule_kinds: KindsOf | None = None,
    people_checks: Sequence[PeopleCheck] = (),
) -> Inputs:
    """Return the inputs made of tables and objects instead of a planning folder.

    Columns have the names of the files' columns (`[history] columns` applies to the history here too). A value that
    is missing (None, NaN, NaT) is an empty cell. In a problem, `file` is the name of the argument and `row` counts the
    rows of the table from 1.

    Raises
    ------
    InputErrors
        With every problem of the settings and of every table.
    """
    if not isinstance(settings, Settings | Mapping):
        raise InputErrors([InputError("settings", None, None, settings, messages.SETTINGS_GIVEN)])
    findings = Findings()
    source = Source("settings", None, findings)
    raw = settings.model_dump() if isinstance(settings, Settings) else settings
    built = build_settings(raw, source, checks)
    past: tuple[Assignment, ...] = ()
    if previous_roster is not None and not isinstance(previous_roster, pd.DataFrame):
        past, previous_roster = tuple(previous_roster), None
    known: tuple[Assignment, ...] = ()
    if published_roster is not None and not isinstance(published_roster, pd.DataFrame):
        known, published_roster = tuple(published_roster), None
    given = {
        "history": history,
        "agents": agents,
        "requests": requests,
        "leave": leave,
        "pins": pins,
        "exceptions": exceptions,
        "calendar": calendar,
        "events": events,
        "previous_roster": previous_roster,
        "published_roster": published_roster,
        "pay": pay,
        "balances": balances,
        "worked": worked,
        "quality": quality,
    }
    tables = {}
    for name, data in given.items():
        if _is_table(data):
            tables[name] = _table(name, data)
        elif data is not None or name in NEEDED:
            findings.add(InputError(name, None, None, data, messages.A_TABLE))
    kinds = None if rule_kinds is None or built is None else rule_kinds(built)
    return read_inputs(Material(source, built, raw, tables, kinds, people_checks, previous=past, published=known))


def _is_table(data: object) -> TypeGuard[pd.DataFrame | Sequence[BaseModel]]:
    return isinstance(data, pd.DataFrame) or (
        isinstance(data, Sequence) and all(isinstance(thing, BaseModel) for thing in data)
    )


def _table(name: str, data: pd.DataFrame | Sequence[BaseModel]) -> Table:
    frame = data if isinstance(data, pd.DataFrame) else _frame(data)
    if any(level is not None for level in frame.index.names):
        frame = frame.reset_index()
    columns = [_texts(frame.iloc[:, n]) for n in range(frame.shape[1])]
    rows = list(zip(*columns, strict=True))
    return Table(name, tuple(map(str, frame.columns)), None, rows, range(1, len(rows) + 1))


def _frame(objects: Sequence[BaseModel]) -> pd.DataFrame:
    return pd.DataFrame([_columns(thing) for thing in objects], dtype=object)


def _columns(thing: BaseModel) -> dict[str, Any]:
    values = thing.model_dump()
    left = values.pop("leave_days") if isinstance(thing, Balance) else {}
    return {**values, **{LEFT + kind: days for kind, days in left.items()}}


def _texts(column: pd.Series[Any]) -> list[str]:
    """Return a column as the texts that a file would hold."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [text + "Z" if text else "" for text in _texts(column.dt.tz_convert("UTC").dt.tz_localize(None))]
    if column.dtype.kind == "M":
        texts = np.datetime_as_string(column.to_numpy(), unit="us")
        return ["" if text == "NaT" else str(text) for text in texts]
    return [_text(value) for value in column]


def _text(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(map(_text, value))
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124
        return ""
    if isinstance(value, bool | np.bool_):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | np.floating):
        return np.format_float_positional(value, trim="-")
    return format(value, "f") if isinstance(value, Decimal) else str(value)
