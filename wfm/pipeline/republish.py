"""A roster that was changed after the search, published in place of the one that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wfm import roster
from wfm.domain.errors import ManifestError
from wfm.files import read_manifest
from wfm.pipeline.facts import facts_of, solved_from
from wfm.pipeline.import_messages import MOVED
from wfm.pipeline.write import OUT, put_pay, put_report, put_roster, write_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from wfm.domain.answer import Solved
    from wfm.domain.roster import Roster, Violation
    from wfm.pipeline.load import Published
    from wfm.pipeline.result import PlanResult


def answer_with(base: Published, new: Roster, violations: tuple[Violation, ...]) -> Solved:
    """Return the answer with another roster: its cost is counted anew, the bound stays."""
    found = solved_from(base.facts, new, violations)
    shares = roster.score(new, base.plan, base.book)
    objective = sum(cost * found.scales.get(kind, 1) for kind, cost in shares.items())
    return replace(found, shares=shares, objective=objective)


def republish(
    folder: Path, base: Published, result: PlanResult, facts: Mapping[str, Any], check: Callable[[], None] | None = None
) -> None:
    """Exchange `out/` for one with the new roster; pay, exports and the page follow where they are there.

    Parameters
    ----------
    facts
        For the manifest, beside those of the result.
    check
        What is asked last before the exchange; it raises when something else has moved.

    Raises
    ------
    ManifestError
        When `out/` was written by somebody else since it was read; nothing is changed then.
    """

    def write(out: Path) -> None:
        put_roster(out, result)
        if (out / "payroll.csv").exists():
            put_pay(out, result)
        if (out / "report.html").exists():
            put_report(out, result)
        if check is not None:
            check()
        if read_manifest(folder / OUT) != base.facts:
            raise ManifestError(MOVED.fill(folder=folder / OUT))

    write_out(folder, result.inputs, write, {**facts_of(result), **facts}, over=base.facts)
