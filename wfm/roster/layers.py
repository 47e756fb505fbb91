"""The tables of a rule book from its layers: a preset, the user's own tables over it, overrides for some agents.

Every value remembers the layer it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.law.packs import pack_in_force
from wfm.roster import messages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wfm.domain.text import Text

LAW_PATH = "rules.law."
"""What the key path of a law pack begins with."""
GROUPS = {"team": "teams", "contract": "contracts", "tag": "tags", "agent": "agents"}
"""Tables of overrides inside a rule's table, the general ones first, with the part of a scope that each fills."""


@dataclass(frozen=True)
class Laid:
    """One rule's table, every layer laid over the one before.

    Attributes
    ----------
    path
        Key path in `plan.toml` of the last layer.
    origins
        By field, the layer that its value comes from.
    """

    kind: str
    path: str
    fields: Mapping[str, Any]
    origins: Mapping[str, Text]


@dataclass(frozen=True)
class Misplaced:
    """Something that is no table of fields."""

    path: str
    value: object
    expected: Text


def company_book(
    preset: Mapping[str, Any], preset_name: str | None, articles: Mapping[str, Text], own: Mapping[str, Any]
) -> Iterator[Laid | Misplaced]:
    """Yield the rules of a preset with the user's own tables over them.

    A table replaces single fields; `off = true` takes a rule out; a list of tables replaces the preset's rule by
    several; tables under `team`, `contract`, `tag` and `agent` replace fields for those agents, the more special group
    before the more general one, and of two tags the one written last. Where nothing but overrides is given, the rule
    binds nobody else.

    Parameters
    ----------
    articles
        By kind, where a rule of the preset stands in the law; a rule that the user changed has none.
    """
    ours = messages.FROM_PRESET.fill(name=preset_name)
    for kind in dict.fromkeys([*preset, *own]):
        below, above = preset.get(kind), own.get(kind)
        path = f"rules.{kind}"
        if above is None and isinstance(below, Mapping) and kind in articles:
            below = {"article": articles[kind], **below}
        if isinstance(below, Mapping) and isinstance(above, Mapping):
            yield from _laid(kind, path, {**below, **above}, _origins(below, ours), _origins(above, messages.FROM_PLAN))
            continue
        found, origin = (below, ours) if above is None else (above, messages.FROM_PLAN)
        tables: list[Any] = found if isinstance(found, list) else [found]
        for n, table in enumerate(tables, 1):
            at = f"{path}[{n}]" if tables is found else path
            if isinstance(table, Mapping):
                yield from _laid(kind, at, table, _origins(table, origin))
            else:
                yield Misplaced(at, table, messages.TABLE)


def law_book(law: Mapping[str, Mapping[str, str]], first: date, last: date) -> Iterator[Laid | Misplaced]:
    """Yield what law packs ask for in a period, with the article and whom it binds.

    A provision that begins or ends inside the period binds all of it.

    Parameters
    ----------
    law
        What the user chose, by pack.
    """
    for name, chosen in law.items():
        path = f"{LAW_PATH}{name}"
        try:
            found = pack_in_force(name, first, last, chosen)
        except SettingsError as error:
            yield Misplaced(path, None, messages.PACK.fill(message=error.message))
            continue
        origin = messages.FROM_LAW.fill(name=name)
        for provision in found.provisions:
            origins = dict.fromkeys(provision.fields, origin)
            yield Laid(provision.rule, path, provision.table(), MappingProxyType(origins))


def chosen_law(value: object) -> dict[str, Mapping[str, str]] | None:
    """Return the packs of `[rules] law` with what was chosen; None when it is neither a list nor a table of tables."""
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return {name: {} for name in value}
    if isinstance(value, Mapping) and all(isinstance(chosen, Mapping) for chosen in value.values()):
        return {name: {key: str(v) for key, v in chosen.items()} for name, chosen in value.items()}
    return None


def _origins(table: Mapping[str, Any], origin: Text) -> dict[str, Text]:
    return {name: origin for name in table if name not in GROUPS}


def _laid(kind: str, path: str, table: Mapping[str, Any], *origins: Mapping[str, Text]) -> Iterator[Laid | Misplaced]:
    """Yield the rule for most agents, unless overrides are all that is given, and one for every override."""
    base = {name: value for name, value in table.items() if name not in GROUPS}
    known = {name: text for layer in origins for name, text in layer.items()}
    special: list[tuple[str, str, Mapping[str, Any]]] = []
    for group in GROUPS:
        names = table.get(group, {})
        if not isinstance(names, Mapping):
            yield Misplaced(f"{path}.{group}", names, messages.NAMES)
            continue
        for name, fields in names.items():
            if isinstance(fields, Mapping):
                special.append((group, name, fields))
            else:
                yield Misplaced(f"{path}.{group}.{name}", fields, messages.TABLE)
    if base or not special:
        yield Laid(kind, path, _without(base, special), MappingProxyType(known))
    for n, (group, name, fields) in enumerate(special):
        later = [other for other in special[n + 1 :] if other[0] != group or group == "tag"]
        scope = {**_table(base.get("only")), GROUPS[group]: [name]}
        said = messages.FROM_OVERRIDE.fill(group=messages.GROUPS[group], name=name)
        yield Laid(
            kind,
            f"{path}.{group}.{name}",
            {**_without(base, later), **fields, "only": scope},
            MappingProxyType({**known, **dict.fromkeys(fields, said), "only": said}),
        )


def _without(base: Mapping[str, Any], special: Sequence[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return fields that leave the agents of some overrides out."""
    scopes = [{GROUPS[group]: [name]} for group, name, _ in special]
    return {**base, "but": [*base.get("but", ()), *scopes]} if scopes else dict(base)


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
