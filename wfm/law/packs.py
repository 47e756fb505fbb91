"""Law packs: what a country's law asks of a roster, each provision with its article and its dates.

A provision names a rule of the rule book and its fields. The law that forbids is a hard provision, the law that makes
work dearer a soft one. Where a rule can say only a part of an article, whatever breaks that part breaks the article for
certain, and the note tells the rest; what no rule can say is listed with the reason. The data are `packs/<name>.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN_PACK = Text(en="unknown law pack {name!r}; write one of: {known}", zh="未知的法规包“{name}”；可选：{known}")
NOT_YET = Text(
    en="the law pack {name} is not in force on {day}: it holds from {first}; plan a later period or take the pack out",
    zh="法规包 {name} 在 {day} 尚未生效：自 {first} 起适用；请改排之后的周期或去掉该法规包",
)
UNKNOWN_CHOICE = Text(
    en="the law pack {name} asks for no {choice!r}; it asks for: {known}",
    zh="法规包 {name} 没有“{choice}”这一项；可填：{known}",
)
NOT_CHOSEN = Text(en="the law pack {name} needs {choice}: {meaning}", zh="法规包 {name} 需要填写 {choice}：{meaning}")
WRONG_CHOICE = Text(
    en="the law pack {name} does not know {choice} = {value!r}; write one of: {known}",
    zh="法规包 {name} 的 {choice} 不能是“{value}”；可选：{known}",
)
NOTHING = Text(en="nothing", zh="无")
NO_CHOICES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule that the law asks for."""

    rule: str
    """Kind of the rule."""
    fields: Mapping[str, Any]
    """Fields of the rule, `hard` among them."""
    article: Text
    """The article it is derived from."""
    source: str
    """Where the figure was read."""
    first: date
    """First day on which it holds."""
    last: date | None
    """Last day on which it holds; None when no end is known."""
    tag: str | None = None
    """Binds only agents with this tag; `no_night` and `no_overtime` are the flags of the staff list. None binds all."""
    unless: str | None = None
    """Agents with this tag are free of it."""
    note: Text | None = None
    """What the provision leaves out, and what to write then."""

    def table(self) -> dict[str, Any]:
        """Return the provision as a table of the rule book: its fields, its article, whom it binds."""
        only = {"only": {"tags": (self.tag,)}} if self.tag else {}
        but = {"but": ({"tags": (self.unless,)},)} if self.unless else {}
        return {**self.fields, "article": self.article, **only, **but}


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A part of the law that no rule of a roster can say."""

    article: Text
    why: Text
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a pack asks of its user."""

    name: str
    meaning: Text
    one_of: tuple[str, ...]
    """What can be chosen; empty when any words will do (the reference of an approval)."""
    default: str | None = None
    """What holds when nothing is chosen; None when the user has to choose."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The part of a law pack that holds in a span of dates."""

    name: str
    title: Text
    country: str
    """ISO 3166 code, or `EU`."""
    instrument: Text
    """The acts it is drawn from."""
    since: date
    """The date from which the pack is complete."""
    provisions: tuple[Provision, ...]
    not_computable: tuple[NotComputable, ...]
    chosen: Mapping[str, str]
    """What the user chose, or the default, by name."""
    changes: tuple[date, ...]
    """Dates inside the span on which a provision begins, or no longer holds; sorted."""


