"""Rule books that ship with the product: rule kinds and their fields, as data with sources."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN_PRESET = Text(
    en="unknown preset {name!r}; write one of: {known}",
    zh="未知的预设“{name}”；可选：{known}",
)
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
    return {kind: fields for kind, fields in _read(name).items() if kind not in _NOT_RULES}


def preset_sources(name: str) -> Mapping[str, Text]:
    """Return where each rule of a preset comes from, by kind; raises as `preset` does."""
    return {kind: Text(**source) for kind, source in _read(name)["sources"].items()}


def preset_title(name: str) -> Text:
    """Return one sentence about a preset; raises as `preset` does."""
    return Text(**_read(name)["about"])


def _read(name: str) -> dict[str, Any]:
    if name not in presets():
        raise SettingsError(UNKNOWN_PRESET.fill(name=name, known=", ".join(presets())))
    return tomllib.loads((files("wfm.law") / "presets" / f"{name}.toml").read_text(encoding="utf-8"))
