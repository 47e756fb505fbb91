"""Text that a spreadsheet would take for a formula: a `'` before it when written, taken off when read."""

from __future__ import annotations

import re

_TRIGGER = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r＝＋－＠]")


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: `'` before one that starts like a formula.

    Source: OWASP, CSV injection.

    Examples
    --------
    >>> guard("=1+1"), guard("Ann"), guard("'t Hart"), unguard(guard("=1+1"))
    ("'=1+1", 'Ann', "'t Hart", '=1+1')
    """
    return "'" + text if _TRIGGER.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded; the inverse of `guard`."""
    return text[1:] if _GUARDED.match(text) else text
