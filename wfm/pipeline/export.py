"""Hours, pay and the files of other systems, from the roster in `out/`."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from wfm import export
from wfm.domain.errors import InputError, InputErrors
from wfm.export.messages import UNKNOWN_PROFILE
from wfm.pipeline.load import load
from wfm.pipeline.put_exports import DELTA, EXPORTS, Choice
from wfm.pipeline.write import OUT, write_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult


def export_folder(
    folder: Path, *, profiles: Sequence[str] = (), since: Path | None = None, locale: Locale | None = None
) -> PlanResult:
    """Return the planned period of a folder after writing what HR and payroll import.

    Parameters
    ----------
    profiles
        Export profiles to write; empty takes those of `plan.toml`.
    since
        A roster file of an earlier version: `out/exports/delta.csv` says what changed since then, and calendars know
        which shifts are gone. None takes `published_roster.csv`, where the folder has one.

    Raises
    ------
    InputErrors
        For an unknown profile, options that cannot be used, or a roster file that cannot be read; `out/` is as it was.
    ManifestError
        When the roster in `out/` is not the one that was written, or was made from other inputs.
    """
    expected = UNKNOWN_PROFILE.fill(known=", ".join(export.EXPORTS))
    unknown = [InputError("--profile", None, None, name, expected) for name in profiles if name not in export.EXPORTS]
    if unknown:
        raise InputErrors(unknown)
    result = load(folder, locale=locale)
    write_after(folder, result, pay=Choice(tuple(dict.fromkeys(profiles)) or None, since))
    return result


def changes_in(folder: Path) -> dict[str, int] | None:
    """Return how many agent-days were added, cancelled and changed in `delta.csv`; None when there is none."""
    path = folder / OUT / EXPORTS / DELTA
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        counted = Counter(row["change"] for row in csv.DictReader(file))
    return {change: counted[change] for change in ("added", "cancelled", "changed")}
