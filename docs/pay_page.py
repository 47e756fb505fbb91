"""The page of the pay elements: law, formula, fields and an example of each, and the figures of the law."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, get_args

from fields_table import fields_table
from pydantic import BaseModel

from wfm.law import pay_countries
from wfm.payroll import PAY_ELEMENTS
from wfm.payroll.examples import EXAMPLES
from wfm.pipeline.manual import docstring_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.payroll import PayElement
    from wfm.payroll.examples import PayExample

INTRO = """`[pay.KIND]` sets the options of each; an element that a country's law asks for applies there unasked.

The lines under each example are what the element computes. There `09:00-18:00 240+60` is a shift with an unpaid break
of 60 minutes after 240, and every day without a shift is off."""


def pay() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (INTRO, "")
    for kind, cls in PAY_ELEMENTS.items():
        yield from (f"## {kind}", "", f"{cls.phrase.en} / {cls.phrase.zh}", "", docstring_of(cls), "")
        yield from fields_table(cls)
        for name, inner in _tables(cls):
            yield from (f"`{name}` is a table:", "", *fields_table(inner))
        if kind in EXAMPLES:
            yield from _paid(kind, EXAMPLES[kind])
    yield from _law()


def _tables(cls: type[PayElement]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the fields that are tables of their own."""
    for name, field in cls.model_fields.items():
        for part in get_args(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield name, part


def _paid(kind: str, example: PayExample) -> Iterator[str]:
    """Yield what an element pays for its example, computed by the element."""
    given = {
        "holidays": sorted(example.holidays),
        "agents.csv": example.agent,
        "pay.csv": example.wage,
        f"[pay.{kind}]": example.fields,
    }
    facts = [f"{name} `{_plain(value)}`" for name, value in given.items() if value]
    facts += [f"{day:%a %Y-%m-%d} `{shift}`" for day, shift in example.shifts.items()]
    facts += [f"{day} {n} checked, {failed} failed" for day, (n, failed) in (example.checked or {}).items()]
    yield from (f"Example: {example.first} to {example.last}; {'; '.join(facts)}.", "")
    yield from ("| line | date | quantity | rate | times | amount | reason |", "|---|---|---|---|---|---|---|")
    for line in example.lines(kind):
        cells = (line.date, f"{line.quantity} {line.unit}", line.rate, line.multiplier, line.amount, line.reason.en)
        yield f"| `{line.element_code}` | {' | '.join('' if cell is None else str(cell) for cell in cells)} |"
    yield ""


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {written(inner)}" for name, inner in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _law() -> Iterator[str]:
    for country in pay_countries():
        yield from (
            f"# Figures of the law: {country}",
            "",
            "| figure | value | unit | from | source |",
            "|---|---|---|---|---|",
        )
        text = (files("wfm.law") / f"pay_{country.lower()}.toml").read_text("utf-8")
        for name, entries in tomllib.loads(text).items():
            for e in entries:
                source = f"{e['source']['en']} / {e['source']['zh']}"
                yield f"| `{name}` | {e['value']} | {e['unit']} | {e['effective_from']} | {source} |"
        yield ""
