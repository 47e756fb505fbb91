"""The folder `exports/` in `out/`: one folder per profile, and what changed since an earlier version."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm import export
from wfm.domain.errors import InputError, InputErrors
from wfm.domain.options import PLAN
from wfm.domain.roster import Roster
from wfm.files import read_version, toml_line
from wfm.payroll import element_names

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.pipeline.result import PlanResult

EXPORTS = "exports"
DELTA = "delta.csv"
BEFORE = "before.csv"


@dataclass(frozen=True)
class Choice:
    """What an export writes.

    Attributes
    ----------
    profiles
        Kinds; None are those of `[export] profiles`.
    since
        Roster file of an earlier version, of which `out/before.csv` becomes a copy; None is `published_roster.csv`,
        where the planning folder has one.
    """

    profiles: tuple[str, ...] | None = None
    since: Path | None = None

    @classmethod
    def standing(cls, out: Path) -> Choice:
        """Return the choice whose files stand in `out/`, so that they can be written again."""
        place, before = out / EXPORTS, out / BEFORE
        profiles = tuple(sorted(path.name for path in place.iterdir() if path.is_dir())) if place.is_dir() else None
        return cls(profiles, before if before.is_file() else None)


def put_exports(out: Path, result: PlanResult, choice: Choice) -> None:
    """Write each profile into a folder of its own, and `delta.csv` where an earlier version is known.

    Whatever stood in `exports/` is gone: files of a profile that is not written any more would be out of date.

    Parameters
    ----------
    out
        The new `out/` inside the planning folder.
    """
    outgoing = outgoing_of(result, choice, out.parent)
    if outgoing is None:
        return
    kept = None if choice.since is None else choice.since.read_bytes()
    (out / BEFORE).unlink(missing_ok=True)
    if (out / EXPORTS).exists():
        shutil.rmtree(out / EXPORTS)
    try:
        for form in export.export_formats(result.plan.settings, choice.profiles):
            place = out / EXPORTS / form.kind
            place.mkdir(parents=True)
            export.write_profile(form, outgoing, place)
    except InputErrors as found:
        raise InputErrors(_placed(error, out.parent / PLAN) for error in found.errors) from found
    if kept is not None:
        (out / BEFORE).write_bytes(kept)
    if outgoing.before is not None:
        (out / EXPORTS).mkdir(exist_ok=True)
        export.write_csv(export.delta_table(outgoing), out / EXPORTS / DELTA)


def outgoing_of(result: PlanResult, choice: Choice, folder: Path) -> export.Outgoing | None:
    """Return what the formats may write; None for a draft, which never leaves.

    Raises
    ------
    InputErrors
        When the file of the earlier version cannot be read.
    """
    if result.roster is None or result.roster_table is None or result.timesheet is None or result.payroll is None:
        return None
    return export.Outgoing(
        result.plan,
        result.roster,
        result.roster_table,
        result.timesheet,
        result.payroll,
        before=_before(result.plan, choice.since),
        folder=folder,
        names=element_names(),
    )


def _placed(error: InputError, path: Path) -> InputError:
    """Return a problem of an option with its line in `plan.toml`; any other as it is."""
    if error.file != PLAN or error.row is not None or error.column is None or not path.is_file():
        return error
    line = toml_line(path.read_text(encoding="utf-8-sig"), error.column)
    return InputError(error.file, line, error.column, error.value, error.expected, error.mend)


def _before(plan: Plan, since: Path | None) -> Roster | None:
    cells = plan.published if since is None else read_version(since, plan.settings)
    return Roster.of(cells) if cells or since is not None else None
