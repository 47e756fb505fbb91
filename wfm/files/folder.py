"""A planning folder to inputs."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import InputError, InputErrors
from wfm.files import messages
from wfm.files.encoding import known_encoding
from wfm.files.findings import Findings
from wfm.files.reading import COLUMNS, NEEDED, OWN_COLUMNS, Material, read_inputs
from wfm.files.settings_file import PLAN, Source, build_settings, parse_toml
from wfm.files.tables import known_separator, load_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings
    from wfm.files.settings_file import Check, KindsOf, PeopleCheck
    from wfm.files.tables import Table

REGISTERS = ("swaps.csv", "reforecast.csv")
"""Kept beside the plan by other commands; they shape no roster."""


def read_folder(
    folder: Path | str,
    checks: Sequence[Check] = (),
    *,
    rule_kinds: KindsOf | None = None,
    people_checks: Sequence[PeopleCheck] = (),
) -> Inputs:
    """Return everything in a planning folder: `plan.toml` and the CSV files beside it.

    Parameters
    ----------
    checks
        Called with the settings once they can be read; each gives problems of the part it knows (rule book,
        forecaster, pay, exports), with the key path as `column`. The line is filled in here.
    rule_kinds
        Gives the kinds of rules that `exceptions.csv` may name; None lets every kind pass.
    people_checks
        Called with the settings and the agents once both are read without a problem.

    Raises
    ------
    InputErrors
        With every problem of every file.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputErrors([InputError(str(folder), None, None, None, messages.FOLDER_THERE)])
    findings, hashes = Findings(), dict[str, str]()
    source, raw, settings = _plan(folder, findings, checks, hashes)
    form = _history_options(settings)
    tables: dict[str, Table] = {}
    for name in ("history", *COLUMNS, *OWN_COLUMNS):
        options = form if name == "history" else {}
        path = folder / options.pop("file", f"{name}.csv")
        if name not in NEEDED and not path.exists():
            continue
        table = load_table(path, findings, hashes, **options)
        if table is not None:
            tables[name] = table
    _look_around(folder, hashes, findings)
    kinds = None if rule_kinds is None or settings is None else rule_kinds(settings)
    return read_inputs(Material(source, settings, raw, tables, kinds, people_checks, hashes=hashes))


def read_settings(folder: Path, checks: Sequence[Check] = ()) -> Settings:
    """Return the settings in `plan.toml` of a planning folder; `checks` are those of `read_folder`.

    Raises
    ------
    InputErrors
        With every problem of the file.
    """
    findings = Findings()
    _, _, settings = _plan(folder, findings, checks, {})
    findings.raise_if_any()
    if settings is None:
        raise AssertionError("settings without a problem are whole")
    return settings


def _plan(
    folder: Path, findings: Findings, checks: Sequence[Check], hashes: dict[str, str]
) -> tuple[Source, Mapping[str, Any] | None, Settings | None]:
    path = folder / PLAN
    if not path.is_file():
        findings.add(InputError(PLAN, None, None, None, messages.FILE_THERE))
        return Source(PLAN, None, findings), None, None
    data = path.read_bytes()
    hashes[PLAN] = hashlib.sha256(data).hexdigest()
    text, raw = parse_toml(data, findings)
    _find_rules(folder, raw or {}, hashes)
    source = Source(PLAN, text, findings)
    return source, raw, None if raw is None else build_settings(raw, source, checks)


def _find_rules(folder: Path, raw: Mapping[str, Any], hashes: dict[str, str]) -> None:
    """Make the paths of the user's own rules, relative to the folder, absolute in the data; hash the files."""
    rules = raw.get("rules")
    files = rules.get("files") if isinstance(rules, dict) else None
    if not isinstance(files, list):
        return
    for n, name in enumerate(files):
        if isinstance(name, str):
            path = (folder / name).resolve()
            files[n] = str(path)
            if path.is_file():
                hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()


def _history_options(settings: Settings | None) -> dict[str, str]:
    """Return `file`, `encoding` and `separator` of the history, as far as they can be used."""
    if settings is None:
        return {}
    form = settings.history
    options = {"file": form.file}
    if known_encoding(form.encoding):
        options["encoding"] = form.encoding
    if known_separator(form.separator):
        options["separator"] = form.separator
    return options


def _look_around(folder: Path, read: Collection[str], findings: Findings) -> None:
    """Report files that would be passed over in silence."""
    ours = [f"{name}.csv" for name in ("history", *COLUMNS, *OWN_COLUMNS)]
    for path in sorted(folder.glob("*.csv")):
        if path.name not in (*read, *REGISTERS) and (close := get_close_matches(path.name, ours, n=1)):
            findings.note(messages.STRANGE_FILE, file=path.name, name=close[0])
