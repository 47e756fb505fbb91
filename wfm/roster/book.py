"""The rule book in force: a preset, the user's own tables over it, and the rules that are always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.text import Text
from wfm.law import preset
from wfm.law.rulebooks import presets
from wfm.roster.base import GOALS, RULES, Goal, Rule

if TYPE_CHECKING:
    from wfm.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules and goals a roster is solved and checked by."""

    rules: tuple[Rule, ...]
    goals: tuple[Goal, ...]


def build_book(settings: Settings) -> RuleBook:
    """Return the rule book of the settings: `[rules] preset` with the tables under `[rules.KIND]` laid over it.

    A table replaces single fields of the preset's rule; `off = true` in it takes the rule out; a list of tables
    (`[[rules.cover_floor]]`) replaces the preset's rule by several.

    Raises
    ------
    InputErrors
        When a kind or field is unknown or a value out of range; every problem is listed.
    """
    found = list(_build(settings))
    problems = [f for f in found if isinstance(f, InputError)]
    if problems:
        raise InputErrors(problems)
    always = [cls() for cls in RULES.values() if cls.always]
    goals = tuple(cls(settings) for cls in GOALS.values())
    return RuleBook(rules=(*always, *(f for f in found if isinstance(f, Rule))), goals=goals)


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of the `[rules]` tables, placed by key path."""
    return [f for f in _build(settings) if isinstance(f, InputError)]


def _build(settings: Settings) -> Iterator[Rule | InputError]:
    tables = dict(settings.rules)
    name = tables.pop("preset", None)
    if name is not None and name not in presets():
        yield InputError("plan.toml", None, "rules.preset", name, _ONE_OF.fill(known=", ".join(presets())))
        return
    book: dict[str, Any] = dict(preset(name)) if name is not None else {}
    for kind, own in tables.items():
        if kind not in RULES or RULES[kind].always:
            yield _unknown(f"rules.{kind}", kind, [k for k, cls in RULES.items() if not cls.always])
        elif not isinstance(own, Mapping | list):
            yield InputError("plan.toml", None, f"rules.{kind}", own, _TABLE)
        else:
            book[kind] = {**_as_table(book.get(kind)), **own} if isinstance(own, Mapping) else own
    for kind, tables_of_kind in book.items():
        if kind in RULES:
            for table in tables_of_kind if isinstance(tables_of_kind, list) else [tables_of_kind]:
                yield from _make(kind, table, tables)


def _as_table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _make(kind: str, table: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Rule | InputError]:
    fields = {k: v for k, v in table.items() if k != "off"}
    if table.get("off") is True:
        return
    try:
        yield RULES[kind](**fields)
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(p) for p in problem["loc"])
            known = [k for k in RULES[kind].model_fields if k not in fields]
            if problem["type"] == "extra_forbidden":
                yield _unknown(f"rules.{kind}.{name}", name, known)
            else:
                said = problem["msg"].removeprefix("Value error, ")
                yield InputError("plan.toml", None, f"rules.{kind}.{name}", problem["input"], Text(en=said, zh=said))


def _unknown(path: str, name: str, known: list[str]) -> InputError:
    close = get_close_matches(name, known, n=1)
    mend = _CLOSE.fill(close=close[0]) if close else None
    return InputError("plan.toml", None, path, name, _ONE_OF.fill(known=", ".join(sorted(known))), mend)


_ONE_OF = Text(en="one of: {known}", zh="以下之一：{known}")
_TABLE = Text(en="a table of fields, or a list of such tables", zh="字段表，或字段表的列表")
_CLOSE = Text(en="Did you mean {close!r}?", zh="是否想写“{close}”？")
