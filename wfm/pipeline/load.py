"""A finished roster read back from `out/`, for the stages that come after the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wfm import roster
from wfm.domain.errors import ManifestError
from wfm.domain.text import Text
from wfm.files import read_figures, verify_manifest
from wfm.pipeline import stages
from wfm.pipeline.facts import solved_from
from wfm.pipeline.messages import CHANGED_INPUT
from wfm.pipeline.origin import digest
from wfm.pipeline.result import PlanResult, result_of, whole
from wfm.pipeline.stages import Demand
from wfm.pipeline.standing import standing
from wfm.pipeline.write import FORECAST, OUT, REQUIREMENT, output_of, refuse_without_roster
from wfm.records.swap_messages import IN_ROSTER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wfm.domain.answer import Solved
    from wfm.domain.plan import Inputs, Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.text import Locale
    from wfm.roster import RuleBook

MAY_CHANGE = frozenset({"pay.csv", "worked.csv", "quality.csv"})
"""Files that do not shape a roster: wages, attendance and checks may be given or mended after it was made."""
PLAN = "plan.toml"
"""May change in `[export]`, `[pay]` and `[hours]`."""


@dataclass(frozen=True)
class Published:
    """The roster in `out/` with everything it was made from.

    Attributes
    ----------
    facts
        The manifest.
    """

    known: Demand
    plan: Plan
    book: RuleBook
    facts: Mapping[str, Any]
    roster: Roster

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the independent check finds in the roster."""
        return roster.verify(self.roster, self.plan, self.book)


def published(folder: Path, *, locale: Locale | None = None, but: Path | None = None, anew: bool = True) -> Published:
    """Return the roster that stands in `out/`, with its plan.

    Parameters
    ----------
    anew
        Whether to forecast again. Else forecast and requirement are those written in `out/`, to six decimals: what a
        roster has to cover has two, so audit, cover and key figures are the same.
    but
        A file, or a folder of files, in `out/` that may have been edited there.

    Raises
    ------
    InputErrors
        With every problem of every file of the folder.
    ManifestError
        When `out/` holds no roster, is not as it was written, or was made from other inputs.
    """
    out = output_of(folder)
    refuse_without_roster(folder)
    facts = verify_manifest(out, but)
    inputs = stages.read(folder, budget=facts["budget"], seed=facts["seed"], locale=locale)
    _refuse_changed(folder, inputs, facts)
    known = stages.demand(inputs) if anew else _known(out, inputs, facts)
    plan = stages.plan_of(known)
    stages.refuse_missing_pay(plan, inputs)
    book = roster.book_for(plan)
    return Published(known, plan, book, facts, standing(out, plan, inputs.previous, facts))


def load(folder: Path, *, locale: Locale | None = None) -> PlanResult:
    """Return the planned period whose roster stands in `out/`, everything but forecast and search done again.

    Raises what `published` raises.
    """
    base = published(folder, locale=locale, anew=False)
    ids = [swap["swap_id"] for swap in base.facts.get("swaps", ())]
    return restored(base, solved_from(base.facts, base.roster, base.violations), ids)


def restored(base: Published, answer: Solved, swaps: Sequence[str]) -> PlanResult:
    """Return the result of a published roster, with a note about the swaps in it, given by their ids."""
    result = whole(result_of(base.known, base.plan, answer, base.book, base.facts.get("jobs", 1)))
    if not swaps:
        return result
    note = IN_ROSTER.fill(count=len(swaps), ids=", ".join(swaps))
    return replace(result, notes=(*result.notes, note))


def _known(out: Path, inputs: Inputs, facts: Mapping[str, Any]) -> Demand:
    """Return what was known when the roster was made; forecast again where an older version of us kept no notes."""
    if "demand_notes" not in facts:
        return stages.demand(inputs)
    forecast, required = (read_figures(out / name, inputs.settings) for name in (FORECAST, REQUIREMENT))
    notes = tuple(Text(en, zh) for en, zh in facts["demand_notes"])
    return Demand(inputs, stages.calendar_of(inputs), forecast, required, demand_notes=notes)


def _refuse_changed(folder: Path, inputs: Inputs, facts: Mapping[str, Any]) -> None:
    before = facts["inputs"]
    names = (before.keys() | inputs.hashes.keys()) - MAY_CHANGE
    if facts.get("settings") == digest(inputs.settings):
        names -= {PLAN}
    changed = sorted(name for name in names if before.get(name) != inputs.hashes.get(name))
    if changed:
        raise ManifestError(CHANGED_INPUT.fill(folder=folder / OUT, files=", ".join(changed)))
