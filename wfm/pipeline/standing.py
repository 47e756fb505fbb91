"""The roster that stands in `out/`, also when `roster.csv` was edited there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.domain.errors import ManifestError
from wfm.domain.roster import Roster
from wfm.files import other_files, read_back, read_roster, with_spans
from wfm.pipeline.import_messages import UNKNOWN_BEFORE
from wfm.pipeline.put_exports import EXPORTS
from wfm.pipeline.version import version_of
from wfm.pipeline.write import ROSTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment

WITHOUT_QUEUES = ("xlsx", "matrix")
"""Exports that tell every agent-day, but no queue."""


def standing(out: Path, plan: Plan, previous: Sequence[Assignment], facts: Mapping[str, Any]) -> Roster:
    """Return the roster that a manifest describes: `roster.csv`, or an export when that was edited.

    An export counts only when the roster in it has the name that the manifest gives. One that tells no queues takes
    them from the edited file.

    Raises
    ------
    InputErrors
        With every problem of `roster.csv`.
    ManifestError
        When `roster.csv` was edited and no export tells what stood.
    """
    if not other_files(out, facts, ROSTER):
        return Roster.of(read_roster(out / ROSTER, plan), previous)
    for stood in _told(out, plan, facts):
        if version_of(stood, plan.days[0]) == facts["roster_version"]:
            return Roster.of(stood, previous)
    raise ManifestError(UNKNOWN_BEFORE.fill(file=ROSTER, folder=out))


def _told(out: Path, plan: Plan, facts: Mapping[str, Any]) -> Iterator[Roster]:
    """Yield the rosters in the exports that are as they were written."""
    place, edited = out / EXPORTS, other_files(out, facts, EXPORTS)
    intact = [kind for kind in ("neutral", *WITHOUT_QUEUES) if (place / kind).is_dir() and not _below(kind, edited)]
    for kind in intact:
        queues = read_roster(out / ROSTER, plan) if kind in WITHOUT_QUEUES else ()
        told = read_back(place / kind, plan, Roster.of(queues), kind).roster
        yield Roster.of(with_spans(told, out, plan))


def _below(kind: str, names: Sequence[str]) -> bool:
    """Return whether any of the names lies in the folder of an export."""
    return any(name.startswith(f"{EXPORTS}/{kind}/") for name in names)
