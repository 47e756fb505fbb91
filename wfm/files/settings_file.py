"""`plan.toml` to `Settings`: every problem with its key path and line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from wfm.domain.agents import Agent
from wfm.domain.errors import InputError
from wfm.domain.options import suggestion
from wfm.domain.settings import Settings
from wfm.files import messages
from wfm.files.cells import BadCell
from wfm.files.complaints import complaint
from wfm.files.encoding import decode, known_encoding
from wfm.files.names import Known, Names, enumerated
from wfm.files.tables import known_separator
from wfm.files.toml_lines import Key, format_key, toml_line
from wfm.files.toml_words import PLACE, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from wfm.domain.text import Text
    from wfm.files.findings import Findings

Check = Callable[[Settings], Iterable[InputError]]
"""Gives the problems of one part of the settings; `column` is the key path."""
PeopleCheck = Callable[[Settings, Iterable[Agent]], Iterable[InputError]]
"""Gives the problems of the settings that only the staff list shows."""
KindsOf = Callable[[Settings], Collection[str]]
"""Gives the kinds of rules that the settings know."""
PLAN = "plan.toml"
HISTORY_COLUMNS = ("interval_start", "queue", "offered", "aht_seconds", "handled", "abandoned", "wait_seconds")
ROUNDS = 50
"""Attempts to go on with the sound part of `plan.toml`."""
STAND_INS: Mapping[str, Any] = {
    "centre": {"name": "-"},
    "period": {"first": date(2000, 1, 1), "last": date(2000, 1, 1)},
    "queues": {"-": {"target": {"max_occupancy": 1}}},
    "contracts": {"-": {}},
    "shifts": [{"code": "-", "start": 0, "end": 1}],
}
"""In place of a needed table that is missing or wrong, so that other files can be looked at."""


@dataclass(frozen=True)
class Source:
    """Where settings come from: a file's text, or an argument without one."""

    file: str
    text: str | None
    findings: Findings

    def wrong(self, key: Key, value: object, expected: Text, mend: Text | None = None) -> None:
        """Report a problem of one key; a number in it counts the tables of an array from 0."""
        key = tuple(part + 1 if isinstance(part, int) else part for part in key)
        line = toml_line(self.text, key) if self.text is not None else None
        shown = None if isinstance(value, dict | list | tuple) else value
        self.findings.add(InputError(self.file, line, format_key(key) or None, shown, expected, mend))


def parse_toml(data: bytes, findings: Findings, file: str = PLAN) -> tuple[str | None, dict[str, Any] | None]:
    """Return the text of a TOML file and its data; None after a report where it cannot be read."""
    try:
        text = decode(file, data).replace("\r\n", "\n")
    except InputError as error:
        findings.add(error)
        return None, None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = PLACE.search(str(error))
        line = int(place["line"]) if place and place["line"] else text.rstrip("\n").count("\n") + 1
        findings.add(InputError(file, line, None, text.split("\n")[line - 1].strip() or None, *told(str(error), text)))
        return text, None


def build_settings(raw: Mapping[str, Any], source: Source, checks: Iterable[Check] = ()) -> Settings | None:
    """Return the settings, every problem reported.

    Parts with a problem are left out and the rest is tried again, so that problems behind them and in other files are
    found in the same run; a whole table that is lost has a stand-in. The settings are only of use when nothing was
    reported. None when even that does not help.
    """
    dropped: set[Key] = set()
    for _ in range(ROUNDS):
        data = _without(raw, dropped)
        stand_ins = {name: table for name, table in STAND_INS.items() if (name,) in dropped}
        try:
            settings = Settings.model_validate({**data, **stand_ins})
        except ValidationError as error:
            dropped |= {_report(details, data, raw, frozenset(dropped), source) for details in error.errors()}
            continue
        _check_references(settings, Names.of(raw), source)
        _check_reading(settings, source)
        if not stand_ins:
            for check in checks:
                report(check(settings), source)
        return settings
    return None


