"""The output folder: whole or not at all, with a manifest written last."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from wfm import export
from wfm.domain.errors import InputErrors, ManifestError, PluginError
from wfm.files import SERVING, read_manifest, recover, staged, verify_manifest, write_manifest
from wfm.pipeline.confidence import chance_of_target
from wfm.pipeline.facts import facts_of
from wfm.pipeline.messages import EXPORT_LATER, NO_OUTPUT, ONLY_DRAFT, ROSTER_STANDS
from wfm.pipeline.origin import origin, versions
from wfm.pipeline.put_exports import EXPORTS, Choice, put_exports
from wfm.pipeline.snapshots import keep_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from wfm.domain.plan import Inputs
    from wfm.pipeline.result import PlanResult
    from wfm.pipeline.stages import Demand

OUT = "out"
BEFORE = "out.before"
ROSTER = "roster.csv"
DRAFT = "draft"
FORECAST = "forecast.csv"
REQUIREMENT = "requirement.csv"
SIMULATION = "simulation.csv"
TIMESHEET = "timesheet.csv"
PAYROLL = "payroll.csv"
PAGE = "report.html"


def output_of(folder: Path) -> Path:
    """Return the output folder of a planning folder, put back where a run was killed between two renames."""
    recover(folder)
    return folder / OUT


def draft_of(folder: Path) -> Path:
    """Return where the draft of a planning folder is written, when there is no roster."""
    return folder / OUT / DRAFT


def refuse_without_roster(folder: Path) -> None:
    """Refuse a planning folder whose output holds no finished roster; a draft there is named.

    Raises
    ------
    ManifestError
        When there is none.
    """
    if not (output_of(folder) / ROSTER).exists():
        draft = draft_of(folder)
        raise ManifestError(
            ONLY_DRAFT.fill(folder=folder, draft=draft) if draft.is_dir() else NO_OUTPUT.fill(folder=folder)
        )


def write_out(
    folder: Path,
    inputs: Inputs,
    write: Callable[[Path], None],
    facts: Mapping[str, Any] | None = None,
    *,
    over: Mapping[str, Any] | None = None,
) -> Path:
    """Return `out/` after it was swapped for one that holds what `write` puts there.

    Parameters
    ----------
    write
        Writes files into the folder it is given.
    facts
        For the manifest.
    over
        Facts in the manifest of an `out/` whose other files stay; None starts afresh.
    """
    with staged(folder) as new:
        if over is not None:
            shutil.copytree(folder / OUT, new, dirs_exist_ok=True)
        write(new)
        write_manifest(new, {**origin(inputs), **(over or {}), "inputs": dict(inputs.hashes), **(facts or {})})
        if not (new / ROSTER).exists():
            _keep(folder)
    return folder / OUT


def _keep(folder: Path) -> None:
    """Copy a finished roster with its pay and exports to `out.before/`, since `out/` is about to hold none."""
    if (folder / OUT / ROSTER).exists():
        shutil.rmtree(folder / BEFORE, ignore_errors=True)
        shutil.copytree(folder / OUT, folder / BEFORE)


def write_stage(folder: Path, inputs: Inputs, write: Callable[[Path], None]) -> Path:
    """Return `out/` after a stage before the roster wrote its files.

    Files of other stages stay when they were made from the same inputs; otherwise they go, since files that contradict
    each other are worse than none. A finished roster among them goes to `out.before/`.
    """
    return write_out(folder, inputs, write, over=_current(folder, inputs))


def _current(folder: Path, inputs: Inputs) -> Mapping[str, Any] | None:
    try:
        facts = verify_manifest(output_of(folder))
    except ManifestError:
        return None
    return facts if facts["inputs"] == dict(inputs.hashes) and facts["versions"] == versions() else None


def write_plan(folder: Path, result: PlanResult) -> Path:
    """Return `out/` with every file of a planned period; without a roster it holds the draft, and never pay.

    Raises
    ------
    InputErrors
        When an export cannot be written: the roster, its pay and its page stand in `out/`, no export does.
    PluginError
        When a part of the user's fails after the search: the roster stands in `out/`, with what else could be written.
    """
    failed: list[InputErrors | PluginError] = [result.unpaid] if result.unpaid else []

    def write(out: Path) -> None:
        put_demand(out, result)
        put_roster(out, result)
        failed.extend(_put_rest(out, result))

    keep_snapshot(folder, result)
    place = write_out(folder, result.inputs, write, facts_of(result))
    if failed:
        first = failed[0]
        if isinstance(first, InputErrors):
            raise InputErrors(first.errors, EXPORT_LATER) from first
        raise PluginError(ROSTER_STANDS.fill(problem=first.message)) from first
    return place


def _put_rest(out: Path, result: PlanResult) -> Iterator[InputErrors | PluginError]:
    """Write pay, exports and page, and yield what went wrong; without an export that fails no export is written."""
    try:
        put_pay(out, result)
    except (InputErrors, PluginError) as problem:
        if (out / EXPORTS).exists():
            shutil.rmtree(out / EXPORTS)
        yield problem
    try:
        put_report(out, result)
    except PluginError as problem:
        yield problem


def write_after(folder: Path, result: PlanResult, *, pay: Choice | None = None, page: bool = False) -> Path:
    """Return `out/` after pay or the page was written for the roster in it; the other one follows where it is there.

    Parameters
    ----------
    pay
        What to export with hours and pay; the page follows when hours, pay or notes are others than before.
    """
    old, facts = read_manifest(folder / OUT), facts_of(result)

    def write(out: Path) -> None:
        before = _paid(out)
        if pay is not None or before:
            put_pay(out, result, pay)
        if page or ((out / PAGE).exists() and (_paid(out), facts["notes"]) != (before, old["notes"])):
            put_report(out, result)

    return write_out(folder, result.inputs, write, facts, over=old)


def _paid(out: Path) -> tuple[bytes, ...]:
    return tuple((out / name).read_bytes() for name in (TIMESHEET, PAYROLL) if (out / name).exists())


def put_forecast(out: Path, known: Demand) -> None:
    """Write the forecast, its totals and pictures, and `forecast_repairs.csv` where the history was repaired."""
    from wfm.pipeline.forecast_pictures import forecast_page

    export.write_csv(export.forecast_table(known.forecast), out / FORECAST)
    if known.ahead is not None:
        export.write_csv(known.ahead.totals, out / "forecast_totals.csv")
        page = forecast_page(known, known.inputs.settings.centre.locale)
        (out / "forecast.html").write_text(page, encoding="utf-8")
        if len(known.ahead.repairs):
            export.write_csv(known.ahead.repairs, out / "forecast_repairs.csv")


def put_demand(out: Path, known: Demand) -> None:
    """Write `forecast.csv` and `requirement.csv`."""
    put_forecast(out, known)
    export.write_csv(export.requirement_table(known.requirement), out / REQUIREMENT)


def put_roster(out: Path, result: PlanResult) -> None:
    """Write `roster.csv`, `cover.csv` and `violations.csv`: of a draft into a folder of its own.

    `serving.csv` too where agents choose their queue by the interval. The score of an earlier roster goes.
    """
    (out / SIMULATION).unlink(missing_ok=True)
    found = result.roster or result.draft
    if found is None or result.roster_table is None or result.cover is None:
        return
    place = out if result.roster else out / DRAFT
    place.mkdir(exist_ok=True)
    locale = result.plan.settings.centre.locale
    export.write_csv(result.roster_table, place / ROSTER)
    if result.plan.settings.solve.serve == "interval":
        export.write_csv(export.serving_table(found, result.plan), place / SERVING)
    export.write_csv(export.cover_table(result.cover), place / "cover.csv")
    if result.ahead is not None:
        export.write_csv(chance_of_target(result, result.cover), place / "confidence.csv")
    export.write_csv(export.violations_table(result.violations, locale), place / "violations.csv")


def put_pay(out: Path, result: PlanResult, choice: Choice | None = None) -> None:
    """Write `timesheet.csv`, `payroll.csv` and the exports; nothing for a draft.

    Parameters
    ----------
    choice
        What to export; None writes again what stands there, and without any what `plan.toml` says.
    """
    if result.timesheet is None or result.payroll is None:
        return
    export.write_csv(result.timesheet, out / TIMESHEET)
    export.write_csv(result.payroll, out / PAYROLL)
    put_exports(out, result, choice or Choice.standing(out))


def put_report(out: Path, result: PlanResult) -> None:
    """Write `report.html`."""
    from wfm.pipeline.page import html

    (out / PAGE).write_text(html(result), encoding="utf-8")
