"""Which language to speak: the option, else WFM_LOCALE, else the folder's, else the system's."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from wfm.domain.text import LOCALES, Locale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the system, the first that is set decides."""

_NAMED = re.compile(rb"""^[^#\r\n]*\blocale\s*=\s*["']([a-z]+)""", re.MULTILINE | re.IGNORECASE)


def start_locale(environment: Mapping[str, str] = os.environ) -> Locale:
    """Return the language before any folder is known: that of the help texts.

    Examples
    --------
    >>> start_locale({"LANG": "zh_CN.UTF-8"}), start_locale({"LANG": "C", "WFM_LOCALE": "zh"}), start_locale({})
    ('zh', 'zh', 'en')
    """
    asked = environment.get("WFM_LOCALE")
    named = asked or next((environment[name] for name in SYSTEM if environment.get(name)), "")
    return known_locale(named)


def known_locale(name: str) -> Locale:
    """Return the language whose code a name starts with; English when there is none."""
    return next((locale for locale in LOCALES if name.lower().startswith(locale)), "en")


def locale_of(folder: Path | None) -> Locale:
    """Return the language of a folder, also where the rest of `plan.toml` is broken; of one without `[centre]` none.

    The bytes are searched, whatever their encoding: what is wrong with them is told by the reader, in this language.
    """
    text = b""
    if folder is not None:
        with suppress(OSError):
            text = (folder / "plan.toml").read_bytes().replace(b"\0", b"")
    if named := _NAMED.search(text):
        return known_locale(named[1].decode())
    return "zh" if b"[centre]" in text else start_locale()