def _report(
    details: ErrorDetails, data: Mapping[str, Any], raw: Mapping[str, Any], dropped: frozenset[Key], source: Source
) -> Key:
    """Report one problem, unless it only follows from what was left out before; return what to leave out next."""
    place = _place(details["loc"], data)
    found = complaint(details["type"], details["msg"], details.get("ctx", {}))
    if found.key == "shifts":
        place, key = (*place, "shifts", _second_code(data["shifts"])), "code"
    else:
        key = found.key
    place = _original(place, dropped)
    if details["type"] == "extra_forbidden":
        known = _fields(place[:-1])
        expected = messages.KNOWN_KEY.fill(names=enumerated(known))
        source.wrong(place, place[-1], expected, suggestion(str(place[-1]), known))
    elif not any(gone[: len(place)] == place for gone in dropped):
        at = (*place, key) if key else place
        source.wrong(at, _at(raw, at), found.expected)
    missing = details["type"] == "missing" and len(place) > 1
    return place[:-1] if missing else place


def _without(raw: Mapping[str, Any], dropped: set[Key]) -> dict[str, Any]:
    """Return a copy of the data without some of its parts."""
    data = deepcopy(dict(raw))
    for key in dropped:
        parent = _at(data, key[:-1])
        if isinstance(parent, dict):
            parent.pop(key[-1], None)
    indexed = [(len(key), key[-1], key) for key in dropped if isinstance(key[-1], int)]
    for _, index, key in sorted(indexed, key=lambda k: k[:2], reverse=True):
        parent = _at(data, key[:-1])
        if isinstance(parent, list):
            del parent[index]
    return data


def _original(place: Key, dropped: frozenset[Key]) -> Key:
    """Return where a part stood before others were left out of its list."""
    found: Key = ()
    for part in place:
        if isinstance(part, int):
            gone = sorted(int(key[-1]) for key in dropped if key[:-1] == found)
            for index in gone:
                part += index <= part  # noqa: PLW2901
        found = (*found, part)
    return found


def _place(loc: Key, data: Any) -> Key:
    """Return the part of pydantic's location that exists in the data, or would (unions add names of types)."""
    place: Key = ()
    for part in loc:
        inner = _at(data, (part,))
        if inner is None and not isinstance(data, dict):
            break
        place = (*place, part)
        if inner is None:
            break
        data = inner
    return place


def _at(data: Any, key: Key) -> Any:
    for part in key:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _second_code(shifts: Sequence[Mapping[str, Any]]) -> int:
    codes = [table["code"] for table in shifts]
    return next(n for n, code in enumerate(codes) if code in codes[:n])


def _fields(key: Key) -> tuple[str, ...]:
    """Return the keys of the table at a place of `plan.toml`."""
    kind: Any = Settings
    for part in key:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(part)].annotation
        else:
            kind = next(a for a in reversed(get_args(kind)) if a is not Ellipsis)
    return tuple(kind.model_fields)


def _check_references(settings: Settings, names: Names, source: Source) -> None:
    """Report names in the settings that nothing else in them defines."""
    for name, contract in settings.contracts.items():
        for n, code in enumerate(contract.shifts):
            _refer(code, names.shifts, ("contracts", name, "shifts", n), source)
    if settings.history.queue is not None:
        _refer(settings.history.queue, names.queues, ("history", "queue"), source)
    for column in settings.history.columns:
        _refer(column, Known(HISTORY_COLUMNS, messages.OUR_COLUMN), ("history", "columns", column), source)


def _refer(name: str, known: Known, key: Key, source: Source) -> None:
    try:
        known(name)
    except BadCell as bad:
        source.wrong(key, name, bad.expected, bad.mend)


def _check_reading(settings: Settings, source: Source) -> None:
    """Report an encoding or a separator that is none."""
    history = settings.history
    if not known_encoding(history.encoding):
        source.wrong(("history", "encoding"), history.encoding, messages.KNOWN_ENCODING)
    if not known_separator(history.separator):
        source.wrong(("history", "separator"), history.separator, messages.ONE_SEPARATOR)


def report(problems: Iterable[InputError], source: Source) -> None:
    """Report what a room found in the settings, each problem with the line of its key path."""
    for error in problems:
        source.findings.add(_placed(error, source))


def _placed(error: InputError, source: Source) -> InputError:
    if error.row is not None or error.column is None or error.file != PLAN:
        return error
    line = toml_line(source.text, error.column) if source.text is not None else None
    return InputError(source.file, line, error.column, error.value, error.expected, error.mend)