def packs() -> tuple[str, ...]:
    """Return the names of all law packs, sorted.

    Examples
    --------
    >>> packs()[:3]
    ('au-ma000023', 'cn-comprehensive', 'cn-standard')
    """
    names = (f.name for f in (files("wfm.law") / "packs").iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def choices(name: str) -> tuple[Choice, ...]:
    """Return what a pack asks of its user; raises when there is no pack of that name."""
    return tuple(_choices(_read(name)))


def pack(name: str, on: date, chosen: Mapping[str, str] = NO_CHOICES) -> Pack:
    """Return a pack as it stands on one date; raises as `pack_in_force` does.

    Examples
    --------
    >>> from datetime import date
    >>> hours = [p.fields for p in pack("cn-standard", date(2026, 5, 1)).provisions if p.rule == "shift_hours"]
    >>> hours[0]["max_hours"]
    8
    """
    return pack_in_force(name, on, on, chosen)


def pack_in_force(name: str, first: date, last: date, chosen: Mapping[str, str] = NO_CHOICES) -> Pack:
    """Return a pack with everything in it that holds on any day from `first` to `last`.

    A provision that begins or ends inside the span is returned with its dates, beside the one it follows or precedes,
    and the day of the change stands in `changes`. A rule judges its whole period, so the caller either splits the
    period at these days or takes `pack(name, last)` and says so.

    Parameters
    ----------
    chosen
        What the pack asks of its user (see `choices`), by name.

    Raises
    ------
    SettingsError
        When there is no pack of that name, when it does not hold yet on `first`, or when a choice is missing, unknown
        or not one of those offered.
    """
    read = _read(name)
    since: date = read["about"]["from"]
    if first < since:
        raise SettingsError(NOT_YET.fill(name=name, day=first, first=since))
    picked = _picked(name, {choice.name: choice for choice in _choices(read)}, chosen)
    wanted = [p for p in read["provision"] if p.get("when", {}).items() <= picked.items()]
    provisions = tuple(_provision(p, picked) for p in wanted if _holds(p, first, last))
    about = read["about"]
    return Pack(
        name=name,
        title=_text(about),
        country=about["country"],
        instrument=_text(about["instrument"]),
        since=since,
        provisions=provisions,
        not_computable=tuple(_not_computable(n) for n in read["not_computable"] if _holds(n, first, last)),
        chosen=MappingProxyType(picked),
        changes=tuple(sorted(set(_changes(provisions, first, last)))),
    )


def _picked(name: str, asked: Mapping[str, Choice], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what holds for everything that a pack asks: the user's choice, or the default."""
    for given in chosen:
        if given not in asked:
            raise SettingsError(UNKNOWN_CHOICE.fill(name=name, choice=given, known=", ".join(asked) or NOTHING))
    return {choice.name: _pick(name, choice, chosen.get(choice.name, choice.default)) for choice in asked.values()}


def _pick(name: str, choice: Choice, value: str | None) -> str:
    if value is None or not value.strip():
        raise SettingsError(NOT_CHOSEN.fill(name=name, choice=choice.name, meaning=choice.meaning))
    if choice.one_of and value not in choice.one_of:
        known = ", ".join(choice.one_of)
        raise SettingsError(WRONG_CHOICE.fill(name=name, choice=choice.name, value=value, known=known))
    return value


def _changes(provisions: tuple[Provision, ...], first: date, last: date) -> Iterator[date]:
    for provision in provisions:
        if provision.first > first:
            yield provision.first
        if provision.last is not None and provision.last < last:
            yield provision.last + timedelta(days=1)


def _holds(entry: Mapping[str, Any], first: date, last: date) -> bool:
    """Return whether an entry holds on any day of a span."""
    return bool(entry["from"] <= last and first <= entry.get("until", date.max))


def _provision(entry: Mapping[str, Any], picked: Mapping[str, str]) -> Provision:
    chosen = {field: picked[choice] for field, choice in entry.get("chosen", {}).items()}
    return Provision(
        rule=entry["rule"],
        fields=MappingProxyType({**entry["fields"], **chosen, "hard": entry["hard"]}),
        article=_text(entry["article"]),
        source=entry["source"],
        first=entry["from"],
        last=entry.get("until"),
        tag=entry.get("tag"),
        unless=entry.get("unless"),
        note=_text(entry["note"]) if "note" in entry else None,
    )


def _not_computable(entry: Mapping[str, Any]) -> NotComputable:
    return NotComputable(_text(entry["article"]), _text(entry["why"]), entry["from"], entry.get("until"))


def _choices(read: Mapping[str, Any]) -> Iterator[Choice]:
    for entry in read.get("choice", ()):
        yield Choice(entry["name"], _text(entry), tuple(entry.get("one_of", ())), entry.get("default"))


def _text(entry: Mapping[str, Any]) -> Text:
    return Text(en=entry["en"], zh=entry["zh"])


def _read(name: str) -> dict[str, Any]:
    if name not in packs():
        raise SettingsError(UNKNOWN_PACK.fill(name=name, known=", ".join(packs())))
    return tomllib.loads((files("wfm.law") / "packs" / f"{name}.toml").read_text(encoding="utf-8"))
