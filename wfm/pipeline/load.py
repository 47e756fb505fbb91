"""A finished roster read back from `out/`, for the stages that come after the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.errors import ManifestError
from wfm.domain.roster import Roster
from wfm.files import read_roster, verify_manifest
from wfm.pipeline import stages
from wfm.pipeline.facts import solved_from
from wfm.pipeline.messages import CHANGED_INPUT, NO_OUTPUT
from wfm.pipeline.result import PlanResult, result_of
from wfm.pipeline.write import OUT, output_of

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.plan import Inputs
    from wfm.domain.text import Locale

MAY_CHANGE = frozenset({"pay.csv"})
"""Files that do not shape a roster: wages may be given or mended after it was made."""


def load(folder: Path, *, locale: Locale | None = None) -> PlanResult:
    """Return the planned period whose roster stands in `out/`, everything but the search done again.

    Raises
    ------
    InputErrors
        With every problem of every file of the folder.
    ManifestError
        When `out/` holds no roster, is not as it was written, or was made from other inputs.
    """
    out = output_of(folder)
    if not (out / "roster.csv").exists():
        raise ManifestError(NO_OUTPUT.fill(folder=folder))
    facts = verify_manifest(out)
    inputs = stages.read(folder, budget=facts["budget"], seed=facts["seed"], locale=locale)
    _refuse_changed(folder, inputs, facts["inputs"])
    known = stages.demand(inputs)
    plan = stages.plan_of(known)
    stages.refuse_missing_pay(plan, inputs)
    book = roster.build_book(inputs.settings)
    found = Roster.of(read_roster(out / "roster.csv", plan), inputs.previous)
    return result_of(known, plan, solved_from(facts, found, roster.verify(found, plan, book)), book)


def _refuse_changed(folder: Path, inputs: Inputs, before: dict[str, str]) -> None:
    names = (before.keys() | inputs.hashes.keys()) - MAY_CHANGE
    changed = sorted(name for name in names if before.get(name) != inputs.hashes.get(name))
    if changed:
        raise ManifestError(CHANGED_INPUT.fill(folder=folder / OUT, files=", ".join(changed)))
