"""A roster that came back from elsewhere: audited, then published in place of the one that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wfm import roster
from wfm.files import other_files, read_back
from wfm.pipeline.facts import solved_from
from wfm.pipeline.load import published, restored
from wfm.pipeline.republish import answer_with, republish
from wfm.pipeline.swap_effect import added
from wfm.pipeline.swap_register import made_swaps
from wfm.pipeline.write import OUT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wfm.domain.answer import Solved
    from wfm.domain.roster import Assignment, Roster, Violation
    from wfm.domain.text import Locale, Text
    from wfm.pipeline.load import Published


@dataclass(frozen=True, slots=True)
class Change:
    """One agent-day that a roster file says otherwise."""

    before: Assignment
    after: Assignment


@dataclass(frozen=True, slots=True)
class Cost:
    """The objective of the new roster and of the one before, and their bound, in units of weight."""

    objective: float
    before: float
    bound: float


@dataclass(frozen=True)
class Imported:
    """What came of a roster file.

    Attributes
    ----------
    profile
        The export profile whose shape the file has.
    changes
        By agent, then by date; empty when the file says what stands.
    brought
        Violations that the changes bring, hard and soft.
    hard
        All broken hard rules: with any, nothing is written.
    notes
        What was mended, chosen or left as it stands.
    cost
        None when nothing changes.
    version
        Name of the roster that was written; None when nothing was. Without changes it is the one that stood: files that
        were edited in `out/` are as they should be again.
    """

    file: str
    profile: str
    changes: tuple[Change, ...]
    brought: tuple[Violation, ...] = ()
    hard: tuple[Violation, ...] = ()
    notes: tuple[Text, ...] = ()
    cost: Cost | None = None
    version: str | None = None


def import_roster(
    folder: Path, file: Path, *, profile: str | None = None, dry_run: bool = False, locale: Locale | None = None
) -> Imported:
    """Return what a roster file changes, after publishing it in place of the roster that stands.

    Roster, cover, violations, hours, pay, exports and page are written anew, all or nothing. A file that says what
    stands writes nothing, unless it was edited inside `out/`; one that breaks hard rules writes nothing at all.

    Parameters
    ----------
    file
        A file of any shape that we write, or a folder of files of one export, also after a spreadsheet saved them, and
        also where it lies in `out/`.
    profile
        The export profile that wrote it; None tells it from the content.
    dry_run
        Whether to write nothing.

    Raises
    ------
    InputErrors
        With every problem of the file, or of the folder.
    SettingsError
        When no shape goes by the name of the profile.
    ManifestError
        When `out/` holds no roster, is not as it was written but for the file, or was made from other inputs.
    """
    base = published(folder, locale=locale, but=file)
    back = read_back(file, base.plan, base.roster, profile)
    changes = tuple(_changes(base.roster, back.roster))
    if not changes:
        version = None if dry_run else _mend(folder, base)
        return Imported(file.name, back.profile, (), notes=back.notes, version=version)
    violations = roster.verify(back.roster, base.plan, base.book)
    answer = answer_with(base, back.roster, violations)
    hard = tuple(v for v in violations if v.severity == "hard")
    version = None
    if not hard and not dry_run:
        record = {"file": file.name, "sha256": back.sha256, "profile": back.profile, "changed_cells": len(changes)}
        version = _publish(folder, base, answer, changes, {"imported": record})
    brought = tuple(added(base.violations, violations))
    cost = Cost(answer.objective, base.facts["objective"], answer.bound)
    return Imported(file.name, back.profile, changes, brought, hard, back.notes, cost, version)


def _mend(folder: Path, base: Published) -> str | None:
    """Return the name of the roster that stands after writing it again; None when `out/` is as it was written."""
    if not other_files(folder / OUT, base.facts):
        return None
    ids = [swap.swap_id for swap in made_swaps(base.facts)]
    result = restored(base, solved_from(base.facts, base.roster, base.violations), ids)
    republish(folder, base, result, {})
    return result.version


def _publish(folder: Path, base: Published, answer: Solved, changes: Sequence[Change], facts: Mapping[str, Any]) -> str:
    """Return the name of the new roster after publishing it; swaps that it no longer holds leave the manifest."""
    changed = {(change.after.agent_id, change.after.date) for change in changes}
    held = [s for s in made_swaps(base.facts) if not changed & {(agent, day) for agent in s.pair for day in s.days}]
    result = restored(base, answer, [swap.swap_id for swap in held])
    swaps = {"swaps": [swap.model_dump(mode="json") for swap in held]} if "swaps" in base.facts else {}
    republish(folder, base, result, {**facts, **swaps})
    return result.version


def _changes(before: Roster, after: Roster) -> Sequence[Change]:
    pairs = ((cell, after.assignments[key]) for key, cell in before.assignments.items())
    return [Change(old, new) for old, new in pairs if old != new]
