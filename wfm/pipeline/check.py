"""An audit of any roster: ours, or one edited by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.errors import ManifestError
from wfm.domain.roster import Roster
from wfm.files import read_roster
from wfm.pipeline import stages
from wfm.pipeline.messages import NO_ROSTER_FILE
from wfm.pipeline.write import output_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wfm.domain.roster import Violation


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Attributes
    ----------
    violations
        Everything in the roster that breaks a rule, hard and soft.
    shares
        What each goal and soft rule costs, by kind.
    """

    violations: tuple[Violation, ...]
    shares: Mapping[str, float]

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The broken hard rules."""
        return tuple(v for v in self.violations if v.severity == "hard")


def check_folder(folder: Path, roster_file: Path | None = None) -> Audit:
    """Return the audit of a roster against the folder's rules.

    Parameters
    ----------
    roster_file
        A file with the columns of `roster.csv`; None takes the one in `out/`.

    Raises
    ------
    InputErrors
        With every problem of every file, the roster's included.
    ManifestError
        When there is no roster file.
    """
    file = roster_file or output_of(folder) / "roster.csv"
    inputs = stages.read(folder)
    if not file.exists():
        raise ManifestError(NO_ROSTER_FILE.fill(file=file))
    plan = stages.plan_of(stages.demand(inputs))
    book = roster.book_for(plan)
    found = Roster.of(read_roster(file, plan), inputs.previous)
    return Audit(roster.verify(found, plan, book), roster.score(found, plan, book))
