"""Shift codes that people type in a rule."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.roster import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wfm.domain.plan import Plan


def unknown_codes(path: str, codes: Iterable[str], plan: Plan) -> Iterator[InputError]:
    """Yield a problem for every code that no shift of the plan has, placed by key path."""
    for code in sorted(set(codes) - set(plan.templates)):
        close = get_close_matches(code, plan.templates, n=1)
        mend = messages.CLOSE.fill(close=close[0]) if close else None
        known = messages.ONE_OF.fill(known=", ".join(sorted(plan.templates)))
        yield InputError("plan.toml", None, path, code, known, mend)
