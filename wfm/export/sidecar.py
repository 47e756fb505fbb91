"""The files of one profile with their totals: what HR reconciles before it imports."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wfm.export.base import ExportFormat, Outgoing, Personal

TOTALS = "totals.json"
"""Name of the sidecar."""


def write_profile(form: ExportFormat, outgoing: Outgoing, folder: Path) -> None:
    """Write the files of a format into an existing folder, and last `totals.json`.

    The format gets no other personal data than it may write. The sidecar says which roster the files were made from,
    which personal data they may hold, the SHA-256 of each file, and rows, hours and amounts of the tables behind them:
    those of pay only where pay may leave.
    """
    names = form.written(outgoing, folder)
    days = outgoing.plan.days
    content = {
        "profile": form.kind,
        "roster_version": outgoing.version,
        "period": [days[0].isoformat(), days[-1].isoformat()],
        "personal_data": list(form.allowed),
        "control_totals": _totals(outgoing, form.allowed),
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(names)},
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (folder / TOTALS).write_text(text + "\n", encoding="utf-8", newline="\n")


def _totals(outgoing: Outgoing, allowed: Sequence[Personal]) -> Mapping[str, Any]:
    tables = {"hours": ("timesheet", "roster_paid"), "pay": ("payroll",)}
    barred = tuple(start for kind, starts in tables.items() if kind not in allowed for start in starts)
    return {name: total for name, total in outgoing.totals.items() if not name.startswith(barred)}
