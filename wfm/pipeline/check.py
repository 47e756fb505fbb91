"""An audit of any roster: ours, or one edited by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.errors import InputErrors, ManifestError
from wfm.domain.roster import Roster
from wfm.files import read_back, read_roster
from wfm.pipeline import stages
from wfm.pipeline.messages import NO_ROSTER_FILE
from wfm.pipeline.write import ROSTER, output_of, refuse_without_roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.domain.text import Text


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Attributes
    ----------
    violations
        Everything in the roster that breaks a rule, hard and soft.
    shares
        What each goal and soft rule costs, by kind.
    notes
        What was mended, chosen or taken from the roster that stands while the file was read.
    """

    violations: tuple[Violation, ...]
    shares: Mapping[str, float]
    notes: tuple[Text, ...] = ()

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The broken hard rules."""
        return tuple(v for v in self.violations if v.severity == "hard")


def check_folder(folder: Path, roster_file: Path | None = None) -> Audit:
    """Return the audit of a roster against the folder's rules.

    Parameters
    ----------
    roster_file
        A file of any shape that can be imported, or a folder of files of one export; None takes `out/roster.csv`. What
        it leaves open is as in the roster in `out/`, where that is one of this plan.

    Raises
    ------
    InputErrors
        With every problem of every file, the roster's included.
    ManifestError
        When there is no roster file.
    """
    file = roster_file or output_of(folder) / ROSTER
    inputs = stages.read(folder)
    if roster_file is None:
        refuse_without_roster(folder)
    if not file.exists():
        raise ManifestError(NO_ROSTER_FILE.fill(file=file))
    plan = stages.plan_of(stages.demand(inputs))
    book = roster.book_for(plan)
    back = None if roster_file is None else read_back(file, plan, _standing(folder, plan))
    found = Roster.of(read_roster(file, plan) if back is None else back.roster, inputs.previous)
    return Audit(roster.verify(found, plan, book), roster.score(found, plan, book), () if back is None else back.notes)


def _standing(folder: Path, plan: Plan) -> Roster | None:
    """Return the roster in `out/`; None when there is none, or that of another plan."""
    file = output_of(folder) / ROSTER
    try:
        return Roster.of(read_roster(file, plan)) if file.exists() else None
    except InputErrors:
        return None
