"""The page of the export profiles: columns, options, personal data, what is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fields_table import fields_table

from wfm.export import EXPORTS, CsvOptions
from wfm.pipeline.manual import docstring_of, fields_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.export import ExportFormat

INTRO = """One profile of `[export] profiles` each; `[export.PROFILE]` sets its options, `wfm export --list` lists
them. The files stand in `out/exports/PROFILE/`, beside them `totals.json`: the version of the roster, the SHA-256 of
every file, and rows, hours and amounts, so that HR can reconcile them before the import.

**Personal data.** Each profile declares the kinds that its files hold. It is handed nothing else about a person: what
is not declared cannot leave with it. `personal_data = ["agent_id", "hours"]` in `[export.PROFILE]` narrows that
further, never widens it; the agent id always stays.

**Changes.** `wfm export FOLDER --since FILE` compares with the roster file of an earlier version; without it,
`published_roster.csv` is that version where the folder has one. `out/exports/delta.csv` has a row for every agent and
day that differs: `added`, `cancelled` or `changed`, with state, shift, queue and times before and after.

**CSV.** Every profile that writes CSV has these options; each says below where its own defaults differ. A spreadsheet
that opens a CSV file makes numbers of ids: `007` becomes 7, eighteen digits lose three. Import that column as text, or
use `xlsx`.

Excel opens a file with a byte order mark as UTF-8 by a double click. LibreOffice (looked at: 7.4) asks first: its
dialog has *Unicode (UTF-8)* as the character set, and tab, comma and semicolon as separators. With *OK* the sheet is
right, also in Chinese, whatever the language of the system and whatever was chosen the last time; fields with a
semicolon or a tab stand in quotes for that. Its command line does not ask and takes the file for Western European, with
or without the mark. It has to be told: `soffice --headless "--infilter=CSV:44,34,76,1" --convert-to ods roster.csv`
(comma, `"`, UTF-8, from line 1); in a macro the same `44,34,76,1` are the `FilterOptions`. With another delimiter or
encoding choose it in the dialog."""


def exports() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (INTRO, "", *fields_table(CsvOptions))
    for kind, form in EXPORTS.items():
        yield from (f"## {kind}", "", f"{form.phrase.en} / {form.phrase.zh}", "", docstring_of(form), "")
        yield from (f"Personal data: {', '.join(f'`{p}`' for p in form.personal)}.", "")
        if form.not_known:
            yield from (f"Not known: {form.not_known.en} / {form.not_known.zh}", "")
        yield from ("| column | meaning | from |", "|---|---|---|")
        for column in form.columns:
            yield f"| `{column.name}` | {column.meaning.en} / {column.meaning.zh} | {column.source} |"
        yield from ("", *_own_options(form))
        if form.example:
            yield from ("```toml", *_toml(f"export.{kind}", form.example), "```", "")


def _own_options(form: type[ExportFormat]) -> Iterator[str]:
    """Yield the options that a format has beside those of every format, and its own defaults of CSV."""
    shared = {"personal_data", *CsvOptions.model_fields}
    if issubclass(form, CsvOptions):
        usual = {field.name: field.default for field in fields_of(CsvOptions)}
        own = [f for f in fields_of(form) if f.name in usual and f.default != usual[f.name]]
        said = f"CSV, with {', '.join(f'`{f.name} = {f.default}`' for f in own)}." if own else "CSV."
        yield from (said, "")
    yield from fields_table(form, without=shared)


def _toml(path: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table of `plan.toml`: short tables on one line, those in a list of tables as tables of their own."""
    yield f"[{path}]"
    lists = [key for key, value in table.items() if isinstance(value, list) and isinstance(value[0], dict)]
    yield from (f"{_key(key)} = {_inline(value)}" for key, value in table.items() if key not in lists)
    for key in lists:
        for inner in table[key]:
            below = [k for k, v in inner.items() if isinstance(v, dict)]
            yield from ("", f"[[{path}.{key}]]")
            yield from (f"{_key(k)} = {_inline(v)}" for k, v in inner.items() if k not in below)
            for name in below:
                yield from ("", *_toml(f"{path}.{key}.{name}", inner[name]))


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_inline(inner)}' for key, inner in value.items())} }}"
    return written(value)


def _key(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else f'"{key}"'
