"""Rule books that ship with the product: rule kinds and their fields, as data with sources.

A preset may name a law pack in its `[about]`: it then holds everything the pack asks of all agents, the latest law that
is recorded, and its own tables beside it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.law.packs import Pack, Provision, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN_PRESET = Text(
    en="unknown preset {name!r}; write one of: {known}",
    zh="未知的预设“{name}”；可选：{known}",
)
CITED = Text(en="{article}. {note}", zh="{article}。{note}")
_NOT_RULES = ("about", "sources")


def presets() -> tuple[str, ...]:
    """Return the names of all presets, sorted.

    Examples
    --------
    >>> presets()
    ('chat26', 'cn-standard', 'iuni', 'pos24x7')
    """
    folder = files("wfm.law") / "presets"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def preset(name: str) -> Mapping[str, Any]:
    """Return the rules of a preset: kind to a table of fields, or to a list of such tables.

    Raises
    ------
    SettingsError
        When there is no preset of that name; the message lists the names.

    Examples
    --------
    >>> preset("iuni")["max_consecutive_days"]["days"]
    5
    """
    read = _read(name)
    lawful = {p.rule: dict(p.fields) for p in _provisions(read)}
    return lawful | {kind: fields for kind, fields in read.items() if kind not in _NOT_RULES}


def preset_sources(name: str) -> Mapping[str, Text]:
    """Return where each rule of a preset comes from, by kind; raises as `preset` does."""
    read = _read(name)
    lawful = {p.rule: _cited(p) for p in _provisions(read)}
    return lawful | {kind: Text(**source) for kind, source in read["sources"].items()}


def preset_articles(name: str) -> Mapping[str, Text]:
    """Return the article of every rule of a preset that a law pack asks for, by kind; raises as `preset` does."""
    return {p.rule: p.article for p in _provisions(_read(name))}


def preset_title(name: str) -> Text:
    """Return one sentence about a preset; raises as `preset` does."""
    drawn = _drawn(read := _read(name))
    return drawn.title if drawn else Text(**read["about"])


def _drawn(read: Mapping[str, Any]) -> Pack | None:
    """Return the pack that a preset draws on; None when it draws on none."""
    return pack(read["about"]["pack"], date.max) if "pack" in read["about"] else None


def _provisions(read: Mapping[str, Any]) -> tuple[Provision, ...]:
    drawn = _drawn(read)
    return drawn.provisions if drawn else ()


def _cited(provision: Provision) -> Text:
    """Return the article of a provision with its note."""
    return CITED.fill(article=provision.article, note=provision.note) if provision.note else provision.article


def _read(name: str) -> dict[str, Any]:
    if name not in presets():
        raise SettingsError(UNKNOWN_PRESET.fill(name=name, known=", ".join(presets())))
    return tomllib.loads((files("wfm.law") / "presets" / f"{name}.toml").read_text(encoding="utf-8"))
