"""The name of a roster."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wfm.domain.roster import Assignment


def version_of(roster: Iterable[Assignment], first: date) -> str:
    """Return the name of a roster: equal rosters have equal names, others do not.

    Parameters
    ----------
    first
        Of the period.
    """
    cells = sorted(
        f"{a.agent_id} {a.date} {a.state} {a.shift and a.shift.code} {a.queue}"
        + "".join(f" {span.start:%d %H:%M} {span.queue}" for span in a.serving)
        for a in roster
    )
    digest = hashlib.sha256("\n".join(cells).encode()).hexdigest()
    return f"{first:%Y%m%d}-{digest[:10]}"
