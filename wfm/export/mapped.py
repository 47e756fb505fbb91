"""A file as columns of ours under names of theirs: what `[[export.mapping.files]]` says, and its rows."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, field_validator

from wfm.export import messages as m
from wfm.export.columns import TABLES
from wfm.export.csv_file import MachineCsv
from wfm.export.sidecar import TOTALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.export.base import Outgoing

OF_AGENT = ("name", "team")
"""Columns that every table has beside its own."""
TIMES = ("business_date", "date", "start_local", "end_local")
"""Columns that a form can be given for."""
TOKENS = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
PLACES = ("{first}", "{last}", "{version}")
_NO_FILE_NAME = re.compile(r'[{}/\\:*?"<>|\x00-\x1f]|^\.|[. ]$|^$')

Problem = tuple[str, object, "Text"]
"""A key below the file, what stands there, and what should."""


class MappedColumn(BaseModel):
    """One column of the file: a column of ours, or the same text in every row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str | None = Field(default=None, alias="from")
    values: dict[str, str] = Field(default_factory=dict)
    default: str | None = None
    form: str = ""
    value: str | None = None

    def drawn(self, table: pd.DataFrame) -> list[object]:
        """Return the cells of the column; raises `KeyError` with a value that `values` should name and does not."""
        if self.source is None:
            return [self.value] * len(table)
        cells = list(table[self.source])
        if self.form:
            form = re.sub("|".join(TOKENS), lambda token: TOKENS[token[0]], self.form)
            cells = [cell.strftime(form) if isinstance(cell, date) else cell for cell in cells]
        return [self._replaced(cell) for cell in cells] if self.values else cells

    def _replaced(self, cell: object) -> object:
        text = as_text(cell)
        if text in self.values:
            return self.values[text]
        if not text:
            return None
        if self.default is None:
            raise KeyError(text)
        return self.default

    def problems(self, name: str, file: MappedFile, settings: Settings) -> Iterator[Problem]:
        """Yield what cannot be used."""
        if (self.source is None) == (self.value is None):
            yield name, None, m.FROM_OR_VALUE
        if self.source is not None and self.source not in file.known:
            yield name, self.source, file.a_column
        if self.form and (self.source not in TIMES or not any(token in self.form for token in TOKENS)):
            yield f"{name}.form", self.form, m.A_FORM.fill(columns=", ".join(TIMES), tokens=" ".join(TOKENS))
        if self.source == "shift_code" and self.values and self.default is None:
            left = (shift.code for shift in settings.shifts if shift.code not in self.values)
            yield from ((f"{name}.values", code, m.A_VALUE_FOR_IT) for code in left)


class MappedFile(MachineCsv):
    """One file: rows of a table of ours, its columns under other names."""

    file: str = "{first}_{last}.csv"
    table: Literal["roster", "timesheet", "payroll"] = "roster"
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    columns: dict[str, MappedColumn] = Field(min_length=1)

    @field_validator("columns", mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Let `"工号" = "agent_id"` stand for `"工号" = { from = "agent_id" }`."""
        if not isinstance(value, dict):
            return value
        return {name: {"from": column} if isinstance(column, str) else column for name, column in value.items()}

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that can be taken."""
        return tuple(dict.fromkeys((*TABLES[self.table], *OF_AGENT)))

    @property
    def a_column(self) -> Text:
        """What is expected where a column of ours is named."""
        return m.A_COLUMN.fill(table=self.table, known=", ".join(self.known))

    def problems(self, settings: Settings) -> Iterator[Problem]:
        """Yield what cannot be used: unknown columns, forms and places, shifts without a value."""
        bare = self.file
        for place in PLACES:
            bare = bare.replace(place, "x")
        if _NO_FILE_NAME.search(bare) or bare == TOTALS:
            yield "file", self.file, m.A_FILE_NAME.fill(places=" ".join(PLACES))
        yield from (("where", name, self.a_column) for name in self.where if name not in self.known)
        for name, column in self.columns.items():
            yield from column.problems(f"columns.{_key(name)}", self, settings)

    def name(self, outgoing: Outgoing) -> str:
        """Return the name of the file with its places filled."""
        days = outgoing.plan.days
        return self.file.format(first=days[0], last=days[-1], version=outgoing.version)

    def rows(self, outgoing: Outgoing) -> tuple[pd.DataFrame, list[Problem]]:
        """Return the rows of the file, and the values that its columns should name and do not."""
        tables: Mapping[str, pd.DataFrame] = {
            "roster": outgoing.roster_table,
            "timesheet": outgoing.timesheet,
            "payroll": outgoing.payroll,
        }
        table = _with_agents(tables[self.table], outgoing)
        for name, wanted in self.where.items():
            table = table[[as_text(cell) in wanted for cell in table[name]]]
        columns, problems = dict[str, list[object]](), list[Problem]()
        for name, column in self.columns.items():
            try:
                columns[name] = column.drawn(table)
            except KeyError as error:
                problems.append((f"columns.{_key(name)}.values", error.args[0], m.A_VALUE_FOR_IT))
        return pd.DataFrame(columns, dtype=object), problems


def as_text(cell: object) -> str:
    """Return what `where` and `values` compare with a cell."""
    return "" if cell is None or cell is pd.NA else str(cell)


def _key(name: str) -> str:
    """Return a key as it stands in a path of `plan.toml`."""
    return f'"{name}"' if re.search(r"[\s.=\[\]\"'#]", name) else name


def _with_agents(table: pd.DataFrame, outgoing: Outgoing) -> pd.DataFrame:
    people = outgoing.plan.by_id
    missing = [name for name in OF_AGENT if name not in table]
    return table.assign(**{name: [getattr(people[a], name) for a in table["agent_id"]] for name in missing})
